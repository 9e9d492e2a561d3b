"""Issued reports, for everyone: list, page, files."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kheo.reports.models import Issue, IssueFile
from kheo.reports.queries import access, compiling, rendering
from kheo.reports.queries.public_search import WORDS

KINDS = {word: kind for kind, word in WORDS.items()}


def index(request: HttpRequest) -> HttpResponse:
    """The last issue of each report, newest first."""
    latest: dict[int, Issue] = {}
    for issue in access.public().defer("content").order_by("-serial"):
        latest.setdefault(issue.report_id, issue)
    shown = sorted(latest.values(), key=lambda i: (i.report.period_to, i.issued_on), reverse=True)
    years: dict[int, list[Issue]] = {}
    for issue in shown:
        issue.address = address(issue)  # type: ignore[attr-defined]
        years.setdefault(issue.report.period_from.year, []).append(issue)
    return render(request, "reports/public/index.html", {"years": sorted(years.items(), reverse=True)})


def address(issue: Issue) -> dict[str, Any]:
    """The parts of a report's public address."""
    report = issue.report
    return {"unit": report.unit.slug, "period": report.period_code.lower(), "kind": WORDS[report.kind]}


def _issue(unit: str, period: str, kind: str, serial: int | None) -> Issue:
    found = access.public().filter(report__unit__slug=unit, report__period_code__iexact=period, report__kind=KINDS.get(kind, "")).order_by("-serial")
    issue = found.filter(serial=serial).first() if serial else found.first()
    if issue is None:
        raise Http404
    return issue


def detail(request: HttpRequest, unit: str, period: str, kind: str, serial: int | None = None) -> HttpResponse:
    """The report as it was issued. Names of persons are not on public pages."""
    issue = _issue(unit, period, kind, serial)
    content = compiling.for_public(issue.content)
    issues = list(issue.report.issues.defer("content").select_related("document").order_by("-serial"))
    return render(
        request, "reports/public/detail.html",
        {
            "issue": issue, "report": issue.report, "content": content, "paper": content["papers"][issue.report.layout], "links": "public", "day": date.fromisoformat(content["day"]), "where": address(issue),
            "issues": issues, "last": issues[0], "files": issue.files.filter(audience=IssueFile.Audience.PUBLIC),
        },
    )


def file(request: HttpRequest, unit: str, period: str, kind: str, serial: int, form: str) -> FileResponse:
    """The file made at issue for the public."""
    issue = _issue(unit, period, kind, serial)
    kept = issue.files.filter(audience=IssueFile.Audience.PUBLIC, form=form).first()
    if kept is None:
        raise Http404
    name = f"bao-cao-{WORDS[issue.report.kind]}-{issue.report.period_code}-{unit}.{form}"
    return FileResponse(kept.file.open("rb"), as_attachment=form != "pdf", content_type=rendering.TYPES[form], filename=name)
