from __future__ import annotations

import pytest
from django.urls import reverse

from kheo.audit.models import Entry
from kheo.practices.actions import approve, many
from kheo.practices.models import Practice
from tests import cast as cast_module


def states(practices):
    return [Practice.objects.get(pk=p.pk).state for p in practices]


def test_it_works(cast):
    practices = [cast_module.practice(cast, title=f"Mô hình {n}") for n in range(3)]
    done, left = many.carry_out(practices, "approve", by=cast.officer)
    assert (len(done), left) == (3, [])
    assert states(practices) == ["listed"] * 3
    assert Entry.objects.filter(verb="practices.approve").count() == 3


def test_the_preview_says_why_some_stay(cast):
    good, bad = cast_module.practice(cast, title="Tốt"), cast_module.practice(cast, title="Đã duyệt", state="listed")
    outlook = many.preview([good, bad], "approve", by=cast.officer)
    assert [o.will for o in outlook] == [True, False]
    assert str(outlook[1].why)
    done, left = many.carry_out([good, bad], "approve", by=cast.officer)
    assert [p.pk for p in done] == [good.pk]
    assert left[0][0] == bad


def test_what_somebody_changed_meanwhile_stays_and_says_who(cast):
    practice = cast_module.practice(cast)
    versions = {practice.pk: practice.version}
    approve.approve(practice, by=cast.leader)
    done, left = many.carry_out([practice], "approve", by=cast.officer, versions=versions)
    assert done == []
    assert "Lãnh đạo duyệt" in left[0][1]


def test_a_demanded_reason_reaches_each(cast):
    practices = [cast_module.practice(cast, title=f"Mô hình {n}", state="evaluating") for n in range(2)]
    many.carry_out(practices, "defer", by=cast.leader, reason="Chưa đủ thời gian")
    assert {p.transitions.get().reason for p in practices} == {"Chưa đủ thời gian"}


@pytest.mark.parametrize("who", ["evaluator", "outsider", "officer_elsewhere"])
def test_nothing_changes_for_others(cast, who):
    practice = cast_module.practice(cast)
    done, left = many.carry_out([practice], "approve", by=getattr(cast, who))
    assert (done, len(left)) == ([], 1)
    assert states([practice]) == ["submitted"]


def test_the_page_previews_then_does(cast, signed_in):
    practices = [cast_module.practice(cast, title=f"Mô hình {n}") for n in range(3)]
    client, address = signed_in(cast.officer), reverse("practices_desk:bulk", args=["approve"])
    preview = client.get(address, {"practice": [p.pk for p in practices]})
    assert all(p.title in preview.content.decode() for p in practices)
    assert states(practices) == ["submitted"] * 3
    versions = {f"version-{p.pk}": p.version for p in practices}
    assert client.post(address, {"practice": [p.pk for p in practices], "confirm": "1", **versions}).status_code == 302
    assert states(practices) == ["listed"] * 3


def test_the_page_leaves_out_what_one_may_not_see(cast, signed_in):
    practice = cast_module.practice(cast, title="Của phường khác")
    answer = signed_in(cast.officer_elsewhere).get(reverse("practices_desk:bulk", args=["approve"]), {"practice": practice.pk})
    assert "Của phường khác" not in answer.content.decode()


def test_the_page_wants_the_reason(cast, signed_in):
    practice = cast_module.practice(cast, state="evaluating")
    answer = signed_in(cast.leader).post(reverse("practices_desk:bulk", args=["refuse"]), {"practice": practice.pk, "confirm": "1", "reason": ""})
    assert answer.status_code == 200
    assert states([practice]) == ["evaluating"]


def test_an_unknown_step_is_not_there(cast, signed_in):
    assert signed_in(cast.officer).get(reverse("practices_desk:bulk", args=["recognize"]), {"practice": 1}).status_code == 404
