"""Demo: inspections of 2023 over all Party committees of wards and communes, the programme of friendly
government, a plan of the current year, and the confirmed calendar. Results are made up for illustration."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import timezone

from kheo.accounts.models import Position, Role, User
from kheo.documents.actions import register as documents
from kheo.documents.models import Document
from kheo.inspections.actions import (
    assess,
    follow_up,
    hold,
    plan,
    programme,
    self_inspect,
    write_checklist,
)
from kheo.inspections.actions.assess import Points
from kheo.inspections.actions.hold import Minutes, NewFinding
from kheo.inspections.models import Checklist, Inspection, Plan, Programme
from kheo.organizations.models import Organization, OrganizationKind
from kheo.workdays.actions import decide, propose
from kheo.workdays.models import CalendarDay
from kheo.workdays.models import State as DayState

if TYPE_CHECKING:
    from kheo.config.demo.story import Story

WARDS = ("bac-son", "ba-dinh", "lam-son", "ngoc-trao", "dong-son", "phu-son", "xa-quang-trung")
QUESTIONS = [
    ("Có kế hoạch thực hiện phong trào “Dân vận khéo” trong năm", "Số, ngày kế hoạch; phân công người theo dõi"),
    ("Khối dân vận họp định kỳ, có biên bản", "Số kỳ họp trong 6 tháng"),
    ("Hướng dẫn khu phố, thôn đăng ký mô hình đúng thời gian", "Số mô hình đăng ký theo bốn lĩnh vực"),
    ("Lãnh đạo thực hiện quy chế dân chủ ở cơ sở", "Nội dung công khai, số cuộc đối thoại"),
    ("Nắm tình hình Nhân dân, xử lý việc bức xúc", "Sổ theo dõi, số việc đã giải quyết"),
    ("Báo cáo 6 tháng và năm đúng hạn", "Ngày gửi"),
]
# ward → finding of the inspection, working days to mend it, mended how many days after the conclusion (None: extended)
FINDINGS = {
    "bac-son": ("Biên bản họp khối dân vận tháng 4 và tháng 5 chưa đầy đủ", 20, 18),
    "lam-son": ("Chưa phân công người theo dõi hai mô hình trên lĩnh vực quốc phòng - an ninh", 15, 14),
    "phu-son": ("Chưa công khai kết quả giải quyết kiến nghị của cử tri quý I", 10, 19),
    "xa-quang-trung": ("Sổ theo dõi tình hình Nhân dân ghi chưa thường xuyên", 30, 33),
}
CRITERIA = (
    ("Thực hiện quy chế dân chủ, tuyên truyền về chính quyền thân thiện", 20),
    ("Cải cách hành chính", 25),
    ("Văn minh công sở, quy tắc ứng xử", 20),
    ("Tiếp xúc, đối thoại, giải quyết khiếu nại, tố cáo, kiến nghị", 15),
    ("Mức độ hài lòng của người dân", 20),
)
PROMISES = (
    "Bốn xin: xin chào, xin lỗi, xin cảm ơn, xin phép. Bốn luôn: luôn mỉm cười, luôn nhẹ nhàng, luôn thấu hiểu, luôn giúp đỡ."
)
EVIDENCE = "Kế hoạch, báo cáo và sổ theo dõi năm 2023 lưu tại đơn vị (số liệu minh họa)"


def tell(story: Story) -> None:
    """The chapter."""
    _calendar(story)
    kinds = {kind.code: kind for kind in OrganizationKind.objects.all()}
    lists = write_checklist.write_checklist("Nội dung kiểm tra công tác dân vận và phong trào “Dân vận khéo”", QUESTIONS, date(2023, 1, 1), by=story.user("canbo"))
    _year_2023(story, kinds, lists)
    _this_year(story, kinds, lists)
    _friendly_government(story, kinds)


def paper(number: str, kind: str, title: str, issuer: str, on: date) -> Document:
    """An illustrative document of the demo."""
    return documents.register(number, kind, f"{title} (văn bản minh họa)", issuer, "", "", on, by=None)


def _calendar(story: Story) -> None:
    """The swap of January 2026, known from the press, is confirmed: one proposed, another decides."""
    open_days = list(CalendarDay.objects.filter(state=DayState.PROPOSED, on__year=2026, proposed_by_id__isnull=True))
    notice = documents.register(
        "12729/VPCP-KGVX", "Công văn", "Phương án nghỉ Tết Dương lịch năm 2026 (số và ngày theo báo chí)", "Văn phòng Chính phủ", "", "", date(2025, 12, 25), by=None
    )
    if open_days:
        decide.decide(open_days, document=notice, by=story.user("lanhdao"))
    propose.propose_from_library(timezone.localdate().year + 2, by=story.user("canbo"))


def _year_2023(story: Story, kinds: dict[str, OrganizationKind], lists: Checklist) -> None:
    """100% of the Party committees of the seven wards and communes: inspected, and inspecting themselves."""
    units, canbo = story.units.keys, story.user("canbo")
    made = plan.plan(
        plan.PlanData(
            cycle=story.cycles["2023"], name="Kiểm tra, giám sát công tác dân vận đối với đảng ủy các phường, xã năm 2023", within=units["town"],
            unit_kind=kinds["party-committee"], parent_kinds=(kinds["ward"], kinds["commune"]), lead=_unit("Ban Dân vận Thị ủy Bỉm Sơn"),
            partners=(_unit("Ủy ban Kiểm tra Thị ủy Bỉm Sơn"),), kinds=("combined", "self"), checklist=lists,
            starts_on=date(2023, 3, 1), ends_on=date(2023, 11, 30), document=paper("36-KH/ThU", "Kế hoạch", "Kiểm tra, giám sát công tác dân vận năm 2023", "Thị ủy Bỉm Sơn", date(2023, 2, 20)), finding_days=30,
        ), by=canbo,
    )
    for n, ward in enumerate(WARDS):
        committee = _committee(units[ward])
        _self(story, made, committee, ward, date(2023, 5, 8) + timedelta(days=n))
        held = date(2023, 6, 5) + timedelta(days=n)
        check = plan.schedule(made, [committee], "combined", held, by=canbo)[0]
        hold.hold(check, _minutes(lists, held, f"{n + 1:02d}-BB/BDV", weak=FINDINGS.get(ward, ("",))[0]), by=story.user("thamdinh"))
        _conclude(story, check, ward, held + timedelta(days=10))


def _unit(name: str) -> Organization:
    return Organization.objects.get(versions__name=name)


def _committee(ward: Organization) -> Organization:
    return Organization.objects.get(versions__kind__code="party-committee", versions__parent=ward)


def _minutes(lists: Checklist, held_on: date, number: str = "", weak: str = "") -> Minutes:
    items = list(lists.items.all())
    answers = {item.pk: ("yes", "") for item in items}
    if weak:
        answers[items[-2].pk] = ("partly", weak)
    return Minutes(
        held_on, "Cấp ủy quan tâm lãnh đạo công tác dân vận; phong trào được triển khai đến các khu phố, thôn; hồ sơ, sổ sách cơ bản đầy đủ.",
        answers, number, f"{weak}. Nguyên nhân: cán bộ phụ trách kiêm nhiệm." if weak else "", "Tiếp tục tập huấn cho cán bộ phụ trách công tác dân vận.",
    )


def _self(story: Story, made: Plan, committee: Organization, ward: str, on: date) -> None:
    """The committee's own form, sent by its registrant and taken note of by the officers."""
    person = User.objects.create_user(f"danguy-{ward}", None, full_name=f"Đại diện {committee}", wants_digest=False)
    person.set_unusable_password()
    person.save()
    Position.objects.create(user=person, organization=committee, role=Role.REGISTRANT, title="Khối dân vận", valid_from=date(2021, 1, 1))
    check = self_inspect.open_self_inspection(made, committee, by=person)
    sent = self_inspect.submit(check, _minutes(made.checklist, on), by=person, at=timezone.make_aware(datetime.combine(on, time(16))))
    hold.conclude(sent, [], by=story.user("canbo"), on=on + timedelta(days=7))


def _conclude(story: Story, check: Inspection, ward: str, on: date) -> None:
    text, days, after = FINDINGS.get(ward, ("", 0, 0))
    found = [NewFinding(text, "Khắc phục và báo cáo bằng văn bản", days)] if text else []
    document = paper(f"{on.day:02d}-KL/BDV", "Kết luận", f"Kết luận kiểm tra đối với {check.unit}", "Ban Dân vận Thị ủy Bỉm Sơn", on)
    hold.conclude(check, found, by=story.user("canbo"), document=document, on=on)
    for finding in check.findings.all():
        follow_up.report(finding, "Đơn vị đã khắc phục và gửi báo cáo.", by=story.user("canbo"))
        follow_up.accept(finding, "Đã kiểm tra lại, đạt yêu cầu.", by=story.user("lanhdao"), on=on + timedelta(days=after))


def _this_year(story: Story, kinds: dict[str, OrganizationKind], lists: Checklist) -> None:
    """A plan that is still running, so that a visitor can fill in a self-inspection as `dangky`."""
    year = list(story.cycles)[-1]
    cycle, today = story.cycles[year], timezone.localdate()
    if today.year < 2026:
        return
    bim_son = story.units.keys["bim-son"]
    made = plan.plan(
        plan.PlanData(
            cycle=cycle, name=f"Tự kiểm tra công tác dân vận ở các khu phố năm {year}", within=bim_son, unit_kind=kinds["residential-group"], parent_kinds=(),
            lead=_unit("Ủy ban MTTQ Việt Nam phường Bỉm Sơn"), partners=(), kinds=("inspection", "self"), checklist=lists, starts_on=cycle.starts_on,
            ends_on=cycle.ends_on, document=None, finding_days=20,
        ), by=story.user("canbo"),
    )
    group = story.units.find("ba-dinh/group1")[0]
    assert group is not None
    held = today - timedelta(days=40)
    if held < cycle.starts_on:
        return
    check = plan.schedule(made, [group], "inspection", held, by=story.user("canbo"))[0]
    hold.hold(check, _minutes(lists, held, "01/BB-MTTQ", weak="Chưa niêm yết kết quả họp khu phố tháng trước"), by=story.user("thamdinh2"))
    hold.conclude(check, [NewFinding("Chưa niêm yết kết quả họp khu phố tháng trước", "Niêm yết tại nhà văn hóa", 15)], by=story.user("lanhdao"), on=held + timedelta(days=2))


def _friendly_government(story: Story, kinds: dict[str, OrganizationKind]) -> None:
    """Every ward of the former town launched in 2022 and 2023; scored for 2023; both new wards launched in 2025."""
    units, canbo = story.units.keys, story.user("canbo")
    former, today = (
        programme.programme(
            programme.ProgrammeData(
                name, units["bim-son"], units[within], kinds["peoples-committee"], (kinds["ward"], kinds["commune"]), start, PROMISES, launching
            ), by=canbo,
        )
        for name, within, start, launching in (
            ("Chính quyền thân thiện, vì Nhân dân phục vụ (thị xã Bỉm Sơn)", "town", date(2022, 6, 1),
             paper("41-KH/BDV", "Kế hoạch", "Xây dựng mô hình “Chính quyền thân thiện, vì Nhân dân phục vụ”", "Ban Dân vận Thị ủy Bỉm Sơn", date(2022, 6, 1))),
            ("Chính quyền thân thiện, vì Nhân dân phục vụ (phường Bỉm Sơn)", "bim-son", date(2025, 7, 1),
             paper("09-KH/ĐU", "Kế hoạch", "Tiếp tục mô hình “Chính quyền thân thiện, vì Nhân dân phục vụ”", "Đảng ủy phường Bỉm Sơn", date(2025, 8, 5))),
        )
    )
    for made in (former, today):
        programme.write_scheme(
            made, programme.SchemeData(
                [programme.Line(name, Decimal(most)) for name, most in CRITERIA], made.starts_on,
                grades=[(Decimal(90), "Tốt"), (Decimal(80), "Khá"), (Decimal(65), "Đạt")], note="Thang điểm tham khảo của tỉnh khác; mỗi nơi thay bằng hướng dẫn của mình",
            ), by=canbo,
        )
    body = Organization.objects.get(versions__kind__code="peoples-committee", versions__parent=units["bim-son"])
    programme.launch(today, body, date(2025, 9, 15), paper("21/KH-UBND", "Kế hoạch", f"Ra mắt mô hình tại {body}", str(body), date(2025, 9, 10)), by=canbo)
    for n, ward in enumerate(WARDS):
        body = Organization.objects.get(versions__kind__code="peoples-committee", versions__parent=units[ward])
        on = date(2022, 8, 15) + timedelta(days=30 * n)
        programme.launch(former, body, on, paper(f"{12 + n}/KH-UBND", "Kế hoạch", f"Ra mắt mô hình tại {body}", str(body), on), by=canbo)
        _score(story, former, body, n)


def _score(story: Story, made: Programme, body: Organization, n: int) -> None:
    canbo = story.user("canbo")
    one = assess.open_assessment(made, body, date(2023, 1, 1), date(2023, 12, 31), by=canbo)
    own = {row.criterion_id: row.criterion.max_points - Decimal((n + row.criterion.order) % 3) / 2 for row in one.scores.select_related("criterion")}
    sent = assess.submit(one, {key: Points(value, EVIDENCE) for key, value in own.items()}, by=canbo)
    for who, less in (("thamdinh", Decimal(1)), ("thamdinh2", Decimal("1.5"))):
        sheet = {key: Points(value - less, "Một số minh chứng chưa đầy đủ") for key, value in own.items()}
        assess.evaluate(sent, sheet, by=story.user(who))
    assess.conclude(sent, by=story.user("lanhdao"))
