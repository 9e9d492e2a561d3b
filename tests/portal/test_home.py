"""/: the figures of the movement, each opening its list."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from html import unescape
from uuid import uuid4

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kheo.movements.models import Milestone
from kheo.portal.models import SiteIdentity
from kheo.practices.models import Contribution, ContributionKind, ProgressReport
from kheo.procedures.models import Source
from tests.cast import practice


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()


@pytest.fixture
def year(cast):
    """Two years of practices over wards, fields and states; the featured cycle is 2023."""
    cast.movement.featured_cycle = cast.cycle
    cast.movement.summary, cast.movement.summary_en = "Làm khéo, dân tin.", "Work well, win trust."
    cast.movement.name_en = "Skilful mass mobilization"
    cast.movement.save()
    states = ["running", "evaluating", "recognized", "exemplary", "listed", "stopped", "submitted", "draft", "deferred", "revoked"]
    source = practice(cast, title="Nguồn", state="exemplary")
    for number in range(40):
        practice(
            cast, title=f"Mô hình {number}", state=states[number % 10], ward=cast.wards[list(cast.wards)[number % 7]],
            field=list(cast.fields.values())[number % 4], cycle=cast.cycle if number % 3 else cast.old_cycle,
            parent=source if number % 5 == 0 else None,
            registered_at=timezone.make_aware(datetime(2023, 1, 1 + number % 28)),
        )  # fmt: skip
    return cast


def test_it_works(client, year):
    response = client.get("/")
    assert response.status_code == 200
    page = response.content.decode()
    assert "Dân vận khéo" in page and "Làm khéo, dân tin." in page
    assert response.context["cycle"] == year.cycle


def test_every_figure_opens_a_list_of_exactly_that_many(client, year):
    page = client.get("/").content.decode()
    figures = client.get("/").context["year"]
    linked = [(f.value, f.href) for f in figures.figures] + [cell for line in figures.lines for cell in (*line.cells, line.total)] + figures.totals
    assert len(linked) > 30
    for value, href in linked:
        assert client.get(href).context["page"].paginator.count == value, href
        if value:
            assert href in unescape(page)


def test_parts_add_up(client, year):
    figures = client.get("/").context["year"]
    assert sum(line.total[0] for line in figures.lines) == figures.total == figures.figures[0].value
    assert sum(bar["value"][1] for bar in figures.bars) == figures.total
    registered, running, recognized, exemplary, _replicas = (f.value for f in figures.figures)
    assert registered >= recognized >= exemplary
    assert registered >= running + recognized


def test_the_year_before_stands_beside(client, year):
    found = client.get("/").context["year"].figures[0]
    assert found.previous == client.get("/mo-hinh/?year=2022").context["page"].paginator.count
    assert client.get("/?year=2022").context["year"].figures[0].previous is None


def test_another_year_by_the_address(client, year):
    assert client.get("/?year=2022").context["cycle"] == year.old_cycle
    assert client.get("/?year=1066").context["cycle"] == year.cycle


def test_contributions_add_up(client, year):
    kind = ContributionKind.objects.first()
    for amount in ("1200.5", "300"):
        shown = practice(year, title="Hiến đất", state="running")
        report = ProgressReport.objects.create(practice=shown, period_from=date(2023, 1, 1), period_to=date(2023, 2, 1), text="x", submission_key=uuid4(), by_name="x", at=timezone.now())
        Contribution.objects.create(report=report, kind=kind, amount=Decimal(amount))
    (total,) = client.get("/").context["contributions"]
    assert total.amount == Decimal("1500.5")


def test_queries_are_bounded(client, year):
    SiteIdentity.objects.create(pk=1, name="Phường Bỉm Sơn")
    Source.objects.create(name="Hệ thống một cửa của tỉnh")
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        client.get("/")
    assert len(queries) <= 15


def test_english_is_complete(client, year):
    page = client.get("/en/").content.decode()
    assert 'lang="en"' in page
    assert "Skilful mass mobilization" in page and "Work well, win trust." in page
    assert "Làm khéo" not in page


def test_vietnamese_is_complete(client, year):
    page = re.sub(r"<(script|style|title|desc)[^>]*>.*?</\1>", "", client.get("/").content.decode(), flags=re.DOTALL)
    for english in (" the ", "Practices", "Ward", "figure"):
        assert english not in re.sub(r"<[^>]+>", " ", page).replace("English", "")


@pytest.mark.parametrize("title", ["Chưa có mô hình, điển hình nào trong", "Chưa có đóng góp nào", "Chưa có tập thể, cá nhân nào được khen thưởng"])
def test_empty_blocks_say_so(client, cast, title):
    assert title in client.get("/").content.decode()


def test_no_movement_yet(client, db):
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    ("today", "words"),
    [("2023-02-01", "Đang nhận đăng ký Năm 2023"), ("2024-02-01", "đăng ký bổ sung vẫn được nhận"), ("2022-02-01", "mở từ ngày 01/01/2023")],
)
def test_the_call_follows_the_window(client, cast, today, words):
    Milestone.objects.exclude(cycle=cast.cycle).delete()
    with time_machine.travel(f"{today}T05:00:00+07:00", tick=False):
        assert words in client.get("/").content.decode()


def test_a_draft_is_nowhere_on_it(client, cast):
    practice(cast, title="Bản nháp bí mật", state="draft")
    practice(cast, title="Hồ sơ trả lại", state="returned")
    page = client.get("/?year=2023").content.decode()
    assert "bí mật" not in page and "Hồ sơ trả lại" not in page
