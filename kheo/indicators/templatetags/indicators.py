"""How figures and results are written on pages."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kheo.core.rules import numbers
from kheo.indicators.models import Observation, SubmissionStep
from kheo.indicators.queries import figures
from kheo.indicators.queries.boards import Board, Row
from kheo.indicators.queries.figures import Figure
from kheo.indicators.queries.public_page import Line

register = template.Library()
RESULTS = {
    "exceeded": (gettext_lazy("Exceeded"), "success"), "met": (gettext_lazy("Met"), "success"),
    "not_met": (gettext_lazy("Not met"), "danger"), "no_data": (gettext_lazy("No figure yet"), "waiting"),
}
STATUSES = dict(Observation.Status.choices)


@register.filter
def get_at(rows: Sequence[Any], place: int) -> Any:
    """The item at a place."""
    return rows[place]


@register.simple_tag
def figure_url(figure: Figure, slug: str) -> str:
    """The page that lists the records behind a figure."""
    return figures.address(figure, slug)


@register.simple_tag
def figure_text(figure: Figure) -> str:
    """The figure as it is shown: 95,3%, 18, "none arising", "no figure yet"."""
    if figure.value is None:
        return _("none arising") if figure.state == "none_arising" else _("no figure yet")
    shown = numbers.format_number(figure.value, figure.definition.decimals)
    return shown + "%" if figure.definition.is_percent else shown


@register.simple_tag
def figure_note(figure: Figure) -> str:
    """Numerator and denominator, how many units, as of when."""
    parts = []
    if figure.numerator is not None and figure.denominator is not None:
        parts.append(f"{numbers.format_number(figure.numerator)}/{numbers.format_number(figure.denominator)}")
    if figure.origin == "units":
        parts.append(_("%(known)s of %(total)s units") % {"known": figure.known, "total": figure.total})
    if figure.status:
        parts.append(str(STATUSES[figure.status]))
    if figure.as_of is not None:
        parts.append(_("as of %(day)s") % {"day": f"{figure.as_of:%d/%m/%Y}"})
    return " · ".join(parts)


@register.simple_tag
def status_word(figure: Figure) -> str:
    """Estimate, preliminary, official; counted and computed figures have none of their own."""
    return str(STATUSES.get(figure.status, "–"))


@register.simple_tag
def change(line: Line) -> str:
    """Against the year before, in percentage points or units."""
    if line.change is None:
        return "–"
    places = line.figure.definition.decimals
    shown = _signed(line.change, places)
    return _("%(figure)s points") % {"figure": shown} if line.figure.definition.is_percent else shown


def _signed(value: Decimal, places: int) -> str:
    rounded = numbers.half_up(value, places)
    return ("+" if rounded > 0 else "") + numbers.format_number(rounded, places)


@register.simple_tag
def tally(board: Board) -> str:
    """13/14."""
    return f"{board.tally.good}/{board.tally.total}"


@register.simple_tag
def tally_note(board: Board) -> str:
    """92,9% met or exceeded, and how many have no figure."""
    percent = board.tally.percent
    words = "" if percent is None else numbers.format_percent(percent)
    return f"{words}, {_('%(count)s without a figure') % {'count': board.tally.no_data}}" if board.tally.no_data else words


@register.simple_tag
def margin(row: Row) -> str:
    """How far from the target; + is on the good side."""
    return "–" if row.outcome.margin is None else _signed(row.outcome.margin, row.figure.definition.decimals)


@register.simple_tag
def result_word(row: Row) -> str:
    """The result in words."""
    return str(RESULTS[row.result][0])


@register.simple_tag
def result_tag(row: Row) -> SafeString:
    """The result as a tag."""
    word, tone = RESULTS[row.result]
    return format_html('<strong class="kheo-tag kheo-tag--{}">{}</strong>', tone, word)


@register.simple_tag
def target_text(row: Row) -> str:
    """≥ 85."""
    upper = "" if row.wanted.upper is None else f" – {numbers.format_number(row.wanted.upper)}"
    return f"{row.wanted.get_comparator_display()} {numbers.format_number(row.wanted.value)}{upper}"


STEPS = {
    "submit": gettext_lazy("Sent"), "approve": gettext_lazy("Approved"), "return": gettext_lazy("Returned"),
    "extend": gettext_lazy("Extended"), "reopen": gettext_lazy("Opened again"),
}


@register.simple_tag
def step_word(step: SubmissionStep) -> str:
    """What was done in a step."""
    return str(STEPS.get(step.verb, step.verb))
