"""The due moment that the time limit of a procedure gives, by the working calendar of the unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from kheo.core.rules.dates import VIETNAM, local_clock
from kheo.organizations.models import Organization
from kheo.procedures.models import ProcedureVersion
from kheo.workdays import queries as workdays
from kheo.workdays import rules


def for_unit(unit: Organization, on: date) -> Deadlines:
    """The deadlines by the decided calendar of a unit."""
    return Deadlines(workdays.calendar_for(unit, on))


@dataclass(frozen=True)
class Deadlines:
    """Due moments (local, naive) by one calendar."""

    calendar: rules.Calendar

    def due(self, received: datetime, version: ProcedureVersion) -> datetime | None:
        """The due moment; None where the version sets no limit. A limit in days ends with its last day,
        written as midnight: a date alone."""
        if version.limit is None:
            return None
        if version.limit_unit == ProcedureVersion.LimitUnit.WORKING_HOURS:
            end = rules.add_working_hours(received.replace(tzinfo=VIETNAM), version.limit, self.calendar).end_at
            return local_clock(end) if end else None
        if version.limit_unit == ProcedureVersion.LimitUnit.DAYS:
            last = rules.add_calendar_days(received.date(), version.limit, self.calendar).end
        else:
            last = rules.due_date(received.date(), version.limit, self.calendar)
        return datetime.combine(last, time())

    def is_certain(self, received: datetime, due: datetime) -> bool:
        """False when days off in between are not all decided, so that the due moment may still move."""
        return not self.calendar.cautions(received.date(), due.date())
