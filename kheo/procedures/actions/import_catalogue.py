"""Bring the catalogue of procedures in, from the export of the national or provincial portal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.rules.text import fold
from kheo.core.spreadsheets.encodings import modernize
from kheo.core.spreadsheets.headers import Column
from kheo.core.spreadsheets.outcome import Outcome
from kheo.core.spreadsheets.problems import Problem
from kheo.core.spreadsheets.read import open_workbook
from kheo.core.spreadsheets.tables import Row, read_table
from kheo.core.verdicts import require
from kheo.procedures import policy
from kheo.procedures.actions import write_facts
from kheo.procedures.models import CountingRule, Procedure, ProcedureVersion
from kheo.procedures.rules import codes, grouping

COLUMNS = (
    Column("code", ("Mã TTHC", "Mã thủ tục", "Mã số TTHC", "Mã thủ tục hành chính")),
    Column("name", ("Tên TTHC", "Tên thủ tục", "Tên thủ tục hành chính", "Thủ tục hành chính")),
    Column("field", ("Lĩnh vực", "Tên lĩnh vực")),
    Column("level", ("Cấp thực hiện", "Cấp"), required=False),
    Column("limit", ("Thời hạn giải quyết", "Thời gian giải quyết", "Thời hạn", "Thời gian"), required=False),
    Column("online", ("Mức độ DVC", "Mức độ dịch vụ công", "Dịch vụ công trực tuyến", "Mức độ cung cấp"), required=False),
    Column("decision", ("Quyết định công bố", "Số quyết định", "Quyết định"), required=False),
)
_LIMIT = re.compile(r"(\d{1,3}) ?(?:ngay lam viec|ngay lv|ngay|gio lam viec|gio)?")
_LEVELS = {"tinh": "province", "huyen": "district", "xa": "commune"}


@dataclass(frozen=True)
class Entry:
    """What a row says of a procedure."""

    code: str
    full_code: str
    name: str
    field: str
    level: str = "commune"
    limit: int | None = None
    limit_unit: str = "working_days"
    online: str = "information"
    decision: str = ""


def import_catalogue(
    source: Path | bytes, filename: str, *, valid_from: date, decision: str = "", by: Any, good_rows: bool = False, dry_run: bool = False,
) -> Outcome:
    """Read a catalogue and write a version from `valid_from` for each procedure that is new or changed.

    With errors nothing is written unless `good_rows`. Dossiers keep the version of their day.
    """
    require(policy.may(by, "set_up"))
    outcome = Outcome()
    entries = _read(source, filename, decision, outcome)
    rule = CountingRule.objects.first()
    words = tuple(fold(word) for word in rule.sensitive_words) if rule else ()
    with transaction.atomic():
        for entry, row in entries:
            try:
                changed = write_version(entry, valid_from, sensitive=grouping.is_sensitive(fold(entry.name), words), by=by)
            except InvalidInput as error:
                outcome.errors.append(Problem.from_error(error, sheet=row.sheet, cell=row.address("code"), value=entry.code))
                continue
            outcome.accepted += changed
            outcome.unchanged += not changed
        refused = bool(outcome.errors) and not good_rows
        transaction.set_rollback(dry_run or refused)
    if refused:
        outcome.accepted = 0
    return outcome


def write_version(entry: Entry, valid_from: date, *, sensitive: bool, by: Any) -> bool:
    """Write one procedure's version from a day on; False when it says what the one in force says."""
    require(policy.may(by, "set_up"))
    with transaction.atomic():
        procedure, made = Procedure.objects.get_or_create(code=entry.code, defaults={"sensitive": sensitive})
        values = {
            "full_code": entry.full_code, "name": entry.name[:500], "field": write_facts.ensure_field(entry.field), "level": entry.level,
            "limit": entry.limit, "limit_unit": entry.limit_unit, "online": entry.online, "decision": entry.decision[:200],
        }
        last = procedure.versions.order_by("valid_from").last()
        if last is not None and all(getattr(last, name) == value for name, value in values.items()):
            return False
        if last is not None and last.valid_from > valid_from:
            raise InvalidInput(_("%(code)s already has a version from a later day.") % {"code": entry.code})
        if last is not None and last.valid_from == valid_from:
            ProcedureVersion.objects.filter(pk=last.pk).update(**values)
        else:
            if last is not None:
                last.valid_to = valid_from
                last.save(update_fields=["valid_to"])
            ProcedureVersion.objects.create(procedure=procedure, valid_from=valid_from, **values)
        if not made and procedure.state == Procedure.State.WAITING:
            procedure.state, procedure.sensitive = Procedure.State.LISTED, sensitive or procedure.sensitive
            procedure.save(update_fields=["state", "sensitive"])
        record.record("procedures.write_version", procedure, by=by, label=entry.code, name=entry.name)
    return True


def _read(source: Path | bytes, filename: str, decision: str, outcome: Outcome) -> list[tuple[Entry, Row]]:
    try:
        workbook, _conversions = modernize(open_workbook(source, filename))
    except InvalidInput as error:
        outcome.errors.append(Problem.from_error(error, sheet="", cell="", value=filename))
        return []
    entries: dict[str, tuple[Entry, Row]] = {}
    refused: list[Problem] = []
    read = 0
    for sheet in workbook.visible:
        try:
            table = read_table(sheet, COLUMNS)
        except InvalidInput as error:
            refused.append(Problem.from_error(error, sheet=sheet.name, cell=""))
            continue
        read += 1
        outcome.errors += table.faults
        outcome.rows += table.faulty
        for row in table.rows:
            outcome.rows += 1
            entry = _entry(row, decision, outcome)
            if entry is not None:
                entries[entry.code] = entry, row
    if not read:
        outcome.errors += refused
    return list(entries.values())


def _entry(row: Row, decision: str, outcome: Outcome) -> Entry | None:
    full = codes.tidy(row.text("code"))
    if not codes.is_procedure(full):
        _problem(outcome, row, "code", _("“%(text)s” is not the code of a procedure.") % {"text": full[:40]}, _("A code looks like 1.004616.000.00.00.H56 or 1.004616."))
        return None
    if not row.text("name") or not row.text("field"):
        _problem(outcome, row, "name" if not row.text("name") else "field", _("Name and field of the procedure are needed."), "")
        return None
    limit, unit = limit_of(row.text("limit"))
    if limit is None and row.text("limit"):
        outcome.warnings.append(Problem(row.sheet, row.address("limit"), str(_("Time limit")), row.text("limit"), severity="warning",
                                        message=_("No single time limit was understood; none is set."), remedy=_("Write for example 3 ngày làm việc or 4 giờ.")))
    level = next((value for word, value in _LEVELS.items() if word in fold(row.text("level")).split()), "commune")
    return Entry(codes.short(full), full if len(full) > 8 else "", row.text("name"), row.text("field"), level, limit, unit, online_of(row.text("online")),
                 row.text("decision") or decision)


def limit_of(text: str) -> tuple[int | None, str]:
    """`3 ngày làm việc`, `03 ngày`, `4 giờ làm việc`, `3`: number and unit. Days are working days: so
    time limits of procedures are counted unless the text says otherwise."""
    folded = fold(text)
    match = _LIMIT.fullmatch(folded)
    if match is None:
        return None, "working_days"
    return int(match[1]), "working_hours" if "gio" in folded else "working_days"


def online_of(text: str) -> str:
    """The level of online service as the national portal words it."""
    folded = fold(text)
    if "toan trinh" in folded or folded in ("4", "muc do 4"):
        return "full"
    return "partial" if "mot phan" in folded or folded in ("3", "muc do 3") else "information"


def _problem(outcome: Outcome, row: Row, key: str, message: Any, remedy: Any) -> None:
    outcome.errors.append(Problem(row.sheet, row.address(key), key, row.text(key), message=message, remedy=remedy))
