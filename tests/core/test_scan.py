import io
import struct
import sys
import zipfile
import zlib

import pytest
import xlsxwriter
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from kheo.core.errors import InvalidInput
from kheo.core.files import identity, kinds, photos, text
from kheo.core.files.scan import scan

CITIZEN = "038086012345"


def docx(body):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", 8) as container:
        container.writestr("[Content_Types].xml", "<Types/>")
        container.writestr(
            "word/document.xml", f'<w:document xmlns:w="w"><w:body>{body}</w:body></w:document>'
        )
    return out.getvalue()


def pdf(words, password=None):
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    font = DictionaryObject(
        {NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
         NameObject("/BaseFont"): NameObject("/Helvetica")}
    )  # fmt: skip
    fonts = DictionaryObject({NameObject("/F1"): font})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 12 Tf 10 100 Td ({words}) Tj ET".encode())
    page[NameObject("/Contents")] = writer._add_object(stream)
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def photo(form="JPEG", size=(40, 30), mode="RGB", **options):
    out = io.BytesIO()
    Image.new(mode, size, options.pop("colour", "red")).save(out, form, **options)
    return out.getvalue()


def with_place():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010F] = "PhoneMaker"
    exif.get_ifd(0x8825).update({1: "N", 2: (20.0, 4.0, 30.0)})
    return photo(exif=exif, comment=b"secret note")


def found(words):
    return [(f.kind, f.certainty) for f in identity.find(words)]


def test_it_works():
    report = scan(f"CCCD: {CITIZEN}".encode(), "danh sách.txt")
    assert (report.kind, report.accepted, report.text_checked) == ("txt", True, True)
    assert len(report.sha256) == 64
    assert [f.kind for f in report.findings] == ["citizen_id"]
    assert CITIZEN not in report.findings[0].excerpt


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (CITIZEN, "citizen_id"), ("số 038 086 012 345.", "citizen_id"),
        ("0912345678", "phone"), ("ĐT: 0912.345.678", "phone"), ("+84 912 345 678", "phone"),
        ("(0237) 3824 123", "phone"), ("CMND 171234567", "old_id"),
        ("STK 19021234567018 tại ngân hàng", "bank_account"), ("xe 36A-123.45", "plate"),
    ],
)  # fmt: skip
def test_each_kind_is_found(words, kind):
    assert [k for k, _ in found(words)] == [kind]


@pytest.mark.parametrize(
    "words",
    [
        "", "999999999999", "038986", "1.234.567.890 đồng", "171234567 đồng", "năm 2023-2025",
        "Quyết định số 1234/QĐ-UBND ngày 05/11/2023", "tổng 11.182 hộ, đạt 95,3%",
        "0.123456789", "000.00.01.G22-231105-0001", "038586012345678",
    ],
)  # fmt: skip
def test_other_numbers_are_left_alone(words):
    assert found(words) == []


def test_a_citizen_born_in_the_future_is_none():
    assert not identity.is_citizen_id("038399012345")
    assert identity.is_citizen_id("038205012345")


def test_excerpts_hide_every_number_around():
    words = f"ông A {CITIZEN}, ĐT 0912345678, bà B 038186054321"
    findings = identity.find(words)
    assert len(findings) == 3
    for finding in findings:
        assert not any(
            secret in finding.excerpt for secret in (CITIZEN, "0912345678", "038186054321")
        )


@given(st.text(max_size=200))
def test_any_text_can_be_searched(words):
    for finding in identity.find(words):
        assert 0 <= finding.start < len(words)


@given(st.text(alphabet="0123456789 .,-ađ", max_size=80))
def test_masked_text_holds_no_citizen(words):
    assert not [k for k, _ in found(identity.mask(words)) if k == "citizen_id"]


def test_findings_are_capped():
    assert len(identity.find(f"{CITIZEN} x\n" * 1000)) == identity.MAX_FINDINGS


def test_docx_text_is_joined_over_runs():
    body = f"<w:p><w:r><w:t>{CITIZEN[:5]}</w:t></w:r><w:r><w:t>{CITIZEN[5:]}</w:t></w:r></w:p>"
    assert [f.kind for f in scan(docx(body), "a.docx").findings] == ["citizen_id"]


def test_pdf_text_is_read():
    assert [f.kind for f in scan(pdf(f"CCCD {CITIZEN}"), "a.pdf").findings] == ["citizen_id"]


def test_a_pdf_without_text_is_not_called_checked():
    report = scan(pdf(""), "a.pdf")
    assert (report.accepted, report.text_checked) == (True, False)


def test_a_spreadsheet_gives_back_the_lost_zero():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet().write_number(0, 0, int(CITIZEN))
    book.close()
    assert [f.kind for f in scan(out.getvalue(), "a.xlsx").findings] == ["citizen_id"]


def test_the_name_of_the_file_is_scanned():
    assert [f.kind for f in scan(b"abc", f"don_{CITIZEN}_ky.txt").findings] == ["citizen_id"]


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.pdf", "file_empty"),
        (b"\0\0\0\x18ftypheic" + bytes(20), "a.heic", "file_heic"),
        (b"\0\0\0\x18ftypheic" + bytes(20), "a.jpg", "file_heic"),
        (b"MZ" + bytes(80), "a.pdf", "file_kind_refused"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg", "file_kind_refused"),
        (b"<html></html>", "a.txt", "file_kind_refused"),
        (b"GIF89a" + bytes(20), "a.gif", "file_kind_refused"),
        (b"%PDF-1.7\n", "a.jpg", "file_name_mismatch"),
        (b"%PDF-1.7 nothing more", "a.pdf", "file_damaged"),
        (b"PK\x03\x04" + bytes(40), "a.docx", "file_damaged"),
        (docx("<w:p>"), "a.docx", "file_damaged"),
        (b"a\0b" * 10, "a.txt", "file_content_unknown"),
    ],
)  # fmt: skip
def test_refusals_have_a_code(data, name, code):
    report = scan(data, name)
    assert report.refusal is not None
    assert report.refusal.code == code
    with translation.override("vi"):
        assert report.refused_reason.endswith(".")


def test_a_locked_pdf_is_refused():
    assert scan(pdf("x", password="p"), "a.pdf").refusal.code == "file_encrypted"


def test_a_file_over_the_limit_is_refused():
    assert scan(b"x" * 11, "a.txt", max_size=10).refusal.code == "file_too_large"


def test_a_kind_that_is_not_wanted_here_is_refused():
    report = scan(b"abc", "a.txt", allowed=kinds.PHOTOS)
    assert report.refusal.code == "file_kind_refused"
    assert report.refusal.params["allowed"] == ".jpg, .png, .webp"


def test_macros_in_a_document_are_refused():
    out = io.BytesIO(docx("<w:p/>"))
    with zipfile.ZipFile(out, "a") as container:
        container.writestr("word/vbaProject.bin", b"x")
    assert scan(out.getvalue(), "a.docx").refusal.code == "file_has_macros"


def test_a_bomb_in_a_document_is_refused():
    data = docx("<w:p/>" + " " * (300 << 20))
    assert scan(data, "a.docx").refusal.code == "file_zip_bomb"


def test_an_endless_pdf_is_stopped(monkeypatch, tmp_path):
    worker = tmp_path / "worker.py"
    worker.write_text(
        "import sys,time\nsys.stdout.write('so far')\nsys.stdout.flush()\ntime.sleep(60)\n"
    )
    monkeypatch.setattr(text, "_WORKER", worker)
    monkeypatch.setattr(text, "PDF_SECONDS", 1)
    assert text.extract(b"%PDF-1.7", "pdf") == "so far"


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=300), st.sampled_from(["docx", "xlsx", "png", "jpg", "txt", "csv", "zip"])
)
def test_any_bytes_give_a_report(data, ending):
    for head in (b"", b"PK\x03\x04", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"):
        assert scan(head + data, f"a.{ending}").size == len(head + data)


def test_a_photo_loses_its_place_and_stands_upright():
    made = photos.reencode(with_place())
    assert (made.kind, made.width, made.height) == ("jpg", 30, 40)
    for data in (made.data, made.thumbnail):
        picture = Image.open(io.BytesIO(data))
        assert not picture.getexif()
        assert not {"exif", "comment", "icc_profile"} & picture.info.keys()
    for secret in (b"PhoneMaker", b"secret note", b"Exif"):
        assert secret in with_place()
        assert secret not in made.data + made.thumbnail


def test_what_is_appended_to_a_photo_is_gone():
    assert b"hidden" not in photos.reencode(photo() + b"hidden").data


def test_a_large_photo_is_made_smaller():
    made = photos.reencode(photo(size=(3000, 1500)))
    assert (made.width, made.height) == (2560, 1280)
    assert (made.thumbnail_width, made.thumbnail_height) == (480, 240)


@pytest.mark.parametrize(
    ("form", "mode"), [("PNG", "P"), ("PNG", "L"), ("PNG", "LA"), ("WEBP", "RGB"), ("JPEG", "CMYK")]
)
def test_other_modes_and_formats_are_read(form, mode):
    made = photos.reencode(photo(form, mode=mode, colour=0 if mode in "PL" else None))
    assert made.width == 40


def test_a_transparent_picture_stays_so_with_a_white_thumbnail():
    made = photos.reencode(photo("PNG", mode="RGBA", colour=(255, 0, 0, 0)))
    assert made.kind == "png"
    assert Image.open(io.BytesIO(made.thumbnail)).getpixel((5, 5)) == (255, 255, 255)


def png_of(width, height):
    """A PNG header that promises many pixels."""

    def chunk(name, body):
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [10_000, 30_000])
def test_a_pixel_bomb_is_refused(side):
    with pytest.raises(InvalidInput) as caught:
        photos.reencode(png_of(side, side))
    assert caught.value.code == "photo_too_large"


@pytest.mark.parametrize("data", [b"", b"x", photo()[:200], png_of(10, 10), b"GIF89a"])
def test_a_damaged_photo_is_refused(data):
    with pytest.raises(InvalidInput) as caught:
        photos.reencode(data)
    assert caught.value.code == "photo_unreadable"


def test_the_worker_needs_nothing_of_ours():
    assert "kheo" not in text._WORKER.read_text().split('"""')[2]
    assert sys.executable
