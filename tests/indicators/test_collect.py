"""Rounds: sending, levels of approval, return, lock, extension, reminders."""

from __future__ import annotations

from datetime import date

import pytest
from django.core import mail

from kheo.core.errors import InvalidInput, Refused
from kheo.indicators.actions import collect, remind
from kheo.indicators.models import Observation, Reminder
from kheo.indicators.queries import rounds
from tests.indicators.scenes import put, scene


def test_it_works(cast):
    s = scene(cast)
    with pytest.raises(InvalidInput, match="Gia đình văn hóa"):
        collect.submit(s["submission"], by=cast.officer)
    put(s["share"], cast.bim_son, s["year"].code, extras=collect_extras(), by=cast.officer, numerator="8", denominator="10")
    sent = collect.submit(s["submission"], by=cast.officer)
    assert sent.state == "submitted"
    held = put(s["share"], cast.bim_son, s["year"].code, by=cast.officer, numerator="9").answers[0]
    assert held.state == "refused"
    once = collect.approve(sent, by=cast.officer)
    assert (once.state, once.level) == ("submitted", 1)
    with pytest.raises(Refused):
        collect.approve(sent, by=cast.officer)
    assert collect.approve(sent, by=cast.leader).state == "approved"
    now = Observation.objects.get(is_current=True, unit=cast.bim_son, period=s["year"])
    assert (now.status, now.revision, now.value) == ("official", 2, 80)


def collect_extras():
    from kheo.indicators.actions.enter import Extras

    return Extras()


def test_return_and_reopen_need_a_reason(cast):
    s = scene(cast)
    put(s["share"], cast.bim_son, s["year"].code, numerator="8", denominator="10")
    sent = collect.submit(s["submission"], by=cast.officer)
    with pytest.raises(InvalidInput):
        collect.return_(sent, reason=" ", by=cast.officer)
    assert collect.return_(sent, reason="Thiếu minh chứng", by=cast.officer).state == "returned"
    assert sent.steps.first().reason == "Thiếu minh chứng"


def test_after_the_lock_only_an_extension_opens(cast):
    s = scene(cast)
    around = s["round"]
    around.on_time_by, around.locks_on = around.opens_on, date(around.opens_on.year, around.opens_on.month, 2)
    around.save()
    submission = s["submission"]
    submission.refresh_from_db()
    assert rounds.closed_why(submission, date(2098, 1, 1))
    extended = collect.extend(submission, date(2098, 1, 1), reason="Mất điện", by=cast.leader)
    assert rounds.closed_why(extended, date(2098, 1, 1)) == ""


def test_a_reminder_is_sent_once_though_the_timer_was_down(cast, django_capture_on_commit_callbacks):
    s = scene(cast)
    s["round"].reminder_days = [30, 7]
    s["round"].save()
    with django_capture_on_commit_callbacks(execute=True):
        assert remind.remind_due(date(2098, 12, 28)) == 1
        assert remind.remind_due(date(2098, 12, 29)) == 0
    assert Reminder.objects.get().rule_day == date(2098, 12, 25)
    assert mail.outbox
