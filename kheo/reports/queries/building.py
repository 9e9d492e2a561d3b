"""From a unit and a period to one file: the issued report when there is one, else what the records say now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kheo.core.errors import InvalidInput
from kheo.core.rules.periods import Period, parse_period
from kheo.organizations import queries as organizations
from kheo.organizations.models import Organization
from kheo.reports.models import Issue, IssueFile, Report, Section
from kheo.reports.models.formats import Kind, Layout
from kheo.reports.queries import access, compiling, rendering
from kheo.reports.queries.scopes import scope_of


@dataclass(frozen=True)
class Built:
    """A file, and what it was made from."""

    data: bytes
    content: dict[str, Any]
    layout: str
    issue: Issue | None
    report: Report | None


def unit_of(reference: str) -> Organization:
    """The unit of an official code (`381`, `14812`, `14812@2023-06-01`) or of its address (slug)."""
    version = organizations.by_code(reference)
    if version is not None:
        return organizations.with_versions().get(pk=version.organization_id)
    unit = organizations.with_versions().filter(slug=reference).first()
    if unit is None:
        raise InvalidInput(
            _("There is no unit “%(code)s”. Give an official code such as 381 or 14812, with a date where it changed hands: 14812@2023-06-01.") % {"code": reference},
            field="unit",
        )
    return unit


def period_of(text: str, kind: str) -> Period:
    """The period of a report: a year for an annual one, a half or a quarter for an interim one."""
    period = parse_period(text, field="period")
    if kind == Kind.ANNUAL and period.kind != "year":
        raise InvalidInput(_("An annual report is about a year, for example 2023; “%(text)s” is not a year.") % {"text": text}, field="period")
    if kind == Kind.INTERIM and period.kind == "year":
        raise InvalidInput(_("An interim report is about a part of a year, for example %(year)s-H1 or %(year)s-Q3.") % {"year": period.first.year}, field="period")
    return period


def content_of(unit: Organization, kind: str, period: Period, *, live: bool = False, layout: str = "") -> tuple[dict[str, Any], Issue | None, Report | None]:
    """The frozen content of the last issue, else the content of the draft or of the usual outline, compiled now."""
    report = access.find(unit, kind, period)
    issue = access.latest_issue(report) if report else None
    if issue is not None and not live:
        return issue.content, issue, report
    found = compiling.compiled(scope_of(unit, period))
    sections: list[Section]
    if report is not None:
        sections = list(report.sections.order_by("order"))
    else:
        report, sections = access.unsaved(unit, kind, period, layout, found)
    if not compiling.anything(found):
        raise InvalidInput(
            _("There is no figure at all for %(unit)s in %(period)s: no practice, no indicator, no inspection. Check the unit and the period, or enter the data first.")
            % {"unit": found.figures["don_vi.ten"].text, "period": found.figures["ky.ten"].text}, field="period",
        )
    return compiling.content(report, sections, found), None, report if report.pk else None


def issued_file(issue: Issue | None, form: str, layout: str) -> bytes | None:
    """The file made at the issue itself: neither a new template nor a new version of the program alters it.

    None for drafts, for the other format, and for kinds of files that no issue makes (html).
    """
    if issue is None or layout != issue.content["layout"]:
        return None
    row = issue.files.filter(form=form, audience=IssueFile.Audience.OFFICE).first()
    if row is None or not row.file.name or not row.file.storage.exists(row.file.name):
        return None
    with row.file.open("rb") as file:
        data: bytes = file.read()
    return data


def build(unit: Organization, kind: str, period: Period, form: str, *, layout: str = "", live: bool = False) -> Built:
    """The file of a report in one of rendering.FORMATS. Without `layout` the format of its issuer."""
    if form not in rendering.FORMATS:
        raise InvalidInput(_("“%(form)s” is not a format: choose one of %(known)s.") % {"form": form, "known": ", ".join(rendering.FORMATS)}, field="format")
    if layout and layout not in Layout.values:
        raise InvalidInput(_("“%(layout)s” is not a document format: choose state or party.") % {"layout": layout}, field="layout")
    content, issue, report = content_of(unit, kind, period, live=live, layout=layout)
    chosen = layout or content["layout"]
    kept = issued_file(issue, form, chosen)
    if kept is not None:
        return Built(kept, content, chosen, issue, report)
    template, _row = access.template_of(kind, chosen)
    return Built(rendering.render(content, form, chosen, template=template), content, chosen, issue, report)
