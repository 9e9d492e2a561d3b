"""What the tests of the whole house walk over in the room of procedures."""

from __future__ import annotations

from datetime import date
from typing import Any

from kheo.accounts.models import Role
from kheo.procedures.actions import import_catalogue, import_results, open_period, score
from tests.cast import Cast, person
from tests.procedures import exports

PUBLIC = "200 200 200 200 200 200 200 200 200"
TABLE: dict[str, str] = {f"procedures:{name}": PUBLIC for name in ("index", "dossiers", "look_up", "statistics", "rules", "procedures", "batch", "score")}


def scene(cast: Cast) -> dict[str, Any]:
    """Published November of phường Ba Đình, a catalogue of one procedure, a score."""
    if "procedures" in cast.extra:
        found: dict[str, Any] = cast.extra["procedures"]
        return found
    officer = person("motcua", "Cán bộ một cửa", (Role.ONE_STOP, cast.bim_son), (Role.ONE_STOP, cast.quang_trung))
    unit, period = cast.wards["ba-dinh"], open_period.open_period("2023-11", by=officer)
    entry = import_catalogue.Entry("1.001193", "1.001193.000.00.00.H56", "Đăng ký khai sinh", "Hộ tịch", limit=1)
    import_catalogue.write_version(entry, date(2022, 1, 1), sensitive=False, by=officer)
    done = import_results.import_results(exports.xlsx(exports.several()), "ket-xuat.xlsx", unit=unit, period=period, by=officer)
    made = score.compute_score(unit, period, by=officer)
    cast.extra["procedures"] = {"officer": officer, "batch": done.batch, "score": made, "period": period, "unit": unit}
    return scene(cast)


def samples(cast: Cast) -> dict[str, dict[str, Any]]:
    """One object behind each address."""
    s = scene(cast)
    return {"procedures:batch": {"pk": s["batch"].pk}, "procedures:score": {"pk": s["score"].pk}}


def pages(cast: Cast) -> dict[str, tuple[Any, str]]:
    """The pages for the browser walk."""
    s, base = scene(cast), "/thu-tuc-hanh-chinh/"
    return {
        "procedures": (None, base), "procedures, dossiers": (None, f"{base}ho-so/"), "procedures, look-up": (None, f"{base}tra-cuu/"),
        "procedures, statistics": (None, f"{base}thong-ke/"), "procedures, rules": (None, f"{base}cach-tinh/"),
        "procedures, catalogue": (None, f"{base}danh-muc/"), "procedures, source": (None, f"{base}lo/{s['batch'].pk}/"),
        "procedures, score": (None, f"{base}diem/{s['score'].pk}/"),
    }
