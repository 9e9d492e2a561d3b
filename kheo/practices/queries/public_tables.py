"""The register and its contributions among the site's public tables (kheo.core.datasets)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kheo.core.datasets import Column, ColumnKind, Dataset, Latest, Value, register
from kheo.movements.models import Cycle
from kheo.organizations import queries as organizations
from kheo.organizations.models import Organization
from kheo.practices.models import ContributionKind
from kheo.practices.queries import access, catalogue, open_data, totals

KINDS: dict[str, ColumnKind] = {"date": "date", "integer": "integer", "code": "code"}


def practices() -> Any:
    """The public register, newest first."""
    return open_data.practices(catalogue.Filters(sort="newest"))


def contributions() -> list[Sequence[Value]]:
    """What was contributed to public practices: one row per cycle, ward and kind."""
    kinds = {kind.code: kind for kind in ContributionKind.objects.all()}
    rows: list[Sequence[Value]] = []
    cycles = Cycle.objects.select_related("movement").order_by("starts_on", "pk")
    given = [(cycle, totals.contributions_by(access.public().filter(cycle=cycle), "ward")) for cycle in cycles]
    wards = organizations.with_versions().in_bulk({ward for _cycle, by_ward in given for ward in by_ward if ward})
    for cycle, by_ward in given:
        for ward in sorted((wards[pk] for pk in by_ward if pk), key=lambda ward: ward.slug):
            amounts = by_ward[ward.pk]
            rows += [_row(cycle, ward, kinds[code], amounts[code]) for code in sorted(amounts) if code in kinds]
    return rows


def _row(cycle: Cycle, ward: Organization, kind: ContributionKind, amount: Value) -> Sequence[Value]:
    return cycle.movement.slug, cycle.code, ward.slug, organizations.name_on(ward, cycle.ends_on), kind.code, kind.name, amount, kind.unit


register(Dataset(
    code=open_data.CODE, title=_("Register of practices"), keywords=("dân vận khéo", "mô hình", "điển hình"),
    description=_("Every practice approved for the list, with who carries it out, where, since when and what it reached."),
    columns=tuple(Column(c.code, c.name, KINDS.get(c.kind, "text"), c.meaning) for c in open_data.COLUMNS),
    records=practices, values=open_data.values, updated=Latest(access.public, "state_since"), address=lambda: reverse("practices:index"),
))  # fmt: skip
register(Dataset(
    code="dong-gop", title=_("Contributions to practices"), keywords=("hiến đất", "ngày công", "đóng góp"),
    description=_("What people contributed to public practices by the progress reports, by year, ward and kind."),
    columns=(
        Column("movement", _("Movement"), "code", _("The emulation movement")), Column("year", _("Year"), "code", _("The cycle of the movement")),
        Column("ward_id", _("Identifier of the ward"), "text", _("As in the table of units")),
        Column("ward", _("Ward or commune"), "text", _("Where, by its name at that time")),
        Column("kind", _("Kind of contribution"), "code", _("Code")), Column("kind_name", _("Name of the kind"), "text", _("In Vietnamese")),
        Column("amount", _("Amount"), "decimal", _("Sum over the reports")), Column("unit", _("Unit of measure"), "text", _("In Vietnamese")),
    ),
    records=contributions, updated=Latest(access.public, "state_since"), address=lambda: reverse("practices:index"),
))  # fmt: skip
