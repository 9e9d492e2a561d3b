"""Give a duty to a unit for a time."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.rules import text
from kheo.core.rules.dates import format_date
from kheo.core.verdicts import require
from kheo.documents.models import Document
from kheo.organizations import policy, queries, rules
from kheo.organizations.models import Mandate, Organization


def give_mandate(
    organization: Organization,
    area: Organization,
    function: str,
    start: date,
    *,
    by: Any,
    end: date | None = None,
    basis: Document | None = None,
) -> Mandate:
    """The unit holds the duty for the area from `start` up to, not including, `end`.

    Raises Refused; InvalidInput when another unit holds the duty then (who and until when), or
    when the unit or the area does not exist on all those days.
    """
    require(policy.may(by, [area]))
    function = text.squeeze(text.nfc(function))
    if not function:
        raise InvalidInput(_("Write the duty."), field="function")
    if end is not None and end <= start:
        raise InvalidInput(_("The duty would end before it begins."), field="end")
    with transaction.atomic():
        list(Organization.objects.select_for_update().filter(pk__in={organization.pk, area.pk}).order_by("pk"))
        for unit, field in ((organization, "organization"), (area, "area")):
            _check_exists(unit, rules.Interval(start, end), field)
        _check_free(area, function, start, end)
        made = Mandate.objects.create(
            organization=organization, area=area, function=function, valid_from=start, valid_to=end, basis=basis
        )
        record.record(
            "organizations.give_mandate", organization, by=by, function=function, area=str(area),
            start=start.isoformat(), end=end.isoformat() if end else "", basis=str(basis or ""),
        )
    return made


def _check_exists(unit: Organization, wanted: rules.Interval, field: str) -> None:
    spans = [rules.Interval(v.valid_from, v.valid_to) for v in unit.versions.all()]
    gap = rules.first_gap(wanted, spans)
    if gap is not None:
        raise InvalidInput(_("“%(unit)s” does not exist on %(day)s.") % {"unit": queries.name_on(unit, gap), "day": format_date(gap)}, field=field)


def _check_free(area: Organization, function: str, start: date, end: date | None) -> None:
    """One holder at a time; the duty's wording counts without tone placement, case and spacing."""
    held = Mandate.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=start), area=area)
    if end is not None:
        held = held.filter(valid_from__lt=end)
    for other in held.select_related("organization"):
        if text.canonical(other.function) == text.canonical(function):
            until = _("until %(day)s") % {"day": format_date(other.valid_to)} if other.valid_to else _("without an end")
            raise InvalidInput(
                _("“%(unit)s” holds this duty from %(day)s %(until)s. End that mandate first.")
                % {"unit": other.organization, "day": format_date(other.valid_from), "until": until}, field="start",
            )
