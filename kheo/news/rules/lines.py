"""A saved page as a list of lines, each with what HTML tells about it; plain text tells nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import NavigableString

from kheo.core.rules.text import squeeze

_SILENT = ("script", "style", "noscript", "template", "svg", "iframe", "object", "select", "option", "button", "head")
_MENUS = ("nav", "menu", "footer", "form")
_BLOCKS = frozenset(
    ["address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "nav", "menu", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"]
)
_MENU_WORD = re.compile(r"(?:^|[\s_-])(?:menu|nav|navbar|breadcrumb|footer|topbar|banner|share|social|pagination)(?:$|[\s_-])", re.IGNORECASE)
_TITLE_WORD = re.compile(r"(?:title|tieu-?de|heading|header-block|caption)", re.IGNORECASE)
_LEAD_WORD = re.compile(r"(?:sapo|lead|summary|tom-?tat|description|trich-?yeu)", re.IGNORECASE)
_AUTHOR_WORD = re.compile(r"(?:author|tac-?gia|byline|but-?danh)", re.IGNORECASE)
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)")
_URL = re.compile(r"https?://[^\s<>\"'()]+")


@dataclass
class Line:
    """One line. `heading` 1–6 (0: none); `kind`: "", "lead", "author", "cell"; `menu`: navigation or only links."""

    text: str
    heading: int = 0
    kind: str = ""
    menu: bool = False


@dataclass
class Page:
    """The lines of a page and what its head says."""

    lines: list[Line]
    address: str = ""
    author: str = ""
    published: str = ""
    pictures: int = 0


def from_text(content: str) -> Page:
    """Lines of plain text; an address that stands alone in the first lines is the page's."""
    lines = [Line(squeeze(line)) for line in content.split("\n")]
    lines = [line for line in lines if line.text]
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
    page = Page([], **_head(soup, content))  # type: ignore[arg-type]  # texts all, by name
    page.pictures = len(soup.find_all("img"))
    for tag in soup.find_all(_SILENT):
        tag.decompose()
    body = soup.body or soup
    for piece in body.find_all(string=lambda text: isinstance(text, Comment)):
        piece.extract()
    _walk(body, page.lines)
    page.lines = [line for line in page.lines if line.text]
    return page


def _head(soup: BeautifulSoup, content: str) -> dict[str, str]:
    def meta(*names: str) -> str:
        for name in names:
            tag = soup.find("meta", attrs={"property": name}) or soup.find("meta", attrs={"name": name})
            if isinstance(tag, Tag) and tag.get("content"):
                return squeeze(str(tag["content"]))
        return ""

    link = soup.find("link", rel="canonical")
    saved = _SAVED_FROM.search(content[:5000])
    canonical = str(link.get("href") or "") if isinstance(link, Tag) else ""
    address = next((found for found in (canonical, meta("og:url"), saved.group(1) if saved else "") if found.startswith("http")), "")
    moment = soup.find("time", attrs={"datetime": True})
    published = meta("article:published_time", "pubdate") or (str(moment["datetime"]) if isinstance(moment, Tag) else "")
    return {"address": address[:500], "author": meta("author", "article:author")[:150], "published": published}


@dataclass
class _Frame:
    heading: int = 0
    kind: str = ""
    menu: bool = False


def _walk(body: Tag, lines: list[Line]) -> None:
    """Depth first without recursion: saved pages nest deeper than Python likes."""
    current: list[tuple[str, bool]] = []
    frame = _Frame()

    def flush() -> None:
        text = squeeze("".join(piece for piece, _linked in current))
        if text:
            linked = sum(len(piece.strip()) for piece, is_link in current if is_link)
            only_links = linked >= 0.8 * len(text) and not frame.heading
            lines.append(Line(text, frame.heading, frame.kind, frame.menu or only_links))
        current.clear()

    stack: list[tuple[Tag | NavigableString | None, _Frame, bool]] = [(body, frame, False)]
    while stack:
        node, around, linked = stack.pop()
        if node is None:  # the end of a block
            flush()
            frame = around
            continue
        if isinstance(node, NavigableString):
            current.append((str(node), linked))
            continue
        inner = around
        if node.name in _BLOCKS:
            flush()
            inner = frame = _framed(node, around)
            stack.append((None, around, linked))
        stack += [(child, inner, linked or node.name == "a") for child in reversed(node.contents) if isinstance(child, (Tag, NavigableString))]
    flush()


def _framed(tag: Tag, around: _Frame) -> _Frame:
    marks = " ".join([*(tag.get("class") or []), str(tag.get("id") or ""), str(tag.get("itemprop") or "")])
    heading = int(tag.name[1]) if re.fullmatch(r"h[1-6]", tag.name) else around.heading
    if not heading and tag.name in ("div", "p", "td", "th", "caption", "legend") and _TITLE_WORD.search(marks) and len(tag.get_text()) < 250 and not tag.find(["p", "div", "table"]):
        heading = 2
    kind = around.kind
    if _LEAD_WORD.search(marks) and tag.name != "body":
        kind = "lead"
    elif _AUTHOR_WORD.search(marks):
        kind = "author"
    elif tag.name in ("td", "th"):
        kind = "cell"
    menu = around.menu or tag.name in _MENUS or (tag.name != "body" and len(marks) < 200 and _MENU_WORD.search(marks) is not None)
    return _Frame(heading, kind, menu)
