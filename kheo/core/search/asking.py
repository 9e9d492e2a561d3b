"""Answering a question: which documents, in which order, how many of each kind.

Order: hits with the very tones that were typed first; then the title that says just this, the words
side by side, the words in the title; among equals the newest. At most RANKED documents per list
are looked at; the words in the title, the exact words and the phrase have lists of their own, so
that a good answer is never lost behind five hundred newer ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from kheo.core.models import Abbreviation, SearchEntry
from kheo.core.rules import question as rules
from kheo.core.rules import text, tokens
from kheo.core.search import indexing, lists
from kheo.core.search.kinds import KINDS

RANKED = 500
"""So many of each list are looked at. What is beyond them is not counted either: to know that half of all documents
hold a common word, every one of them must be visited, and nobody turns to the twenty-fifth page."""
FIRST = 200
"""So many of the lists that only put hits before others: ten pages of them."""
WEIGHED = 100
"""So many of the best are compared by how close their title is to the question."""


@dataclass(frozen=True)
class Filters:
    """What narrows the search. `until` is the last day. `sites` are those of this site, when there are several."""

    kind: str = ""
    unit: str = ""
    since: date | None = None
    until: date | None = None
    language: str = ""
    sites: tuple[str, ...] = ()


@dataclass
class Answer:
    """The documents' numbers in their order, and what is known about all of them."""

    question: rules.Question
    numbers: list[int] = field(default_factory=list)
    total: int = 0
    """How many there are, of the chosen kind when one is chosen; a lower bound when `capped`."""
    by_kind: dict[str, int] = field(default_factory=dict)
    """How many of each kind, with the other filters in force; a lower bound when `capped`."""
    capped: bool = False


def shorts() -> list[rules.Short]:
    """The abbreviations as the rules take them."""
    return list(_in_order(tuple(Abbreviation.objects.order_by("pk").values_list("short", "long"))))


@lru_cache(maxsize=4)
def _in_order(rows: tuple[tuple[str, str], ...]) -> list[rules.Short]:
    """Sorted once for as long as the list is the same."""
    return sorted((rules.Short(*row) for row in rows), key=lambda row: (row.short, text.collation_key(row.long)))


def ask(asked: str, filters: Filters | None = None) -> Answer:
    """Answer a question. Any text is a question; one without a word has no answers."""
    question = rules.read(asked, shorts())
    return answer(question, filters or Filters())


def answer(question: rules.Question, filters: Filters) -> Answer:
    """Answer a question that was read before."""
    if not question:
        return Answer(question)
    span = _span(filters)
    sets = _Sets(question, filters, span)
    found = sets.ordered()
    counts = Counter(map(indexing.kind_number, found))
    by_kind = {code: counts[kind.number] for code, kind in KINDS.items() if counts[kind.number]}
    if filters.kind:
        wanted = KINDS[filters.kind].number if filters.kind in KINDS else -1
        if sets.capped and wanted >= 0:
            return _of_kind(question, filters, by_kind)
        found = [number for number in found if indexing.kind_number(number) == wanted]
    return Answer(question, _weighed(question, found, sets.exact), len(found), by_kind, sets.capped)


def _of_kind(question: rules.Question, filters: Filters, by_kind: dict[str, int]) -> Answer:
    """Too many to sift: ask for this kind alone. The counts of the other kinds stay lower bounds."""
    tag = [[tokens.tag("k", filters.kind)]]
    sets = _Sets(question, filters, _span(filters), tag)
    found = sets.ordered()
    return Answer(question, _weighed(question, found, sets.exact), len(found), by_kind | {filters.kind: len(found)}, sets.capped)


class _Sets:
    """The lists of one question: all hits, and those that are better in one way."""

    def __init__(self, question: rules.Question, filters: Filters, span: tuple[int, int], *tags: lists.Part) -> None:
        asked = (*_tags(filters), *tags)
        without = _without(filters)

        def wanted(*parts: lists.Part) -> lists.Wanted:
            return lists.Wanted((*parts, *asked), *span, without)

        readings = [[reading.bare() for reading in part] for part in question.parts]
        exact = lists.numbers(wanted(*([r.exact() for r in part] for part in question.parts)), RANKED)
        # So many with the very tones stand before all others anyway: these need not be fetched.
        self.all = exact if len(exact) == RANKED else lists.numbers(wanted(*readings), RANKED)
        self.capped = len(self.all) == RANKED
        self.exact = set(exact)
        self.title: set[int] = set()
        self.phrase: set[int] = set()
        if self.all:
            self.title = set(lists.numbers(wanted(*([r.heading() for r in part] for part in question.parts)), FIRST))
        if self.all and question.phrase:
            self.phrase = set(lists.numbers(wanted([question.phrase]), FIRST))

    def ordered(self) -> list[int]:
        """Every number of any list, best first."""
        ranked = [{*self.all, *self.exact, *self.title, *self.phrase}]
        for better in (self.exact, self.phrase, self.title):  # set by set: thousands are compared
            ranked = [part for rest in ranked for part in (rest & better, rest - better)]
        return [number for part in ranked for number in sorted(part, reverse=True)][: 4 * RANKED]


def _span(filters: Filters) -> tuple[int, int]:
    low = indexing.first_of_day(filters.since) if filters.since else 0
    high = indexing.first_of_day(filters.until + timedelta(days=1)) - 1 if filters.until and filters.until < date.max else lists.NEWEST
    return low, high


def _tags(filters: Filters) -> list[lists.Part]:
    found: list[lists.Part] = []
    if filters.unit:
        found.append([[tokens.tag("u", filters.unit)]])
    if filters.sites:
        found.append([[tokens.tag("s", "")], *([tokens.tag("s", site)] for site in filters.sites)])
    return found


def _without(filters: Filters) -> tuple[str, ...]:
    others = {"vi": "en", "en": "vi"}
    return (tokens.tag("l", others[filters.language]),) if filters.language in others else ()


def _weighed(question: rules.Question, found: list[int], exact: set[int]) -> list[int]:
    """The best hits again: within those with the very tones, and within the others, first the titles
    that say just what was asked."""
    head = found[:WEIGHED]
    titles = dict(SearchEntry.objects.filter(pk__in=head).values_list("pk", "title"))
    place = {number: at for at, number in enumerate(head)}
    typed = " ".join(question.spoken)
    plain = tokens.said(typed)[1]

    def closeness(number: int) -> tuple[bool, int, float, int]:
        toned, bare = tokens.said(titles.get(number, ""))
        if not _holds(bare, plain):
            return number not in exact, 2, 0, place[number]
        level = 0 if _holds(toned, typed) else 1
        return number not in exact, level, -len(plain) / len(bare), place[number]

    return sorted(head, key=closeness) + found[WEIGHED:]


def _holds(title: str, phrase: str) -> bool:
    return f" {phrase} " in f" {title} "


def entries(numbers: Sequence[int]) -> list[SearchEntry]:
    """The documents of these numbers, in their order."""
    rows = SearchEntry.objects.defer("tokens").in_bulk(list(numbers))
    return [rows[number] for number in numbers if number in rows]


def beginning_with(asked: str, limit: int = 8, filters: Filters | None = None) -> list[SearchEntry]:
    """Documents whose title holds these words, the last of which may be unfinished; for suggestions."""
    filters = filters or Filters()
    spoken = rules.read(asked).words
    plain = [tokens.bare(word) for word in spoken]
    if not plain or len("".join(plain)) < 2:
        return []
    parts: list[lists.Part] = [[[tokens.in_title(word)]] for word in plain[:-1]]
    parts.append([[f"{tokens.in_title(plain[-1])}*"]])
    wanted = lists.Wanted((*parts, *_tags(filters)), *_span(filters), _without(filters))
    found = entries(lists.numbers(wanted, WEIGHED))
    typed, bare = " ".join(spoken), " ".join(plain)

    def closeness(entry: SearchEntry) -> tuple[bool, bool, bool, int]:
        toned, folded = tokens.said(entry.title)
        return f" {typed}" not in f" {toned}", not folded.startswith(bare), f" {bare}" not in f" {folded}", -entry.pk

    return sorted(found, key=closeness)[:limit]
