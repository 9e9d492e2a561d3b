"""A town with indicators, for the tests of this room."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from kheo.indicators.actions import collect, define, enter, plan
from kheo.indicators.actions.collect import RoundData
from kheo.indicators.actions.define import Definition
from kheo.indicators.actions.enter import Entry, Extras
from kheo.indicators.actions.plan import Wanted
from kheo.indicators.models import Indicator
from kheo.indicators.queries import definitions
from tests.cast import Cast

SINCE = date(2020, 1, 1)
OFFICIAL = Extras(status="official", entry="imported")


def share(code: str = "gia_dinh_van_hoa") -> Indicator:
    """A share with numerator and denominator."""
    return define.define(
        code, Definition("Gia đình văn hóa", "%", SINCE, decimals=1, numerator_text="Hộ công nhận", denominator_text="Tổng số hộ", is_share=True, aggregation="ratio"), by=None
    )


def count(code: str = "viec_lam", **more: Any) -> Indicator:
    """A number that is added up."""
    return define.define(code, Definition(more.pop("name", "Việc làm mới"), more.pop("unit_text", "người"), SINCE, **more), by=None)


def put(indicator: Indicator, unit: Any, period: str, *, extras: Extras = OFFICIAL, by: Any = None, reason: str = "Thử", **parts: str) -> enter.Outcome:
    """Enter parts of one figure."""
    entries = [Entry(indicator.pk, unit.pk, part, text, None, reason) for part, text in parts.items()]
    return enter.enter(definitions.period(period), entries, by=by, extras=extras)


def scene(cast: Cast) -> dict[str, Any]:
    """A share over two wards, a count, a plan with a target and a round of today."""
    if "indicators" in cast.extra:
        found: dict[str, Any] = cast.extra["indicators"]
        return found
    first, second = share(), count()
    for ward, above, below in (("ba-dinh", "80", "100"), ("bac-son", "90", "100")):
        put(first, cast.wards[ward], "2023", numerator=above, denominator=below)
        put(first, cast.wards[ward], "2022", numerator=str(int(above) - 5), denominator=below)
        put(second, cast.wards[ward], "2023", value="10")
    made = plan.plan("Nghị quyết năm 2023", "HĐND thị xã", cast.decision, cast.town, definitions.period("2023"), by=None)
    plan.set_target(made, first, Wanted("ge", Decimal(85)), by=None)
    plan.set_target(made, second, Wanted("ge", Decimal(30)), by=None)
    today = timezone.localdate()
    year = definitions.period(str(today.year))
    around = collect.open_round(
        RoundData("Thu thập số liệu năm", cast.bim_son, year, today.replace(day=1), date(2099, 1, 1), date(2099, 2, 1), [("Cán bộ", "receiver"), ("Lãnh đạo", "leader")]),
        [cast.bim_son], [first], by=None,
    )
    cast.extra["indicators"] = {"share": first, "count": second, "plan": made, "round": around, "submission": around.submissions.get(), "year": year}
    return scene(cast)
