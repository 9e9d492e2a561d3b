"""The page of a report, its preview, checks, issue, files and what changed."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kheo.core.access import written
from kheo.core.errors import DomainError
from kheo.core.forms.errors import add_error
from kheo.core.messages import describe
from kheo.core.rules.text import slugify
from kheo.core.verdicts import require
from kheo.reports import forms, policy
from kheo.reports.actions import check as checking
from kheo.reports.actions import issue as issuing
from kheo.reports.models import IssueFile, Report
from kheo.reports.models.formats import Layout
from kheo.reports.queries import access, building, checks, compiling, numbering, papers, rendering
from kheo.reports.rules import freezing
from kheo.reports.rules import text as words
from kheo.reports.rules.checks import BLOCKS
from kheo.reports.rules.lifecycle import TRANSITIONS
from kheo.reports.sources import registry
from kheo.reports.views.desk.writing import one, viewing

PRIVATE = {"Cache-Control": "private, no-store"}


@viewing
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a report stands: steps, sections, checks, issues and files."""
    report = one(request, pk)
    found = compiling.of_report(report)
    sections = list(report.sections.order_by("order"))
    numbers = [s.number for s in words.headings([(s.level, s.title) for s in sections])]
    findings = checks.findings(report, sections, found) if report.state != Report.State.ISSUED else []
    return render(
        request, "reports/desk/detail.html",
        {
            "report": report, "sections": [(n, s, words.excerpt(s.text, found.figures)) for n, s in zip(numbers, sections, strict=True)], "findings": findings, "errors": sum(f.level == BLOCKS for f in findings),
            "may": {verb: bool(policy.may(request.user, verb, report)) for verb in (*TRANSITIONS, "write")}, "new_section": forms.NewSectionForm(auto_id="new_%s"),
            "issues": report.issues.all(), "changes": checks.changed_since_check(report, found) if report.state == Report.State.CHECKED else [],
            "layouts": Layout.choices, "steps": _steps(report), "cut_off": _cut_off(report),
        },
    )


RUNNING = timedelta(minutes=2)
"""An issue takes seconds; one that began longer ago was cut off."""


def _cut_off(report: Report) -> bool:
    return report.issuing_at is not None and report.state != Report.State.ISSUED and timezone.now() - report.issuing_at > RUNNING


def _steps(report: Report) -> list[dict[str, Any]]:
    order = [Report.State.DRAFT, Report.State.CHECKED, Report.State.ISSUED]
    place = order.index(Report.State(report.state))
    done = report.state == Report.State.ISSUED
    return [
        {"label": str(Report.State(s).label), "state": "done" if n < place or done else "current" if n == place else "next"} for n, s in enumerate(order)
    ]


def _content(report: Report) -> dict[str, Any]:
    """What was issued, or the draft as it reads now."""
    issue = access.latest_issue(report)
    if report.state == Report.State.ISSUED and issue is not None:
        return dict(issue.content)
    return compiling.content(report, list(report.sections.order_by("order")), compiling.of_report(report))


@viewing
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as it reads, each figure a link to its rows."""
    report = one(request, pk)
    content = _content(report)
    asked = request.GET.get("layout", "")
    layout = asked if asked in Layout.values else report.layout
    return render(
        request, "reports/desk/preview.html",
        {"report": report, "content": content, "paper": content["papers"][layout], "links": "desk", "layout": layout, "layouts": Layout.choices},
    )


@viewing
def figure(request: HttpRequest, pk: int) -> HttpResponse:
    """One figure: value, numerator and denominator, its day, the last period, and the rows behind it."""
    report = one(request, pk)
    found = compiling.of_report(report)
    shown = found.figures.get(request.GET.get("ma", ""))
    issue = access.latest_issue(report)
    frozen = issue.content["figures"].get(request.GET.get("ma", "")) if issue else None
    if shown is None:
        return render(request, "reports/desk/figures.html", {"report": report, "figures": [f for f in found.figures.values() if f.kind != "text"]})
    return render(
        request, "reports/desk/figure.html",
        {"report": report, "figure": shown, "table": registry.rows_behind(shown.token, found.scope), "frozen": frozen, "issue": issue, "differs": frozen is not None and frozen["shown"] != shown.shown, "day": found.scope.day},
    )


@viewing
@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the draft before the leader."""
    report = one(request, pk)
    try:
        checking.check(report, by=request.user, version=int(request.POST.get("version") or report.version))
        messages.success(request, _("The report was checked and waits for the leader. Its figures were noted as they are now."))
    except DomainError as error:
        messages.error(request, str(describe(error)))
    return redirect("reports_desk:detail", pk=pk)


def _with_reason(request: HttpRequest, pk: int, verb: str, action: Any, said: str) -> HttpResponse:
    report = one(request, pk)
    require(policy.may(request.user, verb, report))
    data = written(request)
    form = forms.ReasonForm(data)
    if request.method == "POST" and form.is_valid():
        try:
            action(report, form.cleaned_data["reason"], by=request.user)
        except DomainError as error:
            form.add_error(None, str(describe(error)))
        else:
            messages.success(request, said)
            return redirect("reports_desk:detail", pk=pk)
    return render(request, f"reports/desk/{verb}.html", {"report": report, "form": form})


@viewing
def return_(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a checked report back to be changed."""
    return _with_reason(request, pk, "return", checking.return_, _("The report went back to draft."))


@viewing
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open an issued report to issue it again; what was issued stays as it is."""
    return _with_reason(request, pk, "reopen", checking.reopen, _("The report is a draft again. What was issued stays public until it is issued again."))


@viewing
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Number and date, what will be frozen, then the issue itself."""
    report = one(request, pk)
    data = written(request)
    earlier = access.latest_issue(report)
    form = forms.IssueForm(data, initial=_proposed(report, earlier))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        signed = issuing.Signed(values["on"], int(values["number"]), values["reason"])
        try:
            issuing.issue(report, signed, by=request.user, submission_key=values["submission_key"])
        except DomainError as error:
            add_error(form, error)
        else:
            messages.success(request, _("The report was issued. Its figures are frozen; later changes of data do not alter it."))
            return redirect("reports_desk:detail", pk=pk)
    elif request.method != "POST":
        require(policy.may(request.user, "issue", report))
    content = compiling.content(report, list(report.sections.order_by("order")), compiling.of_report(report))
    return render(request, "reports/desk/issue.html", {"report": report, "form": form, "earlier": earlier, "content": content, "figures": [content["figures"][t] for t in content["used"]]})


def _proposed(report: Report, earlier: Any) -> dict[str, Any]:
    today = timezone.localdate()
    layout = papers.format_of(report.layout, papers.row_on(report.layout, today).values)
    number = numbering.next_number(numbering.series_of(layout, report, today))
    return {"number": number, "on": today, "reason": report.remark if earlier else "", "submission_key": uuid.uuid4()}


@viewing
def difference(request: HttpRequest, pk: int) -> HttpResponse:
    """The last issue beside the one before, or beside the draft that will replace it."""
    report = one(request, pk)
    issues = list(report.issues.select_related("document").order_by("-serial")[:2])
    if not issues:
        raise Http404
    if report.state == Report.State.ISSUED:
        if len(issues) < 2:
            raise Http404
        before, after, name = issues[1].content, issues[0].content, str(issues[0].document)
        old = issues[1]
    else:
        before, after, name, old = issues[0].content, _content(report), _("The draft now"), issues[0]
    return render(
        request, "reports/desk/difference.html",
        {"report": report, "old": old, "new": name, "figures": freezing.figure_changes(before["figures"], after["figures"]), "texts": freezing.text_changes(before, after)},
    )


@viewing
def download(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The report as a file: what was issued from its frozen values, a draft from the figures now."""
    report = one(request, pk)
    if form not in rendering.FORMATS:
        raise Http404
    asked = request.GET.get("layout", "")
    layout = asked if asked in Layout.values else report.layout
    issued = access.latest_issue(report) if report.state == Report.State.ISSUED else None
    data = building.issued_file(issued, form, layout)
    if data is None:
        template, _row = access.template_of(report.kind, layout)
        data = rendering.render(_content(report), form, layout, template=template)
    name = f"bao-cao-{slugify(str(report.unit))}-{report.period_code}-{layout}.{form}"
    return HttpResponse(data, content_type=rendering.TYPES[form], headers={"Content-Disposition": f'attachment; filename="{name}"', **PRIVATE})


@viewing
def file(request: HttpRequest, pk: int) -> FileResponse:
    """A file made when the report was issued."""
    kept = get_object_or_404(IssueFile.objects.select_related("issue__report").filter(issue__report__in=access.visible_to(request.user)), pk=pk)
    answer = FileResponse(kept.file.open("rb"), as_attachment=True, content_type=rendering.TYPES[kept.form], filename=f"bao-cao-{kept.issue.report.period_code}-lan-{kept.issue.serial}.{kept.form}")
    answer["Cache-Control"] = "private, no-store"
    return answer
