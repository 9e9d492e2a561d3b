"""The tables offices exchange: registration list, numbers, proposals (columns as in provincial guides)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kheo.core.rules.text import collation_key
from kheo.core.spreadsheets.write import ColumnSpec, TableSheet
from kheo.movements.models import CriteriaSet, Cycle, Field
from kheo.organizations.models import Organization
from kheo.practices.models import Practice, ScoreSheet
from kheo.practices.queries.access import listing
from kheo.practices.rules import EFFECTIVE_STATES, REGISTERED_STATES

KINDS = {
    "bieu-dang-ky": gettext_lazy("Registration list"),
    "bieu-so-luong": gettext_lazy("Table of numbers"),
    "bieu-de-nghi": gettext_lazy("List of proposals for recognition"),
}


def plain_list(practices: QuerySet[Practice]) -> TableSheet:
    """The list as filtered at the desk."""
    columns = [
        ColumnSpec(_("Receipt"), width=18), ColumnSpec(_("Name of the practice"), width=50), ColumnSpec(_("Kind"), width=12),
        ColumnSpec(_("Carried out by"), width=12), ColumnSpec(_("Field"), width=24), ColumnSpec(_("Unit"), width=36),
        ColumnSpec(_("Ward or commune"), width=20), ColumnSpec(_("Cycle"), width=12), ColumnSpec(_("State"), width=22),
        ColumnSpec(_("Since"), "date"), ColumnSpec(_("Registered at"), "datetime"), ColumnSpec(_("On time"), width=10),
    ]
    return TableSheet(_("Practices"), columns, (_plain(p) for p in practices.iterator(chunk_size=1000)))


def _plain(p: Practice) -> list[Any]:
    return [
        p.receipt_number or "", p.title, p.get_kind_display(), p.get_subject_display(), p.field.name if p.field else "", _unit(p),
        str(p.ward or ""), p.cycle.name, p.get_state_display(), p.state_since.date() if p.state_since else None,
        p.registered_at.replace(tzinfo=None) if p.registered_at else None, _("Yes") if p.on_time else _("No"),
    ]


def _unit(p: Practice) -> str:
    return ", ".join(part for part in (p.organization_text, str(p.organization) if p.organization else "") if part)


def table(kind: str, cycle: Cycle, practices: QuerySet[Practice]) -> TableSheet:
    """One of KINDS for the practices of a cycle."""
    fields = list(cycle.movement.fields.all())
    registered = practices.filter(state__in=[s.value for s in REGISTERED_STATES])
    if kind == "bieu-so-luong":
        return _numbers(cycle, fields, registered)
    rows = sorted(listing(registered), key=lambda p: (p.field.order if p.field else 99, p.sort_key))
    if kind == "bieu-dang-ky":
        return _registrations(cycle, fields, rows)
    return _proposals(cycle, [p for p in rows if p.state in {"proposed", "evaluating", "recognized", "exemplary", "not_recognized", "deferred"}])


def _registrations(cycle: Cycle, fields: list[Field], rows: Iterable[Practice]) -> TableSheet:
    columns = [
        ColumnSpec("TT", "integer", 6), ColumnSpec("Tên mô hình, điển hình", width=44), ColumnSpec("Đơn vị, cá nhân thực hiện", width=34),
        ColumnSpec("TT/CN", width=8), *(ColumnSpec(f.short_name, width=9) for f in fields), ColumnSpec("Nội dung chủ yếu", width=50),
        ColumnSpec("Địa bàn", width=24), ColumnSpec("Thời gian", width=24), ColumnSpec("Mới/duy trì", width=12), ColumnSpec("Ghi chú", width=18),
    ]
    data: list[list[Any]] = [
        [n, p.title, _unit(p), "TT" if p.subject == "collective" else "CN", *("x" if p.field_id == f.pk else "" for f in fields),
         p.content, p.area_text or str(p.ward or ""), _time(p), "Mới" if p.stage == "new" else "Duy trì", p.receipt_number]
        for n, p in enumerate(rows, start=1)
    ]
    return TableSheet("Biểu đăng ký", columns, data, title=f"BIỂU TỔNG HỢP ĐĂNG KÝ MÔ HÌNH, ĐIỂN HÌNH “{cycle.movement.name.upper()}” – {cycle.name.upper()}")


def _time(p: Practice) -> str:
    return f"{p.starts_on:%d/%m/%Y} – {p.ends_on:%d/%m/%Y}" if p.starts_on and p.ends_on else ""


def _numbers(cycle: Cycle, fields: list[Field], practices: QuerySet[Practice]) -> TableSheet:
    columns = [
        ColumnSpec("Đơn vị", width=30), ColumnSpec("Tổng đăng ký", "integer"), ColumnSpec("Tập thể", "integer"), ColumnSpec("Cá nhân", "integer"),
        *(ColumnSpec(f.short_name, "integer", 10) for f in fields), ColumnSpec("Có hiệu quả", "integer"),
        ColumnSpec("Được công nhận", "integer", 14), ColumnSpec("Tiêu biểu", "integer"), ColumnSpec("Nhân rộng", "integer"),
    ]
    rows: dict[int | None, list[int]] = {}
    recognized = set(practices.filter(recognition__isnull=False, recognition__revoked_on__isnull=True).values_list("pk", flat=True))
    for pk, ward, subject, field, state, parent in practices.order_by().values_list("pk", "ward_id", "subject", "field_id", "state", "parent_id"):
        row = rows.setdefault(ward, [0] * (len(columns) - 1))
        marks = [True, subject == "collective", subject == "individual", *(field == f.pk for f in fields),
                 state in {s.value for s in EFFECTIVE_STATES}, pk in recognized, state == "exemplary", parent is not None]
        for index, mark in enumerate(marks):
            row[index] += int(mark)
    names = {o.pk: str(o) for o in Organization.objects.filter(pk__in=[w for w in rows if w]).prefetch_related("versions")}
    ordered = sorted(rows.items(), key=lambda item: collation_key(names.get(item[0] or 0, "")))
    data: list[list[Any]] = [[names.get(ward or 0, "–"), *row] for ward, row in ordered]
    data.append(["Tổng cộng", *(sum(column) for column in zip(*rows.values(), strict=True))] if rows else ["Tổng cộng"])
    return TableSheet("Biểu số lượng", columns, data, title=f"BIỂU SỐ LƯỢNG MÔ HÌNH, ĐIỂN HÌNH “{cycle.movement.name.upper()}” – {cycle.name.upper()}")


def _proposals(cycle: Cycle, rows: list[Practice]) -> TableSheet:
    columns = [
        ColumnSpec("TT", "integer", 6), ColumnSpec("Tên mô hình, điển hình", width=44), ColumnSpec("Đơn vị, cá nhân thực hiện", width=34),
        ColumnSpec("Lĩnh vực", width=22), ColumnSpec("Tóm tắt kết quả", width=50), ColumnSpec("Điểm tự chấm", "decimal"),
        ColumnSpec("Điểm thẩm định", "decimal"), ColumnSpec("Xếp loại", width=16), ColumnSpec("Đề nghị", width=20),
    ]
    sheets: dict[int, list[ScoreSheet]] = {}
    for sheet in ScoreSheet.objects.filter(practice__in=rows).select_related("criteria_set"):
        sheets.setdefault(sheet.practice_id, []).append(sheet)
    data: list[list[Any]] = []
    for n, p in enumerate(rows, start=1):
        own = next((s.total for s in sheets.get(p.pk, []) if s.kind == "self"), None)
        given = [s for s in sheets.get(p.pk, []) if s.kind == "evaluator"]
        mean = sum((s.total for s in given), Decimal(0)) / len(given) if given else None
        rank = _rank(mean, given[0].criteria_set) if given and mean is not None else ""
        data.append([n, p.title, _unit(p), p.field.name if p.field else "", p.summary or p.objectives, own, mean, rank, PROPOSED.get(p.state) or PROPOSED.get(rank, "Đang thẩm định")])
    return TableSheet("Biểu đề nghị", columns, data, title=f"BIỂU ĐỀ NGHỊ CÔNG NHẬN – {cycle.name.upper()}")


EXEMPLARY, PASSED, FAILED = "Tiêu biểu", "Đạt", "Chưa đạt"
PROPOSED = {
    "recognized": "Công nhận", "exemplary": "Công nhận, tiêu biểu", "not_recognized": "Không công nhận", "deferred": "Chuyển năm sau",
    EXEMPLARY: "Công nhận, tiêu biểu", PASSED: "Công nhận", FAILED: "Không công nhận",
}
"""What was decided; before the decision, what the points propose."""


def _rank(points: Decimal, criteria: CriteriaSet) -> str:
    """The rank by the thresholds of the criteria set that the evaluators used."""
    return EXEMPLARY if points >= criteria.exemplary_points else PASSED if points >= criteria.pass_points else FAILED
