"""A plan over the Party committees of the seven wards and communes of 2023, and people for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kheo.accounts.models import Role, User
from kheo.inspections.actions import hold, plan, programme, write_checklist
from kheo.inspections.actions.hold import Minutes
from kheo.inspections.models import Inspection, Plan, Programme
from kheo.organizations.models import Organization, Succession
from tests.cast import Cast, document, kind, person, unit

QUESTIONS = [("Có kế hoạch thực hiện phong trào", "Số, ngày kế hoạch"), ("Có phân công theo dõi", ""), ("Có báo cáo 6 tháng", "")]
CQTT = [("Thực hiện QCDC", 20), ("Cải cách hành chính", 25), ("Văn minh công sở", 20), ("Tiếp xúc, đối thoại", 15), ("Mức độ hài lòng", 20)]


@dataclass
class Scene:
    """What the tests of this room play with."""

    cast: Cast
    committees: dict[str, Organization]
    plan: Plan
    secretary: User
    programme: Programme

    def minutes(self, on: date = date(2023, 6, 10), **more: Any) -> Minutes:
        """Minutes with every question answered yes."""
        answers = {item.pk: ("yes", "") for item in self.plan.checklist.items.all()}
        return Minutes(**{"held_on": on, "summary": "Thực hiện tốt.", "answers": answers, **more})

    def check(self, ward: str = "ba-dinh", kind: str = "inspection", on: date = date(2023, 6, 10)) -> Inspection:
        """A scheduled check of a ward's committee."""
        return plan.schedule(self.plan, [self.committees[ward]], kind, on, by=self.cast.officer)[0]

    def held(self, ward: str = "ba-dinh", on: date = date(2023, 6, 10)) -> Inspection:
        """A check that took place."""
        return hold.hold(self.check(ward, on=on), self.minutes(on), by=self.cast.evaluator)


@pytest.fixture
def scene(cast: Cast) -> Scene:
    committee = kind("party-committee", "Cấp ủy, đảng bộ", "party")
    town_committee = unit("Thị ủy Bỉm Sơn", committee, parent=cast.town, end=date(2025, 7, 1), slug="thi-uy")
    committees = {
        slug: unit(f"Đảng ủy {ward}", committee, parent=ward, end=date(2025, 7, 1), slug=f"dang-uy-{slug}") for slug, ward in cast.wards.items()
    }
    checklist = write_checklist.write_checklist("Nội dung kiểm tra công tác dân vận", QUESTIONS, date(2023, 1, 1), by=cast.officer)
    data = plan.PlanData(
        cycle=cast.cycle, name="Kiểm tra công tác dân vận năm 2023", within=cast.town, unit_kind=committee,
        parent_kinds=(kind("ward", "", ""), kind("commune", "", "")), lead=town_committee, partners=(), kinds=("inspection", "supervision", "self"),
        checklist=checklist, starts_on=date(2023, 3, 1), ends_on=date(2023, 12, 15), document=document("15-KH/ThU", date(2023, 2, 1)),
    )
    set_up = programme.programme(
        programme.ProgrammeData(
            "Chính quyền thân thiện, vì Nhân dân phục vụ", cast.bim_son, cast.town, kind("ward", "", ""), (), date(2022, 1, 1),
        ), by=cast.officer,
    )
    programme.write_scheme(
        set_up, programme.SchemeData([programme.Line(name, Decimal(most)) for name, most in CQTT], date(2022, 1, 1), grades=[(Decimal(90), "Tốt"), (Decimal(70), "Khá")]),
        by=cast.officer,
    )
    return Scene(
        cast, committees, plan.plan(data, by=cast.officer),
        person("bithu", "Đại diện Đảng ủy", (Role.REGISTRANT, committees["ba-dinh"]), (Role.REGISTRANT, cast.wards["ba-dinh"]), works_at=committees["ba-dinh"]), set_up,
    )


def merge_away(scene: Scene, ward: str, on: date) -> None:
    """The ward's committee ends on a day and passes to another."""
    old, new = scene.committees[ward], scene.committees["bac-son"]
    old.versions.update(valid_to=on)
    Succession.objects.create(predecessor=old, successor=new, kind="merge", on=on, basis=scene.cast.decision)
