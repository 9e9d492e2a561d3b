"""Understanding a saved page of an old portal: its articles, counters, empty blocks and repeats."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from kheo.core.rules.text import fold, similarity
from kheo.news.rules import counters, prints
from kheo.news.rules.articles import Article, Reader, looks_like_block
from kheo.news.rules.bylines import moment
from kheo.news.rules.lines import Line, Page, from_html, from_text

_PROCEDURES = re.compile(r"\btthc\b|thu tuc hanh chinh|dich vu cong")


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
    printed, rest = Reader(lines, is_html).read()
    articles, repeats = _collapse(printed)
    if len(articles) == 1:
        _complete(articles[0], page)
    empty, ignored = _empty_blocks(rest, is_html)
    return Understood(articles, counted, empty, repeats, page, len(printed), ignored)


def _complete(article: Article, page: Page) -> None:
    """What the head of the page knows about its only article: the author, and the hour of publication."""
    if page.author and not article.author and fold(page.author) != fold(article.source):
        article.author = page.author
        article.doubts = [doubt for doubt in article.doubts if doubt != "author"]
    known, said = moment(page.published), article.published
    exact = known is not None and said is not None and not (said.hour or said.minute) and abs(known.replace(tzinfo=None) - said) < timedelta(days=2)
    if known is not None and (said is None or exact):
        article.published = known


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


def _empty_blocks(rest: list[Line], is_html: bool) -> tuple[list[EmptyBlock], int]:
    """Titles with nothing under them. Neighbouring titles that say the same are one block."""
    groups: list[list[str]] = []
    ignored, content_after = 0, False
    for line in reversed(rest):
        if line.kind in ("picture", "file") or (line.menu and line.kind != "links"):
            ignored += line.menu
            continue
        is_title = line.heading > 1 if is_html else looks_like_block(line.text)
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
