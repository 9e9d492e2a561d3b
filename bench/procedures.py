"""Results of procedures at scale, each claim beside what it is compared with, in one run.

1. An export of 200,000 rows from file to published totals with every check, beside the same rows read
   by openpyxl and written by Django's bulk_create without any check. To reach: 3 times faster, ≤ 600 MB.
2. Each public table beside the plain aggregate over the facts that makes the same table: same columns,
   same rows, same suppression, names and as-of instant, and the run stops when their numbers differ.
   To reach: 100 times faster for every table that adds up a month or more of all units.
3. A look-up over many facts beside one over few: the cost must not grow with them.

    script/bench procedures [--rows 200000] [--facts 1000000] [--full] [--postgres]

`--full` means ten million facts; `--postgres` runs on a cluster of its own instead of SQLite.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
HEADINGS = ("STT", "Mã hồ sơ", "Mã TTHC", "Tên TTHC", "Lĩnh vực", "Chủ hồ sơ", "Địa chỉ", "Số điện thoại", "Ngày tiếp nhận", "Ngày hẹn trả",
            "Ngày kết thúc xử lý", "Ngày trả kết quả", "Trạng thái", "Hình thức tiếp nhận")  # fmt: skip
KINDS, FIELDS = 60, 12


def generate(path: Path, rows: int) -> None:
    """An export of 14 columns as one-stop systems make them, by a fixed rule."""
    import random

    import xlsxwriter

    chance = random.Random(1)
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("HoSo")
        form = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        sheet.write_row(0, 0, HEADINGS)
        for n in range(rows):
            received = datetime(2023, 11, 1) + timedelta(minutes=chance.randrange(29 * 1440))
            done = min(received + timedelta(hours=chance.randrange(1, 120)), datetime(2023, 11, 30, 23))
            what = n % KINDS
            sheet.write_row(n + 1, 0, [n + 1, f"H56.32.01-{received:%y%m%d}-{n:06d}", f"1.{4000 + what:06d}", f"Thủ tục số {what}", f"Lĩnh vực {what % FIELDS}",
                                       "Người nộp hồ sơ", "Phường Ba Đình", f"09{n % 10**8:08d}"])
            for column, value in ((8, received), (9, received + timedelta(days=chance.choice([1, 3, 5, 10]))), (10, done), (11, done)):
                sheet.write_datetime(n + 1, column, value, form)
            sheet.write_row(n + 1, 12, ["Đã trả kết quả", "Trực tuyến" if n % 3 else "Trực tiếp"])


def setup(prepare: bool = False) -> Any:
    """Django on the database of this run; with `prepare` the tables and one unit."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kheo.config.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from kheo.organizations.models import Organization, OrganizationKind, OrganizationVersion

    if prepare:
        call_command("migrate", verbosity=0, interactive=False)
        kind = OrganizationKind.objects.filter(is_area=True).first()
        for n in range(100):
            unit = Organization.objects.create(slug=f"don-vi-{n}")
            OrganizationVersion.objects.create(organization=unit, kind=kind, name=f"Phường {n}", code=f"9{n:04d}", valid_from=date(2020, 1, 1), folded=f"phuong {n}", sort_key=f"{n:03d}")
    return Organization.objects.filter(slug__startswith="don-vi-").order_by("pk")


def rss() -> int:
    """The largest memory of this process so far, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def run_import(path: Path) -> dict[str, Any]:
    """File to published totals, everything on."""
    unit = setup()[0]
    from kheo.core.commands import Owner
    from kheo.procedures.actions import import_results, open_period

    period = open_period.open_period("2023-11", by=None)
    began = time.perf_counter()
    done = import_results.import_results(path, path.name, unit=unit, period=period, by=Owner())
    return {"seconds": time.perf_counter() - began, "rss": rss(), "accepted": done.report["accepted"], "errors": done.report["errors"][:2]}


def run_baseline(path: Path) -> dict[str, Any]:
    """openpyxl and bulk_create, no check at all."""
    unit = setup()[1]
    from zoneinfo import ZoneInfo

    import openpyxl
    from django.db import transaction

    from kheo.procedures.models import DossierFact

    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    began = time.perf_counter()
    rows = openpyxl.load_workbook(path, read_only=True).active.iter_rows(min_row=2, values_only=True)
    with transaction.atomic():
        DossierFact.objects.bulk_create((
            DossierFact(month=date(2023, 11, 1), batch_id=1_000_000, unit=unit, field_id=1, procedure_id=1, code=row[1], received_at=row[8].replace(tzinfo=zone),
                        due_at=row[9].replace(tzinfo=zone), ended_at=row[10].replace(tzinfo=zone), status="returned", channel="online", outcome="on_time")
            for row in rows
        ), batch_size=2000)
    return {"seconds": time.perf_counter() - began, "rss": rss()}


def fill(facts: int) -> None:
    """Facts made by the database itself under published batches: 100 units, 24 months; totals from them.

    The totals of a sample of batches are compared with what `kheo rebuild procedures` counts.
    """
    units = list(setup())
    from django.db import connection, transaction
    from django.utils import timezone

    from kheo.procedures.actions import open_period, rebuild, sum_up
    from kheo.procedures.models import Batch, CountingRule, Procedure, ProcedureField

    fields = [ProcedureField.objects.get_or_create(slug=f"b-{n}", defaults={"name": f"B{n}", "folded": f"b{n}", "sort_key": f"b{n}"})[0].pk for n in range(FIELDS)]
    procedure = Procedure.objects.get_or_create(code="9.000001")[0].pk
    rule, now = CountingRule.objects.first(), timezone.now()
    each = max(1, facts // (len(units) * 24))
    for code in (f"{year}-{month:02d}" for year in (2021, 2022) for month in range(1, 13)):
        period = open_period.open_period(code, by=None)
        with transaction.atomic(), connection.cursor() as cursor:
            made = Batch.objects.bulk_create([
                Batch(unit=unit, period=period, counting=rule, filename="b", sha256="0" * 64, state="published", as_of=now, at=now, published_at=now) for unit in units
            ])
            least = min(batch.pk for batch in made)
            cursor.execute(FACTS[connection.vendor], {"each": each, "first": period.first, "procedure": procedure, "field": fields[0], "least": least})
            cursor.execute(TOTALS, {"least": least})
            sum_up.sum_up(period)
    for batch in Batch.objects.filter(filename="b")[:: 24 * len(units) // 20]:
        assert not rebuild.compare(batch), "totals do not say what the facts say"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


_OUTCOME = "CASE n % 5 WHEN 0 THEN 'early' WHEN 3 THEN 'overdue' WHEN 4 THEN 'open' ELSE 'on_time' END"
_FACT = f"""
INSERT INTO procedures_dossierfact (month, batch_id, unit_id, field_id, procedure_id, public_field_id, public_procedure_id, code, received_at, due_at, due_computed,
    ended_at, "end", status, channel, outcome, carried, supplements, waited_minutes, apologies, reason, lookup, sheet, row)
SELECT %(first)s, b.id, b.unit_id, %(field)s + n % {FIELDS}, %(procedure)s, %(field)s + n % {FIELDS}, %(procedure)s, {{code}}, {{at}}, {{at}}, {{no}},
    {{at}}, 'done', 'returned', CASE n % 2 WHEN 0 THEN 'direct' ELSE 'online' END, {_OUTCOME}, n % 11 = 0, 0, 0, 0, '', b.id * 10000000 + n, 0, n
"""
FACTS = {
    "sqlite": "WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < %(each)s) "
    + _FACT.format(code="'H56.' || b.unit_id || '-' || substr(strftime('%%Y%%m%%d', %(first)s), 3) || '-' || printf('%%06d', n)", at="datetime(%(first)s, '+' || (n %% 40000) || ' minutes')", no="0").replace("n % ", "n %% ")
    + "FROM procedures_batch b, numbers WHERE b.id >= %(least)s",
    "postgresql": _FACT.format(code="'H56.' || b.unit_id || '-' || to_char(%(first)s::date, 'YYMMDD') || '-' || lpad(n::text, 6, '0')",
                               at="%(first)s::timestamptz + (n %% 40000) * interval '1 minute'", no="false").replace("n % ", "n %% ")
    + "FROM procedures_batch b, generate_series(0, %(each)s - 1) n WHERE b.id >= %(least)s",
}
TOTALS = """
INSERT INTO procedures_rollup (batch_id, period_id, unit_id, field_id, online, direct, carried, early, on_time, overdue, undated, open, open_overdue, open_undated)
SELECT f.batch_id, b.period_id, f.unit_id, f.public_field_id, sum(CASE WHEN channel = 'online' AND NOT carried THEN 1 ELSE 0 END), sum(CASE WHEN channel = 'online' OR carried THEN 0 ELSE 1 END),
    sum(CASE WHEN carried THEN 1 ELSE 0 END), sum(CASE outcome WHEN 'early' THEN 1 ELSE 0 END), sum(CASE outcome WHEN 'on_time' THEN 1 ELSE 0 END), sum(CASE outcome WHEN 'overdue' THEN 1 ELSE 0 END), 0,
    sum(CASE outcome WHEN 'open' THEN 1 ELSE 0 END), 0, 0
FROM procedures_dossierfact f JOIN procedures_batch b ON b.id = f.batch_id WHERE f.batch_id >= %(least)s GROUP BY f.batch_id, b.period_id, f.unit_id, f.public_field_id
"""


def least(function: Callable[[], Any], times: int) -> float:
    """The least seconds of several calls: on a shared machine the others measure the neighbours."""
    found = []
    for _n in range(times):
        began = time.perf_counter()
        function()
        found.append(time.perf_counter() - began)
    return min(found)


NEWEST, YEAR = "2022-11", "2022"


def plain_facts(code: str) -> tuple[Any, dict[str, Any], Any]:
    """Facts of the published batches of a period, every column of Biểu 06 over them, and its months."""
    from django.db.models import Count, Q

    from kheo.procedures.models import DossierFact, ReportingPeriod

    periods = list(ReportingPeriod.objects.filter(scheme="calendar", kind="month", code__startswith=code).order_by("first"))
    first, last, fresh = Q(month=periods[0].first), Q(month=periods[-1].first), Q(carried=False)
    columns = {
        "n_online": Count("id", filter=fresh & Q(channel="online")), "n_direct": Count("id", filter=fresh & ~Q(channel="online")),
        "n_carried": Count("id", filter=Q(carried=True) & first), **{f"n_{name}": Count("id", filter=Q(outcome=name)) for name in ("early", "on_time", "overdue", "undated")},
        **{f"n_{name}": Count("id", filter=Q(outcome=name) & last) for name in ("open", "open_overdue", "open_undated")},
    }
    return DossierFact.objects.filter(month__in=[period.first for period in periods], batch__state="published", batch__period__scheme="calendar"), columns, periods


def plain_lines(code: str, unit: int | None = None) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """What a developer writes for the table of a period without totals: every column by field and by
    unit, with names and the as-of instant."""
    from django.db.models import Max

    from kheo.organizations import queries as organizations

    facts, columns, periods = plain_facts(code)
    facts = facts if unit is None else facts.filter(unit_id=unit)
    by_field = facts.values("public_field__name").annotate(at=Max("batch__as_of"), **columns)
    by_unit = list(facts.values("unit_id").annotate(**columns))
    names = organizations.names_on([row["unit_id"] for row in by_unit], periods[-1].last)
    return ({row["public_field__name"]: [row[name] for name in columns] for row in by_field},
            {names[row["unit_id"]][0]: [row[name] for name in columns] for row in by_unit})


def plain_total(code: str) -> list[int]:
    """The block of a month without totals."""
    from django.db.models import Max

    facts, columns, _periods = plain_facts(code)
    found = facts.aggregate(at=Max("batch__as_of"), **columns)
    return [found[name] for name in columns]


def plain_trend(codes: list[str]) -> list[list[int]]:
    """The last thirteen months without totals: one aggregate over all their facts, by month."""
    from django.db.models import Count, Q

    from kheo.procedures.models import DossierFact

    fresh = Q(carried=False)
    columns = {
        "n_online": Count("id", filter=fresh & Q(channel="online")), "n_direct": Count("id", filter=fresh & ~Q(channel="online")), "n_carried": Count("id", filter=Q(carried=True)),
        **{f"n_{name}": Count("id", filter=Q(outcome=name)) for name in ("early", "on_time", "overdue", "undated", "open", "open_overdue", "open_undated")},
    }
    months = [date(int(code[:4]), int(code[5:]), 1) for code in codes]
    facts = DossierFact.objects.filter(month__in=months, batch__state="published", batch__period__scheme="calendar")
    return [[row[name] for name in columns] for row in facts.values("month").annotate(**columns).order_by("month")]


def plain_lists(code: str) -> tuple[Callable[[], Any], Callable[[], Any]]:
    """The lists of overdue and of all dossiers as one writes them first: filter by batch, sort, count, slice."""
    from django.db.models import F

    from kheo.procedures.models import Batch, DossierFact

    batches = list(Batch.objects.filter(period__code=code, state="published").values_list("pk", flat=True))
    facts = DossierFact.objects.filter(month=date(int(code[:4]), int(code[5:]), 1), batch_id__in=batches).select_related("public_field", "public_procedure", "unit")
    late = facts.filter(outcome__in=["overdue", "open_overdue"]).order_by(F("due_at").asc(nulls_last=True), "pk")
    newest = facts.order_by("-received_at", "-pk")
    return lambda: [fact.pk for fact in late[:20]], lambda: (newest.count(), [fact.pk for fact in newest[:50]])


def tables() -> dict[str, tuple[float, float, bool]]:
    """Seconds of ours, seconds of the plain way, and whether 100 times is asked of it: per public table."""
    from dataclasses import astuple

    from kheo.procedures.queries import figures, public
    from kheo.procedures.views.public.dossiers import Pages

    unit = min(figures.units_with_figures())
    code = figures.latest() or NEWEST
    scope = public.scope_of(code)

    def lines(code: str, unit: int | None = None) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
        found = figures.figures(code, unit=unit)
        assert found is not None
        return tuple({line.name: list(astuple(line.counts)) for line in part} for part in (found.fields, found.units))  # type: ignore[return-value]

    def block() -> list[int]:
        found = figures.headline()
        return list(astuple(found.total)) if found else []

    def rows() -> tuple[int, list[int]]:
        page = Pages(public.Filters(code), public.scope_of(code)).get_page(1)
        return page.paginator.count, [fact.pk for fact in page.object_list]

    plain_late, plain_rows = plain_lists(code)
    codes = [month for month, _counts in figures.trend()]
    pairs: dict[str, tuple[Callable[[], Any], Callable[[], Any], bool]] = {
        "khối của tháng": (block, lambda: plain_total(code), True),
        "bảng theo lĩnh vực và đơn vị, tháng": (lambda: lines(code), lambda: plain_lines(code), True),
        "bảng theo lĩnh vực và đơn vị, năm": (lambda: lines(YEAR), lambda: plain_lines(YEAR), True),
        "bảng của một đơn vị, tháng": (lambda: lines(code, unit), lambda: plain_lines(code, unit), False),
        "bảng của một đơn vị, năm": (lambda: lines(YEAR, unit), lambda: plain_lines(YEAR, unit), False),
        "biểu đồ 13 tháng": (lambda: [list(astuple(counts)) for _code, counts in figures.trend()], lambda: plain_trend(codes), True),
        "danh sách quá hạn": (lambda: [fact.pk for fact in public.overdue(scope)], plain_late, False),
        "danh sách hồ sơ": (rows, plain_rows, False),
    }
    found = {}
    for name, (ours, plain, judged) in pairs.items():
        assert ours() == plain(), f"{name}: not the same table"
        found[name] = least(ours, 25), least(plain, 3), judged
    return found


def run_tables(facts: int) -> dict[str, Any]:
    """Public tables beside the plain way; look-ups over few and over many facts."""
    setup()
    fill(max(24_000, facts // 100))
    from kheo.procedures.actions import sum_up
    from kheo.procedures.models import Batch, DossierFact, ReportingPeriod
    from kheo.procedures.queries import public
    from kheo.procedures.sources import lookup

    def look_up() -> None:
        for n in range(5):
            public.look_up(f"H56.1-220101-{n:06d}", "1234")

    # The import of the first part is one unit's month; the tables are to be those of a hundred units.
    Batch.objects.exclude(filename="b").update(state="discarded")
    for period in ReportingPeriod.objects.filter(code="2023-11"):
        sum_up.sum_up(period)
    assert lookup.secret()
    few = least(look_up, 60)
    DossierFact.objects.filter(batch__in=Batch.objects.filter(filename="b")).delete()
    Batch.objects.filter(filename="b").update(state="discarded", filename="old")
    fill(facts)
    return {"facts": DossierFact.objects.count(), "few": few, "many": least(look_up, 60), "tables": tables()}


def part(name: str, environment: dict[str, str], *arguments: object) -> dict[str, Any]:
    """Run one part in a process of its own and read its answer."""
    done = subprocess.run([sys.executable, "-m", "bench.procedures", "--part", name, *map(str, arguments)], env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])  # type: ignore[no-any-return]


def compare(options: argparse.Namespace) -> bool:
    """Everything on one database; prints a table; True when all is reached."""
    fine = True
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "KHEO_HOME": home}
        path = Path(home) / "ket-xuat.xlsx"
        generate(path, options.rows)
        part("prepare", environment)
        sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
        print(f"{'PostgreSQL' if os.environ.get('DATABASE_URL') else 'SQLite'}; tệp {path.stat().st_size / 1e6:.1f} MB, {options.rows} dòng")
        ours, theirs = part("import", environment, path), part("baseline", environment, path)
        ratio = theirs["seconds"] / ours["seconds"]
        fine &= ratio >= 3 and ours["rss"] <= 600 and ours["accepted"] == options.rows
        print(f"nhập có đủ kiểm tra {ours['seconds']:.1f} s, {ours['rss']} MB · openpyxl + bulk_create {theirs['seconds']:.1f} s, {theirs['rss']} MB · nhanh hơn {ratio:.1f} lần")
        found = part("tables", environment, options.facts)
        print(f"{found['facts']} hồ sơ, hai cách cho cùng một bảng:")
        for name, (ours_s, plain, judged) in found["tables"].items():
            fine &= not judged or plain / ours_s >= 100
            print(f"  {name}: của Khéo {ours_s * 1000:.2f} ms · đếm trực tiếp {plain * 1000:.1f} ms · {plain / ours_s:.0f} lần{' (cần 100)' if judged else ''}")
        print(f"5 lần tra cứu: ít hồ sơ {found['few'] * 1000:.1f} ms · nhiều gấp 100 lần {found['many'] * 1000:.1f} ms · {found['many'] / found['few']:.2f} lần")
        fine &= found["many"] / found["few"] <= 2
    return fine


def main() -> int:
    """Run the comparisons; exit 1 when one is not reached."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--facts", type=int, default=1_000_000)
    parser.add_argument("--full", action="store_true", help="ten million facts")
    parser.add_argument("--postgres", action="store_true", help="on a cluster of its own")
    parser.add_argument("--part", nargs="+", help="internal: one process of the comparison")
    options = parser.parse_args()
    options.facts = 10_000_000 if options.full else options.facts
    if options.part:
        name, *arguments = options.part
        parts = {"prepare": lambda: {"units": setup(True).count()}, "import": lambda: run_import(Path(arguments[0])),
                 "baseline": lambda: run_baseline(Path(arguments[0])), "tables": lambda: run_tables(int(arguments[0]))}
        print(json.dumps(parts[name]()))
        return 0
    if options.postgres and not os.environ.get("DATABASE_URL"):
        again = [sys.executable, "-m", "bench.procedures", "--postgres", "--rows", str(options.rows), "--facts", str(options.facts)]
        return subprocess.call([str(ROOT / "script" / "with-postgres"), *again], cwd=ROOT)
    fine = compare(options)
    print("Đạt." if fine else "Không đạt.")
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
