"""`kheo serve`: prepare what is missing, then start and watch the web server and the worker.

Deliberately free of Django: loading it here would add two seconds to every start for nothing.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from kheo.config import env
from kheo.config.journal import TAKEN_BACK, take_back
from kheo.core.errors import DomainError
from kheo.core.rules.arguments import speak_vietnamese

STOP_SECONDS = 10
PR_SET_PDEATHSIG = 1  # from linux/prctl.h
HELP = "Chạy trang web cùng bộ xử lý việc nền; Ctrl-C để dừng."


def main(arguments: list[str]) -> int:
    """Run `kheo serve`. Each thing that can be wrong is one clear sentence and status 1 or 2."""
    speak_vietnamese()
    parser = argparse.ArgumentParser("kheo serve", description=HELP)
    parser.add_argument("--demo-if-empty", action="store_true", help="nạp dữ liệu minh họa nếu cơ sở dữ liệu còn trống")
    options = parser.parse_args(arguments)
    host, home = env.text("KHEO_HOST"), env.home()
    try:
        port, workers = _whole("KHEO_PORT", 1, 65535), _whole("KHEO_WORKERS", 1, 64)
        check_home(home)
        check_port(host, port)
        if take_back(home):
            _say(TAKEN_BACK)
        prepare(home, demo_if_empty=options.demo_if_empty)
    except DomainError as error:
        _complain(str(error.message))
        return 1
    status = supervise(
        {
            "Máy chủ web": web_command(host, port, workers),
            "Bộ xử lý việc nền": [sys.executable, "-m", "kheo.config.command", "worker"],
        },
        _complain,
        lambda: answers(host, port) and _welcome(host, port),
    )
    _say("Đã dừng.")
    return status


def _welcome(host: str, port: int) -> bool:
    """Say where it runs; only now, for an address that refuses to open looks like a fault."""
    shown = f"[{host}]" if ":" in host else host
    _say(f"Khéo đang chạy tại http://{shown}:{port}/")
    _say(f"  Bàn làm việc: http://{shown}:{port}/ban-lam-viec/   Quản trị nội dung: http://{shown}:{port}/quan-tri/")
    _say("Nhấn Ctrl-C để dừng.")
    return True


def prepare(home: Path, *, demo_if_empty: bool) -> None:
    """Migrate, gather static files and load the demo when needed; nothing when all is as last time."""
    stamp, state = home / "prepared", fingerprint()
    database_there = not env.text("DATABASE_URL") and (home / "kheo.sqlite3").exists()
    if database_there and _read(stamp) == state:
        return
    _kheo("migrate", "Không tạo được cơ sở dữ liệu.")
    if demo_if_empty:
        _kheo("demo load --if-empty", "Không nạp được dữ liệu minh họa.")
    stamp.write_text(state, encoding="ascii")


def fingerprint() -> str:
    """Changes whenever a migration, a static file or a library version does."""
    digest = hashlib.sha256()
    for pattern in ("kheo/*/migrations/*.py", "kheo/*/static/**/*", "requirements.lock"):
        for path in sorted(env.ROOT.glob(pattern)):
            if path.is_file():
                digest.update(f"{path.relative_to(env.ROOT)} {path.stat().st_size} {path.stat().st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _kheo(words: str, failure: str) -> None:
    # Words of our own, never from outside.
    done = subprocess.run([sys.executable, "-m", "kheo.config.command", *words.split()], cwd=env.ROOT, check=False)  # noqa: S603
    if done.returncode:
        raise DomainError(failure + " Xem thông báo phía trên; chạy kheo doctor để biết thêm.")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except OSError:
        return ""


def _whole(name: str, least: int, most: int) -> int:
    given = env.text(name)
    if not given.isascii() or not given.isdigit() or not least <= int(given) <= most:
        raise DomainError(f"{name}={given} không hợp lệ: cần một số nguyên từ {least} đến {most}.")
    return int(given)


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


def _complain(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201


def check_port(host: str, port: int) -> None:
    """DomainError in words when the address cannot be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise DomainError(
                f"Cổng {port} trên {host} đang được chương trình khác dùng hoặc không mở được ({error.strerror}). "
                "Tắt chương trình đó hoặc đặt KHEO_PORT sang cổng khác, ví dụ KHEO_PORT=8001."
            ) from error


def answers(host: str, port: int) -> bool:
    """Whether somebody listens there by now."""
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 asked of, not listened on
    try:
        socket.create_connection((here, port), 1).close()
    except OSError:
        return False
    return True


def check_home(home: Path) -> None:
    """DomainError in words when the data folder cannot be made or written to."""
    probe = home / ".ghi-thu"
    try:
        home.mkdir(parents=True, exist_ok=True)
        probe.write_text("ok", encoding="ascii")
        probe.unlink()
    except OSError as error:
        raise DomainError(
            f"Không ghi được vào thư mục dữ liệu {home} ({error.strerror}). "
            "Cấp quyền ghi cho thư mục này hoặc đặt KHEO_HOME tới thư mục khác."
        ) from error


def web_command(host: str, port: int, workers: int) -> list[str]:
    """granian over WSGI; a few blocking threads so that one slow page does not hold the others."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", "3", "--respawn-failed-workers",
        "--no-ws", "--log-level", "warning", "kheo.config.wsgi:application",
    ]


def child_environment() -> dict[str, str]:
    """Ours, and two memory arenas for each process: glibc would keep one for each thread and give none back."""
    return {"MALLOC_ARENA_MAX": "2", **os.environ}


def supervise(commands: dict[str, list[str]], say: Callable[[str], None], ready: Callable[[], bool] | None = None) -> int:
    """Run the commands until Ctrl-C or SIGTERM; a command that dies is started again.
    `ready` is asked again and again until it says yes.

    Returns 0 after an orderly stop. A process that dies five times within its first two seconds
    ends everything with status 1 instead of spinning.
    """
    running: dict[str, tuple[subprocess.Popen[bytes], float, int]] = {}
    stopping: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda n, _frame: stopping.append(n))
    for name, command in commands.items():
        running[name] = (_start(command), time.monotonic(), 0)
    status = 0
    while not stopping:
        time.sleep(0.2)
        if ready is not None and ready():
            ready = None
        for name, (process, started, quick) in list(running.items()):
            if process.poll() is None:
                continue
            quick = quick + 1 if time.monotonic() - started < 2 else 0
            if quick >= 5:
                say(f"{name} dừng liên tục (mã {process.returncode}); xem thông báo phía trên.")
                status = 1
                stopping.append(0)
                break
            running[name] = (_start(commands[name]), time.monotonic(), quick)
    _stop([process for process, _started, _quick in running.values()])
    return status


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl-C reaches the supervisor only, which stops the others in order.
    return subprocess.Popen(  # noqa: S603 our own commands
        command, env=child_environment(), cwd=env.ROOT, start_new_session=True, preexec_fn=_end_with_the_supervisor
    )


def _end_with_the_supervisor() -> None:
    """Let the kernel end this child when its supervisor is killed outright, or the port stays taken by an orphan."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _stop(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for process in processes:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
