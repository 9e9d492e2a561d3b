"""Forms of indicators at the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.accounts import queries as accounts
from kheo.accounts.models import Role
from kheo.core import forms as kheo_forms
from kheo.core.errors import InvalidInput
from kheo.core.forms.fields import StrictDateField, StrictNumberField, typed
from kheo.core.forms.widgets import UploadInput
from kheo.core.messages import describe
from kheo.documents.models import Document
from kheo.indicators import policy, sources
from kheo.indicators.actions.collect import RoundData
from kheo.indicators.actions.define import Definition
from kheo.indicators.actions.enter import Entry, Extras
from kheo.indicators.models import Indicator, IndicatorVersion, Observation, Period
from kheo.indicators.models.indicator import Aggregation, Direction, SourceKind
from kheo.indicators.models.plans import Comparator
from kheo.indicators.queries import definitions
from kheo.organizations import queries as organizations
from kheo.organizations.models import Organization

MOST_BYTES = 12 << 20


class UploadForm(kheo_forms.Form):
    """A filled template or another table of figures."""

    file = forms.FileField(
        label=_("Filled template or table"), widget=UploadInput(accept=".xlsx,.xls,.ods,.csv", max_bytes=MOST_BYTES),
        help_text=_("Excel (.xlsx, .xls), LibreOffice (.ods) or .csv, at most 12 MB. With one wrong cell nothing is saved, and every wrong cell is named."),
    )


class PeriodField(forms.CharField):
    """A period typed as 2023, 2023-H1, quý IV/2023 or 11/2023."""

    def to_python(self, value: Any) -> Any:
        """The row of the period."""
        text = super().to_python(value)
        if not text:
            return None
        try:
            return definitions.period(text)
        except InvalidInput as error:
            raise ValidationError(describe(error), code="invalid") from error

    def prepare_value(self, value: Any) -> Any:
        """The code of a period."""
        return value.code if isinstance(value, Period) else value


class DefinitionForm(kheo_forms.Form):
    """How an indicator is measured from a day on."""

    code = forms.CharField(label=_("Code"), max_length=60, help_text=_("Small letters, digits and _ only, a letter first: gia_dinh_van_hoa"))
    name = forms.CharField(label=_("Name"), max_length=250)
    group = forms.CharField(label=_("Group"), max_length=120, required=False, help_text=_("For example Văn hóa - xã hội"))
    order = forms.IntegerField(label=_("Order"), min_value=0, max_value=30000, initial=100)
    unit_text = forms.CharField(label=_("Unit of measure"), max_length=40, help_text=_("%, khu phố, tỷ đồng …"))
    direction = forms.ChoiceField(label=_("Direction"), choices=Direction.choices, initial="higher")
    decimals = forms.IntegerField(label=_("Decimals"), min_value=0, max_value=6, initial=0)
    aggregation = forms.ChoiceField(label=_("Over several units"), choices=Aggregation.choices, initial="sum")
    numerator_text = forms.CharField(label=_("What the numerator counts"), max_length=300, required=False)
    denominator_text = forms.CharField(label=_("What the denominator counts"), max_length=300, required=False)
    is_share = forms.BooleanField(label=_("The numerator is a part of the denominator"), required=False)
    factor = StrictNumberField(label=_("Factor"), initial=100, help_text=_("100 for %, 1000 for per thousand"))
    source = forms.ChoiceField(label=_("Source"), choices=SourceKind.choices, initial="typed")
    source_code = forms.ChoiceField(label=_("What Khéo counts"), required=False)
    formula = forms.CharField(label=_("Formula"), max_length=400, required=False, help_text=_("For example: a / b * 100, growth(gia_tri_san_xuat, 3), a - prev(a)"))
    basis = forms.ModelChoiceField(label=_("Basis"), queryset=Document.objects.all(), required=False)
    valid_from = StrictDateField(label=_("Holds from"))
    note = forms.CharField(label=_("How it is measured"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, known: Indicator | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "–"), *((s.code, s.label) for s in sources.every())]
        self.fields["source_code"].choices = choices  # type: ignore[attr-defined]
        self.known = known
        if known is not None:
            self.fields["code"].disabled = True
            self.fields["code"].initial = known.code

    @staticmethod
    def initial_of(indicator: Indicator) -> dict[str, Any]:
        """The last definition, from today on."""
        version = definitions.definition(indicator, timezone.localdate())
        names = ("name", "unit_text", "direction", "decimals", "aggregation", "numerator_text", "denominator_text", "is_share", "factor", "source", "source_code", "formula", "basis", "note")
        return {n: getattr(version, n) for n in names} | {"code": indicator.code, "group": indicator.group, "order": indicator.order}

    def definition(self) -> Definition:
        """What was filled in."""
        data = {k: v for k, v in self.cleaned_data.items() if k not in ("code", "group", "order")}
        return Definition(**data)


def areas_for(user: Any, verb: str) -> Any:
    """Areas that a role for the verb reaches."""
    found = organizations.with_versions()
    if policy.is_system(user):
        return found
    reach = accounts.rights(user).units(policy.ROLES[verb])
    return found.filter(pk__in={v.organization_id for v in organizations.area_versions(reach)}).order_by("slug")


class PlanForm(kheo_forms.Form):
    """A plan of targets."""

    name = forms.CharField(label=_("Name of the plan"), max_length=250)
    organ = forms.CharField(label=_("Who assigns"), max_length=200, help_text=_("For example Ủy ban nhân dân tỉnh"))
    unit = forms.ModelChoiceField(label=_("Area"), queryset=Organization.objects.none())
    period = PeriodField(label=_("Period"), help_text=_("For example 2023, 2023-H1, 11/2023"))

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = areas_for(user, "plan")  # type: ignore[attr-defined]


class TargetForm(kheo_forms.Form):
    """A target, or its revision."""

    indicator = forms.ModelChoiceField(label=_("Indicator"), queryset=Indicator.objects.prefetch_related("versions"))
    comparator = forms.ChoiceField(label=_("Comparison"), choices=Comparator.choices)
    value = StrictNumberField(label=_("Target"))
    upper = StrictNumberField(label=_("Upper end of a range"), required=False)
    valid_from = StrictDateField(label=_("Revised from"), required=False, help_text=_("Only for a revision of a target that is set already."))
    document = forms.ModelChoiceField(label=_("Document of the revision"), queryset=Document.objects.all(), required=False)
    reason = forms.CharField(label=_("Reason of the revision"), max_length=500, required=False)


class CustomPeriodForm(kheo_forms.Form):
    """A period with days of its own."""

    code = forms.CharField(label=_("Code"), max_length=20, help_text=_("For example NK-2020-2025. It is part of addresses and of kheo import indicators --period."))
    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("For example Nhiệm kỳ 2020–2025"))
    first = StrictDateField(label=_("First day"))
    last = StrictDateField(label=_("Last day"))


class RoundForm(kheo_forms.Form):
    """A collection round with its four dates."""

    name = forms.CharField(label=_("Name of the round"), max_length=200)
    unit = forms.ModelChoiceField(label=_("Area"), queryset=Organization.objects.none(), help_text=_("The areas below it report, or the area itself when there are none."))
    period = PeriodField(label=_("Reporting period"), help_text=_("For example 2023, 2023-H1, 11/2023"))
    opens_on = StrictDateField(label=_("Window opens on"))
    on_time_by = StrictDateField(label=_("On time until"))
    locks_on = StrictDateField(label=_("Locked from"))
    indicators = forms.ModelMultipleChoiceField(label=_("Indicators"), queryset=Indicator.objects.none(), widget=forms.CheckboxSelectMultiple)
    first_level = forms.ChoiceField(label=_("First approval by"), choices=[(r, label) for r, label in Role.choices if r in (Role.RECEIVER, Role.LEADER)], initial=Role.RECEIVER)
    second_level = forms.ChoiceField(label=_("Second approval by"), choices=[("", "–"), *((r, label) for r, label in Role.choices if r in (Role.RECEIVER, Role.LEADER))], required=False, initial=Role.LEADER)

    third_level = forms.ChoiceField(label=_("Third approval by"), choices=[("", "–"), *((r, label) for r, label in Role.choices if r in (Role.RECEIVER, Role.LEADER))], required=False)
    reminder_days = forms.CharField(label=_("Reminders, days before the on-time date"), max_length=60, required=False, initial="7, 1, -1", help_text=_("For example 7, 1, -1: a week before, the day before, and the day after."))

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = areas_for(user, "collect")  # type: ignore[attr-defined]
        typed = Indicator.objects.filter(versions__source="typed", versions__valid_to__isnull=True).prefetch_related("versions")
        self.fields["indicators"].queryset = typed  # type: ignore[attr-defined]

    def clean_reminder_days(self) -> list[int]:
        """Days before the on-time date; a minus means after it."""
        words = self.cleaned_data["reminder_days"].replace(";", ",").split(",")
        try:
            days = sorted({int(w) for w in words if w.strip()}, reverse=True)
        except ValueError as error:
            raise ValidationError(_("Write days with commas between, for example 7, 1, -1."), code="invalid") from error
        if len(days) > 10 or any(abs(d) > 365 for d in days):
            raise ValidationError(_("At most ten reminders, each within a year."), code="invalid")
        return days

    def round_data(self) -> RoundData:
        """The round with its dates and levels."""
        d = self.cleaned_data
        levels = [(str(Role(d[n]).label), d[n]) for n in ("first_level", "second_level", "third_level") if d[n]]
        return RoundData(d["name"], d["unit"], d["period"], d["opens_on"], d["on_time_by"], d["locks_on"], levels, d["reminder_days"])

    def units(self) -> list[Organization]:
        """The areas below, at the end of the period; else the area itself."""
        below = organizations.children(self.cleaned_data["unit"], self.cleaned_data["period"].last).filter(kind__is_area=True)
        return [v.organization for v in below] or [self.cleaned_data["unit"]]


class StepForm(kheo_forms.Form):
    """One step of a unit's figures."""

    verb = forms.ChoiceField(choices=[(v, v) for v in ("submit", "approve", "return", "extend", "reopen")], widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("For returning, extending and opening again: the other side will read it."))
    until = StrictDateField(label=_("New last day"), required=False, help_text=_("For extending and opening again."))


class CellForm(kheo_forms.Form):
    """One figure with its status, evidence and, when there is none, the reason why."""

    value = forms.CharField(label=_("Value"), max_length=60, required=False)
    numerator = forms.CharField(label=_("Numerator"), max_length=60, required=False)
    denominator = forms.CharField(label=_("Denominator"), max_length=60, required=False)
    status = forms.ChoiceField(label=_("Status"), choices=Observation.Status.choices, initial="estimate")
    evidence = forms.CharField(label=_("Evidence"), max_length=500, required=False, help_text=_("Number and date of the report, decision or list."))
    missing_reason = forms.CharField(label=_("Why there is no figure"), max_length=500, required=False)
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False, help_text=_("For a figure that looks odd, and for a correction."))

    def __init__(self, *args: Any, version: IndicatorVersion, now: Observation | None, **kwargs: Any) -> None:
        parts = ("numerator", "denominator") if version.has_parts else ("value",)
        shown = {part: "" if (n := getattr(now, part, None)) is None else typed(n) for part in parts}
        initial = shown | ({"status": now.status, "evidence": now.evidence, "missing_reason": now.missing_reason} if now else {})
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        self.parts, self.shown = parts, shown
        for part in parts:  # what the person saw: another's figure of meanwhile is not overwritten unseen
            self.fields[f"was_{part}"] = forms.CharField(required=False, widget=forms.HiddenInput, initial=shown[part])
        for part in {"value", "numerator", "denominator"} - set(parts):
            del self.fields[part]
        if version.has_parts:
            self.fields["numerator"].help_text = version.numerator_text
            self.fields["denominator"].help_text = version.denominator_text

    def entries(self, indicator: int, unit: int) -> list[Entry]:
        """The numbers, beside what stood there when the page was opened."""
        data = self.cleaned_data
        return [Entry(indicator, unit, part, data[part], data[f"was_{part}"], data["reason"]) for part in self.parts]

    def extras(self) -> Extras:
        """Status, evidence and the reason for a missing figure."""
        data = self.cleaned_data
        return Extras(status=data["status"], evidence=data["evidence"], missing_reason=data["missing_reason"])
