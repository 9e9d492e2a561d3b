"""Folds without a pause until it is killed. Argument: name of the test database."""

from __future__ import annotations

import os
import sys
import time

import django
from django.conf import settings


def main() -> None:
    """Say "ready", then fold and fold."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    settings.DATABASES["default"]["NAME"] = sys.argv[1]
    django.setup()
    from kheo.visits.actions import fold

    fold.STEP = 20_000  # many small transactions: more chances to be killed inside one
    print("ready", flush=True)
    while True:
        fold.fold()
        time.sleep(0.01)


main()
