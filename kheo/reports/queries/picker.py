"""The figures a writer chooses from, in groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kheo.reports.rules.figures import ATTRIBUTES, Figure
from kheo.reports.sources import registry

NAMES = {"don_vi": "Đơn vị", "ky": "Kỳ báo cáo"}


@dataclass
class Choice:
    """One figure with what may be asked of it."""

    figure: Figure
    attributes: list[tuple[str, str, str]] = field(default_factory=list)  # token, words, shown


@dataclass
class Group:
    """A group of the list."""

    code: str
    label: Any
    choices: list[Choice] = field(default_factory=list)


def groups(figures: Mapping[str, Figure]) -> list[Group]:
    """Every figure by group, in the order of the sources."""
    labels: dict[str, Any] = NAMES | {source.code: source.label for source in registry.sources()}
    found = {code: Group(code, label) for code, label in labels.items()}
    for token, figure in figures.items():
        group = found.setdefault(token.split(".")[0], Group(token.split(".")[0], token.split(".")[0]))
        group.choices.append(Choice(figure, [(f"{token}.{a}", ATTRIBUTES[a], figure.attribute(a)) for a in _attributes(figure)]))
    return [group for group in found.values() if group.choices]


def _attributes(figure: Figure) -> list[str]:
    found = ["tu_so", "mau_so", "ty_so"] if figure.denominator is not None else []
    found += ["ky_truoc", "so_voi_ky_truoc"] if figure.previous is not None else []
    return found + (["ke_hoach", "so_voi_ke_hoach"] if figure.plan is not None else [])
