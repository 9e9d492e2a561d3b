"""What the tests of the whole house walk over in the room of procedures."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.base import ContentFile

from kheo.accounts.models import Role
from kheo.procedures.actions import (
    import_catalogue,
    import_results,
    open_period,
    score,
    write_source,
)
from kheo.procedures.models import Procedure
from tests.cast import Cast, person
from tests.procedures import exports

PUBLIC = "200 200 200 200 200 200 200 200 200"
TABLE: dict[str, str] = {f"procedures:{name}": PUBLIC for name in ("index", "dossiers", "look_up", "statistics", "rules", "procedures", "batch", "score")}

DESK = "302 403 403 403 403 200 200 200 200"
SET_UP = "302 403 403 403 403 403 403 403 200"
TABLE |= {
    "procedures_desk:index": DESK, "procedures_desk:batch": "302 403 404 404 404 200 200 200 200",
    "procedures_desk:publish": "302 403 405 405 405 405 405 405 405", "procedures_desk:discard": "302 403 405 405 405 405 405 405 405",
    "procedures_desk:marked": "302 403 404 404 404 200 200 200 200", "procedures_desk:catalogue": DESK, "procedures_desk:procedure": SET_UP,
    "procedures_desk:learn": "302 403 404 404 404 403 403 403 200", "procedures_desk:sources": SET_UP, "procedures_desk:source": SET_UP, "procedures_desk:scores": "302 403 403 403 403 200 403 403 403",
}


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
    strange = [exports.dossier(99, status="Xong xuôi")]
    unread = import_results.import_results(exports.xlsx(strange), "la.xlsx", unit=unit, period=period, by=officer)
    made = score.compute_score(unit, period, by=officer)
    done.batch.marked_file.save("da-danh-dau.xlsx", ContentFile(done.marked), save=True)
    source = write_source.write_source(None, name="Một cửa tỉnh", columns={}, statuses={"HS_KT_02": "done"}, channels={}, by=officer)
    cast.extra["procedures"] = {
        "source": source, "procedure": Procedure.objects.get(code="1.001193"), "officer": officer, "batch": done.batch, "unread": unread.batch, "score": made, "period": period, "unit": unit,
    }
    return scene(cast)


def samples(cast: Cast) -> dict[str, dict[str, Any]]:
    """One object behind each address."""
    s = scene(cast)
    desk = {f"procedures_desk:{name}": {"pk": s["batch"].pk} for name in ("batch", "publish", "discard", "marked")}
    desk |= {"procedures_desk:learn": {"pk": s["unread"].pk}, "procedures_desk:procedure": {"pk": s["procedure"].pk}, "procedures_desk:source": {"pk": s["source"].pk}}
    return desk | {"procedures:batch": {"pk": s["batch"].pk}, "procedures:score": {"pk": s["score"].pk}}


def pages(cast: Cast) -> dict[str, tuple[Any, str]]:
    """The pages for the browser walk."""
    s, base = scene(cast), "/thu-tuc-hanh-chinh/"
    return {
        "procedures": (None, base), "procedures, dossiers": (None, f"{base}ho-so/"), "procedures, look-up": (None, f"{base}tra-cuu/"),
        "procedures, statistics": (None, f"{base}thong-ke/"), "procedures, rules": (None, f"{base}cach-tinh/"),
        "procedures, catalogue": (None, f"{base}danh-muc/"), "procedures, source": (None, f"{base}lo/{s['batch'].pk}/"),
        "procedures, score": (None, f"{base}diem/{s['score'].pk}/"),
        **{f"procedures, desk {path or 'batches'}": (s["officer"], f"/ban-lam-viec{base}{path}") for path in (
            "", f"lo/{s['batch'].pk}/", f"lo/{s['unread'].pk}/cach-doc/", "danh-muc/", f"danh-muc/{s['procedure'].pk}/", "nguon/", f"nguon/{s['source'].pk}/", "cham-diem/")},
    }
