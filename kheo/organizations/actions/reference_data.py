"""The facts that load_reference writes: documents, codes, dates, names.

The number of residential groups per ward is our own allocation for demonstration: the old town
published 41 of 43 groups as "cultural units", so there are 43 in all, but not where they lie. The
same holds for which ward a named enterprise belongs to since 2025.
"""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from typing import Any

from vietnam_provinces import NESTED_DIVISIONS_JSON_PATH

PROVINCE_CODE = 38
REORGANIZED = date(2025, 7, 1)
# No list of the bodies' own founding dates is public; the register counts from this day on.
BODIES_SINCE = date(2010, 1, 1)

DOCUMENTS: dict[str, dict[str, Any]] = {
    "157": {
        "number": "157-HĐBT", "kind": "Quyết định", "title": "Về việc thành lập hai thị xã thuộc tỉnh Thanh Hóa",
        "issuer": "Hội đồng Bộ trưởng", "signer": "", "signer_title": "", "issued_on": date(1981, 12, 18),
    },
    "149": {
        "number": "149-HĐBT", "kind": "Quyết định",
        "title": "Về việc phân vạch địa giới một số huyện và đổi tên huyện Đông Thiệu thuộc tỉnh Thanh Hóa",
        "issuer": "Hội đồng Bộ trưởng", "signer": "", "signer_title": "", "issued_on": date(1982, 8, 30),
    },
    "111": {
        "number": "111-HĐBT", "kind": "Quyết định", "title": "Về việc phân vạch địa giới một số xã, phường thuộc tỉnh Thanh Hóa",
        "issuer": "Hội đồng Bộ trưởng", "signer": "", "signer_title": "", "issued_on": date(1983, 9, 29),
    },
    "61": {
        "number": "61/NQ-CP", "kind": "Nghị quyết",
        "title": "Về việc điều chỉnh địa giới hành chính xã để thành lập phường thuộc thị xã Bỉm Sơn, thành lập phường thuộc thị xã Sầm Sơn, tỉnh Thanh Hóa",
        "issuer": "Chính phủ", "signer": "", "signer_title": "", "issued_on": date(2009, 12, 8),
    },
    "1686": {
        "number": "1686/NQ-UBTVQH15", "kind": "Nghị quyết",
        "title": "Về việc sắp xếp các đơn vị hành chính cấp xã của tỉnh Thanh Hóa năm 2025",
        "issuer": "Ủy ban Thường vụ Quốc hội", "signer": "", "signer_title": "", "issued_on": date(2025, 6, 16),
    },
}

# key, name, code, address, start, deciding document, start compared with a document
FORMER: tuple[tuple[str, str, str, str, date, str, bool], ...] = (
    ("bac-son", "Phường Bắc Sơn", "14809", "phuong-bac-son", date(1981, 12, 18), "", False),
    ("ba-dinh", "Phường Ba Đình", "14812", "phuong-ba-dinh", date(1983, 9, 29), "111", True),
    ("lam-son", "Phường Lam Sơn", "14815", "phuong-lam-son", date(1983, 9, 29), "111", True),
    ("ngoc-trao", "Phường Ngọc Trạo", "14818", "phuong-ngoc-trao", date(1983, 9, 29), "111", True),
    ("dong-son", "Phường Đông Sơn", "14821", "phuong-dong-son-bim-son", date(2002, 1, 1), "", False),
    ("phu-son", "Phường Phú Sơn", "14823", "phuong-phu-son", date(2009, 12, 8), "61", True),
    ("xa-quang-trung", "Xã Quang Trung", "14824", "xa-quang-trung", date(1981, 12, 18), "157", True),
    ("ha-vinh", "Xã Hà Vinh", "15277", "xa-ha-vinh", date(1982, 8, 30), "149", False),
)

# Khu phố and thôn, 43 in the seven wards and communes of the town (own allocation, see above).
GROUPS: dict[str, int] = {
    "bac-son": 6, "ba-dinh": 7, "lam-son": 6, "ngoc-trao": 7, "dong-son": 7, "phu-son": 4, "xa-quang-trung": 6,
}

NEW_WARDS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "bim-son": ("Phường Bỉm Sơn", "14812", ("ba-dinh", "dong-son", "lam-son", "ha-vinh")),
    "quang-trung": ("Phường Quang Trung", "14818", ("bac-son", "ngoc-trao", "phu-son", "xa-quang-trung")),
}
NEW_CODES = frozenset(code for _name, code, _former in NEW_WARDS.values())
SLUGS: dict[str, str] = {
    "province": "tinh-thanh-hoa", "town": "thi-xa-bim-son", "bim-son": "phuong-bim-son", "quang-trung": "phuong-quang-trung",
}

# body, name with the ward in running text, kind
WARD_BODIES: tuple[tuple[str, str, str], ...] = (
    ("party", "Đảng ủy {ward}", "party-committee"),
    ("council", "Hội đồng nhân dân {ward}", "peoples-council"),
    ("state", "Ủy ban nhân dân {ward}", "peoples-committee"),
    ("front", "Ủy ban MTTQ Việt Nam {ward}", "front"),
    ("women", "Hội Liên hiệp Phụ nữ {ward}", "women-union"),
    ("veterans", "Hội Cựu chiến binh {ward}", "veterans"),
    ("farmers", "Hội Nông dân {ward}", "farmers"),
    ("youth", "Đoàn TNCS Hồ Chí Minh {ward}", "youth-union"),
)
NEW_BODIES: tuple[tuple[str, str, str], ...] = (
    *WARD_BODIES,
    ("party-office", "Văn phòng Đảng ủy {ward}", "party-organ"),
    ("party-building", "Ban Xây dựng Đảng {ward}", "party-organ"),
    ("inspection", "Ủy ban Kiểm tra Đảng ủy {ward}", "party-inspection"),
    ("one-stop", "Trung tâm Phục vụ hành chính công {ward}", "one-stop"),
)

# key, name, kind, end before the town itself ended (district police ended on 01/03/2025)
TOWN_BODIES: tuple[tuple[str, str, str, date | None], ...] = (
    ("thi-uy", "Thị ủy Bỉm Sơn", "party-committee", None),
    ("ban-dan-van", "Ban Dân vận Thị ủy Bỉm Sơn", "party-organ", None),
    ("ubkt", "Ủy ban Kiểm tra Thị ủy Bỉm Sơn", "party-inspection", None),
    ("hdnd", "Hội đồng nhân dân thị xã Bỉm Sơn", "peoples-council", None),
    ("ubnd", "Ủy ban nhân dân thị xã Bỉm Sơn", "peoples-committee", None),
    ("mttq", "Ủy ban MTTQ Việt Nam thị xã Bỉm Sơn", "front", None),
    ("ccb", "Hội Cựu chiến binh thị xã Bỉm Sơn", "veterans", None),
    ("lhpn", "Hội Liên hiệp Phụ nữ thị xã Bỉm Sơn", "women-union", None),
    ("nong-dan", "Hội Nông dân thị xã Bỉm Sơn", "farmers", None),
    ("doan-tn", "Thị đoàn Bỉm Sơn", "youth-union", None),
    ("vks", "Viện Kiểm sát nhân dân thị xã Bỉm Sơn", "procuracy", None),
    ("cong-an", "Công an thị xã Bỉm Sơn", "police", date(2025, 3, 1)),
    ("quan-su", "Ban Chỉ huy Quân sự thị xã Bỉm Sơn", "military", None),
)

# key, name, kind, where it stood before 2025
PLACES: tuple[tuple[str, str, str, str], ...] = (
    ("tien-son", "Công ty May Tiên Sơn", "enterprise", "town"),
    ("may-10", "Xí nghiệp May 10 Bỉm Sơn", "enterprise", "town"),
    ("long-son", "Công ty Xi măng Long Sơn", "enterprise", "town"),
    ("thpt", "Trường THPT Bỉm Sơn", "school", "town"),
    ("thcs-bac-son", "Trường THCS Bắc Sơn", "school", "bac-son"),
    ("th-ba-dinh", "Trường Tiểu học Ba Đình", "school", "ba-dinh"),
    ("thcs-lam-son", "Trường THCS Lam Sơn", "school", "lam-son"),
    ("th-ngoc-trao", "Trường Tiểu học Ngọc Trạo", "school", "ngoc-trao"),
    ("mn-dong-son", "Trường Mầm non Đông Sơn", "school", "dong-son"),
    ("mn-phu-son", "Trường Mầm non Phú Sơn", "school", "phu-son"),
    ("thcs-quang-trung", "Trường THCS Quang Trung", "school", "xa-quang-trung"),
)
# Where what stood directly below the town belongs since 2025.
PLACES_AFTER: dict[str, str] = {"tien-son": "quang-trung", "may-10": "bim-son", "long-son": "bim-son", "thpt": "bim-son"}


def in_text(name: str) -> str:
    """The name of an area in running text: "Phường Ba Đình" → "phường Ba Đình"."""
    return name[0].lower() + name[1:]


@cache
def communes_of_today() -> tuple[tuple[str, str], ...]:
    """Code and name of the 166 communes of the province since 2025-07-01, from vietnam-provinces."""
    provinces = json.loads(NESTED_DIVISIONS_JSON_PATH.read_text(encoding="utf-8"))
    province = next(row for row in provinces if row["code"] == PROVINCE_CODE)
    return tuple((f"{ward['code']:05d}", ward["name"]) for ward in province["wards"])
