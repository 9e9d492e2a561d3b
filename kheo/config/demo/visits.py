"""The counter of the old page, so that the figures people knew come out of a real calendar.

On Sunday 03/12/2023 the old page showed today 3.965, yesterday 5.395, this week 41.912, this month
15.709 and all 6.075.017. The four days of the week before December and 1 December add up to what is
missing; the earlier days are illustrative and the opening balance makes up the rest.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from kheo.visits.actions import import_days, set_opening
from kheo.visits.queries import sites

if TYPE_CHECKING:
    from kheo.config.demo.story import Story

CAPTURED = date(2023, 12, 3)
ALL = 6_075_017
BEGINS = date(2023, 10, 1)
LAST_WEEK = (6_512, 6_704, 6_633, 6_354, 6_349, 5_395, 3_965)
"""Monday 27/11 to Sunday 03/12."""
ORDINARY = (6_480, 6_610, 6_555, 6_390, 6_120, 5_210, 4_060)
"""Monday to Sunday of the illustrative weeks."""


def series() -> list[tuple[date, int]]:
    """Day and page views from BEGINS to CAPTURED."""
    monday = CAPTURED - timedelta(days=6)
    days = [BEGINS + timedelta(days=n) for n in range((monday - BEGINS).days)]
    before = [(day, ORDINARY[day.weekday()] + day.toordinal() * 37 % 211 - 105) for day in days]
    return before + [(monday + timedelta(days=n), views) for n, views in enumerate(LAST_WEEK)]


def tell(_story: Story) -> None:
    """Take the days over and set the opening balance, by the same verbs as an office would."""
    site, rows = sites.number_of(), series()
    import_days.import_days(rows, site=site, name="Bộ đếm của trang cũ (minh họa)", by=None)
    set_opening.set_opening(
        site=site, total=ALL - sum(views for _day, views in rows), on=BEGINS, by=None,
        note="Các ngày từ 01/10/2023 đến 26/11/2023 là số minh họa; bảy ngày đến 03/12/2023 khớp với năm con số trên trang cũ.",
    )
