"""Visits: acknowledged hits beside a bare 204 and beside one Django insert per hit; folding; figures; logs.

    script/bench visits [--seconds 4] [--sites 3321] [--lines 1000000] [--parts hits,folding,log,years]
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

HOME = Path(tempfile.mkdtemp(prefix="kheo-bench-visits-"))
os.environ["KHEO_HOME"] = str(HOME)
os.environ.pop("DATABASE_URL", None)
os.environ["DJANGO_SETTINGS_MODULE"] = "kheo.config.settings"

import django  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402

from kheo.visits import models  # noqa: E402
from kheo.visits.actions import fold, import_log  # noqa: E402
from kheo.visits.queries import figures  # noqa: E402
from kheo.visits.rules import lines, tokens  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
TABLES = [models.HourCount, models.DayCount, models.MonthCount, models.Label, models.LabelDay, models.VisitorDay, models.Segment,
          models.Fold, models.Closing, models.Opening, models.ImportedLog]  # fmt: skip
AGENT = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36"
LUA = """
local n = 0
request = function()
  n = n + 1
  wrk.headers["X-Forwarded-For"] = string.format("10.%d.%d.%d", math.random(0, 255), math.random(0, 255), n % 250)
  return wrk.format(nil, nil)
end
wrk.method = "POST"
"""


def serve(name: str, threads: int, **more: str) -> tuple[subprocess.Popen, int]:
    """A granian with two workers of so many threads each."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", str(threads), "--port", str(port),
               "--log-level", "error", f"bench.visits_servers:{name}"]  # fmt: skip
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **more})
    for _ in range(200):
        time.sleep(0.1)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
    time.sleep(1)
    return process, port


def processor(process: subprocess.Popen) -> float:
    """Seconds of processor time the server and its workers have used: a busy machine does not change them."""
    found, wanted = 0.0, {process.pid}
    for stat in sorted(Path("/proc").glob("[0-9]*/stat"), key=lambda path: int(path.parent.name)):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rsplit(")", 1)[1].split()
            if int(stat.parent.name) in wanted or int(fields[1]) in wanted:
                wanted.add(int(stat.parent.name))
                found += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return found


def load(process: subprocess.Popen, port: int, path: str, seconds: int) -> tuple[float, str, int, float]:
    """Answers a second, the 99th percentile, answers that were no success, and the server's microseconds for
    each, by wrk at 32 connections."""
    before = processor(process)
    script = HOME / "hit.lua"
    script.write_text(LUA)
    done = subprocess.run(
        ["wrk", "-t2", "-c32", f"-d{seconds}s", "--latency", "-s", str(script), "-H", f"User-Agent: {AGENT}", f"http://127.0.0.1:{port}{path}"],
        capture_output=True, text=True, check=True,
    )
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)[1])
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", done.stdout)
    answered = int(re.search(r"(\d+) requests in", done.stdout)[1])
    return rate, re.search(r"99%\s+(\S+)", done.stdout)[1], int(failed[1]) if failed else 0, (processor(process) - before) / max(answered, 1) * 1e6


def hits(seconds: int, threads: int) -> None:
    """Three rounds of each in turn, medians and ratios."""
    token = tokens.make(tokens.key_from("bench"), 1, "/tin-tuc/")
    beacon, port = serve("beacon", threads)
    waiting, waiting_port = serve("waiting", threads)
    rows, row_port = serve("rows", threads, BENCH_ROWS="1")
    hit = f"/truy-cap/ghi?p={token}"
    cases = {"beacon": (beacon, port, hit), "bare 204": (beacon, port, "/bare"), "Django insert": (rows, row_port, "/row"),
             "disk first": (waiting, waiting_port, hit)}
    found: dict[str, list[tuple[float, str, int, float]]] = {name: [] for name in cases}
    try:
        for _ in range(3):
            for name, (process, where, path) in cases.items():
                found[name].append(load(process, where, path, seconds))
    finally:
        for process in (beacon, waiting, rows):
            process.terminate()
            process.wait()
    rates = {name: statistics.median(one[0] for one in each) for name, each in found.items()}
    own = {name: statistics.median(one[3] for one in each) for name, each in found.items()}
    for name, each in found.items():
        print(f"{name:14} {rates[name]:10,.0f}/s   p99 {each[1][1]:>8}   refused {sum(one[2] for one in each)}   processor {own[name]:.0f} µs each")
    print(f"by the processor alone: beacon / bare 204 {own['bare 204'] / own['beacon']:.2f}, beacon / Django insert {own['Django insert'] / own['beacon']:.1f}")
    print(f"disk first / bare 204  {rates['disk first'] / rates['bare 204']:.2f}   (KHEO_VISITS_SYNC_MS=0)")
    print(f"beacon / bare 204      {rates['beacon'] / rates['bare 204']:.2f}   (to reach 0.5)")
    print(f"beacon / Django insert {rates['beacon'] / rates['Django insert']:.1f}   (to reach 20)")


def folding(count: int) -> None:
    """Hits folded a second: 5,000 visitors, 300 pages, four segments. What `hits` left is folded before: nearly each of
    its hits is another visitor, which is a row each."""
    began = time.perf_counter()
    strangers = fold.fold().lines
    if strangers:
        print(f"folding        {strangers / (time.perf_counter() - began):10,.0f} hits/s where nearly each is another visitor")
    facts = [lines.facts(1, "h", "phone", "-", f"/trang-{n}/") for n in range(300)]
    visitors = [b"%016x" % n for n in range(5000)]
    start = lines.start_of(date(2026, 11, 24))
    folder = HOME / "visits" / "segments" / "20261124"
    folder.mkdir(parents=True)
    for part in range(4):
        made = []
        for n in range(count // 4):
            second = start + n * 80_000 // (count // 4)
            made.append(lines.write(lines.hour_of(second), random.choice(facts), random.choice(visitors), second))
        with (folder / f"{part}.log").open("wb") as out:  # on the disk by now, as the beacon's lines are
            out.write(b"".join(made))
            os.fsync(out.fileno())
    began, own = time.perf_counter(), time.process_time()
    folded = fold.fold().lines
    spent, own = time.perf_counter() - began, time.process_time() - own
    assert models.DayCount.objects.get(site=1, day=date(2026, 11, 24)).views == count // 4 * 4
    print(f"folding        {folded / spent:10,.0f} hits/s   (to reach 200,000); {folded / own:,.0f} a second of the processor")


def ten_years(sites: int) -> None:
    """The five figures of one site among ten years of daily rows of all sites."""
    columns = ", ".join(models.COUNTS)
    first, days = date(2016, 12, 1), 3652
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
        cursor.execute(
            f"WITH RECURSIVE s(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM s WHERE n < {sites + 1}), d(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM d WHERE n < {days - 1})"
            f" INSERT INTO visits_daycount (site, day, source, {columns}) SELECT s.n, date('{first}', '+' || d.n || ' days'), 'beacon', 500 + d.n % 97, 200, 0,0,0,0,0,0,0 FROM s, d"
        )
        cursor.execute(
            f"INSERT INTO visits_monthcount (site, month, stated_days, {columns}) SELECT site, strftime('%Y-%m-01', day), 0, sum(views), sum(visits), 0,0,0,0,0,0,0 FROM visits_daycount WHERE site > 1 GROUP BY 1, 2"
        )
    spent = []
    last = first + timedelta(days=days - 1)
    for site in random.sample(range(2, sites + 2), min(200, sites)):
        began = time.perf_counter()
        found = figures(site, last)
        spent.append((time.perf_counter() - began) * 1000)
        assert found.each["all"].views > 500 * days
    spent.sort()
    rows = models.DayCount.objects.count()
    print(f"figures        {statistics.median(spent):10.2f} ms median, {spent[int(len(spent) * 0.95)]:.2f} ms p95 over {rows:,} rows   (to reach 5 ms)")


def log(count: int) -> None:
    """Lines of a combined log read and added a second."""
    path = HOME / "access.log"
    with path.open("w") as out:
        for n in range(count):
            agent = AGENT if n % 5 else "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)"
            target = f"/tin-tuc/bai-{n % 400}/" if n % 3 else "/static/kheo.css"
            out.write(f'203.0.{n % 250}.{n % 37} - - [{1 + n * 27 // count:02d}/Oct/2023:{n % 24:02d}:{n % 60:02d}:00 +0700] "GET {target} HTTP/1.1" 200 5120 "https://google.com/" "{agent}"\n')
    began, own = time.perf_counter(), time.process_time()
    report = import_log.import_log(path, site=1, by=None)
    spent, own = time.perf_counter() - began, time.process_time() - own
    print(f"import-log     {report.lines / spent:10,.0f} lines/s   (to reach 100,000); {report.lines / own:,.0f} a second of the processor; {report.views:,} views, {report.robots:,} robots")


def main() -> None:
    """Everything in one run."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--sites", type=int, default=3321)
    parser.add_argument("--threads", type=int, default=16, help="of each of the two workers; more share one write to the disk")
    parser.add_argument("--parts", default="hits,folding,log,years", help="some of them, in this order")
    parser.add_argument("--lines", type=int, default=1_000_000)
    options = parser.parse_args()
    with connection.schema_editor() as editor:
        for model in TABLES:
            editor.create_model(model)
    from kheo.audit.models import Entry, Head

    with connection.schema_editor() as editor:
        editor.create_model(Entry)
        editor.create_model(Head)
    parts = {"hits": lambda: hits(options.seconds, options.threads), "folding": lambda: folding(options.lines), "log": lambda: log(options.lines), "years": lambda: ten_years(options.sites)}
    for name in options.parts.split(","):
        parts[name]()


if __name__ == "__main__":
    main()
