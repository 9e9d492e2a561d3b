"""`kheo pages warm`: render the public pages into the store before anybody asks."""

from __future__ import annotations

import io
import re
from html import unescape
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.management.base import CommandParser
from django.core.wsgi import get_wsgi_application

from kheo.config import env, pages
from kheo.core.commands import OK, PROBLEMS, KheoCommand
from kheo.core.errors import DomainError
from kheo.core.pages.store import PageStore

ADDRESS = re.compile(rb"<loc>([^<]+)</loc>")


class Command(KheoCommand):
    help = "Dựng sẵn các trang trong sitemap.xml vào kho; trang đã giữ thì bỏ qua."
    prints_results = True

    def arguments(self, parser: CommandParser) -> None:
        """For which host the pages are written."""
        parser.add_argument("--host", default=urlsplit(settings.SITE_URL).netloc, help="tên miền (kèm cổng) mà người xem dùng")

    def run(self, **options: Any) -> int | None:
        """Exit 1 when an address of the map does not answer 200."""
        if not env.flag("KHEO_PAGES"):
            raise DomainError("Kho trang đang tắt (KHEO_PAGES=0). Bỏ biến này rồi chạy lại.")
        store, host = pages.store(get_wsgi_application()), options["host"]
        assert isinstance(store, PageStore)
        status, listed = self.ask(store, host, "/sitemap.xml")
        if status != 200:
            raise DomainError(f"{host}/sitemap.xml trả lời {status}. Kiểm tra --host, KHEO_ALLOWED_HOSTS và KHEO_BASE_URL.")
        paths = [unquote(urlsplit(unescape(found.decode())).path) for found in ADDRESS.findall(listed)]
        wrong = [path for path in self.bar(paths, "Dựng trang") if self.ask(store, host, path)[0] != 200]
        self.say(f"Đã dựng sẵn {len(paths) - len(wrong)} trang cho {host}.")
        for path in wrong[:20]:
            self.fail(f"Không dựng được {path}")
        self.answer({"host": host, "pages": len(paths) - len(wrong), "failed": wrong})
        return PROBLEMS if wrong else OK

    def ask(self, store: PageStore, host: str, path: str) -> tuple[int, bytes]:
        """One page as a stranger asks for it: status and body."""
        told: list[str] = []
        environ = {
            "REQUEST_METHOD": "GET", "PATH_INFO": path.encode().decode("latin-1"), "QUERY_STRING": "", "SCRIPT_NAME": "",
            "SERVER_NAME": "localhost", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": host,
            "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO(),
        }  # fmt: skip
        if store.terms.secure:
            environ["HTTP_X_FORWARDED_PROTO"] = "https"
        result = store(environ, lambda status, *_more: told.append(status))
        body = b"".join(result)
        getattr(result, "close", lambda: None)()
        return int(told[0].split()[0]), body
