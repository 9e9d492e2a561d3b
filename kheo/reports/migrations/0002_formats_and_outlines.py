"""The two document formats and the outlines in force when this was written. Data: offices change them."""

from datetime import date

from django.db import migrations

STATE = {
    "margins": {"top": 20, "bottom": 20, "left": 30, "right": 15},
    "sizes": {
        "national": 12, "motto": 13, "parent": 12, "issuer": 12, "number": 13, "place_date": 13, "title": 14, "subject": 14, "body": 14,
        "signature": 14, "recipients_title": 12, "recipients": 11, "page_number": 13, "table": 12,
    },
    "font": "Times New Roman", "national": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "motto": "Độc lập - Tự do - Hạnh phúc", "star": False,
    "number_word": "Số:", "number_pattern": "{number}/BC-{symbol}", "numbering": "year",
    "abbreviations": {"collective": "TM.", "deputy": "KT.", "order": "TL.", "delegated": "TUQ."}, "separator": ".", "end_mark": "./.",
    "line_height": 1.15, "first_line": 12.7, "paragraph_gap": 6, "columns": [70, 95], "archive": "Lưu: VT.",
    "issuers": {
        "*": {"parent": "", "issuer": "{name}", "symbol": "", "body": "", "head": "THỦ TRƯỞNG", "deputy": "PHÓ THỦ TRƯỞNG"},
        **{
            kind: {"parent": "", "issuer": "ỦY BAN NHÂN DÂN\n{name}", "symbol": "UBND", "body": "ỦY BAN NHÂN DÂN", "head": "CHỦ TỊCH", "deputy": "PHÓ CHỦ TỊCH"}
            for kind in ("province", "city", "town", "district", "urban-district", "ward", "commune", "township", "special-zone")
        },
    },
}
PARTY = {
    "margins": {"top": 20, "bottom": 20, "left": 30, "right": 15},
    "sizes": {
        "national": 15, "motto": 13, "parent": 13, "issuer": 13, "number": 13, "place_date": 13, "title": 16, "subject": 14, "body": 14,
        "signature": 14, "recipients_title": 12, "recipients": 11, "page_number": 13, "table": 12,
    },
    "font": "Times New Roman", "national": "ĐẢNG CỘNG SẢN VIỆT NAM", "motto": "", "star": True,
    "number_word": "Số", "number_pattern": "{number}-BC/{symbol}", "numbering": "term",
    # Days on which terms began, by symbol; each committee puts the day of its own congress here.
    "terms": {"*": ["2015-01-01", "2020-01-01", "2025-01-01"]},
    "abbreviations": {"collective": "T/M", "deputy": "K/T", "order": "T/L", "delegated": "T/UQ"}, "separator": "/", "end_mark": "./.",
    "line_height": 1.15, "first_line": 12.7, "paragraph_gap": 6, "columns": [75, 90], "archive": "Lưu Văn phòng cấp ủy.",
    "issuers": {
        "*": {"parent": "", "issuer": "{name}", "symbol": "", "body": "", "head": "THỦ TRƯỞNG", "deputy": "PHÓ THỦ TRƯỞNG"},
        "province": {"parent": "", "issuer": "TỈNH ỦY {short}", "symbol": "TU", "body": "BAN THƯỜNG VỤ", "head": "BÍ THƯ", "deputy": "PHÓ BÍ THƯ"},
        "city": {"parent": "ĐẢNG BỘ {parent}", "issuer": "THÀNH ỦY {short}", "symbol": "ThU", "body": "BAN THƯỜNG VỤ", "head": "BÍ THƯ", "deputy": "PHÓ BÍ THƯ"},
        "town": {"parent": "ĐẢNG BỘ {parent}", "issuer": "THỊ ỦY {short}", "symbol": "ThU", "body": "BAN THƯỜNG VỤ", "head": "BÍ THƯ", "deputy": "PHÓ BÍ THƯ"},
        "district": {"parent": "ĐẢNG BỘ {parent}", "issuer": "HUYỆN ỦY {short}", "symbol": "HU", "body": "BAN THƯỜNG VỤ", "head": "BÍ THƯ", "deputy": "PHÓ BÍ THƯ"},
        "urban-district": {"parent": "ĐẢNG BỘ {parent}", "issuer": "QUẬN ỦY {short}", "symbol": "QU", "body": "BAN THƯỜNG VỤ", "head": "BÍ THƯ", "deputy": "PHÓ BÍ THƯ"},
        **{
            kind: {"parent": "ĐẢNG BỘ {parent}", "issuer": "ĐẢNG ỦY {name}", "symbol": "ĐU", "body": "BAN THƯỜNG VỤ", "head": "BÍ THƯ", "deputy": "PHÓ BÍ THƯ"}
            for kind in ("ward", "commune", "township", "special-zone")
        },
    },
}
MOVEMENT = (
    "Trong {{ ky.ten }}, {{ don_vi.ten }} có {{ mo_hinh.dang_ky }} mô hình, điển hình đăng ký, trong đó {{ mo_hinh.dang_ky_tap_the }} của tập thể, "
    "{{ mo_hinh.dang_ky_ca_nhan }} của cá nhân; số đăng ký mới là {{ mo_hinh.dang_ky_moi }}, số tiếp tục duy trì là {{ mo_hinh.duy_tri }}. Cùng kỳ năm trước có {{ mo_hinh.dang_ky.ky_truoc }} mô hình, điển hình đăng ký.\n"
    "Đến hết kỳ báo cáo có {{ mo_hinh.hieu_qua }} mô hình, điển hình hoạt động có hiệu quả; có {{ mo_hinh.cong_nhan }} mô hình, điển hình được công nhận, trong đó "
    "tập thể: {{ mo_hinh.cong_nhan_tap_the }}, cá nhân: {{ mo_hinh.cong_nhan_ca_nhan }}; có {{ mo_hinh.tieu_bieu }} mô hình, điển hình tiêu biểu; có {{ mo_hinh.nhan_rong }} mô hình được nhân rộng từ mô hình khác."
)
LEADING = (
    "Trong {{ ky.ten }} đã tiến hành {{ kiem_tra.so_cuoc }} cuộc kiểm tra, giám sát, tự kiểm tra tại {{ kiem_tra.bao_phu.ty_so }} đơn vị, đạt {{ kiem_tra.bao_phu }} số đơn vị phải kiểm tra. "
    "Qua kiểm tra có {{ kiem_tra.kien_nghi }} nội dung kiến nghị khắc phục; số nội dung đã khắc phục: {{ kiem_tra.da_khac_phuc }}."
)
AWARDS = "Trong {{ ky.ten }} có {{ khen_thuong.tong }} lượt tập thể, cá nhân được biểu dương, khen thưởng; trong đó tập thể: {{ khen_thuong.tap_the }}, cá nhân: {{ khen_thuong.ca_nhan }}."
NEXT = (
    "- Hướng dẫn các đơn vị đăng ký, thực hiện mô hình, điển hình bám sát nhiệm vụ chính trị và việc khó ở địa bàn; nhân rộng các mô hình tiêu biểu.\n"
    "- Duy trì kiểm tra, giám sát và tự kiểm tra công tác dân vận; đôn đốc khắc phục các nội dung đã kiến nghị.\n"
    "- Tập trung chỉ đạo thực hiện các chỉ tiêu kinh tế - xã hội, văn hóa được giao, nhất là các chỉ tiêu chưa đạt."
)


def section(code, part, level, title, text="", tables=()):
    return {"code": code, "part": part, "level": level, "title": title, "text": text, "tables": list(tables)}


def outline(next_words):
    """Sections without words get their first ones from the figures when a report begins."""
    return [
        section("lanh-dao", "movement", 1, "CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO, KIỂM TRA, GIÁM SÁT", LEADING, ["kiem_tra"]),
        section("phong-trao", "movement", 1, "KẾT QUẢ PHONG TRÀO THI ĐUA “DÂN VẬN KHÉO”"),
        section("dang-ky", "movement", 2, "Đăng ký, thực hiện, công nhận và nhân rộng", MOVEMENT, ["linh_vuc"]),
        section("khen-thuong", "movement", 2, "Biểu dương, khen thưởng", AWARDS),
        section("kinh-te-xa-hoi", "society", 1, "KẾT QUẢ CÁC CHỈ TIÊU KINH TẾ - XÃ HỘI, VĂN HÓA"),
        section("ket-qua-linh-vuc", "society", 2, "Kết quả theo lĩnh vực"),
        section("chi-tieu-giao", "society", 2, "Thực hiện chỉ tiêu được giao", "", ["ke_hoach"]),
        section("thu-tuc-hanh-chinh", "general", 1, "CẢI CÁCH HÀNH CHÍNH, PHỤC VỤ NHÂN DÂN", "", ["thu_tuc"]),
        section("ton-tai", "general", 1, "TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN"),
        section("phuong-huong", "general", 1, f"PHƯƠNG HƯỚNG, NHIỆM VỤ {next_words}", NEXT),
    ]


OUTLINES = (("annual", "Đề cương báo cáo tổng kết năm", "THỜI GIAN TỚI"), ("interim", "Đề cương báo cáo sơ kết", "THỜI GIAN TIẾP THEO"))


def load(apps, schema_editor):
    Format = apps.get_model("reports", "DocumentFormat")
    Outline = apps.get_model("reports", "Outline")
    Format.objects.get_or_create(
        code="state", valid_from=date(2020, 3, 5), defaults={"name": "Văn bản hành chính", "basis": "Nghị định 30/2020/NĐ-CP, Phụ lục I", "values": STATE}
    )
    Format.objects.get_or_create(
        code="party", valid_from=date(2018, 4, 3), defaults={"name": "Văn bản của Đảng", "basis": "Hướng dẫn 36-HD/VPTW ngày 03/04/2018", "values": PARTY}
    )
    for kind, name, words in OUTLINES:
        Outline.objects.get_or_create(kind=kind, valid_from=date(2020, 1, 1), defaults={"name": name, "sections": outline(words)})


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
