"""Administrative procedures: dossiers received, settled, on time, from the published totals."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse

from kheo.core.rules.numbers import format_number, ratio
from kheo.procedures.models import Batch, Rollup
from kheo.procedures.queries import figures as published
from kheo.procedures.rules.periods import CALENDAR
from kheo.procedures.rules.table import Counts
from kheo.reports.rules.figures import Figure
from kheo.reports.sources import registry
from kheo.reports.sources.registry import Cell, Scope, Table

GROUP = "thu_tuc"
COUNTS: tuple[tuple[str, str, str], ...] = (
    ("tiep_nhan", "Hồ sơ TTHC tiếp nhận (kể cả kỳ trước chuyển qua)", "received"), ("truc_tuyen", "Hồ sơ TTHC tiếp nhận trực tuyến", "online"),
    ("ky_truoc_chuyen", "Hồ sơ TTHC từ kỳ trước chuyển qua", "carried"), ("da_giai_quyet", "Hồ sơ TTHC đã giải quyết", "settled"),
    ("truoc_han", "Hồ sơ TTHC giải quyết trước hạn", "early"), ("qua_han", "Hồ sơ TTHC giải quyết quá hạn", "overdue"),
    ("dang_giai_quyet", "Hồ sơ TTHC đang giải quyết", "pending"), ("dang_qua_han", "Hồ sơ TTHC đang giải quyết đã quá hạn", "open_overdue"),
)


def table(scope: Scope) -> published.Figures | None:
    """The published totals of the scope's units over the period; None when nothing is published."""
    if "procedures" not in scope.cache:
        periods = published.periods_of(scope.period.code, CALENDAR)
        rollups = Rollup.objects.using(published.database()).filter(batch__state=Batch.State.PUBLISHED, unit_id__in=scope.units)
        made = published.table_of(periods, scope.period.code, rollups) if periods else None
        scope.cache["procedures"] = made if made and made.batches else None
    found: published.Figures | None = scope.cache["procedures"]
    return found


def _address(scope: Scope) -> str:
    found, query = table(scope), {"ky": scope.period.code}
    if found is not None and len(found.units) == 1 and found.units[0].slug:
        query["don_vi"] = found.units[0].slug
    return f"{reverse('procedures:index')}?{urlencode(query)}"


@registry.source(GROUP, "Thủ tục hành chính", lambda scope, code: rows(scope, code))
def figures(scope: Scope) -> Iterable[Figure]:
    """Counts of dossiers and two shares. Periods without publication are missing, never 0."""
    found = table(scope)
    counts, known = found.total if found else Counts(), found is not None
    as_of = found.last.isoformat() if found else scope.day.isoformat()
    href = _address(scope)
    for code, label, name in COUNTS:
        yield Figure(
            f"{GROUP}.{code}", label, GROUP, "count", Decimal(getattr(counts, name)) if known else None, unit="hồ sơ", state="known" if known else "missing",
            as_of=as_of, href=href, public_href=href,
        )
    shares = (
        ("dung_han", "Hồ sơ TTHC giải quyết trước hạn và đúng hạn", counts.early + counts.on_time, counts.settled),
        ("ty_le_truc_tuyen", "Tỷ lệ hồ sơ TTHC tiếp nhận trực tuyến trong kỳ", counts.online, counts.online + counts.direct),
    )
    for code, label, above, below in shares:
        share = ratio(above, below)
        yield Figure(
            f"{GROUP}.{code}", label, GROUP, "percent", share.percent if known else None, Decimal(above) if known else None, Decimal(below) if known else None, "%",
            state=share.state if known else "missing", as_of=as_of, href=href, public_href=href,
        )


MEASURES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Tiếp nhận", ("received",)), ("Đã giải quyết", ("settled",)), ("Trước và đúng hạn", ("early", "on_time")), ("Quá hạn", ("overdue",)), ("Đang giải quyết", ("pending",)),
)
OWN: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "truc_tuyen": (("Tiếp nhận trực tuyến", ("online",)),), "ky_truoc_chuyen": (("Kỳ trước chuyển qua", ("carried",)),),
    "truoc_han": (("Trước hạn", ("early",)),), "dang_qua_han": (("Đang giải quyết đã quá hạn", ("open_overdue",)),),
    "ty_le_truc_tuyen": (("Trực tuyến", ("online",)), ("Tiếp nhận trong kỳ", ("online", "direct"))),
}
"""Columns that a figure needs beside the usual ones, so that its rows add up to it."""


def rows(scope: Scope, code: str) -> Table | None:
    """The fields behind the counts, with a total row."""
    found = table(scope)
    if found is None:
        return None
    columns = (*OWN.get(code, ()), *MEASURES)

    def line(name: str, counts: Counts) -> list[Cell]:
        values = [sum(getattr(counts, part) for part in parts) for _label, parts in columns]
        return [Cell(name), *(Cell(format_number(v), v) for v in values)]

    data = [line(each.name, each.counts) for each in found.fields]
    heads = [("Lĩnh vực", "text", 40.0), *((label, "number", 12.0) for label, _parts in columns)]
    return Table(code, "Hồ sơ TTHC theo lĩnh vực", heads, [*data, line("Tổng cộng", found.total)], total=True)


@registry.table("thu_tuc", "Kết quả giải quyết TTHC theo lĩnh vực")
def by_field(scope: Scope, figures_: dict[str, Figure]) -> Table | None:
    """The fields of the period, with a total row."""
    return rows(scope, "thu_tuc")
