"""The demo's sign-in names. Roles and units, no persons."""

from __future__ import annotations

import json
import os
import secrets
from datetime import date
from pathlib import Path
from typing import Any

from kheo.accounts.models import Position, Role, User
from kheo.audit.actions import record
from kheo.config import env
from kheo.organizations.models import Organization

TOWN_UNTIL = date(2025, 7, 1)
# sign-in name, name on screen, role, position
PEOPLE: tuple[tuple[str, str, str, str], ...] = (
    ("canbo", "Cán bộ tổng hợp", Role.RECEIVER, "Cán bộ Ủy ban MTTQ phường"),
    ("thamdinh", "Thẩm định viên thứ nhất", Role.EVALUATOR, "Thành viên tổ thẩm định"),
    ("thamdinh2", "Thẩm định viên thứ hai", Role.EVALUATOR, "Thành viên tổ thẩm định"),
    ("lanhdao", "Lãnh đạo duyệt", Role.LEADER, "Phó Bí thư Thường trực Đảng ủy"),
    ("bientap", "Biên tập viên", Role.EDITOR, "Biên tập viên cổng thông tin"),
    ("motcua", "Cán bộ một cửa", Role.ONE_STOP, "Trung tâm Phục vụ hành chính công"),
    ("dangky", "Đại diện Khu phố 1", Role.REGISTRANT, "Trưởng ban công tác Mặt trận khu phố"),
    ("kiemtoan", "Kiểm toán nội bộ", Role.AUDITOR, "Ủy ban Kiểm tra Đảng ủy"),
    ("quantri", "Quản trị viên", Role.ADMIN, "Quản trị hệ thống"),
)
WORDS = ["lua", "gao", "tre", "nui", "song", "dong", "rung", "bien", "sao", "trang", "hoa", "sen", "cau", "duong", "lang", "cho", "thuyen", "mua", "nang", "gio"]


def passwords() -> dict[str, str]:
    """A password for each name: KHEO_DEMO_PASSWORD, or random words that can be typed."""
    shared = env.text("KHEO_DEMO_PASSWORD")
    return {name: shared or "-".join(secrets.choice(WORDS) for _n in range(4)) + f"-{secrets.randbelow(90) + 10}" for name, *_rest in PEOPLE}


def create(units: dict[str, Organization], group: Organization, works_at: dict[str, Organization], given: dict[str, str]) -> dict[str, User]:
    """The people with their positions: at the former town until it ended, at both new wards since."""
    made: dict[str, User] = {}
    for name, full_name, role, title in PEOPLE:
        user = User.objects.create_user(name, given[name], full_name=full_name, email=f"{name}@bimson.example.vn", wants_digest=False)
        for where, start, end in _places(role, units, group):
            Position.objects.create(
                user=user, organization=where, role=role, title=title, valid_from=start, valid_to=end, works_at=works_at.get(name)
            )
        record.record("accounts.open_account", user, by=None, role=role)
        made[name] = user
    return made


def _places(role: str, units: dict[str, Organization], group: Organization) -> list[tuple[Organization, date, date | None]]:
    if role == Role.REGISTRANT:
        return [(group, date(2021, 1, 1), None)]
    wards = [(units[key], TOWN_UNTIL, None) for key in ("bim-son", "quang-trung")]
    return [(units["town"], date(2021, 1, 1), TOWN_UNTIL), *wards]


def keep(given: dict[str, str]) -> Path:
    """Write the passwords to KHEO_HOME/demo-users.json, readable by the owner only."""
    path = env.home() / "demo-users.json"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        json.dump(given, out, ensure_ascii=False, indent=1)
    return path


def kept() -> dict[str, str]:
    """The passwords written at load; empty when there is no demo here."""
    try:
        data: dict[str, Any] = json.loads((env.home() / "demo-users.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(word) for name, word in data.items()}
