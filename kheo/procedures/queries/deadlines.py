"""The due moment that the time limit of a procedure gives, by the working calendar of the unit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time

from kheo.core.rules.dates import VIETNAM
from kheo.organizations.models import Organization
from kheo.procedures.models import ProcedureVersion
from kheo.workdays import queries as workdays
from kheo.workdays import rules


def for_unit(unit: Organization, on: date) -> Callable[[datetime, ProcedureVersion], datetime | None]:
    """As `by_calendar`, with the decided calendar of a unit."""
    return by_calendar(workdays.calendar_for(unit, on))


def by_calendar(calendar: rules.Calendar) -> Callable[[datetime, ProcedureVersion], datetime | None]:
    """A function of reception (local, naive) and version; None where the version sets no limit.

    A limit in days ends with its last day, written as midnight: a date alone.
    """

    def due(received: datetime, version: ProcedureVersion) -> datetime | None:
        if version.limit is None:
            return None
        if version.limit_unit == ProcedureVersion.LimitUnit.WORKING_HOURS:
            end = rules.add_working_hours(received.replace(tzinfo=VIETNAM), version.limit, calendar).end_at
            return end.astimezone(VIETNAM).replace(tzinfo=None) if end else None
        if version.limit_unit == ProcedureVersion.LimitUnit.DAYS:
            last = rules.add_calendar_days(received.date(), version.limit, calendar).end
        else:
            last = rules.due_date(received.date(), version.limit, calendar)
        return datetime.combine(last, time())

    return due
