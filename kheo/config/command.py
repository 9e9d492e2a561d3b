"""The `kheo` command: words in, the matching management command out."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from kheo.config import serving

# What a person types → the management command that does it, and one line about it.
COMMANDS: dict[str, tuple[str, str]] = {
    "serve": ("", "chạy trang web cùng bộ xử lý việc nền"),
    "migrate": ("kheo_migrate", "tạo hoặc nâng cấp cơ sở dữ liệu"),
    "demo load": ("demo_load", "nạp dữ liệu minh họa “Bỉm Sơn 2023”"),
    "demo users": ("demo_users", "in tài khoản minh họa và mật khẩu"),
    "import organizations": ("import_organizations", "nhập đơn vị từ bảng tính"),
    "import practices": ("import_practices", "nhập mô hình, điển hình từ bảng tính"),
    "import indicators": ("import_indicators", "nhập số liệu chỉ tiêu từ bảng tính"),
    "import catalogue": ("import_catalogue", "nhập danh mục TTHC từ bảng tính"),
    "rebuild procedures": ("rebuild_procedures", "đếm lại số liệu TTHC đã công bố và so với từng hồ sơ"),
    "import procedures": ("import_procedures", "nhập và công bố kết quả giải quyết TTHC từ tệp kết xuất"),
    "import redirects": ("import_redirects", "nhập địa chỉ cũ và địa chỉ mới của cổng cũ"),
    "links check": ("links_check", "tìm liên kết hỏng trên các trang công khai"),
    "import page": ("import_page", "đọc một trang đã lưu của cổng cũ, nhập bài thành bản nháp"),
    "rebuild news": ("rebuild_news", "dựng lại cây trang tin và dấu vân chống trùng"),
    "pictures clean": ("pictures_clean", "xóa vị trí chụp và dữ liệu ẩn trong ảnh đã tải lên"),
    "rebuild practices": ("rebuild_practices", "dựng lại các trường tìm kiếm của mô hình"),
    "search rebuild": ("search_rebuild", "dựng lại chỉ mục tìm kiếm"),
    "report build": ("report_build", "lập báo cáo sơ kết, tổng kết ra tệp"),
    "visits opening": ("visits_opening", "đặt số dư đầu của bộ đếm lượt truy cập"),
    "visits import-log": ("visits_import_log", "nhập lượt xem từ nhật ký nginx/Apache"),
    "visits import-days": ("visits_import_days", "nhập lượt xem từng ngày của bộ đếm cũ"),
    "visits rebuild": ("visits_rebuild", "dựng lại số liệu truy cập từ sổ gốc"),
    "run-due": ("run_due", "chạy các việc đến hạn (thư tổng hợp, dọn dẹp)"),
    "worker": ("worker", "chạy bộ xử lý việc nền"),
    "createsuperuser": ("create_owner", "mở tài khoản quản trị đầu tiên"),
    "backup": ("backup", "sao lưu cơ sở dữ liệu và tệp"),
    "restore": ("restore", "khôi phục từ bản sao lưu"),
    "pages warm": ("pages_warm", "dựng sẵn trang công khai vào kho"),
    "pages drop": ("pages_drop", "bỏ mọi trang công khai đã giữ"),
    "doctor": ("doctor", "kiểm tra toàn bộ hệ thống"),
}


def usage() -> str:
    """The overview that `kheo` and `kheo --help` print."""
    width = max(len(words) for words in COMMANDS)
    lines = [f"  kheo {words:<{width}}  {meaning}" for words, (_name, meaning) in COMMANDS.items()]
    return "\n".join(
        ["Khéo, phần mềm cho phường, xã.", "", "Các lệnh:", *lines, "", "Xem hướng dẫn từng lệnh: kheo <lệnh> --help"]
    )


def resolve(words: Sequence[str]) -> tuple[str, list[str]] | None:
    """The management command and remaining arguments that the words name, the longest match first."""
    for length in (2, 1):
        known = COMMANDS.get(" ".join(words[:length]))
        if known and len(words) >= length:
            return known[0], list(words[length:])
    return None


def main(arguments: Sequence[str] | None = None) -> None:
    """Entry point of the `kheo` script. Exit status: 0 fine, 1 problems found, 2 cannot run."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or words[0] in {"-h", "--help", "help"}:
        print(usage())  # noqa: T201
        return
    found = resolve(words)
    if found is None:
        print(f"Không có lệnh “{' '.join(words[:2])}”.\n\n{usage()}", file=sys.stderr)  # noqa: T201
        sys.exit(2)
    if words[0] == "serve":
        sys.exit(serving.main(found[1]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kheo.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["kheo", found[0], *found[1]])


if __name__ == "__main__":
    main()
