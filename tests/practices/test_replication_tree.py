"""Where practices spread: the family of one practice and the board."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kheo.practices.models import Practice
from kheo.practices.queries import replication
from tests.cast import practice

BOARD = "/mo-hinh/nhan-rong/"


@pytest.fixture
def line(cast):
    """A source, two units that took it over, and one that learnt from the first of them."""
    source = practice(cast, title="Khu dân cư không có hộ nghèo", state="exemplary")
    first = practice(cast, title="Không hộ nghèo ở Bắc Sơn", state="running", ward=cast.wards["bac-son"], parent=source, adaptation="Thêm vốn quay vòng")
    second = practice(cast, title="Không hộ nghèo ở Lam Sơn", state="recognized", ward=cast.wards["lam-son"], organization=cast.wards["lam-son"], parent=source)
    third = practice(cast, title="Không hộ nghèo ở Phú Sơn", state="running", ward=cast.wards["phu-son"], parent=first)
    return [source, first, second, third]


def shape(node: replication.Node) -> tuple:
    return node.entry.practice.pk, sorted(shape(child) for child in node.children)


def test_it_works(cast, line):
    source, first, second, third = line
    expected = (source.pk, sorted([(first.pk, [(third.pk, [])]), (second.pk, [])]))
    for member in line:
        family = replication.family(member)
        assert shape(family.root) == expected
        assert family.current == member.pk


def test_a_draft_replica_is_nowhere(cast, line):
    hidden = practice(cast, title="Bản nháp bí mật", state="draft", parent=line[0])
    assert hidden.pk not in {node.entry.practice.pk for node in replication.family(line[0]).nodes}


def test_a_hidden_source_is_not_named(client, cast):
    source = practice(cast, title="Đang chờ duyệt", state="submitted")
    replica = practice(cast, title="Học theo", state="running", parent=source)
    assert [n.entry.practice.pk for n in replication.family(replica).nodes] == [replica.pk]
    page = client.get(f"/mo-hinh/{replica.slug}/").content.decode()
    assert "Đang chờ duyệt" not in page
    assert replication.taken_over().count() == 0


def test_a_circle_ends(cast):
    first = practice(cast, title="A", state="running")
    second = practice(cast, title="B", state="running", parent=first)
    Practice.objects.filter(pk=first.pk).update(parent=second)
    assert {n.entry.practice.title for n in replication.family(Practice.objects.get(pk=first.pk)).nodes} == {"A", "B"}


def test_queries_do_not_grow_with_the_family(cast, line):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            replication.family(line[0])
        return len(queries)

    few = asked()
    for number in range(20):
        practice(cast, title=f"Học theo {number}", state="running", parent=line[number % 4])
    assert asked() == few <= 4


def test_a_very_long_line_is_cut_honestly(cast):
    parent = practice(cast, title="Đời 0", state="running")
    for number in range(1, 9):
        parent = practice(cast, title=f"Đời {number}", state="running", parent=parent)
    family = replication.family(parent)
    assert parent.pk in {node.entry.practice.pk for node in family.nodes}


def test_the_board_counts_units_and_wards(client, cast, line):
    response = client.get(BOARD)
    (card,) = response.context["sources"]
    assert card["source"].root.entry.practice == line[0]
    assert len(card["source"].replicas) == 3
    assert len(card["source"].wards) == 3
    page = response.content.decode()
    assert "Thêm vốn quay vòng" in page
    assert "Phường Bắc Sơn (đến 30/06/2025)" in page


@pytest.mark.parametrize(("asked", "found"), [("khong co ho ngheo", 1), ("camera", 0), ("dong son", 0)])
def test_the_board_is_searched_without_tones(client, cast, line, asked, found):
    assert len(client.get(BOARD, {"q": asked}).context["sources"]) == found


def test_the_board_by_year(client, cast, line):
    assert len(client.get(BOARD, {"year": "2022"}).context["sources"]) == 0
    assert len(client.get(BOARD, {"year": "2023"}).context["sources"]) == 2  # in one year every step counts
    assert client.get(BOARD, {"year": "xx", "page": "-3"}).context["ignored"] == ["year=xx"]


def test_the_empty_board_says_so(client, cast):
    assert "Chưa có mô hình nào được đơn vị khác nhân rộng" in client.get(BOARD).content.decode()
