"""Reminders: once per rule and date, also when the timer stood still."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kheo.inspections import rules
from kheo.inspections.actions import remind, self_inspect
from kheo.inspections.models import Reminder

DUE = date(2023, 12, 15)


def test_it_works(scene, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert remind.remind_due(date(2023, 12, 1)) == 7
    assert [letter.to for letter in mailoutbox] == [["bithu@example.vn"]]
    assert remind.remind_due(date(2023, 12, 1)) == 0
    assert remind.remind_due(date(2023, 12, 11)) == 0
    assert remind.remind_due(date(2023, 12, 12)) == 7


def test_a_timer_that_stood_still_sends_one_letter_for_all_it_missed(scene, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert remind.remind_due(date(2023, 12, 16)) == 21  # 14 and 3 days before, and the day itself, for seven units
    assert len(mailoutbox) == 1
    assert set(Reminder.objects.values_list("rule_date", flat=True)) == {date(2023, 12, 1), date(2023, 12, 12), DUE}


def test_who_is_done_is_left_alone(scene):
    scene.plan.kinds = ["self"]
    scene.plan.save()
    check = self_inspect.open_self_inspection(scene.plan, scene.committees["ba-dinh"], by=scene.secretary)
    self_inspect.submit(check, scene.minutes(), by=scene.secretary)
    remind.remind_due(date(2023, 12, 1))
    assert not Reminder.objects.filter(unit=scene.committees["ba-dinh"]).exists() and Reminder.objects.count() == 6


def test_a_moved_last_day_reminds_anew(scene):
    remind.remind_due(date(2023, 12, 1))
    scene.plan.ends_on = date(2023, 12, 31)
    scene.plan.save()
    assert remind.remind_due(date(2023, 12, 16)) == 0
    assert remind.remind_due(date(2023, 12, 17)) == 7


def test_old_plans_are_history(scene):
    assert remind.remind_due(date(2024, 6, 1)) == 0


@given(st.lists(st.integers(-30, 60), max_size=8), st.lists(st.dates(date(2023, 9, 1), date(2024, 2, 1)), min_size=1, max_size=6))
def test_whatever_the_timer_does_each_rule_comes_once(before, days):
    sent: list[int] = []
    for day in sorted(days):
        sent += rules.reminders_due(DUE, before, set(sent), day)
    assert len(sent) == len(set(sent))
    assert set(sent) == set(rules.reminders_due(DUE, before, set(), max(days)))
