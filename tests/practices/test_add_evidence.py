from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from kheo.audit.models import Entry
from kheo.core.errors import InvalidInput, Refused
from kheo.practices.actions import add_evidence as adding
from kheo.practices.models import Evidence
from tests import cast as cast_module
from tests.practices import scenes

IDENTITY = "Hộ của ông A, số định danh 038075001234, ở khu phố 1."


def test_it_works(cast):
    practice = cast_module.practice(cast, state="running")
    made = adding.add_evidence(practice, scenes.photo(place=True), "Ảnh ra quân.jpg", by=cast.registrant, alt="Bà con dọn vệ sinh")
    assert (made.kind, made.width, made.height, made.findings, made.public) == ("photo", 640, 480, [], False)
    stored = Image.open(io.BytesIO(made.file.read()))
    assert dict(stored.getexif()) == {}
    assert b"May anh" not in made.file.open("rb").read()
    assert Image.open(io.BytesIO(made.thumbnail.read())).width <= 480
    assert Entry.objects.get(verb="practices.add_evidence").details["findings"] == 0


def test_the_same_file_twice_is_one(cast):
    practice, data = cast_module.practice(cast, state="running"), scenes.photo()
    first = adding.add_evidence(practice, data, "a.jpg", by=cast.registrant)
    assert adding.add_evidence(practice, data, "b.jpg", by=cast.officer) == first
    assert (Evidence.objects.count(), Entry.objects.count()) == (1, 1)


def test_an_identity_number_is_found_and_masked(cast):
    practice = cast_module.practice(cast, state="running")
    made = adding.add_evidence(practice, IDENTITY.encode(), "danh-sach.txt", by=cast.registrant)
    assert made.findings[0]["kind"] == "citizen_id"
    assert "038075001" not in str(made.findings)


def test_an_identity_number_in_the_caption_is_found(cast):
    made = adding.add_evidence(cast_module.practice(cast, state="running"), scenes.photo(), "a.jpg", by=cast.registrant, alt="Ông A 038075001234")
    assert made.findings


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"MZ\x90\x00" + b"\0" * 200, "anh.jpg"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "anh.svg"),
        (b"", "rong.pdf"),
        (b"\xff\xd8\xff\xe0 not a photo", "hong.jpg"),
        (b"%PDF-1.7 broken", "anh.png"),
    ],
)
def test_refused_files_are_explained(cast, data, name):
    practice = cast_module.practice(cast, state="running")
    with pytest.raises(InvalidInput):
        adding.add_evidence(practice, data, name, by=cast.registrant)
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("who", ["outsider", "officer_elsewhere", "evaluator", "auditor"])
def test_refused_for_others(cast, who):
    with pytest.raises(Refused):
        adding.add_evidence(cast_module.practice(cast, state="running"), scenes.photo(), "a.jpg", by=getattr(cast, who))


def test_refused_once_the_evaluation_is_open(cast):
    with pytest.raises(Refused):
        adding.add_evidence(cast_module.practice(cast, state="evaluating"), scenes.photo(), "a.jpg", by=cast.registrant)


def test_no_more_than_the_cap(cast, monkeypatch):
    monkeypatch.setattr(adding, "MOST_FILES", 1)
    practice = cast_module.practice(cast, state="running")
    adding.add_evidence(practice, scenes.photo(), "a.jpg", by=cast.registrant)
    with pytest.raises(InvalidInput):
        adding.add_evidence(practice, scenes.photo(colour="blue"), "b.jpg", by=cast.registrant)


def test_the_page_wants_a_file(cast, signed_in):
    practice = cast_module.practice(cast, state="running")
    answer = signed_in(cast.registrant).post(reverse("practices_desk:add_evidence", args=[practice.pk]), {"alt": "x"})
    assert "govuk-error-summary" in answer.content.decode()


def test_the_page_takes_several_files(cast, signed_in):
    practice = cast_module.practice(cast, state="running")
    files = [SimpleUploadedFile(f"{colour}.jpg", scenes.photo(colour=colour)) for colour in ("red", "blue")]
    answer = signed_in(cast.registrant).post(reverse("practices_desk:add_evidence", args=[practice.pk]), {"files": files, "alt": "Ra quân"})
    assert answer.status_code == 302
    assert practice.evidence.count() == 2


def test_the_page_keeps_good_files_and_names_bad_ones(cast, signed_in):
    practice = cast_module.practice(cast, state="running")
    answer = signed_in(cast.registrant).post(
        reverse("practices_desk:add_evidence", args=[practice.pk]),
        {"files": [SimpleUploadedFile("tot.jpg", scenes.photo()), SimpleUploadedFile("xau.exe", b"MZ\x90" + b"\0" * 99)], "alt": ""},
    )
    assert answer.status_code == 200
    assert "xau.exe" in answer.content.decode()
    assert [e.original_name for e in practice.evidence.all()] == ["tot.jpg"]
