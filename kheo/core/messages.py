"""The words for the codes that plain rules raise: what is wrong, and what to do.

Rules know no language; this table does. A code that is not here would leave the reader without an
explanation, so a test compares the table with the codes in the source.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from kheo.core.errors import DomainError
from kheo.core.rules.numbers import format_number

Words = tuple[object, object]
"""What is wrong, and what to do."""

_NUMBERS: dict[str, Words] = {
    "ambiguous_number": (
        _("“%(text)s” can be read in two ways: %(as_thousands)s or %(as_decimal)s."),
        _("Write %(as_thousands)s without separators, or %(as_decimal)s0 for the decimal number."),
    ),
    "ambiguous_percent": (
        _("The number %(text)s can mean %(as_fraction)s%% or %(as_percent)s%%."),
        _("Write it as text with the percent sign, for example %(as_fraction)s%%."),
    ),
    "number_missing": (_("The number is missing."), _("Enter a number.")),
    "number_unreadable": (
        _("“%(text)s” is not a number."),
        _("Enter digits only, with a decimal comma, for example 1250 or 15,3."),
    ),
    "number_unexpected_percent": (
        _("“%(text)s” carries a percent sign, but this is not a percentage."),
        _("Remove the percent sign or check the column."),
    ),
    "number_not_whole": (_("“%(text)s” is not a whole number."), _("Enter a whole number.")),
    "number_not_finite": (
        _("“%(text)s” is not a usable number."),
        _("Check the formula in the file."),
    ),
    "number_too_long": (_("“%(text)s” is too long for a number."), _("Enter one number only.")),
    "number_out_of_range": (
        _("The number %(text)s is too large."),
        _("Check the number and its unit."),
    ),
    "number_bad_groups": (
        _("The separators in “%(text)s” do not stand at groups of three digits."),
        _("Write the number without separators, or as 1.234.567."),
    ),
    "money_unreadable": (
        _("“%(text)s” is not an amount of money."),
        _("Write for example 12 triệu, 1,5 tỷ or 1.500.000 đồng."),
    ),
}

_DATES: dict[str, Words] = {
    "date_missing": (_("The date is missing."), _("Enter day/month/year, for example 05/11/2023.")),
    "date_unreadable": (
        _("“%(text)s” is not a date."),
        _("Enter day/month/year, for example 05/11/2023."),
    ),
    "date_impossible": (
        _("The day “%(text)s” does not exist."),
        _("Check the day and the month."),
    ),
    "date_month_first": (
        _("“%(text)s” has the month first."),
        _("Write the day first: %(swapped)s."),
    ),
    "date_only_year": (_("“%(text)s” is only a year."), _("Enter the full day, month and year.")),
    "date_only_month": (
        _("“%(text)s” is only a month."),
        _("Enter the full day, month and year."),
    ),
    "date_ambiguous_year": (
        _("The year in “%(text)s” can be read in two ways: %(older)s or %(newer)s."),
        _("Write the year with four digits."),
    ),
    "date_out_of_range": (
        _("The date “%(text)s” is not between %(first)s and %(last)s."),
        _("Check the year."),
    ),
    "period_unreadable": (
        _("“%(text)s” is not a period."),
        _("Write for example 2023, 11/2023, quý IV/2023 or 2023-H1."),
    ),
}

_FILES: dict[str, Words] = {
    "file_empty": (_("The file is empty."), _("Choose the file again.")),
    "file_unreadable": (
        _("The file “%(name)s” cannot be opened."),
        _("Check its name and folder."),
    ),
    "file_too_large": (
        _("The file is larger than %(limit)s MB."),
        _("Split it, or reduce the pictures in it."),
    ),
    "file_damaged": (
        _("The file is damaged."),
        _("Open it on your computer, save it again and upload the new copy."),
    ),
    "file_encrypted": (
        _("The file is protected by a password."),
        _("Remove the password, save it and upload it again."),
    ),
    "file_zip_bomb": (
        _("The file unpacks to far more than its size and was not opened."),
        _("Copy the content into a new file and save it."),
    ),
    "file_not_text": (
        _("The file is not text in a known encoding."),
        _("Save it as CSV UTF-8 or as .xlsx."),
    ),
    "file_not_a_sheet": (
        _("The file “%(name)s” is not a spreadsheet."),
        _("Choose a file .xlsx, .xls, .ods or .csv."),
    ),
    "file_html_as_sheet": (
        _("The file “%(name)s” is a web page under the name of a spreadsheet."),
        _("Open it in Excel and save it as .xlsx."),
    ),
    "file_binary_workbook": (
        _("Files of the type .xlsb cannot be read."),
        _("Open it in Excel and save it as .xlsx."),
    ),
    "file_has_macros": (
        _("The file contains macros, which are not accepted."),
        _("Save it without macros, as .xlsx or .docx."),
    ),
    "file_mixed_separators": (
        _("Line %(line)s separates its columns by %(other)s, the others by %(usual)s."),
        _("Open the file on your computer, see that each value stands in its column, save it as .xlsx."),
    ),
    "file_too_many_rows": (
        _("The sheet has more than %(limit)s rows."),
        _("Split the file, or delete stray content far below the table."),
    ),
    "file_too_many_columns": (
        _("The sheet has more than %(limit)s columns."),
        _("Delete stray content far to the right of the table."),
    ),
    "file_kind_refused": (
        _("Files of the type “%(kind)s” are not accepted."),
        _("Accepted are: %(allowed)s."),
    ),
    "file_content_unknown": (
        _("The file is named “%(name)s” but its content is not a file .%(kind)s."),
        _("Open it on your computer to see whether it is damaged, save it again and upload it."),
    ),
    "file_heic": (
        _("The photo is in the HEIC format, which most computers cannot show."),
        _("Choose “Most compatible” in the phone's camera settings, or save the photo as JPEG."),
    ),
    "file_name_mismatch": (
        _("The file is named “%(name)s” but its content is %(kind)s."),
        _("Give it the right ending or choose another file."),
    ),
    "photo_unreadable": (
        _("The photo is damaged and cannot be opened."),
        _("Choose another copy of the photo."),
    ),
    "photo_too_large": (
        _("The photo has more than %(limit)s million pixels."),
        _("Reduce the photo and upload it again."),
    ),
}

_TABLES: dict[str, Words] = {
    "cell_address": (_("“%(text)s” is not the address of a cell."), _("Write for example B7.")),
    "cell_too_long": (
        _("The cell holds %(length)s characters; at most %(limit)s are read."),
        _("Shorten the text or attach it as a document."),
    ),
    "sheet_missing": (_("The file has no sheet “%(name)s”."), _("Check the names of the sheets.")),
    "header_not_found": (
        _("No header row was found in the sheet “%(sheet)s”."),
        _("The sheet needs a row with the column names %(names)s."),
    ),
    "cells_all_merged": (
        _("In the sheet “%(sheet)s” the cells of each row are merged into one (%(block)s), so there are no columns."),
        _("Take the merging apart and give each heading a cell of its own: %(names)s. Or export the list anew."),
    ),
    "columns_missing": (
        _("The table in the sheet “%(sheet)s”, row %(row)s, lacks the columns %(names)s."),
        _("Add or rename the columns. Columns not understood: %(found)s."),
    ),
}

WORDS: Mapping[str, Words] = _NUMBERS | _DATES | _FILES | _TABLES
_of_rooms: dict[str, Words] = {}


def register(words: Mapping[str, Words]) -> None:
    """Add the words for the codes that the plain rules of one room raise."""
    _of_rooms.update(words)


def _known(code: str) -> Words | None:
    return WORDS.get(code) or _of_rooms.get(code)


def message(error: DomainError) -> str:
    """Return what is wrong, in the reader's language."""
    if error.message:
        return str(error.message)
    words = _known(error.code)
    return _filled(words[0], error.params) if words else str(_("This cannot be accepted."))


def remedy(error: DomainError) -> str:
    """Return what to do, in the reader's language; empty when nothing is known."""
    if error.remedy:
        return str(error.remedy)
    words = _known(error.code)
    return _filled(words[1], error.params) if words and not error.message else ""


def describe(error: DomainError) -> str:
    """Return what is wrong and what to do, as one line."""
    return " ".join(part for part in (message(error), remedy(error)) if part)


def _filled(template: object, params: Mapping[str, object]) -> str:
    shown = {name: format_number(v) if name == "limit" and isinstance(v, int) else v for name, v in params.items()}
    try:
        return str(template) % shown
    except KeyError:
        return str(template)  # a caller left a parameter out: words with a gap beat a failure
