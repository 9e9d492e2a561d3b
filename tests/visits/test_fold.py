"""Segments become rollups: each line once, whatever the order and whoever folds."""

from __future__ import annotations

from datetime import date

import pytest

from kheo.visits.actions import fold
from kheo.visits.models import DayCount, HourCount, LabelDay, MonthCount, Segment
from kheo.visits.sources import ledger
from tests.visits.beacons import Clock, beacon, send

pytestmark = pytest.mark.django_db


def test_it_works():
    clock = Clock("2026-11-25 14:30")
    one = beacon(clock)
    assert send(one, "/tin-tuc/").startswith("204")
    assert send(one, "/mo-hinh/", address="203.0.113.10").startswith("204")
    clock.turn("2026-11-25 15:10")
    assert send(one, "/tin-tuc/").startswith("204")
    assert fold.fold().lines == 3
    day = DayCount.objects.get()
    assert (day.site, day.day, day.views, day.visits) == (1, date(2026, 11, 25), 3, 3)
    assert list(HourCount.objects.order_by("hour").values_list("hour", "views", "visits")) == [(14, 2, 2), (15, 1, 1)]
    assert MonthCount.objects.get().views == 3
    pages = LabelDay.objects.filter(label__kind="page")
    assert {p.label.text: p.views for p in pages} == {"/tin-tuc/": 2, "/mo-hinh/": 1}


def test_folding_again_adds_nothing():
    one = beacon()
    send(one)
    fold.fold()
    assert fold.fold().lines == 0
    send(one)
    assert fold.fold().lines == 1
    assert DayCount.objects.get().views == 2


def test_an_unfinished_line_waits_and_a_torn_one_is_bad():
    one = beacon()
    send(one)
    path = ledger.files()[0].path
    with path.open("ab") as torn:
        torn.write(b"2026112514\t1\th\tphone")
    assert fold.fold().lines == 1
    assert fold.fold().bad == 0  # its process still lives: the rest may come
    one.segments.close()
    assert fold.fold().bad == 1
    assert Segment.objects.get().offset == path.stat().st_size
    assert DayCount.objects.get().views == 1


def test_a_folder_that_was_overtaken_throws_its_work_away(monkeypatch):
    one = beacon()
    send(one)
    gather, calls = fold._gather, []

    def overtaken():
        parts = gather()
        if not calls and parts:
            calls.append(1)
            fold._store(gather())
        return parts

    monkeypatch.setattr(fold, "_gather", overtaken)
    assert fold.fold().lost_races == 1
    assert DayCount.objects.get().views == 1
