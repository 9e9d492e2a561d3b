"""Work behind the page: queue it, run it, show how far it is, tell honestly when it was cut off.

A function registered here receives the Job and does its writing in ONE transaction of its own, so
that a killed process leaves all or nothing. The running count is kept in a small file, because a
count written inside that transaction could not be seen from outside.
"""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from kheo.core.errors import DomainError
from kheo.core.messages import describe
from kheo.core.models import Job

Runner = Callable[[Job], dict[str, Any]]
_runners: dict[str, Runner] = {}


@dataclass(frozen=True)
class Progress:
    """How far a job is: `done` of `total` steps and what it is doing."""

    done: int
    total: int
    message: str

    @property
    def percent(self) -> int:
        """0 to 100, for the progress bar."""
        return min(100, round(100 * self.done / self.total)) if self.total else 0


def register(kind: str) -> Callable[[Runner], Runner]:
    """Decorator: this function runs jobs of `kind` and returns the JSON result."""

    def keep(function: Runner) -> Runner:
        _runners[kind] = function
        return function

    return keep


def enqueue(kind: str, title: str, *, by: Any, result_url: str = "", **arguments: Any) -> Job:
    """Put a job on the queue; it starts once the surrounding transaction has committed."""

    job = Job.objects.create(
        kind=kind,
        title=title[:200],
        arguments=arguments,
        by_id=getattr(by, "pk", None),
        by_name=str(by or "")[:150],
        result_url=result_url,
    )
    transaction.on_commit(lambda: run_job.enqueue(job.pk))
    return job


def run(job_id: int) -> Job:
    """Run one queued job to its end in this process and record what became of it."""
    claimed = Job.objects.filter(pk=job_id, state=Job.State.QUEUED).update(
        state=Job.State.RUNNING, started_at=timezone.now(), worker=_worker()
    )
    job = Job.objects.get(pk=job_id)
    if not claimed:
        return job
    try:
        result = _runners[job.kind](job)
        if job.state != Job.State.DONE:
            complete(job, result)
    except DomainError as error:
        _fail(job, str(describe(error)))
    except Exception as error:
        _fail(job, f"{type(error).__name__}: {error}"[:2000])
        raise
    finally:
        _file(job.pk).unlink(missing_ok=True)
    return job


def complete(job: Job, result: dict[str, Any]) -> None:
    """Mark a job as done. Call it inside the transaction that holds the job's work: then a process
    killed at any instant leaves either both the work and the mark, or neither."""
    job.result, job.state, job.ended_at = result, Job.State.DONE, timezone.now()
    job.save(update_fields=["result", "state", "ended_at"])


def _fail(job: Job, words: str) -> None:
    job.error, job.state, job.ended_at = words, Job.State.FAILED, timezone.now()
    job.save(update_fields=["error", "state", "ended_at"])


@task()
def run_job(job_id: int) -> str:
    """The one task of the queue: run a job by its number; its outcome is on the Job row."""
    return run(job_id).state


def report(job: Job, done: int, total: int, message: Any = "") -> None:
    """Write how far the job is (at most five times a second, and always at the end)."""
    last = getattr(job, "_reported_at", 0.0)
    now = time.monotonic()
    if now - last < 0.2 and done < total:
        return
    job._reported_at = now  # type: ignore[attr-defined]
    path = _file(job.pk)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".part")
    partial.write_text(
        json.dumps({"done": done, "total": total, "message": str(message)}), encoding="utf-8"
    )
    partial.replace(path)


def progress(job: Job) -> Progress:
    """How far the job is now; a job that ended is complete."""
    if job.state == Job.State.DONE:
        return Progress(1, 1, "")
    try:
        data = json.loads(_file(job.pk).read_text(encoding="utf-8"))
        return Progress(int(data["done"]), int(data["total"]), str(data["message"]))
    except (OSError, ValueError, KeyError):
        return Progress(0, 0, "")


def sweep() -> int:
    """Mark running jobs of this host whose process is gone as interrupted; how many there were.

    Their transaction was rolled back by the database, so nothing they did was saved.
    """
    found = 0
    for job in Job.objects.filter(state=Job.State.RUNNING):
        if _is_gone(job.worker):
            found += Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(
                state=Job.State.INTERRUPTED, ended_at=timezone.now()
            )
            _file(job.pk).unlink(missing_ok=True)
    return found


def _file(job_id: int) -> Path:
    return Path(settings.KHEO_HOME) / "jobs" / f"{job_id}.json"


def _worker() -> str:
    return f"{socket.gethostname()}:{os.getpid()}:{_started(os.getpid())}"


def _started(pid: int) -> str:
    """The start time of a process, so that a reused process number is not mistaken for it."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[19]
    except (OSError, IndexError):
        return ""


def _is_gone(worker: str) -> bool:
    host, _sep, rest = worker.partition(":")
    pid, _sep, started = rest.partition(":")
    if host != socket.gethostname() or not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return bool(started) and _started(int(pid)) != started
