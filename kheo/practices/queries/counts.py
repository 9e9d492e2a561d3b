"""What indicators may count in the registry: practices by step and field, replications, contributions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import Q, QuerySet, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kheo.indicators.sources import Count, Days, Source, register
from kheo.organizations import queries as organizations
from kheo.organizations.models import Organization, Succession
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
    merged = Succession.objects.filter(successor=unit, on__gt=day, partial=False).values_list("predecessor_id", flat=True)
    return organizations.subtree_ids(unit, day).union(*(organizations.subtree_ids(pk, day) for pk in merged))


def practices_in(unit: Organization, period: Days) -> QuerySet[Practice]:
    """Practices of a unit whose cycle lies within the period."""
    areas = area_ids(unit, period.last)
    within = Q(cycle__starts_on__gte=period.first, cycle__ends_on__lte=period.last)
    return Practice.objects.filter(within & (Q(ward_id__in=areas) | Q(organization_id__in=areas)))


def _counter(step: str, field: str) -> Callable[[Organization, Days], Count]:
    def compute(unit: Organization, period: Days) -> Count:
        found = practices_in(unit, period).filter(STEPS[step])
        if field:
            found = found.filter(field__code=field)
        asked = {"year": str(period.last.year), "ward": unit.slug} | ({"field": field} if field else {})
        return Count(found.count(), as_of=timezone.now(), href=f"{reverse('practices:index')}?{urlencode(asked)}")

    return compute


def _contributed(kind: str) -> Callable[[Organization, Days], Count]:
    def compute(unit: Organization, period: Days) -> Count:
        practices = practices_in(unit, period).order_by().values("pk")
        total = Contribution.objects.filter(kind__code=kind, report__practice__in=practices).aggregate(total=Sum("amount"))["total"]
        return Count(Decimal(total or 0), as_of=timezone.now(), href=f"{reverse('practices:index')}?{urlencode({'year': period.last.year})}")

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
