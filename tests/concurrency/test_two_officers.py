"""Two people act on one practice at the same instant: one wins, the other is told who did what."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from kheo.audit import queries as audit
from kheo.audit.models import Entry
from kheo.core.errors import Conflict
from kheo.core.messages import describe
from kheo.practices.actions import approve, recognize, return_
from kheo.practices.models import Practice, Recognition
from tests import cast as cast_module
from tests.practices import scenes

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls):
    """Run the calls in threads that start together; what each returned or raised."""
    barrier = Barrier(len(calls))

    def one(call):
        try:
            barrier.wait(timeout=30)
            return call()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(one, calls))


def test_approve_against_return(cast):
    practice = cast_module.practice(cast)
    seen = practice.version
    outcomes = at_once(
        lambda: approve.approve(practice, by=cast.officer, expected_version=seen),
        lambda: return_.return_(practice, "Thiếu mục tiêu", by=cast.officer, expected_version=seen),
    )
    refusals = [found for found in outcomes if isinstance(found, Conflict)]
    assert len(refusals) == 1, outcomes
    assert "Cán bộ tổng hợp" in str(describe(refusals[0]))
    assert Practice.objects.get(pk=practice.pk).version == seen + 1
    assert practice.transitions.count() == 1
    assert audit.verify() == []


def test_eight_hands_recognize_one_practice_once(cast):
    practice = scenes.evaluated(cast)
    seen = practice.version
    outcomes = at_once(*[
        lambda: recognize.recognize(practice, document=cast.decision, by=cast.leader, expected_version=seen) for _hand in range(8)
    ])
    assert sum(isinstance(found, Practice) for found in outcomes) == 1, outcomes
    assert sum(isinstance(found, Conflict) for found in outcomes) == 7, outcomes
    assert Recognition.objects.count() == 1
    assert Entry.objects.filter(verb="practices.recognize").count() == 1


def test_two_lists_that_overlap(cast):
    """Whoever comes second recognizes nothing, not even what only its own list holds."""
    practices = [scenes.evaluated(cast, title=f"Mô hình {n}") for n in range(3)]
    outcomes = at_once(
        lambda: recognize.recognize_many(practices[:2], document=cast.decision, by=cast.leader),
        lambda: recognize.recognize_many(list(reversed(practices[1:])), document=cast.decision, by=cast.leader),
    )
    assert sum(isinstance(found, list) for found in outcomes) == 1, outcomes
    assert sum(isinstance(found, Conflict) for found in outcomes) == 1, outcomes
    assert Recognition.objects.count() == 2
