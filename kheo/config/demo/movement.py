"""The movement, its fields, criteria and cycles for the demo.

The points of the criteria are illustrative: provinces issue their own guides.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from kheo.documents.actions import register
from kheo.movements.actions import set_up_cycle, write_criteria
from kheo.movements.actions.write_criteria import Header, Line
from kheo.movements.models import Cycle, Field, Movement
from kheo.organizations.actions.load_reference import STANDING_BODY
from kheo.organizations.models import Organization

SUMMARY = (
    "“Dân vận khéo” là phong trào thi đua vận động mọi tổ chức và người dân tìm ra cách làm hay để việc chung được dân hiểu, "
    "dân tin, dân cùng làm. Mỗi năm, khu phố, đoàn thể, trường học, doanh nghiệp và cá nhân đăng ký mô hình, điển hình trên bốn "
    "lĩnh vực; địa phương hướng dẫn, thẩm định, công nhận những cách làm hiệu quả và nhân rộng sang nơi khác."
)
SUMMARY_EN = (
    "“Skilful mass mobilization” is an emulation movement that looks for good ways of working: ways in which people understand, "
    "trust and share in common work. Each year residential groups, unions, schools, enterprises and individuals register models "
    "and exemplars in four fields; the ward guides, evaluates and recognizes what works and spreads it to other places."
)
FIELDS = (
    ("economy", "Kinh tế", "Economy", "KT"),
    ("culture-society", "Văn hóa - xã hội", "Culture and society", "VH-XH"),
    ("defence-security", "Quốc phòng - an ninh", "Defence and security", "QP-AN"),
    ("political-system", "Xây dựng hệ thống chính trị", "Building the political system", "XDHTCT"),
)
COLLECTIVE = (
    ("Chủ trương đúng, xuất phát từ nhiệm vụ và khó khăn của địa bàn; cấp ủy lãnh đạo", 20),
    ("Mục tiêu, nội dung, kế hoạch rõ ràng, đo đếm được", 15),
    ("Cách làm khéo: sáng tạo, dân chủ, tạo đồng thuận", 25),
    ("Kết quả cụ thể, so sánh được với trước khi thực hiện", 25),
    ("Khả năng duy trì, lan tỏa và nhân rộng", 15),
)
INDIVIDUAL = (
    ("Bản thân và gia đình gương mẫu", 20),
    ("Đề xuất ý tưởng, cách làm hay", 20),
    ("Giải quyết được việc bức xúc, kéo dài", 20),
    ("Tận tình phục vụ, được Nhân dân tin cậy", 25),
    ("Ảnh hưởng, lan tỏa trong cộng đồng", 15),
)


def create(area: Organization, *, by: Any) -> tuple[Movement, dict[str, Cycle]]:
    """The movement with its two cycles of 2022 and 2023 and that of the current year."""
    launch = register.register(
        "01-HD/BDV", "Hướng dẫn", "Phong trào thi đua “Dân vận khéo” giai đoạn 2022–2025 (văn bản minh họa)", "Ban Dân vận Thị ủy Bỉm Sơn",
        "", "", date(2022, 1, 10), by=by,
    )
    movement = Movement.objects.create(
        slug="dan-van-kheo", name="Dân vận khéo", name_en="Skilful mass mobilization", slogan="Lòng dân thuận, việc gì cũng thành",
        summary=SUMMARY, summary_en=SUMMARY_EN, area=area, function=STANDING_BODY, decision=launch,
    )
    for order, (code, name, name_en, short) in enumerate(FIELDS, start=1):
        Field.objects.create(movement=movement, code=code, name=name, name_en=name_en, short_name=short, order=order)
    sets = [_criteria(movement, subject, lines, launch, by) for subject, lines in (("collective", COLLECTIVE), ("individual", INDIVIDUAL))]
    cycles: dict[str, Cycle] = {}
    this_year = timezone.localdate().year
    for year in dict.fromkeys((2022, 2023, this_year)):
        cycle = set_up_cycle.create_cycle(
            movement, code=str(year), name=f"Năm {year}", starts_on=date(year, 1, 1), ends_on=date(year, 12, 31), by=by
        )
        for criteria in sets:
            set_up_cycle.choose_criteria(cycle, criteria, by=by)
        _milestones(cycle, open_all_year=year == this_year, by=by)
        cycles[str(year)] = cycle
    set_up_cycle.feature(cycles["2023"], by=by)
    return movement, cycles


def _criteria(movement: Movement, subject: str, lines: Any, basis: Any, by: Any) -> Any:
    name = "Tiêu chí tập thể (điểm minh họa)" if subject == "collective" else "Tiêu chí cá nhân (điểm minh họa)"
    header = Header(name, subject, Decimal(100), Decimal(80), Decimal(90), 6, 2, date(2022, 1, 1), basis)
    return write_criteria.write_criteria(movement, header, [Line(text, Decimal(points)) for text, points in lines], by=by)


def _milestones(cycle: Cycle, *, open_all_year: bool, by: Any) -> None:
    """Dates usual in the movement; in the current year registration stays open so that visitors can try it."""
    y = cycle.starts_on.year
    whole = (cycle.starts_on, cycle.ends_on)
    closing = (date(y, 12, 31), date(y, 12, 31) + timedelta(days=31)) if open_all_year else (date(y, 2, 28), date(y, 3, 31))
    score = (date(y, 12, 31), date(y + 1, 1, 31)) if open_all_year else (date(y, 10, 15), date(y, 10, 31))
    steps = {
        "registration": (whole, date(y, 1, 1), *closing),
        "approval": (whole, date(y, 1, 10), *(closing if open_all_year else (date(y, 3, 31), date(y, 4, 15)))),
        "progress": (whole, date(y, 4, 1), date(y, 12, 5), date(y, 12, 31)),
        "interim": ((date(y, 1, 1), date(y, 6, 30)), date(y, 6, 1), date(y, 7, 15), date(y, 7, 31)),
        "self_score": (whole, date(y, 9, 1), *score),
        "evaluation": (whole, date(y, 10, 17), date(y, 12, 20) if open_all_year else date(y, 10, 31), date(y, 12, 31)),
        "recognition": (whole, date(y, 11, 1), date(y, 12, 25) if open_all_year else date(y, 11, 30), date(y, 12, 31)),
        "annual": (whole, date(y, 11, 20), date(y, 12, 31) if open_all_year else date(y, 12, 15), date(y + 1, 1, 31)),
    }
    for kind, (period, opens, closes, locks) in steps.items():
        set_up_cycle.set_milestone(
            cycle, kind, by=by, period_from=period[0], period_to=period[1], opens_on=opens, closes_on=closes, locks_on=locks
        )
