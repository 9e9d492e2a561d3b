"""What a person types into the registration form, for tests."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from kheo.practices.actions import draft
from kheo.practices.models import Practice
from kheo.practices.rules.registration import (
    ForceRow,
    GoalRow,
    OutputRow,
    RegistrationData,
    ResourceRow,
)
from tests.cast import Cast


def rows(prefix: str, *values: dict[str, str]) -> dict[str, str]:
    """Posted rows of one box."""
    posted = {f"{prefix}-TOTAL_FORMS": str(len(values)), f"{prefix}-INITIAL_FORMS": "0"}
    for index, row in enumerate(values):
        posted |= {f"{prefix}-{index}-{name}": value for name, value in row.items()}
    return posted


def filled(cast: Cast, **changes: str) -> dict[str, str]:
    """A complete form of Khu phố 1, phường Ba Đình, for the cycle 2023."""
    year = cast.cycle.code
    posted = {
        "cycle": str(cast.cycle.pk), "stage": "new", "kind": "model", "subject": "collective",
        "organization": str(cast.groups["ba-dinh-1"].pk), "organization_text": "", "ward": "",
        "title": "Khu dân cư không có hộ nghèo", "field": str(cast.fields["economy"].pk), "second_field": "",
        "situation": "Còn 3 hộ nghèo.", "objectives": "", "content": "Phân công đảng viên giúp từng hộ.",
        "area_text": "Khu phố 1, 120 hộ", "starts_on": f"15/01/{year}", "ends_on": f"15/12/{year}", "review_on": "",
        "schedule": "", "sustainability": "Làm ở mọi khu phố.", "contact_name": "Tổ trưởng dân phố",
        "contact_phone": "0912 345 678", "contact_email": "",
    }
    posted |= rows("goals", {"statement": "Hộ nghèo", "target": "0", "unit": "hộ"})
    posted |= rows("forces", {"name": "Chi bộ khu phố 1", "part": "lead", "duty": "Chỉ đạo"})
    posted |= rows("resources", {"description": "Quỹ vì người nghèo", "kind": "money", "amount": "12000000", "unit": "đồng"})
    posted |= rows("outputs", {"result": "Số hộ thoát nghèo", "target": "3", "unit": "hộ", "evidence": "Danh sách có xác nhận"})
    return posted | changes


def data(cast: Cast, **changes: Any) -> RegistrationData:
    """The same, understood."""
    values: dict[str, Any] = {
        "title": "Khu dân cư không có hộ nghèo", "field": cast.fields["economy"].pk, "organization": cast.groups["ba-dinh-1"].pk,
        "situation": "Còn 3 hộ nghèo.", "content": "Giúp từng hộ.", "area_text": "Khu phố 1", "sustainability": "Nhân rộng.",
        "starts_on": date(2023, 1, 15), "ends_on": date(2023, 12, 15), "goals": (GoalRow("Hộ nghèo", "hộ", Decimal(0)),),
        "forces": (ForceRow("Chi bộ khu phố 1", "lead", "Chỉ đạo"),), "resources": (ResourceRow("money", "Quỹ", Decimal(12_000_000), "đồng"),),
        "outputs": (OutputRow("Số hộ thoát nghèo", "hộ", Decimal(3), "Danh sách"),),
    }
    return RegistrationData(**(values | changes))


def begun(cast: Cast, by: Any = None, **more: Any) -> Practice:
    """A draft begun by the registrant."""
    return draft.save_draft(None, {"title": "Khu dân cư"}, by=by or cast.registrant, cycle=more.pop("cycle", cast.cycle), **more)


def send(client: Client, cast: Cast, key: Any = None, **changes: str) -> Any:
    """Post the form to its secret address."""
    key = key or uuid4()
    return client.post(reverse("practices:registration", args=[key]), filled(cast, **({"send": "1"} | changes)))
