"""What indicators may count in the registry: practices by step and field, replications, contributions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kheo.indicators.sources import Count as Counted
from kheo.indicators.sources import Days, Source, for_each, register
from kheo.organizations import queries as organizations
from kheo.organizations.models import Organization
from kheo.practices import rules
from kheo.practices.models import Contribution, Practice

NOT_COUNTED = ("draft", "withdrawn")
RUNNING = frozenset(s.value for s in rules.PUBLIC_STATES) - {"stopped", "revoked", "not_recognized"}
STEPS: dict[str, Q] = {
    "registered": ~Q(state__in=NOT_COUNTED),
    "running": Q(state__in=RUNNING),
    "recognized": Q(recognition__isnull=False, recognition__revoked_on__isnull=True),
    "exemplary": Q(recognition__exemplary_on__isnull=False, recognition__revoked_on__isnull=True),
    "replicated": Q(parent__isnull=False) & ~Q(state__in=NOT_COUNTED),
}
LABELS = {
    "registered": _("Practices registered"), "running": _("Practices running"), "recognized": _("Practices recognized"),
    "exemplary": _("Exemplary practices"), "replicated": _("Practices taken over from another unit"),
}
FIELDS = ("", "economy", "culture-society", "defence-security", "political-system")
FIELD_LABELS = {
    "": _("all fields"), "economy": _("economy"), "culture-society": _("culture and society"),
    "defence-security": _("defence and security"), "political-system": _("political system"),
}


def area_ids(unit: Organization, day: date) -> frozenset[int]:
    """The unit with all below it on a day, and with the units that passed whole into it after that day."""
    merged = (step.predecessor for step, partial in organizations.passed() if not partial and step.successor == unit.pk and step.on > day)
    return organizations.subtree_ids(unit, day).union(*(organizations.subtree_ids(pk, day) for pk in merged))


def _within(unit: Organization, period: Days) -> Q:
    """Practices of a unit whose cycle lies within the period."""
    areas = area_ids(unit, period.last)
    return Q(cycle__starts_on__gte=period.first, cycle__ends_on__lte=period.last) & (Q(ward_id__in=areas) | Q(organization_id__in=areas))


def _counts(unit: Organization, periods: list[Days]) -> list[dict[tuple[str, str], int]]:
    """For each period (step, code of the field or "") → practices of a unit; all in one query."""
    within = [_within(unit, period) for period in periods]
    asked = {(step, field): STEPS[step] & Q(field__code=field) if field else STEPS[step] for step in STEPS for field in FIELDS}
    names = {(n, key): f"n{n}_{m}" for n in range(len(periods)) for m, key in enumerate(asked)}
    counts = {name: Count("pk", filter=within[n] & asked[key]) for (n, key), name in names.items()}
    found = Practice.objects.order_by().filter(reduce(or_, within)).aggregate(**counts)
    return [{key: found[names[n, key]] for key in asked} for n in range(len(periods))]


def _given(unit: Organization, periods: list[Days]) -> list[dict[str, Decimal]]:
    """For each period the code of a kind of contribution → what was given; all in one query."""
    practices = [Practice.objects.filter(_within(unit, period)).order_by().values("pk") for period in periods]
    sums = {f"n{n}": Sum("amount", filter=Q(report__practice__in=found)) for n, found in enumerate(practices)}
    rows: Any = list(Contribution.objects.order_by().values("kind__code").annotate(**sums))
    return [{row["kind__code"]: row[name] for row in rows if row[name] is not None} for name in sums]


def _counter(step: str, field: str) -> Callable[[Organization, Days], Counted]:
    def compute(unit: Organization, period: Days) -> Counted:
        found = for_each(("practices.counts", unit.pk), period, lambda periods: _counts(unit, periods))
        asked = {"year": str(period.last.year), "ward": unit.slug} | ({"field": field} if field else {})
        return Counted(found[(step, field)], as_of=timezone.now(), href=f"{reverse('practices:index')}?{urlencode(asked)}")

    return compute


def _contributed(kind: str) -> Callable[[Organization, Days], Counted]:
    def compute(unit: Organization, period: Days) -> Counted:
        given = for_each(("practices.given", unit.pk), period, lambda periods: _given(unit, periods))
        return Counted(Decimal(given.get(kind) or 0), as_of=timezone.now(), href=f"{reverse('practices:index')}?{urlencode({'year': period.last.year})}")

    return compute


for _step, _label in LABELS.items():
    for _field in FIELDS:
        register(
            Source(
                f"practices.{_step}" + (f".{_field}" if _field else ""), _label if not _field else format_lazy("{} ({})", _label, FIELD_LABELS[_field]),
                _("practices"), _counter(_step, _field),
            )
        )
for _kind, _name in (("money", _("Money raised")), ("land", _("Land given")), ("workdays", _("Working days contributed"))):
    register(Source(f"practices.contributions.{_kind}", _name, "", _contributed(_kind)))
