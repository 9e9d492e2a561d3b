"""Import figures from a spreadsheet: a row for each indicator, or for each indicator and unit.

All or nothing: with one wrong cell nothing is saved, and every wrong cell is told with its sheet, its
address, what was read and what to do.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kheo.core import messages
from kheo.core.errors import InvalidInput
from kheo.core.forms.fields import typed
from kheo.core.rules import numbers, text
from kheo.core.spreadsheets import read
from kheo.core.spreadsheets.headers import Column
from kheo.core.spreadsheets.marked import marked_workbook
from kheo.core.spreadsheets.problems import Problem
from kheo.core.spreadsheets.tables import Row, read_table
from kheo.core.spreadsheets.workbook import position
from kheo.core.spreadsheets.write import ColumnSpec, TableSheet, write_table
from kheo.core.verdicts import require
from kheo.indicators import policy
from kheo.indicators.actions import enter
from kheo.indicators.actions.enter import Entry, Extras
from kheo.indicators.models import Indicator, Observation, Period
from kheo.indicators.queries import definitions
from kheo.indicators.queries import units as period_units
from kheo.organizations.models import Organization

COLUMNS = (
    Column("code", ("Mã chỉ số", "Mã chỉ tiêu", "Mã", "Code"), required=False),
    Column("name", ("Chỉ số", "Chỉ tiêu", "Tên chỉ số", "Tên chỉ tiêu", "Indicator"), required=False),
    Column("unit", ("Đơn vị", "Tên đơn vị", "Mã đơn vị", "Unit"), required=False),
    Column("measure", ("Đơn vị tính", "ĐVT"), required=False),
    Column("value", ("Giá trị", "Kết quả", "Thực hiện", "Số liệu", "Value"), required=False),
    Column("numerator", ("Tử số", "Numerator"), required=False),
    Column("denominator", ("Mẫu số", "Denominator"), required=False),
    Column("status", ("Trạng thái", "Loại số liệu", "Status"), required=False),
    Column("evidence", ("Minh chứng", "Nguồn", "Evidence"), required=False),
    Column("reason", ("Lý do", "Giải trình", "Ghi chú", "Reason"), required=False),
)
STATUSES = {"uoc": "estimate", "so bo": "preliminary", "chinh thuc": "official", "estimate": "estimate", "preliminary": "preliminary", "official": "official"}


@dataclass
class _Plan:
    """What was understood of a file."""

    rows: int = 0
    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    cells: dict[Extras, list[Entry]] = field(default_factory=dict)
    places: dict[str, tuple[Row, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Known:
    codes: dict[str, Indicator]
    names: dict[str, Indicator]
    units: dict[str, int]
    unit: Organization
    period: Period


def import_indicators(
    data: bytes, name: str, *, unit: Organization, period: Period, by: Any, dry_run: bool = False
) -> dict[str, Any]:
    """The report {rows, accepted, unchanged, warnings, errors, batch}; nothing is saved when there are errors.

    A file that cannot be read at all raises InvalidInput.
    """
    require(policy.may(by, "enter", unit.pk))
    plan = _understand(data, name, unit, period)
    accepted = unchanged = 0
    with transaction.atomic():
        for extras, entries in plan.cells.items():
            outcome = enter.enter(period, entries, by=by, extras=extras)
            accepted += len(outcome.of("saved"))
            unchanged += len(outcome.of("unchanged"))
            _tell(plan, outcome.answers)
        if plan.errors or dry_run:
            transaction.set_rollback(True)
    plan.errors.sort(key=lambda p: (p.sheet, position(p.cell)))
    if plan.errors:
        accepted = 0
    return {
        "rows": plan.rows, "accepted": accepted, "unchanged": unchanged, "warnings": [p.as_dict() for p in plan.warnings],
        "errors": [p.as_dict() for p in plan.errors], "batch": None,
    }


def marked(data: bytes, name: str, report: dict[str, Any]) -> bytes:
    """The person's own workbook with every error and warning of a report at its cell."""
    errors = [Problem(**found) for found in report["errors"]]
    warnings = [Problem(**found, severity="warning") for found in report["warnings"]]
    return marked_workbook(read.open_workbook(data, name), errors + warnings)


def _tell(plan: _Plan, answers: list[enter.Answer]) -> None:
    for answer in answers:
        if answer.state in ("saved", "unchanged"):
            continue
        row, key = plan.places[answer.key]
        plan.errors.append(_problem(row, key, answer.message))


def _problem(row: Row, key: str, message: object, severity: Any = "error") -> Problem:
    field_name = next((c.names[0] for c in COLUMNS if c.key == key), key)
    return Problem(sheet=row.sheet, cell=row.address(key), field=field_name, value=row.value(key) or "", message=message, severity=severity)


def _understand(data: bytes, name: str, unit: Organization, period: Period) -> _Plan:
    book = read.open_workbook(data, name)
    plan = _Plan()
    known = _known(unit, period)
    tables = 0
    for sheet in book.visible:
        if not sheet.height:
            continue
        try:
            table = read_table(sheet, COLUMNS)
        except InvalidInput as error:
            if tables or error.code != "header_not_found":
                raise
            continue
        if not (table.header.columns.keys() & {"code", "name"} and table.header.columns.keys() & {"value", "numerator"}):
            continue
        tables += 1
        plan.errors += table.faults
        plan.rows += table.faulty
        for row in table.rows:
            _row(plan, known, row)
    if not tables:
        raise InvalidInput(_("No sheet has a table of figures."), remedy=_("The table needs the columns Mã chỉ số and Giá trị, or Tử số and Mẫu số. Download the template."))
    return plan


def _known(unit: Organization, period: Period) -> _Known:
    found = list(definitions.indicators())
    names: dict[str, Indicator] = {}
    for indicator in found:
        version = definitions.definition(indicator, period.last)
        if version is not None:
            names[text.fold(version.name)] = indicator
    units: dict[str, int] = {}
    areas = [c.pk for c in period_units.below(unit, period)]
    for area in period_units.in_period(period):
        if area.organization_id in areas:
            units.update({text.fold(word): area.organization_id for word in (area.name, area.short_name, area.code) if word})
    return _Known({i.code: i for i in found}, names, units, unit, period)


def _row(plan: _Plan, known: _Known, row: Row) -> None:
    if not any(row.text(key).strip() for key in ("code", "name")):
        return
    plan.rows += 1
    indicator = known.codes.get(row.text("code").strip().lower()) or known.names.get(text.fold(row.text("name")))
    if indicator is None:
        key = "code" if row.text("code").strip() else "name"
        plan.errors.append(_problem(row, key, _("There is no indicator “%(text)s”. Take the codes of the template.") % {"text": row.text(key)}))
        return
    unit = known.unit.pk
    if row.text("unit").strip():
        found = known.units.get(text.fold(row.text("unit")))
        if found is None:
            plan.errors.append(_problem(row, "unit", _("“%(text)s” is not a unit below this one in the period.") % {"text": row.text("unit")}))
            return
        unit = found
    status = STATUSES.get(text.fold(row.text("status"))) if row.text("status").strip() else "estimate"
    if status is None:
        plan.errors.append(_problem(row, "status", _("“%(text)s” is not a status. Write Ước, Sơ bộ or Chính thức.") % {"text": row.text("status")}))
        return
    _cells(plan, known, row, indicator, unit, status)


def _cells(plan: _Plan, known: _Known, row: Row, indicator: Indicator, unit: int, status: str) -> None:
    version = definitions.definition(indicator, known.period.last)
    parts = ("numerator", "denominator") if version is not None and version.has_parts else ("value",)
    filled = [part for part in parts if row.value(part) not in (None, "")]
    if not filled and len(parts) == 2 and row.text("value").strip():
        filled = ["value"]
        plan.warnings.append(_problem(row, "value", _("Without numerator and denominator this figure cannot be added up with other units."), "warning"))
    if not filled:
        if not row.text("reason").strip():
            plan.warnings.append(_problem(row, parts[0], _("No figure and no reason: the cell was left as it is."), "warning"))
        return
    extras = Extras(status=status, evidence=row.text("evidence"), entry="imported")
    for part in filled:
        try:
            written = _text(row, part, percent=version is not None and version.is_percent and part == "value")
        except InvalidInput as error:
            plan.errors.append(_problem(row, part, messages.describe(error)))
            continue
        entry = Entry(indicator.pk, unit, part, written, reason=row.text("reason"))
        if entry.key in plan.places:
            plan.errors.append(_problem(row, part, _("This figure stands in the file twice, also at %(cell)s.") % {"cell": plan.places[entry.key][0].address(part)}))
            continue
        plan.places[entry.key] = (row, part)
        plan.cells.setdefault(extras, []).append(entry)


def _text(row: Row, part: str, *, percent: bool) -> str:
    """A number cell is exact (but 0.953 for a percentage is asked about); text is read as typed."""
    value = row.value(part)
    if isinstance(value, float | int) and not isinstance(value, bool):
        return typed(numbers.parse(value, kind="percent" if percent else "decimal"))
    return row.text(part)


def template(unit: Organization, period: Period) -> bytes:
    """An .xlsx with a row for every typed indicator, the known figures filled in."""
    current = {o.indicator_id: o for o in Observation.objects.filter(is_current=True, unit=unit, period=period)}
    rows: list[list[Any]] = []
    for indicator in definitions.indicators():
        version = definitions.definition(indicator, period.last)
        if version is None or version.source != "typed":
            continue
        known = current.get(indicator.pk)
        value = None if version.has_parts else getattr(known, "value", None)
        rows.append([
            indicator.code, version.name, version.unit_text, value, getattr(known, "numerator", None), getattr(known, "denominator", None),
            "Chính thức" if known is not None and known.status == "official" else "Ước", known.evidence if known else "", "",
        ])
    titles = ("Mã chỉ số", "Chỉ số", "Đơn vị tính", "Giá trị", "Tử số", "Mẫu số", "Trạng thái", "Minh chứng", "Lý do")
    kinds: tuple[Any, ...] = ("text", "text", "text", "decimal", "decimal", "decimal", "text", "text", "text")
    title = f"{period_units.name(unit, period)} – {period.name}"
    return write_table([TableSheet(period.code, [ColumnSpec(t, k) for t, k in zip(titles, kinds, strict=True)], rows, title)])
