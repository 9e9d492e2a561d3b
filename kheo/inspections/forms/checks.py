"""Forms of single checks: minutes, findings, follow-up, files."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.forms import formset_factory
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.core import forms as kheo_forms
from kheo.core.files import scan
from kheo.core.forms.fields import StrictDateField, StrictNumberField
from kheo.core.forms.widgets import UploadInput
from kheo.documents.forms import DocumentNumberField
from kheo.inspections.actions.hold import Minutes, NewFinding
from kheo.inspections.models import Answer, Checklist, ChecklistItem, Inspection


class MinutesForm(kheo_forms.Form):
    """What was looked at and found; the questions come from the checklist of the plan."""

    held_on = StrictDateField(label=_("Held on"))
    number = forms.CharField(label=_("Number of the minutes"), max_length=80, required=False)
    summary = forms.CharField(label=_("Results of the check"), widget=forms.Textarea(attrs={"rows": 5}), max_length=6000)
    weaknesses = forms.CharField(label=_("Weaknesses and causes"), widget=forms.Textarea(attrs={"rows": 4}), max_length=6000, required=False)
    proposals = forms.CharField(label=_("Proposals"), widget=forms.Textarea(attrs={"rows": 3}), max_length=6000, required=False)

    def __init__(self, *args: Any, checklist: Checklist, own: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(checklist.items.all())
        if own:
            del self.fields["number"]
        for item in self.items:
            self.fields[f"answer-{item.pk}"] = forms.ChoiceField(
                label=f"{item.order}. {item.text}", help_text=item.guidance, choices=Answer.Value.choices, widget=forms.RadioSelect,
                error_messages={"required": _("Choose an answer.")},
            )
            self.fields[f"note-{item.pk}"] = forms.CharField(label=_("Note to question %(n)s") % {"n": item.order}, max_length=500, required=False)

    def questions(self) -> list[tuple[ChecklistItem, BoundField, BoundField]]:
        """Each question with its two fields."""
        return [(item, self[f"answer-{item.pk}"], self[f"note-{item.pk}"]) for item in self.items]

    def minutes(self) -> Minutes:
        """As the action takes it."""
        data = self.cleaned_data
        answers = {item.pk: (data[f"answer-{item.pk}"], data[f"note-{item.pk}"]) for item in self.items}
        return Minutes(data["held_on"], data["summary"], answers, data.get("number", ""), data["weaknesses"], data["proposals"])

    @staticmethod
    def initial_of(check: Inspection) -> dict[str, Any]:
        """The kept draft, else what was written before."""
        if check.draft:
            return dict(check.draft)
        found = {f"answer-{a.item_id}": a.value for a in check.answers.all()} | {f"note-{a.item_id}": a.note for a in check.answers.all()}
        return found | {
            "held_on": check.held_on or timezone.localdate(), "number": check.minutes_number, "summary": check.summary,
            "weaknesses": check.weaknesses, "proposals": check.proposals,
        }


class FindingForm(kheo_forms.Form):
    """One finding with its time to mend."""

    text = forms.CharField(label=_("Finding"), max_length=600, required=False)
    demand = forms.CharField(label=_("What is asked"), max_length=600, required=False)
    days = StrictNumberField(label=_("Working days to mend a finding"), whole=True, min_value=1, max_value=500, required=False)


FindingFormSet = formset_factory(FindingForm, extra=0, max_num=60, can_delete=True)


def findings_of(formset: Any, days: int) -> list[NewFinding]:
    """The findings written; an empty row is none, an empty number of days is the plan's."""
    kept = [f.cleaned_data for f in formset if f.cleaned_data and not f.cleaned_data.get("DELETE") and f.cleaned_data.get("text")]
    return [NewFinding(d["text"], d["demand"], d["days"] or days) for d in kept]


class ConcludeForm(kheo_forms.Form):
    """Conclusion document and day."""

    document = DocumentNumberField(label=_("Conclusion document"), required=False)
    on = StrictDateField(label=_("Concluded on"))


class RemarkForm(kheo_forms.Form):
    """A reason in words."""

    remark = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000)


class ReportForm(kheo_forms.Form):
    """What the unit mended."""

    text = forms.CharField(label=_("What was done"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000)
    submission_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class SettleForm(kheo_forms.Form):
    """What the body says to it."""

    verb = forms.ChoiceField(
        label=_("Decision"), widget=forms.RadioSelect,
        choices=[("accept", _("Mended: close it")), ("refuse", _("Not mended: open again")), ("extend", _("Give more time"))],
    )
    text = forms.CharField(label=_("Remark"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)
    until = StrictDateField(label=_("New deadline"), required=False, help_text=_("Only to give more time"))

    def clean(self) -> dict[str, Any]:
        """More time needs its day."""
        data = super().clean() or {}
        if data.get("verb") == "extend" and not data.get("until") and "until" not in self.errors:
            self.add_error("until", _("Enter a date, for example 05/11/2023."))
        return data


class FileForm(kheo_forms.Form):
    """One file."""

    file = forms.FileField(
        label=_("Photo or file"), help_text=_("At most 20 MB. Files are seen by officers and the unit only."), widget=UploadInput(max_bytes=scan.MAX_SIZE)
    )
