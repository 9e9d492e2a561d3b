"""Debian's nginx over the files of deploy/nginx, in a folder of its own, as any user."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ROOT / "deploy" / "nginx"
BINARY = shutil.which("nginx") or next((path for path in ("/usr/sbin/nginx", "/usr/local/sbin/nginx") if Path(path).exists()), None)
MAIN = """
daemon off; master_process on; worker_processes 2; pid {folder}/nginx.pid; error_log {folder}/error.log warn;{user}
events {{ worker_connections 1024; }}
http {{
    include /etc/nginx/mime.types; default_type application/octet-stream;
    sendfile on; tcp_nopush on; access_log off; server_names_hash_bucket_size 128;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    include {folder}/kheo-common.conf;
    include {folder}/kheo-site.conf;
    {more}
}}
"""


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def write(folder: Path, home: Path, upstream: int, port: int, more: str = "", site: str = "kheo-http.conf") -> Path:
    """The shipped files with this machine's paths and ports put in; the path of the main file."""
    (folder / "snippets").mkdir(parents=True, exist_ok=True)
    changes = {
        "/var/lib/kheo": str(home), "127.0.0.1:8000": f"127.0.0.1:{upstream}", "/usr/share/kheo": str(SHIPPED),
        "listen 80;": f"listen 127.0.0.1:{port};", "listen [::]:80;": "", "snippets/": f"{folder}/snippets/",
        "server_name phuong.example.vn;": "server_name _;", "/etc/ssl/kheo": str(folder),
        "listen 443 ssl http2;": f"listen 127.0.0.1:{port + 1} ssl http2;", "listen [::]:443 ssl http2;": "",
    }  # fmt: skip
    for source, target in (("kheo-common.conf", "kheo-common.conf"), (site, "kheo-site.conf"), ("kheo-server.conf", "snippets/kheo-server.conf")):
        words = (SHIPPED / source).read_text(encoding="utf-8")
        for before, after in changes.items():
            words = words.replace(before, after)
        (folder / target).write_text(words, encoding="utf-8")
    main = folder / "nginx.conf"
    user = " user root;" if os.geteuid() == 0 else ""
    main.write_text(MAIN.format(folder=folder, user=user, more=more), encoding="utf-8")
    return main


def start(main: Path, port: int, zone: str = "Asia/Ho_Chi_Minh") -> subprocess.Popen[bytes]:
    """nginx, once it answers. Its clock is Vietnam's, as docs/operating asks."""
    assert BINARY
    process = subprocess.Popen(
        [BINARY, "-c", str(main), "-p", str(main.parent), "-e", str(main.parent / "error.log")], env={**os.environ, "TZ": zone}
    )
    for _ in range(100):
        if process.poll() is not None:
            raise RuntimeError((main.parent / "error.log").read_text(encoding="utf-8"))
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return process
        time.sleep(0.05)
    raise RuntimeError("nginx does not answer")
