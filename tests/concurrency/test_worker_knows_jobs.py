"""A fresh process, such as the worker, knows every kind of job without serving a page first."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KINDS = {"practices.check_workbook", "practices.import_workbook", "practices.recognize_many", "commendations.certificates"}


def test_all_kinds_are_registered_at_start():
    code = "import django; django.setup(); from kheo.core import jobs; print(*jobs._runners)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
    )
    assert set(done.stdout.split()) >= KINDS
