"""Figures at the size of a province, each claim beside a plain version of the same work in one run.

1. Compiling 166 wards × 60 indicators × 5 years (49,800 cells and their roll-ups): ≤ 10 s, and at
   least 10 times faster than asking the ORM for each cell.
2. Saving a grid of 500 cells with every check, revision and audit row: ≤ 300 ms, and at least 10
   times faster than judging and saving each cell by itself.

    script/bench reports [--wards 166] [--indicators 60] [--years 5] [--cells 500] [--postgres]
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FIRST = 2021
SINCE = date(2010, 1, 1)


def setup() -> None:
    """Django on the database of this run, with its tables."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kheo.config.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def province(wards: int) -> tuple[Any, list[Any]]:
    """A province of wards, past and through its verbs' tables; the province first."""
    from kheo.organizations.models import Organization, OrganizationKind, OrganizationVersion

    kind = OrganizationKind.objects.filter(is_area=True)[0]

    def unit(n: int, name: str, parent: Any) -> Any:
        made = Organization.objects.create(slug=f"bench-{n}")
        OrganizationVersion.objects.create(
            organization=made, kind=kind, parent=parent, name=name, code=f"8{n:04d}", valid_from=SINCE, folded=name.lower(), sort_key=f"{n:04d}"
        )
        return made

    top = unit(0, "Tỉnh", None)
    return top, [unit(n, f"Phường {n}", top) for n in range(1, wards + 1)]


def indicators(count: int) -> list[Any]:
    """Two thirds shares, one third counts."""
    from kheo.indicators.actions import define
    from kheo.indicators.actions.define import Definition

    made = []
    for n in range(count):
        share = n % 3 != 2
        words: dict[str, Any] = {"numerator_text": "Tử", "denominator_text": "Mẫu", "is_share": True, "aggregation": "ratio", "decimals": 1} if share else {}
        made.append(define.define(f"bench_{n:03d}", Definition(f"Chỉ số {n}", "%" if share else "người", SINCE, **words), by=None))
    return made


def fill(units: list[Any], rows: list[Any], periods: list[Any]) -> None:
    """An official figure in every cell, straight into the table."""
    from django.utils import timezone

    from kheo.indicators.models import Observation

    chance, now = random.Random(1), timezone.now()
    made = []
    for period in periods:
        for n, indicator in enumerate(rows):
            for unit in units:
                below, above = Decimal(chance.randrange(500, 3000)), Decimal(chance.randrange(200, 500))
                parts = {"numerator": above, "denominator": below, "value": above * 100 / below} if n % 3 != 2 else {"value": above}
                made.append(Observation(indicator=indicator, unit=unit, period=period, status="official", by_name="bench", at=now, **parts))
    Observation.objects.bulk_create(made, batch_size=2000)


def plain_figure(indicator: Any, unit: Any, period: Any) -> Decimal | None:
    """One cell as a first version would read it: its observation, its definition, its unit, by the ORM."""
    from kheo.indicators.models import IndicatorVersion, Observation
    from kheo.organizations.models import OrganizationVersion

    version = IndicatorVersion.objects.filter(indicator=indicator, valid_from__lte=period.last).order_by("valid_from").last()
    found = Observation.objects.filter(indicator=indicator, unit=unit, period=period, is_current=True, status__in=("preliminary", "official")).first()
    if found is not None:
        return found.value
    below = OrganizationVersion.objects.filter(parent=unit, valid_from__lte=period.last).values_list("organization_id", flat=True)
    rows = [o for child in below if (o := Observation.objects.filter(indicator=indicator, unit_id=child, period=period, is_current=True).first())]
    if version is None or not rows:
        return None
    nothing = Decimal(0)
    if version.aggregation == "ratio":
        return sum((o.numerator or nothing for o in rows), nothing) * 100 / sum((o.denominator or nothing for o in rows), nothing)
    return sum((o.value or nothing for o in rows), nothing)


def timed(function: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds and what came out."""
    began = time.perf_counter()
    made = function()
    return time.perf_counter() - began, made


def compile_part(options: argparse.Namespace) -> bool:
    """The whole table in one call, beside one question for each cell (a sample of it, scaled up)."""
    from kheo.indicators.queries import compile_figures, definitions

    top, wards = province(options.wards)
    rows = indicators(options.indicators)
    periods = [definitions.period(str(FIRST + n)) for n in range(options.years)]
    fill(wards, rows, periods)
    units = [top.pk, *(w.pk for w in wards)]
    taken, made = zip(*(timed(lambda: compile_figures(units, periods)) for _turn in range(3)), strict=True)
    seconds, cells = statistics.median(taken), len(made[0])
    chance = random.Random(2)
    sample = [(chance.choice(rows), chance.choice(wards), chance.choice(periods)) for _n in range(400)]
    each, said = timed(lambda: [plain_figure(*cell) for cell in sample])
    whole, totals = timed(lambda: [plain_figure(i, top, periods[-1]) for i in rows[:3]])
    same = all(made[0][(i.code, u.pk, p.code)].value == value for (i, u, p), value in zip(sample, said, strict=True))
    close = all(abs((made[0][(i.code, top.pk, periods[-1].code)].value or 0) - (value or 0)) < 1 for i, value in zip(rows, totals, strict=False))
    plain = each / len(sample) * len(wards) * len(rows) * len(periods) + whole / 3 * len(rows) * len(periods)
    good = seconds <= 10 and plain / seconds >= 10 and same and close
    print(f"compile {options.wards} wards × {options.indicators} indicators × {options.years} years = {cells} figures: {seconds:.2f} s (to reach ≤ 10 s); "
          f"cell by cell with the ORM {plain:.1f} s (from {len(sample)} + 3 cells), {plain / seconds:.0f}× (to reach ≥ 10×); same figures: {same and close}")
    print("  " + ("reached" if good else "NOT REACHED"))
    return good


def save_part(options: argparse.Namespace) -> bool:
    """A pasted block in one call, beside the same cells one by one, alternately; each turn writes new revisions."""
    from kheo.core.commands import Owner
    from kheo.indicators.actions import enter
    from kheo.indicators.actions.enter import Entry
    from kheo.indicators.models import Indicator, Observation
    from kheo.indicators.queries import definitions
    from kheo.organizations.models import Organization

    wards = list(Organization.objects.filter(slug__startswith="bench-").exclude(slug="bench-0").order_by("pk"))
    counts = [i for i in Indicator.objects.prefetch_related("versions").order_by("code") if i.code.startswith("bench_") and int(i.code[6:]) % 3 == 2]
    period = definitions.period(str(FIRST + options.years - 1))
    cells = [(i, u) for i in counts for u in wards][: options.cells]

    def block(turn: int, chosen: list[tuple[Any, Any]]) -> list[Entry]:
        return [Entry(i.pk, u.pk, "value", str(300 + turn), None, "đo") for i, u in chosen]

    def at_once(turn: int) -> int:
        return len(enter.enter(period, block(turn, cells), by=Owner()).of("saved"))

    def one_by_one(turn: int, chosen: list[tuple[Any, Any]]) -> int:
        return sum(len(enter.enter(period, [entry], by=Owner()).of("saved")) for entry in block(turn, chosen))

    part = cells[:: max(1, len(cells) // 50)]
    quick, slow = [], []
    at_once(1)
    for turn in range(2, 2 + options.turns):
        seconds, saved = timed(lambda turn=turn: at_once(turn * 2))  # type: ignore[misc]
        assert saved == len(cells), saved
        quick.append(seconds)
        seconds, saved = timed(lambda turn=turn: one_by_one(turn * 2 + 1, part))  # type: ignore[misc]
        assert saved == len(part), saved
        slow.append(seconds / len(part) * len(cells))
    took, plain = statistics.median(quick), statistics.median(slow)
    revisions = Observation.objects.filter(period=period, indicator=cells[0][0], unit=cells[0][1])
    whole = revisions.filter(is_current=True).count() == 1 and revisions.count() == revisions.order_by("-revision")[0].revision
    good = took <= 0.3 and plain / took >= 10 and whole
    print(f"save a grid of {len(cells)} cells, median of {options.turns}: {took * 1000:.0f} ms (to reach ≤ 300 ms); "
          f"cell by cell {plain * 1000:.0f} ms (from {len(part)} cells), {plain / took:.0f}× (to reach ≥ 10×); every revision kept: {whole}")
    print("  " + ("reached" if good else "NOT REACHED"))
    return good


def main() -> int:
    """Both parts; exit 1 when a claim is not reached."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wards", type=int, default=166)
    parser.add_argument("--indicators", type=int, default=60)
    parser.add_argument("--years", type=int, default=5)
    parser.add_argument("--cells", type=int, default=500)
    parser.add_argument("--turns", type=int, default=7)
    parser.add_argument("--postgres", action="store_true", help="on a cluster of its own")
    options = parser.parse_args()
    if options.postgres and not os.environ.get("DATABASE_URL"):
        again = [sys.executable, "-m", "bench.reports", *(a for a in sys.argv[1:] if a != "--postgres")]
        return subprocess.call([str(ROOT / "script" / "with-postgres"), *again], cwd=ROOT)
    with tempfile.TemporaryDirectory() as home:
        os.environ["KHEO_HOME"] = home
        setup()
        reached = [compile_part(options), save_part(options)]
    return 0 if all(reached) else 1


if __name__ == "__main__":
    raise SystemExit(main())
