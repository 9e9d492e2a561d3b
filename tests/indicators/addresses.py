"""What the tests of the whole house walk over in the room of indicators."""

from __future__ import annotations

from typing import Any

from tests.cast import Cast
from tests.indicators.scenes import scene

EVERYONE = "200 200 200 200 200 200 200 200 200"
DESK = "302 403 200 200 200 200 200 200 200"
TABLE: dict[str, str] = {
    "indicators:index": EVERYONE,
    "indicators:plan": EVERYONE,
    "indicators:plans": EVERYONE,
    "indicators:download": EVERYONE,
    "indicators:detail": EVERYONE,
    "indicators_desk:index": DESK,
    "indicators_desk:define": "302 403 403 200 403 403 403 403 200",
    "indicators_desk:detail": DESK,
    "indicators_desk:change": "302 403 403 200 403 403 403 403 200",
    "indicators_desk:delete": "302 403 403 405 403 403 403 403 405",
    "indicators_desk:plans": DESK,
    "indicators_desk:periods": DESK,
    "indicators_desk:new_plan": "302 403 403 200 403 200 403 403 403",
    "indicators_desk:plan": DESK,
    "indicators_desk:rounds": DESK,
    "indicators_desk:new_round": "302 403 403 200 403 403 403 403 403",
    "indicators_desk:round": "302 403 404 200 200 200 200 200 200",
    "indicators_desk:submission": "302 403 404 200 200 200 200 200 200",
    "indicators_desk:choose": DESK,
    "indicators_desk:grid": "302 403 404 200 200 200 200 200 200",
    "indicators_desk:save": "302 403 405 405 405 405 405 405 405",
    "indicators_desk:template": "302 403 404 200 200 200 200 200 200",
    "indicators_desk:upload": "302 403 405 405 405 405 405 405 405",
    "indicators_desk:marked": "302 403 404 302 302 302 302 302 302",
    "indicators_desk:cell": "302 403 404 200 200 200 200 200 200",
}


def samples(cast: Cast) -> dict[str, dict[str, Any]]:
    """One object behind each address."""
    s = scene(cast)
    code, place = {"code": s["share"].code}, {"slug": cast.bim_son.slug, "period": s["year"].code}
    plan = {"pk": s["plan"].pk}
    room: dict[str, dict[str, Any]] = {
        "detail": code, "change": code, "delete": code, "plan": plan, "round": {"pk": s["round"].pk}, "submission": {"pk": s["submission"].pk},
        "grid": place, "save": place, "template": place, "upload": place, "marked": place, "cell": place | code,
    }
    found = {f"indicators_desk:{name}": keys for name, keys in room.items()}
    return found | {"indicators:detail": code, "indicators:plan": plan, "indicators:download": {"form": "csv"}}


def pages(cast: Cast) -> dict[str, tuple[Any, str]]:
    """The pages for the browser walk."""
    s, desk = scene(cast), "/ban-lam-viec/chi-tieu/"
    return {
        "indicators": (None, "/chi-tieu/"),
        "indicators, figure": (None, f"/chi-tieu/{s['share'].code}/"),
        "indicators, plan": (None, f"/chi-tieu/ke-hoach/{s['plan'].pk}/"),
        "indicators, plans": (None, f"/chi-tieu/ke-hoach/?unit={cast.town.slug}&year=2023"),
        "indicators, periods": (cast.officer, f"{desk}ky/"),
        "indicators, desk": (cast.officer, desk),
        "indicators, grid": (cast.officer, f"{desk}nhap/{cast.bim_son.slug}/{s['year'].code}/"),
        "indicators, round": (cast.officer, f"{desk}dot/{s['round'].pk}/"),
        "indicators, submission": (cast.officer, f"{desk}dot/don-vi/{s['submission'].pk}/"),
    }
