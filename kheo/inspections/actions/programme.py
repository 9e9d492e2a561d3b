"""Set up a scored programme: what it is about, its dated schemes, and which unit launched it when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.rules import text
from kheo.core.verdicts import require
from kheo.documents.models import Document
from kheo.inspections import policy
from kheo.inspections.models import Launch, Programme, Scheme, SchemeCriterion
from kheo.inspections.queries import coverage
from kheo.movements import rules as points
from kheo.organizations import queries as organizations
from kheo.organizations.models import Organization, OrganizationKind


@dataclass(frozen=True)
class ProgrammeData:
    """A programme as written."""

    name: str
    owner: Organization
    within: Organization
    unit_kind: OrganizationKind
    parent_kinds: tuple[OrganizationKind, ...]
    starts_on: date
    summary: str = ""
    document: Document | None = None


@dataclass(frozen=True)
class Line:
    """One criterion as written."""

    name: str
    max_points: Decimal
    step: Decimal = Decimal("0.5")
    guidance: str = ""


@dataclass(frozen=True)
class SchemeData:
    """A scheme as written; `grades` are (least points, name)."""

    lines: Sequence[Line]
    valid_from: date
    total: Decimal = Decimal(100)
    grades: Sequence[tuple[Decimal, str]] = ()
    minimum_evaluators: int = 1
    basis: Document | None = None
    note: str = ""


def programme(data: ProgrammeData, *, by: Any, current: Programme | None = None) -> Programme:
    """Write a programme or change its words and frame."""
    made = current or Programme(slug=text.slugify(data.name, limit=70) or "chuong-trinh")
    for name in ("name", "owner", "within", "unit_kind", "starts_on", "summary", "document"):
        setattr(made, name, getattr(data, name))
    require(policy.may(by, "programme", made))
    if not data.name.strip():
        raise InvalidInput(_("Write the name of the programme."), field="name")
    with transaction.atomic():
        made.save()
        made.parent_kinds.set(data.parent_kinds)
        record.record("inspections.programme", made, by=by, name=made.name)
    return made


def write_scheme(programme: Programme, data: SchemeData, *, by: Any) -> Scheme:
    """Write the scheme, or its next version when the newest has been used.

    Σ most points must equal the total, points must fit their step, grades must lie within the total.
    """
    require(policy.may(by, "programme", programme))
    _check(data)
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=programme.pk)
        made = programme.schemes.filter(frozen_at__isnull=True).order_by("-version").first()
        if made is None:
            last = programme.schemes.aggregate(n=Max("version"))["n"] or 0
            made = Scheme(programme=programme, version=last + 1)
        made.total, made.valid_from, made.basis, made.note = data.total, data.valid_from, data.basis, data.note[:300]
        made.minimum_evaluators = data.minimum_evaluators
        made.grades = [[str(least), name] for least, name in sorted(data.grades, reverse=True)]
        made.save()
        made.criteria.all().delete()
        SchemeCriterion.objects.bulk_create(SchemeCriterion(scheme=made, order=n, **vars(line)) for n, line in enumerate(data.lines, start=1))
        record.record("inspections.write_scheme", made, by=by, version=made.version, criteria=len(data.lines))
    return made


def _check(data: SchemeData) -> None:
    if not data.lines:
        raise InvalidInput(_("Write at least one criterion."), field="lines")
    difference = points.points_problem([line.max_points for line in data.lines], data.total)
    if difference is not None:
        raise InvalidInput(
            _("The most points of the criteria add up to %(sum)s, but the total is %(total)s.")
            % {"sum": data.total + difference, "total": data.total}, field="total",
        )
    for line in data.lines:
        if line.max_points <= 0 or line.step <= 0 or points.step_problem(line.max_points, line.step):
            raise InvalidInput(
                _("“%(name)s”: the most points must be a positive multiple of the step.") % {"name": line.name}, field="lines"
            )
    if data.minimum_evaluators < 1:
        raise InvalidInput(_("At least one person must evaluate."), field="minimum_evaluators")
    if any(not 0 <= least <= data.total for least, _name in data.grades):
        raise InvalidInput(_("The least points of a grade must lie between 0 and the total."), field="grades")


def launch(programme: Programme, unit: Organization, on: date, document: Document, *, by: Any) -> Launch:
    """Record that a unit launched the programme, with its document. Again: the entry is corrected."""
    require(policy.may(by, "launch", (programme, unit.pk)))
    if not programme.starts_on <= on <= timezone.localdate():
        raise InvalidInput(_("The day must lie between the start of the programme and today."), field="launched_on")
    if unit.pk not in {version.organization_id for version in coverage.active(programme, on)}:
        raise InvalidInput(_("The unit is not among the units of this programme on that day."), field="unit")
    with transaction.atomic():
        made, _new = Launch.objects.update_or_create(
            programme=programme, unit=unit, defaults={"launched_on": on, "document": document, "by_name": str(by)[:150]}
        )
        record.record("inspections.launch", made, by=by, on=on, unit=organizations.name_on(unit, on), document=str(document))
    return made
