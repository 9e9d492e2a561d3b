"""Forms of the desk: an upload, a source's labels, a procedure, a figure for the score."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kheo.core import forms as kheo_forms
from kheo.core.errors import InvalidInput
from kheo.core.forms.fields import StrictDateField, StrictNumberField
from kheo.core.forms.widgets import UploadInput
from kheo.core.rules import periods as core_periods
from kheo.core.rules.text import fold
from kheo.procedures.models import DossierFact, ProcedureVersion, ReportingPeriod, Source
from kheo.procedures.queries.gaps import Gaps
from kheo.procedures.rules.labels import FIELD_NAMES, HEADINGS

MOST_BYTES = 40 << 20
UPLOAD = ".xlsx,.xls,.ods,.csv"


class PeriodForm(kheo_forms.Form):
    """A unit and a period of it."""

    unit = forms.ChoiceField(label=_("Unit"))
    period = forms.CharField(label=_("Period"), max_length=20, help_text=_("For example 11/2023, 2023-Q4 or 2023"))
    scheme = forms.ChoiceField(label=_("Closing of periods"), choices=ReportingPeriod.Scheme.choices, initial=ReportingPeriod.Scheme.CALENDAR)

    def __init__(self, *args: Any, units: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]

    def clean_period(self) -> str:
        """The period's code."""
        try:
            return core_periods.parse_period(self.cleaned_data["period"]).code
        except InvalidInput as error:
            raise forms.ValidationError(_("Write for example 11/2023, 2023-Q4 or 2023.")) from error


class UploadForm(PeriodForm):
    """An export, whose it is and of which period."""

    source = forms.ModelChoiceField(label=_("System the export comes from"), queryset=Source.objects.all(), required=False)
    file = forms.FileField(
        label=_("Export"), widget=UploadInput(accept=UPLOAD, max_bytes=MOST_BYTES),
        help_text=_("Excel (.xlsx, .xls), LibreOffice (.ods) or .csv, at most 40 MB. Names, addresses, telephones and identity numbers in it are not read; the file is deleted after the check."),
    )


class SourceForm(kheo_forms.Form):
    """The headings and labels of one system, one “label = meaning” in each line."""

    name = forms.CharField(label=_("Name of the system"), max_length=120)
    statuses = forms.CharField(label=_("Status labels"), required=False, widget=forms.Textarea(attrs={"rows": 6}), help_text=_("One in each line, for example HS_KT_02 = Đã xử lý xong"))
    channels = forms.CharField(label=_("Labels of channels"), required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("One in each line, for example Cổng tỉnh = Trực tuyến"))
    columns = forms.CharField(label=_("Headings of columns"), required=False, widget=forms.Textarea(attrs={"rows": 4}), help_text=_("One in each line, for example Thời điểm vào sổ = Ngày tiếp nhận"))

    def clean_statuses(self) -> dict[str, str]:
        """Label → standard status."""
        return _mapped(self.cleaned_data["statuses"], {fold(str(label)): value for value, label in DossierFact.StatusChoices.choices})

    def clean_channels(self) -> dict[str, str]:
        """Label → channel."""
        return _mapped(self.cleaned_data["channels"], {fold(str(label)): value for value, label in DossierFact.Channel.choices})

    def clean_columns(self) -> dict[str, list[str]]:
        """Column → headings."""
        known = {fold(name): key for key, names in HEADINGS.items() if key != "personal" for name in names}
        found: dict[str, list[str]] = {}
        for heading, key in _mapped(self.cleaned_data["columns"], known).items():
            found.setdefault(key, []).append(heading)
        return found


class LearnForm(kheo_forms.Form):
    """What the headings and labels mean that were not understood in one export."""

    system = forms.CharField(label=_("Name of the system"), max_length=120, help_text=_("The name of a known system adds to it."))

    def __init__(self, *args: Any, gaps: Gaps, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unneeded = ("", _("not needed"))
        columns = [unneeded, *((key, name) for key, name in FIELD_NAMES.items() if key != "personal")]
        self.parts = {
            "columns": self._ask(gaps.headings, _("Column “%(text)s” holds"), columns),
            "statuses": self._ask(gaps.statuses, _("State “%(text)s” means"), [unneeded, *DossierFact.StatusChoices.choices]),
            "channels": self._ask(gaps.channels, _("Channel “%(text)s” means"), [unneeded, *DossierFact.Channel.choices]),
        }

    def _ask(self, texts: Sequence[str], words: Any, choices: list[Any]) -> dict[str, str]:
        asked = {}
        for text in texts:
            name = f"asked_{len(self.fields)}"
            self.fields[name] = forms.ChoiceField(label=words % {"text": text}, choices=choices, required=False)
            asked[name] = text
        return asked

    def clean(self) -> dict[str, Any]:
        """Two headings cannot be the same column, and something must be said."""
        data = super().clean() or self.cleaned_data
        chosen = [data[name] for name in self.parts["columns"] if data.get(name)]
        for name in self.parts["columns"]:
            if data.get(name) and chosen.count(data[name]) > 1:
                self.add_error(name, _("Two headings were given the same meaning."))
        if not any(self.said(part) for part in self.parts):
            self.add_error(None, _("Choose what at least one heading or label means."))
        return data

    def said(self, part: str) -> dict[str, str]:
        """Text → meaning of one part, without those left out."""
        return {text: self.cleaned_data[name] for name, text in self.parts[part].items() if self.cleaned_data.get(name)}


def _mapped(text: str, known: dict[str, str]) -> dict[str, str]:
    """Lines of “label = meaning”; an unknown meaning is an error that lists the known ones."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        label, sign, meaning = line.partition("=")
        if not line.strip():
            continue
        value = known.get(fold(meaning))
        if not sign or not label.strip() or value is None:
            raise forms.ValidationError(_("The line “%(line)s” was not understood. Write label = meaning; the meaning is one of the standard words.") % {"line": line.strip()[:80]})
        found[label.strip()] = value
    return found


class CatalogueForm(kheo_forms.Form):
    """The catalogue as a workbook."""

    file = forms.FileField(label=_("Workbook"), widget=UploadInput(accept=UPLOAD, max_bytes=20 << 20), help_text=_("With the columns Mã TTHC, Tên TTHC, Lĩnh vực, Thời hạn giải quyết, Mức độ DVC."))
    valid_from = StrictDateField(label=_("Holds from"))
    decision = forms.CharField(label=_("Decision"), max_length=200, required=False)


class ProcedureForm(kheo_forms.Form):
    """One procedure of the catalogue from a day on."""

    name = forms.CharField(label=_("Name"), max_length=500)
    field = forms.CharField(label=_("Field"), max_length=200)
    limit = StrictNumberField(label=_("Time limit"), whole=True, min_value=0, max_value=999, required=False)
    limit_unit = forms.ChoiceField(label=_("Counted in"), choices=ProcedureVersion.LimitUnit.choices)
    online = forms.ChoiceField(label=_("Online service"), choices=ProcedureVersion.Online.choices)
    level = forms.ChoiceField(label=_("Level"), choices=ProcedureVersion.Level.choices, initial=ProcedureVersion.Level.COMMUNE)
    decision = forms.CharField(label=_("Decision"), max_length=200)
    valid_from = StrictDateField(label=_("Holds from"))
    sensitive = forms.BooleanField(label=_("Tells something private (small numbers are published with others)"), required=False)


class ScoreForm(PeriodForm):
    """Which score to compute, and optionally a figure counted by hand."""

    item = forms.ChoiceField(label=_("Item with a figure counted by hand"), required=False)
    numerator = StrictNumberField(label=_("Part"), min_value=0, required=False)
    denominator = StrictNumberField(label=_("Whole"), min_value=0, required=False)
    basis = forms.CharField(label=_("Where the figure comes from"), max_length=200, required=False)

    def __init__(self, *args: Any, units: list[tuple[int, str]], items: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, units=units, **kwargs)
        self.fields["item"].choices = [("", _("none: only compute")), *items]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A figure needs all of its parts."""
        data = super().clean() or self.cleaned_data
        if data.get("item") and (data.get("numerator") is None or data.get("denominator") is None or not data.get("basis")):
            self.add_error("numerator", _("Give part, whole and source of the figure."))
        return data
