"""The catalogue of procedures among the site's public tables (kheo.core.datasets)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kheo.core.datasets import Column, Dataset, Latest, Value, register
from kheo.procedures.models import ProcedureVersion
from kheo.procedures.queries import catalogue


def values(part: Iterable[ProcedureVersion]) -> Iterable[Sequence[Value]]:
    """Rows in the order of the columns."""
    for version in part:
        yield [
            version.procedure.code, version.full_code, version.name, version.field.name, version.level, version.limit, version.limit_unit if version.limit else None,
            version.online, version.decision, version.valid_from, catalogue.portal_link(version.procedure.code),
        ]


register(Dataset(
    code="danh-muc-tthc", title=_("Catalogue of administrative procedures"), keywords=("TTHC", "thủ tục"),
    description=_("The procedures in force today with time limit, level of online service and deciding document. The texts are on the national portal."),
    columns=(
        Column("code", _("Code"), "code", _("Short form, for example 1.004616")), Column("full_code", _("Full code"), "code"), Column("name", _("Name")),
        Column("field", _("Field"), "text", _("In Vietnamese")), Column("level", _("Level"), "code", _("province, district, commune or other")),
        Column("limit", _("Time limit"), "integer", _("Empty: none set")), Column("limit_unit", _("Counted in"), "code", _("working_days, working_hours or days")),
        Column("online", _("Online service"), "code", _("full, partial or information")), Column("decision", _("Decision"), "text", _("That announces it")),
        Column("valid_from", _("In force from"), "date"), Column("address", _("Address"), "text", _("On the national portal")),
    ),
    records=lambda: catalogue.in_force().order_by("procedure__code", "pk"), values=values, updated=Latest(ProcedureVersion.objects.all, "valid_from"), cycle="irregular", address=lambda: reverse("procedures:procedures"),
))  # fmt: skip
