"""kill -9, a full disk and two officers at once: readers see the whole old batch or the whole new one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection

from kheo.audit import queries as audit
from kheo.core import jobs
from kheo.core.errors import Conflict
from kheo.core.models import Job
from kheo.procedures.actions import import_results, receive, write_facts
from kheo.procedures.models import Batch, DossierFact
from kheo.procedures.queries import figures
from tests.procedures import exports

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_kill_9_in_the_middle_leaves_the_old_figures(bring, cast, one_stop, november, settings):
    bring(exports.several()[:5])
    batch = receive.receive(exports.xlsx(exports.several()), "a.xlsx", unit=cast.wards["ba-dinh"], period=november, origin=None, by=one_stop)
    job = Job.objects.create(kind="procedures.check", title="Kiểm tra", by_id=one_stop.pk, arguments={"batch": batch.pk})
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.concurrency.killed_job", str(connection.settings_dict["NAME"]), str(job.pk)], cwd=ROOT,
        stdout=subprocess.PIPE, text=True, env={**os.environ, "KHEO_HOME": str(settings.KHEO_HOME)},
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "ready"
        os.kill(process.pid, signal.SIGKILL)
    finally:
        process.kill()
        process.wait()
    assert jobs.sweep() == 1
    batch.refresh_from_db()
    assert (batch.state, DossierFact.objects.filter(batch=batch).count()) == ("received", 0)
    assert figures.figures("2023-11").total.settled == 5
    assert audit.verify() == []
    Job.objects.filter(pk=job.pk).update(state="queued")
    jobs.run(job.pk)
    batch.refresh_from_db()
    assert batch.state == "checked"


@pytest.mark.django_db(transaction=True)
def test_two_officers_import_the_same_period_at_once(bring, cast, one_stop, november):
    barrier, outcomes = threading.Barrier(2), []

    def run(rows):
        try:
            barrier.wait(timeout=30)
            outcomes.append(import_results.import_results(exports.xlsx(rows), "a.xlsx", unit=cast.wards["ba-dinh"], period=november, by=one_stop))
        except Exception as error:
            outcomes.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(exports.several()[:count],)) for count in (4, 6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    failed = [found for found in outcomes if isinstance(found, Exception)]
    assert all(isinstance(error, Conflict) for error in failed), outcomes
    published = Batch.objects.get(state="published")
    assert published.accepted == DossierFact.objects.filter(batch=published).count()
    assert not Batch.objects.filter(state="checked").exists()


@pytest.mark.django_db(transaction=True)
def test_a_full_disk_ends_in_words_and_changes_nothing(bring, cast, november, tmp_path, monkeypatch, capsys):
    bring(exports.several()[:5])

    def full(*_args):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(write_facts, "write_facts", full)
    path = tmp_path / "a.xlsx"
    path.write_bytes(exports.xlsx(exports.several()))
    with pytest.raises(SystemExit) as ended:
        call_command("import_procedures", str(path), unit="14812@2023-06-01", period="2023-11")
    assert ended.value.code == 2
    assert "Không ghi được dữ liệu (ổ đĩa đã đầy)" in "".join(capsys.readouterr())
    assert figures.figures("2023-11").total.settled == 5
