"""Practices are found as long as they are public, and only by what is public."""

from __future__ import annotations

import pytest

from kheo.core.search import asking, indexing
from tests.cast import practice

pytestmark = pytest.mark.django_db


def found(asked: str) -> list[str]:
    return [entry.title for entry in asking.entries(asking.ask(asked, asking.Filters(kind="practice")).numbers)]


def test_it_works(cast):
    practice(cast, state="recognized", title="Khu dân cư không rác")
    indexing.rebuild()
    assert found("khong rac") == ["Khu dân cư không rác"]
    assert found("khong rac ba dinh") == ["Khu dân cư không rác"]


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "withdrawn"])
def test_what_is_not_public_is_not_found(cast, state):
    practice(cast, state=state, title="Khu dân cư không rác")
    indexing.rebuild()
    assert found("khong rac") == []


def test_it_leaves_when_it_is_no_longer_public(cast, django_capture_on_commit_callbacks):
    shown = practice(cast, state="recognized", title="Khu dân cư không rác")
    indexing.rebuild()
    with django_capture_on_commit_callbacks(execute=True):
        shown.state = "withdrawn"
        shown.save()
    assert found("khong rac") == []


def test_contacts_and_an_individual_are_not_searched(cast):
    practice(
        cast, state="recognized", title="Gương sáng", subject="individual", organization=None, organization_text="Hoàng Mạnh Thử",
        contact_name="Người Liên Hệ", contact_phone="0912345678", contact_email="a@b.vn",
    )
    indexing.rebuild()
    assert (found("guong sang"), found("hoang manh thu"), found("nguoi lien he"), found("0912345678")) == (["Gương sáng"], [], [], [])
