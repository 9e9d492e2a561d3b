"""/mo-hinh/: what anyone may find, count and page through."""

from __future__ import annotations

import unicodedata
from datetime import datetime

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kheo.practices import rules
from kheo.practices.models import Practice
from kheo.practices.queries import catalogue
from kheo.practices.rules import search
from tests.cast import practice

URL = "/mo-hinh/"
STATES = [state.value for state in rules.State]


def titles(response) -> list[str]:
    return [entry.practice.title for entry in response.context["entries"]]


def make(cast, title, ward="ba-dinh", **more) -> Practice:
    place = cast.wards[ward]
    more.setdefault("state", "running")
    folded = search.search_text(title, "Khu phố 1", str(place), more.get("summary", ""))
    return practice(cast, title=title, ward=place, folded=folded, **more)


def test_it_works(client, cast):
    make(cast, "Khu dân cư không có hộ nghèo")
    response = client.get(URL)
    assert response.status_code == 200
    assert titles(response) == ["Khu dân cư không có hộ nghèo"]
    assert "Phường Ba Đình" in response.content.decode()


@pytest.mark.parametrize("state", STATES)
def test_only_public_states_are_found(client, cast, state):
    make(cast, "Tuyến đường hoa", state=state)
    shown = titles(client.get(URL)) == ["Tuyến đường hoa"]
    assert shown is (rules.State(state) in rules.PUBLIC_STATES)


@pytest.mark.parametrize(
    "asked",
    ["khu dan cu khong co ho ngheo", "Khu Dân Cư", unicodedata.normalize("NFD", "hộ nghèo"), "ngheo ho", "dong son", "  hoà ", "hòa"],
)
def test_search_finds_without_tones_in_any_spelling(client, cast, asked):
    make(cast, "Khu dân cư không có hộ nghèo, hoà thuận", ward="dong-son")
    make(cast, "Camera an ninh", ward="lam-son")
    assert titles(client.get(URL, {"q": asked})) == ["Khu dân cư không có hộ nghèo, hoà thuận"]


def test_search_reads_the_summary_but_never_a_persons_name(client, cast):
    make(cast, "Vườn mẫu", summary="Trồng cây ăn quả trên đất đồi")
    assert titles(client.get(URL, {"q": "dat doi"})) == ["Vườn mẫu"]


def test_exact_tones_rank_first(client, cast):
    make(cast, "Tổ hóa giải", registered_at=timezone.make_aware(datetime(2023, 9, 1)))
    make(cast, "Hoá đơn và Tổ hoà giải", registered_at=timezone.make_aware(datetime(2023, 1, 1)))
    assert titles(client.get(URL, {"q": "tổ hòa giải"})) == ["Hoá đơn và Tổ hoà giải", "Tổ hóa giải"]


def test_filters_and_counts_agree(client, cast):
    make(cast, "A", state="evaluating")
    make(cast, "B", state="recognized", field=cast.fields["culture-society"])
    make(cast, "C", state="running", ward="dong-son", cycle=cast.old_cycle)
    response = client.get(URL, {"state": "running"})
    assert sorted(titles(response)) == ["A", "C"]
    counts = client.get(URL, {"year": "2023"}).context["form"]
    assert "(1)" in str(counts["state"]) and counts["state"].field.choices[0][0] == "listed"
    facets = catalogue.facets(
        catalogue.cube(catalogue.public(), catalogue.codes(cast.fields.values(), [cast.cycle, cast.old_cycle])),
        catalogue.Filters(year="2023"),
    )
    assert facets.total == 2
    assert facets.counts["state"] == {"running": 1, "recognized": 1}
    assert facets.counts["year"] == {"2023": 2, "2022": 1}
    for name, values in facets.counts.items():
        for value, count in values.items():
            if value and name != "spread":
                chosen = {"year": "2023", name: value}
                assert client.get(URL, chosen).context["page"].paginator.count == count, (name, value)


def test_every_total_equals_the_rows_the_filter_gives(client, cast):
    for number, state in enumerate(STATES):
        make(cast, f"Mô hình {number}", state=state, kind="exemplar" if number % 2 else "model")
    for filters in (catalogue.Filters(), catalogue.Filters(kind="exemplar"), catalogue.Filters(q="mo hinh", state=("running", "listed"))):
        words = catalogue.codes(cast.fields.values(), [cast.cycle])
        cells = catalogue.cube(catalogue.searched(catalogue.public(), filters.q), words)
        assert catalogue.facets(cells, filters).total == catalogue.filtered(filters).count()


def test_former_wards_say_until_when(client, cast):
    make(cast, "A", ward="dong-son")
    assert "Phường Đông Sơn (đến 30/06/2025)" in client.get(URL).content.decode()


def test_unknown_values_are_ignored_with_a_note(client, cast):
    make(cast, "A")
    response = client.get(URL, {"field": "vu-tru", "state": ["bay", "running"], "page": "zz", "view": "3d", "sort": "color"})
    assert titles(response) == ["A"]
    assert len(response.context["ignored"]) == 5
    assert "vu-tru" in response.content.decode()


def test_a_page_beyond_the_end_gives_the_last_page(client, cast):
    for number in range(30):
        make(cast, f"Mô hình {number}")
    response = client.get(URL, {"page": "99"})
    assert response.context["page"].number == 2
    assert len(titles(response)) == 6


def test_names_sort_by_the_vietnamese_alphabet(client, cast):
    for title in ("Ông bà mẫu mực", "Đường hoa", "An toàn", "Ấm no", "Dân vận", "Ánh sáng"):
        make(cast, title)
    assert titles(client.get(URL, {"sort": "name"})) == ["An toàn", "Ánh sáng", "Ấm no", "Dân vận", "Đường hoa", "Ông bà mẫu mực"]


def test_most_spread_comes_first(client, cast):
    make(cast, "Không lan tỏa")
    source = make(cast, "Lan tỏa", registered_at=timezone.make_aware(datetime(2023, 1, 1)))
    for ward in ("bac-son", "lam-son"):
        make(cast, f"Học theo ở {ward}", ward=ward, parent=source)
    response = client.get(URL, {"sort": "spread"})
    assert titles(response)[0] == "Lan tỏa"
    assert response.context["entries"][0].replicas == 2
    assert len(titles(client.get(URL, {"spread": "replica"}))) == 2


def test_an_individuals_name_is_not_shown(client, cast):
    make(cast, "Nuôi ong", subject="individual", organization=None, organization_text="Tên Riêng Người")
    for address in (URL, URL + "?view=cards"):
        assert "Tên Riêng Người" not in client.get(address).content.decode()


def test_empty_year_is_said_honestly(client, cast):
    make(cast, "A")
    page = client.get(URL, {"year": str(cast.open_cycle.code)}).content.decode()
    assert f"Chưa có mô hình, điển hình nào trong {cast.open_cycle.name}" in page


@pytest.mark.parametrize("address", [URL, URL + "?q=mo+hinh", URL + "?view=cards&sort=spread", URL + "?field=economy&page=2"])
def test_queries_do_not_grow(client, cast, address):
    def asked() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    for number in range(30):
        make(cast, f"Mô hình {number}", ward=list(cast.wards)[number % 7])
    few = asked()
    for number in range(30, 120):
        make(cast, f"Mô hình {number}", ward=list(cast.wards)[number % 7])
    assert asked() == few <= 12


def test_a_public_practice_has_an_address(cast):
    with pytest.raises(IntegrityError):
        practice(cast, state="running", slug=None)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(["q", "field", "ward", "year", "state", "kind", "subject", "spread", "sort", "view", "page"]), st.text(max_size=60)))
def test_no_address_breaks_the_page(client, cast, asked):
    assert client.get(URL, asked).status_code == 200


@pytest.mark.parametrize("asked", ["%", "_", "\\", "'; --", "<script>", "\u200b", "x" * 5000, "a " * 300])
def test_hostile_questions_are_plain_words(client, cast, asked):
    make(cast, "Khu phố 100 %")
    response = client.get(URL, {"q": asked})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_search_text_stays_within_the_index():
    assert len(search.search_text("𠀀" * 300, "Đ" * 400, "ward", "ế" * 2000).encode()) <= search.SEARCH_LENGTH


def test_posting_is_refused(client, cast):
    assert client.post(URL).status_code == 405
