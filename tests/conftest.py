"""Fixtures shared by all tests."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

# Each test process has a data folder of its own, thrown away with the temporary folder.
os.environ.setdefault("KHEO_HOME", tempfile.mkdtemp(prefix="kheo-test-"))
os.environ["KHEO_HTTPS"] = "0"

import pytest
from django.test import Client

from tests import cast as cast_module


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path: Path):
    """Uploads and jobs of one test stay in its own folder."""
    settings.KHEO_HOME = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_ROOT = tmp_path / "private"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "media"}},
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "private", "base_url": None},
        },
    }


@pytest.fixture
def cast(db) -> cast_module.Cast:
    """The fixed cast."""
    return cast_module.assemble()


@pytest.fixture
def signed_in(client: Client):
    """`signed_in(user)` gives the test client with that person signed in."""

    def sign_in(user) -> Client:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
