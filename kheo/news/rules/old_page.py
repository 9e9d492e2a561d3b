"""Understanding a saved page of an old portal: its articles, counters, empty blocks and repeats."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from kheo.core.rules.text import fold, similarity
from kheo.news.rules import counters, prints
from kheo.news.rules.lines import Line, Page, from_html, from_text

LONG = 140  # characters from which a line is a paragraph and no title
ENOUGH = 280  # characters a body must have to be an article
LONGEST_TITLE = 250
LONGEST_LEAD = 600
_FAMILIES = frozenset(
    ["nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ", "hồ", "ngô", "dương", "lý", "đinh", "trịnh", "mai", "đào", "đoàn", "tạ", "lương", "cao", "tống", "hà", "vương", "lại", "thái", "trương", "quách", "chu", "châu", "tô", "kiều", "lưu", "mạc", "tăng", "thân", "phùng", "viên", "từ", "la", "nông", "vi", "hứa", "khuất", "doãn", "nghiêm", "văn", "ông", "bạch", "cù", "đàm", "giang", "hàn", "lục", "mã", "ninh", "quản", "sầm", "thạch", "triệu"]
)
_SIGNED = re.compile(r"^(?:(?:tác giả|người viết|bài viết|bài và ảnh|bài, ảnh|tin, ảnh|tin, bài|bài|tin|ảnh|thực hiện|biên tập|nguồn|theo)\s*[:：]\s*)(?P<name>.{2,120})$|^(?P<office>bbt|ban biên tập|theo [^.]{3,80})$", re.IGNORECASE)
_DAY = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")
_HOUR = re.compile(r"(?<![\d/])(\d{1,2})[:h](\d{2})(?!\d)")
_BULLET = re.compile(r"^\s*(?:[-+•*–]|\d{1,2}[.)]|[a-zđ]\))\s*")
_BLOCK_WORDS = re.compile(r"\b(?:tthc|thu tuc hanh chinh|cong khai|thong bao|van ban|lich|danh sach|ket qua|hoi dap|y kien|du thao|so lieu|thong ke|du an|dau thau|ngan sach|tin tuc|tin moi|gioi thieu|lien ket|video|hinh anh)\b")
_PROCEDURES = re.compile(r"\btthc\b|thu tuc hanh chinh|dich vu cong")


@dataclass
class Article:
    """One article as it stands on the page; `lead` is its first paragraph."""

    title: str
    paragraphs: list[str] = field(default_factory=list)
    lead: str = ""
    author: str = ""
    published: datetime | None = None
    doubts: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """Lead and body, a paragraph in a line."""
        return "\n".join(filter(None, (self.lead, *self.paragraphs)))


@dataclass(frozen=True)
class EmptyBlock:
    """A block with a title and nothing under it."""

    title: str
    also: tuple[str, ...] = ()
    kind: str = ""


@dataclass
class Repeat:
    """An article that was printed more than once."""

    title: str
    times: int
    likeness: float


@dataclass
class Understood:
    """All that was understood of a page."""

    articles: list[Article]
    counters: counters.Counters | None
    empty: list[EmptyBlock]
    repeats: list[Repeat]
    page: Page
    printed: int  # articles as printed, repeats included
    ignored: int  # lines of menus and others that were left out


def understand(content: str, *, is_html: bool) -> Understood:
    """Read a page. Nothing is invented: what stays unclear is in the doubts of an article."""
    page = from_html(content) if is_html else from_text(content)
    counted = counters.find([line.text for line in page.lines])
    taken = set(counted.lines) if counted else set()
    lines = [line for n, line in enumerate(page.lines) if n not in taken]
    printed, rest = _Reader(lines, is_html).read()
    articles, repeats = _collapse(printed)
    if len(articles) == 1 and page.author and not articles[0].author:
        articles[0].author = page.author
    if len(articles) == 1 and page.published and articles[0].published is None:
        articles[0].published = moment(page.published)
    empty, ignored = _empty_blocks(rest, is_html)
    return Understood(articles, counted, empty, repeats, page, len(printed), ignored)


class _Reader:
    """Walks the lines once: a title, its paragraphs, the by-line; what belongs to none is left over."""

    def __init__(self, lines: list[Line], is_html: bool) -> None:
        self.lines, self.is_html = lines, is_html
        self.done: list[Article] = []
        self.rest: list[Line] = []
        self.current: Article | None = None
        self.held: list[Line] = []  # the lines of the current article, given back when it is none

    def read(self) -> tuple[list[Article], list[Line]]:
        """The articles, and the lines that belong to none."""
        for n, line in enumerate(self.lines):
            self._take(n, line)
        self._close()
        return self.done, self.rest

    def _take(self, n: int, line: Line) -> None:
        article = self.current
        if line.menu:
            self.rest.append(line)
        elif article is None or self._starts_anew(n, line, article):
            self._close()
            if self._is_title(n, line):
                self.current, self.held = Article(line.text), [line]
            else:
                self.rest.append(line)
        elif not article.paragraphs and (found := _published(line)):
            article.published = article.published or found
        elif article.paragraphs and (name := by_line(line) or self._signature(n, line, article)):
            article.author = name
            self.held.append(line)
            if not self._more_body(n, article):
                self._close()
        elif self._ends_here(n, line, article):
            self._close()
            self.rest.append(line)
        else:
            article.paragraphs.append(line.text)
            self.held.append(line)

    def _is_title(self, n: int, line: Line) -> bool:
        """A line that a paragraph follows, with at most a day, an author or a lead between."""
        if not 8 <= len(line.text) <= LONGEST_TITLE or (_BULLET.match(line.text) and not line.heading):
            return False
        if by_line(line) or _published(line):
            return False
        for following in self._following(n, 4):
            if following.heading and following.heading <= 2 and line.heading != 1:
                return False
            if len(following.text) >= LONG or following.kind == "lead":
                return True
            if not (_published(following) or by_line(following) or following.kind == "author" or line.heading):
                return False
        return False

    def _starts_anew(self, n: int, line: Line, article: Article) -> bool:
        if fold(line.text) == fold(article.title) and article.paragraphs:
            return True
        if not article.paragraphs or not self._is_title(n, line) or line.kind == "cell":
            return False
        if any(fold(line.text) == fold(before.title) for before in self.done):
            return True
        if self.is_html:
            return 0 < line.heading <= 2
        if len(line.text.split()) >= 8 and line.text[-1] not in ".;:,…" and sum(map(len, article.paragraphs)) >= ENOUGH:
            article.doubts.append("boundary")
            return True
        return False

    def _ends_here(self, n: int, line: Line, article: Article) -> bool:
        """A short line after the body with no paragraph behind it: the title of another block."""
        if len(line.text) >= LONG or line.text[-1] in ".!?…;:,”\"" or _BULLET.match(line.text) or line.kind == "cell" or not article.paragraphs:
            return False
        if line.heading and line.heading <= 2:
            return True
        if not line.heading and len(line.text) < LONG and any(len(after.text) >= LONG for after in self._following(n, 3)):
            return False  # a heading inside the body
        return _looks_like_block(line.text) or bool(line.heading)

    def _more_body(self, n: int, article: Article) -> bool:
        """After a by-line a paragraph follows at once, so the line was a name inside the text."""
        following = next(iter(self._following(n, 1)), None)
        return following is not None and len(following.text) >= LONG and not following.heading and bool(article.paragraphs) and len(article.paragraphs) < 2

    def _signature(self, n: int, line: Line, article: Article) -> str:
        """A pen name under the text: two to four capitalized syllables, and no paragraph of the body behind them."""
        words = line.text.strip(" .*()[]").split()
        named = 2 <= len(words) <= 4 and all(word[0].isupper() and word[1:].islower() and word.isalpha() for word in words)
        if not named or len(article.paragraphs) < 3 or line.heading or line.kind == "cell" or _looks_like_block(line.text):
            return ""
        return "" if any(len(after.text) >= LONG for after in self._following(n, 1)) else " ".join(words)

    def _following(self, n: int, count: int) -> list[Line]:
        found = []
        for line in self.lines[n + 1 : n + 1 + 3 * count]:
            if not line.menu:
                found.append(line)
            if len(found) == count:
                break
        return found

    def _close(self) -> None:
        article, self.current = self.current, None
        if article is None:
            return
        if sum(map(len, article.paragraphs)) < ENOUGH:
            self.rest += self.held
            return
        _set_lead(article)
        self.done.append(article)


def _set_lead(article: Article) -> None:
    first = article.paragraphs[0]
    if len(first) <= LONGEST_LEAD and len(article.paragraphs) > 1:
        article.lead = article.paragraphs.pop(0)
    else:
        cut = max(first.rfind(mark, 0, LONGEST_LEAD) for mark in (". ", "! ", "? "))
        article.lead = first[: cut + 1] if cut > 40 else first[: LONGEST_LEAD - 1].rsplit(" ", 1)[0] + "…"
        article.doubts.append("lead")
    if not article.author:
        article.doubts.append("author")


def by_line(line: Line) -> str:
    """The author a short line names; empty when it is no by-line."""
    text = line.text.strip(" .*()[]")
    if len(text) > 130:
        return ""
    if line.kind == "author" and len(text) <= 80:
        return re.sub(r"^(?:tác giả|author)\s*[:：]\s*", "", text, flags=re.IGNORECASE)
    signed = _SIGNED.match(text)
    if signed:
        return (signed["name"] or signed["office"] or "").strip(" .)")
    words = text.split()
    names = all(word[0].isupper() and word.strip(".").isalpha() and not (word.isupper() and len(word) > 2) for word in words)
    if 2 <= len(words) <= 5 and names and words[0].lower() in _FAMILIES and not line.heading:
        return text
    return ""


def moment(text: str) -> datetime | None:
    """The day (and hour) that a line or an ISO text names; without time zone unless it carries one."""
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        pass
    day = _DAY.search(text)
    if day is None:
        return None
    hour = _HOUR.search(text.replace(day.group(), " "))
    try:
        return datetime(int(day[3]), int(day[2]), int(day[1]), *((int(hour[1]), int(hour[2])) if hour else (0, 0)))
    except ValueError:
        return None


def _published(line: Line) -> datetime | None:
    """The moment of publication when the short line says little else."""
    return moment(line.text) if len(line.text) <= 80 and _DAY.search(line.text) else None


def _collapse(printed: list[Article]) -> tuple[list[Article], list[Repeat]]:
    """Each article once; equal and nearly equal texts are repeats of the first."""
    kept: list[Article] = []
    taken: list[prints.Print] = []
    repeats: dict[int, Repeat] = {}
    by_digest: dict[str, int] = {}
    by_value: dict[int, list[int]] = {}
    for article in printed:
        found = prints.take(article.words)
        same = by_digest.get(found.digest)
        alike = 1.0
        if same is None:
            same, alike = _nearest(article, found, kept, by_value)
        if same is None:
            number = len(kept)
            by_digest[found.digest] = number
            for value in found.sketch:
                by_value.setdefault(value, []).append(number)
            kept.append(article)
            taken.append(found)
            continue
        repeat = repeats.setdefault(same, Repeat(kept[same].title, 1, 1.0))
        repeat.times += 1
        repeat.likeness = min(repeat.likeness, round(alike, 3))
        kept[same].author = kept[same].author or article.author
    return kept, list(repeats.values())


def _nearest(article: Article, found: prints.Print, kept: list[Article], by_value: dict[int, list[int]]) -> tuple[int | None, float]:
    shared: dict[int, int] = {}
    for value in found.sketch:
        for number in by_value.get(value, ()):
            shared[number] = shared.get(number, 0) + 1
    needed = prints.enough_shared(found.words, len(found.sketch))
    for number, count in sorted(shared.items(), key=lambda pair: -pair[1])[:3]:
        alike = prints.likeness(article.words, kept[number].words) if needed and count >= needed else 0.0
        if alike >= prints.NEAR:
            return number, alike
    return None, 0.0


def _looks_like_block(text: str) -> bool:
    words = text.split()
    return len(words) <= 15 and (text.isupper() or _BLOCK_WORDS.search(fold(text)) is not None)


def _empty_blocks(rest: list[Line], is_html: bool) -> tuple[list[EmptyBlock], int]:
    """Titles with nothing under them. Neighbouring titles that say the same are one block."""
    groups: list[list[str]] = []
    ignored, content_after = 0, False
    for line in reversed(rest):
        if line.menu:
            ignored += 1
            continue
        is_title = bool(line.heading) if is_html else _looks_like_block(line.text)
        if not is_title:
            content_after = True
            ignored += 1
        elif content_after:
            content_after = False
            ignored += 1
        elif groups and _same_block(groups[-1][-1], line.text):
            groups[-1].append(line.text)
        else:
            groups.append([line.text])
    found = []
    for group in reversed(groups):
        titles = list(dict.fromkeys(reversed(group)))
        kind = "procedures" if any(_PROCEDURES.search(fold(title)) for title in titles) else ""
        found.append(EmptyBlock(titles[0], tuple(titles[1:]), kind))
    return found, ignored


def _same_block(one: str, other: str) -> bool:
    first, second = set(fold(one).split()), set(fold(other).split())
    return first <= second or second <= first or similarity(one, other) >= 0.5
