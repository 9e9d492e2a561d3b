"""Forms of reports at the desk."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kheo.core import forms as kheo_forms
from kheo.core.forms.fields import StrictDateField, StrictNumberField
from kheo.core.forms.widgets import UploadInput
from kheo.reports.actions.draft import FRAME
from kheo.reports.models import Report, Section
from kheo.reports.models.formats import Kind, Layout
from kheo.reports.sources import registry

ANY = ("", _("All"))


class FilterForm(kheo_forms.Form):
    """Filters of the list; they live in the address."""

    mark_optional = False
    kind = forms.ChoiceField(label=_("Kind"), choices=[ANY, *Kind.choices], required=False)
    state = forms.ChoiceField(label=_("State"), choices=[ANY, *Report.State.choices], required=False)
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1990, max_value=2100)


class NewForm(kheo_forms.Form):
    """Which report to begin."""

    unit = forms.ChoiceField(label=_("Unit"))
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices, widget=forms.RadioSelect)
    period = forms.CharField(label=_("Period"), max_length=40, help_text=_("A year for an annual report (2023); for an interim report 2023-H1, quý III/2023 …"))
    layout = forms.ChoiceField(label=_("Format"), choices=Layout.choices, widget=forms.RadioSelect, required=False, help_text=_("State document: Decree 30/2020/NĐ-CP. Party document: Guide 36-HD/VPTW."))

    def __init__(self, *args: Any, units: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [(str(pk), name) for pk, name in units]  # type: ignore[attr-defined]


class FrameForm(kheo_forms.ModelForm):
    """What stands around the text: issuer, signature, recipients."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Report
        fields = FRAME
        widgets = {
            "subject": forms.Textarea(attrs={"rows": 2}), "issuer": forms.Textarea(attrs={"rows": 2}), "recipients": forms.Textarea(attrs={"rows": 5}),
            "layout": forms.RadioSelect,
        }


class SectionForm(kheo_forms.Form):
    """The words of one section."""

    title = forms.CharField(label=_("Title"), max_length=300)
    text = forms.CharField(
        label=_("Text"), required=False, max_length=30_000, widget=forms.Textarea(attrs={"rows": 16, "data-token-target": "", "spellcheck": "true"}),
        help_text=_("One paragraph on each line; lines that begin with “- ” become a list. Put figures in from the list beside."),
    )
    tables = forms.MultipleChoiceField(label=_("Tables under the text"), required=False, widget=forms.CheckboxSelectMultiple)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = [(code, label) for code, label in registry.table_labels().items() if code not in ("so_luong", "dang_ky", "de_nghi")]
        self.fields["tables"].choices = kept  # type: ignore[attr-defined]


class NewSectionForm(kheo_forms.Form):
    """One more section at the end."""

    title = forms.CharField(label=_("Title of the new section"), max_length=300)
    level = forms.ChoiceField(label=_("Level"), choices=[("1", _("Part (I, II, III)")), ("2", _("Section (1, 2, 3)"))])
    part = forms.ChoiceField(label=_("Belongs to"), choices=Section.Part.choices, initial=Section.Part.GENERAL)


class ReasonForm(kheo_forms.Form):
    """Words that the other side will read."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class IssueForm(kheo_forms.Form):
    """Number and date of the signed paper."""

    number = StrictNumberField(label=_("Number"), whole=True, min_value=1, help_text=_("The next free number is filled in."))
    on = StrictDateField(label=_("Date of issue"), help_text=_("For example 05/11/2023"))
    reason = forms.CharField(label=_("Why it is issued again"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    submission_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class TemplateForm(kheo_forms.Form):
    """A new version of a Word template."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    layout = forms.ChoiceField(label=_("Format"), choices=Layout.choices)
    file = forms.FileField(label=_("Word file (.docx)"), widget=UploadInput(accept=".docx", max_bytes=5 << 20))
    note = forms.CharField(label=_("What changed"), max_length=300, required=False)
