"""What waits for a person in this room."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kheo.accounts import queries as accounts
from kheo.accounts.models import Role
from kheo.core.waiting import Task, Waiting
from kheo.inspections import queries, rules
from kheo.inspections.models import Finding, Inspection, Plan
from kheo.inspections.queries import coverage, programmes

SHOWN = 5


def waiting(user: Any, day: date) -> list[Waiting]:
    """Self-inspections to send, checks to hold, sent ones to conclude, findings, sheets to write."""
    return [kind for kind in (*_own(user, day), *_body(user, day), *_findings(user, day), *_sheets(user)) if kind.count]


def _kind(code: str, title: Any, tasks: list[Task]) -> Waiting:
    dates = [task.due for task in tasks if task.due]
    tasks = sorted(tasks, key=lambda task: task.due or date.max)
    return Waiting(f"inspections.{code}", title, len(tasks), sum(task.late for task in tasks), min(dates, default=None), reverse("inspections_desk:index"), tasks[:SHOWN])


def _own(user: Any, day: date) -> Iterator[Waiting]:
    """A registrant's units that owe a self-inspection to a running plan."""
    if not accounts.rights(user).has(Role.REGISTRANT):
        return
    tasks = []
    for plan in Plan.objects.filter(starts_on__lte=day, cycle__closed_at__isnull=True).prefetch_related("parent_kinds"):
        if rules.Kind.SELF not in plan.kinds:
            continue
        sent = set(plan.inspections.filter(kind=rules.Kind.SELF, state__in=rules.DONE).values_list("unit_id", flat=True))
        for version in queries.own_units_to_check(user, plan, coverage.as_of(plan, day)):
            if version.organization_id not in sent:
                href = reverse("inspections_desk:self_inspect", args=[plan.pk, version.organization_id])
                tasks.append(Task(plan.name, href, version.name, since=plan.starts_on, due=plan.ends_on, late=plan.ends_on < day))
    yield _kind("self_inspect", _("Self-inspections to send"), tasks)


def _task(check: Inspection, day: date, due: date | None) -> Task:
    href = reverse("inspections_desk:detail", args=[check.pk])
    return Task(check.plan.name, href, str(check.unit), str(check.get_kind_display()), check.submitted_at or check.held_on, due, due is not None and due < day)


def _body(user: Any, day: date) -> Iterator[Waiting]:
    """The inspecting side: checks to hold and to conclude."""
    rights = accounts.rights(user)
    checks = queries.visible_to(user).exclude(unit_id__in=rights.own_units)
    planned = checks.filter(state=rules.State.PLANNED, unit_id__in=rights.units(rules.BODY))
    yield _kind("hold", _("Checks to hold"), [_task(check, day, check.planned_on) for check in planned])
    done = checks.filter(state__in=[rules.State.HELD, rules.State.SUBMITTED], unit_id__in=rights.units(rules.OFFICE))
    yield _kind("conclude", _("Checks to conclude"), [_task(check, day, None) for check in done])


def _findings(user: Any, day: date) -> Iterator[Waiting]:
    """The unit reports what it mended; the body looks at what was reported."""
    rights = accounts.rights(user)
    sides = (
        ("report", _("Findings to mend"), Finding.State.OPEN, rights.units([Role.REGISTRANT])),
        ("settle", _("Mended findings to look at"), Finding.State.REPORTED, rights.units(rules.OFFICE) - rights.own_units),
    )
    for code, title, state, units in sides:
        found = Finding.objects.filter(state=state, inspection__unit_id__in=units).select_related("inspection__plan").prefetch_related("inspection__unit__versions")
        yield _kind(code, title, [
            Task(f.text, reverse("inspections_desk:detail", args=[f.inspection_id]), str(f.inspection.unit), "", f.counted_from, f.deadline, f.deadline < day)
            for f in found
        ])


def _sheets(user: Any) -> Iterator[Waiting]:
    found = programmes.waiting_for_evaluator(user)
    yield _kind("evaluate", _("Self-scores to evaluate"), [
        Task(a.programme.name, reverse("inspections_desk:assessment", args=[a.pk]), str(a.unit), since=a.submitted_at) for a in found
    ])
