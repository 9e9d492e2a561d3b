"""kill -9 in the middle of a recognition of many: all or nothing, and the job says which."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from kheo.audit import queries as audit
from kheo.audit.models import Entry
from kheo.core import jobs
from kheo.core.models import Job
from kheo.practices.models import Practice, Recognition
from tests.practices import scenes

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ROOT = Path(__file__).resolve().parents[2]
HOW_MANY = 5


@pytest.fixture
def job(cast):
    practices = [scenes.evaluated(cast, title=f"Mô hình {n}") for n in range(HOW_MANY)]
    return Job.objects.create(
        kind="practices.recognize_many", title="Công nhận", by_id=cast.leader.pk,
        arguments={"practices": [[p.pk, p.version] for p in practices], "document": cast.decision.pk},
    )


def killed(job: Job, where: str) -> None:
    """Run the job in a process of its own until it says "ready", then kill -9."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.concurrency.killed_worker", str(connection.settings_dict["NAME"]), str(job.pk), where],
        cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, "KHEO_HOME": str(settings.KHEO_HOME)},
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "ready"
        os.kill(process.pid, signal.SIGKILL)
    finally:
        process.kill()
        process.wait()


def test_killed_in_the_middle_leaves_nothing_and_says_so(job):
    killed(job, "middle")
    assert jobs.sweep() == 1
    job.refresh_from_db()
    assert job.state == Job.State.INTERRUPTED
    assert not Recognition.objects.exists()
    assert Practice.objects.filter(state="evaluating").count() == HOW_MANY
    assert not Entry.objects.filter(verb="practices.recognize").exists()
    assert audit.verify() == []


def test_killed_after_the_commit_leaves_all_and_says_so(job):
    killed(job, "after")
    assert jobs.sweep() == 0
    job.refresh_from_db()
    assert (job.state, job.result["recognized"]) == (Job.State.DONE, HOW_MANY)
    assert Recognition.objects.count() == HOW_MANY
    assert audit.verify() == []


def test_the_same_list_can_be_done_again_after_the_kill(job):
    killed(job, "middle")
    jobs.sweep()
    again = Job.objects.create(kind=job.kind, title=job.title, by_id=job.by_id, arguments=job.arguments)
    assert jobs.run(again.pk).state == Job.State.DONE
    assert Recognition.objects.count() == HOW_MANY
