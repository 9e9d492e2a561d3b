import unicodedata
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail.contrib.redirects.models import Redirect

from kheo.audit.models import Entry
from kheo.portal import rules
from kheo.portal.actions.import_redirects import import_redirects


def csv(*rows):
    return ("Địa chỉ cũ;Địa chỉ mới\n" + "\n".join(";".join(row) for row in rows)).encode("utf-8")


def bring(*rows, **more):
    return import_redirects(csv(*rows), "chuyen-huong.csv", by=None, **more)


def test_it_works(db, client):
    outcome = bring(("/tin-tuc/abc.aspx?id=3", "/tin-tuc/"), ("http://bimson.cu.vn/gioi-thieu", "https://thanhhoa.gov.vn/"))
    assert (outcome.rows, outcome.accepted, outcome.unchanged, outcome.errors) == (2, 2, 0, [])
    answer = client.get("/tin-tuc/abc.aspx?id=3")
    assert (answer.status_code, answer["Location"]) == (301, "/tin-tuc/")
    assert Entry.objects.filter(verb="portal.import_redirects").count() == 1
    assert (bring(("/tin-tuc/abc.aspx?id=3", "/tin-tuc/")).accepted, Entry.objects.count()) == (0, 1)


def test_an_old_address_is_known_however_it_is_passed_on(db, client):
    bring(("/tin/đổi rác.html", "/rieng-tu/"), ("/index.php?id=5", "https://testserver/rieng-tu/"), ('"/web/nha;jsessionid=AB"', "/rieng-tu/"))
    asked = ("/tin/%C4%91%E1%BB%95i%20r%C3%A1c.html?fbclid=x", "/tin/" + quote(unicodedata.normalize("NFD", "đổi rác.html")), "/index.php?id=5&utm_source=z", "/web/nha;jsessionid=ZZ?gclid=1")
    assert [(client.get(one).status_code, client.get(one)["Location"]) for one in asked if one != asked[2]] == [(301, "/rieng-tu/")] * 3
    assert client.get(asked[2]).status_code == 301 and client.get("/index.php?id=6&fbclid=x").status_code == 404


def test_rows_without_effect_and_targets_that_are_missing_are_warnings(db):
    outcome = bring(("/rieng-tu/", "/dieu-khoan/"), ("/a", "/khong-co-dich/"), ("/b", "/dieu-khoan/"), ("/b", "/dieu-khoan/"))
    assert sorted(problem.cell for problem in outcome.warnings) == ["A2", "A5", "B3"]
    assert (outcome.accepted, Redirect.objects.count()) == (3, 3)


def test_a_dry_run_saves_nothing(db):
    assert bring(("/a", "/b"), dry_run=True).accepted == 1
    assert not Redirect.objects.exists()


@pytest.mark.parametrize(
    ("rows", "field"),
    [
        ([("/a", "/a/")], "new"), ([("/a", "/b"), ("/b", "/a")], "new"), ([("/a", "/b"), ("/a", "/c")], "new"),
        ([("", "/b")], "old"), ([("khong-phai", "/b")], "old"), ([("/", "/b")], "old"), ([("/a", "javascript:alert(1)")], "new"),
        ([("/a", "//evil.test/")], "new"), ([("/a", "")], "new"), ([("/a", "http://[")], "new"), ([("/" + "a" * 300, "/b")], "old"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_saved(db, rows, field):
    outcome = bring(("/dung", "/moi"), *rows)
    assert [problem.field for problem in outcome.errors].count(field) >= 1
    assert all(problem.cell for problem in outcome.errors)
    assert not Redirect.objects.exists()


def test_a_target_on_another_site_is_a_warning(db):
    outcome = bring(("/a", "https://trang-khac.test/x"), ("/b", "/rieng-tu/"))
    assert [(problem.cell, "trang-khac.test" in str(problem.message)) for problem in outcome.warnings] == [("B2", True)]
    assert outcome.accepted == 2


def test_a_chain_is_a_warning(db):
    outcome = bring(("/a", "/b"), ("/b", "/rieng-tu/"))
    assert [problem.cell for problem in outcome.warnings] == ["B2"]
    assert Redirect.objects.count() == 2


@given(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("abcdefxyz"), max_size=6))
def test_following_always_ends(moves):
    for start in moves:
        end = rules.final(start, moves)
        assert end is None or end not in moves or end == start
