"""How the site's search finds issued reports."""

from __future__ import annotations

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kheo.core import search
from kheo.reports.models import Issue
from kheo.reports.queries import compiling

WORDS = {"annual": "tong-ket", "interim": "so-ket"}


def issues() -> QuerySet[Issue]:
    """The last issue of each report."""
    newest = Issue.objects.filter(report=OuterRef("report")).order_by("-serial").values("pk")[:1]
    return Issue.objects.filter(pk=Subquery(newest)).select_related("document", "report__unit").prefetch_related("report__unit__versions")


def document(issue: Issue) -> search.Document:
    """The words of the public page: sections, without annexes and without names of persons."""
    content, report = compiling.for_public(issue.content), issue.report
    body = [s["title"] + "\n" + "\n".join("".join(p["text"] for p in b["pieces"]) for b in s["blocks"] if b["kind"] != "table") for s in content["sections"]]
    return search.Document(
        title=f"Báo cáo {issue.document.number} {' '.join(report.subject.split())}",
        address=reverse("reports:detail", args=[report.unit.slug, report.period_code.lower(), WORDS[report.kind]]),
        body="\n".join(body), date=issue.issued_on, unit=report.unit.slug, unit_name=content["unit"]["name"],
    )


search.register(search.Kind("report", _("Reports"), Issue, issues, document))
