"""Which tables of a saved page hold figures, which hold a picture, and which only lay out the page."""

from __future__ import annotations

from collections.abc import Sequence

from bs4 import Tag

LONGEST_CELL = 200
MOST_ROWS = 300
LONGEST_CAPTION = 300


Spot = tuple[int, int, int]  # table (from 1; 0: none), row and column (from 0)
NOWHERE: Spot = (0, 0, 0)


def data_tables(body: Tag) -> dict[int, Spot]:
    """id of a cell → where it stands, for tables of short cells."""
    found: dict[int, Spot] = {}
    innermost = (table for table in body.find_all("table") if table.find("table") is None)
    for number, table in enumerate(innermost, start=1):
        rows = [row.find_all(["td", "th"], recursive=False) for row in table.find_all("tr")[: MOST_ROWS + 1]]
        if _holds_data(table, rows):
            found |= {id(cell): (number, n, column) for n, row in enumerate(rows) for column, cell in enumerate(row)}
    return found


def _holds_data(table: Tag, rows: Sequence[Sequence[Tag]]) -> bool:
    if not 2 <= len(rows) <= MOST_ROWS or table.find(["img", "h1", "h2", "form"]) is not None:
        return False
    widths = {len(row) for row in rows if row}
    return bool(widths) and max(widths) >= 2 and all(len(cell.get_text()) <= LONGEST_CELL for row in rows for cell in row)


def picture_tables(body: Tag) -> set[int]:
    """Tables that hold a picture and a few words: the words are its caption."""
    return {
        id(table) for table in body.find_all("table")
        if table.find("table") is None and table.find("img") is not None and len(table.get_text(strip=True)) <= LONGEST_CAPTION
    }
