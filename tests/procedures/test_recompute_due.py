"""Due dates that the working calendar gave: listed when it changes, moved only on command, judged anew."""

from __future__ import annotations

from datetime import date

import pytest

from kheo.audit.models import Entry
from kheo.procedures.actions import import_catalogue
from kheo.procedures.models import Batch, DossierFact
from kheo.procedures.queries import figures, health
from kheo.workdays import queries as workdays
from kheo.workdays.actions import decide, propose, recompute
from kheo.workdays.models import CalendarDay
from tests.cast import document
from tests.procedures.exports import dossier

pytestmark = pytest.mark.django_db


def test_it_works(bring, cast, one_stop):
    entry = import_catalogue.Entry("1.001193", "", "Đăng ký khai sinh", "Hộ tịch", limit=3)
    import_catalogue.write_version(entry, date(2022, 1, 1), sensitive=False, by=one_stop)
    # Received on Monday the 6th, three working days: due on the 9th; it ended on the 10th.
    bring([dossier(1, due=None, done="10/11/2023 09:00"), dossier(2, due="09/11/2023", done="10/11/2023 09:00")])
    assert figures.figures("2023-11").total.overdue == 2
    row = propose.propose_days([propose.NewDay(date(2023, 11, 7), kind=CalendarDay.Kind.HOLIDAY, name="Ngày thành lập")], by=cast.officer)[0]
    listed = [move for moving in workdays.would_move([row]) if moving.dependent.code == "procedures.due" for move in moving.moves]
    assert [(move.before, move.after) for move in listed] == [(date(2023, 11, 9), date(2023, 11, 10))]
    assert "1 hồ sơ" in listed[0].label
    decide.decide([row], document=document("77/TB-UBND", date(2023, 11, 1), title="Nghỉ", issuer="UBND"), by=cast.leader)
    assert figures.figures("2023-11").total.overdue == 2  # nothing moves by itself
    assert recompute.recompute(by=cast.officer)["procedures.due"] == 1
    total = figures.figures("2023-11").total
    assert (total.on_time, total.overdue) == (1, 1)  # the date that the export named stays
    assert DossierFact.objects.get(due_computed=True).outcome == "on_time"
    assert Entry.objects.filter(verb="procedures.recompute_due").count() == 1
    assert recompute.recompute(by=cast.officer)["procedures.due"] == 0
    assert health.unequal_sums() == []
    Batch.objects.update(accepted=3)
    assert health.unequal_sums() == [(Batch.objects.get().pk, 2, 3)]
