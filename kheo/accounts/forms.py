"""Forms of accounts and of one's own profile."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.accounts.models import Role, SignInRules
from kheo.core import forms as kheo_forms
from kheo.core.forms.fields import StrictDateField
from kheo.organizations.models import Organization

Units = list[tuple[int, str]]


class PositionForm(kheo_forms.Form):
    """One position: role, unit and days. `units` are those the administrator reaches."""

    role = forms.ChoiceField(label=_("Role"), choices=[("", _("– choose –")), *Role.choices])
    organization = forms.TypedChoiceField(label=_("For unit"), coerce=int, help_text=_("Rights reach this unit and everything below it."))
    title = forms.CharField(label=_("Title in the decision"), max_length=150, required=False, help_text=_("As in the decision, for example Phó trưởng Ban Xây dựng Đảng"))
    works_at = forms.TypedChoiceField(label=_("Works at"), coerce=int, empty_value=None, required=False, help_text=_("Own unit of the person; an evaluator may not score it."))
    acting = forms.BooleanField(label=_("Acting for the holder"), required=False)
    valid_from = StrictDateField(label=_("From"), help_text=_("Day/month/year, for example 05/11/2023"))
    valid_to = StrictDateField(label=_("No longer from"), required=False, help_text=_("The first day without the position; empty: no end set"))

    def __init__(self, *args: Any, units: Units, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].choices = [("", _("– choose –")), *units]  # type: ignore[attr-defined]
        self.fields["works_at"].choices = [("", _("– not set –")), *units]  # type: ignore[attr-defined]
        self.fields["valid_from"].initial = timezone.localdate()

    def values(self) -> dict[str, Any]:
        """The cleaned fields, named as grant_position() takes them."""
        found: dict[str, Any] = {name: self.cleaned_data[name] for name in PositionForm.base_fields}
        found["role"] = Role(found["role"])
        found["organization"] = Organization.objects.get(pk=found["organization"])
        found["works_at"] = Organization.objects.filter(pk=found["works_at"]).first()
        return found


class OpenAccountForm(PositionForm):
    """A new person with the first position."""

    field_order = ["full_name", "username", "email", "language", "role", "organization"]

    full_name = forms.CharField(label=_("Full name"), max_length=150)
    username = forms.CharField(label=_("User name"), max_length=60, help_text=_("At least three small letters and digits without marks, for example canbo2"))
    email = forms.CharField(label=_("E-mail"), max_length=254, required=False, help_text=_("For a forgotten password and the daily letter"))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, initial="vi")
    way = forms.ChoiceField(
        label=_("First way in"), widget=forms.RadioSelect, initial="link",
        choices=[("link", _("A link to set the password, valid three days")), ("printed", _("A first password on paper"))],
    )

    def values(self) -> dict[str, Any]:
        """The cleaned fields, named as open_account() takes them."""
        data = self.cleaned_data
        more = {name: data[name] for name in ("full_name", "username", "email", "language")}
        return {**super().values(), **more, "printed": data["way"] == "printed"}


class EndPositionForm(kheo_forms.Form):
    """From which day a position no longer holds."""

    on = StrictDateField(label=_("No longer from"), help_text=_("Today ends it at once; a later day at 0:00 of that day"))
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False, help_text=_("For example the number of the decision; kept in the audit log"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate()


class ReasonForm(kheo_forms.Form):
    """Why an account is closed."""

    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("Kept in the audit log"))


class WayForm(kheo_forms.Form):
    """How the person gets in again."""

    way = forms.ChoiceField(
        label=_("New way in"), widget=forms.RadioSelect, initial="link",
        choices=[("link", _("A link to set the password, valid three days")), ("printed", _("A first password on paper"))],
    )


class FilterForm(kheo_forms.Form):
    """The filters of the list of people; they live in the address."""

    mark_optional = False
    q = forms.CharField(label=_("Search"), required=False, max_length=120, help_text=_("Name, user name or e-mail, with or without marks"))
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("All")), *Role.choices])
    unit = forms.TypedChoiceField(label=_("Unit"), required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(
        label=_("Account"), required=False,
        choices=[
            ("", _("All")), ("active", _("Open")), ("idle", _("Unused for more than 45 days")),
            ("without", _("Without a position")), ("closed", _("Closed")),
        ],
    )

    def __init__(self, *args: Any, units: Units, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("All")), *units]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        """The valid filters, named as queries.listing() takes them."""
        self.is_valid()
        data = self.cleaned_data
        return {"words": data.get("q", ""), "role": data.get("role", ""), "state": data.get("state", ""), "unit": data.get("unit")}


class ProfileForm(kheo_forms.Form):
    """What a person changes itself."""

    full_name = forms.CharField(label=_("Full name"), max_length=150)
    email = forms.CharField(label=_("E-mail"), max_length=254, required=False, help_text=_("For a forgotten password and the daily letter"))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    wants_digest = forms.BooleanField(label=_("Daily e-mail of the work that waits for me"), required=False)


class RulesForm(kheo_forms.Form):
    """The rules of sign-in."""

    second_factor = forms.ChoiceField(label=_("Second step at sign-in"), widget=forms.RadioSelect, choices=SignInRules.SecondFactor.choices)
