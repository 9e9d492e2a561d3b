"""`kheo import practices FILE`: the same import as at the desk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from kheo.accounts.models import User
from kheo.core.commands import CANNOT_RUN, OK, PROBLEMS, KheoCommand, Owner
from kheo.core.errors import DomainError
from kheo.core.rules.dates import parse_date
from kheo.core.verdicts import require
from kheo.movements.models import Cycle, Movement
from kheo.organizations import queries as organizations
from kheo.organizations.models import Organization
from kheo.practices.actions import import_practices


class Command(KheoCommand):
    help = "Nhập mô hình, điển hình từ bảng tính (.xlsx, .xls, .ods, .csv); có lỗi thì không nhập gì, trừ khi dùng --good-rows."
    prints_results = True

    def arguments(self, parser: CommandParser) -> None:
        """FILE, movement, cycle, unit and how to treat errors."""
        parser.add_argument("file", type=Path, help="bảng tính cần nhập")
        parser.add_argument("--movement", default="dan-van-kheo", help="mã phong trào (mặc định dan-van-kheo)")
        parser.add_argument("--cycle", required=True, help="mã chu kỳ, ví dụ 2023")
        parser.add_argument("--unit", required=True, help="mã đơn vị, ví dụ 381 hoặc 14812@2023-06-01")
        parser.add_argument("--received", help="ngày nhận danh sách, là ngày đăng ký của dòng không ghi ngày, ví dụ 05/02/2023 (mặc định hôm nay)")
        parser.add_argument("--dry-run", action="store_true", help="chỉ kiểm tra, không ghi gì")
        parser.add_argument("--good-rows", action="store_true", help="nhập các dòng đúng, bỏ qua dòng có lỗi")
        parser.add_argument("--marked", type=Path, help="ghi bảng tính đã đánh dấu lỗi ra tệp này")
        parser.add_argument("--by", help="tên đăng nhập của người nhập; bỏ trống thì ghi là dòng lệnh")

    def run(self, **options: Any) -> int | None:
        """Exit 0 without errors, 1 with errors, 2 when file, movement, cycle or unit cannot be found."""
        try:
            data, cycle, unit, by = self._arguments(options)
            received = parse_date(options["received"]) if options["received"] else None
        except DomainError as error:
            self.fail(str(error.message))
            return CANNOT_RUN
        name = options["file"].name
        if options["dry_run"]:
            plan = import_practices.check(data, name, cycle=cycle, unit=unit)
            report = plan.report(accepted=0 if plan.understanding.errors and not options["good_rows"] else len(plan.new), batch=None)
            marked = import_practices.marked(plan)
        else:
            require(import_practices.may_import(by, unit))
            batch = import_practices.import_practices(data, name, cycle=cycle, unit=unit, by=by, good_rows=options["good_rows"], received_on=received)
            report = batch.report
            marked = batch.marked_file.read() if batch.marked_file else b""
        if options["marked"] and marked:
            options["marked"].write_bytes(marked)
            self.say(f"Bảng tính đã đánh dấu: {options['marked']}")
        self._tell(report, dry_run=options["dry_run"])
        self.answer(report)
        return PROBLEMS if report["errors"] else OK

    def _arguments(self, options: dict[str, Any]) -> tuple[bytes, Cycle, Organization, Any]:
        try:
            data = options["file"].read_bytes()
        except OSError as error:
            raise DomainError(f"Không đọc được tệp {options['file']}: {error.strerror}.") from error
        movement = Movement.objects.filter(slug=options["movement"]).first()
        if movement is None:
            raise DomainError(f"Không có phong trào “{options['movement']}”.")
        cycle = Cycle.objects.select_related("movement").filter(movement=movement, code=options["cycle"]).first()
        if cycle is None:
            known = ", ".join(movement.cycles.values_list("code", flat=True))
            raise DomainError(f"Phong trào này không có chu kỳ “{options['cycle']}”. Các chu kỳ: {known or 'chưa có'}.")
        version = organizations.by_code(options["unit"])
        if version is None:
            raise DomainError(f"Không có đơn vị mang mã “{options['unit']}”.")
        by: Any = Owner()
        if options["by"]:
            by = User.objects.filter(username__iexact=options["by"]).first()
            if by is None:
                raise DomainError(f"Không có tài khoản “{options['by']}”.")
        return data, cycle, version.organization, by

    def _tell(self, report: dict[str, Any], *, dry_run: bool) -> None:
        done = "Sẽ nhập" if dry_run else "Đã nhập"
        self.say(f"Đọc {report['rows']} dòng. {done} {report['accepted']}, không đổi {report['unchanged']}, "
                 f"cảnh báo {len(report['warnings'])}, lỗi {len(report['errors'])}.")
        self.say_problems(report, elsewhere="--json hoặc --marked")
        if report["errors"] and not report["accepted"]:
            self.say("Không nhập dòng nào. Sửa các lỗi trên rồi nhập lại, hoặc dùng --good-rows để nhập các dòng đúng.")
