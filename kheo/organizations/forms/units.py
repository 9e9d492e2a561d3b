"""Filters of the lists, and the forms for one unit: new, changed, corrected, its duties."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kheo.core import forms as kheo_forms
from kheo.core.forms.fields import StrictDateField
from kheo.organizations import queries
from kheo.organizations.forms.fields import UnitField
from kheo.organizations.models import Branch, Organization, OrganizationKind, OrganizationVersion

DAY_HINT = _("Day/month/year, for example 01/07/2025")


class FilterForm(kheo_forms.Form):
    """Search and filters; all of them live in the address."""

    mark_optional = False
    q = forms.CharField(label=_("Search"), required=False, max_length=120, help_text=_("Name (also a former one) or code, with or without marks"))
    branch = forms.ChoiceField(label=_("Branch"), required=False, choices=[("", _("All")), *Branch.choices])
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    area = forms.ChoiceField(label=_("In the area"), required=False)
    day = StrictDateField(label=_("As of"), required=False, help_text=_("Empty: today"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind, area = self.fields["kind"], self.fields["area"]
        assert isinstance(kind, forms.ChoiceField)
        assert isinstance(area, forms.ChoiceField)
        kind.choices = [("", _("All")), *OrganizationKind.objects.values_list("code", "name")]
        area.choices = [("", _("All")), *_areas_in_use()]

    def chosen(self) -> dict[str, Any]:
        """What listing() takes; a filter that cannot be understood is left out."""
        self.is_valid()
        data = self.cleaned_data
        area = Organization.objects.filter(slug=data.get("area") or "").first() if data.get("area") else None
        return {
            "words": data.get("q", ""), "branch": data.get("branch", ""), "kind": data.get("kind", ""),
            "area": area, "day": data.get("day") or queries.today(),
        }


def _areas_in_use() -> list[tuple[str, str]]:
    """Areas, present and former, that have units below them."""
    parents = OrganizationVersion.objects.exclude(parent=None).values("parent")
    found: dict[str, str] = {}
    versions = OrganizationVersion.objects.filter(organization__in=parents, kind__is_area=True)
    for version in versions.select_related("organization", "kind").order_by("kind__order", "sort_key", "valid_from"):
        name = version.name if version.valid_to is None else f"{version.name} ({version.valid_from.year}–{version.valid_to.year})"
        found[version.organization.slug] = name
    return list(found.items())


class VersionForm(kheo_forms.Form):
    """What a unit is called and where it belongs."""

    name = forms.CharField(label=_("Full name"), max_length=200, help_text=_("For example Phường Đông Sơn"))
    kind = forms.ModelChoiceField(label=_("Kind"), queryset=OrganizationKind.objects.all(), empty_label=_("Choose the kind"))
    parent = UnitField(label=_("Belongs to"), required=False)
    code = forms.CharField(label=_("Official code"), max_length=20, required=False)
    short_name = forms.CharField(label=_("Short name"), max_length=120, required=False, help_text=_("Without the word for its kind: Đông Sơn"))
    name_en = forms.CharField(label=_("English name"), max_length=200, required=False)
    address = forms.CharField(label=_("Postal address"), max_length=300, required=False)

    def content(self) -> dict[str, Any]:
        """The fields of a version as the actions take them."""
        return {name: self.cleaned_data[name] for name in VersionForm.base_fields}

    @classmethod
    def initial_of(cls, version: OrganizationVersion) -> dict[str, Any]:
        """The form filled with a version."""
        found = {name: getattr(version, name) for name in cls.base_fields if hasattr(version, name)}
        return {**found, "kind": version.kind_id}


class CreateForm(VersionForm):
    """A new unit."""

    start = StrictDateField(label=_("From"), help_text=DAY_HINT)


class ChangeForm(VersionForm):
    """The next version of a unit."""

    on = StrictDateField(label=_("Holds from"), help_text=DAY_HINT)


class CorrectForm(VersionForm):
    """A corrected version."""

    reason = forms.CharField(label=_("Why is this a correction?"), max_length=300, help_text=_("It is kept in the log"))


class MandateForm(kheo_forms.Form):
    """A duty that the unit takes on."""

    function = forms.CharField(label=_("Duty"), max_length=120, help_text=_("For example Thường trực phong trào “Dân vận khéo”"))
    area = UnitField(label=_("For the area"))
    start = StrictDateField(label=_("From"), help_text=DAY_HINT)
    end = StrictDateField(label=_("Until (the first day it no longer holds)"), required=False)


class EndForm(kheo_forms.Form):
    """The day on which a duty ends."""

    on = StrictDateField(label=_("The first day it no longer holds"), help_text=DAY_HINT)
