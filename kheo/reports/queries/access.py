"""Which reports a person sees, and which anyone may read."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet

from kheo.accounts import queries as accounts
from kheo.core.rules.periods import Period
from kheo.organizations.models import Organization
from kheo.reports import policy
from kheo.reports.models import Issue, Outline, Report, ReportTemplate, Section
from kheo.reports.queries import compiling, papers, suggesting
from kheo.reports.queries.rendering import shipped
from kheo.reports.queries.scopes import scope_of
from kheo.reports.rules.text import period_words


def visible_to(user: Any) -> QuerySet[Report]:
    """Reports of the units this person's roles reach."""
    units = accounts.rights(user).units(policy.SEEING)
    light = Issue.objects.defer("content").select_related("document")
    return Report.objects.filter(unit_id__in=units).prefetch_related("unit__versions__kind", Prefetch("issues", light))


def public() -> QuerySet[Issue]:
    """The last issue of every issued report; an earlier one stays readable at its own address."""
    return Issue.objects.select_related("document", "report").prefetch_related("report__unit__versions").order_by("-issued_on", "-pk")


def latest_issue(report: Report) -> Issue | None:
    """What a report said when it was last issued."""
    return report.issues.select_related("document").order_by("-serial").first()


def find(unit: Organization, kind: str, period: Period) -> Report | None:
    """The report of a unit, kind and period."""
    return Report.objects.filter(unit=unit, kind=kind, period_code=period.code).first()


def outline_on(kind: str, period: Period) -> list[dict[str, Any]]:
    """The sections a new report begins with."""
    rows = Outline.objects.filter(kind=kind)
    found = rows.filter(valid_from__lte=period.last).exclude(valid_to__lte=period.last).order_by("-valid_from").first() or rows.first()
    return list(found.sections) if found else []


def subject_of(period: Period) -> str:
    """The usual subject line."""
    return f"Kết quả thực hiện phong trào thi đua “Dân vận khéo” và các chỉ tiêu\nkinh tế - xã hội, văn hóa {period_words(period)}"


def unsaved(unit: Organization, kind: str, period: Period, layout: str = "", found: compiling.Compiled | None = None) -> tuple[Report, list[Section]]:
    """A report with its usual words that is not in the database: for drafts, previews and one-off files.

    `found` are the figures of the unit and period; left out, they are compiled.
    """
    scope = scope_of(unit, period)
    day = scope.day
    chosen = layout or papers.layout_of(unit, day)
    who = papers.issuer_defaults(papers.format_of(chosen, papers.row_on(chosen, day).values), unit, day)
    report = Report(
        kind=kind, unit=unit, period_code=period.code, period_from=period.first, period_to=period.last, layout=chosen, subject=subject_of(period),
        parent_body=who["parent"], issuer=who["issuer"], symbol=who["symbol"], place=who["place"], body=who["body"], head=who["head"],
        position=who["head"], recipients="Cấp ủy, chính quyền cấp trên (để báo cáo)\nCác đơn vị trực thuộc",
    )
    return report, _first_sections(report, outline_on(kind, period), found or compiling.compiled(scope))


def _first_sections(report: Report, outline: list[dict[str, Any]], found: compiling.Compiled) -> list[Section]:
    """The outline with its first words; sections that the figures leave without anything to say are left out."""
    told = [s | {"text": s["text"] or suggesting.words(s["code"], found)} for s in outline]
    kept = [s for s in told if s["text"] or not suggesting.suggests(s["code"])]
    return [
        Section(report=report, order=n, code=s["code"], part=s["part"], level=s["level"], title=s["title"], text=s["text"], tables=s["tables"])
        for n, s in enumerate(kept, start=1)
    ]


def template_of(kind: str, layout: str) -> tuple[bytes, ReportTemplate | None]:
    """The Word file to pour into: the newest version not withdrawn, else the one shipped with the software."""
    row = ReportTemplate.objects.filter(kind=kind, layout=layout, withdrawn_at__isnull=True).order_by("-version").first()
    if row is None:
        return shipped.path_of(kind, layout).read_bytes(), None
    with row.file.open("rb") as file:
        return file.read(), row
