import uuid

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from kheo.audit.models import Entry
from kheo.core.errors import InvalidInput, Refused
from kheo.practices.actions.remove_evidence import remove_evidence
from kheo.practices.models import Evidence
from tests.cast import practice


@pytest.fixture
def photo(cast):
    shown = practice(cast, state="running")
    return Evidence.objects.create(
        practice=shown, original_name="anh.jpg", kind="photo", size=3, sha256=uuid.uuid4().hex * 2, by_name="–", at=timezone.now(),
        file=ContentFile(b"\xff\xd8\xff", "anh.jpg"), thumbnail=ContentFile(b"\xff\xd8\xff", "nho.jpg"),
    )


def test_it_works(cast, photo, signed_in, django_capture_on_commit_callbacks):
    kept = [(f.storage, f.name) for f in (photo.file, photo.thumbnail)]
    address = reverse("practices_desk:remove_evidence", args=[photo.pk])
    client = signed_in(cast.officer)
    assert "anh.jpg" in client.get(address).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address, {"reason": "Nhầm tệp"}).status_code == 302
    assert not Evidence.objects.exists()
    assert [storage.exists(name) for storage, name in kept] == [False, False]
    entry = Entry.objects.get(verb="practices.remove_evidence")
    assert (entry.details["reason"], entry.details["sha256"]) == ("Nhầm tệp", photo.sha256)


def test_without_a_reason_nothing_goes(cast, photo):
    with pytest.raises(InvalidInput):
        remove_evidence(photo, "  ", by=cast.officer)
    assert Evidence.objects.exists()


def test_others_may_not(cast, photo):
    for person in (cast.evaluator, cast.leader, cast.auditor, cast.officer_elsewhere, cast.outsider):
        with pytest.raises(Refused):
            remove_evidence(photo, "Nhầm", by=person)


def test_once_scored_it_stays(cast, photo):
    photo.practice.state = "evaluating"
    photo.practice.save()
    with pytest.raises(Refused):
        remove_evidence(photo, "Nhầm", by=cast.officer)
