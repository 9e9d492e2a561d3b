"""Forms of the desk beside the registration: filters, progress, evidence, scores, decisions."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kheo.core import forms as kheo_forms
from kheo.core.forms.fields import StrictDateField, StrictNumberField
from kheo.core.forms.widgets import UploadInput
from kheo.movements.models import CriteriaSet, Subject
from kheo.practices.actions.report_progress import ProgressData
from kheo.practices.models import ContributionKind, Practice, ScoreSheet
from kheo.practices.models.practice import StateChoices
from kheo.practices.queries.desk_list import Options
from kheo.practices.queries.totals import reached

ALL = ("", _("All"))
OBLIGATORY = _("From 0 to %(most)s, in steps of %(step)s")
MAY_STAY_EMPTY = _("From 0 to %(most)s, in steps of %(step)s; may stay empty")


class FilterForm(kheo_forms.Form):
    """The filters of the list; they live in the address. Unknown values are ignored."""

    mark_optional = False
    q = forms.CharField(label=_("Search"), required=False, max_length=200, help_text=_("Name, unit or receipt number, with or without marks"))
    cycle = forms.ChoiceField(label=_("Cycle"), required=False)
    field = forms.ChoiceField(label=_("Field"), required=False)
    ward = forms.ChoiceField(label=_("Ward or commune"), required=False)
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    mine = forms.ChoiceField(label=_("Waits for me"), required=False)
    state = forms.MultipleChoiceField(label=_("State"), required=False, choices=StateChoices.choices, widget=forms.CheckboxSelectMultiple)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[ALL, *Practice.Kind.choices])
    subject = forms.ChoiceField(label=_("Carried out by"), required=False, choices=[ALL, *Subject.choices])
    stage = forms.ChoiceField(label=_("New or running"), required=False, choices=[ALL, *Practice.Stage.choices])
    on_time = forms.ChoiceField(label=_("Sent in"), required=False, choices=[ALL, ("yes", _("On time")), ("no", _("Late"))])
    sort = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, *args: Any, options: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mine"].choices = [ALL, ("on", _("Whatever waits for me")), *options.steps]  # type: ignore[attr-defined]
        self.fields["cycle"].choices = [ALL, *((str(c.pk), c.name) for c in options.cycles)]  # type: ignore[attr-defined]
        self.fields["field"].choices = [ALL, *((str(f.pk), f.name) for f in options.fields)]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [ALL, *((str(u.pk), str(u)) for u in options.units)]  # type: ignore[attr-defined]
        self.fields["ward"].choices = [ALL, *((str(w.pk), str(w)) for w in options.wards)]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        """Cleaned values; what cannot be understood is simply not filtered by."""
        self.is_valid()
        return dict(self.cleaned_data)


class ProgressForm(kheo_forms.Form):
    """What was done in a period, with one box for each kind of contribution and each planned output."""

    mark_optional = False
    submission_key = forms.UUIDField(widget=forms.HiddenInput)
    period_from = StrictDateField(label=_("Period from"))
    period_to = StrictDateField(label=_("Period until"))
    text = forms.CharField(label=_("What was done"), max_length=5000, widget=forms.Textarea(attrs={"rows": 6}))
    difficulties = forms.CharField(label=_("Difficulties and proposals"), required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, practice: Practice, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})
        kwargs["initial"] = {"submission_key": uuid.uuid4(), **kwargs["initial"]}
        super().__init__(*args, **kwargs)
        self.kinds = list(ContributionKind.objects.all())
        self.planned = reached(practice)
        for kind in self.kinds:
            self.fields[f"kind-{kind.code}"] = StrictNumberField(
                label=f"{kind.name} ({kind.unit})", required=False, min_value=0, whole=kind.decimals == 0,
            )
        for output in self.planned:
            self.fields[f"output-{output.pk}"] = StrictNumberField(
                label=f"{output.result} ({output.unit})" if output.unit else output.result, required=False, min_value=0,
            )

    @property
    def contribution_boxes(self) -> list[Any]:
        """One box for each kind of contribution."""
        return [self[f"kind-{kind.code}"] for kind in self.kinds]

    @property
    def output_boxes(self) -> list[Any]:
        """One box for each planned output."""
        return [self[f"output-{output.pk}"] for output in self.planned]

    def data_of(self) -> ProgressData:
        """The report as the action takes it. An empty box is nothing reported, 0 is a report of 0."""
        given = self.cleaned_data
        return ProgressData(
            given["period_from"], given["period_to"], given["text"], given["difficulties"],
            {k.code: given[f"kind-{k.code}"] for k in self.kinds if given[f"kind-{k.code}"] is not None},
            {o.pk: given[f"output-{o.pk}"] for o in self.planned if given[f"output-{o.pk}"] is not None},
        )


class FilesField(forms.FileField):
    """Several files in one box; the value is a list. What each of them is, the action judges."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Every file by itself; none at all is the ordinary "required"."""
        given = data if isinstance(data, list) else [data]
        return [super(FilesField, self).clean(one, initial) for one in given or [None]]


class EvidenceForm(kheo_forms.Form):
    """Photos and files that show what was done."""

    files = FilesField(  # type: ignore[assignment]
        allow_empty_file=True, label=_("Photos or files"),
        help_text=_("JPG, PNG, WEBP, PDF, Word, Excel; at most 20 MB each. The place where a photo was taken is removed from it."),
        widget=UploadInput(accept=".jpg,.jpeg,.png,.webp,.pdf,.docx,.xlsx,.ods,.csv,.txt", max_bytes=20 << 20, multiple=True),
    )
    alt = forms.CharField(label=_("What the picture shows"), required=False, max_length=250, help_text=_("One sentence for people who cannot see it; needed before the public sees the photo. No names of persons."))


class PublishForm(kheo_forms.Form):
    """Show a piece of evidence to the public, or hide it."""

    alt = forms.CharField(label=_("What the picture shows"), required=False, max_length=250)
    public = forms.BooleanField(label=_("Show to the public"), required=False)


class RemoveEvidenceForm(kheo_forms.Form):
    """Why a file is taken away."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class ScoreForm(kheo_forms.Form):
    """One box for each criterion; empty is not scored, 0 is a score."""

    mark_optional = False
    remark = forms.CharField(label=_("General remark"), required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, criteria_set: CriteriaSet, sheet: ScoreSheet | None = None, **kwargs: Any) -> None:
        given = {s.criterion_id: s for s in sheet.scores.all()} if sheet else {}
        initial: dict[str, Any] = {"remark": sheet.remark} if sheet else {}
        self.criteria = list(criteria_set.criteria.all())
        for c in self.criteria:
            if c.pk in given:
                initial |= {f"points-{c.pk}": given[c.pk].points, f"remark-{c.pk}": given[c.pk].remark}
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        for c in self.criteria:
            self.fields[f"points-{c.pk}"] = StrictNumberField(
                label=f"{c.order}. {c.name}", required=False,
                help_text=(OBLIGATORY if c.required else MAY_STAY_EMPTY) % {"most": _plain(c.max_points), "step": _plain(c.step)},
            )
            self.fields[f"remark-{c.pk}"] = forms.CharField(label=_("Reason"), required=False, max_length=500)

    @property
    def lines(self) -> list[tuple[Any, Any, Any]]:
        """(criterion, points box, reason box) in order."""
        return [(c, self[f"points-{c.pk}"], self[f"remark-{c.pk}"]) for c in self.criteria]

    def points(self) -> dict[int, Any]:
        """Criterion number → points or None."""
        return {c.pk: self.cleaned_data.get(f"points-{c.pk}") for c in self.criteria}

    def remarks(self) -> dict[int, str]:
        """Criterion number → reason."""
        return {c.pk: self.cleaned_data.get(f"remark-{c.pk}") or "" for c in self.criteria}


class ReasonForm(kheo_forms.Form):
    """Why a step is taken; the version of the record the person looked at."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=3000, widget=forms.Textarea(attrs={"rows": 5}), help_text=_("The other side reads it word for word."))


class ConfirmForm(kheo_forms.Form):
    """A step with nothing to write."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ChosenForm(kheo_forms.Form):
    """The practices chosen in a list."""

    practice = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: Any, allowed: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["practice"].choices = [(str(pk), str(pk)) for pk in allowed]  # type: ignore[attr-defined]


def _plain(value: Any) -> str:
    return f"{value:f}".rstrip("0").rstrip(".").replace(".", ",") if "." in f"{value:f}" else str(value)
