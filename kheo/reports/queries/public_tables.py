"""The issued reports among the site's public tables (kheo.core.datasets)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kheo.core.datasets import Column, Dataset, Latest, Value, register
from kheo.organizations import queries as organizations
from kheo.reports.models import Issue
from kheo.reports.queries.public_search import WORDS, issues


def records() -> QuerySet[Issue]:
    """The last issue of each report, the oldest first."""
    return issues().order_by("issued_on", "pk")


def values(part: Iterable[Issue]) -> Iterable[Sequence[Value]]:
    """Rows in the order of the columns; the unit by its name on the day of issue."""
    for issue in part:
        report = issue.report
        version = organizations.version_of(report.unit, issue.issued_on)
        yield [
            issue.document.number, issue.issued_on, issue.document.issuer, report.kind, report.period_code, version.name if version else report.unit.slug,
            version.code if version else "", " ".join(report.subject.split()), issue.serial, issue.sha256, reverse("reports:detail", args=[report.unit.slug, report.period_code.lower(), WORDS[report.kind]]),
        ]


register(Dataset(
    code="bao-cao", title=_("Issued reports"), keywords=("báo cáo", "sơ kết", "tổng kết"),
    description=_("Number, date, period and fingerprint of every interim and annual report, in its last issue."),
    columns=(
        Column("number", _("Number"), "text", _("Number and symbol")), Column("issued_on", _("Date of issue"), "date"), Column("issuer", _("Issuing body")),
        Column("kind", _("Kind"), "code", _("interim or annual")), Column("period", _("Period"), "code", _("2023 is the year, 2023-H1 its first half")),
        Column("unit", _("Unit"), "text", _("By its name on the day of issue")), Column("unit_code", _("Code of the unit"), "code", _("Official code on that day")),
        Column("subject", _("Subject")), Column("serial", _("Issue"), "integer", _("Above 1: issued again")),
        Column("sha256", _("Fingerprint (SHA-256)"), "code", _("Of the signed content")), Column("address", _("Address"), "text", _("Of its page")),
    ),
    records=records, values=values, updated=Latest(Issue.objects.all, "issued_at"), cycle="irregular", address=lambda: reverse("reports:index"),
))  # fmt: skip
