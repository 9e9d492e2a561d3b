"""The page store beside nginx's own static files: requests a second, waits and memory, all in one run.

    script/bench pages [--seconds 5] [--rounds 3] [--home FOLDER]

One and the same article, gzipped, 32 connections, two worker processes, wrk on the same machine:
only the ratios mean something. `--home` takes a loaded data folder (it is copied) instead of
loading the demo anew.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import requests

from bench import nginx
from kheo.config import serving

WORK = Path(tempfile.mkdtemp(prefix="kheo-bench-pages-"))
ROOT = Path(__file__).resolve().parents[1]
HOST = "localhost"
CONNECTIONS = 32
BASELINE = """
server {{
    listen 127.0.0.1:{port};
    root {folder};
    gzip_static on;
    charset utf-8;
}}
"""
ROTATE = """
local n, all = 0, {count}
request = function() n = n + 1; return wrk.format(nil, string.format("/tin-tuc/bench-%05d/", (n * 7919 + {seed}) % all)) end
"""


@dataclass
class Load:
    """What wrk told of one run."""

    rate: float
    p99: float
    failed: int


@dataclass
class Case:
    """One thing measured: where it listens, what it is asked."""

    name: str
    port: int
    path: str
    runs: list[Load] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """The median of the runs."""
        return statistics.median(run.rate for run in self.runs)

    @property
    def p99(self) -> float:
        """The median of the 99th percentiles, in milliseconds."""
        return statistics.median(run.p99 for run in self.runs)

    @property
    def failed(self) -> int:
        """Answers that were no success, and socket errors, of all runs."""
        return sum(run.failed for run in self.runs)


def milliseconds(told: str) -> float:
    """wrk's 812.00us, 3.40ms, 1.02s; nothing measured (-nan) is endless."""
    found = re.fullmatch(r"([\d.]+)(us|ms|s|m)", told)
    if found is None:
        return float("inf")
    number, unit = found.groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}[unit]


def wrk(port: int, path: str, seconds: int, *more: str, connections: int = CONNECTIONS, threads: int = 2) -> Load:
    """One run."""
    done = subprocess.run(
        ["wrk", f"-t{threads}", f"-c{connections}", f"-d{seconds}s", "--latency", "--timeout", "10s", "-H", f"Host: {HOST}",
         "-H", "Accept-Encoding: gzip", *more, f"http://127.0.0.1:{port}{path}"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", done.stdout)
    errors = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", done.stdout)
    failed = (int(bad[1]) if bad else 0) + (sum(map(int, errors.groups())) if errors else 0)
    return Load(float(re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)[1]), milliseconds(re.search(r"99%\s+(\S+)", done.stdout)[1]), failed)


def environment(home: Path, port: int, pages: str = "1") -> dict[str, str]:
    """Nothing of the caller's but the path."""
    own = {name: value for name, value in serving.child_environment().items() if not name.startswith(("KHEO_", "DATABASE_URL"))}
    return {**own, "KHEO_HOME": str(home), "KHEO_PORT": str(port), "KHEO_PAGES": pages}


def serve(home: Path, pages: str = "1") -> tuple[subprocess.Popen[bytes], int]:
    """The web server exactly as `kheo serve` starts it, with two workers."""
    port = nginx.free_port()
    command = serving.web_command("127.0.0.1", port, 2)
    process = subprocess.Popen(command, cwd=ROOT, env=environment(home, port, pages))
    for _ in range(300):
        time.sleep(0.1)
        try:
            if requests.get(f"http://127.0.0.1:{port}/healthz", timeout=5).status_code == 200:
                return process, port
        except requests.ConnectionError:
            continue
    raise RuntimeError("granian does not answer")


def load_demo(home: Path, given: Path | None) -> None:
    """A data folder with the demo: loaded now, or the copy of a loaded one with the static files of today."""
    if given:
        shutil.copytree(given, home, ignore=shutil.ignore_patterns("pages"))
    for words in ("migrate",) if given else ("migrate", "demo load --if-empty"):
        subprocess.run([sys.executable, "-m", "kheo.config.command", *words.split()], cwd=ROOT, env=environment(home, 8000), check=True, stdout=subprocess.DEVNULL)


def get(port: int, path: str) -> requests.Response:
    """One page as wrk asks for it."""
    return requests.get(f"http://127.0.0.1:{port}{path}", headers={"Host": HOST, "Accept-Encoding": "gzip"}, timeout=60)


def memory(process: subprocess.Popen[bytes]) -> float:
    """MB of the workers: each one's share of what it shares (PSS)."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    total = 0
    for child in children:
        found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{child}/smaps_rollup").read_text(), re.MULTILINE)
        total += int(found[1])
    return total / 1024


def fill(home: Path, body: bytes, headers: list[tuple[str, str]], count: int) -> None:
    """Put `count` copies of the article into the store, under addresses of their own."""
    from kheo.core.pages.disk import Disk, Epoch, kept
    from kheo.core.pages.ledger import open_ledger
    from kheo.core.pages.rules.requests import Question

    book, page = open_ledger(home), kept(headers, body)
    disk, day = Disk(book.folder, 4 << 30), time.strftime("%Y-%m-%d")
    generation = book.generation()
    for number in range(count):
        disk.write(Epoch(generation, day), Question(HOST, f"/tin-tuc/bench-{number:05d}/", ""), page)


def session(home: Path) -> str:
    """A signed-in session of an officer of the demo."""
    code = (
        "from django.contrib.auth import get_user_model as m, BACKEND_SESSION_KEY as b, HASH_SESSION_KEY as h, SESSION_KEY as s\n"
        "from django.contrib.sessions.backends.db import SessionStore\n"
        "u = m().objects.get(username='canbo'); x = SessionStore(); x[s] = str(u.pk); x[b] = 'django.contrib.auth.backends.ModelBackend'\n"
        "x[h] = u.get_session_auth_hash(); x.save(); print('KEY', x.session_key)"
    )
    done = subprocess.run([sys.executable, "manage.py", "shell", "-c", code], cwd=ROOT, env=environment(home, 8000), check=True, capture_output=True, text=True)
    return re.search(r"KEY (\S+)", done.stdout)[1]


def beside_desk(case: Case, key: str, seconds: int) -> tuple[Load, Load]:
    """The article's rate while two connections work at the desk."""
    desk = subprocess.Popen(
        ["wrk", "-t1", "-c2", f"-d{seconds + 2}s", "--timeout", "20s", "-H", f"Host: {HOST}", "-H", f"Cookie: sessionid={key}",
         f"http://127.0.0.1:{case.port}/ban-lam-viec/mo-hinh/"],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    time.sleep(1)
    found = wrk(case.port, case.path, seconds)
    told = desk.communicate()[0]
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1])
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", told)
    return found, Load(rate, 0, int(bad[1]) if bad else 0)


def verdict(words: str, value: float, wanted: float, reached: Callable[[float, float], bool], form: str = ".2f") -> None:
    """One line: what, how much, what was wanted, and whether."""
    print(f"{words:58} {value:{form}}   (wanted {wanted:g})   {'reached' if reached(value, wanted) else 'NOT REACHED'}")


def at_least(value: float, wanted: float) -> bool:
    """For verdict."""
    return value >= wanted


def at_most(value: float, wanted: float) -> bool:
    """For verdict."""
    return value <= wanted


def main() -> None:
    """Everything in one run."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--home", type=Path)
    options = parser.parse_args()
    home, off_home = WORK / "home", WORK / "off"
    os.environ["TZ"] = "Asia/Ho_Chi_Minh"
    time.tzset()
    load_demo(home, options.home)
    shutil.copytree(home, off_home, ignore=shutil.ignore_patterns("pages"))
    processes: list[subprocess.Popen[bytes]] = []
    try:
        run(home, off_home, options.seconds, options.rounds, processes)
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait()
        shutil.rmtree(WORK, ignore_errors=True)


def run(home: Path, off_home: Path, seconds: int, rounds: int, processes: list[subprocess.Popen[bytes]]) -> None:
    """Start the four, measure them in turn, print."""
    server, port = serve(home)
    processes.append(server)
    bare, off_port = serve(off_home, pages="0")
    processes.append(bare)
    article = re.search(r'href="(/tin-tuc/(?!rss|atom)[a-z0-9-]{20,}/)"', get(port, "/tin-tuc/").text)[1]
    get(port, article)  # the first may make smaller pictures, which is a write, and is not kept
    page = get(port, article)
    static, base_port, site_port = WORK / "static", nginx.free_port(), nginx.free_port()
    (static / "x").mkdir(parents=True)
    (static / "x" / "index.html").write_bytes(page.content)
    kept = next((home / "pages").rglob(f"{article.strip('/')}/index.html.gz"))
    shutil.copy(kept, static / "x" / "index.html.gz")
    settings = nginx.write(WORK / "nginx", home, port, site_port, BASELINE.format(port=base_port, folder=static))
    processes.append(nginx.start(settings, base_port))
    for where in (port, site_port):
        again = get(where, article)
        assert (again.status_code, again.content, again.headers["Content-Encoding"]) == (200, page.content, "gzip"), again.headers
    # nginx tags a file it serves itself "time-length"; Khéo's own tag has its encoding behind.
    assert not get(site_port, article).headers["ETag"].endswith('gzip"')
    print(f"{article}: {len(page.content):,} bytes, {kept.stat().st_size:,} gzipped")
    cases = {
        "static": Case("nginx, gzip_static", base_port, "/x/index.html"), "store": Case("granian with the store", port, article),
        "site": Case("our nginx site over the store", site_port, article), "off": Case("granian, store off", off_port, article),
    }  # fmt: skip
    for case in cases.values():
        wrk(case.port, case.path, 1)
    for _ in range(rounds):
        for case in cases.values():
            case.runs.append(wrk(case.port, case.path, seconds))
    for case in cases.values():
        print(f"{case.name:32} {case.rate:10,.0f}/s   p99 {case.p99:8.2f} ms   failed {case.failed}")
    store, static_rate = cases["store"], cases["static"].rate
    print(f"store on / store off: {store.rate / cases['off'].rate:,.0f}×")
    verdict("granian with the store / nginx static", store.rate / static_rate, 0.5, at_least)
    verdict("our nginx site / nginx static", cases["site"].rate / static_rate, 0.95, at_least)
    verdict("p99 of the store at 32 connections, ms", store.p99, 10, at_most, ".1f")
    few = off_home.with_name("few")
    shutil.copytree(off_home, few, ignore=shutil.ignore_patterns("pages", "*-shm"))  # its server is at work; SQLite makes that file anew
    processes.append(many(few, (home, port), article, page, seconds, rounds))
    verdict("memory of two workers with 10,000 pages (PSS), MB", memory(server), 400, at_most, ".0f")
    key, shares = session(home), []
    for _ in range(rounds):
        idle = wrk(port, article, seconds)
        beside, desk = beside_desk(store, key, seconds)
        shares.append((beside.rate / idle.rate, beside.p99, desk.rate, desk.failed + beside.failed))
    share, p99, desk_rate, failed = (statistics.median(each) for each in zip(*shares, strict=True))
    verdict("rate beside two connections of desk work / idle rate", share, 0.4, at_least)
    print(f"  meanwhile: store p99 {p99:.1f} ms, desk {desk_rate:.1f} pages/s, failed {failed:.0f}")


def many(
    few: Path, full: tuple[Path, int], article: str, page: requests.Response, seconds: int, rounds: int
) -> subprocess.Popen[bytes]:
    """One page's rate, and the rate over all pages in turn, with 10 and with 10,000 pages in the store, alternately.

    The ten stand in a server of their own, which is stopped at the end.
    """
    small, small_port = serve(few)
    servers = {10: (few, small_port), 10_000: full}
    assert get(small_port, article).status_code == 200
    headers = [(name.lower(), value) for name, value in page.headers.items() if name.lower() not in {"server", "date", "content-length"}]
    rates: dict[tuple[str, int], list[float]] = {}
    for count, (home, port) in servers.items():
        fill(home, page.content, headers, count)
        (WORK / f"rotate-{count}.lua").write_text(ROTATE.format(count=count, seed=1))
        for _ in range(2 if count > 10 else 1):  # until every worker holds every page
            wrk(port, "/", 3, "-s", str(WORK / f"rotate-{count}.lua"))
    for _ in range(rounds):
        for count, (_home, port) in servers.items():
            rates.setdefault(("one", count), []).append(wrk(port, article, seconds).rate)
            rates.setdefault(("all", count), []).append(wrk(port, "/", seconds, "-s", str(WORK / f"rotate-{count}.lua")).rate)
    found = {key: statistics.median(value) for key, value in rates.items()}
    verdict("one page's rate, 10,000 pages kept / 10 pages kept", found["one", 10_000] / found["one", 10], 0.9, at_least)
    verdict("rate over all pages in turn, 10,000 / 10", found["all", 10_000] / found["all", 10], 0.9, at_least)
    small.terminate()
    return small


if __name__ == "__main__":
    main()
