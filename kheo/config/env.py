"""Everything Khéo reads from the environment, in one place.

`kheo doctor` and docs/operating list exactly these variables; a test compares the three.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

import environ

from kheo.core.files.first import first


@dataclass(frozen=True)
class Variable:
    """One environment variable: its name, what it does and its default, for people."""

    name: str
    meaning: str
    default: str


VARIABLES = (
    Variable("KHEO_HOME", "Thư mục dữ liệu: cơ sở dữ liệu SQLite, tệp tải lên, khóa bí mật", "./var"),
    Variable("DATABASE_URL", "Địa chỉ PostgreSQL; để trống thì dùng SQLite trong KHEO_HOME", ""),
    Variable("KHEO_REPLICA_URL", "Địa chỉ PostgreSQL bản sao chỉ đọc, dùng cho các trang công khai về TTHC; để trống thì không dùng", ""),
    Variable("KHEO_INCOMING", "Thư mục chờ nhập kết quả TTHC; để trống thì là incoming trong KHEO_HOME", ""),
    Variable("KHEO_SECRET_KEY", "Khóa bí mật; để trống thì tự tạo và giữ trong KHEO_HOME", ""),
    Variable("KHEO_HOST", "Địa chỉ mạng máy chủ lắng nghe", "127.0.0.1"),
    Variable("KHEO_PORT", "Cổng máy chủ lắng nghe", "8000"),
    Variable("KHEO_ALLOWED_HOSTS", "Các tên miền được phục vụ, cách nhau bằng dấu phẩy", "localhost,127.0.0.1,[::1]"),
    Variable("KHEO_WORKERS", "Số tiến trình phục vụ trang", "2"),
    Variable("KHEO_PAGES", "Kho trang công khai (0 = tắt, mọi trang dựng lại mỗi lần xem)", "1"),
    Variable("KHEO_DEBUG", "Chế độ lập trình (1 = bật); không bật khi vận hành", "0"),
    Variable("KHEO_HTTPS", "Trang chạy sau HTTPS (1 = cookie chỉ gửi qua HTTPS, HSTS)", "0"),
    Variable("KHEO_EMAIL_URL", "Máy chủ gửi thư, ví dụ smtp+tls://user:pass@host:587; mặc định in thư ra màn hình", "consolemail://"),
    Variable("KHEO_EMAIL_FROM", "Địa chỉ người gửi của thư hệ thống", "kheo@localhost"),
    Variable("KHEO_BASE_URL", "Địa chỉ gốc của trang, dùng trong thư và bản in", "http://127.0.0.1:8000"),
    Variable("KHEO_VISITS_KEEP_DAYS", "Số ngày giữ sổ gốc của bộ đếm lượt truy cập (ít nhất 2)", "40"),
    Variable("KHEO_VISITS_SYNC_MS", "Lượt xem đã trả lời phải nằm trên đĩa sau tối đa bấy nhiêu mili giây (0 = ghi xuống đĩa rồi mới trả lời)", "50"),
    Variable("KHEO_DEMO_PASSWORD", "Mật khẩu chung cho tài khoản minh họa; để trống thì tạo ngẫu nhiên khi nạp", ""),
)

ROOT = Path(__file__).resolve().parents[2]
_env = environ.Env()


def text(name: str) -> str:
    """The value of a variable declared in VARIABLES, or its default."""
    default = next(v.default for v in VARIABLES if v.name == name)
    return str(os.environ.get(name, "").strip() or default)


def whole(name: str, least: int) -> int:
    """A whole number; anything else is the default, and never less than `least`."""
    given = text(name)
    default = next(v.default for v in VARIABLES if v.name == name)
    return max(least, int(given) if given.isascii() and given.isdigit() else int(default))


def flag(name: str) -> bool:
    """A yes/no variable."""
    return text(name).lower() in {"1", "true", "yes", "on", "co", "có"}


def home() -> Path:
    """The data folder. Not created here: `kheo serve` and `kheo migrate` create it."""
    path = Path(text("KHEO_HOME")).expanduser()
    return path if path.is_absolute() else (ROOT / path).resolve()


def secret_key() -> str:
    """The secret key from the environment, or one made once and kept in KHEO_HOME (mode 600)."""
    given = os.environ.get("KHEO_SECRET_KEY", "").strip()
    if given:
        return given
    try:
        return first(home() / "secret-key", lambda: secrets.token_urlsafe(50).encode("ascii")).decode("ascii").strip()
    except OSError:
        # A read-only folder is reported in words by `kheo serve`; settings must still import.
        return secrets.token_urlsafe(50)


def database() -> dict[str, object]:
    """Django's DATABASES["default"]: PostgreSQL by DATABASE_URL, else SQLite made durable.

    WAL with synchronous=FULL keeps an acknowledged write through a power cut; IMMEDIATE
    transactions wait for the write lock at the start instead of failing in the middle.
    """
    url = text("DATABASE_URL")
    if url:
        return {
            **_env.db_url_config(url),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": home() / "kheo.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000;"
                " PRAGMA cache_size=-20000; PRAGMA mmap_size=134217728;"
            ),
        },
    }


def databases() -> dict[str, dict[str, object]]:
    """Django's DATABASES: the main one, and the replica for public reads when there is one."""
    found = {"default": database()}
    replica = text("KHEO_REPLICA_URL")
    if replica:
        found["replica"] = {**_env.db_url_config(replica), "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "TEST": {"MIRROR": "default"}}
    return found


def email() -> dict[str, object]:
    """Django's e-mail settings from KHEO_EMAIL_URL."""
    return dict(_env.email_url_config(text("KHEO_EMAIL_URL")))


def allowed_hosts() -> list[str]:
    """The host names this site answers to."""
    return [host.strip() for host in text("KHEO_ALLOWED_HOSTS").split(",") if host.strip()]
