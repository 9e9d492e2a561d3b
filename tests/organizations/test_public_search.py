"""Old names lead to the units of today."""

from __future__ import annotations

import pytest

from kheo.core import search
from kheo.core.search import asking, indexing

pytestmark = pytest.mark.django_db


@pytest.fixture
def indexed(cast):
    indexing.rebuild()
    return cast


def found(asked: str):
    return asking.entries(asking.ask(asked, asking.Filters(kind="unit")).numbers)


def test_it_works(indexed):
    assert found("phuong bim son")[0].title == "Phường Bỉm Sơn"
    assert found("14812")[0].address.startswith("/don-vi/")


def test_an_old_name_says_where_it_went(indexed):
    old = found("dong son")
    assert old[0].title == "Phường Đông Sơn"
    assert [(lead["label"], lead["on"]) for lead in old[0].leads] == [("Phường Bỉm Sơn", "2025-07-01")]
    assert "Phường Bỉm Sơn" in [entry.title for entry in old]


def test_a_new_name_is_found_when_it_commits(indexed, django_capture_on_commit_callbacks):
    version = indexed.bim_son.versions.get()
    with django_capture_on_commit_callbacks(execute=True):
        version.name = "Phường Bỉm Sơn Mới"
        version.save()
    assert found("bim son moi")[0].title == "Phường Bỉm Sơn Mới"


def test_the_kind_is_registered():
    assert search.KINDS["unit"].label
