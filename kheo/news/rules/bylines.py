"""Who wrote a text, where it comes from and when it was published, as old portals print it in short lines."""

from __future__ import annotations

import re
from datetime import datetime

from kheo.news.rules.lines import Line

_FAMILIES = frozenset(
    ["nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ", "hồ", "ngô", "dương", "lý", "đinh", "trịnh", "mai", "đào", "đoàn", "tạ", "lương", "cao", "tống", "hà", "vương", "lại", "thái", "trương", "quách", "chu", "châu", "tô", "kiều", "lưu", "mạc", "tăng", "thân", "phùng", "viên", "từ", "la", "nông", "vi", "hứa", "khuất", "doãn", "nghiêm", "văn", "ông", "bạch", "cù", "đàm", "giang", "hàn", "lục", "mã", "ninh", "quản", "sầm", "thạch", "triệu"]
)
_WORK = r"(?:tin|bài|ảnh|clip|video)(?:\s+viết)?"
_SIGNED = re.compile(
    rf"^(?:(?:tác giả(?: bài viết)?|người viết|thực hiện|biên tập|phóng viên|(?!ảnh){_WORK}(?:\s*(?:,|và|&|-|–)?\s*{_WORK})*)\s*[:：]\s*)(?P<name>.{{2,120}})$"
    r"|^(?P<office>bbt|p\.?\s?v\.?|ctv|nhóm (?:pv|phóng viên)|ban biên tập|cộng tác viên)$", re.IGNORECASE)  # fmt: skip
_SOURCE = re.compile(r"^(?:nguồn(?: tin)?\s*[:：]\s*(?P<named>.{2,120})|theo\s+(?P<after>[^.,]{3,80}))$", re.IGNORECASE)
_CREDIT = re.compile(r"^(?:ảnh|ảnh minh họa|ảnh minh hoạ|nguồn ảnh|ảnh chụp)\b.{0,200}$|\bảnh\s*[:：]\s*[^.]{2,60}$", re.IGNORECASE)
_AFTER_NAME = re.compile(r"\s*\([^()]{2,60}\)$")
_BETWEEN_NAMES = re.compile(r"\s*[-–,/&]\s*|\s+và\s+")
_DAY = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")
_HOUR = re.compile(r"(?<![\d/])(\d{1,2})[:h](\d{2})(?!\d)")
_BESIDE = re.compile(r"\b(?:đăng bởi|bởi|tác giả\s*[:：]|người đăng\s*[:：])\s*(?P<name>[^|•\d]{2,60}?)\s*(?:[-–|•(].*)?$", re.IGNORECASE)
_BEFORE = re.compile(r"^(?:tác giả|author|bởi|by|đăng bởi|người đăng)\s*[:：]?\s+", re.IGNORECASE)
LONGEST = 130
LONGEST_MOMENT = 80
MOST_NAMES = 3


def by_line(line: Line) -> str:
    """The author a short line names; empty when it is no by-line."""
    text = line.text.strip(" .*()[]")
    if not text or len(text) > LONGEST:
        return ""
    if line.kind == "author" and len(text) <= 80 and not _DAY.search(text):
        return _BEFORE.sub("", text)
    signed = _SIGNED.match(text)
    if signed:
        return (signed["name"] or signed["office"] or "").strip(" .)")
    shown = line.text.strip(" .*[]")
    return shown if not line.heading and _is_names(_AFTER_NAME.sub("", shown).strip("()")) else ""


def _is_names(text: str) -> bool:
    """One to three full names, the first with a known family name."""
    people = [part.split() for part in _BETWEEN_NAMES.split(text)]
    if not 1 <= len(people) <= MOST_NAMES or any(not 1 <= len(words) <= 5 for words in people):
        return False
    words = [word for person in people for word in person]
    named = all(word[0].isupper() and word.strip(".").isalpha() and not (word.isupper() and len(word) > 2) for word in words)
    return named and len(people[0]) >= 2 and words[0].lower() in _FAMILIES


def stands_right(line: Line) -> bool:
    """A short line at the right edge that can be a signature."""
    return line.kind == "right" and len(line.text.split()) <= 8 and not any(ch.isdigit() for ch in line.text) and line.text[0].isupper()


def source_line(line: Line) -> str:
    """Where the text was taken from, when a short line says so."""
    found = _SOURCE.match(line.text.strip(" .*()[]"))
    return (found["named"] or found["after"] or "").strip(" .)") if found and not line.heading else ""


def author_beside(text: str) -> str:
    """The author that the line of the day names as well: “12/09/2023 bởi …”."""
    found = _BESIDE.search(text)
    return found["name"].strip() if found else ""


def is_credit(text: str) -> bool:
    """A line that says who took a picture: “Ảnh: …”, “(Ảnh minh họa)”."""
    return len(text) <= 250 and _CREDIT.search(text.strip(" .*()[]")) is not None and not _SIGNED.match(text.strip(" .*()[]"))


def moment(text: str) -> datetime | None:
    """The day (and hour) that a line or an ISO text names; without time zone unless it carries one."""
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        pass
    day = _DAY.search(text)
    if day is None:
        return None
    hour = _HOUR.search(text.replace(day.group(), " "))
    try:
        return datetime(int(day[3]), int(day[2]), int(day[1]), *((int(hour[1]), int(hour[2])) if hour else (0, 0)))
    except ValueError:
        return None


def published(line: Line) -> datetime | None:
    """The moment of publication when the short line says little else."""
    return moment(line.text) if len(line.text) <= LONGEST_MOMENT and _DAY.search(line.text) else None
