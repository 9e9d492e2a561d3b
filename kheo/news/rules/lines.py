"""A saved page as a list of lines, each with what HTML tells about it; plain text tells nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import NavigableString

from kheo.core.rules.text import fold, squeeze
from kheo.news.rules.tables import NOWHERE, Spot, data_tables, picture_tables

_SILENT = ("script", "style", "noscript", "template", "svg", "iframe", "object", "select", "option", "button", "head")
_MENUS = ("nav", "menu", "footer")
_BLOCKS = frozenset(
    ["address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "nav", "menu", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"]
)
_MENU_WORD = re.compile(r"(?:^|[\s_-])(?:menu|nav|navbar|breadcrumbs?|footer|topbar|banner|share|social|pagination|comments?|comment-?list|binh-?luan|related|tin-?lien-?quan)(?:$|[\s_-])", re.IGNORECASE)
_TITLE_WORD = re.compile(r"(?:title|tieu-?de|heading|header-block|caption)", re.IGNORECASE)
_LEAD_WORD = re.compile(r"(?:sapo|lead|summary|tom-?tat|description|trich-?yeu)", re.IGNORECASE)
_AUTHOR_WORD = re.compile(r"(?:author|tac-?gia|byline|but-?danh)", re.IGNORECASE)
_CAPTION_WORD = re.compile(r"(?:caption|chu-?thich|img-?desc|image-?desc)", re.IGNORECASE)
_CHROME = re.compile(
    r"(?:da xem|(?:so )?(?:luot|lan) xem|luot doc|views?|hits?|phan hoi|binh luan|comments?|co chu|in bai(?: viet)?|ban in|in trang|in an|gui (?:email|mail|cho ban be)|chia se|doc bai(?: viet)?|nghe bai viet"
    r"|quay lai|tro lai|ve trang truoc|ve dau trang|dau trang|xem them|xem tiep|facebook|zalo|twitter|tweet|print|email|like|save|share|a|danh gia(?: bai viet)?)(?: \d[\d ]*| facebook| zalo| twitter| bai viet| len| a)*"
)
_ADMINS = frozenset(["admin", "administrator", "root", "webmaster", "quan tri", "quan tri vien", "superadmin"])
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|zip|rar|7z)(?:$|[?#])", re.IGNORECASE)
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)")
_URL = re.compile(r"https?://[^\s<>\"'()]+")
DEEPEST = 200  # blocks inside blocks that are told apart
SMALLEST = 3  # pixels: smaller pictures only count readers


@dataclass(eq=False)
class Block:
    """A block of the page: what stands around a line."""

    around: Block | None = None
    depth: int = 0
    heading: int = 0
    kind: str = ""
    menu: bool = False
    spot: Spot = NOWHERE


@dataclass
class Line:
    """One line. `heading` 1–6 (0: none); `menu`: navigation or only links.

    `kind`: "", "lead", "author", "caption", "item", "numbered", "cell" (with its `spot` in a
    table of data), "right" (set to the right), "links" (a list's entry), "picture" or "file" (with its `address`).
    """

    text: str
    heading: int = 0
    kind: str = ""
    menu: bool = False
    block: Block | None = None
    spot: Spot = NOWHERE
    address: str = ""


@dataclass
class Page:
    """The lines of a page and what its head says."""

    lines: list[Line]
    address: str = ""
    author: str = ""
    published: str = ""
    title: str = ""
    base: str = ""


def from_text(content: str) -> Page:
    """Lines of plain text; an address that stands alone in the first lines is the page's."""
    lines = [Line(text, menu=_is_chrome(text)) for line in content.split("\n") if (text := squeeze(line))]
    page = Page(lines)
    for line in lines[:5]:
        found = _URL.search(line.text)
        if found and len(line.text) - len(found.group()) < 20:
            page.address = found.group().rstrip(".,;")
            lines.remove(line)
            break
    return page


def from_html(content: str) -> Page:
    """Lines of a saved page, without scripts and styles; navigation is marked."""
    soup = BeautifulSoup(content, "lxml")
    page = Page([], **_head(soup, content))
    for tag in soup.find_all(_SILENT):
        tag.decompose()
    body = soup.body or soup
    for piece in body.find_all(string=lambda text: isinstance(text, Comment)):
        piece.extract()
    page.lines = _Walk(body, page.base or page.address).lines
    _mark_title(page)
    return page


def _is_chrome(text: str) -> bool:
    """Counters of readers, buttons to print and share: what stands around articles and says nothing."""
    return len(text) <= 60 and _CHROME.fullmatch(fold(text)) is not None


def _mark_title(page: Page) -> None:
    """A line that the page's own title repeats is a heading, however it is written."""
    title = fold(page.title)
    for line in page.lines:
        said = fold(line.text)
        if not line.heading and not line.menu and line.kind not in ("picture", "file") and len(said.split()) >= 4 and (title == said or title.startswith(said + " ")):
            line.heading, line.kind = 1, ""


def _head(soup: BeautifulSoup, content: str) -> dict[str, str]:
    def meta(*names: str) -> str:
        for name in names:
            tag = soup.find("meta", attrs={"property": name}) or soup.find("meta", attrs={"name": name})
            if isinstance(tag, Tag) and tag.get("content"):
                return squeeze(str(tag["content"]))
        return ""

    def href(name: str, rel: str | None = None) -> str:
        tag = soup.find(name, attrs={"rel": rel} if rel else {})
        return str(tag.get("href") or "").strip() if isinstance(tag, Tag) else ""

    saved = _SAVED_FROM.search(content[:5000])
    base = href("base")
    found = (href("link", "canonical"), meta("og:url"), saved.group(1) if saved else "")
    address = next((whole for one in found if one and (whole := urljoin(base, one)).startswith("http")), "")
    moment = soup.find("time", attrs={"datetime": True})
    published = meta("article:published_time", "pubdate") or (str(moment["datetime"]) if isinstance(moment, Tag) else "")
    author = meta("author", "article:author")[:150]
    title = meta("og:title") or squeeze(soup.title.get_text() if soup.title else "")
    return {
        "address": address[:500], "author": "" if fold(author) in _ADMINS or author.startswith("http") else author, "published": published,
        "title": title, "base": base if base.startswith("http") else "",
    }


@dataclass
class _Walk:
    """Depth first without recursion: saved pages nest deeper than Python likes."""

    body: Tag
    base: str
    lines: list[Line] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tables, self.with_picture = data_tables(self.body), picture_tables(self.body)
        self.all_text = len(self.body.get_text())
        self.pieces: list[tuple[str, bool]] = []
        self.files: list[Line] = []
        self._go()

    def _go(self) -> None:
        block = Block()
        stack: list[tuple[Tag | NavigableString | None, Block, bool]] = [(self.body, block, False)]
        while stack:
            node, around, linked = stack.pop()
            if node is None:  # the end of a block
                self._flush(block)
                block = around
                continue
            if isinstance(node, NavigableString):
                self.pieces.append((str(node), linked))
                continue
            inner = around
            if node.name in _BLOCKS:
                self._flush(block)
                inner = block = self._framed(node, around)
                stack.append((None, around, linked))
            elif node.name == "img":
                self._flush(block)
                self._picture(node, block)
            elif node.name == "a":
                self._file(node, block)
            stack += [(child, inner, linked or node.name == "a") for child in reversed(node.contents) if isinstance(child, (Tag, NavigableString))]
        self._flush(block)

    def _flush(self, block: Block) -> None:
        text = squeeze("".join(piece for piece, _linked in self.pieces))
        if text:
            linked = sum(len(piece.strip()) for piece, is_link in self.pieces if is_link)
            only_links = linked >= 0.8 * len(text) and not block.heading
            if not (only_links and self.files):
                menu = block.menu or _is_chrome(text)
                kind = "links" if only_links and not menu else block.kind
                self.lines.append(Line(text, block.heading, kind, menu or only_links, block, block.spot))
        self.lines += self.files
        self.pieces.clear()
        self.files.clear()

    def _picture(self, tag: Tag, block: Block) -> None:
        sides = [str(tag.get(side) or "") for side in ("width", "height")]
        source = str(tag.get("src") or tag.get("data-src") or "")
        if block.menu or not source or any(side.strip("px ").isdigit() and int(side.strip("px ")) < SMALLEST for side in sides):
            return
        address = "" if source.startswith("data:") else urljoin(self.base, source)
        self.lines.append(Line(squeeze(str(tag.get("alt") or "")), kind="picture", block=block, address=address[:500]))

    def _file(self, tag: Tag, block: Block) -> None:
        href = str(tag.get("href") or "")
        if _FILE.search(href) and not block.menu:
            self.files.append(Line(squeeze(tag.get_text(" ")), kind="file", block=block, address=urljoin(self.base, href)[:500]))

    def _framed(self, tag: Tag, around: Block) -> Block:
        marks = " ".join([*(tag.get("class") or []), str(tag.get("id") or ""), str(tag.get("itemprop") or "")])
        made = Block(around, around.depth + 1, around.heading, around.kind, around.menu, around.spot) if around.depth < DEEPEST else around
        made.heading = _heading(tag, marks, around)
        made.kind = "caption" if id(tag) in self.with_picture else "cell" if id(tag) in self.tables else _kind(tag, marks, around)
        made.spot = self.tables.get(id(tag), made.spot)
        navigates = tag.name in _MENUS or (len(marks) < 200 and _MENU_WORD.search(marks) is not None)
        made.menu = around.menu or (tag.name != "body" and (navigates or tag.name == "form") and self._is_small(tag))
        return made

    def _is_small(self, tag: Tag) -> bool:
        """ASP.NET puts a form around the whole page, and some themes call the whole page a menu."""
        return len(tag.get_text()) <= self.all_text / 2


def _heading(tag: Tag, marks: str, around: Block) -> int:
    if re.fullmatch(r"h[1-6]", tag.name):
        return int(tag.name[1])
    named = tag.name in ("div", "p", "td", "th", "caption", "legend") and _TITLE_WORD.search(marks) and not _CAPTION_WORD.search(marks)
    if not around.heading and named and len(tag.get_text()) < 250 and not tag.find(["p", "div", "table"]):
        return 2
    return around.heading


def _kind(tag: Tag, marks: str, around: Block) -> str:
    if tag.name == "figcaption" or (tag.name != "body" and _CAPTION_WORD.search(marks)):
        return "caption"
    if _LEAD_WORD.search(marks) and tag.name != "body":
        return "lead"
    if _AUTHOR_WORD.search(marks):
        return "author"
    if tag.name == "li":
        return "numbered" if tag.parent is not None and tag.parent.name == "ol" else "item"
    aligned = f"{tag.get('align') or ''} {tag.get('style') or ''}".lower().replace(" ", "")
    return "right" if not around.kind and ("text-align:right" in aligned or aligned == "right") and len(tag.get_text()) <= 120 else around.kind
