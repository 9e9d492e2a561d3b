"""The public calendar and the desk, as people use them."""

from __future__ import annotations

from datetime import date

import pytest

from kheo.workdays.models import CalendarDay, State
from tests.cast import document

YEAR = "/lich-lam-viec/2026/"


def test_it_works(cast, client):
    page = client.get(f"{YEAR}?way=after&start=24/04/2026&count=5")
    text = page.content.decode()
    assert "Thứ Tư 06/05/2026" in text and "Giỗ Tổ Hùng Vương" in text and "9441/TB-BNV" in text
    assert not page.cookies


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("way=before&end=&start=06/05/2026&count=5", "24/04/2026"),
        ("way=between&start=24/04/2026&end=06/05/2026", "5 ngày làm việc"),
        ("way=hours&start=05/06/2026 16:30&count=8", "16:30, 08/06/2026"),
        ("way=after&start=31/12/2026&count=1", "chưa được quyết định đủ"),
        ("way=after&start=31/02/2026&count=1", "31/02/2026"),
        ("way=after&start=&count=1", "calculator_start"),
        ("way=after&start=24/04/2026", "Nhập"),
        ("way=after&start=24/04/2026&count=99999", "5000"),
        ("way=after&start=24/04/2099&count=1", "2075"),
    ],
)
def test_what_people_type(cast, client, query, words):
    page = client.get(f"{YEAR}?{query}")
    assert page.status_code == 200 and words in page.content.decode()


@pytest.mark.parametrize("path", ["/lich-lam-viec/1800/", "/lich-lam-viec/2400/", f"{YEAR}?unit=khong-co", "/lich-lam-viec/1800/lich.ics"])
def test_what_is_not_there(cast, client, path):
    assert client.get(path).status_code == 404


def test_the_file_for_telephones(cast, client):
    text = client.get(f"{YEAR}lich.ics").content.decode()
    assert text.startswith("BEGIN:VCALENDAR") and "DTSTART;VALUE=DATE:20261124" in text and "20260102" not in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_two_people_at_the_desk(cast, signed_in):
    desk = "/ban-lam-viec/lich-lam-viec/"
    paper = document("8/TB-UBND", date(2026, 5, 1), title="Nghỉ", issuer="UBND")
    client = signed_in(cast.officer)
    answer = client.post(f"{desk}de-xuat/", {"on": "05/06/2026", "kind": "holiday", "name": "Ngày thành lập"})
    row = CalendarDay.objects.get(name="Ngày thành lập")
    assert answer.status_code == 302 and row.state == State.PROPOSED
    own = client.post(f"{desk}quyet-dinh/", {"row": f"calendarday-{row.pk}", "document": paper.number, "decide": ""})
    assert "nguyên tắc hai người" in own.content.decode()
    client = signed_in(cast.leader)
    unknown = client.post(f"{desk}quyet-dinh/", {"row": f"calendarday-{row.pk}", "document": "1/XX", "decide": ""})
    assert "Sổ văn bản chưa có" in unknown.content.decode()
    preview = client.post(f"{desk}quyet-dinh/", {"row": f"calendarday-{row.pk}", "preview": ""})
    assert preview.status_code == 200 and CalendarDay.objects.get(pk=row.pk).state == State.PROPOSED
    client.post(f"{desk}quyet-dinh/", {"row": f"calendarday-{row.pk}", "document": paper.number, "decide": ""})
    assert CalendarDay.objects.get(pk=row.pk).state == State.DECIDED


def test_a_form_that_is_wrong_keeps_what_was_written(cast, signed_in):
    page = signed_in(cast.officer).post("/ban-lam-viec/lich-lam-viec/de-xuat/", {"on": "05/06/2026", "kind": "swap_off", "name": "Đổi"})
    text = page.content.decode()
    assert page.status_code == 200 and "Đổi" in text and "ngày làm bù" in text
