"""From a workbook to practices as understood, with every problem at its cell. Writes nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.core.errors import InvalidInput
from kheo.core.rules import numbers, text
from kheo.core.rules.dates import format_date
from kheo.core.spreadsheets import encodings
from kheo.core.spreadsheets.problems import Problem
from kheo.core.spreadsheets.tables import Row, Table, read_table
from kheo.core.spreadsheets.workbook import Sheet, Workbook, address
from kheo.movements.models import Cycle, Field
from kheo.organizations.models import Organization
from kheo.practices.sources import columns as reading
from kheo.practices.sources.units import Match, UnitFinder

LONGEST_TITLE = 300
Report = Callable[[int, int], None]


@dataclass
class Understood:
    """One row as it will be registered."""

    sheet: str
    row: int
    title: str
    organization: Organization | None = None
    organization_text: str = ""
    ward: Organization | None = None
    field: Field | None = None
    subject: str = "collective"
    kind: str = "model"
    stage: str = "new"
    content: str = ""
    situation: str = ""
    objectives: str = ""
    area_text: str = ""
    spread: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    money: Decimal | None = None
    registered_on: date | None = None
    title_cell: str = ""

    def identity(self) -> tuple[str, str]:
        """What makes two rows the same practice: its folded name and who carries it out."""
        unit = str(self.organization.pk) if self.organization else text.fold(self.organization_text)
        return text.fold(self.title), unit

    def fingerprint(self, cycle: Cycle) -> str:
        """SHA-256 of everything understood; the same file read again gives the same."""
        parts = [
            cycle.pk, text.canonical(self.title), self.organization.pk if self.organization else None,
            text.canonical(self.organization_text), self.ward.pk if self.ward else None,
            self.field.pk if self.field else None, self.subject, self.kind, self.stage,
            text.canonical(self.content), text.canonical(self.situation), text.canonical(self.objectives),
            text.canonical(self.area_text), text.canonical(self.spread), str(self.starts_on), str(self.ends_on), str(self.money),
            *([str(self.registered_on)] if self.registered_on else []),
        ]
        return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


@dataclass
class SheetUnderstanding:
    """What one sheet was read as: header rows, columns by key, ignored headings, rows left out."""

    name: str
    header_rows: list[int]
    columns: dict[str, str]
    ignored: list[str]
    skipped: list[dict[str, Any]]


@dataclass
class Understanding:
    """The whole workbook: rows, problems, what was converted."""

    workbook: Workbook
    rows: list[Understood] = field(default_factory=list)
    total: int = 0
    problems: list[Problem] = field(default_factory=list)
    sheets: list[SheetUnderstanding] = field(default_factory=list)
    conversions: list[encodings.Conversion] = field(default_factory=list)

    @property
    def errors(self) -> list[Problem]:
        """Problems that keep a row out."""
        return [p for p in self.problems if p.severity == "error"]

    @property
    def warnings(self) -> list[Problem]:
        """Things to look at that keep nothing out."""
        return [p for p in self.problems if p.severity == "warning"]


def understand(workbook: Workbook, cycle: Cycle, unit: Organization, report: Report | None = None) -> Understanding:
    """Read every visible sheet. Units are looked up below `unit` as of the cycle's first day."""
    modern, conversions = encodings.modernize(workbook)
    found = Understanding(modern, problems=list(modern.problems), conversions=conversions)
    reader = _Reader(cycle, unit, found)
    tables: list[tuple[Sheet, Table]] = []
    for sheet in modern.visible:
        table = reader.table_of(sheet)
        if table is not None:
            tables.append((sheet, table))
    if not tables and not found.errors:
        found.problems.append(Problem("", "", code="header_not_found", params={"sheet": workbook.filename, "names": reader.wanted}))
    total = sum(len(table.rows) for _sheet, table in tables)
    for _sheet, table in tables:
        for row in table.rows:
            reader.read(row)
            found.total += 1
            if report:
                report(found.total, total)
    _refuse_repeats(found)
    return found


class _Reader:
    """Reads the rows of one workbook; keeps what rows share (fields, unit finder)."""

    def __init__(self, cycle: Cycle, unit: Organization, found: Understanding) -> None:
        self.cycle = cycle
        self.unit = unit
        self.found = found
        self.fields = list(cycle.movement.fields.all())
        self.finder = UnitFinder(unit, cycle.starts_on)
        self.wanted = f"“{reading.NAMES['title']}”, “{reading.NAMES['unit']}”"

    def table_of(self, sheet: Sheet) -> Table | None:
        """The table on a sheet; None (with a problem) when there is none or it lacks a column."""
        try:
            table = read_table(sheet, reading.COLUMNS)
        except InvalidInput as error:
            severity = "warning" if error.code == "header_not_found" and len(self.found.workbook.visible) > 1 else "error"
            self.found.problems.append(Problem.from_error(error, sheet=sheet.name, cell="", severity=severity))  # type: ignore[arg-type]
            return None
        self.found.problems += table.faults
        self.found.total += table.faulty
        header = table.header
        ignored = [h.text for h in header.unmatched]
        if ignored:
            self.found.problems.append(
                Problem(sheet.name, address(header.rows[0], 0), message=_("Columns not used: %(names)s.") % {"names": ", ".join(ignored)}, severity="warning")
            )
        self.found.sheets.append(
            SheetUnderstanding(
                sheet.name, [row + 1 for row in header.rows],
                {key: "; ".join(h.text for h in group) for key, group in header.columns.items()}, ignored,
                [{"row": s.number, "reason": s.reason, "text": s.text} for s in table.skipped[:200]],
            )
        )
        return table

    def read(self, row: Row) -> None:
        """One row; kept unless it has an error."""
        before = len(self.found.errors)
        understood = Understood(row.sheet, row.number, self._title(row), title_cell=row.address("title"))
        self._who(row, understood)
        understood.field = self._field(row)
        understood.kind = reading.read_kind(row.text("kind"))
        understood.stage = reading.read_stage(self._chosen(row, "stage"))
        for key, name in (("content", "content"), ("situation", "situation"), ("objectives", "objectives"), ("spread", "spread")):
            setattr(understood, name, _long(row, key))
        understood.area_text = row.text("area")[:500]
        self._when(row, understood)
        understood.money = self._money(row)
        understood.registered_on = self._registered(row)
        if len(self.found.errors) == before:
            self.found.rows.append(understood)

    def problem(self, row: Row, key: str, message: Any, *, remedy: Any = "", severity: str = "error") -> None:
        """A problem at the cell of one column."""
        self.found.problems.append(
            Problem(row.sheet, row.address(key), reading.NAMES[key], row.text(key), message=message, remedy=remedy, severity=severity)  # type: ignore[arg-type]
        )

    def _title(self, row: Row) -> str:
        title = row.text("title")
        if not title:
            self.problem(row, "title", _("The name of the practice is missing."), remedy=_("Write it, or delete the row."))
        elif len(title) > LONGEST_TITLE:
            self.problem(
                row, "title", _("The name has %(length)s characters; at most %(most)s are possible.") % {"length": len(title), "most": LONGEST_TITLE},
                remedy=_("Shorten it and put the rest into the column of contents."),
            )
        return title[:LONGEST_TITLE]

    def _who(self, row: Row, understood: Understood) -> None:
        name = row.text("unit")
        chosen = self._chosen(row, "subject")
        understood.subject = reading.read_subject(chosen, name) or "collective"
        if chosen and reading.read_subject(chosen, name) is None:
            self.problem(row, "subject", _("“%(text)s” does not say whether a collective or an individual.") % {"text": ", ".join(chosen)},
                         remedy=_("Mark exactly one of the two."))
        if not name:
            self.problem(row, "unit", _("The unit that carries it out is missing."), remedy=_("Write the unit's name as in the list of units."))
            return
        match = self.finder.find(name, ward=f"{row.text('ward')} {row.section}")
        understood.organization, understood.ward = match.organization, match.ward
        if not match.exact:
            understood.organization_text = name[:200]
            self._tell_unit(row, name, match, understood)

    def _tell_unit(self, row: Row, name: str, match: Match, understood: Understood) -> None:
        if match.organization is not None:
            self.problem(row, "unit", _("“%(text)s” was read as %(unit)s; the original words are kept.") % {"text": name, "unit": match.organization}, severity="warning")
            return
        if match.ward is not None:
            self.problem(row, "unit", _("“%(text)s” is not in the list of units; kept as text under %(ward)s.") % {"text": name, "ward": match.ward}, severity="warning")
            return
        if match.elsewhere:
            self.problem(
                row, "unit", _("“%(text)s” names %(other)s, which is not below %(unit)s.") % {"text": name, "other": match.elsewhere, "unit": self.unit},
                remedy=_("Correct the name, or import the list for the unit it belongs to."),
            )
            return
        if self._unit_is_ward():
            understood.ward = self.unit
            self.problem(row, "unit", _("“%(text)s” is not in the list of units; kept as text under %(ward)s.") % {"text": name, "ward": self.unit}, severity="warning")
            return
        near = ", ".join(f"“{n}”" for n in self.finder.nearest(name))
        self.problem(
            row, "unit", _("No unit called “%(text)s” was found below %(unit)s.") % {"text": name, "unit": self.unit},
            remedy=_("Nearest names: %(names)s. Correct the name, or name its ward too.") % {"names": near or "–"},
        )

    def _unit_is_ward(self) -> bool:
        return not any(k.organization != self.unit for k in self.finder.wards)

    def _chosen(self, row: Row, key: str) -> list[str]:
        group = row.groups.get(key, ())
        if len(group) > 1:
            return row.choices(key)
        if len(group) == 1 and len(row.text(key)) <= 1:  # one lone tick column: its heading is the answer
            return [group[0][0]] if row.text(key) else []
        return row.choices(key)

    def _field(self, row: Row) -> Field | None:
        chosen = self._chosen(row, "field")
        if not chosen:
            section = reading.field_in_section(row.section, self.fields)
            if section is None:
                self.problem(row, "field", _("The main field is missing."), remedy=self._field_names())
            return section
        found = reading.find_fields(chosen, self.fields)
        if not found:
            self.problem(row, "field", _("“%(text)s” is not one of the fields.") % {"text": ", ".join(chosen)}, remedy=self._field_names())
            return None
        if len(found) > 1:
            self.problem(
                row, "field", _("More than one main field is marked: %(names)s.") % {"names": ", ".join(f.name for f in found)},
                remedy=_("Keep exactly one; a second field can be added at the desk."),
            )
        return found[0]

    def _field_names(self) -> Any:
        return _("Choose one of: %(names)s.") % {"names": "; ".join(f.name for f in self.fields)}

    def _when(self, row: Row, understood: Understood) -> None:
        understood.starts_on, understood.ends_on = self._span(row, "time")
        for key, index in (("starts_on", 0), ("ends_on", 1)):
            if row.text(key):
                setattr(understood, key, self._span(row, key)[index])
        first, last = understood.starts_on, understood.ends_on
        if first and last and last < first:
            key = "ends_on" if row.text("ends_on") else "time"
            self.problem(row, key, _("It ends (%(end)s) before it starts (%(start)s).") % {"end": f"{last:%d/%m/%Y}", "start": f"{first:%d/%m/%Y}"},
                         remedy=_("Correct one of the two dates."))

    def _registered(self, row: Row) -> date | None:
        day = self._span(row, "registered_on")[0]
        if day is not None and day > timezone.localdate():
            self.problem(row, "registered_on", _("The day of registration %(day)s is in the future.") % {"day": format_date(day)}, remedy=_("Correct the day, or leave the cell empty."))
            return None
        return day

    def _span(self, row: Row, key: str) -> tuple[date | None, date | None]:
        if not row.text(key):
            return None, None
        try:
            return reading.read_span(row.value(key), self.cycle)
        except InvalidInput as error:
            self.found.problems.append(
                Problem.from_error(error, sheet=row.sheet, cell=row.address(key), value=row.text(key), field=reading.NAMES[key])
            )
            return None, None

    def _money(self, row: Row) -> Decimal | None:
        value = row.value("money")
        if not row.text("money") or text.fold(row.text("money")) in {"khong", "0", "xa hoi hoa"}:
            return None
        try:
            amount = numbers.parse(value, kind="money")
        except InvalidInput as error:
            self.found.problems.append(
                Problem.from_error(error, sheet=row.sheet, cell=row.address("money"), value=row.text("money"), field=reading.NAMES["money"])
            )
            return None
        heading = row.groups["money"][0][0] if row.groups.get("money") else ""
        return amount * 1_000_000 if "trieu" in text.fold(heading) and amount < 1_000_000 else amount


def _long(row: Row, key: str) -> str:
    value = row.value(key)
    return text.clean_pasted(str(value))[:20_000] if isinstance(value, str) else row.text(key)


def _refuse_repeats(found: Understanding) -> None:
    """The same practice of the same unit twice in one file: the later row is an error."""
    first: dict[tuple[str, str], Understood] = {}
    kept: list[Understood] = []
    for row in found.rows:
        earlier = first.setdefault(row.identity(), row)
        if earlier is row:
            kept.append(row)
            continue
        found.problems.append(
            Problem(
                row.sheet, row.title_cell, reading.NAMES["title"], row.title,
                message=_("The same practice of the same unit already stands on sheet “%(sheet)s”, row %(row)s.") % {"sheet": earlier.sheet, "row": earlier.row},
                remedy=_("Delete one of the two rows."),
            )
        )
    found.rows = kept
