"""The columns we look for, by the headings offices give them, and how single cells are read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from kheo.core.errors import InvalidInput
from kheo.core.rules import dates, text
from kheo.core.rules.periods import parse_period
from kheo.core.spreadsheets.headers import Column
from kheo.core.spreadsheets.workbook import Value
from kheo.movements.models import Cycle, Field

COLUMNS: tuple[Column, ...] = (
    Column("order", ["TT", "STT", "Số TT", "Số thứ tự"], required=False),
    Column("title", [
        "Tên mô hình", "Tên mô hình, điển hình", "Tên mô hình/điển hình", "Tên mô hình đăng ký", "Tên điển hình",
        "Mô hình, điển hình", "Tên gọi mô hình", "Nội dung mô hình", "Tên mô hình Dân vận khéo", "Tên gọi", "Mô hình",
        "Name of the practice",
    ]),
    Column("unit", [
        "Đơn vị thực hiện", "Đơn vị, cá nhân thực hiện", "Đơn vị/cá nhân thực hiện", "Đơn vị đăng ký", "Tên đơn vị",
        "Tập thể, cá nhân thực hiện", "Tập thể, cá nhân đăng ký", "Tên tập thể, cá nhân", "Cơ quan, đơn vị", "Cơ quan/đơn vị",
        "Đơn vị chủ trì", "Chủ thể thực hiện", "Đơn vị", "Registering unit",
    ]),
    Column("ward", ["Phường, xã", "Xã, phường", "Phường/xã", "Xã/phường", "Thuộc phường, xã", "Phường", "Địa phương", "Ward"], required=False),
    Column("field", [
        "Lĩnh vực", "Kinh tế", "Văn hóa - xã hội", "Quốc phòng - an ninh", "Xây dựng hệ thống chính trị",
        "KT", "VH-XH", "VHXH", "QP-AN", "QPAN", "ANQP", "XDHTCT", "HTCT", "XD HTCT", "Hệ thống chính trị", "Main field",
    ], required=False, many=True),
    Column("subject", ["TT/CN", "Tập thể/Cá nhân", "Tập thể hay cá nhân", "Chủ thể", "Tập thể", "Cá nhân", "CN", "TT", "Đối tượng đăng ký", "Carried out by"], required=False, many=True),
    Column("kind", ["Mô hình/Điển hình", "Mô hình hay điển hình", "Phân loại", "Loại"], required=False),
    Column("stage", ["Mới/duy trì", "Đăng ký mới/duy trì", "Mới hay duy trì", "Đăng ký mới", "Duy trì", "Tiếp tục", "Mới", "Tình trạng", "New or running"], required=False, many=True),
    Column("content", ["Nội dung chủ yếu", "Nội dung, cách làm", "Nội dung thực hiện", "Tóm tắt nội dung", "Cách thức thực hiện", "Nội dung", "Cách làm", "What is done and how"], required=False),
    Column("situation", ["Thực trạng, lý do", "Thực trạng", "Lý do chọn", "Present situation and reason"], required=False),
    Column("objectives", ["Mục tiêu", "Mục tiêu, tiêu chí", "Mục đích", "Objectives"], required=False),
    Column("area", ["Địa bàn", "Địa bàn thực hiện", "Địa bàn, đối tượng", "Phạm vi", "Địa điểm", "Area and people concerned"], required=False),
    Column("time", ["Thời gian thực hiện", "Thời gian", "Thời gian triển khai"], required=False),
    Column("starts_on", ["Ngày bắt đầu", "Bắt đầu", "Từ ngày", "Thời gian bắt đầu", "Starts on"], required=False),
    Column("ends_on", ["Ngày kết thúc", "Kết thúc", "Đến ngày", "Thời gian kết thúc", "Ends on"], required=False),
    Column("registered_on", ["Ngày đăng ký", "Ngày ĐK", "Ngày gửi đăng ký", "Ngày nhận đăng ký", "Thời điểm đăng ký", "Registered on"], required=False),
    Column("money", ["Kinh phí", "Kinh phí (đồng)", "Kinh phí (triệu đồng)", "Kinh phí thực hiện", "Dự kiến kinh phí", "Nguồn kinh phí"], required=False),
    Column("spread", ["Khả năng nhân rộng", "Nhân rộng", "Khả năng duy trì, nhân rộng"], required=False),
    Column("note", ["Ghi chú"], required=False),
)  # fmt: skip
NAMES = {column.key: column.names[0] for column in COLUMNS}

_INDIVIDUAL = re.compile(r"\b(ca nhan|cn|individual)\b")
_COLLECTIVE = re.compile(r"\b(tap the|tt|collective)\b")
_CONTINUED = re.compile(r"\b(duy tri|tiep tuc|dang thuc hien|da co|cu|running)\b")
_NEW = re.compile(r"\b(moi|dang ky moi|new)\b")
_EXEMPLAR = re.compile(r"\b(dien hinh|exemplar)\b")


def words(value: str) -> frozenset[str]:
    """Folded words without the joining ones."""
    return frozenset(text.fold(value).split()) - {"va", "linh", "vuc", "phat", "trien"}


def find_fields(names: Sequence[str], fields: Sequence[Field]) -> list[Field]:
    """The fields that words such as "VH-XH", "Kinh tế" or "An ninh quốc phòng" mean, each once."""
    found: list[Field] = []
    for name in names:
        field = _one_field(name, fields)
        if field is not None and field not in found:
            found.append(field)
    return found


def _one_field(name: str, fields: Sequence[Field]) -> Field | None:
    wanted, key = words(name), text.fold(name).replace(" ", "")
    for field in fields:
        own = words(field.name)
        initials = "".join(word[0] for word in text.fold(field.name).split())
        known = {text.fold(field.short_name).replace(" ", ""), text.fold(field.code).replace(" ", ""), initials}
        if wanted and (wanted == own or words(field.name_en) == wanted):
            return field
        if key in known or _initials(name, own) == initials or {key[:2], key[2:]} == {initials[:2], initials[2:]} or (len(key) >= 4 and initials.endswith(key)):
            return field
    return None


def _initials(name: str, own: frozenset[str]) -> str:
    """The initials of words that are partly shortened already: "xây dựng HTCT" → "xdhtct"."""
    return "".join(word[0] if word in own else word for word in text.fold(name).split())


def field_in_section(section: str, fields: Sequence[Field]) -> Field | None:
    """The field that a section heading such as "II. Lĩnh vực văn hóa - xã hội" names."""
    inside = words(section)
    matching = [field for field in fields if words(field.name) <= inside]
    return max(matching, key=lambda field: len(words(field.name)), default=None)


def read_subject(chosen: Sequence[str], unit: str) -> str | None:
    """"collective", "individual", or None when both or neither can be read."""
    joined = " ".join(text.fold(part) for part in chosen)
    one, many = bool(_INDIVIDUAL.search(joined)), bool(_COLLECTIVE.search(joined))
    if one == many:
        return None
    return "individual" if one else "collective"


def read_stage(chosen: Sequence[str]) -> str:
    """"continued" when the words say it runs already, else "new"."""
    joined = " ".join(text.fold(part) for part in chosen)
    return "continued" if _CONTINUED.search(joined) and not _NEW.search(joined) else "new"


def read_kind(value: str) -> str:
    """"exemplar" when the words say điển hình and not mô hình, else "model"."""
    folded = text.fold(value)
    return "exemplar" if _EXEMPLAR.search(folded) and "mo hinh" not in folded else "model"


_RANGE = re.compile(r"\s*(?:đến hết|đến|tới|->|–|—|\bto\b)\s*|\s+-\s+", re.IGNORECASE)
_FROM = re.compile(r"^\s*(?:từ\s+)?(?:ngày\s+|tháng\s+)?", re.IGNORECASE)
_WHOLE = re.compile(r"^(ca nam|trong nam|thuong xuyen|quanh nam|hang nam|hoat dong thuong xuyen)\b.*")


def read_span(value: Value, cycle: Cycle) -> tuple[date, date]:
    """First and last day from "từ 01/2023 đến 12/2023", "Quý II/2023", "15/01/2023 - 15/12/2023",
    "cả năm", a year, or one date. Raises InvalidInput when it cannot be read or ends first.
    """
    if isinstance(value, str):
        if _WHOLE.match(text.fold(value)):
            return cycle.starts_on, cycle.ends_on
        parts = [part for part in _RANGE.split(_FROM.sub("", value, count=1)) if part.strip()]
        if len(parts) == 1 and re.fullmatch(r"[\d/.]+-[\d/.]+", value.strip()) and value.count("-") == 1:
            parts = value.strip().split("-")
    else:
        parts = [str(value) if isinstance(value, int) else value]
    if not 1 <= len(parts) <= 2:
        raise InvalidInput(code="period_unreadable", params={"text": str(value)[:80]})
    first = _days(_completed(parts[0], parts[-1]))
    last = _days(parts[-1])
    return first[0], last[1]


def _completed(start: Value, end: Value) -> Value:
    """In "tháng 3 đến tháng 11/2023" the first part borrows its year from the second."""
    if not isinstance(start, str) or not isinstance(end, str) or re.search(r"\d{4}", start):
        return start
    year = re.search(r"\d{4}", end)
    return f"{start.strip()}/{year[0]}" if year else start


def _days(value: Value) -> tuple[date, date]:
    bare = _FROM.sub("", value, count=1).strip() if isinstance(value, str) else value
    number = isinstance(bare, int | float) and not isinstance(bare, bool) and 1990 <= bare <= 2100
    try:
        if number or (isinstance(bare, str) and not re.fullmatch(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}.*", bare)):
            period = parse_period(int(bare) if number else bare)  # type: ignore[arg-type]
            return period.first, period.last
    except InvalidInput:
        pass
    day = dates.parse_date(bare)
    return day, day
