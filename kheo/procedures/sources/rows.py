"""The rows of one sheet. Written for speed: an export may have two hundred thousand of them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from kheo.core.errors import InvalidInput
from kheo.core.rules import legacy, numbers
from kheo.core.rules.dates import format_date
from kheo.core.rules.text import fold, nfc, squeeze
from kheo.core.spreadsheets.faults import REMEDY, Fault, fault_of, words
from kheo.core.spreadsheets.headers import Header
from kheo.core.spreadsheets.read import clean_value
from kheo.core.spreadsheets.stream import SheetStream
from kheo.core.spreadsheets.tables import is_ticked, reason_left_out
from kheo.core.spreadsheets.workbook import address, column_letters, is_blank, shown
from kheo.procedures.rules import codes, labels, personal
from kheo.procedures.rules.outcome import CLOSED_WITHOUT_RESULT, ENDED, Status
from kheo.procedures.sources import lookup
from kheo.procedures.sources.dossier import Dossier
from kheo.procedures.sources.moments import day_of, is_date_only, moment
from kheo.procedures.sources.vocabulary import Vocabulary

if TYPE_CHECKING:
    from kheo.procedures.sources.reading import Reading, SheetNote, Tell

EVERY = 5_000
MOST_LEFT_OUT = 5
REASON = 300
LEAST_DIGITS = 6
"""A text with fewer digits is no dossier code, however wrongly written."""


class RowReader:
    """Reads the data rows below a header into the reading of the whole file."""

    def __init__(
        self, stream: SheetStream, header: Header, sheet: int, note: SheetNote, reading: Reading, vocabulary: Vocabulary,
        encoding: dict[str, legacy.Encoding], as_of: datetime, tell: Tell | None,
    ) -> None:
        self.stream, self.header, self.sheet, self.note, self.reading = stream, header, sheet, note, reading
        self.vocabulary, self.as_of, self.tell = vocabulary, as_of, tell
        # A column that the file lacks is read at the end of the row, where run() puts an empty cell.
        self.at = {key: -1 if (found := header.column(key)) is None else found for key in labels.HEADINGS}
        self.encoding = {key: encoding.get(column_letters(at)) for key, at in self.at.items() if at >= 0}
        self.memo: dict[str, dict[Any, str]] = {key: {} for key in self.at}
        self.statuses: dict[str, str | None] = {}
        self.channels: dict[str, str] = {}
        self.secret = lookup.secret()
        self.index = 0
        self.bad = False

    def run(self) -> None:
        """Read every row below the header."""
        first, width = self.header.first_data_row, max(self.at.values()) + 1
        code_at, received_at = self.at["code"], self.at["received"]
        dossiers = self.reading.dossiers
        for index, row in enumerate(self.stream.rows()):
            if index < first:
                continue
            if self.tell is not None and index % EVERY == 0:
                self.tell(index, self.stream.height)
            if len(row) < width:
                row.extend([None] * (width - len(row)))
            row.append(None)
            self.index, self.bad = index, False
            if (index == first or not row[code_at] or not row[received_at]) and self._is_left_out(row, index == first):
                continue
            self.note.rows += 1
            self.reading.total += 1
            found = self._dossier(row)
            if found is not None and not self.bad:
                dossiers.append(found)

    def _is_left_out(self, row: list[Any], first: bool) -> bool:
        """Titles, totals, signatures and empty rows are no dossiers."""
        filled = [value for value in row if not is_blank(value)]
        if not filled:
            return True
        if row[self.at["code"]] and isinstance(row[self.at["code"]], str) and codes.dossier(codes.tidy(row[self.at["code"]])):
            return False
        cleaned = [clean_value(value) for value in row[:-1]]
        reason = reason_left_out([shown(v) if isinstance(v, str) else v for v in cleaned], self.header, list(labels.REQUIRED), first=first)
        if reason is None and ((len(filled) <= 2 and is_blank(row[self.at["code"]])) or self._is_footer(row, filled)):
            reason = "note"
        if reason is None:
            return False
        self.note.skipped_count += 1
        if len(self.note.skipped) < MOST_LEFT_OUT * 4:
            # Below a table stand the names of those who sign: their words are not kept.
            words = shown(cleaned[self.at["code"]]) if reason == "subtotal" else ""
            self.note.skipped.append({"row": self.index + 1, "reason": reason, "text": personal.quoted(words)})
        return True

    def _is_footer(self, row: list[Any], filled: list[Any]) -> bool:
        """“Trong đó: đúng hạn | 8” below a table: words and a count, no date, nothing like a code."""
        if len(filled) > 3 or not is_blank(row[self.at["received"]]) or not isinstance(filled[0], str):
            return False
        code = row[self.at["code"]]
        return is_blank(code) or sum(letter.isdigit() for letter in shown(clean_value(code))) < LEAST_DIGITS

    # Cells

    def _cell(self, key: str) -> str:
        at = self.at[key]
        return address(self.index, at if at >= 0 else 0)

    def _problem(self, key: str, value: Any, message: Any, remedy: Any = "") -> None:
        self.bad = True
        self.reading.problems.add(self.note.name, self._cell(key), key, value, message, remedy)

    def _warn(self, key: str, value: Any, message: Any, remedy: Any = "") -> None:
        self.reading.problems.add(self.note.name, self._cell(key), key, value, message, remedy, "warning")

    def _tell_fault(self, key: str, fault: str) -> None:
        self._problem(key, fault, words(fault), REMEDY)

    def _tell(self, key: str, value: Any, error: InvalidInput) -> None:
        """Tell why a cell cannot be read; an error of the spreadsheet as what it is."""
        if fault := fault_of(value):
            self._tell_fault(key, fault)
            return
        self.bad = True
        self.reading.problems.add_error(self.note.name, self._cell(key), key, value, error)

    def _moment(self, row: list[Any], key: str) -> datetime | None:
        value = row[self.at[key]]
        if value is None or (type(value) is datetime and value.tzinfo is None):
            return value
        try:
            return moment(value)
        except InvalidInput as error:
            self._tell(key, value, error)
            return None

    def _text(self, row: list[Any], key: str) -> str:
        value = row[self.at[key]]
        if value is None or value == "":
            return ""
        memo = self.memo[key]
        try:
            found = memo[value]
        except KeyError:
            memo[value] = found = self._tidied(value, key)
        except TypeError:
            return shown(value)
        if type(found) is Fault:
            self._tell_fault(key, found)
            return ""
        return found

    def _tidied(self, value: Any, key: str) -> str:
        value = clean_value(value)
        if fault := fault_of(value):
            return Fault(fault)
        encoding = self.encoding.get(key)
        if encoding and isinstance(value, str) and legacy.better_as(value, encoding):
            value = legacy.to_unicode(value, encoding).text
        return squeeze(nfc(value)) if isinstance(value, str) else shown(value)

    # One row

    def _dossier(self, row: list[Any]) -> Dossier | None:
        code = self._code(row)
        received, due = self._moment(row, "received"), self._moment(row, "due")
        done, returned, closed = self._moment(row, "done"), self._moment(row, "returned"), self._moment(row, "closed")
        supplement = self._moment(row, "supplement")
        status = self._status(row, done, returned, closed)
        if received is None and not self.bad:
            self._problem("received", "", _("The date of reception is missing."), _("Enter the day the dossier was received, for example 05/11/2023."))
        if self.bad or code is None or received is None or status is None:
            self.bad = True
            return None
        if status == Status.WAITING:
            self._leave_out_waiting()
            return None
        if status in CLOSED_WITHOUT_RESULT:
            closed, done, returned = closed or done or returned, None, None
        self._check_days(code, received, due, (("done", done), ("returned", returned), ("closed", closed)))
        self._check_end(status, done, returned, closed)
        supplements, waited = self._supplements(row, status, supplement)
        return Dossier(
            self.sheet, self.index + 1, code.text, self._what(row), self._unit(row, code), received, due, done, returned, closed, supplement,
            supplements, waited, status, self._channel(row), self._reason(row), self._apologies(row), self._lookup(row, code.text, due),
        )

    def _code(self, row: list[Any]) -> codes.DossierCode | None:
        value = row[self.at["code"]]
        if type(value) is str:
            found = codes.dossier(value) or codes.dossier(codes.tidy(value))
            if found is not None:
                return found
        text = shown(clean_value(value))
        if fault := fault_of(text):
            self._tell_fault("code", fault)
        elif not text:
            self._problem("code", "", _("The dossier code is missing."), _("Enter the code printed on the receipt."))
        else:
            self._problem(
                "code", text, _("“%(text)s” is not a dossier code.") % {"text": personal.quoted(text, 40)},
                _("A code looks like H56.32.01-231105-0012: the unit, the day as year, month, day, and a number."),
            )
        return None

    def _status(self, row: list[Any], done: Any, returned: Any, closed: Any) -> str | None:
        label = self._text(row, "status")
        if not label:
            return str(Status.RETURNED if returned else Status.DONE if done else Status.STOPPED if closed else Status.PROCESSING)
        if label not in self.statuses:
            self.statuses[label] = self._known_status(label)
        found = self.statuses[label]
        if found is None:
            self.reading.note_strange("status", label)
            self._problem(
                "status", label, _("The state “%(label)s” is not known.") % {"label": personal.quoted(label, 40)},
                _("Say once what it means in the list of labels of this source, then import again."),
            )
        return found

    def _known_status(self, label: str) -> str | None:
        """The meaning of a label: the whole of it, else its part before a bracket or dash."""
        for text in (label, label.split("(")[0], label.split(" - ")[0]):
            found = self.vocabulary.statuses.get(fold(text))
            if found:
                return found
        return None

    def _channel(self, row: list[Any]) -> str:
        label = self._text(row, "channel")
        if not label:
            return "direct"
        if label not in self.channels:
            found = self.vocabulary.channels.get(fold(label)) or self.vocabulary.channels.get(fold(label.split("(")[0]))
            if found is None:
                self.reading.note_strange("channel", label)
                self._warn("channel", label, _("The channel “%(label)s” is not known; it is counted as in person.") % {"label": personal.quoted(label, 40)},
                           _("Say once what it means in the list of labels of this source."))
            self.channels[label] = found or "direct"
        return self.channels[label]

    def _check_days(self, code: codes.DossierCode, received: datetime, due: datetime | None, ends: Any) -> None:
        day = day_of(received)
        if code.day is not None and code.day != day:
            self._warn("received", received, _("The code says %(code)s, the column says %(column)s; the column is used.") % {
                "code": format_date(code.day), "column": format_date(day)})
        if due is not None and due < received and not (is_date_only(due) and day_of(due) >= day):
            self._problem("due", due, _("The due date %(due)s lies before the reception %(received)s.") % {
                "due": format_date(day_of(due)), "received": format_date(day)}, _("Check both dates; day and month may be exchanged."))
        for key, at in ends:
            if at is not None and at < received and not (is_date_only(at) and day_of(at) >= day):
                self._problem(key, at, _("The end %(end)s lies before the reception %(received)s.") % {
                    "end": format_date(day_of(at)), "received": format_date(day)}, _("Check both dates; day and month may be exchanged."))

    def _check_end(self, status: str, done: Any, returned: Any, closed: Any) -> None:
        if status in ENDED and done is None and returned is None and closed is None:
            self._problem("done", "", _("The state says that the dossier has ended, but no date of its end is given."),
                          _("Enter the date in the column for the end or the return of the result."))

    def _supplements(self, row: list[Any], status: str, supplement: datetime | None) -> tuple[int, int]:
        count = self._whole(row, "supplements")
        if count is None:
            count = 1 if supplement is not None or status == Status.SUPPLEMENT else 0
        days = self._number(row, "waited")
        return min(count, 99), round(days * 1440)

    def _whole(self, row: list[Any], key: str) -> int | None:
        if row[self.at[key]] in (None, ""):
            return None
        number = self._number(row, key)
        return int(number)

    def _number(self, row: list[Any], key: str) -> float:
        value = row[self.at[key]]
        if value in (None, "", "-"):
            return 0.0
        if type(value) is float and 0 <= value < 10_000:
            return value
        try:
            found = float(numbers.parse(clean_value(value)))
        except InvalidInput as error:
            self._tell(key, value, error)
            return 0.0
        if not 0 <= found < 10_000:
            self._problem(key, value, _("The number must lie between 0 and 9,999."))
            return 0.0
        return found

    def _what(self, row: list[Any]) -> int:
        key = (self._text(row, "procedure_code"), self._text(row, "procedure_name"), self._text(row, "field"))
        found = self.reading.procedures.get(key)
        if found is None:
            found = self.reading.procedures[key] = len(self.reading.procedures)
            told = "procedure_code" if self.at["procedure_code"] >= 0 else "procedure_name"
            self.reading.procedure_cells.append((self.note.name, self._cell(told)))
        return found

    def _unit(self, row: list[Any], code: codes.DossierCode) -> int:
        key = (self._text(row, "unit"), code.unit)
        units = self.reading.units
        return units.setdefault(key, len(units))

    def _reason(self, row: list[Any]) -> str:
        value = self._text(row, "reason")
        if not value:
            return ""
        clean, hidden = personal.cleaned(value)
        if hidden:
            self._warn("reason", clean, _("Personal data in the reason was hidden before it was stored."))
        return clean[:REASON]

    def _apologies(self, row: list[Any]) -> int:
        value = row[self.at["apologies"]]
        if value in (None, ""):
            return 0
        if fault := fault_of(value):
            self._tell_fault("apologies", fault)
            return 0
        if isinstance(value, str) and not value.strip().isdigit():
            return int(is_ticked(value))
        return min(self._whole(row, "apologies") or 0, 99)

    def _lookup(self, row: list[Any], code: str, due: datetime | None) -> int | None:
        factor = lookup.factor_of_phone(row[self.at["phone"]])
        if not factor and due is not None:
            factor = lookup.factor_of_day(day_of(due))
        return lookup.hashed(self.secret, code, factor) if factor else None

    def _leave_out_waiting(self) -> None:
        self.bad = True
        self.note.skipped_count += 1
        if len(self.note.skipped) < MOST_LEFT_OUT * 4:
            self.note.skipped.append({"row": self.index + 1, "reason": "not_received", "text": ""})
