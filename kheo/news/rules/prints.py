"""Fingerprints of texts: equal when they fold to the same, near when they share most runs of words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from hashlib import blake2b, sha256

from kheo.core.rules.text import fold

RUN = 5  # words in a shingle
SKETCH = 32  # smallest shingle hashes kept to find candidates
NEAR = 0.8  # share of common shingles from which two texts are the same: an import leaves the second out
ASK = 0.5  # from here a person is asked: one changed word in forty leaves 0.75, two leave 0.57
SAME_TITLE = 0.25  # the same when the titles fold to the same
FEWEST = 20  # words below which only an equal text counts


@dataclass(frozen=True)
class Print:
    """What is kept of a text: hash of its folded words, their number, and its smallest shingles."""

    digest: str
    words: int
    sketch: tuple[int, ...]


def take(text: str) -> Print:
    """The fingerprint of a text; tones' placement, case, punctuation and spacing do not matter."""
    words = fold(text).split()
    return Print(sha256(" ".join(words).encode()).hexdigest(), len(words), tuple(sorted(_hashes(words))[:SKETCH]))


def likeness(first: str, second: str) -> float:
    """Share of common shingles of two texts, 0 to 1."""
    one, other = fold(first).split(), fold(second).split()
    if one == other:
        return 1.0
    if min(len(one), len(other)) < FEWEST:
        return 0.0
    return overlap(_hashes(one), _hashes(other))


def overlap(one: Collection[int], other: Collection[int]) -> float:
    """Jaccard's share of two sets."""
    first, second = set(one), set(other)
    return len(first & second) / len(first | second) if first or second else 0.0


def enough_shared(words: int, sketch: int) -> int:
    """How many kept shingles two texts must share to be worth comparing in full."""
    return 0 if words < FEWEST else max(2, sketch // 4)


def _hashes(words: list[str]) -> set[int]:
    runs = (" ".join(words[n : n + RUN]) for n in range(max(1, len(words) - RUN + 1)))
    # 63 bits: a signed integer of every database.
    return {int.from_bytes(blake2b(run.encode(), digest_size=8).digest()) >> 1 for run in runs if run}
