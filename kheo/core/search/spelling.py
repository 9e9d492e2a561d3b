"""When nothing was found: near spellings that do find something, and which words stand in the way."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice, product

from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein

from kheo.core.models import SearchWord
from kheo.core.rules import question as rules
from kheo.core.rules import tokens
from kheo.core.rules.syllables import is_syllable_bare
from kheo.core.search import asking, lists

NEAR = 3
TRIED = 24
LEAST_ALIKE = 60
LONGEST_SYLLABLE = 7
"""Letters of nghieng, the longest."""


def near(question: rules.Question, filters: asking.Filters) -> list[str]:
    """Up to three other spellings of the question, each of which finds something."""
    if not question:
        return []
    vocabulary = list(SearchWord.objects.values_list("bare", flat=True).distinct())
    choices = [_alike(tokens.bare(word), vocabulary) for word in question.spoken]
    typed = " ".join(tokens.bare(word) for word in question.spoken)
    tried = [written for words in islice(product(*choices), TRIED) if (written := " ".join(words)) != typed]
    finding = [written for written in tried if _finds(written, filters)]
    finding.sort(key=lambda written: not _side_by_side(written))  # words that stand together somewhere were meant
    return list(dict.fromkeys(_with_tones(written, filters) for written in finding[:NEAR]))


def fewer(question: rules.Question, filters: asking.Filters) -> list[str]:
    """The question without one of its words, where that finds something; the longest first."""
    words = question.words
    if not 2 <= len(words) <= rules.MOST_WORDS:
        return []
    shorter = [" ".join(words[:place] + words[place + 1 :]) for place in range(len(words))]
    return [written for written in dict.fromkeys(shorter) if _finds(written, filters)][:NEAR]


def _alike(word: str, vocabulary: list[str]) -> list[str]:
    """The word itself when it is known, and the known words nearest to it."""
    if word.isdigit() or len(word) < 2:
        return [word]
    near = process.extract(word, vocabulary, scorer=fuzz.ratio, limit=12, score_cutoff=LEAST_ALIKE)
    close = [found for found, _score, _at in near if DamerauLevenshtein.distance(word, found) <= (1 if len(word) < 6 else 2)]
    close.sort(key=lambda found: sorted(found) != sorted(word))  # the same letters in another order: vna
    if word in vocabulary:
        return list(dict.fromkeys([word, *close]))[:4]
    return [*_split(word, frozenset(vocabulary)), *close][:4] or [word]


def _split(word: str, vocabulary: frozenset[str]) -> list[str]:
    """A run of letters without spaces as the fewest known syllables it can be cut into: danvankheo."""
    ways: list[list[str] | None] = [[], *([None] * len(word))]
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - LONGEST_SYLLABLE), end):
            before, last = ways[start], word[start:end]
            if before is not None and last in vocabulary and is_syllable_bare(last) and (ways[end] is None or len(before) + 1 < len(ways[end] or [])):
                ways[end] = [*before, last]
    whole = ways[len(word)]
    return [" ".join(whole)] if whole and len(whole) > 1 else []


def _side_by_side(written: str) -> bool:
    phrase = rules.read(written).phrase
    return bool(phrase and lists.numbers(lists.Wanted(([phrase],)), 1))


def _finds(written: str, filters: asking.Filters) -> bool:
    return bool(asking.answer(rules.read(written), replace(filters, kind="")).numbers)


def _with_tones(written: str, filters: asking.Filters) -> str:
    """The words as the best hit writes them."""
    answer = asking.answer(rules.read(written), replace(filters, kind=""))
    entry = asking.entries(answer.numbers[:1])[0]
    spoken = tokens.words(f"{entry.title} {entry.body}")
    plain, wanted = [tokens.bare(word) for word in spoken], written.split()
    for place in range(len(plain) - len(wanted) + 1):
        if plain[place : place + len(wanted)] == wanted:
            return " ".join(spoken[place : place + len(wanted)])
    known = dict(zip(reversed(plain), reversed(spoken), strict=True))
    return " ".join(known.get(word, word) for word in wanted)
