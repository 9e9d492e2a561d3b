"""Finding the header below the title rows, whatever its wording.

A header is one to three rows. Merged headings are read from the outside in ("Lĩnh vực / Kinh
tế"); files without merged cells (.csv) leave blanks to the right of the outer heading, which
means the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from kheo.core.errors import InvalidInput
from kheo.core.rules.text import fold
from kheo.core.spreadsheets.workbook import Sheet, address, is_blank

_SEARCHED_ROWS = 60
_DEEPEST = 3
_LONGEST_HEADING = 160


@dataclass(frozen=True, slots=True)
class Column:
    """A column we want: its key, the headings it goes by, and whether it may span several."""

    key: str
    names: Sequence[str]
    required: bool = True
    many: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of the sheet with its heading, outer part first."""

    column: int
    parts: tuple[str, ...]

    @property
    def text(self) -> str:
        return " / ".join(self.parts)

    @property
    def child(self) -> str:
        """The innermost part: the name of one tick column."""
        return self.parts[-1] if self.parts else ""


@dataclass
class Header:
    """Where the header stands and which column holds what."""

    sheet: str
    rows: tuple[int, ...]
    columns: dict[str, tuple[Heading, ...]] = field(default_factory=dict)
    unmatched: tuple[Heading, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def first_data_row(self) -> int:
        return self.rows[-1] + 1

    def column(self, key: str) -> int | None:
        """Return the sheet column of a key, None when the file lacks it."""
        found = self.columns.get(key)
        return found[0].column if found else None

    def address(self, key: str) -> str:
        """Return the address of the heading of a key, for messages."""
        found = self.column(key)
        return "" if found is None else address(self.rows[-1], found)


def find_header(sheet: Sheet, columns: Sequence[Column], *, within: int = _SEARCHED_ROWS) -> Header:
    """Return the best header of the sheet.

    Raises InvalidInput ``header_not_found`` when no row looks like one, ``cells_all_merged`` when none
    can because each row is one merged cell, and ``columns_missing`` (with the first wording of each)
    when required columns are absent.
    """
    best: Header | None = None
    best_score = 0.0
    for row in range(min(within, sheet.height)):
        if not any(isinstance(value, str) for value in sheet.rows[row]):
            continue
        rows = tuple(range(row, row + _depth(sheet, row)))
        score, header = _match(sheet, rows, columns)
        if score > best_score:
            best, best_score = header, score
    if best is None or (len(best.columns) < 2 <= len(columns)):
        if block := _only_merged(sheet):
            raise InvalidInput(
                code="cells_all_merged",
                params={"sheet": sheet.name, "block": block, "names": _first_names(columns)},
            )
        raise InvalidInput(
            code="header_not_found", params={"sheet": sheet.name, "names": _first_names(columns)}
        )
    if best.missing:
        absent = [column for column in columns if column.key in best.missing]
        raise InvalidInput(
            code="columns_missing",
            params={
                "sheet": sheet.name,
                "row": best.rows[0] + 1,
                "names": _first_names(absent),
                "found": "; ".join(heading.text for heading in best.unmatched) or "–",
            },
        )
    return best


def _only_merged(sheet: Sheet) -> str:
    """Return the address of the first block when every filled row is one merged cell; else nothing."""
    first = ""
    for row in range(sheet.height):
        filled = [at for at in range(sheet.width) if not is_blank(sheet.value(row, at))]
        if not filled:
            continue
        origins = {sheet.origin(row, at) for at in filled}
        start = origins.pop()
        last = max((end for begin, end in sheet.merged if begin == start), default=start)
        if origins or last[1] == start[1]:
            return ""
        first = first or f"{address(*start)}:{address(*last)}"
    return first


def _first_names(columns: Sequence[Column]) -> str:
    wanted = [column for column in columns if column.required] or list(columns)
    return ", ".join(f"“{column.names[0]}”" for column in wanted)


def _depth(sheet: Sheet, row: int) -> int:
    """Return how many rows the header that starts here takes."""
    depth = 1
    while depth < _DEEPEST and _continues(sheet, row + depth):
        depth += 1
    return depth


def _continues(sheet: Sheet, row: int) -> bool:
    """Whether the row refines the header above it: headings only, and only where it is open."""
    if row >= sheet.height or is_column_numbers(sheet, row):
        return False
    fresh = [
        column
        for column in range(sheet.width)
        if _text(sheet, row, column) and sheet.origin(row, column)[0] == row
    ]
    return bool(fresh) and all(
        _looks_like_heading(sheet, row, column) and _is_open(sheet, row - 1, column, fresh)
        for column in fresh
    )


def _is_open(sheet: Sheet, above: int, column: int, fresh: Sequence[int]) -> bool:
    """Whether a heading above can have parts here.

    It is merged over several columns, or it has blank cells to its right that carry parts too.
    """
    if not _text(sheet, above, column):
        return any(_text(sheet, above, left) for left in range(column))
    if _is_wide(sheet, above, column):
        return True
    following = column + 1
    return following in fresh and not _text(sheet, above, following)


def _is_wide(sheet: Sheet, row: int, column: int) -> bool:
    owner = sheet.origin(row, column)
    neighbours = (column - 1, column + 1)
    return any(
        beside >= 0 and beside < sheet.width and sheet.origin(row, beside) == owner
        for beside in neighbours
    )


def _looks_like_heading(sheet: Sheet, row: int, column: int) -> bool:
    value = sheet.value(row, column)
    return (
        isinstance(value, str)
        and len(value) <= _LONGEST_HEADING
        and bool(re.search(r"[^\W\d_]", value))
    )


def _text(sheet: Sheet, row: int, column: int) -> str:
    return sheet.cell(row, column).text


def headings(sheet: Sheet, rows: Sequence[int]) -> list[Heading]:
    """Return the heading of every column, joined over the header rows."""
    found = []
    outer = [""] * len(rows)
    for column in range(sheet.width):
        parts: list[str] = []
        for level, row in enumerate(rows):
            text = _text(sheet, row, column)[:_LONGEST_HEADING]
            if level + 1 < len(rows):
                text = outer[level] = _inherited(
                    sheet, (row, rows[level + 1]), column, outer[level]
                )
            if text and (not parts or parts[-1] != text):
                parts.append(text)
        if parts:
            found.append(Heading(column, tuple(parts)))
    return found


def _inherited(sheet: Sheet, rows: tuple[int, int], column: int, outer: str) -> str:
    """Return the outer heading: written here, or to the left when blanks stand for merging."""
    row, below = rows
    text = _text(sheet, row, column)[:_LONGEST_HEADING]
    if text or not _text(sheet, below, column):
        return text
    return "" if column and _is_wide(sheet, row, column - 1) else outer


def _match(sheet: Sheet, rows: tuple[int, ...], columns: Sequence[Column]) -> tuple[float, Header]:
    """Give each column to the heading that fits it best, surest pairs first."""
    found = headings(sheet, rows)
    pairs = [
        (fit, -heading.column, column, heading)
        for column in columns
        for heading in found
        if (fit := max((_fit(name, heading, column.many) for name in column.names), default=0.0))
    ]
    pairs.sort(key=lambda pair: pair[:2], reverse=True)
    chosen: dict[str, list[Heading]] = {}
    taken: set[int] = set()
    score = 0.0
    for fit, _, column, heading in pairs:
        if heading.column in taken or (column.key in chosen and not column.many):
            continue
        if column.key not in chosen:
            score += fit * (2 if column.required else 1)
        chosen.setdefault(column.key, []).append(heading)
        taken.add(heading.column)
    header = Header(
        sheet=sheet.name,
        rows=rows,
        columns={
            key: tuple(sorted(group, key=lambda heading: heading.column))
            for key, group in chosen.items()
        },
        unmatched=tuple(heading for heading in found if heading.column not in taken),
        missing=tuple(c.key for c in columns if c.required and c.key not in chosen),
    )
    # Equal matches: the header with fewer strange headings, then the flatter one.
    return score - 0.01 * len(header.unmatched) - 0.001 * len(rows), header


def _fit(name: str, heading: Heading, many: bool) -> float:
    """Return how well a heading bears a name: 1 the same words, less when it says more."""
    wanted = _folded(name)
    candidates = [(heading.child, 1.0), (heading.text, 0.98)]
    if many and len(heading.parts) > 1:
        candidates.append((heading.parts[0], 0.96))
    return max(_wording(wanted, _folded(text)) * weight for text, weight in candidates)


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    """Fold, remembered: every wanted name meets every cell of the rows above the data."""
    return fold(text)


def _wording(wanted: str, found: str) -> float:
    if not wanted or not found:
        return 0.0
    if wanted == found:
        return 1.0
    if f" {found} ".startswith(f" {wanted} "):
        return 0.6 + 0.3 * len(wanted) / len(found)
    if len(wanted) > 4 and f" {wanted} " in f" {found} ":
        return 0.4 + 0.3 * len(wanted) / len(found)
    return 0.0


def is_column_numbers(sheet: Sheet, row: int) -> bool:
    """Whether the row only numbers the columns: (1) (2) (3), 1 2 3, or A B 1 2."""
    texts = [cell.text for cell in sheet.cells(row) if not cell.is_blank]
    bare = [re.sub(r"[()\[\]]|\s*=.*", "", text).strip() for text in texts]
    if len(bare) < 3 or not all(re.fullmatch(r"[0-9]{1,2}|[A-Z]", text) for text in bare):
        return False
    numbers = [int(text) for text in bare if text.isdigit()]
    letters = [text for text in bare if not text.isdigit()]
    expected = list(range(numbers[0], numbers[0] + len(numbers))) if numbers else []
    return numbers == expected and (not numbers or numbers[0] == 1) and letters == sorted(letters)
