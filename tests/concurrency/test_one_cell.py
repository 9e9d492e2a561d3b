"""Several people at one cell, and a lock that falls while somebody types."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from kheo.audit import queries as audit
from kheo.indicators.actions import collect, enter
from kheo.indicators.actions.collect import RoundData
from kheo.indicators.actions.enter import Entry
from kheo.indicators.models import Observation
from kheo.indicators.queries import definitions
from tests.concurrency.test_two_officers import at_once
from tests.indicators.scenes import count

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_wins_the_others_are_told_and_the_lock_holds(cast):
    indicator, period = count(), definitions.period("2026")
    cell = (indicator.pk, cast.bim_son.pk, "value")
    hands = [lambda n=n: enter.enter(period, [Entry(*cell, str(40 + n), "")], by=cast.officer).answers[0] for n in range(6)]
    answers = at_once(*hands)
    states = sorted(a.state for a in answers)
    assert states == ["conflict"] * 5 + ["saved"], answers
    kept = Observation.objects.get()
    shown = str(int(kept.value))
    assert all(shown in a.message and "Cán bộ tổng hợp" in a.message for a in answers if a.state == "conflict")

    around = collect.open_round(
        RoundData("Đợt", cast.bim_son, period, timezone.localdate(), date(2099, 1, 1), date(2099, 2, 1), [("Cán bộ", "receiver")]), [cast.bim_son], [indicator], by=None
    )
    submission = around.submissions.get()
    sent, typed = at_once(
        lambda: collect.submit(submission, by=cast.officer),
        lambda: enter.enter(period, [Entry(*cell, "77", shown)], by=cast.officer).answers[0],
    )
    assert sent.state == "submitted"
    # Either the figure was in before the unit's figures were sent, or the person is told that they were.
    assert typed.state == "saved" or (typed.state == "refused" and "Đợt" in typed.message)
    now = Observation.objects.get(is_current=True)
    assert now.value == (77 if typed.state == "saved" else kept.value)
    assert now.at <= submission.steps.get().at
    assert list(Observation.objects.order_by("revision").values_list("revision", flat=True)) == list(range(1, now.revision + 1))
    assert audit.verify() == []
