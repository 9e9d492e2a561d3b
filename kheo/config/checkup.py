"""What `kheo doctor` looks at. Each check answers in Vietnamese words and repairs nothing."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Q
from django.utils import timezone

from kheo.accounts.models import Position, Role, User
from kheo.audit import queries as audit
from kheo.audit.models import Entry
from kheo.config import archives, env, journal
from kheo.config import pages as stored
from kheo.config.models import DueRun
from kheo.core.models import Job, SearchEntry
from kheo.core.pages import ledger
from kheo.core.pages.disk import Epoch
from kheo.core.rules.numbers import format_number
from kheo.core.search import checking
from kheo.core.templatetags.kheo.filters import bytes_vi, datetime_vi
from kheo.news.queries.pictures import telling as telling_pictures
from kheo.procedures.actions import rebuild
from kheo.procedures.queries import health as published_results
from kheo.visits.queries import health as visits_health

OK, WARNING, PROBLEM = "ok", "warning", "problem"
SECRETS = {"KHEO_SECRET_KEY", "KHEO_DEMO_PASSWORD"}
LEAST_FREE, LITTLE_FREE = 200 << 20, 2 << 30
MOST_BACKUP_AGE = timedelta(days=7)
SILENT_WORKER = timedelta(minutes=5)
LONG_WAIT = timedelta(minutes=10)
MOST_BATCHES = 50


@dataclass(frozen=True)
class Finding:
    """The answer of one check: its name, ok/warning/problem, a sentence, and lines of detail."""

    name: str
    state: str
    words: str
    lines: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        return asdict(self)


def run() -> Iterator[Finding]:
    """Every check in turn. A check that itself fails is a problem with the error's words."""
    for name, check in CHECKS:
        try:
            yield check(name)
        except Exception as error:  # the doctor must get to the end whatever is broken
            yield Finding(name, PROBLEM, f"Không kiểm tra được: {type(error).__name__}: {error}")


def masked(name: str, value: str) -> str:
    """The value without its secrets: keys hidden, passwords in addresses replaced."""
    if not value:
        return "(trống)"
    if name in SECRETS:
        return "********"
    if "://" in value and "@" in value:
        parts = urlsplit(value)
        return urlunsplit(parts._replace(netloc=re.sub(r":[^@]*@", ":********@", parts.netloc)))
    return value


def environment(name: str) -> Finding:
    """The variables in force; a misspelt KHEO_… is told."""
    lines = [f"{v.name} = {masked(v.name, env.text(v.name))}" for v in env.VARIABLES]
    known = {v.name for v in env.VARIABLES}
    strange = sorted(key for key in os.environ if key.startswith("KHEO_") and key not in known)
    if strange:
        return Finding(name, WARNING, f"Biến không có tác dụng (có thể gõ nhầm tên): {', '.join(strange)}.", lines)
    if settings.DEBUG:
        return Finding(name, WARNING, "Đang bật chế độ lập trình (KHEO_DEBUG=1). Tắt khi vận hành.", lines)
    hosts = set(env.allowed_hosts()) - {"localhost", "127.0.0.1", "[::1]"}
    if hosts and not env.flag("KHEO_HTTPS"):
        return Finding(name, WARNING, "Trang có tên miền riêng mà chưa bật KHEO_HTTPS=1: mật khẩu đi trên mạng không được mã hóa.", lines)
    return Finding(name, OK, "Các biến môi trường hợp lệ.", lines)


def secret_key(name: str) -> Finding:
    """Long enough, and readable by its owner alone."""
    keeper = Path(settings.KHEO_HOME) / "secret-key"
    if len(settings.SECRET_KEY) < 40:
        return Finding(name, PROBLEM, "Khóa bí mật quá ngắn (cần ít nhất 40 ký tự). Bỏ trống KHEO_SECRET_KEY để phần mềm tự tạo.")
    if not os.environ.get("KHEO_SECRET_KEY") and keeper.is_file() and stat.S_IMODE(keeper.stat().st_mode) & 0o077:
        return Finding(name, WARNING, f"Người dùng khác của máy đọc được {keeper}. Chạy: chmod 600 {keeper}")
    return Finding(name, OK, "Khóa bí mật đủ dài và được giữ kín.")


def home(name: str) -> Finding:
    """Writable, with room left."""
    folder = Path(settings.KHEO_HOME)
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        return Finding(name, PROBLEM, f"Không ghi được vào thư mục dữ liệu {folder}. Cấp quyền ghi hoặc đặt lại KHEO_HOME.")
    if (folder / journal.NAME).is_file():
        return Finding(name, PROBLEM, "Lần khôi phục trước bị ngắt giữa chừng. Chạy kheo migrate để đưa dữ liệu về như trước khi khôi phục.")
    free = shutil.disk_usage(folder).free
    words = f"{folder}: còn trống {bytes_vi(free)}."
    state = PROBLEM if free < LEAST_FREE else WARNING if free < LITTLE_FREE else OK
    return Finding(name, state, words if state == OK else words + " Dọn ổ đĩa hoặc chuyển sang ổ lớn hơn.")


def database(name: str) -> Finding:
    """Reachable, of which version, whole, and with every migration applied."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA quick_check")
            answer = cursor.fetchone()[0]
            if answer != "ok":
                return Finding(name, PROBLEM, f"Tệp cơ sở dữ liệu bị hỏng: {answer}. Khôi phục từ bản sao lưu gần nhất.")
            version = f"SQLite {sqlite3.sqlite_version}"
        else:
            cursor.execute("SHOW server_version")
            version = f"PostgreSQL {cursor.fetchone()[0]}"
    executor = MigrationExecutor(connection)
    pending = [str(step[0]) for step in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    if pending:
        return Finding(name, PROBLEM, f"{version}: còn {len(pending)} bước nâng cấp chưa chạy. Chạy: kheo migrate", pending[:20])
    return Finding(name, OK, f"{version}, đã ở phiên bản mới nhất.")


def chain(name: str) -> Finding:
    """Every entry of the audit log still says what it said."""
    breaks = audit.verify()
    count = Entry.objects.count()
    if not breaks:
        return Finding(name, OK, f"Đã kiểm {format_number(count)} dòng nhật ký: không dòng nào bị sửa, thiếu hay cắt.")
    meanings = {"changed": "dòng {} đã bị sửa sau khi ghi", "missing": "thiếu từ dòng {}", "cut off": "nhật ký bị cắt ở cuối, lẽ ra còn dòng {}"}
    lines = [meanings[found.what].format(found.entry_id) for found in breaks[:50]]
    return Finding(name, PROBLEM, f"Nhật ký không còn nguyên vẹn: {format_number(len(breaks))} chỗ. Giữ nguyên máy chủ và báo người phụ trách.", lines)


def work(name: str) -> Finding:
    """The worker lives, nothing waits for long, nothing was cut off lately."""
    now = timezone.now()
    waiting = Job.objects.filter(state=Job.State.QUEUED, queued_at__lt=now - LONG_WAIT).count()
    beat = DueRun.objects.filter(name="sweep-jobs").values_list("last_at", flat=True).first()
    if waiting:
        return Finding(name, PROBLEM, f"{format_number(waiting)} việc nền chờ quá 10 phút. Chạy kheo serve hoặc kheo worker.")
    cut = Job.objects.filter(state=Job.State.INTERRUPTED, queued_at__gte=now - timedelta(days=7)).order_by("-id")
    if cut:
        lines = [f"{job.title} ({datetime_vi(job.queued_at)}, {job.by_name})" for job in cut[:20]]
        return Finding(name, WARNING, f"{format_number(cut.count())} việc nền bị ngắt trong 7 ngày qua; không có gì được ghi, cần làm lại.", lines)
    if beat is None or now - beat > SILENT_WORKER:
        last = f" từ {datetime_vi(beat)}" if beat else ""
        return Finding(name, WARNING, f"Bộ xử lý việc nền không chạy{last}. Chạy kheo serve hoặc kheo worker.")
    return Finding(name, OK, f"Bộ xử lý việc nền đang chạy (lần cuối {datetime_vi(beat)}).")


def mail(name: str) -> Finding:
    """Letters leave the machine."""
    if "smtp" not in settings.EMAIL_BACKEND:
        return Finding(name, WARNING, "Thư không được gửi đi (chỉ in ra màn hình). Đặt KHEO_EMAIL_URL để gửi thật.")
    if settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        return Finding(name, WARNING, "Chưa đặt địa chỉ người gửi. Đặt KHEO_EMAIL_FROM.")
    return Finding(name, OK, f"Gửi thư qua {settings.EMAIL_HOST}:{settings.EMAIL_PORT}.")


def clock(name: str) -> Finding:
    """The clock is not behind what was already written."""
    last = Entry.objects.order_by("-id").values_list("at", flat=True).first()
    now = timezone.now()
    if last and last > now + timedelta(minutes=1):
        return Finding(name, PROBLEM, f"Đồng hồ máy chủ ({datetime_vi(now)}) chậm hơn dòng nhật ký cuối ({datetime_vi(last)}). Chỉnh lại giờ.")
    return Finding(name, OK, f"Bây giờ là {datetime_vi(now)}, múi giờ {settings.TIME_ZONE}.")


def translations(name: str) -> Finding:
    """The Vietnamese catalogue is built."""
    catalogue = env.ROOT / "locale" / "vi" / "LC_MESSAGES" / "django.mo"
    if not catalogue.is_file():
        return Finding(name, PROBLEM, "Chưa có bản dịch tiếng Việt đã biên dịch. Chạy: script/bootstrap")
    newest = max((path.stat().st_mtime for path in (env.ROOT / "locale" / "vi").glob("*.po")), default=0.0)
    if newest > catalogue.stat().st_mtime + 1:
        return Finding(name, WARNING, "Bản dịch tiếng Việt cũ hơn tệp nguồn. Chạy: script/translations compile")
    return Finding(name, OK, "Bản dịch tiếng Việt đã sẵn sàng.")


def people(name: str) -> Finding:
    """Somebody can administer."""
    today = timezone.localdate()
    active = User.objects.filter(is_active=True)
    held = Position.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today), role=Role.ADMIN, valid_from__lte=today)
    admins = active.filter(pk__in=held.values("user")).count()
    owners = active.filter(is_superuser=True).count()
    if not admins and not owners:
        return Finding(name, WARNING, "Chưa có ai quản trị. Chạy: kheo createsuperuser TÊN")
    return Finding(name, OK, f"{format_number(active.count())} tài khoản đang mở, {format_number(admins)} quản trị viên, {format_number(owners)} chủ kỹ thuật.")


def visits(name: str) -> Finding:
    """Hits are folded, days signed off without a difference, old salts gone."""
    found = visits_health.check()
    if found.folded_late:
        return Finding(name, PROBLEM, f"Còn {bytes_vi(found.waiting)} lượt truy cập chưa cộng sổ quá 10 phút. Chạy kheo serve, kheo worker hoặc kheo run-due.")
    if found.old_salts:
        return Finding(name, PROBLEM, f"Còn {found.old_salts} khóa bí mật của ngày cũ chưa hủy. Chạy: kheo run-due")
    if found.differences:
        return Finding(name, WARNING, "Có ngày chốt lệch so với sổ gốc (đã sửa theo sổ gốc; -1 là thiếu sổ gốc).", found.differences)
    if found.open_days:
        return Finding(name, WARNING, f"{len(found.open_days)} ngày chưa chốt. Chạy: kheo run-due", found.open_days)
    torn = f" {format_number(found.bad_lines)} dòng hỏng do mất điện đã bỏ qua." if found.bad_lines else ""
    return Finding(name, OK, f"Hôm nay {format_number(found.views)} lượt xem; mọi ngày đã chốt khớp sổ gốc.{torn}")


def search(name: str) -> Finding:
    """What can be found is what is public."""
    found = checking.differences()
    if found:
        lines = [
            f"{each.kind.label}: thiếu {format_number(each.missing)}, thừa {format_number(each.extra)}, cũ {format_number(each.outdated)}" for each in found
        ]
        return Finding(name, WARNING, "Chỉ mục tìm kiếm khác dữ liệu gốc. Chạy: kheo search rebuild", lines)
    return Finding(name, OK, f"{format_number(SearchEntry.objects.count())} tài liệu tìm được, khớp dữ liệu gốc.")


def pages(name: str) -> Finding:
    """The store of public pages can be written, nobody's mark stands for ever, and there is room."""
    if not env.flag("KHEO_PAGES"):
        return Finding(name, WARNING, "Kho trang đang tắt (KHEO_PAGES=0): mọi trang dựng lại mỗi lần xem. Bỏ biến này để bật.")
    book = ledger.open_ledger(Path(settings.KHEO_HOME))
    generation = book.wait(2)
    if generation is None:
        return Finding(name, WARNING, "Đang có tiến trình ghi dữ liệu lâu hơn 2 giây; trong lúc đó trang được dựng mới. Chạy lại kheo doctor sau ít phút.")
    kept, size = stored.disk(book).counts(Epoch(generation, f"{timezone.localdate():%Y-%m-%d}"))
    words = f"Đang giữ {format_number(kept)} trang của hôm nay ({bytes_vi(size)}, nhiều nhất {bytes_vi(stored.MOST_DISK)} mỗi tiến trình)."
    if not book.link.is_symlink():
        return Finding(name, WARNING, words + " Thiếu đường dẫn pages/current nên nginx phải hỏi Khéo mọi trang. Chạy: kheo pages drop")
    return Finding(name, OK, words)


def results(name: str) -> Finding:
    """Published totals of procedures say what their dossiers say: all batches by their sum, the newest
    ones dossier by dossier."""
    wrong = [f"lô {pk}: tổng hợp {total}, hồ sơ đã nhận {accepted}" for pk, total, accepted in published_results.unequal_sums()]
    newest = list(published_results.newest(MOST_BATCHES))
    wrong += [f"lô {d.batch}, đơn vị {d.unit}, lĩnh vực {d.field or 'gộp'}: số đang công bố khác số đếm được" for batch in newest for d in rebuild.compare(batch)]
    wrong += [f"kỳ {period.code}: bảng đang hiện khác tổng của các lô" for period in rebuild.unequal_periods()]
    if wrong:
        return Finding(name, PROBLEM, "Số liệu TTHC công bố không khớp hồ sơ. Chạy: kheo rebuild procedures", wrong[:50])
    count = format_number(published_results.count())
    return Finding(name, OK, f"{count} lô kết quả TTHC đang công bố khớp số hồ sơ; {len(newest)} lô mới nhất đã đếm lại từng hồ sơ.")


def backup(name: str) -> Finding:
    """A backup was written lately."""
    note = archives.last_backup(Path(settings.KHEO_HOME))
    if note is None:
        return Finding(name, WARNING, "Chưa sao lưu lần nào. Chạy: kheo backup TỆP")
    at = datetime.fromisoformat(note["at"])
    words = f"Lần sao lưu cuối: {datetime_vi(at)}, {note['path']}."
    if timezone.now() - at > MOST_BACKUP_AGE:
        return Finding(name, WARNING, words + " Đã quá 7 ngày; chạy lại kheo backup.")
    return Finding(name, OK, words)


def pictures(name: str) -> Finding:
    """No public picture tells where it was taken."""
    found = [f"ảnh {picture.pk}: {picture.title}" for picture in telling_pictures()]
    if found:
        return Finding(name, WARNING, f"{format_number(len(found))} ảnh của trang tin còn dữ liệu ẩn (vị trí chụp, tên máy). Chạy: kheo pictures clean", found[:20])
    return Finding(name, OK, "Ảnh của trang tin không mang vị trí chụp hay dữ liệu ẩn.")


CHECKS: tuple[tuple[str, Callable[[str], Finding]], ...] = (
    ("Cấu hình", environment),
    ("Khóa bí mật", secret_key),
    ("Thư mục dữ liệu", home),
    ("Cơ sở dữ liệu", database),
    ("Nhật ký", chain),
    ("Việc nền", work),
    ("Thư điện tử", mail),
    ("Đồng hồ", clock),
    ("Bản dịch", translations),
    ("Người dùng", people),
    ("Lượt truy cập", visits),
    ("Tìm kiếm", search),
    ("Kho trang", pages),
    ("Ảnh", pictures),
    ("Kết quả TTHC", results),
    ("Sao lưu", backup),
)
