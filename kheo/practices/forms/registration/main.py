"""The single-value boxes of the registration form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kheo.core import forms as kheo_forms
from kheo.core.forms.fields import StrictDateField
from kheo.movements import queries as movements
from kheo.movements.models import Cycle, Field, Subject
from kheo.practices import queries
from kheo.practices.forms.registration.fields import PhoneField, TidyField
from kheo.practices.models import Practice
from kheo.practices.queries.registration import Units
from kheo.practices.rules.registration import MOST_TEXT, MOST_TITLE


class _OneOf(kheo_forms.KheoBoundField):
    """A box of a group of which one has to be filled in: none of them is called optional."""

    marks_optional = False


class RegistrationForm(kheo_forms.Form):
    """Boxes 0 to 9 without the rows. `anonymous` people must leave a contact."""

    stage = forms.ChoiceField(label=_("Part of the list"), choices=Practice.Stage.choices, widget=forms.RadioSelect, initial=Practice.Stage.NEW)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=Practice.Kind.choices, widget=forms.RadioSelect, initial=Practice.Kind.MODEL,
        help_text=_("A model is a way of working that others can copy; an exemplar is a person or collective worth following."),
    )
    subject = forms.ChoiceField(label=_("Carried out by"), choices=Subject.choices, widget=forms.RadioSelect, initial=Subject.COLLECTIVE)
    organization = forms.ChoiceField(
        label=_("Registering unit"), required=False,
        help_text=_("Choose it from the list of units. Type the first letters to get there faster."),
    )
    organization_text = TidyField(
        label=_("Another unit, or the full name of the individual"), limit=200, required=False,
        help_text=_("Only when the unit is not in the list, or when an individual registers. The name of an individual is not shown to the public."),
    )
    ward = forms.ChoiceField(label=_("Ward or commune"), required=False, help_text=_("Only when no unit was chosen from the list."))
    title = TidyField(label=_("Name of the practice"), limit=MOST_TITLE, help_text=_("Short and clear, for example “Khu dân cư không có hộ nghèo”."), lines=2)
    field = forms.ChoiceField(label=_("Main field"), widget=forms.RadioSelect, help_text=_("Exactly one; the totals of the movement count by it."))
    second_field = forms.ChoiceField(label=_("Second field"), required=False)
    situation = TidyField(label=_("Present situation and reason for choosing it"), limit=MOST_TEXT, lines=6)
    objectives = TidyField(label=_("Objectives in words"), limit=MOST_TEXT, lines=4, required=False)
    content = TidyField(label=_("What is done and how"), limit=MOST_TEXT, lines=8)
    area_text = TidyField(label=_("Where, and for whom"), limit=500, lines=3, help_text=_("For example: the residential group 3, 120 households."))
    areas = forms.MultipleChoiceField(
        label=_("Also carried out in"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Only when it covers several wards or communes."),
    )
    starts_on = StrictDateField(label=_("Starts on"), help_text=_("Day/month/year, for example 15/01/2026"))
    ends_on = StrictDateField(label=_("Ends on"))
    review_on = StrictDateField(label=_("To be evaluated on"), required=False)
    schedule = TidyField(label=_("Schedule"), limit=MOST_TEXT, lines=4, required=False, help_text=_("Which step is done by when."))
    sustainability = TidyField(label=_("How it can be kept up and spread"), limit=MOST_TEXT, lines=5)
    adaptation = TidyField(label=_("What is adapted to the new place"), limit=MOST_TEXT, lines=4, required=False)
    contact_name = TidyField(label=_("Contact person"), limit=150, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    contact_phone = PhoneField(label=_("Telephone"), required=False)
    contact_email = forms.EmailField(label=_("E-mail"), required=False, max_length=200, widget=forms.EmailInput(attrs={"autocomplete": "email"}), help_text=_("Remarks of the officers are sent there."))
    parent = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, min_value=0, max_value=10**6, widget=forms.HiddenInput)
    website = forms.CharField(
        label=_("Leave this box empty"), required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, cycle: Cycle, units: Units, anonymous: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = units
        self.anonymous = anonymous
        self.parent_practice: Practice | None = None
        self._offer_fields(movements.fields(cycle.movement, min(cycle.ends_on, timezone.localdate())))
        self._choices("organization", [("", _("– not in the list –")), *((ward, list(found)) for ward, found in units.groups)])
        self._choices("ward", [("", "–"), *units.wards])
        self._choices("areas", units.wards)
        for name in ("organization", "organization_text", "ward"):
            self.fields[name].bound_field_class = _OneOf
        if anonymous:
            self.fields["contact_name"].required = self.fields["contact_phone"].required = True

    def _offer_fields(self, fields: list[Field]) -> None:
        english = get_language() == "en"
        named = [(f.pk, f.name_en if english and f.name_en else f.name) for f in fields]
        self._choices("field", named)
        self._choices("second_field", [("", _("– none –")), *named])

    def _choices(self, name: str, choices: Any) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_website(self) -> str:
        """People never see this box; programs that fill everything in do."""
        if self.cleaned_data["website"] and self.anonymous:
            raise ValidationError(_("The hidden control box was filled in. Empty it and send again."))
        return ""

    def clean_contact_email(self) -> str:
        """One line, without the invisible signs that come with copying."""
        return str(self.cleaned_data["contact_email"]).strip()

    def clean_parent(self) -> str:
        """The original that is taken over: a public practice, or nothing any more."""
        slug = self.cleaned_data["parent"]
        self.parent_practice = queries.public().filter(slug=slug).first() if slug else None
        return str(slug) if self.parent_practice else ""

    def clean(self) -> dict[str, Any]:
        """What several boxes decide together."""
        given = super().clean() or self.cleaned_data
        self._check_unit(given)
        self._check_dates(given)
        if given.get("second_field") and given.get("second_field") == given.get("field"):
            self.add_error("second_field", _("The second field is the same as the main field. Choose another or none."))
        if given.get("parent") and not given.get("adaptation") and "adaptation" not in self.errors:
            self.add_error("adaptation", _("Write what is adapted to the new place, or that it is taken over as it is."))
        return given

    def _check_unit(self, given: dict[str, Any]) -> None:
        if {"organization", "organization_text", "ward", "subject"} & set(self.errors):
            return
        listed, free, person = given["organization"], given["organization_text"], given["subject"] == Subject.INDIVIDUAL
        if not listed and not free:
            self.add_error("organization", _("Choose the unit, or write the name of another unit and choose its ward."))
        elif person and not free:
            self.add_error("organization_text", _("An individual registers: write the full name."))
        elif listed and free and not person:
            self.add_error(
                "organization_text",
                _("Both a unit of the list and “%(text)s” are given. Keep one of them.") % {"text": free},
            )
        elif not listed and not given["ward"]:
            self.add_error("ward", _("Choose the ward or commune whose officers receive the registration."))

    def _check_dates(self, given: dict[str, Any]) -> None:
        start, end, review = given.get("starts_on"), given.get("ends_on"), given.get("review_on")
        words = {"start": f"{start:%d/%m/%Y}" if start else "", "end": f"{end:%d/%m/%Y}" if end else "", "review": f"{review:%d/%m/%Y}" if review else ""}
        if start and end and end < start:
            self.add_error("ends_on", _("It ends on %(end)s, before it starts on %(start)s.") % words)
        elif start and review and review < start:
            self.add_error("review_on", _("It is to be evaluated on %(review)s, before it starts on %(start)s.") % words)
