"""Reading scored programmes: who launched, who is scored how."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from kheo.accounts import queries as accounts
from kheo.accounts.models import Role
from kheo.inspections import policy
from kheo.inspections.models import Assessment, Launch, Programme
from kheo.inspections.queries import coverage
from kheo.inspections.rules import Coverage
from kheo.organizations import queries as organizations
from kheo.organizations.models import OrganizationVersion


@dataclass(frozen=True)
class Row:
    """A unit of the programme: its launch and its assessment of the year."""

    version: OrganizationVersion
    launch: Launch | None
    assessment: Assessment | None


@dataclass(frozen=True)
class Board:
    """Who launched, as of a day, and the results of a year."""

    programme: Programme
    year: int
    launched: Coverage
    scored: Coverage
    rows: list[Row]


def board(programme: Programme, year: int, day: date | None = None) -> Board:
    """The 100% board: units active on the day (or at the end of a past year), launches until then."""
    last = min(day or timezone.localdate(), date(year, 12, 31), end(programme))
    units = coverage.active(programme, last)
    launches = {row.unit_id: row for row in programme.launches.filter(launched_on__lte=last).select_related("document")}
    found = programme.assessments.filter(period_from__year=year).exclude(state=Assessment.State.DRAFT)
    assessments = {row.unit_id: row for row in found}
    rows = [Row(v, launches.get(v.organization_id), assessments.get(v.organization_id)) for v in units]
    done = sum(row.assessment is not None and row.assessment.state == Assessment.State.CONCLUDED for row in rows)
    return Board(
        programme, year, Coverage(sum(row.launch is not None for row in rows), len(rows), last), Coverage(done, len(rows), last), rows
    )


def years(programme: Programme) -> list[int]:
    """The years since the programme began in which its area existed, newest first."""
    last = min(timezone.localdate(), end(programme))
    return list(range(last.year, min(programme.starts_on.year, last.year) - 1, -1))


def end(programme: Programme) -> date:
    """The last day on which the programme's area existed; today for one that still does."""
    return organizations.last_day(programme.within) or timezone.localdate()


def visible_to(user: Any) -> QuerySet[Assessment]:
    """Assessments of units in reach; what is still being written is seen by the unit and officers."""
    rights = accounts.rights(user)
    own = Q(unit_id__in=rights.units([Role.REGISTRANT, Role.RECEIVER]))
    seen = Q(unit_id__in=rights.units(policy.SEEING)) & ~Q(state=Assessment.State.DRAFT)
    return Assessment.objects.filter(own | seen).select_related("programme", "scheme", "document").prefetch_related("unit__versions")


def waiting_for_evaluator(user: Any) -> QuerySet[Assessment]:
    """Sent self-scores that this evaluator may and has yet to evaluate."""
    rights = accounts.rights(user)
    return (
        visible_to(user).filter(state=Assessment.State.SUBMITTED, unit_id__in=rights.units([Role.EVALUATOR]))
        .exclude(unit_id__in=rights.own_units).exclude(evaluations__evaluator_id=rights.user_id)
    )
