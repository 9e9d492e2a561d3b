"""Pages of an old portal: what is understood, what is doubted, and that nothing comes twice."""

from __future__ import annotations

import json
import unicodedata

import pytest
from django.core.management import call_command

from kheo.audit.models import Entry
from kheo.core.errors import Refused
from kheo.core.rules import legacy
from kheo.news.actions import import_page
from kheo.news.models import ArticlePage, PageImport
from tests.news import old_pages
from tests.news.conftest import site

pytestmark = pytest.mark.django_db


def read(data: bytes) -> dict:
    return import_page.read(data, "trang.html", site=site()).report


def test_it_works(cast):
    row = import_page.import_page(old_pages.PAGE, "trang-cu.txt", by=cast.editor, address="https://cong-cu.example.vn/bai?id=7")
    report = row.report
    assert (report["rows"], report["accepted"], report["unchanged"], report["errors"]) == (2, 1, 0, [])
    (found,) = report["articles"]
    assert (found["title"], found["author"], found["doubts"]) == (old_pages.TITLE, old_pages.AUTHOR, [])
    assert [(repeat["title"], repeat["times"]) for repeat in report["repeats"]] == [(old_pages.TITLE, 2)]
    assert {key: report["counters"][key] for key in ("today", "yesterday", "week", "month", "all")} == {"today": 410, "yesterday": 530, "week": 4195, "month": 1580, "all": 607501}
    assert report["counters"]["fits"] and "4.195" in report["counters"]["explanation"]
    assert [(block["title"], block["kind"]) for block in report["empty_blocks"]] == [("Công khai kết quả TTHC", "procedures")]
    better = {slip["better"] for slip in report["slips"]}
    assert {"tự kiểm tra", "thực sự", "nhân rộng", "quốc phòng - an ninh", "92,5%"} <= better
    page = ArticlePage.objects.get(pk=found["page"])
    assert not page.live and page.byline == old_pages.AUTHOR and page.original_url.endswith("?id=7")
    assert page.lead == old_pages.PARAGRAPHS[0] and page.words.count("Thời gian tới") == 1
    assert Entry.objects.get(verb="news.import_page").actor_id == cast.editor.pk


def test_a_second_time_changes_nothing():
    import_page.import_page(old_pages.PAGE, "a.txt", by=None)
    again = import_page.import_page(old_pages.text(times=1).replace("Ban đầu", "Ban  đầu").encode(), "b.txt", by=None)
    assert (again.report["accepted"], again.report["unchanged"]) == (0, 1)
    assert ArticlePage.objects.count() == 1


def test_reading_writes_nothing():
    assert read(old_pages.PAGE)["articles"][0]["state"] == "new"
    assert not ArticlePage.objects.exists() and not PageImport.objects.exists()


def test_html_with_menus_scripts_and_two_articles():
    report = read(old_pages.html().encode())
    assert [(found["title"], found["author"]) for found in report["articles"]] == [(old_pages.TITLE, old_pages.AUTHOR), (old_pages.SECOND, "BBT")]
    assert report["articles"][0]["published"] == "2023-11-20T08:30:00"
    assert report["repeats"][0]["times"] == 2
    assert report["counters"]["today"] == 410 and report["counters"]["all"] == 607501
    assert [block["title"] for block in report["empty_blocks"]] == ["CÔNG KHAI KẾT QUẢ GIẢI QUYẾT TTHC"]
    assert report["address"] == "https://cong-cu.example.vn/tin/nguon-nuoc-42.html"
    assert not any("Mục số" in found["lead"] or "Bản quyền" in found["lead"] for found in report["articles"])


@pytest.mark.parametrize(("data", "address"), [
    (old_pages.portal().encode(), "https://cong-cu.example.vn/index.php?nv=news&id=77"), (old_pages.archive(), "https://cong-cu.example.vn/tin/thu-vien-9.html"),
])  # fmt: skip
def test_a_portal_in_tables_keeps_the_parts_of_its_article(data, address):
    row = import_page.import_page(data, "trang.html", by=None)
    (found,) = row.report["articles"]
    assert (found["title"], found["author"], found["source"], row.address) == (old_pages.SECOND, "Ban Văn hóa", "Đài truyền thanh xã", address)
    assert found["lead"] == old_pages.SECOND_WORDS[0] and found["published"] == "2023-11-20T08:30:00"
    assert found["pictures"] == [{"address": "https://cong-cu.example.vn/anh/thu-vien.jpg", "words": "Giờ ra chơi. Ảnh: nhà trường"}]
    assert found["files"] == [{"address": "https://cong-cu.example.vn/tep/danh-muc.pdf", "words": "Danh mục sách"}]
    page = ArticlePage.objects.get(pk=found["page"])
    assert [block.block_type for block in page.body] == ["heading", "text", "table", "text"] and "<ul><li>Mở cửa" in page.body[3].value.source
    assert [[cell.value for cell in cells] for cells in page.body[2].value["table"].rows] == [["Đồi Sim", ""], ["Suối Cạn", "118"]]


def test_a_second_page_with_the_article_leads_to_it_too(client):
    row = import_page.import_page(old_pages.portal().encode(), "a.html", by=None)
    import_page.import_page(old_pages.archive(), "b.mhtml", by=None)
    ArticlePage.objects.get(imported=row).get_latest_revision().publish()
    for old in ("/index.php?nv=news&id=77", "/tin/thu-vien-9.html"):
        assert client.get(old).status_code == 301


@pytest.mark.parametrize(("data", "encoding"), [
    (old_pages.text().encode("utf-16"), "utf-16-le"),
    (old_pages.text().encode("utf-16-be"), "utf-16-be"),
    (b"\xef\xbb\xbf" + old_pages.PAGE, "utf-8"),
    (unicodedata.normalize("NFD", old_pages.text()).encode(), "utf-8"),
    (legacy.to_tcvn3(old_pages.text()).replace("“", '"').replace("”", '"').encode("latin-1", "replace"), "cp1252, tcvn3"),
    (legacy.to_vni(old_pages.text()).encode(), "utf-8, vni"),
    (old_pages.text().encode().decode("latin-1").encode(), "utf-8, mojibake"),
])  # fmt: skip
def test_encodings(data, encoding):
    report = read(data)
    assert report["encoding"] == encoding
    assert len(report["articles"]) == 1 and report["repeats"][0]["times"] == 2
    assert report["counters"]["week"] == 4195
    assert "giữ nguồn nước" in report["articles"][0]["lead"]


@pytest.mark.parametrize("data", [b"", b"  \n\t ", bytes(range(256)) * 50, b"%PDF-1.7 ...", b"PK\x03\x04 docx", b"\x00" * 500, b"\xff\xd8\xff\xe0 jpeg"])
def test_what_is_no_page_is_an_error_in_words(data):
    report = read(data)
    assert len(report["errors"]) == 1 and report["errors"][0]["message"]
    assert report["articles"] == [] and report["accepted"] == 0


def test_a_page_without_an_article_says_so():
    report = read("Trang chủ\nGiới thiệu\nLiên hệ\nĐiện thoại: 0237 000 000".encode())
    assert report["errors"] == [] and report["articles"] == []
    assert [warning["field"] for warning in report["warnings"]] == ["articles"]


def test_a_page_without_by_line_keeps_the_doubt():
    report = read("\n".join((old_pages.SECOND, *old_pages.SECOND_WORDS)).encode())
    assert report["articles"][0]["author"] == "" and report["articles"][0]["doubts"]


def test_the_old_address_leads_to_the_published_article(client):
    row = import_page.import_page(old_pages.PAGE, "a.txt", by=None, address="https://cong-cu.example.vn/bai-viet/nguon-nuoc-42.html")
    page = ArticlePage.objects.get(imported=row)
    assert client.get("/bai-viet/nguon-nuoc-42.html").status_code == 404
    page.get_latest_revision().publish()
    answer = client.get("/bai-viet/nguon-nuoc-42.html")
    assert answer.status_code == 301 and answer["Location"].endswith(f"/tin-tuc/{page.slug}/")
    assert Entry.objects.filter(verb="news.keep_address").count() == 1


def test_outsiders_do_not_import(cast):
    with pytest.raises(Refused):
        import_page.import_page(old_pages.PAGE, "a.txt", by=cast.officer)


def test_the_command_prints_the_report(tmp_path, capsys):
    path = tmp_path / "trang.txt"
    path.write_bytes(old_pages.PAGE)
    call_command("import_page", str(path), "--dry-run", "--json")
    report = json.loads(capsys.readouterr().out)
    assert report["batch"] is None and len(report["articles"]) == 1 and not ArticlePage.objects.exists()
    call_command("import_page", str(path))
    assert "Đã nhập 1 bản nháp" in capsys.readouterr().out
    path.write_bytes(b"")
    with pytest.raises(SystemExit) as ended:
        call_command("import_page", str(path))
    assert ended.value.code == 1
    with pytest.raises(SystemExit) as ended:
        call_command("import_page", str(tmp_path / "khong-co.html"))
    assert ended.value.code == 2


def test_the_desk_reads_a_page(cast, signed_in):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = signed_in(cast.editor)
    shown = client.get("/ban-lam-viec/tin-tuc/trang-cu/").context["form"]
    data = {"file": SimpleUploadedFile("trang.html", old_pages.html().encode()), "category": shown["category"].value(), "site": shown["site"].value(), "address": ""}
    answer = client.post("/ban-lam-viec/tin-tuc/trang-cu/", data, follow=True)
    words = answer.content.decode()
    assert answer.status_code == 200 and old_pages.SECOND in words and "Tuần này" in words
    assert ArticlePage.objects.count() == 2
