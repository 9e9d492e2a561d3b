"""The words for the codes that the plain rules of this room raise: what is wrong, and what to do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

WORDS: dict[str, tuple[object, object]] = {
    "formula_length": (_("The formula is empty or too long (at most %(limit)s characters)."), _("Split it into two indicators.")),
    "formula_unreadable": (_("The formula “%(text)s” cannot be read near character %(at)s."), _("Write for example a / b * 100 with codes of indicators.")),
    "formula_not_allowed": (_("“%(text)s” is not allowed in a formula."), _("Use codes, numbers, + - * / **, brackets, min, max, abs, round, prev and growth.")),
    "formula_too_deep": (_("The formula has more than %(limit)s brackets within brackets."), _("Split it into two indicators.")),
    "formula_power": (_("A power must be a whole number from 0 to %(limit)s."), _("Write it as a number, for example a ** 2.")),
    "formula_arguments": (_("%(name)s has too few or too many values in its brackets."), _("See the examples beside the field.")),
    "formula_code_wanted": (_("%(name)s needs the code of an indicator first."), _("See the examples beside the field.")),
    "formula_whole_number": (_("The number in %(name)s must be a whole number up to %(limit)s."), _("See the examples beside the field.")),
    "formula_too_large": (_("The result of the formula is too large."), _("Check the formula and the figures it uses.")),
    "figure_negative": (_("A count cannot be negative."), _("Check the numerator and the denominator.")),
    "figure_beyond_share": (_("A share lies between 0 and %(whole)s."), _("Check the figure: is the decimal comma in its place?")),
    "figure_more_than_all": (_("The numerator is larger than the denominator."), _("Check which of the two numbers is the whole.")),
}
