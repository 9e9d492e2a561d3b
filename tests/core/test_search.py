"""The index answers as Vietnamese readers type, on either database."""

from __future__ import annotations

from datetime import date

import pytest

from kheo.core import search
from kheo.core.models import Job, SearchEntry
from kheo.core.search import asking, checking, indexing

pytestmark = pytest.mark.django_db

TITLES = {
    "Dân vận khéo ở Khu phố 1": date(2023, 3, 1),
    "Tổ hoà giải giữ bình yên": date(2023, 4, 1),
    "Hoa trước cổng nhà": date(2024, 1, 1),
    "Phường Đông Sơn xây đường hoa": date(2022, 5, 1),
    "Uỷ ban nhân dân phường tiếp công dân": date(2023, 6, 1),
    "Kế hoạch 12-KH/ĐU về thủ tục hành chính": date(2023, 7, 1),
    "Vận động nhân dân khéo tay": date(2023, 8, 1),
}


@pytest.fixture
def kind(monkeypatch):
    """A kind whose documents are jobs, with the title as the words and `kind` as the day."""
    made = search.Kind(
        "test-job", "Việc", Job, lambda: Job.objects.exclude(state="failed"),
        lambda job: search.Document(title=job.title, address=f"/viec/{job.pk}/", body=job.error, date=date.fromisoformat(job.kind), unit="bim-son"),
    )
    monkeypatch.setitem(search.KINDS, made.code, made)
    return made


@pytest.fixture
def filled(kind):
    for title, day in TITLES.items():
        Job.objects.create(title=title, kind=day.isoformat())
    indexing.index(kind, Job.objects.values_list("pk", flat=True))
    return kind


def titles(asked: str, **filters) -> list[str]:
    return [entry.title for entry in asking.entries(asking.ask(asked, asking.Filters(**filters)).numbers)]


@pytest.mark.parametrize(("asked", "first"), [
    ("Dân vận khéo", "Dân vận khéo ở Khu phố 1"),
    ("dan van kheo", "Dân vận khéo ở Khu phố 1"),
    ("Da\u0302n va\u0323\u0302n khe\u0301o", "Dân vận khéo ở Khu phố 1"),
    ("ddaan vaanj kheos", "Dân vận khéo ở Khu phố 1"),
    ("hòa giải", "Tổ hoà giải giữ bình yên"),
    ("hoà giải", "Tổ hoà giải giữ bình yên"),
    ("hoa giai", "Tổ hoà giải giữ bình yên"),
    ("dong son", "Phường Đông Sơn xây đường hoa"),
    ("ubnd", "Uỷ ban nhân dân phường tiếp công dân"),
    ("ủy ban nhân dân", "Uỷ ban nhân dân phường tiếp công dân"),
    ("tthc", "Kế hoạch 12-KH/ĐU về thủ tục hành chính"),
    ("thu tuc hanh chinh", "Kế hoạch 12-KH/ĐU về thủ tục hành chính"),
    ("12-KH/ĐU", "Kế hoạch 12-KH/ĐU về thủ tục hành chính"),
])  # fmt: skip
def test_it_works(filled, asked, first):
    assert titles(asked)[:1] == [first]


def test_the_very_tones_stand_first(filled):
    assert titles("hoa") == ["Hoa trước cổng nhà", "Phường Đông Sơn xây đường hoa", "Tổ hoà giải giữ bình yên"]
    assert titles("hòa")[0] == "Tổ hoà giải giữ bình yên"


def test_the_phrase_stands_before_its_words_apart(filled):
    assert titles("dân vận khéo") == ["Dân vận khéo ở Khu phố 1", "Vận động nhân dân khéo tay"]


def test_an_ambiguous_short_form_finds_and_offers_every_meaning(filled):
    answer = asking.ask("KH")
    assert [meaning.long for meaning in answer.question.meanings] == ["kế hoạch", "khoa học"]
    assert answer.total == 1


@pytest.mark.parametrize("asked", [
    "", " ", '"', "*", "OR", "NEAR(", 'a" OR "b', "(((", "col:x", "^x", "-x", "' & !'", "\\", "\x00", "dân\x00vận", "a:*", "'':*",
    "NOT", "AND AND", "x" * 10_000, "á " * 5_000, "𝒟ân", "🙂", "%s %(a)s", "t.dan", "k.test-job", "=dân", "dan_van", "\ud800",
])  # fmt: skip
def test_hostile_input_is_never_an_error(filled, asked):
    asking.ask(asked)
    asking.beginning_with(asked)


def test_a_property_cannot_be_asked_for_by_typing_it(filled):
    assert titles("k.test-job") == []


def test_filters(filled):
    assert titles("hoa", since=date(2023, 1, 1), until=date(2023, 12, 31)) == ["Tổ hoà giải giữ bình yên"]
    assert titles("hoa", until=date(2022, 5, 1)) == ["Phường Đông Sơn xây đường hoa"]
    assert len(titles("hoa", unit="bim-son")) == 3
    assert titles("hoa", unit="quang-trung") == []
    assert len(titles("hoa", kind="test-job")) == 3
    assert titles("hoa", kind="nothing") == []


def test_more_than_the_cap_are_told_as_a_lower_bound_and_a_title_is_not_lost(filled, kind, monkeypatch):
    monkeypatch.setattr(asking, "RANKED", 3)
    for n in range(6):
        Job.objects.create(title=f"Tin {n}", error="có hoa và giải thưởng", kind="2025-01-01")
    indexing.index(kind, Job.objects.values_list("pk", flat=True))
    answer = asking.ask("hòa giải")
    assert 3 <= answer.total == len(answer.numbers) <= 7
    assert answer.capped
    assert asking.entries(answer.numbers)[0].title == "Tổ hoà giải giữ bình yên"
    assert asking.ask("hòa giải", asking.Filters(kind="test-job")).capped


def test_suggestions_complete_the_last_word(filled):
    assert [entry.title for entry in asking.beginning_with("dân vận kh")] == ["Dân vận khéo ở Khu phố 1", "Vận động nhân dân khéo tay"]
    assert asking.beginning_with("d") == []


def test_an_index_row_leaves_with_its_document(filled, kind):
    job = Job.objects.get(title="Hoa trước cổng nhà")
    job.state = "failed"
    job.save()
    indexing.index(kind, [job.pk])
    assert "Hoa trước cổng nhà" not in titles("hoa")


def test_a_change_is_indexed_when_it_commits(kind, django_capture_on_commit_callbacks):
    search.register(kind)
    with django_capture_on_commit_callbacks(execute=True):
        job = Job.objects.create(title="Ngày hội đại đoàn kết", kind="2023-11-18")
        assert titles("đại đoàn kết") == []
    assert titles("đại đoàn kết") == ["Ngày hội đại đoàn kết"]
    with django_capture_on_commit_callbacks(execute=True):
        job.title = "Ngày hội văn hóa"
        job.save()
    assert (titles("đại đoàn kết"), titles("van hoa")) == ([], ["Ngày hội văn hóa"])
    with django_capture_on_commit_callbacks(execute=True):
        job.delete()
    assert SearchEntry.objects.filter(kind=kind.code).count() == 0


def test_bulk_changes_are_told_by_touch(kind, django_capture_on_commit_callbacks):
    search.register(kind)
    with django_capture_on_commit_callbacks(execute=True):
        made = Job.objects.bulk_create([Job(title=f"Tổ tự quản {n}", kind="2023-11-18") for n in range(3)])
        search.touch("test-job", [job.pk for job in made])
    assert len(titles("tự quản")) == 3


def test_a_failing_index_does_not_fail_the_change(kind, django_capture_on_commit_callbacks, caplog):
    search.register(kind)
    with django_capture_on_commit_callbacks(execute=True):
        Job.objects.create(title="Hỏng", kind="không phải ngày")
    assert "could not be indexed" in caplog.text
    assert Job.objects.filter(title="Hỏng").exists()


def test_rebuild_finds_the_same(filled):
    before = titles("hoa")
    SearchEntry.objects.all().delete()
    assert titles("hoa") == []
    assert indexing.rebuild()["test-job"] == len(TITLES)
    assert titles("hoa") == before


def test_only_what_differs_is_written_again_and_the_check_tells_it(filled, kind):
    Job.objects.filter(title="Hoa trước cổng nhà").update(title="Hoa sau nhà")
    Job.objects.filter(title="Phường Đông Sơn xây đường hoa").update(state="failed")
    Job.objects.bulk_create([Job(title="Chưa có trong chỉ mục", kind="2023-11-18")])
    found = {each.kind.code: (each.missing, each.extra, each.outdated) for each in checking.differences()}
    assert found["test-job"] == (1, 1, 1)
    assert indexing.index(kind, Job.objects.values_list("pk", flat=True), anew=False) == 3
    assert titles("hoa")[0] == "Hoa sau nhà"
    assert "test-job" not in {each.kind.code for each in checking.differences()}
    assert indexing.index(kind, Job.objects.values_list("pk", flat=True), anew=False) == 0
