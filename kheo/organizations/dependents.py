"""What hangs on a unit: rows of the apps above, counted without importing them.

Every foreign key to a unit is found by itself, so nothing can be forgotten. An app may register a
count with better words ("practices in force"), which then stands for its model.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, Model, Q

from kheo.organizations.models import Organization

OWN_APP = Organization._meta.app_label
Counter = Callable[[frozenset[int], date], int]


@dataclass(frozen=True)
class Count:
    """How many rows of one kind hang on some units."""

    label: str
    number: int


@dataclass(frozen=True)
class _Registered:
    label: Any
    count: Counter
    model: str


_registered: list[_Registered] = []


def register(label: Any, count: Counter, *, model: str = "") -> None:
    """Show `count(unit numbers, day)` under `label` (a lazy translation) in previews.

    `model` ("practices.practice") is the model whose plain count this one replaces.
    """
    if not any(known.count is count for known in _registered):
        _registered.append(_Registered(label, count, model.lower()))


def _referring() -> dict[type[Model], list[str]]:
    """Models of other apps with a foreign key to a unit → the names of those keys."""
    found: dict[type[Model], list[str]] = defaultdict(list)
    for relation in Organization._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or not relation.one_to_many:
            continue
        model = relation.related_model
        if isinstance(model, type) and model._meta.app_label != OWN_APP and not model._meta.proxy:
            found[model].append(relation.field.name)  # type: ignore[union-attr]
    return dict(found)


def _hanging_on(names: Iterable[str], units: frozenset[int]) -> Q:
    condition = Q(pk__in=[])
    for name in names:
        condition |= Q(**{f"{name}_id__in": units})
    return condition


def counts(units: Iterable[int], day: date) -> list[Count]:
    """What hangs on the units, by kind of record; kinds with nothing are left out."""
    chosen = frozenset(units)
    better = {known.model for known in _registered if known.model}
    found = [Count(str(known.label), known.count(chosen, day)) for known in _registered]
    for model, names in _referring().items():
        if model._meta.label_lower not in better:
            number = model._default_manager.filter(_hanging_on(names, chosen)).count()
            found.append(Count(str(model._meta.verbose_name_plural), number))
    return [count for count in found if count.number]


def marks() -> dict[str, int]:
    """The highest row number of every referring model now: later rows are newer than this instant."""
    return {
        model._meta.label_lower: model._default_manager.aggregate(last=Max("pk"))["last"] or 0
        for model in _referring()
        if isinstance(model._meta.pk.get_internal_type(), str) and "Auto" in model._meta.pk.get_internal_type()
    }


def since(units: Iterable[int], marked: Mapping[str, int]) -> list[Count]:
    """What was written about the units after marks() was taken, by kind of record."""
    chosen = frozenset(units)
    found = []
    for model, names in _referring().items():
        later = Q(pk__gt=marked[model._meta.label_lower]) if model._meta.label_lower in marked else Q()
        number = model._default_manager.filter(_hanging_on(names, chosen) & later).count()
        if number:
            found.append(Count(str(model._meta.verbose_name_plural), number))
    return found
