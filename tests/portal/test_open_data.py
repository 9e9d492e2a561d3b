"""/du-lieu-mo/: tables, dictionaries, files whose sums hold, and nothing personal."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from django.utils import timezone

from kheo.commendations.models import Commendation, Form, Honouree
from kheo.core import datasets
from kheo.portal.queries import open_data
from kheo.visits.models import DayCount
from tests.cast import practice

pytestmark = pytest.mark.django_db
FORMS = ("csv", "json", "xlsx")


@pytest.fixture
def filled(cast):
    shown = practice(cast, state="recognized", title="=1+1 không rác", contact_phone="0912345678")
    given = Commendation.objects.create(document=cast.decision, form=Form.objects.first(), cycle=cast.cycle, unit=cast.bim_son, by_name="–", at=shown.registered_at)
    Honouree.objects.create(commendation=given, practice=shown, name="Họ Tên Kín", is_collective=False, consent="refused", organization=cast.bim_son, achievement="Tốt")
    return cast


def content(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_it_works(filled, client):
    html = client.get("/du-lieu-mo/").content.decode()
    for dataset in datasets.every():
        assert f"/du-lieu-mo/{dataset.code}/" in html
        page = client.get(f"/du-lieu-mo/{dataset.code}/")
        assert page.status_code == 200
        for column in dataset.columns:
            assert f"<code>{column.code}</code>" in page.content.decode()
    assert {"so-dang-ky-mo-hinh", "bang-vang", "don-vi", "ke-tuc-don-vi", "dong-gop", "tin-tuc", "luot-truy-cap", "bao-cao", "chi-tieu-giao", "danh-muc-tthc"} <= {found.code for found in datasets.every()}


def test_the_last_changes_asked_at_once_are_those_of_each_table(filled):
    DayCount.objects.create(site=1, day=date(2023, 11, 30), views=5395, source="stated")
    asked = datasets.last_changes()
    assert asked == {found.code: found.updated() for found in datasets.every()}
    assert any(isinstance(last, datetime) for last in asked.values()) and any(type(last) is date for last in asked.values())


@pytest.mark.parametrize("code", ["so-dang-ky-mo-hinh", "bang-vang", "don-vi", "ke-tuc-don-vi", "dong-gop"])
def test_every_form_holds_the_same_rows_and_its_sum(filled, client, code):
    dataset = datasets.find(code)
    expected = [column.code for column in dataset.columns]
    files = {form: client.get(f"/du-lieu-mo/{code}.{form}") for form in FORMS}
    bodies = {form: content(answer) for form, answer in files.items()}
    assert bodies["csv"].startswith(b"\xef\xbb\xbf")
    table = list(csv.reader(io.StringIO(bodies["csv"].decode("utf-8-sig"))))
    data = json.loads(bodies["json"])["data"]
    sheet = openpyxl.load_workbook(io.BytesIO(bodies["xlsx"])).worksheets[0]
    assert table[0] == expected
    assert len(table) - 1 == len(data) == dataset.count()
    assert [row.get("id") for row in data] == [row[0] if "id" in expected else None for row in table[1:]]
    assert sheet.max_row == dataset.count() + 1
    for form, answer in files.items():
        total = hashlib.sha256(bodies[form]).hexdigest()
        assert answer["X-Checksum-SHA256"] == total
        assert client.get(f"/du-lieu-mo/{code}.{form}.sha256").content.decode() == f"{total}  {code}.{form}\n"
        assert total in client.get(f"/du-lieu-mo/{code}/").content.decode()
        assert answer["Access-Control-Allow-Origin"] == "*"


def test_a_cell_is_never_a_formula_and_dates_are_iso(filled, client):
    rows = list(csv.DictReader(io.StringIO(content(client.get("/du-lieu-mo/so-dang-ky-mo-hinh.csv")).decode("utf-8-sig"))))
    assert rows[0]["title"] == "'=1+1 không rác"
    assert rows[0]["starts_on"] == "2023-01-15"


def test_nothing_personal_leaves(filled, client):
    for dataset in datasets.every():
        text = content(client.get(f"/du-lieu-mo/{dataset.code}.json")).decode()
        assert "0912345678" not in text
        assert "Họ Tên Kín" not in text


def test_a_reader_who_has_it_gets_304(filled, client):
    first = client.get("/du-lieu-mo/don-vi.csv")
    assert client.get("/du-lieu-mo/don-vi.csv", headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert client.get("/du-lieu-mo/don-vi.csv", headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    assert client.get("/du-lieu-mo/don-vi.csv", headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_change_gives_a_new_file(filled, client):
    first = client.get("/du-lieu-mo/so-dang-ky-mo-hinh.csv")["ETag"]
    practice(filled, state="running", title="Mô hình mới")
    answer = client.get("/du-lieu-mo/so-dang-ky-mo-hinh.csv", headers={"If-None-Match": first})
    assert answer.status_code == 200
    assert "Mô hình mới" in content(answer).decode()


def test_the_same_data_give_the_same_bytes(filled, client, settings, tmp_path):
    before = [client.get(f"/du-lieu-mo/don-vi.{form}")["X-Checksum-SHA256"] for form in FORMS]
    settings.KHEO_HOME = tmp_path / "another"
    assert [client.get(f"/du-lieu-mo/don-vi.{form}")["X-Checksum-SHA256"] for form in FORMS] == before


def test_the_catalogue(filled, client):
    found = json.loads(client.get("/du-lieu-mo/danh-muc.json").content)
    assert found["@type"] == "dcat:Catalog"
    assert {entry["dct:identifier"] for entry in found["dcat:dataset"]} == {dataset.code for dataset in datasets.every()}
    for entry in found["dcat:dataset"]:
        for distribution in entry["dcat:distribution"]:
            address = distribution.get("dcat:downloadURL") or distribution["dcat:accessURL"]
            assert client.get(address.removeprefix("http://testserver")).status_code == 200


@pytest.mark.parametrize("address", ["khong-co/", "khong-co.csv", "don-vi.exe", "don-vi.csv.md5", "khong-co.csv.sha256", "khong-co/tu-dien.csv"])
def test_what_is_not_there(filled, client, address):
    assert client.get(f"/du-lieu-mo/{address}").status_code == 404


def test_every_table_holds_its_rows_in_the_order_of_its_columns(filled, client):
    from tests.news.conftest import article

    DayCount.objects.create(site=1, day=date(2023, 11, 30), views=5395, source="stated")
    made = article("Tin đầu tiên", lead="=1+1")
    for dataset in datasets.every():
        assert all(len(row) == len(dataset.columns) for row in dataset.rows()), dataset.code
    (row,) = csv.DictReader(io.StringIO(content(client.get("/du-lieu-mo/tin-tuc.csv")).decode("utf-8-sig")))
    assert (row["title"], row["lead"]) == ("Tin đầu tiên", "'=1+1")
    assert row["published_at"] == timezone.localtime(made.first_published_at).isoformat(timespec="seconds")
    (row,) = csv.DictReader(io.StringIO(content(client.get("/du-lieu-mo/luot-truy-cap.csv")).decode("utf-8-sig")))
    assert (row["day"], row["views"], row["visits"]) == ("2023-11-30", "5395", "")


@pytest.mark.parametrize(("value", "shown"), [("15.300000", "15.3"), ("100", "100"), ("1E+3", "1000"), ("0.1234567", "0.123457"), ("-0.5", "-0.5")])
def test_a_fraction_has_a_point_and_no_zeros_behind(value, shown):
    assert f"{open_data.tidy(Decimal(value)):f}" == shown
