"""The log at the desk: who reads it, filters, files, the check."""

from __future__ import annotations

import io
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from python_calamine import CalamineWorkbook

from kheo.audit.actions import record
from kheo.audit.models import Check

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture
def log(cast):
    with time_machine.travel(datetime(2024, 3, 1, 0, 10, tzinfo=HANOI), tick=False):
        record.record("documents.register", cast.decision, by=cast.officer, title='=HYPERLINK("x")')
    with time_machine.travel(datetime(2024, 3, 2, 23, 50, tzinfo=HANOI), tick=False):
        record.record("movements.feature", cast.cycle, by=cast.leader)
    return cast


def lines(answer) -> list[int]:
    return [line["entry"].id for line in answer.context["lines"]]


def test_it_works(log, signed_in):
    answer = signed_in(log.auditor).get(reverse("audit:index"))
    assert answer.status_code == 200
    assert lines(answer) == [2, 1]
    assert "documents.register" not in answer.content.decode().split("</form>")[-1]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("person=can+bo", [1]), ("verb=movements.feature", [2]), ("kind=documents.document", [1]), ("q=12-QĐ", [1]),
        ("since=02/03/2024", [2]), ("until=01/03/2024", [1]), ("since=01/03/2024&until=02/03/2024", [2, 1]), ("person=x", []),
    ],
)
def test_filters(log, signed_in, query, expected):
    assert lines(signed_in(log.admin).get(reverse("audit:index") + "?" + query)) == expected


def test_a_wrong_day_is_told(log, signed_in):
    answer = signed_in(log.auditor).get(reverse("audit:index") + "?since=31/02/2024")
    assert answer.context["form"].errors["since"]


@pytest.mark.parametrize("name", ["officer", "registrant", "evaluator", "leader", "editor", "outsider"])
def test_others_are_refused(log, signed_in, name):
    client = signed_in(getattr(log, name))
    assert client.get(reverse("audit:index")).status_code == 403
    assert client.get(reverse("audit:export", args=["csv"])).status_code == 403
    assert client.post(reverse("audit:verify")).status_code == 403
    assert not Check.objects.exists()


def test_a_stranger_signs_in_first(log, client):
    assert reverse("account_login") in client.get(reverse("audit:index"))["Location"]


def test_the_workbook_holds_no_live_formula(log, signed_in):
    answer = signed_in(log.auditor).get(reverse("audit:export", args=["xlsx"]))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[1:]] == [2, 1]
    assert b"<f>" not in answer.content


def test_the_csv_follows_the_filters(log, signed_in):
    answer = signed_in(log.auditor).get(reverse("audit:export", args=["csv"]) + "?verb=movements.feature")
    assert len(answer.content.decode("utf-8-sig").strip().splitlines()) == 2


def test_the_check_is_shown(log, signed_in):
    client = signed_in(log.auditor)
    assert client.get(reverse("audit:verify")).status_code == 405
    page = client.post(reverse("audit:verify"), follow=True)
    assert page.context["check"].entries == 2
    assert page.context["faults"] == []
