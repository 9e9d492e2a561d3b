from __future__ import annotations

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from kheo.practices.models import Practice
from tests import cast as cast_module
from tests.practices import scenes

ADDRESS = "practices_desk:list"


def titles(client, **query):
    page = client.get(reverse(ADDRESS), query)
    assert page.status_code == 200
    return [p.title for p in page.context["page"]]


def test_it_works(cast, signed_in):
    cast_module.practice(cast, title="Tổ dân phố tự quản")
    assert titles(signed_in(cast.officer)) == ["Tổ dân phố tự quản"]


def test_everybody_sees_the_own_reach_only(cast, signed_in):
    cast_module.practice(cast, title="Đã gửi")
    cast_module.practice(cast, title="Nháp", state="draft", receipt_number=None, slug=None)
    assert titles(signed_in(cast.registrant), sort="name") == ["Đã gửi", "Nháp"]
    assert titles(signed_in(cast.officer)) == ["Đã gửi"]
    assert titles(signed_in(cast.evaluator)) == []
    assert titles(signed_in(cast.officer_elsewhere)) == []


def test_every_filter_narrows(cast, signed_in):
    cast_module.practice(cast, title="Khớp", state="running", subject="individual", kind="exemplar", on_time=False, stage="continued",
                         ward=cast.wards["bac-son"], organization=cast.groups["bac-son-1"], field=cast.fields["culture-society"], cycle=cast.old_cycle)
    cast_module.practice(cast, title="Khác")
    client = signed_in(cast.officer)
    for query in (
        {"cycle": cast.old_cycle.pk}, {"field": cast.fields["culture-society"].pk}, {"ward": cast.wards["bac-son"].pk},
        {"unit": cast.groups["bac-son-1"].pk}, {"state": "running"}, {"state": ["running", "recognized"]}, {"kind": "exemplar"},
        {"subject": "individual"}, {"stage": "continued"}, {"on_time": "no"}, {"q": "KHOP"},
    ):  # fmt: skip
        assert titles(client, **query) == ["Khớp"], query


def test_search_needs_no_marks_and_finds_receipts(cast, signed_in):
    practice = cast_module.practice(cast, title="Khu dân cư không có hộ nghèo")
    client = signed_in(cast.officer)
    for asked in ("khu dan cu khong co ho ngheo", "HỘ NGHÈO", practice.receipt_number.lower()):
        assert titles(client, q=asked) == [practice.title]
    assert titles(client, q="mo hinh khac") == []


@pytest.mark.parametrize(
    ("who", "expected"),
    [("registrant", {"returned", "running"}), ("officer", {"submitted", "listed", "proposed"}), ("evaluator", {"evaluating"}),
     ("leader", set()), ("auditor", set())],
)
def test_only_what_waits_for_me(cast, signed_in, who, expected):
    for state in ("submitted", "returned", "listed", "running", "proposed", "evaluating", "recognized"):
        cast_module.practice(cast, title=state, state=state)
    assert set(titles(signed_in(getattr(cast, who)), mine="on")) == expected


def test_what_i_have_scored_waits_no_more(cast, signed_in):
    practice = cast_module.practice(cast, state="evaluating")
    scenes.sheet(practice, cast.evaluator, 80)
    assert titles(signed_in(cast.evaluator), mine="on") == []
    assert titles(signed_in(cast.evaluator2), mine="on") == [practice.title]
    scenes.sheet(practice, cast.evaluator2, 80)
    assert titles(signed_in(cast.leader), mine="on") == [practice.title]


def test_sorted_by_the_vietnamese_alphabet(cast, signed_in):
    for title in ("Đường hoa", "Dân chủ", "Ấm no", "An ninh", "Zalo tổ dân phố"):
        cast_module.practice(cast, title=title)
    client = signed_in(cast.officer)
    assert titles(client, sort="name") == ["An ninh", "Ấm no", "Dân chủ", "Đường hoa", "Zalo tổ dân phố"]
    assert titles(client, sort="-name")[0] == "Zalo tổ dân phố"


def test_nonsense_in_the_address_is_ignored(cast, signed_in):
    cast_module.practice(cast)
    client = signed_in(cast.officer)
    for query in ({"cycle": "x"}, {"state": "nowhere"}, {"sort": "-password"}, {"page": "zero"}, {"q": "%_'\"\x00"}, {"ward": "9" * 40}):
        assert client.get(reverse(ADDRESS), query).status_code == 200


def _many(cast, count):
    base = cast_module.practice(cast, title="Mẫu")
    units = list(cast.groups.values())
    rows = []
    for n in range(count):
        unit = units[n % len(units)]
        rows.append(Practice(
            cycle=base.cycle, title=f"Mô hình số {n}", state="submitted", state_since=base.state_since, kind="model", subject="collective",
            field=base.field, organization=unit, ward=base.ward, receipt_number=f"DVK-N-{n:05d}", slug=f"mo-hinh-{n}",
            registered_at=base.registered_at, sort_key=f"{n:05d}", title_folded=f"mo hinh so {n}", folded=f"mo hinh so {n}",
        ))  # fmt: skip
    Practice.objects.bulk_create(rows)


def test_as_many_queries_for_200_as_for_20(cast, signed_in):
    client = signed_in(cast.officer)
    _many(cast, 19)
    client.get(reverse(ADDRESS))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse(ADDRESS))
    Practice.objects.all().delete()
    _many(cast, 199)
    with CaptureQueriesContext(connection) as lots:
        page = client.get(reverse(ADDRESS))
    assert page.context["page"].paginator.count == 200
    assert len(page.context["page"]) == 50
    assert len(lots) == len(few)
    assert len(lots) <= 30


def test_the_export_holds_the_filtered_rows_and_no_formula(cast, signed_in):
    cast_module.practice(cast, title='=HYPERLINK("http://x")', state="running")
    cast_module.practice(cast, title="Không xuất")
    answer = signed_in(cast.officer).get(reverse("practices_desk:export"), {"state": "running"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows[1:]] == ['=HYPERLINK("http://x")']


def test_the_export_asks_no_more_for_many(cast, signed_in):
    client, address = signed_in(cast.officer), reverse("practices_desk:export")
    _many(cast, 19)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    Practice.objects.all().delete()
    _many(cast, 199)
    with CaptureQueriesContext(connection) as lots:
        client.get(address)
    assert len(lots) == len(few)


@pytest.mark.parametrize("kind", ["bieu-dang-ky", "bieu-so-luong", "bieu-de-nghi"])
def test_the_official_tables(cast, signed_in, kind):
    cast_module.practice(cast, title="Mô hình kinh tế")
    scenes.evaluated(cast, title="Mô hình chờ công nhận", ward=cast.wards["bac-son"])
    client = signed_in(cast.officer)
    assert client.get(reverse("practices_desk:tables")).status_code == 200
    answer = client.get(reverse("practices_desk:table", args=[cast.cycle.pk, kind]))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    words = " ".join(str(cell) for row in rows for cell in row)
    if kind == "bieu-so-luong":
        assert rows[-1][:2] == ["Tổng cộng", 2]
        assert sum(row[1] for row in rows[3:-1]) == 2
    else:
        assert "Mô hình chờ công nhận" in words
        assert ("Mô hình kinh tế" in words) == (kind == "bieu-dang-ky")
    if kind == "bieu-de-nghi":
        assert 86 in rows[-1]


def test_an_unknown_table_is_not_there(cast, signed_in):
    assert signed_in(cast.officer).get(reverse("practices_desk:table", args=[cast.cycle.pk, "bieu-la"])).status_code == 404


def test_a_leader_recognizes_what_is_chosen_in_the_list(cast, signed_in):
    made = scenes.evaluated(cast)
    assert reverse("practices_desk:recognize") in signed_in(cast.leader).get(reverse("practices_desk:list")).content.decode()
    assert reverse("practices_desk:recognize") not in signed_in(cast.evaluator).get(reverse("practices_desk:list")).content.decode()
    page = signed_in(cast.leader).get(reverse("practices_desk:recognize"), {"practice": made.pk})
    assert page.context["chosen"] == {made.pk}
