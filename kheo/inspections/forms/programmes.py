"""Forms of scored programmes."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from kheo.core import forms as kheo_forms
from kheo.core.errors import InvalidInput
from kheo.core.forms.fields import StrictDateField, StrictNumberField, typed
from kheo.core.messages import describe
from kheo.core.rules import numbers
from kheo.documents.forms import DocumentNumberField
from kheo.inspections.actions.assess import Points
from kheo.inspections.actions.programme import Line, ProgrammeData, SchemeData
from kheo.inspections.models import Assessment, AssessmentScore, Evaluation, Programme, Scheme
from kheo.organizations.models import Organization, OrganizationKind, OrganizationVersion


class ProgrammeForm(kheo_forms.Form):
    """A programme and which units it is about."""

    name = forms.CharField(label=_("Name of the programme"), max_length=200)
    summary = forms.CharField(label=_("What it is"), widget=forms.Textarea(attrs={"rows": 4}), max_length=3000, required=False)
    within = forms.ChoiceField(label=_("Within the area"))
    unit_kind = forms.ModelChoiceField(label=_("Kind of units"), queryset=OrganizationKind.objects.all())
    parent_kinds = forms.ModelMultipleChoiceField(
        label=_("Only those of"), required=False, queryset=OrganizationKind.objects.filter(is_area=True), widget=forms.CheckboxSelectMultiple
    )
    starts_on = StrictDateField(label=_("From"))
    document = DocumentNumberField(label=_("Launching document"), required=False)

    def __init__(self, *args: Any, areas: list[OrganizationVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["within"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(v.organization_id), v.name) for v in areas]

    def data_of_programme(self) -> ProgrammeData:
        """As the action takes it; the area it is about also keeps it."""
        data = dict(self.cleaned_data)
        area = Organization.objects.get(pk=int(data.pop("within")))
        return ProgrammeData(owner=area, within=area, **data | {"parent_kinds": tuple(data["parent_kinds"])})


class SchemeForm(kheo_forms.Form):
    """A scoring scheme; criteria and grades one on each line."""

    valid_from = StrictDateField(label=_("From"))
    document = DocumentNumberField(label=_("Guide"), required=False)
    total = StrictNumberField(label=_("Total points"), min_value=1, decimals=2, initial=Decimal(100))
    minimum_evaluators = StrictNumberField(label=_("Least number of evaluators"), whole=True, min_value=1, max_value=20, initial=1)
    criteria = forms.CharField(
        label=_("Criteria"), widget=forms.Textarea(attrs={"rows": 8}), help_text=_("One on each line: name | most points | how to score (may be empty)")
    )
    grades = forms.CharField(label=_("Grades"), required=False, widget=forms.Textarea(attrs={"rows": 4}), help_text=_("One on each line: name | least points"))
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def clean_criteria(self) -> list[Line]:
        """Lines as criteria."""
        return [Line(name, points, guidance=rest) for name, points, rest in _lines(self.cleaned_data["criteria"])]

    def clean_grades(self) -> list[tuple[Decimal, str]]:
        """Lines as (least points, name)."""
        return [(points, name) for name, points, _rest in _lines(self.cleaned_data["grades"])]

    def data_of_scheme(self) -> SchemeData:
        """As the action takes it."""
        data = self.cleaned_data
        return SchemeData(
            data["criteria"], data["valid_from"], Decimal(data["total"]), data["grades"], data["minimum_evaluators"], data["document"], data["note"]
        )

    @staticmethod
    def initial_of(scheme: Scheme) -> dict[str, Any]:
        """The newest scheme, to write the next version from."""
        criteria = "\n".join(f"{c.name} | {typed(c.max_points)} | {' '.join(c.guidance.split())}".rstrip(" |") for c in scheme.criteria.all())
        return {
            "valid_from": scheme.valid_from, "document": scheme.basis, "total": scheme.total, "minimum_evaluators": scheme.minimum_evaluators,
            "criteria": criteria, "grades": "\n".join(f"{name} | {typed(Decimal(least))}" for least, name in scheme.grades), "note": scheme.note,
        }


def _lines(written: str) -> list[tuple[str, Decimal, str]]:
    found = []
    for number, line in enumerate((part for part in written.splitlines() if part.strip()), start=1):
        name, points, *rest = [part.strip() for part in line.split("|")] + [""]
        try:
            value = numbers.parse(points)
        except (InvalidInput, InvalidOperation) as error:
            words = describe(error) if isinstance(error, InvalidInput) else ""
            raise ValidationError(_("Line %(n)s (“%(text)s”): write name | points. %(why)s") % {"n": number, "text": line[:60], "why": words}) from error
        if not name or len(name) > 300:
            raise ValidationError(_("Line %(n)s: the name has 1 to 300 characters.") % {"n": number})
        found.append((name, value, rest[0]))
    return found


class LaunchForm(kheo_forms.Form):
    """A unit's launch."""

    unit = forms.ChoiceField(label=_("Unit"))
    launched_on = StrictDateField(label=_("Launched on"))
    document = DocumentNumberField()

    def __init__(self, *args: Any, units: list[OrganizationVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(v.organization_id), v.name) for v in units]


class OpenForm(kheo_forms.Form):
    """Whose assessment of which year to open."""

    unit = forms.ChoiceField(label=_("Unit"))
    year = forms.ChoiceField(label=_("Year"))

    def __init__(self, *args: Any, units: list[OrganizationVersion], years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit, year = self.fields["unit"], self.fields["year"]
        assert isinstance(unit, forms.ChoiceField)
        assert isinstance(year, forms.ChoiceField)
        unit.choices = [(str(v.organization_id), v.name) for v in units]
        year.choices = [(str(y), str(y)) for y in years]


class PointsForm(kheo_forms.Form):
    """Points for every criterion: the unit's with evidence, or an evaluator's with reasons."""

    def __init__(self, *args: Any, assessment: Assessment, own: bool, sheet: Evaluation | None = None, **kwargs: Any) -> None:
        self.scores = list(assessment.scores.select_related("criterion"))
        self.own = own
        kwargs["initial"] = self._initial(sheet)
        super().__init__(*args, **kwargs)
        for row in self.scores:
            c = row.criterion
            self.fields[f"points-{c.pk}"] = StrictNumberField(
                label=f"{c.order}. {c.name}", required=not own, decimals=2, help_text=_("At most %(most)s points. %(guidance)s") % {"most": typed(c.max_points), "guidance": c.guidance}
            )
            self.fields[f"words-{c.pk}"] = forms.CharField(
                label=_("Evidence for criterion %(n)s") % {"n": c.order} if own else _("Why the points of criterion %(n)s differ") % {"n": c.order},
                widget=forms.Textarea(attrs={"rows": 2}), required=False, max_length=3000 if own else 400,
            )
        if not own:
            self.fields["remark"] = forms.CharField(label=_("Remark"), widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=3000)

    def _initial(self, sheet: Evaluation | None) -> dict[str, Any]:
        if self.own:
            return {f"points-{r.criterion_id}": r.points for r in self.scores} | {f"words-{r.criterion_id}": r.evidence for r in self.scores}
        written = {s.criterion_id: s for s in sheet.scores.all()} if sheet else {}
        found: dict[str, Any] = {"remark": sheet.remark if sheet else ""}
        for row in self.scores:
            mine = written.get(row.criterion_id)
            found[f"points-{row.criterion_id}"] = mine.points if mine else row.points
            found[f"words-{row.criterion_id}"] = mine.reason if mine else ""
        return found

    def lines(self) -> list[tuple[AssessmentScore, BoundField, BoundField]]:
        """Each criterion with its two fields."""
        return [(row, self[f"points-{row.criterion_id}"], self[f"words-{row.criterion_id}"]) for row in self.scores]

    def points(self) -> dict[int, Points]:
        """As the action takes it."""
        data = self.cleaned_data
        return {row.criterion_id: Points(data.get(f"points-{row.criterion_id}"), data.get(f"words-{row.criterion_id}", "")) for row in self.scores}


class ResultForm(kheo_forms.Form):
    """The document that states the result."""

    document = DocumentNumberField(required=False)


def initial_of(programme: Programme) -> dict[str, Any]:
    """What a programme holds, for changing it."""
    names = ("name", "summary", "unit_kind", "starts_on", "document")
    return {name: getattr(programme, name) for name in names} | {"within": programme.within_id, "parent_kinds": list(programme.parent_kinds.all())}
