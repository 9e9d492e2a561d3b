"""What stops a reorganization, told before anything is tried."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from kheo.core.rules import text
from kheo.core.rules.dates import format_date
from kheo.organizations import queries
from kheo.organizations.models import Organization, OrganizationVersion, Reorganization
from kheo.organizations.rules import Plan


def units_of(plan: Plan) -> list[Organization | None]:
    """The units whose administrator must agree: predecessors, existing successors, the new superior unit.

    A new unit that replaces predecessors needs no right at its superior unit: its founding is the
    decision of the level above, which the decision document proves.
    """
    numbers = {*plan.predecessors, *plan.existing_successors}
    if plan.kind == "transfer" and plan.to_parent is not None:
        numbers.add(plan.to_parent)
    return list(queries.with_versions().filter(pk__in=numbers))


def problems_of(plan: Plan) -> list[str]:
    """Every problem that can be told without trying: in sentences for the officer."""
    units = {unit.pk: unit for unit in queries.with_versions().filter(pk__in=_numbers(plan))}
    if set(_numbers(plan)) - set(units):
        return [_("One of the units no longer exists. Begin again.")]
    found = list(_shape(plan))
    if not found:
        found += _dates(plan, units)
        found += _below(plan, units)
        found += _names(plan, units)
        found += _already(plan)
    return found


def _numbers(plan: Plan) -> list[int]:
    return [*plan.predecessors, *plan.existing_successors, *(move.unit for move in plan.moves)]


def _shape(plan: Plan) -> Iterator[str]:
    """Does the plan hold what its kind needs?"""
    if plan.kind not in Reorganization.Kind.values:
        yield _("Choose the kind of reorganization.")
        return
    if not plan.predecessors:
        yield _("Choose at least one unit.")
    checks = {
        "merge": (
            len(plan.successors) != 1 or len({*plan.predecessors, *plan.existing_successors}) < 2,
            _("A merge takes two or more units into exactly one."),
        ),
        "split": (
            len(plan.predecessors) != 1 or not plan.successors or (len(plan.successors) == 1 and not plan.partial),
            _("A split takes one unit and gives two or more, or gives one and keeps a part."),
        ),
        "rename": (len(plan.predecessors) != 1 or plan.change is None, _("Choose one unit and write its new name.")),
        "transfer": (plan.to_parent is None, _("Choose the new superior unit.")),
        "abolish": (False, ""),
    }
    wrong, words = checks[plan.kind]
    if wrong:
        yield words
    if any((s.existing is None) == (s.new is None) for s in plan.successors):
        yield _("Each successor is either a unit of the list or a new one.")
    if any(move.to is not None and not 0 <= move.to < len(plan.successors) for move in plan.moves):
        yield _("A unit below is to pass to a successor that is not in the plan.")


def _dates(plan: Plan, units: dict[int, Organization]) -> Iterator[str]:
    """Predecessors exist the day before and have no later change; existing successors exist on the day."""
    for number in plan.predecessors:
        versions = list(units[number].versions.all())
        holding = [v for v in versions if v.valid_from < plan.on and (v.valid_to is None or v.valid_to >= plan.on)]
        if not holding:
            yield _("“%(unit)s” does not exist on the day before %(day)s.") % _words(units[number], plan)
        elif any(v.valid_from >= plan.on for v in versions) or (holding[0].valid_to or plan.on) != plan.on:
            yield _("A later change of “%(unit)s” is recorded already, so it cannot be reorganized on %(day)s.") % _words(units[number], plan)
    for number in plan.existing_successors:
        if not any(v.valid_from <= plan.on and (v.valid_to is None or v.valid_to > plan.on) for v in units[number].versions.all()):
            yield _("The successor “%(unit)s” does not exist on %(day)s.") % _words(units[number], plan)


def _words(unit: Organization, plan: Plan) -> dict[str, str]:
    return {"unit": queries.name_on(unit, plan.on), "day": format_date(plan.on)}


def _below(plan: Plan, units: dict[int, Organization]) -> Iterator[str]:
    """What becomes of each unit below a unit that ends must be said; a version cannot outlive its parent."""
    said = {move.unit for move in plan.moves} | set(plan.predecessors)
    for child in below_closing(plan):
        if child.valid_from >= plan.on:
            yield _("“%(child)s” below “%(unit)s” begins on %(day)s or later; change it first.") % {
                "child": child.name, "unit": queries.name_on(units[child.parent_id or 0], plan.on), "day": format_date(plan.on),
            }
        elif child.organization_id not in said:
            yield _("“%(child)s” still belongs to “%(unit)s”: say where it passes, or that it ends.") % {
                "child": child.name, "unit": queries.name_on(units[child.parent_id or 0], plan.on),
            }


def below_closing(plan: Plan) -> list[OrganizationVersion]:
    """Versions below the units that end which would outlive them."""
    return list(
        OrganizationVersion.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=plan.on), parent_id__in=plan.closing)
        .select_related("organization", "kind").order_by("parent_id", "kind__order", "sort_key")
    )


def _names(plan: Plan, units: dict[int, Organization]) -> Iterator[str]:
    """Two units of one name cannot stand in one successor: one of them needs a new name."""
    seen: dict[tuple[int | None, str], str] = {}
    for move in plan.moves:
        if move.to is None:
            continue
        name = move.name or queries.name_on(units[move.unit], plan.on)
        key = (move.to, text.canonical(name))
        if key in seen:
            yield _("Two units named “%(name)s” would stand in one successor. Give each its own name.") % {"name": name}
        seen[key] = name


def _already(plan: Plan) -> Iterator[str]:
    """The same succession twice would be counted twice."""
    for done in Reorganization.objects.filter(on=plan.on, kind=plan.kind, undone_at__isnull=True):
        kept = done.steps.get("plan", {})
        if sorted(kept.get("predecessors", [])) == sorted(plan.predecessors) and kept.get("successors") == plan.as_data()["successors"]:
            yield _("This reorganization was carried out already on %(day)s.") % {"day": format_date(done.created_at.date())}
