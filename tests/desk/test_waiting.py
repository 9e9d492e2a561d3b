from datetime import date

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from kheo.accounts.models import User
from kheo.desk import queries
from kheo.desk.actions import send_digests
from kheo.movements.models import CriteriaSet, Milestone
from kheo.practices.models import Message
from tests.cast import practice
from tests.practices import scenes


def kinds(user: User) -> dict[str, int]:
    user = User.objects.get(pk=user.pk)
    return {w.code: w.count for w in queries.waiting_for(user)}


def test_it_works_for_each_role(cast):
    practice(cast, state="submitted")
    practice(cast, state="returned", title="Tuyến đường hoa")
    practice(cast, state="evaluating", title="Camera an ninh")
    assert kinds(cast.officer) == {"approve": 1}
    assert kinds(cast.registrant) == {"returned": 1}
    assert kinds(cast.evaluator) == {"evaluate": 1}
    assert kinds(cast.outsider) == {}
    assert kinds(cast.officer_elsewhere) == {}


def test_a_leader_waits_for_the_second_sheet_of_each_practice(cast):
    for title in ("Camera an ninh", "Đoạn đường tự quản"):
        scenes.sheet(practice(cast, state="evaluating", title=title), cast.evaluator, 80)
    assert kinds(cast.leader) == {}, "two sheets of two practices are not two of one"
    scenes.evaluated(cast, title="Vườn rau gia đình trẻ")
    assert kinds(cast.leader) == {"decide": 1}

def test_every_line_opens_exactly_its_rows(cast, signed_in):
    """The number of the to-do is the number of rows behind its link, also when a set asks for a third evaluator."""
    for state in ("submitted", "returned", "draft", "listed", "running", "proposed", "evaluating", "recognized"):
        practice(cast, title=f"Mô hình {state}", state=state)
    scenes.evaluated(cast, title="Vườn rau gia đình trẻ")
    for user in (cast.registrant, cast.officer, cast.evaluator, cast.leader):
        client = signed_in(user)
        waiting = [w for w in queries.waiting_for(User.objects.get(pk=user.pk)) if "?mine=" in w.href]
        assert waiting
        for line in waiting:
            assert client.get(line.href).context["page"].paginator.count == line.count, line.code
    CriteriaSet.objects.update(minimum_evaluators=3)
    assert kinds(cast.leader) == {}
    assert client.get(reverse("practices_desk:list"), {"mine": "decide"}).context["page"].paginator.count == 0


def test_late_is_computed_from_the_milestone(cast):
    practice(cast)
    Milestone.objects.create(
        cycle=cast.cycle, kind="approval", period_from=date(2023, 1, 1), period_to=date(2023, 3, 31),
        opens_on=date(2023, 1, 1), closes_on=date(2023, 3, 31), locks_on=date(2023, 4, 30),
    )
    (waiting,) = queries.waiting_for(cast.officer, day=date(2023, 3, 31))
    assert (waiting.due, waiting.late) == (date(2023, 3, 31), 0)
    (waiting,) = queries.waiting_for(User.objects.get(pk=cast.officer.pk), day=date(2023, 4, 1))
    assert waiting.late == 1


def test_a_closed_cycle_waits_for_nobody(cast):
    practice(cast)
    cast.cycle.closed_at = timezone.now()
    cast.cycle.save()
    assert kinds(cast.officer) == {}


def test_an_answer_waits_until_the_officer_writes_again(cast):
    made = practice(cast, state="running")
    now = timezone.now()
    Message.objects.create(practice=made, kind="answer", text="Đã bổ sung ảnh.", by_name="Khu phố 1", at=now)
    assert kinds(cast.officer)["answers"] == 1
    Message.objects.create(practice=made, kind="guidance", text="Đã xem.", by_name="Cán bộ", at=now)
    assert "answers" not in kinds(cast.officer)


def test_an_evaluator_is_not_asked_about_own_unit(cast):
    practice(cast, state="evaluating", organization=cast.evaluator2.positions.first().works_at)
    assert kinds(cast.evaluator2) == {}
    assert kinds(cast.evaluator) == {"evaluate": 1}


@pytest.mark.parametrize("name", ["home", "calendar", "jobs"])
def test_pages_open_for_everyone_at_the_desk(cast, signed_in, name):
    practice(cast)
    for user in (cast.officer, cast.registrant, cast.auditor):
        assert signed_in(user).get(reverse(f"desk:{name}")).status_code == 200


def test_the_number_of_queries_does_not_grow(cast, signed_in, django_assert_max_num_queries):
    for n in range(30):
        practice(cast, title=f"Mô hình {n}")
    client = signed_in(cast.officer)
    with django_assert_max_num_queries(60):
        client.get(reverse("desk:home"))


def test_calendar_file(cast, signed_in):
    answer = signed_in(cast.officer).get(reverse("desk:calendar_file"))
    assert answer.content.decode().count("BEGIN:VEVENT") >= 2
    assert answer["Content-Type"].startswith("text/calendar")


def test_a_digest_goes_out_once_a_day(cast):
    practice(cast)
    with time_machine.travel("2023-11-01 08:00+07:00", tick=False):
        send_digests.send_digests()
        send_digests.send_digests()
    letters = [m for m in mail.outbox if m.to == [cast.officer.email]]
    assert len(letters) == 1
    assert "/ban-lam-viec/mo-hinh/" in letters[0].body
    with time_machine.travel("2023-11-02 08:00+07:00", tick=False):
        send_digests.send_digests()
    assert len([m for m in mail.outbox if m.to == [cast.officer.email]]) == 2


def test_no_letter_without_work_or_wish(cast):
    practice(cast)
    User.objects.filter(pk=cast.officer.pk).update(wants_digest=False)
    send_digests.send_digests()
    assert [m for m in mail.outbox if m.to == [cast.officer.email]] == []
    assert [m for m in mail.outbox if m.to == [cast.outsider.email]] == []
