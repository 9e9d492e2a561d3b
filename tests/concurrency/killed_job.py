"""Runs one job in a process of its own and stops just before its writing transaction ends.

Arguments: name of the test database, number of the job.
"""

from __future__ import annotations

import os
import sys
import time

import django
from django.conf import settings


def main() -> None:
    """Say "ready" inside the transaction that holds the work, and wait to be killed."""
    database, number = sys.argv[1:]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    settings.DATABASES["default"]["NAME"] = database
    django.setup()
    from kheo.core import jobs
    from kheo.core.models import Job

    def stop(*_args, **_kwargs) -> None:
        print("ready", flush=True)
        time.sleep(120)

    Job.objects.get(pk=number)
    jobs.complete = stop
    jobs.run(int(number))


main()
