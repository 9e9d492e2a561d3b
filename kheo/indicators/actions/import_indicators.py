"""Import figures from a spreadsheet: a row for each indicator, or for each indicator and unit.

All or nothing: with one wrong cell nothing is saved, and every wrong cell is told with its sheet, its
address, what was read and what to do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Q
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
from kheo.core.spreadsheets.workbook import Sheet, position
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
BLANKS_NAMED = 12
PAIR = re.compile(r"\s*(\d[\d. ]*)/\s*(\d[\d. ]*)")


@dataclass
class _Plan:
    """What was understood of a file."""

    rows: int = 0
    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    cells: dict[Extras, list[Entry]] = field(default_factory=dict)
    places: dict[str, tuple[Row, str]] = field(default_factory=dict)
    sheet: Sheet | None = None
    """The sheet that is being read."""
    blank: list[tuple[Row, str]] = field(default_factory=list)
    """Cells with neither a figure nor a reason: usual in a template that is filled bit by bit."""


@dataclass(frozen=True)
class _Known:
    codes: dict[str, Indicator]
    names: dict[str, Indicator]
    units: dict[str, int]
    figured: frozenset[tuple[int, int]]
    """(indicator, unit) of the period that have a figure already."""
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
        plan.sheet = sheet
        plan.errors += table.faults
        plan.rows += table.faulty
        for row in table.rows:
            _row(plan, known, row)
    _tell_blank(plan)
    if not tables:
        raise InvalidInput(_("No sheet has a table of figures."), remedy=_("The table needs the columns Mã chỉ số and Giá trị, or Tử số and Mẫu số. Download the template."))
    return plan


def _tell_blank(plan: _Plan) -> None:
    """One warning for all rows that say nothing."""
    if plan.blank:
        places = ", ".join(row.address(part) for row, part in plan.blank[:BLANKS_NAMED]) + (" …" if len(plan.blank) > BLANKS_NAMED else "")
        words = _("%(count)s rows have neither a figure nor a reason and were left as they are: %(places)s.")
        plan.warnings.append(_problem(*plan.blank[0], words % {"count": len(plan.blank), "places": places}, "warning"))


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
    told = Observation.objects.filter(Q(value__isnull=False) | Q(numerator__isnull=False) | Q(denominator__isnull=False), is_current=True, period=period, unit_id__in=areas)
    return _Known({i.code: i for i in found}, names, units, frozenset(told.values_list("indicator_id", "unit_id")), unit, period)


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
    status = STATUSES.get(text.fold(row.text("status"))) if row.text("status").strip() else None  # none leaves it as recorded
    if status is None and row.text("status").strip():
        plan.errors.append(_problem(row, "status", _("“%(text)s” is not a status. Write Ước, Sơ bộ or Chính thức.") % {"text": row.text("status")}))
        return
    _cells(plan, known, row, indicator, unit, status)


def _cells(plan: _Plan, known: _Known, row: Row, indicator: Indicator, unit: int, status: str | None) -> None:
    version = definitions.definition(indicator, known.period.last)
    parts = ("numerator", "denominator") if version is not None and version.has_parts else ("value",)
    filled = [part for part in parts if row.value(part) not in (None, "")]
    wrong = _merged(plan.sheet, row, filled) or _misplaced(row, parts, filled, (indicator.pk, unit) in known.figured)
    if wrong is not None:
        plan.errors.append(wrong)
        return
    if not filled and len(parts) == 2 and row.text("value").strip():
        filled = ["value"]
        plan.warnings.append(_problem(row, "value", _("Without numerator and denominator this figure cannot be added up with other units."), "warning"))
    if not filled:
        _missing(plan, known, row, Entry(indicator.pk, unit, parts[0], ""), status)
        return
    extras = Extras(status=status, evidence=row.text("evidence").strip() or None, entry="imported")
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


def _merged(sheet: Sheet | None, row: Row, filled: list[str]) -> Problem | None:
    """One number in a cell merged over several rows: nobody can tell whose it is."""
    for part in filled:
        place = row.cells[part]
        if sheet is not None and sheet.origin(place.row, place.column)[0] != place.row:
            return _problem(row, part, _("One number stands in a cell merged over several rows. Unmerge it and write a number in each row."))
    return None


def _misplaced(row: Row, parts: tuple[str, ...], filled: list[str], figured: bool) -> Problem | None:
    """What is wrong with where the numbers of a row stand: two in one cell, one of a pair, the wrong column."""
    for part in ("value", "numerator", "denominator"):
        pair = PAIR.fullmatch(row.text(part))
        if pair:
            words = _("“%(text)s” is two numbers: write %(above)s under Tử số and %(below)s under Mẫu số.")
            return _problem(row, part, words % {"text": row.text(part), "above": pair[1].strip(), "below": pair[2].strip()})
    if len(parts) == 1:
        told = next((part for part in ("numerator", "denominator") if row.value(part) not in (None, "")), None)
        words = _("This indicator is entered in the column Giá trị; numerator and denominator are not used for it.")
        return _problem(row, told, words) if told else None
    if len(filled) == 1 and not figured:
        empty = next(part for part in parts if part not in filled)
        words = _("The other number of the pair is there, this one is missing. A formula that was never calculated also counts as empty: open and save the file in Excel once.")
        return _problem(row, empty, words)
    return None


def _missing(plan: _Plan, known: _Known, row: Row, empty: Entry, status: str | None) -> None:
    """A row without a figure: its reason is recorded as why there is none; a figure that stands is never emptied by a file."""
    why = row.text("reason").strip()
    if not why:
        plan.blank.append((row, empty.part))
    elif (empty.indicator, empty.unit) in known.figured:
        plan.warnings.append(_problem(row, empty.part, _("There is a figure already; an empty cell does not remove it."), "warning"))
    elif empty.key not in plan.places:
        plan.places[empty.key] = (row, empty.part)
        plan.cells.setdefault(Extras(status=status, missing_reason=why, entry="imported"), []).append(empty)


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
