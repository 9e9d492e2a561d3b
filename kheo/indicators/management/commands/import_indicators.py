"""`kheo import indicators FILE`: the same import as at the desk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from kheo.accounts.models import User
from kheo.core.commands import CANNOT_RUN, OK, PROBLEMS, KheoCommand
from kheo.core.errors import DomainError
from kheo.core.messages import describe
from kheo.indicators.actions import import_indicators
from kheo.indicators.queries import definitions
from kheo.organizations import queries as organizations


class Command(KheoCommand):
    help = "Nhập số liệu chỉ tiêu của một đơn vị và một kỳ từ bảng tính (.xlsx, .xls, .ods, .csv); có lỗi thì không nhập gì."
    prints_results = True

    def arguments(self, parser: CommandParser) -> None:
        """FILE, unit and period."""
        parser.add_argument("file", type=Path, help="bảng tính cần nhập")
        parser.add_argument("--unit", required=True, help="mã đơn vị, ví dụ 381 hoặc 14812@2023-06-01")
        parser.add_argument("--period", required=True, help="kỳ, ví dụ 2023, 2023-H1, 2023-Q1, 2023-11")
        parser.add_argument("--dry-run", action="store_true", help="chỉ kiểm tra, không ghi gì")
        parser.add_argument("--template", action="store_true", help="ghi bảng mẫu để điền ra TỆP thay vì nhập")
        parser.add_argument("--by", help="tên đăng nhập của người nhập; bỏ trống thì ghi là hệ thống")

    def run(self, **options: Any) -> int | None:
        """Exit 0 without errors, 1 with errors, 2 when file, unit or period cannot be found."""
        try:
            version = organizations.by_code(options["unit"])
            if version is None:
                raise DomainError(f"Không có đơn vị mang mã “{options['unit']}”.")
            period = definitions.period(options["period"])
            by = User.objects.filter(username__iexact=options["by"]).first() if options["by"] else None
            if options["by"] and by is None:
                raise DomainError(f"Không có tài khoản “{options['by']}”.")
            if options["template"]:
                options["file"].write_bytes(import_indicators.template(version.organization, period))
                self.say(f"Đã ghi bảng mẫu: {options['file']}")
                return OK
            data = options["file"].read_bytes()
            report = import_indicators.import_indicators(
                data, options["file"].name, unit=version.organization, period=period, by=by, dry_run=options["dry_run"]
            )
        except OSError as error:
            self.fail(f"Không đọc được tệp {options['file']}: {error.strerror}.")
            return CANNOT_RUN
        except DomainError as error:
            self.fail(describe(error))
            return CANNOT_RUN
        self._tell(report, options["dry_run"])
        self.answer(report)
        return PROBLEMS if report["errors"] else OK

    def _tell(self, report: dict[str, Any], dry_run: bool) -> None:
        done = "Sẽ nhập" if dry_run else "Đã nhập"
        self.say(f"Đọc {report['rows']} dòng. {done} {report['accepted']} ô, không đổi {report['unchanged']}, "
                 f"cảnh báo {len(report['warnings'])}, lỗi {len(report['errors'])}.")
        self.say_problems(report)
        if report["errors"]:
            self.say("Không nhập ô nào. Sửa các lỗi trên rồi nhập lại.")
