"""A day that is over is counted twice, signed off, and its salt destroyed; rebuilding changes nothing."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db.models import Sum

from kheo.core.rules.dates import VIETNAM
from kheo.visits.actions import close_days, fold, rebuild
from kheo.visits.models import (
    Closing,
    DayCount,
    HourCount,
    LabelDay,
    MonthCount,
    Segment,
    VisitorDay,
)
from kheo.visits.sources import ledger
from tests.visits.beacons import Clock, beacon, send

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 25)


def busy_day(clock: Clock):
    one = beacon(clock)
    for hour in (8, 12, 12, 20):
        clock.turn(f"2026-11-25 {hour:02d}:15")
        for n in range(3):
            send(one, f"/trang-{n}/", address=f"203.0.113.{n}")
    send(one, agent="")
    return one


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def everything() -> list:
    return [
        list(model.objects.order_by(*keys).values_list(*keys, "views", *more))
        for model, keys, more in (
            (DayCount, ("site", "day"), ("visits", "robots")), (HourCount, ("site", "day", "hour"), ("visits", "robots")),
            (MonthCount, ("site", "month"), ("visits", "robots")), (LabelDay, ("site", "day", "label__text"), ()),
        )
    ]  # fmt: skip


def test_it_works():
    busy_day(Clock())
    assert close_days.close_days(moment("2026-11-26 00:05")) == []  # ten minutes are not over
    closed = close_days.close_days(moment("2026-11-26 00:11"))
    assert [(c.day, c.lines, c.difference) for c in closed] == [(DAY, 13, 0)]
    day = DayCount.objects.get()
    assert (day.views, day.visits, day.robots) == (12, 9, 1)
    assert Closing.objects.get().salt_destroyed
    assert not VisitorDay.objects.exists()
    assert list((ledger.home() / "salts").iterdir()) == []


def test_sums_agree():
    busy_day(Clock())
    fold.fold()
    views = DayCount.objects.get().views
    assert HourCount.objects.aggregate(n=Sum("views"))["n"] == views
    assert MonthCount.objects.get().views == views
    for kind in ("page", "referrer", "device"):
        assert LabelDay.objects.filter(label__kind=kind).aggregate(n=Sum("views"))["n"] == views


def test_rebuilding_changes_nothing():
    one = busy_day(Clock())
    fold.fold()
    before = everything()
    results = list(rebuild.rebuild(rebuild.days()))
    assert [r.difference for r in results] == [0]
    assert everything() == before
    assert fold.fold().lines == 0
    send(one)  # the open day goes on where it was: still the same visit
    fold.fold()
    assert DayCount.objects.get().visits == before[0][0][3] + 1


def test_damaged_rollups_are_put_right_and_the_closing_says_so():
    busy_day(Clock())
    fold.fold()
    before = everything()
    DayCount.objects.update(views=99)
    MonthCount.objects.update(views=99)
    [closed] = close_days.close_days(moment("2026-11-26 01:00"))
    assert closed.difference == 87
    assert everything() == before


def test_a_late_line_reopens_the_day():
    clock = Clock()
    one = busy_day(clock)
    close_days.close_days(moment("2026-11-26 01:00"))
    clock.turn("2026-11-25 23:59")  # the clock was set back
    send(one)
    fold.fold()
    assert Closing.objects.get().reopened == 1
    [again] = close_days.close_days(moment("2026-11-26 02:00"))
    assert (again.lines, again.reopened) == (14, 0)
    assert DayCount.objects.get().views == 13


def test_old_segments_are_packed_then_deleted_and_the_figures_stay(settings):
    one = busy_day(Clock())
    close_days.close_days(moment("2026-11-27 01:00"))
    assert not any(f.packed for f in ledger.files(packed=True))  # the process may still write to it
    one.segments.close()
    close_days.close_days(moment("2026-11-27 02:00"))
    assert all(f.packed for f in ledger.files(packed=True))
    before = everything()
    assert [r.difference for r in rebuild.rebuild(rebuild.days())] == [0]
    assert everything() == before
    close_days.close_days(moment("2026-11-26 01:00") + timedelta(days=settings.KHEO_VISITS_KEEP_DAYS + 1))
    assert ledger.files(packed=True) == []
    assert Segment.objects.get().deleted_at is not None
    assert [bool(r.missing) for r in rebuild.rebuild(rebuild.days())] == [True]
    assert DayCount.objects.get().views == 12
