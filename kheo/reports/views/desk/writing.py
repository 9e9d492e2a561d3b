"""Writing a report: list, new, frame, sections with autosave and the list of figures."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kheo.accounts import queries as accounts
from kheo.accounts.views.access import role_required
from kheo.core.access import written
from kheo.core.errors import DomainError
from kheo.core.forms.errors import add_error
from kheo.core.messages import describe
from kheo.core.rules import dates
from kheo.core.verdicts import require
from kheo.organizations import queries as organizations
from kheo.organizations.models import Organization
from kheo.reports import forms, policy
from kheo.reports.actions import draft as drafting
from kheo.reports.actions import write
from kheo.reports.models import Report, Section
from kheo.reports.queries import access, building, compiling, picker

viewing = role_required(*policy.SEEING)
writing = role_required(*policy.WRITING)


@viewing
def index(request: HttpRequest) -> HttpResponse:
    """Reports of my units, newest period first."""
    form = forms.FilterForm(request.GET)
    found = access.visible_to(request.user)
    chosen = form.cleaned_data if form.is_valid() else {}
    for name, column in (("kind", "kind"), ("state", "state"), ("year", "period_from__year")):
        if chosen.get(name):
            found = found.filter(**{column: chosen[name]})
    return render(request, "reports/desk/index.html", {"form": form, "reports": found[:200], "may_draft": accounts.rights(request.user).has(*policy.WRITING)})


def _units(request: HttpRequest) -> list[tuple[int, str]]:
    """Areas the person writes for, also former ones, with the last day of those."""
    reach = accounts.rights(request.user).units(policy.WRITING)
    rows = [(u.pk, _label(u)) for u in _areas(reach)]
    return sorted(rows, key=lambda row: row[1])


def _label(unit: Organization) -> str:
    last = organizations.last_day(unit)
    return str(unit) if last is None else _("%(name)s (until %(day)s)") % {"name": unit, "day": dates.format_date(last)}


def _areas(reach: frozenset[int]) -> Any:
    return organizations.with_versions().filter(pk__in={v.organization_id for v in organizations.area_versions(reach)})


@writing
def new(request: HttpRequest) -> HttpResponse:
    """Choose unit, kind and period; the outline fills in the rest."""
    data = written(request)
    form = forms.NewForm(data, units=_units(request), initial={"kind": "annual", "period": str(timezone.localdate().year)})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            period = building.period_of(values["period"], values["kind"])
            unit = organizations.with_versions().get(pk=int(values["unit"]))
            made = drafting.draft(unit, values["kind"], period, layout=values["layout"], by=request.user)
        except DomainError as error:
            add_error(form, error)
        else:
            messages.success(request, _("The draft was made from the outline. Write each section and put figures in from the list."))
            return redirect("reports_desk:detail", pk=made.pk)
    return render(request, "reports/desk/new.html", {"form": form})


def one(request: HttpRequest, pk: int) -> Report:
    """A report this person may see."""
    return get_object_or_404(access.visible_to(request.user), pk=pk)


@viewing
def frame(request: HttpRequest, pk: int) -> HttpResponse:
    """Issuer, signature and recipients."""
    report = one(request, pk)
    require(policy.may(request.user, "write", report))
    data = written(request)
    form = forms.FrameForm(data, instance=report, initial={"version": report.version})
    if request.method == "POST" and form.is_valid():
        values = {name: str(form.cleaned_data[name]) for name in drafting.FRAME}
        try:
            drafting.change_frame(one(request, pk), drafting.Frame(values), by=request.user, version=form.cleaned_data["version"])
        except DomainError as error:
            add_error(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("reports_desk:detail", pk=pk)
    return render(request, "reports/desk/frame.html", {"report": one(request, pk), "form": form})


def _section(request: HttpRequest, pk: int) -> Section:
    return get_object_or_404(Section.objects.select_related("report").filter(report__in=access.visible_to(request.user)), pk=pk)


@viewing
def section(request: HttpRequest, pk: int) -> HttpResponse:
    """Write one section: the text, its tables, and the figures to choose from."""
    shown = _section(request, pk)
    require(policy.may(request.user, "write", shown.report))
    found = compiling.of_report(shown.report)
    data = written(request)
    initial = {"title": shown.title, "text": shown.text, "tables": shown.tables, "version": shown.version}
    if request.method == "POST" and "insert" in request.POST:
        typed = request.POST.copy()
        typed["text"] = f"{typed.get('text', '').rstrip()} {{{{ {request.POST.get('token', '')} }}}}".strip()
        form = forms.SectionForm(initial={**initial, "title": typed.get("title", ""), "text": typed["text"], "tables": typed.getlist("tables"), "version": typed.get("version")})
    else:
        form = forms.SectionForm(data, initial=initial)
        if request.method == "POST" and form.is_valid():
            answer = _save(request, shown, form, set(found.figures))
            if answer is not None:
                return answer
    return render(request, "reports/desk/section.html", {"section": shown, "report": shown.report, "form": form, "groups": picker.groups(found.figures)})


def _save(request: HttpRequest, shown: Section, form: forms.SectionForm, known: set[str]) -> HttpResponse | None:
    try:
        write.write_section(shown, _words(form), by=request.user, version=form.cleaned_data["version"], known=known)
    except DomainError as error:
        add_error(form, error)
        return None
    messages.success(request, _("Saved."))
    return redirect("reports_desk:detail", pk=shown.report_id)


def _words(form: forms.SectionForm) -> write.Words:
    return write.Words(form.cleaned_data["title"], form.cleaned_data["text"], tuple(form.cleaned_data["tables"]))


@viewing
@require_POST
def autosave(request: HttpRequest, pk: int) -> HttpResponse:
    """Save what is written so far; 409 or 422 with words when that is not possible."""
    shown = _section(request, pk)
    form = forms.SectionForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"error": str(form.errors.as_text())}, status=422)
    try:
        write.write_section(shown, _words(form), by=request.user, version=form.cleaned_data["version"])
    except DomainError as error:
        return JsonResponse({"error": str(describe(error))}, status=422)
    return JsonResponse({"saved_at": f"{timezone.localtime():%H:%M}"})


@viewing
@require_POST
def add_section(request: HttpRequest, pk: int) -> HttpResponse:
    """One more section."""
    report = one(request, pk)
    form = forms.NewSectionForm(request.POST)
    if form.is_valid():
        values = form.cleaned_data
        made = write.add_section(report, values["title"], part=values["part"], level=int(values["level"]), by=request.user)
        return redirect("reports_desk:section", pk=made.pk)
    messages.error(request, _("Write a title."))
    return redirect("reports_desk:detail", pk=pk)


@viewing
@require_POST
def arrange(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Move a section up or down, or take it out."""
    shown = _section(request, pk)
    if step == "go-bo":
        write.remove_section(shown, by=request.user)
        messages.success(request, _("The section was taken out."))
    else:
        write.move_section(shown, step == "len", by=request.user)
    return redirect("reports_desk:detail", pk=shown.report_id)
