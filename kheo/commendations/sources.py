"""The honour roll as a public table, under the same rule of consent as its page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kheo.commendations import queries
from kheo.commendations.models import Commendation, Honouree
from kheo.core.datasets import Column, Dataset, Latest, Value, register


def rows(part: Iterable[Honouree]) -> Iterable[Sequence[Value]]:
    """One row per honouree; a person without consent, and every minor, stays unnamed."""
    for honouree in part:
        line = queries.honour(honouree)
        yield (
            honouree.commendation.cycle.code, line.name, line.collective, line.unit or None, line.ward or None, line.achievement, line.form, line.level,
            line.document, line.issuer, line.decided_on, line.practice.slug if line.practice else None,
        )  # fmt: skip


register(Dataset(
    code="bang-vang", title=_("Honour roll"), keywords=("khen thưởng", "biểu dương"),
    description=_("Collectives and persons commended, by decision. Persons are named only with their consent."),
    columns=(
        Column("year", _("Year"), "code", _("The cycle of the movement")),
        Column("name", _("Name"), "text", _("The collective; a person only with consent, otherwise “an individual of the unit”")),
        Column("collective", _("Collective"), "boolean", _("1: a collective; 0: a person")),
        Column("unit", _("Unit"), "text", _("To which the honouree belongs")), Column("ward", _("Ward or commune"), "text", _("Of the practice")),
        Column("achievement", _("Achievement"), "text", _("As the decision words it")), Column("form", _("Form of commendation"), "text", _("In Vietnamese")),
        Column("level", _("Level"), "text", _("Who commends")), Column("decision", _("Decision"), "text", _("Number of the decision")),
        Column("issuer", _("Issuing body"), "text", _("By its name on that day")), Column("decided_on", _("Date of issue"), "date", _("Of the decision")),
        Column("practice", _("Practice"), "text", _("Identifier in the register of practices")),
    ),
    records=queries.honourees_for_public, values=rows, updated=Latest(Commendation.objects.all, "at"), address=lambda: reverse("commendations:honour_roll"),
))  # fmt: skip
