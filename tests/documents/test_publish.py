"""A document is public from the day somebody says so, and gone when it is withdrawn."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kheo.audit.models import Entry
from kheo.core import datasets
from kheo.core.errors import InvalidInput, Refused
from kheo.core.search import asking
from kheo.documents import queries
from kheo.documents.actions import publish, register, withdraw

VALUES = {
    "number": "77-QĐ/ĐU", "kind": "Quyết định", "title": "Công nhận mô hình hoà giải ở khu phố", "issuer": "Đảng ủy phường Bỉm Sơn",
    "signer": "", "signer_title": "Bí thư", "issued_on": date(2025, 11, 20),
}


def docx(words: str) -> SimpleUploadedFile:
    from io import BytesIO

    import docx as word

    file, made = BytesIO(), word.Document()
    made.add_paragraph(words)
    made.save(file)
    return SimpleUploadedFile("quyet-dinh.docx", file.getvalue())


@pytest.fixture
def document(db):
    return register.register(**VALUES, file=docx("Điều 1. Thành lập tổ tự quản bến nước."), by=None)


def test_it_works(document, client, cast, django_capture_on_commit_callbacks):
    address = reverse("documents_public:detail", args=[document.pk])
    assert client.get(address).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        publish.publish(document, by=cast.leader)
    page = client.get(address)
    assert page.status_code == 200
    assert "sessionid" not in page.cookies
    assert "77-QĐ/ĐU" in client.get(reverse("documents_public:index"), {"q": "hoa giai", "kind": "Quyết định", "year": "2025", "state": "in_force"}).content.decode()
    file = client.get(reverse("documents_public:download", args=[document.pk]))
    assert file["Content-Disposition"] == 'attachment; filename="77-qd-du.docx"'
    assert [entry.kind for entry in asking.entries(asking.ask("bến nước").numbers)] == ["document"]
    assert [row[1] for row in datasets.find("van-ban").rows()] == ["77-QĐ/ĐU"]
    found = client.get("/api/v1/documents", {"q": "hòa giải"}).json()
    assert [item["number"] for item in found["items"]] == ["77-QĐ/ĐU"]
    assert client.get(f"/api/v1/documents/{document.pk}").json()["file"].endswith(f"/van-ban/{document.pk}/tep/")
    with django_capture_on_commit_callbacks(execute=True):
        withdraw.withdraw(document, "Ban hành nhầm.", by=cast.editor)
    assert [client.get(address).status_code, client.get(f"/api/v1/documents/{document.pk}").status_code] == [404, 404]
    assert asking.ask("bến nước").total == 0
    assert list(Entry.objects.filter(verb__startswith="documents.").order_by("pk").values_list("verb", flat=True))[-2:] == ["documents.publish", "documents.withdraw"]


def test_doing_it_again_writes_nothing(document, cast):
    publish.publish(document, by=cast.leader)
    before = Entry.objects.count()
    publish.publish(document, by=cast.leader)
    assert Entry.objects.count() == before


def test_a_file_with_an_identity_number_stays_private(db, cast, signed_in):
    made = register.register(**VALUES, file=docx("Ông A, số căn cước 038090001234, điện thoại 0912345678."), by=None)
    with pytest.raises(InvalidInput) as refusal:
        publish.publish(made, by=cast.leader)
    assert refusal.value.field == "with_file"
    made.refresh_from_db()
    assert not queries.is_public(made)
    signed_in(cast.editor).post(reverse("documents:publish", args=[made.pk]), {})
    made.refresh_from_db()
    assert (queries.is_public(made), made.file_public, made.words) == (True, False, "")


def test_only_who_answers_for_the_site_publishes(document, cast):
    for person in (cast.outsider, cast.registrant, cast.officer, cast.auditor):
        with pytest.raises(Refused):
            publish.publish(document, by=person)
    publish.publish(document, by=cast.editor)
    with pytest.raises(Refused):
        withdraw.withdraw(document, "x", by=cast.officer)
    with pytest.raises(InvalidInput):
        withdraw.withdraw(document, "  ", by=cast.editor)
