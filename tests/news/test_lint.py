"""The linter: what it remarks, and what it leaves alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kheo.news.rules.lint import Expired, lint


def codes(text: str, **more) -> list[tuple[str, str]]:
    return [(remark.code, remark.better) for remark in lint(text, **more)]


@pytest.mark.parametrize(("text", "expected"), [
    ("Tổ đi tự kiểm ra từng hộ.", ("slip", "tự kiểm tra")),
    ("Kết quả thự sự tốt.", ("slip", "thực sự")),
    ("Cần nhận rộng cách làm này.", ("slip", "nhân rộng")),
    ("Nhận rộng cách làm này.", ("slip", "Nhân rộng")),
    ("Giữ vững quốc phòng an - ninh.", ("slip", "quốc phòng - an ninh")),
    ("Bà con góp công,góp sức.", ("space_after", ", g")),
    ("Đường sạch , ngõ đẹp.", ("space_before", "h,")),
    ("Đạt 15,3 % kế hoạch.", ("space_before", "3%")),
    ("Họp sáng nay.Sau đó ra đồng.", ("space_after", "ay. Sa")),
    ("Ở đây ( nhà văn hóa) sạch.", ("space_inside", "(n")),
    ("Đoạn Nga Sơn- Hoằng Hóa.", ("hyphen", "Sơn - Hoằng")),
    ("Đã làm tốt….", ("marks", "")),
    ("Công tác của của khu phố.", ("doubled", "của")),
    ("Cả tổ vận vận động bà con.", ("doubled", "vận")),
    ("Đã triển khai triển khai nhiều việc.", ("doubled", "triển khai")),
    ("Tỷ lệ đạt 95.3% số hộ.", ("decimals", "95,3%")),
    ("Các nghành đều làm.", ("syllable", "")),
    ("Hai  dấu cách.", ("double_space", "i d")),
])  # fmt: skip
def test_it_works(text, expected):
    assert expected in codes(text)


@pytest.mark.parametrize("text", [
    "Ngày ngày, nhà nhà quét ngõ; ai ai cũng vui.",
    "Xem https://example.vn/a,b?c=1 hoặc viết thư tới vanphong@example.gov.vn, cảm ơn.",
    "Hôm 05.11.2023, lúc 14:30, có 11.182 hộ và 6.075.017 lượt; đạt 15,3%.",
    "Quyết định số 12-QĐ/ĐU ngày 20/11/2023; Chỉ thị số 05-CT/TW.",
    "Kinh tế - xã hội, quốc phòng - an ninh, nông - lâm nghiệp.",
    "Ông nói: “Làm thật, nói thật”. Rồi thôi...",
    "Quý I, quý II; quá trình; hòa giải, ủy ban, khỏe, thuở, hoàn thành, thuyết phục.",
    "UBND phường, HĐND, TTHC, TP.HCM, Y Jut.",
    "Công tác dân vận vận động nhân dân; phường phường cùng làm; học sinh sinh viên; nhân dân dân chủ bàn bạc; mức 1.200.000đ/người.",
    "",
])  # fmt: skip
def test_right_texts_are_left_alone(text):
    assert codes(text) == []


def test_mixed_tone_placement_names_the_rarer_spelling():
    found = [remark for remark in lint("Ủy ban, ủy viên, hóa học.\nThị uỷ và văn hoá.") if remark.code == "tones"]
    assert {(remark.found, remark.better, remark.paragraph) for remark in found} == {("uỷ", "ủy", 2), ("hoá", "hóa", 2)}


def test_mixed_decimals_need_both_marks_or_a_percent_sign():
    assert ("decimals", "45,5") in codes("Sản lượng 45.5 tạ, năm ngoái 44,2 tạ.")
    assert codes("Mục 1.2 và mục 3.4 của kế hoạch.") == []


def test_a_paragraph_that_stands_twice():
    text = "Một đoạn văn đủ dài để người đọc nhận ra ngay rằng nó bị in hai lần trên cùng một trang."
    assert [(r.code, r.paragraph, r.note) for r in lint(f"{text}\nKhác.\n{text}") if r.code == "repeated"] == [("repeated", 3, "1")]


def test_expired_citations():
    known = [Expired("42/2022/NĐ-CP", "01/07/2026", "224/2026/NĐ-CP")]
    assert codes("Căn cứ Nghị định 42/2022/NĐ-CP của Chính phủ.", expired=known) == [("expired", "224/2026/NĐ-CP")]
    assert codes("Căn cứ Nghị định số 42/2022.", expired=known) == [("expired", "224/2026/NĐ-CP")]
    assert codes("Căn cứ Nghị định 142/2022/NĐ-CP và 42/2022/QĐ-UBND.", expired=known) == []


def test_old_fonts_and_letters_in_parts():
    assert ("font") in [code for code, _better in codes("C¸c hé d©n trong khu phè ®Òu tham gia")]
    assert "form" in [code for code, _better in codes("Phu\u031bo\u031b\u0300ng sa\u0323ch")]


@given(st.text(max_size=400))
def test_it_never_fails_and_stays_inside_the_text(text):
    for remark in lint(text):
        assert 1 <= remark.paragraph <= max(1, len(text.splitlines()))
