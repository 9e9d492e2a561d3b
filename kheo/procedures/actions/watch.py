"""The watched folder, and files that must not stay: what `kheo run-due` does by itself.

A file of `KHEO_HOME/incoming` is named `<unit>_<period>…`, such as `14812_2023-11_ket-xuat.xlsx`. It is
taken only when it has not changed for a minute (a copy still being written is left alone), imported
with the rules of the command line, and deleted; an answer stands beside it as `….json` and, with
errors, the marked workbook.
"""

from __future__ import annotations

import json
import re
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from kheo.core.errors import DomainError
from kheo.core.messages import describe
from kheo.core.models import Job
from kheo.organizations import queries as organizations
from kheo.procedures.actions import import_results, open_period
from kheo.procedures.actions.receive import ENDINGS
from kheo.procedures.models import Batch
from kheo.procedures.rules import personal

_NAME = re.compile(r"(?P<unit>[0-9]{3,5}(?:@[0-9-]{10})?)_(?P<period>[0-9]{4}(?:-(?:[0-9]{2}|Q[1-4]|H[12]))?)(?:[_ .-].*)?")
STILL = 60
KEPT = timedelta(days=7)


class Watcher:
    """Who imports from the watched folder: whoever may write into it."""

    pk = None
    is_superuser = True

    def __str__(self) -> str:
        return "Thư mục chờ nhập"


def folder() -> Path:
    """Where exports are dropped: KHEO_INCOMING, else `incoming` in the data folder."""
    return Path(getattr(settings, "KHEO_INCOMING", "") or Path(settings.KHEO_HOME) / "incoming")


def take_incoming(now: float | None = None) -> int:
    """Import every file that lies still in the watched folder; how many were taken."""
    place = folder()
    if not place.is_dir():
        return 0
    taken = 0
    for path in sorted(place.iterdir()):
        if path.suffix.lower() in ENDINGS and path.is_file() and (now or time.time()) - path.stat().st_mtime >= STILL and ".da-danh-dau" not in path.name:
            _take(path)
            taken += 1
    return taken


def _take(path: Path) -> None:
    report: dict[str, Any]
    marked = b""
    try:
        done = _import(path)
        report, marked = done.report, done.marked if done.report["errors"] else b""
    except DomainError as error:
        problem = {"sheet": "", "cell": "", "field": "", "value": personal.quoted(path.name), "message": describe(error)}
        report = {"rows": 0, "accepted": 0, "unchanged": 0, "warnings": [], "errors": [problem], "batch": None}
    path.with_name(path.name + ".json").write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")
    if marked:
        path.with_name(path.stem + ".da-danh-dau.xlsx").write_bytes(marked)
    path.unlink()


def _import(path: Path) -> import_results.Done:
    match = _NAME.fullmatch(path.stem)
    version = organizations.by_code(match["unit"]) if match else None
    if match is None or version is None:
        raise DomainError("Tên tệp phải bắt đầu bằng mã đơn vị và kỳ, ví dụ 14812_2023-11_ket-xuat.xlsx.")
    period = open_period.open_period(match["period"], by=None)
    return import_results.import_results(path, path.name, unit=version.organization, period=period, by=Watcher())


def sweep_files() -> int:
    """Delete uploads whose check was cut off and marked workbooks older than a week; how many."""
    now, gone = timezone.now(), 0
    ended = [Job.State.FAILED, Job.State.INTERRUPTED, Job.State.DONE]
    stale = Batch.objects.exclude(upload="").filter(at__lt=now - timedelta(days=1)) | Batch.objects.exclude(upload="").filter(job__state__in=ended)
    for batch in [*stale.distinct(), *Batch.objects.exclude(marked_file="").filter(at__lt=now - KEPT)]:
        for name in ("upload", "marked_file"):
            file = getattr(batch, name)
            if file and (name == "upload" or batch.at < now - KEPT):
                file.delete(save=False)
                gone += 1
        batch.save(update_fields=["upload", "marked_file"])
    return gone
