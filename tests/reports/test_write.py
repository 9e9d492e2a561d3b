"""Tokens are chosen, not typed: unknown ones are refused with suggestions."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from kheo.core.errors import Conflict, InvalidInput, Refused
from kheo.reports.actions import upload_template, write
from kheo.reports.models import ReportTemplate
from kheo.reports.queries import access, compiling
from kheo.reports.rules import tokens
from kheo.reports.rules.figures import Figure
from tests.reports.addresses import scene

KNOWN = {"mo_hinh.dang_ky": Figure("mo_hinh.dang_ky", "Đăng ký", "mo_hinh")}


def test_it_works(cast):
    section = scene(cast).sections.first()
    saved = write.write_section(section, write.Words("Kết quả", "Có {{ mo_hinh.dang_ky }} mô hình."), by=cast.officer, version=section.version)
    assert saved.version == section.version + 1
    assert saved.saved_by_name == str(cast.officer)


def test_unknown_token_is_refused_with_a_suggestion(cast):
    section = scene(cast).sections.first()
    with pytest.raises(InvalidInput) as stop:
        write.write_section(section, write.Words("Kết quả", "Dòng một\nCó {{ mo_hinh.dang_kyy }} mô hình."), by=cast.officer)
    assert "mo_hinh.dang_ky" in str(stop.value.message)
    assert "2" in str(stop.value.message)


@pytest.mark.parametrize("text", ["{{ mo_hinh.dang_ky", "{{ 1 + 1 }}", "{{ mo_hinh.__class__ }}", "{% for x in y %}", "{{ }}"])
def test_what_is_no_token_is_found(text):
    assert tokens.problems(text, KNOWN)


def test_attributes_are_known():
    assert not tokens.problems("{{ mo_hinh.dang_ky.ty_so }} {{mo_hinh.dang_ky}}", KNOWN)


def test_words_of_somebody_else_are_not_written_over(cast):
    section = scene(cast).sections.first()
    write.write_section(section, write.Words("A", "Một"), by=cast.officer, version=section.version)
    with pytest.raises(Conflict):
        write.write_section(section, write.Words("A", "Hai"), by=cast.leader, version=section.version)


def test_outsiders_do_not_write(cast):
    with pytest.raises(Refused):
        write.write_section(scene(cast).sections.first(), write.Words("A", "Một"), by=cast.officer_elsewhere)


def _changed(kind: str, layout: str, text: str) -> bytes:
    document = docx.Document(io.BytesIO(access.template_of(kind, layout)[0]))
    document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.fixture
def sample(cast):
    """The content of a report."""
    report = scene(cast)
    return compiling.content(report, list(report.sections.order_by("order")), compiling.of_report(report))


def test_a_template_changed_in_word_is_taken(cast, sample):
    made = upload_template.upload("annual", "state", "mau.docx", _changed("annual", "state", "Tổng số: {{ mo_hinh.dang_ky }}"), sample=sample, by=cast.officer)
    assert made.version == 1
    assert access.template_of("annual", "state")[1] == made


def test_a_template_with_unknown_tokens_is_refused_with_their_list(cast, sample):
    with pytest.raises(InvalidInput) as stop:
        upload_template.upload("annual", "state", "mau.docx", _changed("annual", "state", "{{ mo_hinh.khong_co }} {{ la_gi }}"), sample=sample, by=cast.officer)
    assert "mo_hinh.khong_co" in str(stop.value.message)
    assert "la_gi" in str(stop.value.message)
    assert not ReportTemplate.objects.exists()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"%PDF-1.4"])
def test_a_file_that_is_no_word_file_is_refused(cast, sample, data):
    with pytest.raises(InvalidInput):
        upload_template.upload("annual", "state", "mau.docx", data, sample=sample, by=cast.officer)


def _written(change):
    document = docx.Document(io.BytesIO(access.template_of("annual", "state")[0]))
    change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(("change", "said"), [
    (lambda d: d.tables[0].rows[0].cells[0].add_paragraph("{{ mo_hinh.sai_ten }}"), "“mo_hinh.sai_ten”, bảng 1, dòng 1, cột 1"),
    (lambda d: d.add_paragraph("Số {{ mo_hinh.dang_ky và"), "“Số {{ mo_hinh.dang_ky và” có dấu {{ mà thiếu }}"),
    (lambda d: d.add_paragraph("{{ mo_hinh dang_ky }}"), "không đọc được mã “{{ mo_hinh dang_ky }}”"),
    (lambda d: d.add_paragraph("{%p for x in cac_muc %}"), "thiếu dòng kết thúc"),
    (lambda d: d.add_paragraph("{{ mo_hinh.dang_ky|upper }}"), "bộ lọc"),
    (lambda d: d.sections[0].header.add_paragraph("{{ van_ban.sai }}"), "“van_ban.sai”, đầu trang"),
])
def test_what_is_wrong_in_a_template_is_told_with_its_place(cast, sample, change, said):
    with pytest.raises(InvalidInput) as stop:
        upload_template.upload("annual", "state", "mau.docx", _written(change), sample=sample, by=cast.officer)
    assert said in str(stop.value.message)
    assert not ReportTemplate.objects.exists()


def test_a_token_in_pieces_of_formatting_is_one_token(cast, sample):
    def change(document):
        paragraph = document.add_paragraph()
        paragraph.add_run("{{ mo_hinh.").bold = True
        paragraph.add_run("dang_").italic = True
        paragraph.add_run("ky }}")

    made = upload_template.upload("annual", "state", "mau.docx", _written(change), sample=sample, by=cast.officer)
    assert "mo_hinh.dang_ky" in made.tokens


def test_a_bomb_is_refused(cast, sample):
    out = io.BytesIO(access.template_of("annual", "state")[0])
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as box:
        box.writestr("word/media/image.bin", bytes(61 << 20))
    with pytest.raises(InvalidInput) as stop:
        upload_template.upload("annual", "state", "mau.docx", out.getvalue(), sample=sample, by=cast.officer)
    assert stop.value.code == "file_zip_bomb"


def test_the_list_of_sections_shows_figures_not_tokens(cast, signed_in):
    report = scene(cast)
    report.sections.update(text="Trong {{ ky.ten }}, {{ la_gi.day }}.")
    page = signed_in(cast.officer).get(f"/ban-lam-viec/bao-cao/{report.pk}/").content.decode()
    assert "Trong 6 tháng cuối năm 2023, ‹la_gi.day›." in page
    assert "{{ " not in page
