"""What the public may search, download and show of inspections: plans and coverage, never findings' words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kheo.core import datasets, figures, search
from kheo.core.datasets import Column, Value
from kheo.inspections import queries, rules
from kheo.inspections.models import Finding, Inspection, Plan, Programme
from kheo.inspections.queries import coverage, programmes, shares
from kheo.inspections.rules import DONE, Coverage
from kheo.organizations import queries as organizations
from kheo.organizations.models import OrganizationVersion

MOST_PLANS = 200


def _document(plan: Plan) -> search.Document:
    lead = organizations.name_on(plan.lead, plan.starts_on)
    return search.Document(
        title=plan.name, address=reverse("inspections:plan", args=[plan.slug]), body="\n".join([lead, str(plan.document or "")]), also=(plan.cycle.name,),
        date=plan.starts_on, unit=plan.within.slug, unit_name=organizations.name_on(plan.within, plan.starts_on),
    )


def _plans() -> QuerySet[Plan]:
    return queries.public().select_related("within").prefetch_related("within__versions")


search.register(search.Kind("inspection-plan", _("Inspections"), Plan, _plans, _document))


def _rows() -> list[list[Value]]:
    """A row for each plan and unit, as of the plan's last day or today."""
    plans, units = list(queries.public().prefetch_related(None)[:MOST_PLANS]), shares.units()
    prefetch_related_objects(plans, "parent_kinds")
    checks: dict[int, list[Inspection]] = defaultdict(list)
    for check in Inspection.objects.filter(plan__in=plans, state__in=DONE).order_by("held_on", "pk"):
        checks[check.plan_id].append(check)
    covered = {plan.pk: units.active(plan, coverage.as_of(plan)) for plan in plans}
    versions: dict[int, list[OrganizationVersion]] = defaultdict(list)
    for version in OrganizationVersion.objects.filter(organization_id__in=set().union(*covered.values())):
        versions[version.organization_id].append(version)
    return [row for plan in plans for row in _of_plan(plan, checks[plan.pk], [version for pk in covered[plan.pk] for version in versions[pk]])]


def _of_plan(plan: Plan, held: list[Inspection], versions: list[OrganizationVersion]) -> Iterable[list[Value]]:
    day = coverage.as_of(plan)
    in_force = [v for v in versions if v.valid_from <= day and (v.valid_to is None or v.valid_to > day)]
    counted = rules.done_units([rules.Check(c.unit_id, rules.Kind(c.kind), rules.State(c.state), c.held_on) for c in held], {v.organization_id for v in in_force}, plan.starts_on, day)
    for version in sorted(in_force, key=lambda version: version.sort_key):
        done = [check for check in held if check.unit_id == version.organization_id]
        last = max((check.held_on for check in done if check.held_on), default=None)
        kinds = ", ".join(sorted({str(check.get_kind_display()) for check in done}))
        yield [plan.name, plan.cycle.code, version.name, version.code, version.organization_id in counted, kinds, last, day]


datasets.register(
    datasets.Dataset(
        code="kiem-tra-giam-sat", title=_("Inspection and supervision"),
        description=_("For each plan and each unit it covers: whether a check took place, of which kinds, when last."),
        columns=(
            Column("ke_hoach", _("Plan")), Column("chu_ky", _("Cycle"), "code"), Column("don_vi", _("Unit")), Column("ma_don_vi", _("Code"), "code"),
            Column("da_kiem_tra", _("Checked"), "boolean"), Column("hinh_thuc", _("Kinds of checks")), Column("ngay_gan_nhat", _("Last day"), "date"),
            Column("tinh_den", _("As of"), "date"),
        ),
        records=_rows, updated=datasets.Latest(lambda: Inspection.objects.filter(state__in=DONE), "held_on"), address=lambda: reverse("inspections:index"), keywords=("kiểm tra", "giám sát", "tự kiểm tra"),
    )
)


def _figure(share: Coverage, href: str) -> figures.Figure:
    return figures.Figure(
        share.value, unit=_("units"), numerator=share.numerator, denominator=share.denominator, as_of=share.as_of, href=href, percent=True, digits=1
    )


def _choices() -> Iterable[tuple[str, Any]]:
    for plan in queries.public()[:MOST_PLANS]:
        yield f"coverage.{plan.slug}", f"{_('Coverage')}: {plan.name}"
        yield f"late.{plan.slug}", f"{_('Late findings')}: {plan.name}"
    for programme in Programme.objects.all():
        yield f"launched.{programme.slug}", f"{_('launched')}: {programme.name}"


def _answer(code: str) -> figures.Figure | None:
    what, _dot, slug = code.partition(".")
    if what == "launched":
        programme = Programme.objects.filter(slug=slug).first()
        if programme is None:
            return None
        return _figure(programmes.board(programme, programmes.years(programme)[0]).launched, reverse("inspections:programme", args=[slug]))
    plan = queries.public().filter(slug=slug).first()
    if plan is None:
        return None
    href = reverse("inspections:plan", args=[slug])
    if what == "late":
        counted = coverage.findings([plan]).get(plan.pk)
        return figures.Figure(counted.late if counted else 0, unit=_("findings"), as_of=coverage.as_of(plan), href=href)
    return _figure(coverage.of(plan), href) if what == "coverage" else None


figures.register_family("inspections", _choices, _answer)


def open_findings(units: Iterable[int], day: date) -> tuple[Decimal, Decimal]:
    """How many findings about these units were open on a day, and how many of them were late."""
    found = Finding.objects.filter(inspection__unit_id__in=list(units), counted_from__lte=day)
    still = [f for f in found if f.closed_on is None or f.closed_on > day]
    return Decimal(len(still)), Decimal(sum(f.deadline < day for f in still))
