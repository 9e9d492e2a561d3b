"""Freezing: one canonical form of a report's content, its hash, and what differs between two issues."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


def canonical(content: Any) -> bytes:
    """The content as bytes that are the same for the same content, on every machine."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(content: Any) -> str:
    """SHA-256 of the canonical form."""
    return hashlib.sha256(canonical(content)).hexdigest()


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that is not what it was."""

    token: str
    label: str
    before: str
    after: str


def figure_changes(before: Mapping[str, Mapping[str, Any]], after: Mapping[str, Mapping[str, Any]], *, only: set[str] | None = None) -> list[Change]:
    """Figures whose value, numerator or denominator differ; those that came and went too."""
    found = []
    for token in sorted(set(before) | set(after)):
        if only is not None and token not in only:
            continue
        old, new = before.get(token), after.get(token)
        if _essence(old) != _essence(new):
            label = str((new or old or {}).get("label", token))
            found.append(Change(token, label, _said(old), _said(new)))
    return found


def _essence(figure: Mapping[str, Any] | None) -> tuple[Any, ...] | None:
    if figure is None:
        return None
    return tuple(figure.get(name) for name in ("value", "numerator", "denominator", "state", "text", "shown"))


def _said(figure: Mapping[str, Any] | None) -> str:
    if figure is None:
        return "–"
    shown = str(figure.get("shown", ""))
    top, bottom = figure.get("numerator"), figure.get("denominator")
    return f"{shown} ({top}/{bottom})" if figure.get("kind") == "percent" and top and bottom else shown


@dataclass(frozen=True, slots=True)
class TextChange:
    """A section whose words changed, line by line: (mark, line) with mark " ", "-" or "+"."""

    title: str
    lines: tuple[tuple[str, str], ...]


def text_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[TextChange]:
    """Sections of two frozen contents that read differently."""
    import difflib

    old = {s["code"]: s for s in before.get("sections", [])}
    new = {s["code"]: s for s in after.get("sections", [])}
    found = []
    for code in dict.fromkeys([*old, *new]):
        first, second = _lines(old.get(code)), _lines(new.get(code))
        if first != second:
            marked = tuple((line[0], line[2:]) for line in difflib.ndiff(first, second) if line[0] in " -+")
            found.append(TextChange(str((new.get(code) or old.get(code) or {}).get("title", code)), marked))
    return found


def _lines(section: Mapping[str, Any] | None) -> list[str]:
    if section is None:
        return []
    return [section["title"], *("".join(p["text"] for p in block["pieces"]) for block in section["blocks"] if block["kind"] != "table")]
