"""What the tests of the whole house walk over in the room of inspections."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from kheo.accounts.models import Role
from kheo.inspections.actions import hold, plan, programme, self_inspect, write_checklist
from kheo.inspections.actions.hold import Minutes, NewFinding
from kheo.inspections.models import Assessment, AssessmentScore, Attachment
from tests.cast import Cast, person

TABLE: dict[str, str] = {
    "inspections:index": "200 200 200 200 200 200 200 200 200",
    "inspections:programme": "200 200 200 200 200 200 200 200 200",
    "inspections:plan": "200 200 200 200 200 200 200 200 200",
    "inspections_desk:index": "302 403 200 200 200 200 200 200 200",
    "inspections_desk:new_plan": "302 403 403 200 403 200 403 403 403",
    "inspections_desk:plan": "302 403 200 200 200 200 404 200 200",
    "inspections_desk:change_plan": "302 403 403 200 403 200 404 403 403",
    "inspections_desk:schedule": "302 403 403 200 403 200 404 403 403",
    "inspections_desk:remind": "302 403 405 405 405 405 405 405 405",
    "inspections_desk:self_inspect": "302 403 302 302 403 403 403 403 403",
    "inspections_desk:checklists": "302 403 200 200 200 200 200 200 200",
    "inspections_desk:write_checklist": "302 403 403 200 403 403 403 403 200",
    "inspections_desk:change_checklist": "302 403 403 200 403 403 403 403 200",
    "inspections_desk:detail": "302 403 200 200 200 200 404 200 200",
    "inspections_desk:hold": "302 403 403 200 200 200 404 403 403",
    "inspections_desk:conclude": "302 403 404 200 403 200 404 403 403",
    "inspections_desk:return": "302 403 404 200 403 200 404 403 403",
    "inspections_desk:cancel": "302 403 403 200 403 200 404 403 403",
    "inspections_desk:fill": "302 403 200 200 404 404 404 404 404",
    "inspections_desk:autosave": "302 403 405 405 405 405 405 405 405",
    "inspections_desk:receipt": "302 403 404 200 200 200 404 200 200",
    "inspections_desk:attach": "302 403 405 405 405 405 405 405 405",
    "inspections_desk:report_finding": "302 403 200 200 403 403 404 403 403",
    "inspections_desk:settle_finding": "302 403 403 200 403 200 404 403 403",
    "inspections_desk:attachment": "302 403 200 200 200 200 403 200 200",
    "inspections_desk:new_programme": "302 403 403 200 403 403 403 403 200",
    "inspections_desk:programme": "302 403 200 200 200 200 200 200 200",
    "inspections_desk:change_programme": "302 403 403 200 403 403 403 403 200",
    "inspections_desk:scheme": "302 403 403 200 403 403 403 403 200",
    "inspections_desk:launch": "302 403 200 200 403 403 403 403 403",
    "inspections_desk:open_assessment": "302 403 200 200 403 403 403 403 403",
    "inspections_desk:assessment": "302 403 200 200 200 200 404 200 200",
    "inspections_desk:self_score": "302 403 200 200 404 404 404 404 404",
    "inspections_desk:evaluate": "302 403 403 403 200 403 404 403 403",
    "inspections_desk:conclude_assessment": "302 403 403 200 403 200 404 403 403",
    "inspections_desk:return_assessment": "302 403 403 200 403 200 404 403 403",
    "inspections_desk:attach_evidence": "302 403 405 405 405 405 405 405 405",
}


def _scene(cast: Cast) -> dict[str, Any]:
    """A plan over the residential groups of phường Bỉm Sơn in the open cycle, with checks in several states."""
    if "inspections" in cast.extra:
        found: dict[str, Any] = cast.extra["inspections"]
        return found
    today = timezone.localdate()
    group = cast.groups["ba-dinh-1"]
    kind = group.versions.get().kind
    officer = cast.officer
    lists = write_checklist.write_checklist("Nội dung tự kiểm tra", [("Có kế hoạch", "Số, ngày"), ("Có báo cáo", "")], date(2020, 1, 1), by=officer)
    made = plan.plan(
        plan.PlanData(
            cycle=cast.open_cycle, name="Kiểm tra các khu phố", within=cast.wards["ba-dinh"], unit_kind=kind, parent_kinds=(), lead=cast.bim_son,
            partners=(), kinds=("inspection", "self"), checklist=lists, starts_on=date(2023, 1, 1), ends_on=date(2023, 12, 31),
        ), by=officer,
    )
    answers = {item.pk: ("yes", "") for item in lists.items.all()}
    minutes = Minutes(date(2023, 6, 1), "Thực hiện tốt.", answers)
    held = plan.schedule(made, [group], "inspection", date(2023, 6, 1), by=officer)[0]
    concluded = hold.conclude(hold.hold(held, minutes, by=cast.evaluator), [NewFinding("Chưa có báo cáo", "Gửi", 5)], by=officer, on=date(2023, 6, 2))
    planned = plan.schedule(made, [group], "inspection", date(2023, 8, 1), by=officer)[0]
    draft = self_inspect.open_self_inspection(made, group, by=cast.registrant)
    other = person("khupho2", "Đại diện khu phố 2", (Role.REGISTRANT, cast.groups["ba-dinh-2"]))
    sent = self_inspect.submit(self_inspect.open_self_inspection(made, cast.groups["ba-dinh-2"], by=other), minutes, by=other)
    scored = programme.programme(
        programme.ProgrammeData("Chính quyền thân thiện", cast.bim_son, cast.wards["ba-dinh"], kind, (), date(2023, 1, 1)), by=officer
    )
    scheme = programme.write_scheme(scored, programme.SchemeData([programme.Line("Văn minh công sở", Decimal(100))], date(2023, 1, 1)), by=officer)
    first = Assessment.objects.create(
        programme=scored, scheme=scheme, unit=group, period_from=date(today.year, 1, 1), period_to=date(today.year, 12, 31), state="submitted", self_total=90
    )
    line = scheme.criteria.get()
    AssessmentScore.objects.create(assessment=first, criterion=line, points=90, evidence="Quy chế 01")
    second = Assessment.objects.create(programme=scored, scheme=scheme, unit=group, period_from=date(2023, 1, 1), period_to=date(2023, 12, 31))
    AssessmentScore.objects.create(assessment=second, criterion=line)
    file = Attachment.objects.create(
        inspection=concluded, original_name="bien-ban.pdf", kind="pdf", size=3, sha256="0" * 64, by_name="–", at=timezone.now(), file=ContentFile(b"%PDF", "a.pdf")
    )
    cast.extra["inspections"] = {
        "plan": made, "planned": planned, "concluded": concluded, "draft": draft, "sent": sent, "programme": scored, "submitted": first,
        "scoring": second, "line": line, "file": file, "finding": concluded.findings.get(), "group": group, "list": lists,
    }
    return _scene(cast)


def samples(cast: Cast) -> dict[str, dict[str, Any]]:
    """One object behind each address."""
    s = _scene(cast)
    plan_key, planned, sent, first = {"pk": s["plan"].pk}, {"pk": s["planned"].pk}, {"pk": s["sent"].pk}, {"pk": s["submitted"].pk}
    room = {
        "plan": plan_key, "change_plan": plan_key, "schedule": plan_key, "remind": plan_key, "self_inspect": plan_key | {"unit": s["group"].pk},
        "change_checklist": {"pk": s["list"].pk}, "detail": {"pk": s["concluded"].pk}, "hold": planned, "cancel": planned, "conclude": sent, "return": sent,
        "fill": {"pk": s["draft"].pk}, "autosave": {"pk": s["draft"].pk}, "receipt": sent, "attach": planned, "report_finding": {"pk": s["finding"].pk},
        "settle_finding": {"pk": s["finding"].pk}, "attachment": {"pk": s["file"].pk}, "assessment": first, "evaluate": first, "conclude_assessment": first,
        "return_assessment": first, "self_score": {"pk": s["scoring"].pk}, "attach_evidence": first | {"criterion": s["line"].pk},
        "*": {"pk": s["programme"].pk},
    }
    found = {f"inspections_desk:{name}": keys for name, keys in room.items()}
    return found | {"inspections:plan": {"slug": s["plan"].slug}, "inspections:programme": {"slug": s["programme"].slug}}


def pages(cast: Cast) -> dict[str, tuple[Any, str]]:
    """The pages for the browser walk."""
    s, desk = _scene(cast), "/ban-lam-viec/kiem-tra/"
    return {
        "inspections": (None, "/kiem-tra/"),
        "inspections, plan": (None, f"/kiem-tra/{s['plan'].slug}/"),
        "inspections, programme": (None, f"/kiem-tra/chuong-trinh/{s['programme'].slug}/"),
        "inspections, desk": (cast.officer, desk),
        "inspections, board": (cast.officer, f"{desk}ke-hoach/{s['plan'].pk}/"),
        "inspections, new plan": (cast.officer, f"{desk}ke-hoach/moi/"),
        "inspections, check": (cast.officer, f"{desk}cuoc/{s['concluded'].pk}/"),
        "inspections, minutes": (cast.officer, f"{desk}cuoc/{s['planned'].pk}/bien-ban/"),
        "inspections, conclude": (cast.officer, f"{desk}cuoc/{s['sent'].pk}/ket-luan/"),
        "inspections, self-inspection": (cast.registrant, f"{desk}cuoc/{s['draft'].pk}/tu-kiem-tra/"),
        "inspections, receipt": (cast.officer, f"{desk}cuoc/{s['sent'].pk}/bien-nhan/"),
        "inspections, programme at the desk": (cast.officer, f"{desk}chuong-trinh/{s['programme'].pk}/"),
        "inspections, assessment": (cast.evaluator, f"{desk}cham-diem/{s['submitted'].pk}/"),
        "inspections, evaluation": (cast.evaluator, f"{desk}cham-diem/{s['submitted'].pk}/tham-dinh/"),
    }
