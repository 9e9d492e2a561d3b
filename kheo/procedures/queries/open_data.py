"""What of the results is open data: the published table by unit, field and period."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kheo.core.datasets import Column, Dataset, Latest, Value, register
from kheo.organizations import queries as organizations
from kheo.procedures.models import Batch, Rollup
from kheo.procedures.rules import table

_COUNTS = (
    ("online", _("received online")), ("direct", _("received in person or by post")), ("carried", _("carried over from the period before")),
    ("early", _("settled early")), ("on_time", _("settled on time")), ("overdue", _("settled overdue")), ("undated", _("settled, no due date known")),
    ("open", _("in progress, in time")), ("open_overdue", _("in progress, overdue")), ("open_undated", _("in progress, no due date known")),
)  # fmt: skip
COLUMNS = (
    Column("period", _("Period"), "code", _("2023-11 is November 2023")),
    Column("first_day", _("First day"), "date"), Column("last_day", _("Last day"), "date"),
    Column("unit", _("Unit"), "text"), Column("field", _("Field"), "text", _("Empty: several procedures together, so that small numbers of sensitive ones are not told")),
    *(Column(code, name, "integer") for code, name in _COUNTS),
    Column("as_of", _("As of"), "datetime"), Column("sha256", _("Fingerprint (SHA-256)"), "code", _("Of the export the figures come from")),
)


def records() -> QuerySet[Rollup]:
    """The totals of published batches in a stable order."""
    found = Rollup.objects.filter(batch__state=Batch.State.PUBLISHED)
    return found.select_related("batch", "period", "field", "unit").order_by("period__first", "unit_id", "pk")


def values(part: Iterable[Any]) -> Iterable[list[Value]]:
    """Rows in the order of COLUMNS, units by the names of that time."""
    rows = list(part)
    names: dict[int, dict[int, tuple[str, str]]] = {}
    for row in rows:
        if row.period_id not in names:
            names[row.period_id] = organizations.names_on({r.unit_id for r in rows if r.period_id == row.period_id}, row.period.last)
        yield [
            row.period.code, row.period.first, row.period.last, names[row.period_id][row.unit_id][0], row.field.name if row.field else None,
            *(getattr(row, name) for name in table.NAMES), row.batch.as_of, row.batch.sha256,
        ]


register(Dataset(
    code="ket-qua-tthc", title=_("Results of administrative procedures"),
    description=_("Dossiers received, settled and in progress by unit, field and period, in the counts of Biểu 06."),
    columns=COLUMNS, records=records, values=values, cycle="month", updated=Latest(lambda: Batch.objects.filter(state=Batch.State.PUBLISHED), "published_at"),
    address=lambda: reverse("procedures:index"), basis="TT 01/2020/TT-VPCP", keywords=("TTHC", "một cửa", "Biểu 06"),
))
