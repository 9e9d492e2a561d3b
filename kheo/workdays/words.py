"""Words for what the plain rules say: reasons, cautions, refusals."""

from __future__ import annotations

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kheo.core.rules.dates import format_date
from kheo.workdays.rules import Caution, Reason

REASONS = {
    Reason.HOLIDAY: _("Public holiday"),
    Reason.COMPENSATORY: _("Compensatory day off"),
    Reason.SWAP_OFF: _("Swapped: day off"),
    Reason.WEEKEND: _("Weekly day off"),
    Reason.HALF_DAY: _("Half a working day, not counted as a day"),
}
REFUSALS = {
    "workdays_negative": (_("A limit cannot be negative (%(days)s)."), _("Enter a number from 0.")),
    "workdays_too_many": (_("%(days)s is more than can be counted; at most %(limit)s."), _("Enter a smaller number.")),
    "workdays_never": (_("The working week has no working day, so the count never ends."), _("Correct the working week of the unit.")),
    "workdays_year": (_("The year %(year)s lies outside the calendar (%(first)s–%(last)s)."), _("Check the year.")),
}


def caution(found: Caution) -> str:
    """Why an answer may still change, as a sentence."""
    if found.code == "undecided_year":
        return _now("The days off of %(year)s are not all decided yet: this date may change.") % {"year": found.year}
    return _now("%(day)s (%(name)s) is only proposed, not decided, and was counted as the ordinary week says.") % {
        "day": format_date(found.on) if found.on else "", "name": found.name,
    }
