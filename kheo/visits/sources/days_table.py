"""A table of days and page views (.csv, .xlsx, …): the two columns are found by what they hold."""

from __future__ import annotations

import csv
import io
from datetime import date

from django.utils.translation import gettext_lazy as _

from kheo.core.errors import DomainError, InvalidInput
from kheo.core.messages import describe
from kheo.core.rules.dates import parse_date
from kheo.core.rules.numbers import parse


def read(text: str) -> list[tuple[date, int]]:
    """Rows of day and page views from CSV text (comma, semicolon or tab; a heading is skipped).

    InvalidInput names the line and what was read there.
    """
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text[:4000], ",;\t")
    except csv.Error:
        dialect = csv.excel
    rows: list[tuple[date, int]] = []
    for number, row in enumerate(csv.reader(io.StringIO(text), dialect), start=1):
        cells = [cell.strip() for cell in row if cell.strip()]
        if not cells or (number == 1 and not cells[0][:1].isdigit()):
            continue
        if len(cells) < 2:
            raise InvalidInput(_("Line %(number)s: a day and its page views are needed.") % {"number": number})
        try:
            rows.append((parse_date(cells[0]), int(parse(cells[1], kind="integer"))))
        except DomainError as error:
            raise InvalidInput(_("Line %(number)s: %(words)s") % {"number": number, "words": describe(error)}) from error
    return rows
