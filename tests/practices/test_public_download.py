"""/mo-hinh/tai-ve/: the register as files."""

from __future__ import annotations

import csv
import io
import json

import pytest
from python_calamine import CalamineWorkbook

from kheo.practices.models import Recognition
from tests.cast import practice

URL = "/mo-hinh/tai-ve/"


def read(client, form: str, **filters) -> bytes:
    response = client.get(f"{URL}{form}/", filters)
    assert response.status_code == 200
    assert f".{form}" in response["Content-Disposition"]
    return b"".join(response.streaming_content) if response.streaming else response.content


def csv_rows(client, **filters) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(read(client, "csv", **filters).decode("utf-8-sig"))))


@pytest.fixture
def register(cast):
    found = practice(cast, title="=HYPERLINK(\"http://x\")", state="recognized", summary="Một\nhai")
    Recognition.objects.create(practice=found, decision=cast.decision, decided_on=cast.decision.issued_on)
    practice(cast, title="Nuôi ong", state="running", subject="individual", organization=None, organization_text="Tên Riêng Người", contact_phone="0912345678", field=cast.fields["culture-society"])
    practice(cast, title="Chưa duyệt", state="submitted")
    return found


def test_it_works(client, cast, register):
    raw = read(client, "csv")
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = csv_rows(client)
    assert [row["title"] for row in rows] == ["Nuôi ong", "'=HYPERLINK(\"http://x\")"]
    assert rows[1]["decision_date"] == "2023-11-20"
    assert rows[1]["ward_code"] == "14812"
    assert rows[1]["state"] == "recognized"


def test_the_files_agree(client, cast, register):
    data = json.loads(read(client, "json"))
    assert [row["id"] for row in data["data"]] == [row["id"] for row in csv_rows(client)]
    assert data["licence"] == "CC BY 4.0"
    book = CalamineWorkbook.from_filelike(io.BytesIO(read(client, "xlsx")))
    sheet = book.get_sheet_by_index(0).to_python()
    assert len(sheet) == 1 + len(data["data"])
    assert len(book.sheet_names) == 2


def test_filters_hold(client, cast, register):
    assert [row["title"] for row in csv_rows(client, field="culture-society")] == ["Nuôi ong"]
    assert csv_rows(client, q="khong co gi nhu the") == []
    assert json.loads(read(client, "json", year="2022"))["data"] == []


@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
def test_nothing_private_leaves(client, cast, register, form):
    raw = read(client, form)
    if form == "xlsx":
        raw = str([s.to_python() for s in map(CalamineWorkbook.from_filelike(io.BytesIO(raw)).get_sheet_by_index, (0, 1))]).encode()
    for private in ("Tên Riêng Người", "0912345678", str(register.access_key), "Chưa duyệt", str(register.receipt_number)):
        assert private.encode() not in raw


def test_large_registers_are_written_in_parts(client, cast):
    for number in range(410):
        practice(cast, title=f"Mô hình {number}", state="running")
    rows = csv_rows(client)
    assert len(rows) == 410
    assert len({row["id"] for row in rows}) == 410


def test_the_dictionary_describes_every_column(client, cast, register):
    found = client.get(f"{URL}tu-dien.json").json()
    assert [column["code"] for column in found["columns"]] == list(csv_rows(client)[0])
    for column in found["columns"]:
        assert column["description_vi"] and column["description_vi"] != column["description_en"]
    page = client.get(f"{URL}tu-dien/").content.decode()
    assert all(column["code"] in page for column in found["columns"])


def test_an_unknown_format_is_not_found(client, cast):
    assert client.get(f"{URL}exe/").status_code == 404
