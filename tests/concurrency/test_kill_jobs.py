"""kill -9 while an import or a batch of certificates holds its work: nothing of it is there, and it says so."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.db import connection

from kheo.audit import queries as audit
from kheo.commendations.actions import commend
from kheo.commendations.models import Form
from kheo.core import jobs
from kheo.core.models import Job
from kheo.practices.actions import import_practices
from kheo.practices.models import ImportBatch, Practice
from tests.cast import document
from tests.practices.workbooks import GOOD, HEADINGS, xlsx

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ROOT = Path(__file__).resolve().parents[2]
# Where this process keeps uploads: the other process must find the workbook there.
HOME = Path(ImportBatch._meta.get_field("file").storage.location).parent


def killed(job: Job) -> None:
    """Run the job elsewhere until its work is written but not committed, then kill -9."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.concurrency.killed_job", str(connection.settings_dict["NAME"]), str(job.pk)],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "KHEO_HOME": str(HOME)},
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "ready"
        os.kill(process.pid, signal.SIGKILL)
    finally:
        process.kill()
        process.wait()
    assert jobs.sweep() == 1
    job.refresh_from_db()
    assert job.state == Job.State.INTERRUPTED


def test_an_import(cast):
    batch = import_practices.receive(xlsx([HEADINGS, *GOOD]), "a.xlsx", cycle=cast.cycle, unit=cast.town, by=cast.officer)
    job = Job.objects.create(kind="practices.import_workbook", title="Nhập", by_id=cast.officer.pk, arguments={"batch": batch.pk, "good_rows": False})
    killed(job)
    assert Practice.objects.count() == 0
    assert ImportBatch.objects.get().state == ImportBatch.State.CHECKED
    assert audit.verify() == []
    again = import_practices.import_practices(xlsx([HEADINGS, *GOOD]), "a.xlsx", cycle=cast.cycle, unit=cast.town, by=cast.officer)
    assert again.report["accepted"] == 3


def test_certificates(cast):
    lines = [commend.Line(name=f"Tập thể {n}", achievement="Thành tích") for n in range(3)]
    made = commend.commend(
        document("156/QĐ-UBND", date(2023, 12, 20)), Form.objects.get_or_create(
            code="giay-khen-ubnd", defaults={"name": "Giấy khen", "name_en": "x", "authority": "x", "level": _level()}
        )[0], cycle=cast.cycle, unit=cast.bim_son, lines=lines, by=cast.leader,
    )
    job = Job.objects.create(kind="commendations.certificates", title="In", by_id=cast.leader.pk, arguments={"commendation": made.pk})
    killed(job)
    made.refresh_from_db()
    assert not made.certificates_file
    assert not any(h.certificate for h in made.honourees.all())


def _level():
    from kheo.commendations.models import Level

    return Level.objects.get_or_create(code="grassroots", defaults={"name": "Cơ sở", "name_en": "x"})[0]
