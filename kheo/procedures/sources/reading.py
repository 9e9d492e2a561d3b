"""One export, from its bytes to dossiers and problems. Columns of personal data are never touched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from kheo.core.errors import InvalidInput
from kheo.core.files.archives import ArchiveLimits
from kheo.core.rules.text import fold, squeeze
from kheo.core.spreadsheets import encodings, headers
from kheo.core.spreadsheets.headers import Column, Header
from kheo.core.spreadsheets.read import Limits
from kheo.core.spreadsheets.stream import SheetStream, open_sheets
from kheo.core.spreadsheets.workbook import Workbook, column_letters, is_blank
from kheo.procedures.rules import labels, personal
from kheo.procedures.sources.dossier import Dossier
from kheo.procedures.sources.problems import Problems
from kheo.procedures.sources.rows import RowReader
from kheo.procedures.sources.vocabulary import Vocabulary

LIMITS = Limits(file_size=40 << 20, rows=250_000, archive=ArchiveLimits(unpacked=600 << 20, ratio=400))
_USUAL = {"stt", "tt", "so tt", "so thu tu", *(fold(name) for names in labels.HEADINGS.values() for name in names)}
MOST_STRANGE = 30
HEAD_ROWS, LEAST_HEADINGS = 60, 4
Tell = Callable[[int, int], None]


@dataclass
class SheetNote:
    """What was understood of one sheet, for the officer to look at."""

    name: str
    header_rows: list[int] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    dropped: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    skipped: list[dict[str, Any]] = field(default_factory=list)
    skipped_count: int = 0
    rows: int = 0
    note: str = ""


@dataclass
class Reading:
    """The whole file: dossiers whose rows are good so far, distinct procedures and units, problems."""

    filename: str
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    sheets: list[SheetNote] = field(default_factory=list)
    dossiers: list[Dossier] = field(default_factory=list)
    procedures: dict[tuple[str, str, str], int] = field(default_factory=dict)
    procedure_cells: list[tuple[str, str]] = field(default_factory=list)
    units: dict[tuple[str, str], int] = field(default_factory=dict)
    conversions: list[dict[str, Any]] = field(default_factory=list)
    letters: dict[int, dict[str, str]] = field(default_factory=dict)
    strange: dict[str, list[str]] = field(default_factory=dict)
    problems: Problems = field(default_factory=Problems)
    total: int = 0

    def as_mapping(self) -> dict[str, Any]:
        """What the batch keeps: how the columns were read. No row of the file is in it."""
        return {"sheets": [vars(sheet) for sheet in self.sheets], "conversions": self.conversions, "strange": self.strange}

    def note_strange(self, key: str, label: str) -> None:
        """Keep a label that nobody explained, for the officer to explain it."""
        found = self.strange.setdefault(key, [])
        if label not in found and len(found) < MOST_STRANGE:
            found.append(personal.quoted(label, 120))


def read(source: Path | bytes, filename: str, *, vocabulary: Vocabulary, as_of: datetime, tell: Tell | None = None) -> Reading:
    """Read every sheet that has the needed columns. A file that cannot be read is one problem."""
    reading = Reading(personal.cleaned_title(filename), vocabulary)
    try:
        with open_sheets(source, filename, limits=LIMITS) as sheets:
            refused = _read_sheets(sheets, reading, vocabulary, as_of, tell)
    except InvalidInput as error:
        reading.problems.add_error("", "", "", reading.filename, error)
        return reading
    if not any(sheet.columns for sheet in reading.sheets):
        for sheet_name, refusal in refused:
            reading.problems.add_error(sheet_name, "", "", "", refusal)
        if not refused:
            reading.problems.add_error("", "", "", reading.filename, InvalidInput(code="file_empty"))
    elif not reading.total and not reading.problems.counts["error"]:
        reading.problems.add(reading.sheets[0].name, "", "", "", _("The table has headings and no rows."), _("Check the period chosen in the export."))
    return reading


def _read_sheets(sheets: Any, reading: Reading, vocabulary: Vocabulary, as_of: datetime, tell: Tell | None) -> list[tuple[str, InvalidInput]]:
    refused: list[tuple[str, InvalidInput]] = []
    for stream in sheets:
        note = SheetNote(personal.cleaned_title(stream.name))
        if stream.hidden or not stream.height:
            note.note = "hidden" if stream.hidden else "empty"
            reading.sheets += [note] if stream.hidden else []
            continue
        reading.sheets.append(note)
        try:
            _read_sheet(stream, note, reading, vocabulary, as_of, tell)
        except InvalidInput as error:
            note.note, note.ignored = "no_header" if error.code == "header_not_found" else "unread", _likely_headings(stream)
            refused.append((note.name, error))
    return refused


def _read_sheet(stream: SheetStream, note: SheetNote, reading: Reading, vocabulary: Vocabulary, as_of: datetime, tell: Tell | None) -> None:
    modern, conversions = encodings.modernize(Workbook("", "", [stream.head]))
    header = headers.find_header(modern.sheets[0], columns_of(vocabulary))
    _describe(note, header)
    reading.letters[len(reading.sheets) - 1] = {key: column_letters(found[0].column) for key, found in header.columns.items()}
    reading.conversions += [
        {"sheet": note.name, "column": c.column, "encoding": c.encoding, "samples": [list(s) for s in c.samples] if _is_shown(c.column, header) else []}
        for c in conversions
    ]
    encoding = {c.column: c.encoding for c in conversions}
    RowReader(stream, header, len(reading.sheets) - 1, note, reading, vocabulary, encoding, as_of, tell).run()


def _likely_headings(stream: SheetStream) -> list[str]:
    """The first row that holds nothing but different words: headings of a system nobody described. Rows
    of dossiers always hold figures."""
    for row in stream.head.rows[:HEAD_ROWS]:
        filled = [value for value in row if not is_blank(value)]
        texts = [squeeze(value) for value in filled if isinstance(value, str) and len(value) <= 60 and not any(map(str.isdigit, value))]
        if len(texts) >= LEAST_HEADINGS and len(texts) == len(filled) == len(set(texts)):
            return _unknown(texts)
    return []


def _unknown(texts: Sequence[str]) -> list[str]:
    """Headings that carry neither a usual name nor only number the rows, without anybody's name."""
    return [personal.quoted(text, 120) for text in texts if fold(text) not in _USUAL]


def _is_shown(letters: str, header: Header) -> bool:
    """Samples of a conversion may be shown only from columns that hold labels."""
    shown = ("status", "field", "procedure_name", "channel")
    return letters in {column_letters(at) for key in shown if (at := header.column(key)) is not None}


def columns_of(vocabulary: Vocabulary) -> list[Column]:
    """The columns to look for: the source's own headings before the common ones."""
    return [
        Column(key, (*vocabulary.headings.get(key, ()), *names), required=key in labels.REQUIRED, many=key == "personal")
        for key, names in labels.HEADINGS.items()
    ]


def _describe(note: SheetNote, header: Header) -> None:
    note.header_rows = [row + 1 for row in header.rows]
    for key, found in header.columns.items():
        if key == "personal":
            note.dropped = [personal.quoted(heading.text, 120) for heading in found]
        else:
            note.columns[key] = personal.cleaned(found[0].text, names=False)[0][:120]
    note.ignored = _unknown([heading.text for heading in header.unmatched])
