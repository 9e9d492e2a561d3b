"""What this installation keeps in the page store, in one place. Rooms add their lines here.

A page may be kept when the answer to a stranger's GET depends on nothing but its address, the
database and the day. The store finds that out by itself (no cookie set, no `private`, no `no-store`);
these tables say the rest.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import validate_host

from kheo.config import env
from kheo.core.pages import ledger
from kheo.core.pages.disk import Disk
from kheo.core.pages.rules.requests import Terms
from kheo.core.pages.store import Application, PageStore

NEVER = (
    "/ban-lam-viec/", "/quan-tri/", "/tai-khoan/", "/ngon-ngu/", "/static/", "/media/", "/healthz", "/readyz",
    "/mo-hinh/dang-ky/",  # forms with keys of their own
    "/mo-hinh/minh-chung/",  # files
    "/truy-cap/",  # figures that change with every visit
    "/tim-kiem/", "/api/",
    "/thu-tuc-hanh-chinh/tra-cuu/",  # one's own dossier
)  # fmt: skip
"""Beginnings of paths that are always answered by Django."""

PARAMETERS: dict[str, frozenset[str]] = {
    "/": frozenset({"year"}),
    "/mo-hinh/": frozenset({"q", "field", "ward", "year", "state", "kind", "subject", "spread", "sort", "view", "page"}),
    "/mo-hinh/nhan-rong/": frozenset({"q", "year", "page"}),
    "/mo-hinh/*": frozenset(),
    "/khen-thuong/": frozenset({"level", "ward", "field", "year"}),
    "/don-vi/": frozenset({"q", "kind", "branch", "day", "page", "parent"}),
    "/don-vi/*": frozenset({"day"}),
    "/du-lieu-mo/*": frozenset(),
    "/thu-tuc-hanh-chinh/ho-so/": frozenset({"ky", "don_vi", "ket_qua", "linh_vuc", "q", "page"}),
    "/thu-tuc-hanh-chinh/*": frozenset({"ky", "don_vi", "q"}),
    "/thu-tuc-hanh-chinh/": frozenset({"ky", "don_vi"}),
    "/rieng-tu/": frozenset(),
    "/dieu-khoan/": frozenset(),
    "/so-do-trang/": frozenset(),
}
"""Path → the parameters its page reads; `*` at the end: everything below. Others (utm_source) are
dropped there. An address without a line is kept only without parameters; with some it goes to Django."""

EXEMPT_TABLES = frozenset({
    "django_session", "axes_*", "django_tasks_*", "core_job", "audit_*", "config_duerun", "visits_*", "core_search*",
    "wagtailadmin_editingsession", "wagtailadmin_formstate", "wagtailcore_revision", "wagtailcore_referenceindex", "wagtailcore_comment*",
    "wagtailcore_taskstate", "wagtailcore_workflowstate", "wagtailcore_uploadedfile", "wagtailcore_pagesubscription",
    "wagtailusers_userprofile", "news_fingerprint", "news_shingle", "news_kepttwin", "wagtailcore_pagelogentry", "wagtailcore_modellogentry", "account_*", "mfa_*",
    "django_migrations",
})  # fmt: skip
"""Tables no kept page shows, so that writing to them leaves the store alone. In doubt leave a table out."""

MOST_MEMORY, MOST_DISK = 40 << 20, 512 << 20
"""Bytes each worker may hold: in memory, and on disk for one generation."""


def terms() -> Terms:
    """The rules of this installation from its settings."""
    base = urlsplit(settings.SITE_URL)
    return Terms(
        hosts=lambda name: validate_host(name, settings.ALLOWED_HOSTS),
        ports=frozenset({"80", "443", env.text("KHEO_PORT"), str(base.port or 80)}),
        never=NEVER,
        languages=tuple(f"/{code}/" for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE),
        parameters=PARAMETERS,
        personal=frozenset({settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages"}),
        secure=bool(getattr(settings, "SECURE_SSL_REDIRECT", False)),
    )


def store(application: Application) -> PageStore | Application:
    """The layer around Django; Django itself when KHEO_PAGES=0."""
    book = ledger.open_ledger(Path(settings.KHEO_HOME))
    settle(book)  # also when it is off: a web server in front finds an empty folder
    if not env.flag("KHEO_PAGES"):
        return application
    return PageStore(application, book, terms(), disk(book), settings.TIME_ZONE, MOST_MEMORY)


def disk(book: ledger.Ledger) -> Disk:
    """The files beside the ledger."""
    return Disk(book.folder, MOST_DISK)


def settle(book: ledger.Ledger) -> None:
    """Leave behind what another version of the program, other settings or a restart of the machine kept."""
    mark, now = book.folder / "built", stamp()
    try:
        before = mark.read_text(encoding="ascii")
    except OSError:
        before = ""
    if before != now:
        book.move_on()
        made = mark.with_suffix(f".{os.getpid()}")
        made.write_text(now, encoding="ascii")
        made.replace(mark)


def stamp() -> str:
    """Changes whenever the program, its words, its settings or the running of the machine do."""
    digest = hashlib.sha256()
    for variable in env.VARIABLES:
        digest.update(f"{variable.name}={env.text(variable.name)}\n".encode())
    for path in _sources():
        found = path.stat()
        digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    with suppress(OSError):
        digest.update(Path("/proc/sys/kernel/random/boot_id").read_bytes())
    return digest.hexdigest()


def _sources() -> Iterator[Path]:
    yield from sorted(path for path in (env.ROOT / "kheo").rglob("*") if path.suffix in {".py", ".html", ".xml", ".txt"})
    yield from sorted((env.ROOT / "locale").rglob("*.mo"))
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    yield from [manifest] if manifest.is_file() else []

