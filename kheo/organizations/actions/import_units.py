"""Units from a spreadsheet: all or nothing, every problem by sheet and cell, again changes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kheo.audit.actions import record
from kheo.core.errors import DomainError, InvalidInput, Refused
from kheo.core.rules import dates, text
from kheo.core.spreadsheets.encodings import modernize
from kheo.core.spreadsheets.headers import Column
from kheo.core.spreadsheets.outcome import Outcome
from kheo.core.spreadsheets.problems import Problem
from kheo.core.spreadsheets.read import open_workbook
from kheo.core.spreadsheets.tables import Row, read_tables
from kheo.core.verdicts import require
from kheo.documents import queries as documents
from kheo.documents.models import Document
from kheo.organizations import policy, queries, rules
from kheo.organizations.actions import create_unit, write_version
from kheo.organizations.actions.write_version import VersionData
from kheo.organizations.models import Organization, OrganizationKind, OrganizationVersion

COLUMNS = (
    Column("name", ("Tên đơn vị", "Tên", "Tên gọi", "Đơn vị", "Name")),
    Column("code", ("Mã đơn vị", "Mã", "Mã ĐVHC", "Mã số", "Code"), required=False),
    Column("kind", ("Loại đơn vị", "Loại", "Loại hình", "Cấp", "Kind"), required=False),
    Column("parent", ("Mã đơn vị cấp trên", "Mã cấp trên", "Mã cha", "Đơn vị cấp trên", "Cấp trên", "Trực thuộc", "Thuộc", "Parent"), required=False),
    Column("start", ("Từ ngày", "Có hiệu lực từ", "Hiệu lực từ", "Ngày hiệu lực", "Ngày thành lập", "Valid from", "valid_from"), required=False),
    Column("end", ("Đến ngày", "Hết hiệu lực từ", "Hết hiệu lực", "Ngày kết thúc", "Valid to", "valid_to"), required=False),
    Column("basis", ("Căn cứ", "Văn bản", "Số quyết định", "Quyết định", "Basis"), required=False),
    Column("short_name", ("Tên ngắn", "Tên gọi tắt", "Short name"), required=False),
    Column("name_en", ("Tên tiếng Anh", "English name"), required=False),
    Column("address", ("Địa chỉ", "Trụ sở", "Address"), required=False),
    Column("continues", ("Tiếp nối", "Phiên bản tiếp theo của", "Continues"), required=False),
)  # fmt: skip


class _NothingSaved(Exception):
    """Takes the transaction back; never leaves this module."""


def import_units(
    source: Path | str | bytes, filename: str = "", *, by: Any, dry_run: bool = False, default_start: date | None = None
) -> Outcome:
    """Read units from .xlsx, .xls, .ods or .csv and save all of them, or none when there is an error.

    A row is known by its code (else its name and superior unit) and its first day: the same row
    again is counted as unchanged. `default_start` stands for empty dates. InvalidInput when the
    file itself cannot be read.
    """
    run = _Run(by, default_start)
    workbook, conversions = modernize(open_workbook(source, filename))
    for found in conversions:
        words = _("Column %(column)s was written with an old font (%(font)s) and has been converted.") % {"column": found.column, "font": found.encoding}
        run.outcome.warnings.append(Problem(found.sheet, f"{found.column}1", message=words, severity="warning"))
    rows, faults, faulty = read_tables(workbook.visible, COLUMNS)
    run.outcome.errors += faults
    told = [(row.sheet, row.number, [(key, cell.text) for key, cell in sorted(row.cells.items())]) for row in rows]
    digest = hashlib.sha256(repr(told).encode()).hexdigest()[:12]
    try:
        with transaction.atomic():
            run.save(rows)
            run.outcome.rows += faulty
            if run.outcome.errors or dry_run:
                raise _NothingSaved
            run.outcome.batch = digest
            if run.made:
                record.record(
                    "organizations.import_units", run.made[0], by=by, label=workbook.filename[:200],
                    batch=digest, rows=run.outcome.rows, accepted=run.outcome.accepted,
                )
    except _NothingSaved:
        if run.outcome.errors:
            run.outcome.accepted = 0
    return run.outcome


class _Run:
    """One import: rows whose superior unit stands further down wait until it is there."""

    def __init__(self, by: Any, default_start: date | None) -> None:
        self.by = by
        self.default_start = default_start
        self.outcome = Outcome()
        self.kinds = list(OrganizationKind.objects.all())
        self.made: list[Organization] = []

    def save(self, rows: Iterable[Row]) -> None:
        """Write every row that can be written; collect the problems of the others."""
        waiting = list(rows)
        self.outcome.rows = len(waiting)
        names = {text.canonical(row.text("name")) for row in waiting} | {row.text("code") for row in waiting if row.text("code")}
        while waiting:
            later = [row for row in waiting if not self.row(row, names)]
            if len(later) == len(waiting):
                for row in later:
                    self.problem(row, "parent", _("The superior unit “%(name)s” is neither in the register nor in this file.") % {"name": row.text("parent")})
                return
            waiting = later

    def problem(self, row: Row, key: str, words: object, *, warning: bool = False) -> None:
        """Note what is wrong with a cell."""
        found = Problem(row.sheet, row.address(key), field=key, value=row.value(key), message=words, severity="warning" if warning else "error")
        (self.outcome.warnings if warning else self.outcome.errors).append(found)

    def row(self, row: Row, names: set[str]) -> bool:
        """Handle one row; False when it must wait for its superior unit."""
        try:
            start, end = self.day(row, "start") or self.default_start, self.day(row, "end")
            if start is None:
                raise InvalidInput(_("The first day is missing. Fill it in, or give one day for all rows with --tu-ngay."), field="start")
            parent = self.parent(row, start)
            if parent is None and row.text("parent"):
                if self.comes_later(row, names):
                    return False
                raise InvalidInput(
                    _("The superior unit “%(name)s” does not exist on %(day)s.") % {"name": row.text("parent"), "day": dates.format_date(start)},
                    field="parent",
                )
            self.write(row, self.content(row, start, end, parent))
        except DomainError as error:
            key = error.field or "name"
            self.outcome.errors.append(
                Problem.from_error(error, sheet=row.sheet, cell=row.address(key), value=row.value(key), field=key)
            )
        return True

    def comes_later(self, row: Row, names: set[str]) -> bool:
        """True when the superior unit is another row of this file."""
        wanted = row.text("parent")
        return wanted.split("@")[0] in names or text.canonical(wanted) in names

    def day(self, row: Row, key: str) -> date | None:
        """The day in a cell, None when it is empty."""
        value = row.value(key)
        return None if value is None or row.text(key) == "" else dates.parse_date(value, earliest=date(1800, 1, 1), field=key)

    def parent(self, row: Row, start: date) -> Organization | None:
        """The superior unit by code (with @date where codes were reused) or by its full name on that day."""
        wanted = row.text("parent")
        if not wanted:
            return None
        version = queries.by_code(wanted) if "@" in wanted else queries.by_code(f"{wanted}@{start.isoformat()}")
        if version is not None:
            return version.organization
        found = [v for v in queries.by_name(wanted, start) if text.canonical(v.name) == text.canonical(wanted)]
        if len(found) > 1:
            raise InvalidInput(_("Several units are called “%(name)s”. Write the code instead.") % {"name": wanted}, field="parent")
        return found[0].organization if found else None

    def content(self, row: Row, start: date, end: date | None, parent: Organization | None) -> VersionData:
        """The version that the row describes."""
        name = text.squeeze(text.clean_pasted(row.text("name")))
        return write_version.tidied(
            VersionData(
                name=name, kind=self.kind(row, name), start=start, end=end, parent=parent, code=row.text("code"),
                short_name=row.text("short_name"), name_en=row.text("name_en"), address=row.text("address"), basis=self.basis(row),
            )
        )

    def kind(self, row: Row, name: str) -> OrganizationKind:
        """The kind in the cell, else the one that the name begins with."""
        given = text.fold(row.text("kind"))
        for kind in self.kinds:
            if given and given in {kind.code, text.fold(kind.name), text.fold(kind.name_en)}:
                return kind
        code = rules.kind_words(row.text("kind") or name)
        for kind in self.kinds:
            if kind.code == code:
                return kind
        listed = ", ".join(kind.name for kind in self.kinds)
        raise InvalidInput(_("The kind of the unit is not known. Known kinds: %(kinds)s.") % {"kinds": listed}, field="kind")

    def basis(self, row: Row) -> Document | None:
        """The registered document of that number; a warning when there is none or more than one."""
        given = row.text("basis")
        if not given:
            return None
        found = documents.by_number(given.split(" ngày ")[0].strip())
        if len(found) == 1:
            return found[0]
        self.problem(
            row, "basis", _("“%(number)s” is not in the register of documents (or more than once); the unit is kept without it.") % {"number": given},
            warning=True,
        )
        return None

    def write(self, row: Row, data: VersionData) -> None:
        """Add the version, unless the register has exactly it."""
        known = self.known(data)
        if known is not None:
            if self.same(known, data):
                self.outcome.unchanged += 1
                return
            raise InvalidInput(
                _("The register already has “%(name)s” from %(day)s with other content. Change it at the desk.")
                % {"name": known.name, "day": dates.format_date(known.valid_from)}, field="name",
            )
        continued = row.text("continues")
        with transaction.atomic():
            if continued:
                self.made.append(self.next_version(continued, data))
            else:
                require_new(data, self.by)
                self.made.append(create_unit.create_unit(data, by=self.by))
        self.outcome.accepted += 1

    def known(self, data: VersionData) -> OrganizationVersion | None:
        """The version of the same code and first day; without a code, of the same name and superior unit."""
        versions = OrganizationVersion.objects.filter(valid_from=data.start).select_related("kind")
        if data.code:
            return versions.filter(code=data.code).first()
        same = versions.filter(parent=data.parent, folded=text.fold(data.name)[:260])
        return next((v for v in same if text.canonical(v.name) == text.canonical(data.name)), None)

    def same(self, known: OrganizationVersion, data: VersionData) -> bool:
        """True when nothing that the file says differs; what the file leaves empty does not count."""
        parent = data.parent.pk if data.parent else None
        told = (data.kind.pk, parent, text.canonical(data.name), data.end or known.valid_to)
        return told == (known.kind_id, known.parent_id, text.canonical(known.name), known.valid_to)

    def next_version(self, reference: str, data: VersionData) -> Organization:
        """The row is the next version of a unit named by its code; the earlier version must end that day."""
        before = queries.by_code(reference)
        if before is None:
            raise InvalidInput(_("There is no unit with the code “%(code)s”.") % {"code": reference}, field="continues")
        require(policy.may(self.by, [before.organization]))
        if before.valid_to is None:
            write_version.close(before, data.start)
        write_version.add(before.organization, data)
        record.record("organizations.change_version", before.organization, by=self.by, label=data.name, on=data.start.isoformat())
        return before.organization


def require_new(data: VersionData, by: Any) -> None:
    """A code in force is not given away by an import: that is a reorganization with a decision."""
    holder = queries.by_code(f"{data.code}@{data.start.isoformat()}") if data.code else None
    if holder is not None:
        raise InvalidInput(
            _("The code %(code)s belongs to “%(name)s” on that day. Reorganize at the desk, or end the older unit in this file.")
            % {"code": data.code, "name": holder.name}, field="code",
        )
    verdict = policy.may(by, [data.parent])
    if not verdict:
        raise Refused(verdict.reason, field="parent")
