"""What the tests of the whole house walk over in the room of the working calendar."""

from __future__ import annotations

from typing import Any

from kheo.workdays.models import CalendarDay
from tests.cast import Cast

TABLE = {
    "workdays:index": "200 200 200 200 200 200 200 200 200",
    "workdays:year": "200 200 200 200 200 200 200 200 200",
    "workdays:calendar_file": "200 200 200 200 200 200 200 200 200",
    "workdays_desk:index": "302 403 200 200 200 200 200 200 200",
    "workdays_desk:propose_day": "302 403 403 200 403 200 403 403 200",
    "workdays_desk:propose_year": "302 403 403 200 403 200 403 403 200",
    "workdays_desk:propose_pattern": "302 403 403 200 403 200 403 403 200",
    "workdays_desk:propose_decided_year": "302 403 403 200 403 200 403 403 200",
    "workdays_desk:decide": "302 403 302 302 302 302 302 302 302",
    "workdays_desk:withdraw": "302 403 403 200 403 200 403 403 200",
    "workdays_desk:recompute": "302 403 403 200 403 200 403 403 200",
}


def samples(cast: Cast) -> dict[str, dict[str, Any]]:
    """A year and one decided day."""
    return {
        "workdays:*": {"year": 2026},
        "workdays_desk:withdraw": {"kind": "calendarday", "pk": CalendarDay.objects.filter(state="decided").first().pk},
    }


def pages(cast: Cast) -> dict[str, tuple[Any, str]]:
    """The pages for the browser walk."""
    return {
        "working calendar": (None, "/lich-lam-viec/2026/"),
        "working calendar, an answer": (None, "/lich-lam-viec/2026/?way=after&start=24/04/2026&count=5"),
        "working calendar, undecided year": (None, "/lich-lam-viec/2027/"),
        "working calendar, desk": (cast.officer, "/ban-lam-viec/lich-lam-viec/"),
        "working calendar, propose a week": (cast.officer, "/ban-lam-viec/lich-lam-viec/tuan-lam-viec/"),
        "working calendar, compute anew": (cast.officer, "/ban-lam-viec/lich-lam-viec/tinh-lai/"),
    }
