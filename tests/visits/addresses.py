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
}


def samples(_cast: Any) -> dict[str, dict[str, Any]]:
    return {"visits:download": {"kind": "ngay"}}


def pages(_cast: Any) -> dict[str, tuple[Any, str]]:
    return {"visits": (None, "/truy-cap/"), "visits-method": (None, "/truy-cap/cach-dem/")}
