"""Lists and search over 20,000 practices beside the same pages over 200, alternately, in one run.

Two worker processes hold one database each; the parent asks them in turn, so both sides meet the
same noise. Printed: median milliseconds, queries, and the ratio (to stay within 2).
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

SIZES = (200, 20_000)
ROUNDS = 15
PAGES = {
    "trang công khai": ("anonymous", "/mo-hinh/"),
    "trang công khai, lọc lĩnh vực": ("anonymous", "/mo-hinh/?field=economy"),
    "tìm không dấu": ("anonymous", "/mo-hinh/?q=khong+co+ho+ngheo+19"),
    "tìm, rất nhiều kết quả": ("anonymous", "/mo-hinh/?q=mo+hinh"),
    "danh sách ở bàn làm việc": ("officer", "/ban-lam-viec/mo-hinh/"),
    "bàn làm việc, lọc trạng thái": ("officer", "/ban-lam-viec/mo-hinh/?state=running"),
    "bàn làm việc, tìm": ("officer", "/ban-lam-viec/mo-hinh/?q=ho+ngheo+so+1"),
}


def worker(size: int) -> None:
    """Build a database of `size` practices, then time the pages named on standard input."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    call_command("migrate", verbosity=0, interactive=False)
    officer = fill(size)
    clients = {"anonymous": Client(), "officer": Client()}
    clients["officer"].force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    print(json.dumps({"ready": size}), flush=True)
    for line in sys.stdin:
        who, address = json.loads(line)
        began = time.perf_counter()
        answer = clients[who].get(address)
        elapsed = time.perf_counter() - began
        with CaptureQueriesContext(connection) as queries:
            clients[who].get(address)
        print(json.dumps({"status": answer.status_code, "ms": elapsed * 1000, "queries": len(queries)}), flush=True)


def fill(size: int) -> Any:
    """`size` practices over all wards, fields, two cycles and the everyday states."""
    from django.db import transaction
    from django.utils import timezone

    from kheo.core.rules import text
    from kheo.practices.models import Practice
    from tests.cast import assemble

    now = timezone.now()
    with transaction.atomic():
        cast = assemble()
        wards, fields = list(cast.wards.values()), list(cast.fields.values())
        states = ["running", "recognized", "exemplary", "listed", "submitted", "evaluating", "running"]
        rows = []
        for n in range(size):
            title = f"Mô hình khu dân cư không có hộ nghèo số {n}"
            ward = wards[n % len(wards)]
            rows.append(
                Practice(
                    cycle=cast.cycle if n % 3 else cast.old_cycle, title=title, state=states[n % len(states)], state_since=now,
                    kind="model" if n % 5 else "exemplar", subject="collective", field=fields[n % 4], ward=ward,
                    organization=ward, receipt_number=f"B-{n:06d}", slug=f"{text.slugify(title)}-{n}", registered_at=now,
                    title_folded=text.fold(title), folded=text.fold(f"{title} {ward}"), sort_key=text.collation_key(title)[:400],
                )
            )
        Practice.objects.bulk_create(rows, batch_size=1000)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return cast.officer


def ask(process: subprocess.Popen[str], question: Any) -> dict[str, Any]:
    """One question to a worker, its answer."""
    assert process.stdin
    assert process.stdout
    process.stdin.write(json.dumps(question) + "\n")
    process.stdin.flush()
    return json.loads(process.stdout.readline())  # type: ignore[no-any-return]


def start(size: int, home: Path) -> subprocess.Popen[str]:
    """A worker with a data folder of its own."""
    environment = {**os.environ, "KHEO_HOME": str(home / str(size))}
    environment.pop("DATABASE_URL", None)
    Path(environment["KHEO_HOME"]).mkdir(parents=True)
    return subprocess.Popen(
        [sys.executable, "-m", "bench.registry", "--worker", str(size)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True, env=environment,
    )


def compare(workers: dict[int, subprocess.Popen[str]]) -> bool:
    """Time every page on both sides alternately; print a table; True when every ratio is ≤ 2."""
    fine = True
    print(f"{'trang':34} {'200':>9} {'20.000':>9} {'tỷ lệ':>7} {'truy vấn':>10}")
    for title, page in PAGES.items():
        times: dict[int, list[float]] = {size: [] for size in SIZES}
        queries: dict[int, int] = {}
        for turn in range(ROUNDS + 2):
            for size, process in workers.items():
                answer = ask(process, page)
                assert answer["status"] == 200, (title, answer)
                queries[size] = answer["queries"]
                if turn >= 2:  # the first two turns warm up
                    times[size].append(answer["ms"])
        small, large = (statistics.median(times[size]) for size in SIZES)
        ratio = large / small
        fine = fine and ratio <= 2
        print(f"{title:34} {small:7.1f}ms {large:7.1f}ms {ratio:6.2f}x {queries[200]:>4}/{queries[20000]}")
    return fine


def main() -> int:
    """Run the comparison; exit 1 when a page over 20,000 takes more than twice its time over 200."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worker", type=int, help="internal: be one side")
    options = parser.parse_args()
    if options.worker:
        worker(options.worker)
        return 0
    with tempfile.TemporaryDirectory() as home:
        workers = {size: start(size, Path(home)) for size in SIZES}
        for process in workers.values():
            assert process.stdout
            print(f"sẵn sàng: {json.loads(process.stdout.readline())['ready']} mô hình")
        fine = compare(workers)
        for process in workers.values():
            assert process.stdin
            process.stdin.close()
            process.wait()
    print("Đạt: mọi trang trong 2 lần." if fine else "Không đạt: có trang vượt 2 lần.")
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
