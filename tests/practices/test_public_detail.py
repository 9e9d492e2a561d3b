"""/mo-hinh/<slug>/: one practice for everybody."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils import timezone

from kheo.organizations.models import Mandate
from kheo.practices import rules, sections
from kheo.practices.models import Goal, Output, OutputResult, ProgressReport, Recognition
from tests.cast import practice


def page(client, found) -> str:
    response = client.get(f"/mo-hinh/{found.slug}/")
    assert response.status_code == 200
    return response.content.decode()


def test_it_works(client, cast):
    found = practice(cast, state="recognized", summary="Từng hộ một.", ward=cast.wards["dong-son"])
    Recognition.objects.create(practice=found, decision=cast.decision, decided_on=cast.decision.issued_on)
    Goal.objects.create(practice=found, statement="Giảm hộ nghèo", unit="hộ", target=Decimal(12))
    text = page(client, found)
    for words in ("Khu dân cư không có hộ nghèo", "Từng hộ một.", "12-QĐ/ĐU", "20/11/2023", "Phường Đông Sơn", "Phường Bỉm Sơn", "01/07/2025", "Kinh tế", "Giảm hộ nghèo", "Phân công giúp đỡ từng hộ."):
        assert words in text


@pytest.mark.parametrize("state", [s.value for s in rules.State if s not in rules.PUBLIC_STATES])
def test_not_public_is_a_404_that_helps(client, cast, state):
    found = practice(cast, title="Bí mật của đơn vị", state=state)
    response = client.get(f"/mo-hinh/{found.slug}/")
    assert response.status_code == 404
    assert "Bí mật của đơn vị" not in response.content.decode()
    assert "/mo-hinh/nhan-rong/" in response.content.decode()


def test_planned_beside_reached(client, cast):
    found = practice(cast, state="running")
    report = ProgressReport.objects.create(
        practice=found, period_from=date(2023, 1, 1), period_to=date(2023, 6, 30), text="Lời riêng trong báo cáo", submission_key=uuid4(), by_name="x", at=timezone.now(),
    )  # fmt: skip
    done = Output.objects.create(practice=found, result="Đất hiến", unit="m²", target=Decimal(400))
    Output.objects.create(practice=found, result="Buổi họp dân", unit="buổi", target=Decimal(4), order=2)
    OutputResult.objects.create(report=report, output=done, amount=Decimal("300.5"))
    text = page(client, found)
    assert "300,5 m²" in text
    assert "75,1%" in text
    assert "chưa có số liệu" in text
    assert "Lời riêng trong báo cáo" not in text


def test_contacts_and_persons_stay_private(client, cast):
    found = practice(
        cast, state="running", subject="individual", organization=None, organization_text="Tên Riêng Người",
        contact_name="Người Liên Hệ", contact_phone="0912345678", contact_email="rieng@example.vn",
    )  # fmt: skip
    text = page(client, found)
    for private in ("Tên Riêng Người", "Người Liên Hệ", "0912345678", "rieng@example.vn", str(found.access_key), str(found.receipt_number)):
        assert private not in text


def test_the_standing_body_of_the_successor_answers(client, cast):
    Mandate.objects.create(organization=cast.quang_trung, area=cast.bim_son, function=cast.movement.function, valid_from=date(2025, 7, 1))
    found = practice(cast, state="running", ward=cast.wards["dong-son"])
    assert "/don-vi/phuong-quang-trung/" in page(client, found)


def test_a_revoked_recognition_is_marked(client, cast):
    found = practice(cast, state="revoked")
    Recognition.objects.create(
        practice=found, decision=cast.decision, decided_on=cast.decision.issued_on, revoked_by=cast.decision,
        revoked_on=date(2023, 12, 1), revoked_reason="Báo cáo không đúng sự thật",
    )  # fmt: skip
    text = page(client, found)
    assert "Báo cáo không đúng sự thật" in text
    assert "kheo-inset--danger" in text or "thu hồi" in text.lower()


def test_linked_data_is_data_and_cannot_end_its_element(client, cast):
    found = practice(cast, title="A </script><script>alert(1)</script> & B", state="running")
    text = page(client, found)
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert json.loads(block)["headline"] == "A </script><script>alert(1)</script> & B"
    assert "<script>alert" not in text


def test_other_rooms_add_sections(client, cast, monkeypatch):
    monkeypatch.setattr(sections, "_providers", {})
    sections.register("none", lambda practice: None)
    sections.register("words", lambda practice: sections.Section("words", "Thêm vào", "components/notification.html", {"text": "Lời thêm", "tone": "info"}))
    text = page(client, practice(cast, state="running"))
    assert "Thêm vào" in text
    assert "Lời thêm" in text


def test_posting_is_refused(client, cast):
    assert client.post(f"/mo-hinh/{practice(cast, state='running').slug}/").status_code == 405
