"""Scored programmes at the desk: board, scheme, launch, self-score, evaluation, result."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kheo.accounts import queries as accounts
from kheo.accounts.models import Role
from kheo.accounts.views.access import desk_required
from kheo.core.access import written
from kheo.core.errors import InvalidInput, Refused
from kheo.core.forms.errors import add_error
from kheo.core.verdicts import require
from kheo.inspections import policy
from kheo.inspections.actions import assess
from kheo.inspections.actions import attach as attaching
from kheo.inspections.actions import programme as programming
from kheo.inspections.forms import programmes as forms
from kheo.inspections.forms.checks import FileForm, RemarkForm
from kheo.inspections.models import Assessment, Programme, SchemeCriterion
from kheo.inspections.queries import programmes as queries
from kheo.inspections.views.desk.checks import files_of, keep_file
from kheo.inspections.views.desk.plans import areas
from kheo.organizations.models import Organization


def _year(request: HttpRequest, shown: Programme) -> int:
    years, asked = queries.years(shown), request.GET.get("year", "")
    return int(asked) if asked in {str(y) for y in years} else years[0]


@desk_required
def programme(request: HttpRequest, pk: int) -> HttpResponse:
    """The launched board and the scores of a year."""
    shown = get_object_or_404(Programme, pk=pk)
    year = _year(request, shown)
    board = queries.board(shown, year)
    visible = set(queries.visible_to(request.user).filter(programme=shown).values_list("pk", flat=True))
    rights = accounts.rights(request.user)
    reach = rights.units([Role.REGISTRANT, Role.RECEIVER])
    return render(
        request, "inspections/desk/programme.html",
        {
            "programme": shown, "board": board, "year": year, "years": queries.years(shown), "visible": visible, "scheme": shown.schemes.first(),
            "may_set_up": policy.may(request.user, "programme", shown), "may_launch": any(row.version.organization_id in reach for row in board.rows),
            "drafts": queries.visible_to(request.user).filter(programme=shown, state=Assessment.State.DRAFT),
        },
    )


def _programme_form(request: HttpRequest, current: Programme | None) -> HttpResponse:
    known = areas(request, policy.SCHEME)
    require(policy.may(request.user, "programme", current or Programme(owner_id=known[0].organization_id if known else 0)))
    form = forms.ProgrammeForm(written(request), areas=known, initial=forms.initial_of(current) if current else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = programming.programme(form.data_of_programme(), by=request.user, current=current)
        except InvalidInput as error:
            add_error(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("inspections_desk:programme", pk=made.pk)
    title = _("Change the programme") if current else _("New scored programme")
    return render(request, "inspections/desk/form.html", {"form": form, "title": title})


@desk_required
def new_programme(request: HttpRequest) -> HttpResponse:
    """A new programme."""
    return _programme_form(request, None)


@desk_required
def change_programme(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a programme."""
    return _programme_form(request, get_object_or_404(Programme, pk=pk))


@desk_required
def scheme(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the scoring scheme, or its next version."""
    shown = get_object_or_404(Programme, pk=pk)
    require(policy.may(request.user, "programme", shown))
    newest = shown.schemes.first()
    form = forms.SchemeForm(written(request), initial=forms.SchemeForm.initial_of(newest) if newest else {"valid_from": shown.starts_on})
    if request.method == "POST" and form.is_valid():
        try:
            programming.write_scheme(shown, form.data_of_scheme(), by=request.user)
        except InvalidInput as error:
            add_error(form, error)
        else:
            messages.success(request, _("The scheme was saved. Assessments keep the version they began with."))
            return redirect("inspections_desk:programme", pk=pk)
    return render(request, "inspections/desk/form.html", {"form": form, "title": _("Scoring scheme"), "lead": shown.name})


def _units(request: HttpRequest, shown: Programme) -> list[Any]:
    reach = accounts.rights(request.user).units([Role.REGISTRANT, Role.RECEIVER])
    found = [row.version for row in queries.board(shown, queries.years(shown)[0]).rows if row.version.organization_id in reach]
    if not found:
        raise Refused(_("Only the unit itself or an officer of the area records its launch."))
    return found


@desk_required
def launch(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a launch."""
    shown = get_object_or_404(Programme, pk=pk)
    form = forms.LaunchForm(written(request), units=_units(request, shown))
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            programming.launch(shown, Organization.objects.get(pk=int(chosen["unit"])), chosen["launched_on"], chosen["document"], by=request.user)
        except InvalidInput as error:
            add_error(form, error)
        else:
            messages.success(request, _("The launch was recorded."))
            return redirect("inspections_desk:programme", pk=pk)
    return render(request, "inspections/desk/form.html", {"form": form, "title": _("Record a launch"), "lead": shown.name})


@desk_required
def open_assessment(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the self-score of a unit for a year."""
    shown = get_object_or_404(Programme, pk=pk)
    form = forms.OpenForm(written(request), units=_units(request, shown), years=queries.years(shown))
    if request.method == "POST" and form.is_valid():
        year, unit = int(form.cleaned_data["year"]), Organization.objects.get(pk=int(form.cleaned_data["unit"]))
        try:
            made = assess.open_assessment(shown, unit, date(year, 1, 1), date(year, 12, 31), by=request.user)
        except InvalidInput as error:
            add_error(form, error)
        else:
            return redirect("inspections_desk:assessment", pk=made.pk)
    return render(request, "inspections/desk/form.html", {"form": form, "title": _("Open a self-score"), "lead": shown.name})


def _one(request: HttpRequest, pk: int) -> Assessment:
    return get_object_or_404(queries.visible_to(request.user), pk=pk)


@desk_required
def assessment(request: HttpRequest, pk: int) -> HttpResponse:
    """One assessment: own points, evidence, sheets, result."""
    shown = _one(request, pk)
    sheets = list(shown.evaluations.prefetch_related("scores"))
    given = {(s.criterion_id, sheet.pk): s for sheet in sheets for s in sheet.scores.all()}
    attached = list(shown.attachments.all())
    lines = [
        {
            "score": row, "criterion": row.criterion, "sheets": [given.get((row.criterion_id, sheet.pk)) for sheet in sheets],
            "files": files_of([a for a in attached if a.criterion_id == row.criterion_id]),
        }
        for row in shown.scores.select_related("criterion")
    ]
    return render(
        request, "inspections/desk/assessment.html",
        {
            "assessment": shown, "lines": lines, "sheets": sheets, "file_form": FileForm(), "may_attach": policy.may(request.user, "attach", shown),
            "may": {verb: bool(policy.may(request.user, verb, shown)) for verb in ("self_score", "evaluate", "conclude_assessment")},
        },
    )


@desk_required
@never_cache
def self_score(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit's points with evidence; saved as often as wanted, sent once."""
    shown = _one(request, pk)
    require(policy.may(request.user, "self_score", shown))
    form = forms.PointsForm(written(request), assessment=shown, own=True)
    if request.method == "POST" and form.is_valid():
        try:
            if "save" in request.POST or request.headers.get("X-Kheo-Autosave"):
                assess.save_self_score(shown, form.points(), by=request.user)
                if request.headers.get("X-Kheo-Autosave"):
                    return HttpResponse(status=204)
                messages.success(request, _("The draft was saved."))
                return redirect("inspections_desk:self_score", pk=pk)
            sent = assess.submit(shown, form.points(), by=request.user)
        except InvalidInput as error:
            add_error(form, error)
        else:
            messages.success(request, _("The self-score was sent. Receipt: %(number)s") % {"number": sent.receipt_number})
            return redirect("inspections_desk:assessment", pk=pk)
    if request.headers.get("X-Kheo-Autosave"):
        return HttpResponse(status=409)
    return render(request, "inspections/desk/points.html", {"form": form, "assessment": shown, "title": _("Self-score"), "own": True})


@desk_required
def evaluate(request: HttpRequest, pk: int) -> HttpResponse:
    """An evaluator's sheet."""
    shown = _one(request, pk)
    require(policy.may(request.user, "evaluate", shown))
    mine = shown.evaluations.filter(evaluator_id=request.user.pk).first()
    form = forms.PointsForm(written(request), assessment=shown, own=False, sheet=mine)
    if request.method == "POST" and form.is_valid():
        try:
            assess.evaluate(shown, form.points(), by=request.user, remark=form.cleaned_data["remark"])
        except InvalidInput as error:
            add_error(form, error)
        else:
            messages.success(request, _("Your sheet was saved."))
            return redirect("inspections_desk:assessment", pk=pk)
    return render(request, "inspections/desk/points.html", {"form": form, "assessment": shown, "title": _("Evaluation"), "own": False})


@desk_required
def conclude(request: HttpRequest, pk: int) -> HttpResponse:
    """Fix the result."""
    shown = _one(request, pk)
    require(policy.may(request.user, "conclude_assessment", shown))
    form = forms.ResultForm(written(request))
    if request.method == "POST" and form.is_valid():
        try:
            assess.conclude(shown, by=request.user, document=form.cleaned_data["document"])
        except InvalidInput as error:
            add_error(form, error)
        else:
            messages.success(request, _("The result was fixed."))
            return redirect("inspections_desk:assessment", pk=pk)
    return render(request, "inspections/desk/form.html", {"form": form, "title": _("Fix the result"), "lead": str(shown)})


@desk_required
def return_(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the self-score for completion."""
    shown = _one(request, pk)
    require(policy.may(request.user, "conclude_assessment", shown))
    form = RemarkForm(written(request))
    if request.method == "POST" and form.is_valid():
        assess.return_(shown, remark=form.cleaned_data["remark"], by=request.user)
        messages.success(request, _("Saved."))
        return redirect("inspections_desk:assessment", pk=pk)
    return render(request, "inspections/desk/form.html", {"form": form, "title": _("Return for completion"), "lead": str(shown)})


@desk_required
@require_POST
def attach(request: HttpRequest, pk: int, criterion: int) -> HttpResponse:
    """Take in one file as evidence for a criterion."""
    shown = _one(request, pk)
    line = get_object_or_404(SchemeCriterion, pk=criterion, scheme_id=shown.scheme_id)
    keep_file(request, lambda content, name: attaching.attach(shown, content, name, by=request.user, criterion=line))
    return redirect("inspections_desk:assessment", pk=pk)
