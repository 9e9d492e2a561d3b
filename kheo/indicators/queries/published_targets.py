"""The assigned targets among the site's public tables (kheo.core.datasets): what was wanted, what came, the result."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kheo.core.datasets import Column, Dataset, Latest, Value, register
from kheo.indicators.models import Observation
from kheo.indicators.queries import boards, definitions
from kheo.indicators.queries.figures import PUBLIC, Lens
from kheo.organizations import queries as organizations


def records() -> list[Sequence[Value]]:
    """One row for each target of each plan, plans by their periods, oldest first."""
    plans = list(boards.plans().order_by("period__first", "order", "pk"))
    reader = Lens(list({plan.period_id: plan.period for plan in plans}.values()), back=1, indicators=definitions.defined())
    rows: list[Sequence[Value]] = []
    for plan in plans:
        version = organizations.version_of(plan.unit, plan.period.last)
        for row in boards.board(plan, reader).rows:
            figure = row.figure
            rows.append([
                plan.name, plan.document.number, plan.organ, plan.period.code, version.name if version else "", version.code if version else "",
                figure.indicator.code, figure.definition.name, figure.definition.unit_text, row.wanted.comparator, row.wanted.value, row.wanted.upper,
                row.wanted.valid_from, figure.value, figure.numerator, figure.denominator, row.result,
            ])
    return rows


register(Dataset(
    code="chi-tieu-giao", title=_("Assigned targets and results"), keywords=("chỉ tiêu", "kế hoạch"),
    description=_("Every target of every plan with what was wanted, the figure reached and the result; “13/14” is counted from these rows."),
    columns=(
        Column("ke_hoach", _("Plan")), Column("so_van_ban", _("Document"), "code", _("That assigns the target")), Column("co_quan_giao", _("Who assigns")),
        Column("ky", _("Period"), "code"), Column("don_vi", _("Unit")), Column("ma_don_vi", _("Code of the unit"), "code"),
        Column("ma_chi_so", _("Code"), "code"), Column("chi_so", _("Indicator")), Column("don_vi_tinh", _("Unit of measure")),
        Column("so_sanh", _("Comparison"), "code", _("ge at least, le at most, eq exactly, range from … to …")), Column("muc_giao", _("Target"), "decimal"),
        Column("muc_tren", _("Upper end"), "decimal", _("Of a range")), Column("tu_ngay", _("In force from"), "date", _("Targets may be revised by a document")),
        Column("gia_tri", _("Value"), "decimal"), Column("tu_so", _("Numerator"), "decimal"), Column("mau_so", _("Denominator"), "decimal"),
        Column("ket_qua", _("Result"), "code", _("exceeded, met, not_met or no_data")),
    ),
    records=records, updated=Latest(lambda: Observation.objects.filter(is_current=True, status__in=PUBLIC), "at"), cycle="year", address=lambda: reverse("indicators:index"),
))  # fmt: skip
