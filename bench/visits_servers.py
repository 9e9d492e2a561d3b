"""The applications that bench/visits.py puts under one kind of server."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

from kheo.visits.middleware.beacon import Beacon

HOME = Path(os.environ["KHEO_HOME"])
sys.setswitchinterval(0.0002)  # as kheo.config.wsgi does


def _bare(_environ, start_response):
    start_response("204 No Content", [("Cache-Control", "no-store")])
    return []


beacon = Beacon(_bare, folder=HOME / "visits", secret="bench")
waiting = Beacon(_bare, folder=HOME / "waiting", secret="bench", within=0)
"""As with KHEO_VISITS_SYNC_MS=0: the disk first, then the answer."""


def _django():
    """The least Django that writes one row per hit: no middleware, one model, SQLite made durable."""
    import django
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.http import HttpResponse
    from django.urls import path

    settings.configure(
        DEBUG=False, SECRET_KEY="x", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, MIDDLEWARE=[], INSTALLED_APPS=[],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": HOME / "rows.sqlite3", "CONN_MAX_AGE": None, "OPTIONS": {
            "transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        }}},
    )
    django.setup()
    from django.db import OperationalError, connection, models

    class Row(models.Model):  # noqa: DJ008
        at = models.DateTimeField(auto_now_add=True)
        path = models.CharField(max_length=300)
        visitor = models.CharField(max_length=16)

        class Meta:
            app_label = "bench"

    with contextlib.suppress(OperationalError), connection.schema_editor() as editor:  # the other worker was first
        editor.create_model(Row)

    def insert(_request):
        Row.objects.create(path="/tin-tuc/", visitor="0123456789abcdef")
        return HttpResponse(status=204)

    globals()["urlpatterns"] = [path("row", insert)]
    return get_wsgi_application()


rows = _django() if os.environ.get("BENCH_ROWS") else None
