"""The articles among the lines of a page: title, lead, body with its parts, by-line, source, pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from kheo.core.rules.text import fold
from kheo.news.rules.bylines import (
    author_beside,
    by_line,
    is_credit,
    published,
    source_line,
    stands_right,
)
from kheo.news.rules.lines import Block, Line
from kheo.news.rules.tables import NOWHERE, Spot

LONG = 140  # characters from which a line is a paragraph and no title
SENTENCE = 80  # characters from which a line that ends like a sentence is a paragraph
ENOUGH = 280  # characters a body must have to be an article
LONGEST_TITLE = 250
LONGEST_LEAD = 600
PARTS = ("cell", "item", "numbered")
_BULLET = re.compile(r"^\s*(?:[-+•*–]|\d{1,2}[.)]|[a-zđ]\))\s*")
_BLOCK_WORDS = re.compile(r"\b(?:tthc|thu tuc hanh chinh|cong khai|thong bao|van ban|lich|danh sach|ket qua|hoi dap|y kien|du thao|so lieu|thong ke|du an|dau thau|ngan sach|tin tuc|tin moi|gioi thieu|lien ket|video|hinh anh)\b")
_OTHERS = re.compile(r"(?:(?:cac|nhung) )?(?:tin|bai|tin bai)(?: viet| tuc)? (?:lien quan|khac|moi hon|cu hon|cung chuyen muc|cung loai|da dua|da dang)|binh luan(?: \d+)?|y kien (?:ban doc|phan hoi)|gui (?:binh luan|y kien)(?: cua ban)?|tin (?:moi|noi bat|doc nhieu)(?: nhat)?")


@dataclass(frozen=True)
class Piece:
    """One part of a body: a paragraph, a "heading", an "item", a "numbered" item, or a "cell" of a table."""

    text: str
    kind: str = ""
    spot: Spot = NOWHERE


@dataclass
class Attached:
    """A picture (words: its caption) or a file (words: its name) that belongs to an article."""

    address: str
    words: str = ""


@dataclass
class Article:
    """One article as it stands on the page; `lead` is its first paragraph."""

    title: str
    body: list[Piece] = field(default_factory=list)
    lead: str = ""
    author: str = ""
    source: str = ""
    published: datetime | None = None
    doubts: list[str] = field(default_factory=list)
    pictures: list[Attached] = field(default_factory=list)
    files: list[Attached] = field(default_factory=list)
    heading: int = 0
    stands: Block | None = None
    """The block around its title."""
    text: Block | None = None
    """The innermost block around its body."""

    @property
    def paragraphs(self) -> list[str]:
        """The parts of the body as plain text."""
        return [piece.text for piece in self.body]

    @property
    def words(self) -> str:
        """Lead and body, a paragraph in a line."""
        return "\n".join(filter(None, (self.lead, *self.paragraphs)))

    @property
    def size(self) -> int:
        """Characters of the body."""
        return sum(len(piece.text) for piece in self.body)


class Reader:
    """Walks the lines once: a title, its paragraphs, the by-line; what belongs to none is left over."""

    def __init__(self, lines: list[Line], is_html: bool) -> None:
        self.lines, self.is_html = lines, is_html
        self.done: list[Article] = []
        self.rest: list[Line] = []
        self.current: Article | None = None
        self.signed: Article | None = None  # closed by its by-line just now: its source may follow
        self.held: list[Line] = []  # the lines of the current article, given back when it is none

    def read(self) -> tuple[list[Article], list[Line]]:
        """The articles, and the lines that belong to none."""
        for n, line in enumerate(self.lines):
            if line.kind in ("picture", "file"):
                self._attach(line)
            elif line.menu:
                self.rest.append(line)
            else:
                self._take(n, line)
        self._close()
        return self.done, self.rest

    def _attach(self, line: Line) -> None:
        article = self.current or (self.signed if line.kind == "file" else None)
        if article is not None:
            (article.files if line.kind == "file" else article.pictures).append(Attached(line.address, line.text))

    def _take(self, n: int, line: Line) -> None:
        article, signed = self.current, self.signed
        self.signed = None
        if article is None and signed is not None and self._belongs_to_signed(line, signed):
            self.signed = signed
        elif article is None or self._starts_anew(n, line, article):
            self._close()
            if self._is_title(n, line):
                self.current, self.held = Article(line.text, heading=line.heading, stands=line.block), [line]
            else:
                self.rest.append(line)
        elif not self._beside_the_text(n, line, article):
            if self._ends_here(n, line, article):
                self._close()
                self.rest.append(line)
            else:
                self._add(line, article)

    def _belongs_to_signed(self, line: Line, article: Article) -> bool:
        article.source = article.source or source_line(line)
        return bool(source_line(line)) or is_credit(line.text)

    def _add(self, line: Line, article: Article) -> None:
        kind = "heading" if line.heading else line.kind if line.kind in PARTS else ""
        article.body.append(Piece(line.text, kind, line.spot if kind == "cell" else NOWHERE))
        around = line.block.around or line.block if line.block else None
        article.text = around if len(article.body) == 1 else _common(article.text, around)
        self.held.append(line)

    def _beside_the_text(self, n: int, line: Line, article: Article) -> bool:
        """Day, caption, source and by-line are no paragraphs; True when the line was one of them."""
        if not article.body and (found := published(line)):
            article.published, article.author = article.published or found, article.author or author_beside(line.text)
        elif line.kind == "caption" or (is_credit(line.text) and (article.pictures or article.body)):
            if article.pictures:
                article.pictures[-1].words = line.text
        elif article.body and (found_source := source_line(line)):
            article.source = found_source
        elif name := self._author(n, line, article):
            article.author = name
            self.held.append(line)
            if article.body and not self._more_body(n, article):
                self._close()
                self.signed = self.done[-1] if self.done and self.done[-1] is article else None
        else:
            return False
        return True

    def _author(self, n: int, line: Line, article: Article) -> str:
        if line.kind in PARTS:
            return ""
        if article.body and stands_right(line) and not self._paragraph_next(n):
            return by_line(line) or line.text.strip(" .*")
        return by_line(line) or self._signature(n, line, article)

    def _is_title(self, n: int, line: Line) -> bool:
        """A line that a paragraph follows, with at most a day, an author or a lead between."""
        if not 8 <= len(line.text) <= LONGEST_TITLE or line.kind in PARTS or (_BULLET.match(line.text) and not line.heading):
            return False
        if by_line(line) or published(line) or _OTHERS.fullmatch(fold(line.text)):
            return False
        enough = line.heading or len(line.text.split()) >= 6
        for following in self._following(n, 4):
            if following.heading and (not line.heading or following.heading <= line.heading):
                return False
            if len(following.text) >= LONG or following.kind == "lead" or (enough and _is_paragraph(following)):
                return True
            if not (published(following) or by_line(following) or following.kind in ("author", "caption") or line.heading):
                return False
        return False

    def _starts_anew(self, n: int, line: Line, article: Article) -> bool:
        if fold(line.text) == fold(article.title) and article.body:
            return True
        if not article.body or line.kind in PARTS or not self._is_title(n, line):
            return False
        if any(fold(line.text) == fold(before.title) for before in self.done):
            return True
        if self.is_html:
            return bool(line.heading) and not self._is_subheading(line, article)
        if len(line.text.split()) >= 8 and line.text[-1] not in ".;:,…" and article.size >= ENOUGH:
            article.doubts.append("boundary")
            return True
        return False

    def _is_subheading(self, line: Line, article: Article) -> bool:
        """A heading among the paragraphs of the body, of lower rank than the title or apart from it."""
        if not _within(line.block, article.text):
            return False
        return line.heading > article.heading or not _within(article.stands, article.text)

    def _ends_here(self, n: int, line: Line, article: Article) -> bool:
        """A title of another block, or a line that stands elsewhere on the page."""
        if not article.body:
            return False
        if _OTHERS.fullmatch(fold(line.text)) or (self.is_html and self._stands_elsewhere(line, article)):
            return True
        if line.heading:
            block = looks_like_block(line.text) and not self._paragraph_next(n, 2)
            return block or (self.is_html and not self._is_subheading(line, article))
        if len(line.text) >= LONG or line.text[-1] in ".!?…;:,”\"" or _BULLET.match(line.text) or line.kind in PARTS:
            return False
        if any(len(after.text) >= LONG for after in self._following(n, 3)):
            return False  # a heading inside the body
        return looks_like_block(line.text)

    def _stands_elsewhere(self, line: Line, article: Article) -> bool:
        """Outside the block of the body and of the one around it, once there is enough of a body."""
        if article.size < ENOUGH or len(article.body) < 2 or article.text is None:
            return False
        return not _within(line.block, article.text.around or article.text)

    def _paragraph_next(self, n: int, within: int = 1) -> bool:
        return any(_is_paragraph(after) for after in self._following(n, within))

    def _more_body(self, n: int, article: Article) -> bool:
        """After a by-line a paragraph follows at once, so the line was a name inside the text."""
        following = next(iter(self._following(n, 1)), None)
        return following is not None and len(following.text) >= LONG and not following.heading and len(article.body) < 2

    def _signature(self, n: int, line: Line, article: Article) -> str:
        """A pen name under the text: two to four capitalized syllables, and no paragraph of the body behind them."""
        words = line.text.strip(" .*()[]").split()
        named = 2 <= len(words) <= 4 and all(word[0].isupper() and word[1:].islower() and word.isalpha() for word in words)
        if not named or len(article.body) < 3 or line.heading or looks_like_block(line.text):
            return ""
        return "" if any(len(after.text) >= LONG for after in self._following(n, 1)) else " ".join(words)

    def _following(self, n: int, count: int) -> list[Line]:
        found = []
        for line in self.lines[n + 1 : n + 1 + 3 * count]:
            if not line.menu and line.kind not in ("picture", "file"):
                found.append(line)
            if len(found) == count:
                break
        return found

    def _close(self) -> None:
        article, self.current = self.current, None
        if article is None:
            return
        if article.size < ENOUGH:
            self.rest += self.held
            return
        while article.body[-1].kind == "heading":  # the title of the next block
            self.rest.append(Line(article.body.pop().text, heading=3))
        _set_lead(article)
        self.done.append(article)


def _set_lead(article: Article) -> None:
    first = article.body[0].text
    if len(first) <= LONGEST_LEAD and len(article.body) > 1 and not article.body[0].kind:
        article.lead = article.body.pop(0).text
    else:
        cut = max(first.rfind(mark, 0, LONGEST_LEAD) for mark in (". ", "! ", "? "))
        article.lead = first if len(first) <= LONGEST_LEAD else first[: cut + 1] if cut > 40 else first[: LONGEST_LEAD - 1].rsplit(" ", 1)[0] + "…"
        article.doubts.append("lead")
    if not article.author and not article.source:
        article.doubts.append("author")


def _is_paragraph(line: Line) -> bool:
    if line.heading or line.kind in (*PARTS, "caption"):
        return False
    return len(line.text) >= LONG or (len(line.text) >= SENTENCE and line.text.rstrip("”\"’)")[-1:] in ".!?…")


def _common(one: Block | None, other: Block | None) -> Block | None:
    """The innermost block around both."""
    while one is not None and other is not None and one is not other:
        one, other = (one.around, other) if one.depth >= other.depth else (one, other.around)
    return one if one is other else None


def _within(block: Block | None, around: Block | None) -> bool:
    while block is not None and around is not None and block.depth > around.depth:
        block = block.around
    return block is around


def looks_like_block(text: str) -> bool:
    """A short line in capitals or with the words that blocks of portals carry."""
    words = text.split()
    return len(words) <= 15 and (text.isupper() or _BLOCK_WORDS.search(fold(text)) is not None)
