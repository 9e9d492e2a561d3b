"""The beacon: what it accepts, what it counts apart, what it never writes."""

from __future__ import annotations

import errno
import io
import logging
import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from kheo.visits.actions import fold
from kheo.visits.middleware import segments
from kheo.visits.middleware.salts import Salts
from kheo.visits.models import DayCount, LabelDay
from kheo.visits.sources import ledger
from tests.visits.beacons import AGENT, Clock, beacon, send, token

ROBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


def counted() -> DayCount:
    fold.fold()
    return DayCount.objects.get(site=1)


@pytest.mark.django_db
def test_it_works():
    assert send(beacon()) == "204 No Content"
    assert counted().views == 1


def test_everything_else_goes_on():
    answer = beacon()({"PATH_INFO": "/truy-cap/", "REQUEST_METHOD": "GET"}, lambda *_: None)
    assert list(answer) == [b"beyond"]


@pytest.mark.django_db
@pytest.mark.parametrize(("column", "more"), [
    ("robots", {"agent": ROBOT}), ("robots", {"agent": ""}), ("monitors", {"agent": "UptimeRobot/2.0"}),
    ("noscript", {"picture": True}), ("prefetches", {"HTTP_SEC_PURPOSE": "prefetch"}), ("staff", {"HTTP_COOKIE": "a=1; sessionid=x"}),
])  # fmt: skip
def test_counted_apart(column, more):
    send(beacon(), **more)
    day = counted()
    assert (getattr(day, column), day.views, day.visits) == (1, 0, 0)


@pytest.mark.django_db
def test_the_picture_of_the_script_is_a_page_view():
    assert send(beacon(), picture=True, query={"p": token(), "j": "1", "r": "google.com"}) == "200 OK"
    assert counted().views == 1
    assert LabelDay.objects.get(label__kind="referrer").label.text == "google.com"


@pytest.mark.django_db
@pytest.mark.parametrize("header", ["HTTP_DNT", "HTTP_SEC_GPC"])
def test_who_asks_not_to_be_followed_is_in_no_visit(header):
    send(beacon(), **{header: "1"})
    day = counted()
    assert (day.views, day.visits) == (1, 0)
    assert b"\t-\t" in ledger.whole(ledger.files()[0])


@pytest.mark.django_db
@pytest.mark.parametrize("given", [{}, {"p": "x"}, {"p": token()[:-1]}, {"p": token().replace("1.", "2.", 1)}, {"p": "1." + "0" * 20 + "./a/"}])
def test_a_forged_token_is_refused_and_invents_no_page(given):
    assert send(beacon(), query=given).startswith("400")
    fold.fold()
    assert not LabelDay.objects.exists()
    assert DayCount.objects.get().forged == 1


def test_wrong_methods():
    assert send(beacon(), method="GET").startswith("405")
    assert send(beacon(), method="DELETE", picture=True).startswith("405")


@pytest.mark.django_db
def test_32_at_once_are_32_views_and_one_visit():
    one = beacon()
    with ThreadPoolExecutor(32) as pool:
        answers = list(pool.map(lambda _: send(one), range(32)))
    assert set(answers) == {"204 No Content"}
    day = counted()
    assert (day.views, day.visits) == (32, 1)


@pytest.mark.django_db
def test_too_many_of_one_visitor_are_refused_and_counted_apart():
    clock = Clock()
    one = beacon(clock)
    answers = [send(one) for _ in range(100)]
    assert answers.count("204 No Content") == 60
    assert answers.count("429 Too Many Requests") == 40
    clock.now += 60
    send(one)
    day = counted()
    assert (day.views, day.limited) == (61, 40)


def test_a_full_disk_is_no_silent_yes(monkeypatch):
    one = beacon()

    def full(*_args):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(segments.os, "write", full)
    assert send(one).startswith("503")
    monkeypatch.undo()
    assert send(one).startswith("204")
    assert len(ledger.files()) == 2  # the file that failed is left as it was


@pytest.mark.django_db
def test_nobody_is_written_down(caplog, capfd):
    caplog.set_level(logging.DEBUG)
    one = beacon()
    for more in ({}, {"agent": ROBOT}, {"picture": True}, {"query": {"p": "x"}}, {"HTTP_X_FORWARDED_FOR": "198.51.100.77", "address": "127.0.0.1"}):
        send(one, **more)
    fold.fold()
    kept = b"".join(path.read_bytes() for path in ledger.home().rglob("*") if path.is_file())
    out = io.StringIO()
    for table in connection.introspection.table_names():
        if table.startswith("visits_"):
            with connection.cursor() as cursor:
                cursor.execute(f'SELECT * FROM "{table}"')
                out.write(repr(cursor.fetchall()))
    everything = kept.decode("latin-1") + out.getvalue() + caplog.text + "".join(capfd.readouterr())
    for secret in ("203.0.113.9", "198.51.100.77", AGENT, "coc_coc", "Googlebot"):
        assert secret not in everything


def test_a_destroyed_salt_gives_other_hashes(tmp_path):
    salts = Salts(tmp_path)
    before = salts.of(b"20261125")
    assert Salts(tmp_path).of(b"20261125") == before  # every process has the same
    assert salts.destroy(b"20261125")
    assert Salts(tmp_path).of(b"20261125") != before
