"""Cells whose formula went wrong: the spreadsheet shows `#DIV/0!` or `#N/A` where a value should stand.

The parser gives such a cell as empty. "The date is missing" would send the officer looking for an
empty cell that is not there, so the error is read from the file and told as what it is.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from kheo.core.spreadsheets.problems import Problem

MEANINGS: dict[str, Any] = {
    "#DIV/0!": _("a division by zero or by an empty cell"),
    "#N/A": _("a look-up that found nothing"),
    "#REF!": _("a formula whose cell, sheet or file was deleted"),
    "#VALUE!": _("text where the formula needs a number or a date"),
    "#NAME?": _("a function or name the spreadsheet does not know"),
    "#NUM!": _("a number or date that cannot be computed"),
    "#NULL!": _("two ranges that do not meet"),
    "#SPILL!": _("a result that has no room"),
    "#CALC!": _("a formula that could not be computed"),
}
# Others that Excel and LibreOffice write; they have no words of their own.
_OTHERS = frozenset({"#GETTING_DATA", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!", "#ERROR!"})
_LONGEST = 16


class Fault(str):
    """The error a cell shows, where a reader of rows must tell it from ordinary text."""

    __slots__ = ()


def fault_of(value: object) -> str:
    """The error a cell's value is, such as ``#DIV/0!``; empty for every other value."""
    if not isinstance(value, str) or not 4 <= len(value) <= _LONGEST:
        return ""
    text = value.strip().upper()
    if text in MEANINGS or text in _OTHERS:
        return text
    # LibreOffice numbers its own: Err:502.
    return text if text.startswith("ERR:") and text[4:].isdigit() else ""


def words(fault: str) -> Any:
    """What to tell about a cell that shows an error; for importers with problems of their own kind."""
    meaning = MEANINGS.get(fault, _("a formula that could not be computed"))
    return _("The cell holds the spreadsheet's error %(fault)s (%(meaning)s), not a value.") % {"fault": fault, "meaning": meaning}


REMEDY: Any = _("Correct the formula in the file, or put the value itself into the cell, and import again.")


def fault_problem(sheet: str, cell: str, fault: str, field: str = "") -> Problem:
    """The problem of a cell that shows an error."""
    return Problem(sheet, cell, field, fault, message=words(fault), remedy=REMEDY)
