"""`kheo import procedures FILE`: an export checked and published, the same as at the desk."""

from __future__ import annotations

import errno
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.db import DatabaseError
from tqdm import tqdm

from kheo.accounts.models import User
from kheo.core.commands import CANNOT_RUN, OK, PROBLEMS, KheoCommand, Owner
from kheo.core.errors import DomainError
from kheo.core.rules.dates import parse_datetime
from kheo.organizations import queries as organizations
from kheo.organizations.models import Organization
from kheo.procedures.actions import import_results, open_period
from kheo.procedures.models import ReportingPeriod, Source
from kheo.procedures.rules import periods


class Command(KheoCommand):
    help = (
        "Nhập kết quả giải quyết TTHC từ tệp kết xuất (.xlsx, .xls, .ods, .csv) và công bố; có lỗi thì không công bố gì, trừ khi dùng "
        "--good-rows. Họ tên, địa chỉ, điện thoại, số giấy tờ trong tệp không được đọc và không được lưu."
    )
    prints_results = True

    def arguments(self, parser: CommandParser) -> None:
        """FILE, unit, period and how to treat errors."""
        parser.add_argument("file", type=Path, help="tệp kết xuất cần nhập")
        parser.add_argument("--unit", required=True, help="mã đơn vị, ví dụ 381 hoặc 14812@2023-06-01")
        parser.add_argument("--period", required=True, help="kỳ số liệu, ví dụ 2023-11, 2023-Q4 hoặc 2023")
        parser.add_argument("--scheme", default=periods.CALENDAR, choices=[periods.CALENDAR, periods.CONTROL],
                            help="cách chốt kỳ: calendar (tháng dương lịch) hoặc control (từ ngày 15 đến ngày 14)")
        parser.add_argument("--source", help="tên nguồn số liệu đã lưu (cách đọc cột và nhãn trạng thái)")
        parser.add_argument("--as-of", help="thời điểm chốt số liệu, ví dụ “30/11/2023 17:00”; mặc định là hết kỳ")
        parser.add_argument("--dry-run", action="store_true", help="chỉ kiểm tra, không ghi gì")
        parser.add_argument("--good-rows", action="store_true", help="công bố các dòng đúng, bỏ qua dòng có lỗi")
        parser.add_argument("--marked", type=Path, help="ghi bảng tính đã đánh dấu lỗi (không có dữ liệu cá nhân) ra tệp này")
        parser.add_argument("--by", help="tên đăng nhập của người nhập; bỏ trống thì ghi là dòng lệnh")

    def run(self, **options: Any) -> int | None:
        """Exit 0 without errors, 1 with errors, 2 when file, unit, period or source cannot be found."""
        try:
            unit, period, origin, by, as_of = self._arguments(options)
        except DomainError as error:
            self.fail(str(error.message) or str(error))
            return CANNOT_RUN
        with tqdm(total=None, unit=" dòng", desc="Đọc", disable=self.as_json or not sys.stderr.isatty()) as bar:

            def tell(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            try:
                done = import_results.import_results(
                    options["file"], options["file"].name, unit=unit, period=period, by=by, origin=origin,
                    good_rows=options["good_rows"], dry_run=options["dry_run"], as_of=as_of, tell=tell,
                )
            except (OSError, DatabaseError) as error:
                self.fail(f"Không ghi được dữ liệu ({_short(error)}). Không có gì thay đổi; kiểm tra ổ đĩa và cơ sở dữ liệu rồi nhập lại.")
                return CANNOT_RUN
        if options["marked"] and done.marked:
            options["marked"].write_bytes(done.marked)
            self.say(f"Bảng tính đã đánh dấu: {options['marked']}")
        self._tell(done.report, dry_run=options["dry_run"])
        self.answer(done.report)
        return PROBLEMS if done.report["errors"] else OK

    def _arguments(self, options: dict[str, Any]) -> tuple[Organization, ReportingPeriod, Source | None, Any, datetime | None]:
        if not options["file"].is_file():
            raise DomainError(f"Không có tệp {options['file']}.")
        version = organizations.by_code(options["unit"])
        if version is None:
            raise DomainError(f"Không có đơn vị mang mã “{options['unit']}”.")
        try:
            period = open_period.open_period(options["period"], scheme=options["scheme"], by=None)
        except DomainError as error:
            raise DomainError(f"“{options['period']}” không phải là kỳ số liệu. Viết ví dụ 2023-11, 2023-Q4 hoặc 2023.") from error
        return version.organization, period, _source(options["source"]), _person(options["by"]), _moment(options["as_of"])

    def _tell(self, report: dict[str, Any], *, dry_run: bool) -> None:
        done = "Sẽ công bố" if dry_run else "Đã công bố"
        self.say(f"Đọc {report['rows']} hồ sơ. {done} {report['accepted']}, không đổi {report['unchanged']}, "
                 f"cảnh báo {len(report['warnings'])}, lỗi {len(report['errors'])}.")
        self.say_problems(report, elsewhere="--json hoặc --marked")
        if report["unchanged"] and not report["accepted"]:
            self.say("Tệp này đã được công bố cho đơn vị và kỳ này; không có gì thay đổi.")
        elif report["errors"] and not report["accepted"]:
            self.say("Không công bố dòng nào. Sửa các lỗi trên rồi nhập lại, hoặc dùng --good-rows để công bố các dòng đúng.")


def _short(error: Exception) -> str:
    """The first line of an error, without the values that databases quote."""
    if "full" in str(error).lower() or getattr(error, "errno", None) == errno.ENOSPC:
        return "ổ đĩa đã đầy"
    return f"{type(error).__name__}: {error.strerror}" if isinstance(error, OSError) else type(error).__name__


def _source(name: str | None) -> Source | None:
    found = Source.objects.filter(name=name).first() if name else None
    if name and found is None:
        known = ", ".join(Source.objects.values_list("name", flat=True)) or "chưa có nguồn nào"
        raise DomainError(f"Không có nguồn “{name}”. Các nguồn: {known}.")
    return found


def _person(name: str | None) -> Any:
    found = User.objects.filter(username__iexact=name).first() if name else Owner()
    if found is None:
        raise DomainError(f"Không có tài khoản “{name}”.")
    return found


def _moment(text: str | None) -> datetime | None:
    try:
        return parse_datetime(text) if text else None
    except DomainError as error:
        raise DomainError(f"“{text}” không phải là thời điểm. Viết ví dụ “30/11/2023 17:00”.") from error
