"""Rounds: sending, levels of approval, return, lock, extension, reminders."""

from __future__ import annotations

from datetime import date

import pytest
from django.core import mail

from kheo.audit.models import Entry
from kheo.core.errors import InvalidInput, Refused
from kheo.indicators.actions import collect, remind
from kheo.indicators.actions.collect import RoundData
from kheo.indicators.models import Observation, Reminder, Submission
from kheo.indicators.queries import definitions, figure, lens, public_page, rounds
from tests.indicators.scenes import count, put, scene


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


def test_a_reorganization_in_mid_round_loses_nothing_doubles_nothing_and_tells(cast, signed_in):
    """Ba Đình passes into Bỉm Sơn on 01/07/2025, while both the year before and the running year are collected."""
    indicator, ward, client = count(), cast.wards["ba-dinh"], signed_in(cast.officer)
    for code in ("2024", "2025"):
        collect.open_round(
            RoundData("Đợt " + code, cast.bim_son, definitions.period(code), date(2025, 6, 1), date(2099, 1, 1), date(2099, 2, 1), [("Cán bộ", "receiver")]),
            [ward], [indicator], by=None,
        )
        page = client.get(f"/ban-lam-viec/chi-tieu/nhap/{ward.slug}/{code}/").content.decode()
        assert ("nhập vào Phường Bỉm Sơn từ ngày 01/07/2025" in page) == (code == "2025")
        assert put(indicator, ward, code, by=cast.officer, value="10").answers[0].state == "saved"
        line = rounds.board(Submission.objects.get(round__period__code=code).round)[0]
        assert [s.successor for s in line.passed] == [cast.bim_son]
        assert line.filled == 1
        assert collect.submit(line.submission, by=cast.officer).state == "submitted"
    # The year before the change: the successor shows the figure once, and its own in place of it, never both.
    assert figure(indicator.code, cast.bim_son, definitions.period("2024")).value == 10
    put(indicator, cast.bim_son, "2024", value="25")
    assert figure(indicator.code, cast.bim_son, definitions.period("2024")).value == 25
    # The year of the change: half a year of the ward is no year of the successor; it stays findable.
    assert figure(indicator.code, cast.bim_son, definitions.period("2025")).state == "missing"
    assert figure(indicator.code, ward, definitions.period("2025")).value == 10
    assert cast.bim_son in [s.successor for s in rounds.board(Submission.objects.last().round)[0].passed]
    assert ward in [unit for unit, _name in public_page.areas(lens([definitions.period("2025")]), definitions.period("2025"))]


def test_reopening_stays_on_record(cast):
    s = scene(cast)
    put(s["share"], cast.bim_son, s["year"].code, extras=collect_extras(), numerator="8", denominator="10")
    collect.submit(s["submission"], by=cast.officer)
    collect.approve(s["submission"], by=cast.officer)
    collect.approve(s["submission"], by=cast.leader)
    with pytest.raises(InvalidInput):
        collect.reopen(s["submission"], date(2098, 1, 1), reason=" ", by=cast.leader)
    opened = collect.reopen(s["submission"], date(2098, 1, 1), reason="Sai số hộ", by=cast.leader)
    assert (opened.state, opened.level) == ("returned", 0)
    step = opened.steps.first()
    assert (step.verb, step.from_state, step.reason) == ("reopen", "approved", "01/01/2098: Sai số hộ")
    assert Entry.objects.filter(verb="indicators.reopen").count() == 1
    assert put(s["share"], cast.bim_son, s["year"].code, extras=collect_extras(), by=cast.officer, numerator="7").answers[0].state == "saved"
    assert list(Observation.objects.filter(unit=cast.bim_son).order_by("revision").values_list("status", flat=True)) == ["estimate", "official", "estimate"]
