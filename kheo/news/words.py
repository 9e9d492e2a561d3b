"""Words for what the plain rules of the news say: advice, doubts, refusals, counters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kheo.core.rules.dates import format_date
from kheo.core.rules.numbers import format_number
from kheo.news.rules.counters import Counters, Fit, Invariant, calendar_days, fits, invariants
from kheo.news.rules.lint import Remark

ADVICE: dict[str, Any] = {
    "space_before": _("No space before a punctuation mark or a percent sign."),
    "space_after": _("A space is missing after the mark."),
    "space_inside": _("No space after an opening bracket or quotation mark."),
    "hyphen": _("A dash between parts has a space on both sides; a hyphen inside a word has none."),
    "double_space": _("Two spaces in a row."),
    "marks": _("Too many punctuation marks in a row."),
    "doubled": _("The same word stands twice."),
    "slip": _("Probably a slip of the hand."),
    "syllable": _("No Vietnamese syllable is spelled so."),
    "tones": _("The tone mark stands in two ways in this text (hòa and hoà). Keep to one."),
    "decimals": _("Vietnamese writes decimals with a comma; this text or line mixes marks."),
    "repeated": _("This paragraph stands in the text twice."),
    "expired": _("The cited document no longer holds."),
    "font": _("The text comes from an old font (TCVN3, VNI) or was decoded wrongly; it is turned into Unicode."),
    "form": _("The text has letters in parts or invisible characters; they are tidied when saved."),
}
DOUBTS: dict[str, Any] = {
    "boundary": _("Where this article begins was guessed from a title-like line; check its first and last paragraph."),
    "lead": _("The page has no separate lead: the first sentences were taken."),
    "author": _("No by-line was found."),
    "pictures": _("The article's pictures were not taken over; choose them anew, with caption and description. The report lists them."),
    "files": _("Attached files were not taken over; upload them anew. The report lists them."),
    "address": _("The page has several articles, so its address leads to none of them by itself. Give each article its own old address."),
}
REFUSALS = {
    "page_empty": (_("The file is empty: there is nothing to read in it."), _("Save the page again from the browser and choose that file.")),
    "page_too_large": (_("The file is too large; a page may have at most %(limit)s MB."), _("Save only the page itself, without its pictures.")),
    "page_other_kind": (_("This is a %(kind)s file, not a saved page."), _("Save the page as .html or copy its words into a .txt file.")),
    "page_archive": (_("The web archive (.mhtml) holds no page that can be read."), _("Save the page again, as .html.")),
    "page_not_text": (_("The file is no text: it holds characters that no page has."), _("Save the page as .html or .txt and try again.")),
}
KEYS: dict[str, Any] = {
    "today": _("Today"), "yesterday": _("Yesterday"), "week": _("This week"), "last_week": _("Last week"), "month": _("This month"),
    "last_month": _("Last month"), "year": _("This year"), "all": _("All"), "online": _("Online now"),
}
WEEKDAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
INVARIANTS: dict[str, Any] = {
    "today_week": _("today ≤ this week"), "today_month": _("today ≤ this month"), "two_days_week": _("today + yesterday ≤ this week"),
    "two_days_month": _("today + yesterday ≤ this month"), "week_month": _("this week ≤ this month"), "today_all": _("today ≤ all"),
    "yesterday_all": _("yesterday ≤ all"), "week_all": _("this week ≤ all"), "month_all": _("this month ≤ all"), "year_all": _("this year ≤ all"),
}
YEARS_BACK = 4
SHOWN_FITS = 3


def advice(remark: Remark) -> str:
    """A remark as one sentence, with what would be better."""
    sentence = str(ADVICE[remark.code])
    if remark.code == "expired" and remark.note:
        sentence = _now("%(number)s no longer holds since %(day)s.") % {"number": remark.found, "day": remark.note}
        if remark.better:
            sentence += " " + _now("It was replaced by %(number)s.") % {"number": remark.better}
        return sentence
    if remark.code == "repeated":
        return _now("This paragraph stands in the text twice: see paragraph %(number)s.") % {"number": remark.note}
    if remark.better:
        return _now("“%(found)s”: %(sentence)s Better: “%(better)s”.") % {"found": remark.found, "sentence": sentence, "better": remark.better}
    return _now("“%(found)s”: %(sentence)s") % {"found": remark.found, "sentence": sentence}


def counters_report(found: Counters | None, today: date) -> dict[str, Any] | None:
    """The counters of a page with what holds between them, an explanation, and the days they fit."""
    if found is None:
        return None
    values, relations, days = found.values, invariants(found.values), fits(found.values)
    return {
        **{key: values.get(key) for key in ("today", "yesterday", "week", "month", "all")},
        "others": {key: value for key, value in values.items() if key not in ("today", "yesterday", "week", "month", "all")},
        "conflicts": found.conflicts,
        "invariants": [{"rule": str(INVARIANTS[one.code]), "left": one.left, "right": one.right, "holds": one.holds} for one in relations],
        "fits": [_fit(day, today) for day in days[:SHOWN_FITS]],
        "explanation": explanation(values, relations, days, today),
    }


def _fit(fit: Fit, today: date) -> dict[str, Any]:
    return {"day": fit.day, "weekday": str(WEEKDAYS[fit.weekday]), "evenness": round(fit.evenness, 2), "dates": [on.isoformat() for on in _dates(fit, today)]}


def _dates(fit: Fit, today: date) -> list[date]:
    return calendar_days(fit, date(today.year - YEARS_BACK, 1, 1), today)[:8]


def explanation(values: dict[str, int], relations: Sequence[Invariant], days: Sequence[Fit], today: date) -> str:
    """Why the figures can be right although they look wrong, or that they cannot; what is missing."""
    parts = []
    broken = [str(INVARIANTS[one.code]) for one in relations if one.holds is False]
    if broken:
        parts.append(_now("These relations do not hold, so the figures cannot all be right: %(rules)s.") % {"rules": "; ".join(broken)})
    week, month = values.get("week"), values.get("month")
    if week is not None and month is not None and week > month:
        parts.append(_now("This week (%(week)s) is larger than this month (%(month)s). That is possible only when the week began in the month before.") % {"week": format_number(week), "month": format_number(month)})
    parts += _days_words(values, broken, days, today)
    parts.append(_now("The counter names neither the days it covers nor whether it counts page views or visits."))
    return " ".join(parts)


def _days_words(values: dict[str, int], broken: list[str], days: Sequence[Fit], today: date) -> list[str]:
    needed = ("today", "yesterday", "week", "month")
    if any(key not in values for key in needed):
        missing = ", ".join(str(KEYS[key]) for key in needed if key not in values)
        return [_now("Which days they fit cannot be computed without: %(missing)s.") % {"missing": missing}]
    if not days:
        return [] if broken else [_now("No day of a calendar fits all four figures (weeks beginning on Monday).")]
    best = days[0]
    shown = ", ".join(format_date(on) for on in _dates(best, today))
    words = _now("The figures fit best a day that is the %(day)s of its month and a %(weekday)s (%(dates)s).") % {
        "day": best.day, "weekday": WEEKDAYS[best.weekday], "dates": shown or "–",
    }
    rest = _now("Altogether %(count)s combinations of day and weekday are possible.") % {"count": len(days)}
    return [words, rest]
