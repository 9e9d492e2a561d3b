"""Merge, split, rename, abolish or transfer units as one operation with a decision.

Nothing is deleted: predecessors' versions are closed, successors get theirs, successions tell who
took over from whom. `preview` does the work for trial inside a transaction that is taken back, so
what it shows is what `carry_out` does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core import access
from kheo.core.errors import DomainError, InvalidInput
from kheo.core.messages import describe
from kheo.core.rules.dates import format_date
from kheo.core.verdicts import require
from kheo.documents.models import Document
from kheo.organizations import dependents, policy
from kheo.organizations.actions import reorganize_steps
from kheo.organizations.actions.reorganize_checks import problems_of, units_of
from kheo.organizations.actions.reorganize_steps import LISTS, Line, Steps
from kheo.organizations.models import Organization, OrganizationVersion, Reorganization
from kheo.organizations.rules import Plan


@dataclass
class Preview:
    """What a plan would do: lines in words, counts of what hangs on the units, problems that stop it."""

    plan: Plan
    closed: list[Line] = field(default_factory=list)
    created: list[Line] = field(default_factory=list)
    changed: list[Line] = field(default_factory=list)
    passed: list[Line] = field(default_factory=list)
    mandates: list[Line] = field(default_factory=list)
    counts: list[dependents.Count] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def possible(self) -> bool:
        """True when nothing stops it."""
        return not self.problems


class _TakenBack(Exception):
    """Ends the trial run; never leaves this module."""


def preview(plan: Plan, *, by: Any = None) -> Preview:
    """Try the plan and take it back. Problems come as sentences, all that can be told at once."""
    found = Preview(plan, problems=problems_of(plan))
    verdict = policy.may(by, units_of(plan))
    if not verdict:
        found.problems.insert(0, str(verdict.reason))
    found.counts = dependents.counts([*plan.predecessors, *(move.unit for move in plan.moves)], plan.on)
    if found.problems:
        return found
    try:
        with transaction.atomic():
            steps = reorganize_steps.run(plan, None)
            for name in LISTS:
                setattr(found, name, getattr(steps, name))
            raise _TakenBack
    except _TakenBack:
        pass
    except DomainError as error:
        found.problems.append(describe(error))
    return found


def carry_out(plan: Plan, *, decision: Document | None, by: Any) -> Reorganization:
    """Do what preview showed, in one transaction. A decision is required.

    Raises Refused, and InvalidInput with the first problem that stops it.
    """
    require(policy.may(by, units_of(plan)))
    if decision is None:
        raise InvalidInput(_("A reorganization needs its decision: number, date and issuing body."), field="decision")
    with transaction.atomic():
        _lock(plan)
        problems = problems_of(plan)
        if problems:
            raise InvalidInput(problems[0])
        marks = dependents.marks()
        steps = reorganize_steps.run(plan, decision)
        made = Reorganization.objects.create(
            kind=plan.kind, on=plan.on, decision=decision, note=plan.note,
            steps={**steps.as_data(), "marks": marks, "plan": plan.as_data(), "last_version": _last_version()},
            created_by_id=getattr(by, "pk", None), created_by_name=str(by or "")[:150],
        )
        steps.belong_to(made)
        access.forget(by)
        record.record(
            "organizations.reorganize", made, by=by, label=title(made, steps),
            closed=[str(line) for line in steps.closed], created=[str(line) for line in steps.created],
            changes=[str(line) for line in steps.changed],
            passed=[str(line) for line in steps.passed], decision=str(decision),
        )
    return made


def title(made: Reorganization, steps: Steps) -> str:
    """One line about a reorganization, for lists and the log."""
    names = ", ".join(dict.fromkeys(line.name for line in [*steps.closed, *steps.changed][:4]))
    return _now("%(kind)s on %(day)s: %(names)s") % {
        "kind": made.get_kind_display(), "day": format_date(made.on), "names": names or "–",
    }


def _last_version() -> int:
    """Versions with a higher number were written after this reorganization."""
    return OrganizationVersion.objects.aggregate(last=Max("pk"))["last"] or 0


def _lock(plan: Plan) -> None:
    """Lock every unit of the plan in one order, so that two reorganizations cannot wait for each other."""
    numbers = {*plan.predecessors, *plan.existing_successors, *(move.unit for move in plan.moves)}
    list(Organization.objects.select_for_update().filter(pk__in=numbers).order_by("pk"))
