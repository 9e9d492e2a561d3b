"""What the tests of the whole house walk over in the room of reports."""

from __future__ import annotations

from datetime import date
from typing import Any

from kheo.core.rules.periods import parse_period
from kheo.reports.actions import check, draft, issue
from kheo.reports.models import IssueFile, Report, ReportTemplate
from tests.cast import Cast, practice

TABLE: dict[str, str] = {
    "reports:index": "200 200 200 200 200 200 200 200 200",
    "reports:detail": "200 200 200 200 200 200 200 200 200",
    "reports:issue": "200 200 200 200 200 200 200 200 200",
    "reports:file": "200 200 200 200 200 200 200 200 200",
    "reports_desk:index": "302 403 403 200 200 200 200 200 200",
    "reports_desk:overview": "302 403 403 200 200 200 200 200 200",
    "reports_desk:overview_figure": "302 403 403 404 404 404 404 404 404",
    "reports_desk:new": "302 403 403 200 403 200 403 403 403",
    "reports_desk:templates": "302 403 403 200 200 200 200 200 200",
    "reports_desk:template": "302 403 403 200 200 200 200 200 200",
    "reports_desk:template_version": "302 403 403 200 200 200 200 200 200",
    "reports_desk:withdraw_template": "302 403 403 405 405 405 405 405 405",
    "reports_desk:section": "302 403 403 200 403 200 403 403 403",
    "reports_desk:autosave": "302 403 403 405 405 405 405 405 405",
    "reports_desk:arrange": "302 403 403 405 405 405 405 405 405",
    "reports_desk:file": "302 403 403 200 200 200 200 200 200",
    "reports_desk:detail": "302 403 403 200 200 200 200 200 200",
    "reports_desk:frame": "302 403 403 200 403 200 403 403 403",
    "reports_desk:add_section": "302 403 403 405 405 405 405 405 405",
    "reports_desk:preview": "302 403 403 200 200 200 200 200 200",
    "reports_desk:figure": "302 403 403 200 200 200 200 200 200",
    "reports_desk:check": "302 403 403 405 405 405 405 405 405",
    "reports_desk:return": "302 403 403 403 403 403 403 403 403",
    "reports_desk:issue": "302 403 403 403 403 403 403 403 403",
    "reports_desk:reopen": "302 403 403 403 403 403 403 403 403",
    "reports_desk:difference": "302 403 403 404 404 404 404 404 404",
    "reports_desk:download": "302 403 403 200 200 200 200 200 200",
}


def scene(cast: Cast, period: str = "2023-H2", kind: str = "interim") -> Report:
    """A draft of phường Bỉm Sơn on its predecessors' year, with one practice to count."""
    practice(cast, state="running", title=f"Tuyến đường tự quản {period}")
    return draft.draft(cast.bim_son, kind, parse_period(period), by=cast.officer)


def issued(cast: Cast) -> Report:
    """The annual report of 2023, issued."""
    made = scene(cast, "2023", "annual")
    for section in made.sections.all():
        section.text = "Đăng ký {{ mo_hinh.dang_ky }} mô hình, điển hình."
        section.save()
    checked = check.check(made, by=cast.officer)
    issue.issue(checked, issue.Signed(date(2023, 12, 28)), by=cast.leader)
    made.refresh_from_db()
    return made


def samples(cast: Cast) -> dict[str, dict[str, Any]]:
    """Arguments of addresses that need an object."""
    made, done = scene(cast), issued(cast)
    section = made.sections.first()
    template = ReportTemplate.objects.create(kind="annual", layout="state", version=1, name="mau.docx", sha256="0" * 64, by_name="–", at=made.created_at, withdrawn_at=made.created_at)
    template.file.save("mau.docx", IssueFile.objects.filter(issue__report=done, form="docx").first().file)
    where = {"unit": cast.bim_son.slug, "period": "2023", "kind": "tong-ket"}
    return {
        "reports:detail": where, "reports:issue": {**where, "serial": 1}, "reports:file": {**where, "serial": 1, "form": "pdf"},
        "reports_desk:*": {"pk": made.pk}, "reports_desk:template": {"kind": "annual", "layout": "party"},
        "reports_desk:template_version": {"pk": template.pk}, "reports_desk:withdraw_template": {"pk": template.pk},
        "reports_desk:section": {"pk": section.pk}, "reports_desk:autosave": {"pk": section.pk}, "reports_desk:arrange": {"pk": section.pk, "step": "len"},
        "reports_desk:file": {"pk": IssueFile.objects.filter(issue__report=done).first().pk}, "reports_desk:download": {"pk": made.pk, "form": "xlsx"},
    }


def pages(cast: Cast) -> dict[str, tuple[Any, str]]:
    """Pages for the walk in the browser."""
    made, done = scene(cast), issued(cast)
    section = made.sections.first()
    base = "/ban-lam-viec/bao-cao"
    return {
        "reports": (None, "/bao-cao/"), "report": (None, f"/bao-cao/{cast.bim_son.slug}/2023/tong-ket/"), "reports-desk": (cast.officer, f"{base}/"),
        "reports-overview": (cast.leader, f"{base}/tong-quan/?year=2023"), "reports-new": (cast.officer, f"{base}/moi/"), "reports-templates": (cast.officer, f"{base}/mau/"),
        "report-desk": (cast.officer, f"{base}/{made.pk}/"), "report-issued": (cast.leader, f"{base}/{done.pk}/"), "report-section": (cast.officer, f"{base}/muc/{section.pk}/"),
        "report-frame": (cast.officer, f"{base}/{made.pk}/khung/"), "report-preview": (cast.officer, f"{base}/{made.pk}/xem-truoc/"),
        "report-figure": (cast.officer, f"{base}/{made.pk}/so-lieu/?ma=mo_hinh.dang_ky"),
    }
