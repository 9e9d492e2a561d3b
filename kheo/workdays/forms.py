"""Forms of the working calendar."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kheo.core import forms as kheo_forms
from kheo.core.errors import DomainError
from kheo.core.forms.fields import StrictDateField, StrictNumberField
from kheo.core.messages import describe
from kheo.core.rules import dates
from kheo.documents.forms import DocumentNumberField
from kheo.workdays import queries
from kheo.workdays.models import CalendarDay
from kheo.workdays.rules import MOST_DAYS

WAYS = [
    ("after", _("Working days after a day")),
    ("before", _("Working days before a day")),
    ("between", _("Working days between two days")),
    ("hours", _("Working hours after a moment")),
]
WEEK = [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")]


class CalculatorForm(kheo_forms.Form):
    """The small calculator; it lives in the address, so a result can be sent to somebody."""

    mark_optional = False
    way = forms.ChoiceField(label=_("Count"), choices=WAYS, required=False)
    start = forms.CharField(label=_("From"), max_length=60, help_text=_("For example 24/04/2026; for hours 24/04/2026 14:30"))
    count = StrictNumberField(label=_("How many"), whole=True, min_value=0, max_value=MOST_DAYS, required=False)
    end = StrictDateField(label=_("Until the day"), required=False, help_text=_("Only to count between two days"))
    unit = forms.ChoiceField(label=_("For"), required=False)

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Whole country")), *units]

    def clean(self) -> dict[str, Any]:
        """The start is read as a day or a moment; the field the chosen way needs must be there."""
        data = super().clean() or {}
        data["way"] = data.get("way") or "after"
        if data.get("start"):
            self._read_start(data)
        needed = "end" if data["way"] == "between" else "count"
        if data.get(needed) is None and needed not in self.errors:
            self.add_error(needed, _("Enter a date, for example 05/11/2023.") if needed == "end" else _("Enter a number."))
        return data

    def _read_start(self, data: dict[str, Any]) -> None:
        try:
            moment = dates.parse_datetime(data["start"])
        except DomainError as error:
            self.add_error("start", describe(error))
            return
        for name, day in (("start", moment.date()), ("end", data.get("end"))):
            if isinstance(day, date) and not queries.FIRST_YEAR <= day.year <= queries.LAST_YEAR - 25:
                self.add_error(name, _("The calendar reaches from %(first)s to %(last)s.") % {"first": queries.FIRST_YEAR, "last": queries.LAST_YEAR - 25})
        data["moment"] = moment


class _ScopeForm(kheo_forms.Form):
    """What is proposed holds for the whole country or for a unit of mine."""

    unit = forms.ChoiceField(label=_("Holds for"), required=False)

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Whole country")), *units]


class DayForm(_ScopeForm):
    """One day that an officer proposes."""

    on = StrictDateField(label=_("Day"))
    kind = forms.ChoiceField(label=_("Kind"), choices=CalendarDay.Kind.choices)
    name = forms.CharField(label=_("Name"), max_length=150, help_text=_("For example Giỗ Tổ Hùng Vương"))
    counterpart = StrictDateField(label=_("Swapped with"), required=False, help_text=_("Only for swapped days: the other day"))
    document = DocumentNumberField(required=False)
    note = forms.CharField(label=_("Note"), max_length=400, required=False)


class YearForm(kheo_forms.Form):
    """A year."""

    year = StrictNumberField(label=_("Year"), whole=True, min_value=queries.FIRST_YEAR, max_value=queries.LAST_YEAR)


class PatternForm(_ScopeForm):
    """A working week of a unit, such as Saturday mornings."""

    valid_from = StrictDateField(label=_("From"))
    valid_to = StrictDateField(label=_("Ends before"), required=False, help_text=_("Empty: until another week is decided"))
    mornings = forms.MultipleChoiceField(label=_("Mornings worked"), choices=[(str(n), name) for n, name in enumerate(WEEK)], widget=forms.CheckboxSelectMultiple, initial=list("01234"))
    afternoons = forms.MultipleChoiceField(label=_("Afternoons worked"), choices=[(str(n), name) for n, name in enumerate(WEEK)], widget=forms.CheckboxSelectMultiple, initial=list("01234"))
    morning_from = forms.TimeField(label=_("Morning from"), initial="07:30", input_formats=["%H:%M"])
    morning_to = forms.TimeField(label=_("Morning until"), initial="11:30", input_formats=["%H:%M"])
    afternoon_from = forms.TimeField(label=_("Afternoon from"), initial="13:30", input_formats=["%H:%M"])
    afternoon_to = forms.TimeField(label=_("Afternoon until"), initial="17:30", input_formats=["%H:%M"])
    half_days_count = forms.BooleanField(label=_("A half day counts as a working day in limits of days"), required=False)
    document = DocumentNumberField(required=False)
    note = forms.CharField(label=_("Note"), max_length=400, required=False)

    def values(self) -> dict[str, Any]:
        """The fields of WeeklyPattern."""
        data = dict(self.cleaned_data)
        for name in ("mornings", "afternoons"):
            data[name] = "".join("1" if str(n) in data[name] else "0" for n in range(7))
        return {name: data[name] for name in (
            "valid_from", "valid_to", "mornings", "afternoons", "morning_from", "morning_to", "afternoon_from", "afternoon_to", "half_days_count",
        )}


class DecideForm(kheo_forms.Form):
    """The document for what is decided, or the reason for what is not accepted."""

    document = DocumentNumberField(required=False)
    reason = forms.CharField(label=_("Reason"), max_length=400, required=False, help_text=_("Only when proposals are not accepted"))


class WithdrawForm(kheo_forms.Form):
    """Why an entry is taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=400)
