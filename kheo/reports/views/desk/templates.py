"""Word templates: the versions in use, bringing a new one, taking one out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kheo.core.errors import DomainError, InvalidInput
from kheo.core.forms.errors import add_error
from kheo.core.rules.periods import period
from kheo.reports import forms, policy
from kheo.reports.actions import upload_template
from kheo.reports.models import ReportTemplate
from kheo.reports.models.formats import Kind, Layout
from kheo.reports.queries import access, compiling, rendering
from kheo.reports.queries.rendering import shipped
from kheo.reports.queries.scopes import scope_of
from kheo.reports.views.desk.writing import viewing


@viewing
def index(request: HttpRequest) -> HttpResponse:
    """What is in use for each kind and format; a form for a new version."""
    form = forms.TemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        answer = _upload(request, form)
        if answer is not None:
            return answer
    rows = list(ReportTemplate.objects.order_by("kind", "layout", "-version"))
    shown = [
        {"kind": k, "kind_label": kind, "layout": lay, "layout_label": layout, "versions": [r for r in rows if (r.kind, r.layout) == (k, lay)], "used": _used(rows, k, lay)}
        for k, kind in Kind.choices for lay, layout in Layout.choices
    ]
    return render(request, "reports/desk/templates.html", {"form": form, "groups": shown, "may_change": bool(policy.may_change_templates(request.user))})


def _used(rows: list[ReportTemplate], kind: str, layout: str) -> ReportTemplate | None:
    return next((r for r in rows if (r.kind, r.layout) == (kind, layout) and r.withdrawn_at is None), None)


def _upload(request: HttpRequest, form: forms.TemplateForm) -> HttpResponse | None:
    values = form.cleaned_data
    try:
        made = upload_template.upload(
            values["kind"], values["layout"], values["file"].name, values["file"].read(), sample=_sample(request, values["kind"]), by=request.user, note=values["note"]
        )
    except DomainError as error:
        add_error(form, error)
        return None
    messages.success(request, _("Version %(n)s is in use from now on. A test report was made with it.") % {"n": made.version})
    return redirect("reports_desk:templates")


def _sample(request: HttpRequest, kind: str) -> dict[str, Any]:
    """The content of some report of mine, to try a template on; else an unsaved one of this year."""
    report = access.visible_to(request.user).filter(kind=kind).first() or access.visible_to(request.user).first()
    if report is not None:
        return compiling.content(report, list(report.sections.order_by("order")), compiling.of_report(report))
    unit = upload_unit(request)
    chosen = period("year", timezone.localdate().year)
    made, sections = access.unsaved(unit, kind, chosen)
    return compiling.content(made, sections, compiling.compiled(scope_of(unit, chosen)))


def upload_unit(request: HttpRequest) -> Any:
    """An area the person holds a role for."""
    from kheo.accounts import queries as accounts
    from kheo.organizations import queries as organizations

    reach = accounts.rights(request.user).units(policy.TEMPLATES)
    unit = organizations.with_versions().filter(pk__in=reach).order_by("pk").first()
    if unit is None:
        raise InvalidInput(_("There is no unit to try the template on."), field="file")
    return unit


@viewing
def download(request: HttpRequest, kind: str, layout: str) -> HttpResponse:
    """The template in use, to be changed in Word. ?goc=1: the one shipped with the software."""
    if kind not in Kind.values or layout not in Layout.values:
        raise Http404
    data = shipped.path_of(kind, layout).read_bytes() if request.GET.get("goc") else access.template_of(kind, layout)[0]
    return HttpResponse(data, content_type=rendering.TYPES["docx"], headers={"Content-Disposition": f'attachment; filename="mau-bao-cao-{kind}-{layout}.docx"'})


@viewing
def version(request: HttpRequest, pk: int) -> FileResponse:
    """One version as it was brought."""
    row = get_object_or_404(ReportTemplate, pk=pk)
    return FileResponse(row.file.open("rb"), as_attachment=True, content_type=rendering.TYPES["docx"], filename=row.name)


@viewing
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a version out of use."""
    upload_template.withdraw(get_object_or_404(ReportTemplate, pk=pk), by=request.user)
    messages.success(request, _("The version is no longer in use."))
    return redirect("reports_desk:templates")


