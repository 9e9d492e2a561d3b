"""What the tests of the whole house walk over here."""

from __future__ import annotations

from typing import Any

EVERYONE = "200 200 200 200 200 200 200 200 200"
TABLE = {
    "visits:index": EVERYONE,
    "visits:method": EVERYONE,
    "visits:data": EVERYONE,
    "visits:badge": EVERYONE,
    "visits:download": EVERYONE,
    "visits_desk:index": "302 403 403 403 403 200 200 200 200",
    "visits_desk:set_opening": "302 403 403 403 403 403 403 403 200",
}


def samples(_cast: Any) -> dict[str, dict[str, Any]]:
    return {"visits:download": {"kind": "ngay"}}


def pages(cast: Any) -> dict[str, tuple[Any, str]]:
    return {
        "visits": (None, "/truy-cap/"), "visits-method": (None, "/truy-cap/cach-dem/"),
        "desk-visits": (cast.admin, "/ban-lam-viec/truy-cap/"), "desk-opening": (cast.admin, "/ban-lam-viec/truy-cap/so-du-dau/"),
    }
