"""kheo report build: one report as a file."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from kheo.core.commands import CANNOT_RUN, KheoCommand
from kheo.core.rules.numbers import format_number
from kheo.reports.queries import building
from kheo.reports.queries.rendering import FORMATS


class Command(KheoCommand):
    help = "Lập báo cáo sơ kết, tổng kết của một đơn vị ra tệp .docx, .pdf, .xlsx hoặc .html."
    prints_results = True

    def arguments(self, parser: CommandParser) -> None:
        """The unit, the period, the format and where to write."""
        parser.add_argument("--kind", required=True, choices=("interim", "annual"), help="interim: sơ kết; annual: tổng kết năm")
        parser.add_argument("--unit", required=True, metavar="MÃ", help="mã đơn vị: 381, 14812, hoặc 14812@2023-06-01")
        parser.add_argument("--period", required=True, metavar="KỲ", help="2023, 2023-H1, 2023-Q3, 2023-11")
        parser.add_argument("--format", required=True, choices=FORMATS, dest="form", help="dạng tệp")
        parser.add_argument("--out", required=True, metavar="TỆP", help="tệp sẽ ghi")
        parser.add_argument("--layout", choices=("state", "party"), default="", help="thể thức: state (Nghị định 30) hoặc party (Hướng dẫn 36); bỏ trống: theo cơ quan ban hành")
        parser.add_argument("--live", action="store_true", help="lấy số liệu hiện thời, kể cả khi báo cáo đã ban hành")

    def run(self, **options: Any) -> int | None:
        """Build and write; an existing file is replaced only by a whole new one."""
        target = Path(options["out"])
        problem = self._unwritable(target)
        if problem:
            self.fail(problem)
            return CANNOT_RUN
        unit = building.unit_of(options["unit"])
        period = building.period_of(options["period"], options["kind"])
        built = building.build(unit, options["kind"], period, options["form"], layout=options["layout"], live=options["live"])
        try:
            _write(target, built.data)
        except OSError as error:
            self.fail(f"Không ghi được “{target}”: {error.strerror}. Chọn nơi khác bằng --out.")
            return CANNOT_RUN
        missing = sorted(t for t in built.content["used"] if built.content["figures"][t]["state"] == "missing")
        number = built.issue.document.number if built.issue else None
        self.say(f"Đã ghi {target} ({format_number(len(built.data))} byte), thể thức {'của Đảng' if built.layout == 'party' else 'hành chính'}.")
        self.say(f"Báo cáo đã ban hành số {number}: dùng số liệu đã chốt (thêm --live để lấy số liệu hiện thời)." if number else "Dự thảo: số liệu hiện thời, chưa ban hành.")
        for token in missing:
            self.say(f"Chưa có số liệu: {built.content['figures'][token]['label']} ({token}).")
        self.answer({
            "file": str(target), "bytes": len(built.data), "layout": built.layout, "issued": number, "sha256": built.issue.sha256 if built.issue else None,
            "as_of": built.content["day"], "figures": built.content["figures"], "missing": missing,
        })
        return None

    def _unwritable(self, target: Path) -> str:
        if target.is_dir():
            return f"“{target}” là một thư mục: hãy ghi cả tên tệp, ví dụ {target / 'bao-cao.docx'}."
        if not target.parent.is_dir():
            return f"Không có thư mục “{target.parent}”: hãy tạo thư mục trước hoặc chọn nơi khác bằng --out."
        if not os.access(target.parent, os.W_OK) or (target.exists() and not os.access(target, os.W_OK)):
            return f"Không có quyền ghi “{target}”: chọn nơi khác bằng --out."
        return ""


def _write(target: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".kheo-", suffix=target.suffix)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(target)
    finally:
        with contextlib.suppress(FileNotFoundError):
            Path(name).unlink()


