"""Files of a report, read back."""

from __future__ import annotations

import functools
import io
import json
from datetime import date
from decimal import Decimal

import docx
import pytest
from django.core.management import call_command
from docx.oxml.ns import qn
from docx.shared import Mm
from openpyxl import load_workbook
from pypdf import PdfReader

from kheo.core.errors import InvalidInput
from kheo.core.rules.periods import parse_period
from kheo.practices.models import Practice
from kheo.reports.queries import building
from kheo.reports.queries.rendering import fitting
from kheo.reports.rules import formats, text
from kheo.reports.rules.figures import Figure
from kheo.reports.rules.levels import level_of
from tests.cast import practice

PERIOD = parse_period("2023")


@pytest.fixture
def town(cast):
    """The former town with practices of three states in two wards."""
    for n, state in enumerate(["running", "running", "listed"]):
        practice(cast, title=f"Mô hình số {n}", state=state)
    practice(cast, title="Gương cá nhân", state="running", subject="individual", kind="exemplar", organization=None, organization_text="Người được nêu gương")
    return building.unit_of("381")


@functools.cache
def _kept(form, layout):
    return building.build(building.unit_of("381"), "annual", PERIOD, form, layout=layout)


def built(unit, form, layout=""):
    """The report of the town. Every test has the same practices, so each file is made once for all of them."""
    assert unit == building.unit_of("381")
    return _kept(form, layout)


@pytest.mark.parametrize(("layout", "words"), [
    ("state", ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "ỦY BAN NHÂN DÂN", "Số:", "BC-UBND", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
    ("party", ("ĐẢNG CỘNG SẢN VIỆT NAM", "THỊ ỦY", "Số", "BC/ThU", "T/M BAN THƯỜNG VỤ", "BÍ THƯ")),
])
def test_word_keeps_the_format(town, layout, words):
    document = docx.Document(io.BytesIO(built(town, "docx", layout).data))
    first = document.sections[0]
    sides = [round(getattr(first, f"{side}_margin") / Mm(1)) for side in ("top", "bottom", "left", "right")]
    assert sides == [20, 20, 30, 15]
    assert (round(first.page_width / Mm(1)), round(first.page_height / Mm(1))) == (210, 297)
    head = "\n".join(c.text for t in document.tables for r in t.rows for c in r.cells).replace("\xa0", " ")
    assert [w for w in words if w not in head] == []
    assert ("CỘNG HÒA" in head) == (layout == "state")
    assert first.different_first_page_header_footer
    assert "PAGE" in first.header._element.xml
    assert first.header.paragraphs[0].alignment == 1
    assert not first.first_page_header.paragraphs[0].text
    assert document.styles["Normal"].font.name == "Times New Roman"
    assert any(s.orientation == 1 for s in document.sections[1:])
    assert "w:tblHeader" in document.element.xml
    assert "{{" not in document.element.xml
    assert "-----" not in document.element.xml


@pytest.mark.parametrize("layout", ["state", "party"])
def test_pdf_has_tinos_and_numbers_from_each_second_page(town, layout):
    """The paper and every annex count by themselves; their first pages show no number (NĐ 30, annex I)."""
    reader = PdfReader(io.BytesIO(built(town, "pdf", layout).data))
    fonts = {f["/BaseFont"] for page in reader.pages for f in (x.get_object() for x in page["/Resources"]["/Font"].values())}
    assert fonts
    assert all("Tinos" in name for name in fonts), fonts
    embedded = [x.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object() for page in reader.pages for x in page["/Resources"]["/Font"].values()]
    assert all("/FontFile2" in f or "/FontFile3" in f for f in embedded)
    number, annexes = 0, []
    for page in reader.pages:
        lines = [line.strip() for line in page.extract_text().split("\n")]
        starts = lines[0] if lines[0].startswith("Phụ lục") else ""
        number = 1 if starts else number + 1
        annexes += [starts] if starts else []
        assert (lines[0] == str(number)) if number > 1 else not lines[0].isdigit()
        landscape = page.mediabox.width > page.mediabox.height
        assert landscape == bool(annexes)
    assert annexes[:2] == ["Phụ lục I", "Phụ lục II"]


def test_the_text_names_its_annexes_and_ends_once(town):
    document = docx.Document(io.BytesIO(built(town, "docx").data))
    words = "\n".join(p.text for p in document.paragraphs)
    assert "Phụ lục I: Biểu số lượng mô hình, điển hình" in words
    assert "(Kèm theo Báo cáo số" in words
    assert words.count("./.") == 1
    assert "../." not in words
    assert [s._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) for s in document.sections[1:]] == ["1"] * (len(document.sections) - 1)


def test_every_figure_equals_its_query(town):
    content = built(town, "pdf").content
    shown = {token: figure["shown"] for token, figure in content["figures"].items()}
    in_town = Practice.objects.filter(cycle__code="2023")
    assert shown["mo_hinh.dang_ky"] == f"{in_town.count():02d}"
    assert shown["mo_hinh.dang_ky_ca_nhan"] == f"{in_town.filter(subject='individual').count():02d}"
    assert shown["mo_hinh.hieu_qua"] == "03"
    text_of = "".join(p["text"] for s in content["sections"] for b in s["blocks"] if b["kind"] != "table" for p in b["pieces"])
    assert "có 04 mô hình, điển hình đăng ký" in text_of


def test_the_same_content_gives_the_same_bytes(town):
    for form in ("docx", "pdf", "xlsx", "html"):
        assert building.build(town, "annual", PERIOD, form).data == building.build(town, "annual", PERIOD, form).data, form


def test_workbook_holds_figures_and_tables(town):
    book = load_workbook(io.BytesIO(built(town, "xlsx").data))
    assert book.sheetnames[0] == "Số liệu"
    rows = {row[0]: row for row in book.worksheets[0].iter_rows(values_only=True)}
    assert rows["mo_hinh.dang_ky"][2] == 4
    assert len(book.sheetnames) >= 3


def test_a_ward_of_today_speaks_for_its_predecessors(town, cast):
    content = building.build(building.unit_of("14812"), "annual", PERIOD, "html").content
    assert content["unit"]["predecessors"]
    assert content["figures"]["mo_hinh.dang_ky"]["value"] == "4"
    assert building.unit_of("14812") == cast.bim_son


@pytest.mark.parametrize(("arguments", "said"), [
    (["--unit", "99998"], "Không có đơn vị “99998”"),
    (["--period", "2023-H1"], "không phải là năm"),
    (["--period", "abc"], "abc"),
    (["--period", "1995"], "Không có số liệu nào"),
    (["--out", "/khong/co/bao-cao.pdf"], "Không có thư mục"),
])
def test_command_says_what_is_wrong(town, tmp_path, capsys, arguments, said):
    usual = {"--kind": "annual", "--unit": "381", "--period": "2023", "--format": "pdf", "--out": str(tmp_path / "a.pdf")}
    usual |= dict(zip(arguments[::2], arguments[1::2], strict=True))
    with pytest.raises(SystemExit) as stop:
        call_command("report_build", *[word for pair in usual.items() for word in pair])
    assert stop.value.code in (1, 2)
    assert said in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_command_writes_and_answers(town, tmp_path, capsys):
    out = tmp_path / "bc.docx"
    call_command("report_build", "--kind", "annual", "--unit", "381", "--period", "2023", "--format", "docx", "--out", str(out), "--layout", "party", "--json")
    answer = json.loads(capsys.readouterr().out)
    assert answer["bytes"] == out.stat().st_size
    assert answer["layout"] == "party"
    assert answer["figures"]["mo_hinh.dang_ky"]["value"] == "4"


def test_unknown_format_is_refused(town):
    with pytest.raises(InvalidInput):
        building.build(town, "annual", PERIOD, "odt")


def test_lines_of_the_formats():
    from importlib import import_module

    data = import_module("kheo.reports.migrations.0002_formats_and_outlines")
    state, party = formats.Format.of("state", data.STATE), formats.Format.of("party", data.PARTY)
    assert formats.full_number(state, 5, "UBND") == "05/BC-UBND"
    assert formats.full_number(party, 12, "ĐU") == "12-BC/ĐU"
    assert formats.place_date("Bỉm Sơn", date(2026, 1, 5), 2026).replace("\xa0", " ") == "Bỉm Sơn, ngày 05 tháng 01 năm 2026"
    assert formats.place_date("Bỉm Sơn", date(2026, 3, 15), 2026).replace("\xa0", " ") == "Bỉm Sơn, ngày 15 tháng 3 năm 2026"
    assert formats.signature_lines(state, "collective_deputy", "Ủy ban nhân dân", "Chủ tịch", "Phó Chủ tịch") == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
    assert formats.signature_lines(party, "deputy", "", "Bí thư", "Phó Bí thư") == ["K/T BÍ THƯ", "PHÓ BÍ THƯ"]
    assert text.recipients("- Như trên;\nTỉnh ủy (b/c).", "Lưu: VT.") == ["- Như trên;", "- Tỉnh ủy (b/c);", "- Lưu: VT."]
    with pytest.raises(formats.FormatError):
        formats.Format.of("state", data.STATE | {"margins": {"top": 20}})


def test_numbers_of_the_party_run_over_the_term():
    from importlib import import_module

    values = import_module("kheo.reports.migrations.0002_formats_and_outlines").PARTY
    layout = formats.Format.of("party", values | {"terms": {"*": ["2020-08-01", "2025-08-01"], "ĐU": ["2025-06-15"]}})
    assert layout.span("ThU", date(2023, 1, 5)) == layout.span("ThU", date(2025, 7, 31)) == "nhiệm kỳ từ 01/08/2020"
    assert layout.span("ThU", date(2025, 8, 1)) == "nhiệm kỳ từ 01/08/2025"
    assert layout.span("ĐU", date(2025, 7, 1)) == "nhiệm kỳ từ 15/06/2025"
    for wrong in ({}, {"*": ["2025-08-01", "2020-08-01"]}, {"*": ["01/08/2020"]}):
        with pytest.raises(formats.FormatError):
            formats.Format.of("party", values | {"terms": wrong})


def test_long_codes_may_break_behind_their_hyphens():
    made = fitting.breaking({"columns": [], "rows": [[{"text": "DVK-2023-000011 xã-x"}]]})
    assert made["rows"][0][0]["text"].split("\u200b") == ["DVK-", "2023-", "000011 xã-x"]


def test_zero_is_written_as_officials_do():
    zero = Figure("a.b", "Kiến nghị", "a", "count", Decimal(0), unit="vụ")
    said = {line: "".join(p["text"] for b in text.blocks(line, {"a.b": zero, "a.c": Figure("a.c", "Ba", "a", "count", Decimal(3))}) for p in b["pieces"]) for line in (
        "Trong kỳ có {{ a.b }} kiến nghị.", "- Vi phạm: {{ a.b }} vụ.", "Tập thể: {{ a.b }}, cá nhân: 3.", "{{ a.b }} vụ",
        "Có {{ a.b }} lượt khen, trong đó tập thể: {{ a.b }}, cá nhân: {{ a.b }}; có {{ a.b }} vụ; hết.", "Có {{ a.b }} lượt khen, trong đó tập thể: {{ a.c }}.",
    )}
    assert list(said.values()) == ["Trong kỳ không có kiến nghị.", "- Vi phạm: không phát sinh.", "Tập thể: 0, cá nhân: 3.", "0 vụ", "Không có lượt khen; không có vụ; hết.", "Không có lượt khen, trong đó tập thể: 03."]


@pytest.mark.parametrize(("issuer", "level"), [
    ("Ban Thường vụ Thị ủy Bỉm Sơn", "district"), ("Ủy ban nhân dân thị xã Bỉm Sơn", "district"), ("Đảng ủy phường Bỉm Sơn", "grassroots"),
    ("Ủy ban nhân dân tỉnh Thanh Hóa", "province"), ("Ban Dân vận Trung ương", "central"), ("Chủ tịch UBND xã Quang Trung", "grassroots"),
])
def test_level_of_a_deciding_body(issuer, level):
    assert level_of(issuer) == level
