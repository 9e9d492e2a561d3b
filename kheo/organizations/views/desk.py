"""Units at the desk: list, page, new unit, changes, duties."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kheo.core.access import desk_required, written
from kheo.core.errors import InvalidInput
from kheo.core.forms.errors import add_error
from kheo.core.rules.dates import format_date
from kheo.core.spreadsheets.write import ColumnSpec, TableSheet, write_table
from kheo.core.verdicts import require
from kheo.documents.forms import DocumentForm
from kheo.organizations import dependents, policy, queries
from kheo.organizations.actions import change_version as change_verb
from kheo.organizations.actions import correct_version as correct_verb
from kheo.organizations.actions import create_unit as create_verb
from kheo.organizations.actions import end_mandate as end_verb
from kheo.organizations.actions import give_mandate as give_verb
from kheo.organizations.actions.write_version import VersionData
from kheo.organizations.forms.units import (
    ChangeForm,
    CorrectForm,
    CreateForm,
    EndForm,
    FilterForm,
    MandateForm,
    VersionForm,
)
from kheo.organizations.models import Mandate, Organization, OrganizationVersion

PER_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@desk_required
def index(request: HttpRequest) -> HttpResponse:
    """All units with search and filters."""
    form = FilterForm(request.GET)
    chosen = form.chosen()
    page = Paginator(queries.listing(**chosen), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form, "page": page, "rows": queries.rows(page.object_list, chosen["day"]), "day": chosen["day"],
        "may_change": policy.may_change_any(request.user),
    }
    return render(request, "organizations/desk/index.html", context)


@desk_required
def download(request: HttpRequest) -> HttpResponse:
    """The filtered list as .xlsx."""
    chosen = FilterForm(request.GET).chosen()
    columns = [
        ColumnSpec(_("Name"), width=40), ColumnSpec(_("Official code"), width=12), ColumnSpec(_("Kind"), width=24),
        ColumnSpec(_("Branch"), width=24), ColumnSpec(_("Belongs to"), width=30), ColumnSpec(_("From"), "date"),
        ColumnSpec(_("No longer from"), "date"), ColumnSpec(_("Successor"), width=30),
    ]
    lines = [
        [
            row.version.name, row.version.code, row.version.kind.name, row.version.kind.get_branch_display(), row.parent_name,
            row.version.valid_from, row.version.valid_to, ", ".join(name for name, _slug, _on in row.successors),
        ]
        for row in queries.rows(queries.listing(**chosen), chosen["day"])
    ]
    title = _("Units as of %(day)s") % {"day": format_date(chosen["day"])}
    data = write_table([TableSheet(_("Units"), columns, lines, title=title)])
    answer = HttpResponse(data, content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="don-vi.xlsx"'
    return answer


@desk_required
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit: versions, units below, duties, successions, what hangs on it."""
    organization = get_object_or_404(Organization, pk=pk)
    page = queries.unit_page(organization.slug)
    assert page is not None
    context = {
        "page": page,
        "counts": dependents.counts([organization.pk], queries.today()),
        "may_change": policy.may(request.user, [organization]),
        "exists": any(version.valid_to is None for version in page.versions),
    }
    return render(request, "organizations/desk/detail.html", context)


def _decision(request: HttpRequest) -> tuple[bool, DocumentForm]:
    """Whether a decision is cited, and its form; it only counts when the box is ticked."""
    data = written(request)
    cited = data is not None and "cite" in data
    return cited, DocumentForm(data if cited else None, prefix="decision", signer_required=False)


def _answer(request: HttpRequest, form: Any, decision: DocumentForm | None, heading: str, **more: Any) -> HttpResponse:
    """The page of one form about units, with the decision below it."""
    context = {"form": form, "decision": decision, "heading": heading, "labels": queries.labels(), **more}
    return render(request, "organizations/desk/form.html", context)


@desk_required
def create_unit(request: HttpRequest) -> HttpResponse:
    """A new unit; its decision may be left out."""
    require(_some(request))
    initial = {"parent": Organization.objects.filter(pk=_number(request.GET.get("parent"))).first()}
    form = CreateForm(written(request), initial=initial)
    cited, decision = _decision(request)
    if request.method == "POST" and form.is_valid() and (not cited or decision.is_valid()):
        try:
            basis = decision.save_document(by=request.user) if cited else None
            made = create_verb.create_unit(VersionData(**form.content(), start=form.cleaned_data["start"], basis=basis), by=request.user)
        except InvalidInput as error:
            add_error(form, error)
        else:
            messages.success(request, _("“%(unit)s” was added.") % {"unit": made})
            return redirect("organizations_desk:detail", pk=made.pk)
    return _answer(request, form, decision, _("New unit"), cited=cited, button=_("Add the unit"))


@desk_required
def change_version(request: HttpRequest, pk: int) -> HttpResponse:
    """A new name, code or superior unit from a day on."""
    organization = get_object_or_404(Organization, pk=pk)
    require(policy.may(request.user, [organization]))
    version = queries.version_of(organization)
    assert version is not None
    initial = VersionForm.initial_of(version)
    form = ChangeForm(written(request), initial=initial)
    cited, decision = _decision(request)
    if request.method == "POST" and form.is_valid() and (not cited or decision.is_valid()):
        try:
            basis = decision.save_document(by=request.user) if cited else None
            change_verb.change_version(organization, form.cleaned_data["on"], by=request.user, basis=basis, **form.content())
        except InvalidInput as error:
            add_error(form, error)
        else:
            messages.success(request, _("The change was recorded. Earlier days keep the earlier name."))
            return redirect("organizations_desk:detail", pk=pk)
    return _answer(
        request, form, decision, _("Change of %(unit)s") % {"unit": version.name}, cited=cited, button=_("Record the change"), unit=organization,
    )


@desk_required
def correct_version(request: HttpRequest, pk: int) -> HttpResponse:
    """A typing error put right; the reason goes into the log."""
    version = get_object_or_404(OrganizationVersion.objects.select_related("organization", "kind", "parent"), pk=pk)
    require(policy.may(request.user, [version.organization]))
    form = CorrectForm(written(request), initial=VersionForm.initial_of(version))
    if request.method == "POST" and form.is_valid():
        try:
            correct_verb.correct_version(version, by=request.user, reason=form.cleaned_data["reason"], **form.content())
        except InvalidInput as error:
            add_error(form, error)
        else:
            messages.success(request, _("The correction was saved."))
            return redirect("organizations_desk:detail", pk=version.organization_id)
    heading = _("Correction of %(unit)s") % {"unit": version.name}
    return _answer(request, form, None, heading, button=_("Save the correction"), unit=version.organization)


@desk_required
def give_mandate(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit takes on a duty for an area."""
    organization = get_object_or_404(Organization, pk=pk)
    require(_some(request))
    initial = {"area": queries.area_of(organization)}
    form = MandateForm(written(request), initial=initial)
    cited, decision = _decision(request)
    if request.method == "POST" and form.is_valid() and (not cited or decision.is_valid()):
        data = form.cleaned_data
        try:
            basis = decision.save_document(by=request.user) if cited else None
            give_verb.give_mandate(organization, data["area"], data["function"], data["start"], end=data["end"], basis=basis, by=request.user)
        except InvalidInput as error:
            add_error(form, error)
        else:
            messages.success(request, _("The duty was recorded."))
            return redirect("organizations_desk:detail", pk=pk)
    return _answer(request, form, decision, _("Duty of %(unit)s") % {"unit": organization}, cited=cited, button=_("Record the duty"), unit=organization)


@desk_required
def end_mandate(request: HttpRequest, pk: int) -> HttpResponse:
    """A duty ends on a day."""
    mandate = get_object_or_404(Mandate.objects.select_related("organization", "area"), pk=pk)
    require(policy.may(request.user, [mandate.area]))
    form = EndForm(written(request))
    if request.method == "POST" and form.is_valid():
        try:
            end_verb.end_mandate(mandate, form.cleaned_data["on"], by=request.user)
        except InvalidInput as error:
            add_error(form, error)
        else:
            messages.success(request, _("The end of the duty was recorded."))
            return redirect("organizations_desk:detail", pk=mandate.organization_id)
    heading = _("End of the duty “%(duty)s”") % {"duty": mandate.function}
    return _answer(request, form, None, heading, button=_("End the duty"), unit=mandate.organization)


def _some(request: HttpRequest) -> Any:
    """Administrators enter; the actions decide about the single unit."""
    return policy.may(request.user, [])


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 12 else 0
