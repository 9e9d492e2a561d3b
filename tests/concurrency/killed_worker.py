"""A worker process for test_kill_recognition: runs one job and stops where it is told, to be killed.

Arguments: name of the test database, number of the job, "middle" or "after".
"""

from __future__ import annotations

import os
import sys
import time

import django
from django.conf import settings


def main() -> None:
    """Run the job; say "ready" and wait for the end."""
    database, number, where = sys.argv[1:]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    settings.DATABASES["default"]["NAME"] = database
    django.setup()
    from kheo.core import jobs
    from kheo.practices.actions import recognize

    def wait() -> None:
        print("ready", flush=True)
        time.sleep(120)

    if where == "middle":
        whole = recognize.recognize

        def halfway(*args, **kwargs):
            if len(done) == 2:
                wait()
            done.append(1)
            return whole(*args, **kwargs)

        done: list[int] = []
        recognize.recognize = halfway
    jobs.run(int(number)) if where == "middle" else _after(jobs, int(number), wait)


def _after(jobs, number, wait) -> None:
    """Stop between the commit of the work and everything that comes after it."""
    kind = "practices.recognize_many"
    runner = jobs._runners[kind]

    def stopped(job):
        result = runner(job)
        wait()
        return result

    jobs._runners[kind] = stopped
    jobs.run(number)


main()
