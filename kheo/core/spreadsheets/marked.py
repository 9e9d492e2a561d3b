"""Giving a workbook back with its problems marked, ready to be corrected and sent again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date as day
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from kheo.core.errors import InvalidInput
from kheo.core.spreadsheets.problems import Problem
from kheo.core.spreadsheets.workbook import Sheet, Value, Workbook, position
from kheo.core.spreadsheets.write import SafeBook

_ERROR, _WARNING = "#F8C9C4", "#FFE9B0"
_MAX_COMMENT = 2_000
_MAX_LINKS = 60_000  # Excel drops links beyond 65,530 per sheet
_Places = dict[tuple[int, int], list[Problem]]


def marked_workbook(workbook: Workbook, problems: Sequence[Problem]) -> bytes:
    """Return an .xlsx of the original sheets with each problem cell coloured and explained.

    The first sheet lists every problem with a link to its cell; it is skipped when the file is
    read again.
    """
    book = SafeBook()
    listing = book.add_sheet(gettext("Problems to fix"))
    names = {}
    for sheet in workbook.sheets:
        names[sheet.name] = book.free_name(sheet.name)
        _copy(book, names[sheet.name], sheet, _places(sheet, problems))
    _list(book, listing, problems, names)
    return book.finish()


def _places(sheet: Sheet, problems: Sequence[Problem]) -> _Places:
    found: _Places = defaultdict(list)
    for problem in problems:
        if problem.sheet == sheet.name and problem.cell:
            try:
                place = position(problem.cell)
            except InvalidInput:
                continue
            found[sheet.origin(*place)].append(problem)
    return found


def _copy(book: SafeBook, name: str, sheet: Sheet, places: _Places) -> None:
    target = book.book.add_worksheet(name)
    merged = [block for block in sheet.merged if _inside(sheet, block[0])]
    for (top, left), (bottom, right) in merged:
        target.merge_range(top, left, bottom, right, "", book.format(text_wrap=True, border=1))
    for row, values in enumerate(sheet.rows):
        for column, value in enumerate(values):
            if sheet.origin(row, column) != (row, column):
                continue
            here = places.get((row, column), [])
            if value is not None or here:
                book.put(target, row, column, value, _format(book, value, here))
    for (row, column), here in places.items():
        if not _inside(sheet, (row, column)):
            book.put(target, row, column, None, _format(book, None, here))
        text = "\n".join(problem.words for problem in here)[:_MAX_COMMENT]
        options = {"x_scale": 2.5, "y_scale": 1.5, "author": "Khéo"}
        target.write_comment(row, column, text, options)
    _set_widths(target, sheet)


def _inside(sheet: Sheet, place: tuple[int, int]) -> bool:
    return place[0] < sheet.height and place[1] < len(sheet.rows[place[0]])


def _format(book: SafeBook, value: Value, problems: Sequence[Problem]) -> Any:
    wanted: dict[str, object] = {"text_wrap": True}
    if isinstance(value, datetime):
        wanted["num_format"] = "dd/mm/yyyy hh:mm"
    elif isinstance(value, day):
        wanted["num_format"] = "dd/mm/yyyy"
    if problems:
        severe = any(problem.severity == "error" for problem in problems)
        wanted |= {"bg_color": _ERROR if severe else _WARNING, "border": 1}
    return book.format(**wanted)


def _set_widths(target: Any, sheet: Sheet) -> None:
    for column in range(sheet.width):
        texts = [sheet.cell(row, column).text for row in range(min(sheet.height, 200))]
        own = [
            len(text) for row, text in enumerate(texts) if sheet.origin(row, column)[1] == column
        ]
        target.set_column(column, column, max(6, min(45, max(own, default=0) + 2)))


def _list(book: SafeBook, listing: Any, problems: Sequence[Problem], names: dict[str, str]) -> None:
    header = book.format(bold=True, bg_color="#F3E3E0", border=1, text_wrap=True)
    titles = (
        (gettext("Sheet"), 18), (gettext("Cell"), 9), (gettext("Column"), 24),
        (gettext("What the cell holds"), 30), (gettext("What is wrong"), 55),
        (gettext("What to do"), 55), (gettext("Severity"), 13),
    )  # fmt: skip
    for column, (title, width) in enumerate(titles):
        book.put(listing, 0, column, title, header)
        listing.set_column(column, column, width)
    for row, problem in enumerate(problems, start=1):
        _list_one(book, listing, row, problem, names)
    listing.freeze_panes(1, 0)
    listing.autofilter(0, 0, len(problems), len(titles) - 1)
    listing.activate()


def _list_one(
    book: SafeBook, listing: Any, row: int, problem: Problem, names: dict[str, str]
) -> None:
    severe = problem.severity == "error"
    plain = book.format(text_wrap=True, border=1)
    coloured = book.format(text_wrap=True, border=1, bg_color=_ERROR if severe else _WARNING)
    severity = gettext("Must be fixed") if severe else gettext("Please check")
    told = str(problem.as_dict()["value"] or "")
    values = (problem.sheet, problem.cell, problem.field, told, problem.text, problem.advice)
    for column, value in enumerate((*values, severity)):
        book.put(listing, row, column, value, coloured if column == 6 else plain)
    target = names.get(problem.sheet)
    if target and problem.cell and row < _MAX_LINKS:
        place = f"internal:'{target.replace(chr(39), chr(39) * 2)}'!{problem.cell}"
        link = book.format(border=1, font_color="#0B4F9C", underline=1)
        listing.write_url(row, 1, place, link, problem.cell)
