"""Fixtures shared by all tests."""

from __future__ import annotations

import copy
import os
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

# Each test process has a data folder of its own, thrown away with the temporary folder.
os.environ.setdefault("KHEO_HOME", tempfile.mkdtemp(prefix="kheo-test-"))
os.environ["KHEO_HTTPS"] = "0"

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests import cast as cast_module

# A busy machine is no failure: how fast things are is measured by bench/, never by the suite.
hypothesis_settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("suite")


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL only what touches the database runs: the rest has said the same on SQLite already."""
    if connection.vendor == "sqlite":
        return
    touching = [item for item in items if item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(item.fixturenames)]
    if len(touching) < len(items):
        config.hook.pytest_deselected(items=[item for item in items if item not in set(touching)])
        items[:] = touching


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The tables are made from the models (--nomigrations: seconds instead of minutes), so the rows
    that migrations write are written here. script/test proves the migrations themselves apart."""
    with django_db_blocker.unblock():
        load_reference_rows()


def load_reference_rows() -> None:
    """What the data migrations of ours and of Wagtail put into a new database."""
    from wagtail.models import Collection, Locale, Page

    from kheo.core.search import tables
    from kheo.news.actions import set_up
    from kheo.organizations.actions.load_reference import load_kinds

    tables.install(connection)
    load_kinds()
    for name in (
        "kheo.practices.migrations.0003_contribution_kinds", "kheo.commendations.migrations.0002_levels_and_forms",
        "kheo.workdays.migrations.0002_known_days", "kheo.portal.migrations.0003_section_kinds", "kheo.portal.migrations.0004_abbreviations", "kheo.procedures.migrations.0002_reference", "kheo.procedures.migrations.0003_due_and_certainty",
        "kheo.reports.migrations.0002_formats_and_outlines",
        "kheo.feedback.migrations.0002_questionnaires",
    ):
        import_module(name).load(apps, None)
    Locale.objects.get_or_create(language_code="vi")
    if not Page.objects.exists():
        Page.add_root(title="Root", slug="root")
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    set_up.after_migrate(None)


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path: Path):
    """Uploads and jobs of one test stay in its own folder; rate limits count from nothing."""
    # Both test processes inherit one data folder: counts kept there would be wiped by the neighbour.
    settings.CACHES = {**settings.CACHES, "shared": {**settings.CACHES["shared"], "LOCATION": tmp_path / "cache"}}
    cache.clear()
    settings.KHEO_HOME = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_ROOT = tmp_path / "private"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path / "media")}},
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "private", "base_url": None},
        },
    }


@pytest.fixture(scope="module", autouse=True)
def cast_of_module(request: pytest.FixtureRequest) -> Iterator[cast_module.Cast | None]:
    """The cast, made once for a module in which every test of the database uses it.

    It lives in a transaction around those of the tests, which thereby become savepoints: making it for
    each test took a fifth of the time. Where a test counts on empty tables or on real commits, each
    test makes its own cast.
    """
    if not _all_use_the_cast(request.node):
        yield None
        return
    request.getfixturevalue("django_db_setup")
    blocker = request.getfixturevalue("django_db_blocker")
    around = transaction.atomic()
    around._from_testcase = True  # durable blocks inside are the tests' own affair, as in Django's TestCase
    with blocker.unblock():
        around.__enter__()
        made = cast_module.assemble()
    yield made
    with blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


def _all_use_the_cast(module: pytest.Module) -> bool:
    used = set()
    for item in module.session.items:
        if item.getparent(pytest.Module) is not module or not isinstance(item, pytest.Function):
            continue
        marker = item.get_closest_marker("django_db")
        fixtures = set(item.fixturenames)
        if fixtures & {"transactional_db", "live_server", "site"} or (marker and marker.kwargs.get("transaction")):
            return False
        if marker or "db" in fixtures:
            used.add("cast" in fixtures)
    return used == {True}


@pytest.fixture
def cast(db, cast_of_module: cast_module.Cast | None) -> cast_module.Cast:
    """The fixed cast; a test may change its objects as it likes."""
    return copy.deepcopy(cast_of_module) if cast_of_module else cast_module.assemble()


@pytest.fixture
def signed_in(client: Client):
    """`signed_in(user)` gives the test client with that person signed in."""

    def sign_in(user) -> Client:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
