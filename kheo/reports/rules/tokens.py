"""Tokens in narrative text: `{{ chi_tieu.gia_dinh_van_hoa }}`, also with one attribute behind."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from kheo.core.rules.text import fold
from kheo.reports.rules.figures import ATTRIBUTES, Figure

BRACES = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
NAME = re.compile(r"[a-z0-9_]+(?:\.[a-z0-9_]+){1,2}")
UNBALANCED = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")


@dataclass(frozen=True, slots=True)
class Problem:
    """A token that cannot be used: where, what was written, what may have been meant."""

    token: str
    line: int
    suggestions: tuple[str, ...] = ()
    reason: str = "unknown"  # unknown, unreadable


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, or a figure with its token."""

    text: str
    token: str = ""


def split(name: str, known: Collection[str]) -> tuple[str, str] | None:
    """(token, attribute) when the name is a known token, alone or with an attribute; else None."""
    if name in known:
        return name, ""
    token, _dot, attribute = name.rpartition(".")
    return (token, attribute) if token in known and attribute in ATTRIBUTES else None


def problems(text: str, known: Collection[str]) -> list[Problem]:
    """Every token of the text that is not known, with up to three suggestions each."""
    found = []
    for match in BRACES.finditer(text):
        name = match.group(1).strip()
        line = text.count("\n", 0, match.start()) + 1
        if not NAME.fullmatch(name):
            found.append(Problem(name[:80], line, suggest(name, known), "unreadable"))
        elif split(name, known) is None:
            found.append(Problem(name, line, suggest(name, known)))
    rest = BRACES.sub(lambda m: " " * len(m.group()), text)
    found += [Problem(m.group(), text.count("\n", 0, m.start()) + 1, (), "unreadable") for m in UNBALANCED.finditer(rest)]
    return found


def suggest(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Tokens that look like what was written."""
    key = re.sub(r"[^a-z0-9_.]", "_", fold(name).replace(" ", "_")) if not NAME.fullmatch(name) else name
    return tuple(difflib.get_close_matches(key, list(known), n=3, cutoff=0.5))


def used(text: str) -> list[str]:
    """The names between double braces, in order, each once."""
    return list(dict.fromkeys(match.group(1).strip() for match in BRACES.finditer(text)))


def pieces(text: str, figures: Mapping[str, Figure]) -> list[Piece]:
    """The text with every known token replaced by its figure; unknown ones stay as they were written."""
    found: list[Piece] = []
    start = 0
    for match in BRACES.finditer(text):
        parts = split(match.group(1).strip(), figures)
        if parts is None:
            continue
        if match.start() > start:
            found.append(Piece(text[start : match.start()]))
        figure, attribute = figures[parts[0]], parts[1]
        found.append(Piece(figure.attribute(attribute) if attribute else figure.shown, parts[0]))
        start = match.end()
    if start < len(text):
        found.append(Piece(text[start:]))
    return found
