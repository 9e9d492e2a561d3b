"""Propose days, weeks and decided years. Nothing proposed counts until another person decides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from typing import Any

import holidays
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.rules import text
from kheo.core.rules.dates import format_date
from kheo.core.verdicts import require
from kheo.documents.models import Document
from kheo.workdays import policy, queries, sources
from kheo.workdays.models import (
    AnnualDay,
    CalendarDay,
    Certainty,
    DecidedYear,
    Scope,
    State,
    WeeklyPattern,
)

# What the library writes into the name of a swapped day: the day that is worked instead.
_INSTEAD_OF = re.compile(r"thay cho ngày (\d{2})/(\d{2})/(\d{4})")
OPEN = (State.DECIDED, State.PROPOSED)


@dataclass(frozen=True)
class NewDay:
    """A day as written on the form or found by the library."""

    on: date
    kind: str
    name: str
    counterpart: date | None = None
    note: str = ""
    certainty: str = Certainty.UNSURE
    basis: Document | None = None


def propose_days(days: Sequence[NewDay], *, by: Any, unit_id: int = 0) -> list[CalendarDay]:
    """Propose dated days for the whole country (0) or for a unit and all below it; a day that is there already (decided or proposed alike) is left out.

    A swap needs its counterpart. Raises InvalidInput with the field at fault.
    """
    require(policy.may(by, "propose", unit_id))
    for day in days:
        _check(day)
    with transaction.atomic():
        known = set(
            CalendarDay.objects.select_for_update().filter(unit_id=unit_id, on__in=[d.on for d in days], state__in=OPEN)
            .values_list("on", "kind", "name")
        )
        made = [
            CalendarDay.objects.create(
                on=day.on, kind=day.kind, name=text.squeeze(text.nfc(day.name))[:150], counterpart=day.counterpart,
                note=day.note[:400], certainty=day.certainty, basis=day.basis, **_who(by, unit_id),
            )
            for day in days if (day.on, day.kind, day.name) not in known
        ]
        for row in made:
            record.record("workdays.propose", row, by=by, kind=row.kind, name=row.name, unit=row.unit_name)
    return made


def propose_from_library(year: int, *, by: Any) -> list[CalendarDay]:
    """Propose a year's days as the `holidays` library knows them, with the yearly holidays the law
    sets and the library may lack. Days that are decided or proposed already are left out.

    The library is no authority: what it gives is marked as to be confirmed.
    """
    if not queries.FIRST_YEAR <= year <= queries.LAST_YEAR:
        raise InvalidInput(code="workdays_year", params={"year": year, "first": queries.FIRST_YEAR, "last": queries.LAST_YEAR}, field="year")
    taken = set(CalendarDay.objects.filter(on__year=year, unit_id=0, state__in=OPEN).values_list("on", flat=True))
    found = [day for day in known_days(year) if day.on not in taken]
    return propose_days(found, by=by)


def known_days(year: int) -> list[NewDay]:
    """What library and yearly holidays say about a year, in order of date."""
    library = holidays.country_holidays("VN", years=year, language="vi")
    days = {on: _from_library(on, name) for on, name in library.items() if on.year == year}
    for on in sorted(library.weekend_workdays):
        if on.year == year:
            off = next((d.on for d in days.values() if d.counterpart == on), None)
            days[on] = NewDay(on, CalendarDay.Kind.SWAP_WORK, f"Làm bù cho ngày {format_date(off)}" if off else "Làm bù", off, _note())
    for annual in AnnualDay.objects.select_related("basis"):
        on = date(year, annual.month, annual.day)
        if annual.valid_from <= on and (annual.valid_to is None or on < annual.valid_to):
            days[on] = NewDay(on, CalendarDay.Kind.HOLIDAY, annual.name, certainty=Certainty.DOCUMENT, basis=annual.basis)
    return [days[on] for on in sorted(days)]


def _from_library(on: date, name: str) -> NewDay:
    instead = _INSTEAD_OF.search(name)
    if instead:
        day, month, year = (int(part) for part in instead.groups())
        return NewDay(on, CalendarDay.Kind.SWAP_OFF, name, date(year, month, day), _note())
    kind = CalendarDay.Kind.COMPENSATORY if "nghỉ bù" in name else CalendarDay.Kind.HOLIDAY
    return NewDay(on, kind, name, note=_note())


def _note() -> str:
    return f"Thư viện holidays {version('holidays')} đề xuất; đối chiếu với thông báo của năm"


def propose_year(year: int, *, by: Any, note: str = "", basis: Document | None = None) -> DecidedYear:
    """Propose that all days off of a year are decided, so that its dates need no caution any more."""
    require(policy.may(by, "propose", 0))
    with transaction.atomic():
        found = DecidedYear.objects.select_for_update().filter(year=year, state__in=OPEN).first()
        if found is not None:
            return found
        row = DecidedYear.objects.create(year=year, note=note[:400], basis=basis, **_who(by, 0))
        record.record("workdays.propose", row, by=by, name=str(year))
    return row


def propose_pattern(values: dict[str, Any], *, by: Any, unit_id: int, basis: Document | None = None, note: str = "") -> WeeklyPattern:
    """Propose a working week for a unit: which half days, from when until when, from which day on.

    `values` are the fields of WeeklyPattern from `valid_from` to `half_days_count`.
    """
    require(policy.may(by, "propose", unit_id))
    if values["valid_to"] is not None and values["valid_to"] <= values["valid_from"]:
        raise InvalidInput(_("The last day must come after the first."), field="valid_to")
    if not any(m == a == "1" for m, a in zip(values["mornings"], values["afternoons"], strict=True)):
        raise InvalidInput(_("At least one day of the week must be worked in the morning and in the afternoon."), field="mornings")
    if not values["morning_from"] < values["morning_to"] <= values["afternoon_from"] < values["afternoon_to"]:
        raise InvalidInput(_("The hours must run in order: morning from, until, afternoon from, until."), field="morning_to")
    with transaction.atomic():
        row = WeeklyPattern.objects.create(**values, basis=basis, note=note[:400], **_who(by, unit_id))
        record.record("workdays.propose", row, by=by, unit=row.unit_name, valid_from=row.valid_from)
    return row


def _who(by: Any, unit_id: int) -> dict[str, Any]:
    places, today = sources.places(), timezone.localdate()
    scope = Scope.NATIONAL if not unit_id else Scope.PROVINCE if places.is_province(unit_id, today) else Scope.UNIT
    return {
        "unit_id": unit_id, "scope": scope, "unit_name": places.name(unit_id, today) if unit_id else "",
        "state": State.PROPOSED, "proposed_by_id": by.pk, "proposed_by_name": str(by)[:150], "proposed_at": timezone.now(),
    }


def _check(day: NewDay) -> None:
    if not day.name.strip():
        raise InvalidInput(_("Write what the day is called."), field="name")
    if not queries.FIRST_YEAR <= day.on.year <= queries.LAST_YEAR:
        raise InvalidInput(
            code="workdays_year", params={"year": day.on.year, "first": queries.FIRST_YEAR, "last": queries.LAST_YEAR}, field="on"
        )
    if day.kind == CalendarDay.Kind.SWAP_WORK and day.counterpart is None:
        raise InvalidInput(_("Write which working day is off in exchange."), field="counterpart")
    if day.kind == CalendarDay.Kind.SWAP_OFF and day.counterpart is None:
        raise InvalidInput(_("Write which day is worked in exchange."), field="counterpart")
    if day.counterpart == day.on:
        raise InvalidInput(_("A day cannot be swapped with itself."), field="counterpart")

