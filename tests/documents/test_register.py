from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from kheo.audit.models import Entry
from kheo.core.errors import InvalidInput, Refused
from kheo.core.files import photos
from kheo.documents import queries, rules
from kheo.documents.actions import register
from kheo.documents.forms import DocumentForm
from kheo.documents.models import Document
from kheo.workdays.models import AnnualDay, CalendarDay, WeeklyPattern

VALUES = {
    "number": "12-QĐ/ĐU", "kind": "Quyết định", "title": "Công nhận mô hình “Dân vận khéo”", "issuer": "Đảng ủy phường Bỉm Sơn",
    "signer": "", "signer_title": "", "issued_on": date(2025, 11, 20),
}


@pytest.fixture(autouse=True)
def _no_other_documents(request):
    """The documents that migrations register (laws of the working calendar) are not this test's subject."""
    if "db" in request.fixturenames:
        request.getfixturevalue("db")
        CalendarDay.objects.all().delete()
        WeeklyPattern.objects.all().delete()
        AnnualDay.objects.all().delete()
        Document.objects.all().delete()


PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


def test_it_works(db):
    made = register.register(**VALUES, by=None)
    again = register.register(**{**VALUES, "issuer": "Đảng uỷ phường Bỉm Sơn", "signer": "Người ký"}, by=None)
    assert made == again
    made.refresh_from_db()
    assert made.signer == "Người ký"
    register.register(**{**VALUES, "title": "Khác", "signer": "Người khác"}, by=None)
    made.refresh_from_db()
    assert (made.title, made.signer) == (VALUES["title"], "Người ký")
    assert Document.objects.count() == 1
    assert Entry.objects.filter(verb="documents.register").count() == 2


@pytest.mark.parametrize(("field", "value"), [("number", " "), ("title", ""), ("issuer", "\u200b"), ("title", "x" * 501)])
def test_missing_and_overlong_texts_are_refused(db, field, value):
    with pytest.raises(InvalidInput) as caught:
        register.register(**{**VALUES, field: value}, by=None)
    assert caught.value.field == field


def test_dates_must_make_sense(db):
    with pytest.raises(InvalidInput):
        register.register(**{**VALUES, "issued_on": timezone.localdate() + timedelta(days=1)}, by=None)
    with pytest.raises(InvalidInput):
        register.register(**VALUES, effective_to=date(2025, 11, 20), by=None)


def test_an_outsider_is_refused(cast):
    for person in (cast.outsider, cast.registrant, cast.auditor):
        with pytest.raises(Refused):
            register.register(**VALUES, by=person)
    assert register.register(**VALUES, by=cast.leader)


def test_validity(db):
    made = register.register(**VALUES, effective_from=date(2025, 12, 1), effective_to=date(2026, 1, 1), by=None)
    assert list(queries.in_force_on(date(2025, 12, 31))) == [made]
    assert not queries.in_force_on(date(2025, 11, 30))
    assert list(queries.expired_on(date(2026, 1, 1))) == [made]
    assert not queries.expired_on(date(2025, 12, 31))
    assert queries.holds_on(made, date(2025, 12, 31))
    assert not queries.holds_on(made, date(2026, 1, 1))


def test_search_is_folded(db):
    made = register.register(**VALUES, by=None)
    assert list(queries.search("dan van kheo bim son")) == [made]
    assert list(queries.search("12-qd/du")) == [made]
    assert not queries.search("khac han")


@pytest.mark.parametrize("number", ["12-QĐ/ĐU", "03-HD/BDVHU", "156/QĐ-UBND", "29/2026/QĐ-TTg", "1686/NQ-UBTVQH15", "05-BC/DVK"])
def test_usual_numbers(number):
    assert rules.looks_official(number)


@pytest.mark.parametrize("number", ["QĐ 12", "12", "157-HĐBT", "12-QĐ-ĐU"])
def test_unusual_numbers_only_warn(db, number):
    assert not rules.looks_official(number)
    form = DocumentForm({**VALUES, "number": number, "issued_on": "20/11/2025"}, signer_required=False)
    assert form.is_valid(), form.errors
    assert form.warnings
    assert form.save_document(by=None).number == number.replace(" ", "")


def test_the_form_demands_the_signer_where_the_law_does(db):
    form = DocumentForm({**VALUES, "issued_on": "20/11/2025"})
    assert not form.is_valid()
    assert set(form.errors) == {"signer", "signer_title"}


def test_the_desk_registers_with_a_file_and_serves_it(signed_in, cast):
    client = signed_in(cast.officer)
    page = client.post(
        reverse("documents:register"),
        {**VALUES, "issued_on": "20/11/2025", "file": SimpleUploadedFile("quyet-dinh.pdf", PDF, content_type="text/html")},
    )
    made = Document.objects.get(number="12-QĐ/ĐU", issued_on=date(2025, 11, 20))
    assert page.url == reverse("documents:detail", args=[made.pk])
    assert client.get(page.url).status_code == 200
    file = client.get(reverse("documents:download", args=[made.pk]))
    assert file["Content-Type"] == "application/pdf"
    assert file["Content-Disposition"].startswith("attachment")
    assert file["X-Content-Type-Options"] == "nosniff"
    assert b"".join(file.streaming_content) == PDF


def test_a_photographed_paper_is_kept_without_the_place(signed_in, cast):
    exif, data = Image.Exif(), BytesIO()
    exif.get_ifd(0x8825).update({1: "N", 2: (20.0, 4.0, 30.0)})
    Image.new("RGB", (60, 40)).save(data, "JPEG", exif=exif)
    made = register.register(**VALUES, file=SimpleUploadedFile("van-ban.jpg", data.getvalue()), by=cast.officer)
    with made.file.open("rb") as kept:
        assert not photos.tells(kept)


def test_a_file_of_another_kind_is_refused_in_words(signed_in, cast):
    client = signed_in(cast.officer)
    page = client.post(
        reverse("documents:register"), {**VALUES, "issued_on": "20/11/2025", "file": SimpleUploadedFile("a.pdf", b"<script>alert(1)</script>")}
    )
    assert page.status_code == 200
    assert page.context["form"].errors["file"]


def test_the_desk_list_filters(signed_in, cast):
    register.register(**VALUES, by=None)
    client = signed_in(cast.auditor)
    text = client.get(reverse("documents:index"), {"q": "dan van", "state": "in_force", "kind": "Quyết định"}).content.decode()
    assert "12-QĐ/ĐU" in text
    assert client.get(reverse("documents:register")).status_code == 403


def test_strangers_see_no_document(client, cast):
    for name, args in (("index", []), ("detail", [cast.decision.pk]), ("download", [cast.decision.pk])):
        assert client.get(reverse(f"documents:{name}", args=args)).status_code in (302, 403)
