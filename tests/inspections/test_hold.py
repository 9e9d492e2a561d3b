"""Hold, conclude, follow up."""

from __future__ import annotations

import uuid
from datetime import date

import pytest

from kheo.audit.models import Entry
from kheo.core.errors import InvalidInput, Refused
from kheo.inspections.actions import follow_up, hold, plan, write_checklist
from kheo.inspections.actions.hold import NewFinding
from kheo.inspections.models import Checklist, Finding
from kheo.inspections.queries import coverage
from kheo.workdays import queries as workdays
from kheo.workdays.actions import recompute
from kheo.workdays.models import CalendarDay, State


def concluded(scene, on=date(2023, 8, 25), days=5):
    return hold.conclude(scene.held(), [NewFinding("Chưa có báo cáo 6 tháng", "Gửi báo cáo", days)], by=scene.cast.officer, on=on)


def test_it_works(scene):
    check = concluded(scene)
    finding = check.findings.get()
    # 28, 29, 30, 31 August, then 1 to 4 September 2023 off: the fifth working day is the 5th.
    assert (check.state, finding.due_on, finding.state) == ("concluded", date(2023, 9, 5), "open")
    follow_up.report(finding, "Đã gửi báo cáo số 12", by=scene.secretary)
    follow_up.accept(finding, "Đã kiểm tra", by=scene.cast.officer, on=date(2023, 9, 6))
    finding.refresh_from_db()
    assert (finding.state, finding.closed_on) == ("closed", date(2023, 9, 6))
    counts = coverage.findings([scene.plan])[scene.plan.pk]
    assert (counts.total, counts.open, counts.late, counts.mended, counts.mended_late) == (1, 0, 0, 1, 1)
    verbs = list(Entry.objects.filter(verb__startswith="inspections.").values_list("verb", flat=True))
    assert verbs[-5:] == ["inspections.schedule", "inspections.hold", "inspections.conclude", "inspections.finding_report", "inspections.finding_accept"]


def test_an_open_question_is_named(scene):
    minutes = scene.minutes(answers={})
    with pytest.raises(InvalidInput) as refusal:
        hold.hold(scene.check(), minutes, by=scene.cast.evaluator)
    assert refusal.value.field == "answers" and "Có kế hoạch" in str(refusal.value)


@pytest.mark.parametrize("who", ["registrant", "editor", "auditor", "outsider", "officer_elsewhere"])
def test_others_do_not_hold_checks(scene, who):
    with pytest.raises(Refused):
        hold.hold(scene.check(), scene.minutes(), by=getattr(scene.cast, who))


def test_a_check_is_not_concluded_before_it_is_held(scene):
    with pytest.raises(Refused):
        hold.conclude(scene.check(), [], by=scene.cast.officer)
    with pytest.raises(InvalidInput):
        hold.conclude(scene.held("bac-son"), [], by=scene.cast.officer, on=date(2023, 6, 1))


def test_a_future_day_is_refused(scene):
    with pytest.raises(InvalidInput) as refusal:
        hold.hold(scene.check(), scene.minutes(date(2999, 1, 1)), by=scene.cast.evaluator)
    assert refusal.value.field == "held_on"


def test_a_used_checklist_is_never_changed(scene):
    scene.held()
    used = Checklist.objects.get()
    newer = write_checklist.write_checklist(used.name, [("Câu hỏi mới", "")], date(2024, 1, 1), by=scene.cast.officer, current=used)
    assert (newer.version, used.items.count()) == (2, 3)
    again = write_checklist.write_checklist(used.name, [("Câu hỏi mới", ""), ("Thêm", "")], date(2024, 1, 1), by=scene.cast.officer, current=newer)
    assert (again.pk, again.items.count()) == (newer.pk, 2)


def test_refusing_opens_again_and_extending_keeps_the_first_deadline(scene):
    finding = concluded(scene).findings.get()
    follow_up.report(finding, "Đã làm", by=scene.secretary)
    follow_up.refuse(finding, "Chưa đủ", by=scene.cast.officer)
    finding.refresh_from_db()
    assert finding.state == Finding.State.OPEN
    with pytest.raises(InvalidInput):
        follow_up.extend(finding, finding.due_on, "Sớm hơn", by=scene.cast.officer)
    follow_up.extend(finding, date(2023, 10, 1), "Chờ kinh phí", by=scene.cast.officer)
    finding.refresh_from_db()
    assert (finding.due_on, finding.deadline) == (date(2023, 9, 5), date(2023, 10, 1))


def test_the_unit_does_not_settle_its_own_finding(scene):
    finding = concluded(scene).findings.get()
    with pytest.raises(Refused):
        follow_up.accept(finding, "Tự đóng", by=scene.secretary)


def test_the_same_report_twice_is_one(scene):
    finding, key = concluded(scene).findings.get(), uuid.uuid4()
    for _n in range(2):
        follow_up.report(finding, "Đã làm", by=scene.secretary, submission_key=key)
    assert finding.follow_ups.count() == 1


def test_a_changed_calendar_moves_deadlines_only_on_command(scene):
    finding = concluded(scene).findings.get()
    CalendarDay.objects.filter(on=date(2023, 9, 4)).update(state=State.WITHDRAWN)
    assert [m.after for kind in workdays.would_move() for m in kind.moves] == [date(2023, 9, 4)]
    finding.refresh_from_db()
    assert finding.due_on == date(2023, 9, 5)
    assert recompute.recompute(by=scene.cast.officer)["inspections.findings"] == 1
    finding.refresh_from_db()
    assert finding.due_on == date(2023, 9, 4)


def test_scheduling_again_adds_nothing(scene):
    scene.check("ba-dinh")
    assert plan.schedule(scene.plan, list(scene.committees.values()), "inspection", date(2023, 6, 10), by=scene.cast.officer).__len__() == 6
    with pytest.raises(InvalidInput):
        plan.schedule(scene.plan, [scene.cast.groups["ba-dinh-1"]], "inspection", date(2023, 6, 10), by=scene.cast.officer)


def test_a_plan_with_checks_keeps_its_frame(scene):
    scene.check()
    data = plan.PlanData(
        cycle=scene.cast.old_cycle, name=scene.plan.name, within=scene.cast.town, unit_kind=scene.plan.unit_kind, parent_kinds=(), lead=scene.plan.lead,
        partners=(), kinds=("inspection",), checklist=scene.plan.checklist, starts_on=scene.plan.starts_on, ends_on=scene.plan.ends_on,
    )
    with pytest.raises(InvalidInput):
        plan.plan(data, by=scene.cast.officer, current=scene.plan)
