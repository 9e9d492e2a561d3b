from __future__ import annotations

import uuid
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from kheo.audit.models import Entry
from kheo.core.errors import InvalidInput, Refused
from kheo.practices.actions import report_progress as reporting
from kheo.practices.models import Contribution, Output, ProgressReport
from kheo.practices.queries import totals
from tests import cast as cast_module


def report(practice, by, *, key=None, **more):
    values = {"period_from": date(2023, 1, 1), "period_to": date(2023, 3, 31), "text": "Đã giúp ba hộ."} | more
    return reporting.report_progress(practice, reporting.ProgressData(**values), submission_key=key or uuid.uuid4(), by=by)


def test_it_works(cast):
    practice = cast_module.practice(cast, state="running")
    output = Output.objects.create(practice=practice, result="Hộ thoát nghèo", unit="hộ", target=5)
    made = report(practice, cast.registrant, contributions={"land": Decimal("120.5"), "workdays": Decimal(40)}, outputs={output.pk: Decimal(2)})
    assert made.by == cast.registrant
    assert [str(c.amount.normalize()) for c in made.contributions.order_by("kind__code")] == ["120.5", "4E+1"]
    assert totals.reached(practice)[0].reached == 2
    entry = Entry.objects.get(verb="practices.report_progress")
    assert entry.details["contributions"] == {"land": "120.5", "workdays": "40"}


def test_the_same_key_adds_nothing(cast):
    practice, key = cast_module.practice(cast, state="running"), uuid.uuid4()
    first = report(practice, cast.registrant, key=key, contributions={"land": Decimal(5)})
    again = report(practice, cast.registrant, key=key, contributions={"land": Decimal(5)})
    assert again == first
    assert (ProgressReport.objects.count(), Contribution.objects.count(), Entry.objects.count()) == (1, 1, 1)


def test_a_key_of_another_practice_is_not_taken_for_a_repetition(cast):
    key = uuid.uuid4()
    report(cast_module.practice(cast, state="running"), cast.registrant, key=key)
    other = cast_module.practice(cast, state="running", title="Mô hình khác")
    with pytest.raises((InvalidInput, ProgressReport.DoesNotExist)):
        report(other, cast.registrant, key=key)
    assert not other.progress_reports.exists()


@pytest.mark.parametrize("who", ["outsider", "officer_elsewhere", "evaluator", "leader", "auditor"])
def test_refused_for_others(cast, who):
    practice = cast_module.practice(cast, state="running")
    with pytest.raises(Refused):
        report(practice, getattr(cast, who))


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "proposed", "evaluating", "withdrawn", "stopped"])
def test_refused_in_other_states(cast, state):
    with pytest.raises(Refused):
        report(cast_module.practice(cast, state=state), cast.registrant)


def test_refused_in_a_closed_cycle(cast):
    cast.cycle.closed_at = timezone.now()
    cast.cycle.save()
    with pytest.raises(Refused, match="Năm 2023"):
        report(cast_module.practice(cast, state="running"), cast.registrant)


@pytest.mark.parametrize(
    "bad",
    [
        {"text": "  "},
        {"period_from": date(2023, 4, 1), "period_to": date(2023, 3, 1)},
        {"contributions": {"land": Decimal(-1)}},
        {"contributions": {"gold": Decimal(1)}},
    ],
)
def test_refused_input(cast, bad):
    practice = cast_module.practice(cast, state="running")
    with pytest.raises(InvalidInput):
        report(practice, cast.registrant, **bad)
    assert not ProgressReport.objects.exists()


def test_a_period_in_the_future_is_refused(cast):
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(InvalidInput) as refusal:
        report(cast_module.practice(cast, state="running"), cast.registrant, period_to=tomorrow)
    assert refusal.value.field == "period_to"


def test_zero_is_a_figure_and_missing_is_none(cast):
    practice = cast_module.practice(cast, state="running")
    output = Output.objects.create(practice=practice, result="Kết quả")
    assert totals.reached(practice)[0].reached is None
    report(practice, cast.registrant, outputs={output.pk: Decimal(0)})
    assert totals.reached(practice)[0].reached == 0


def test_an_output_of_another_practice_is_left_out(cast):
    practice = cast_module.practice(cast, state="running")
    foreign = Output.objects.create(practice=cast_module.practice(cast, title="Khác"), result="Kết quả")
    report(practice, cast.registrant, outputs={foreign.pk: Decimal(3)})
    assert totals.reached(foreign.practice)[0].reached is None


def test_contributions_add_up_by_ward_field_and_cycle(cast, django_assert_num_queries):
    one = cast_module.practice(cast, state="running")
    two = cast_module.practice(cast, state="running", title="Hai", ward=cast.wards["bac-son"], field=cast.fields["culture-society"])
    report(one, cast.officer, contributions={"land": Decimal(100), "money": Decimal(5_000_000)})
    report(one, cast.officer, contributions={"land": Decimal("20.5")}, period_from=date(2023, 4, 1), period_to=date(2023, 6, 30))
    report(two, cast.officer, contributions={"land": Decimal(7)})
    with django_assert_num_queries(1):
        found = {total.kind.code: total.amount for total in totals.contributions([one, two])}
    assert found == {"land": Decimal("127.5"), "money": Decimal(5_000_000)}
    practices = type(one).objects.all()
    with django_assert_num_queries(1):
        by_ward = totals.contributions_by(practices, "ward")
    assert by_ward[cast.wards["ba-dinh"].pk]["land"] == Decimal("120.5")
    assert by_ward[cast.wards["bac-son"].pk] == {"land": Decimal(7)}
    assert totals.contributions_by(practices, "field")[cast.fields["culture-society"].pk]["land"] == 7
    assert totals.contributions_by(practices, "cycle")[cast.cycle.pk]["money"] == 5_000_000


def test_the_page_takes_a_report_once(cast, signed_in):
    practice = cast_module.practice(cast, state="running")
    client, address = signed_in(cast.registrant), reverse("practices_desk:report_progress", args=[practice.pk])
    assert client.get(address).status_code == 200
    data = {"submission_key": str(uuid.uuid4()), "period_from": "01/01/2023", "period_to": "31/03/2023", "text": "Đã làm.", "kind-land": "1250"}
    for _press in range(2):
        assert client.post(address, data).status_code == 302
    assert Contribution.objects.get().amount == 1250


def test_the_page_refuses_an_ambiguous_amount_and_keeps_the_words(cast, signed_in):
    practice = cast_module.practice(cast, state="running")
    data = {"submission_key": str(uuid.uuid4()), "period_from": "01/01/2023", "period_to": "31/03/2023", "text": "Giữ lại chữ này.", "kind-land": "1.234"}
    answer = signed_in(cast.registrant).post(reverse("practices_desk:report_progress", args=[practice.pk]), data)
    assert answer.status_code == 200
    assert "1.234" in answer.content.decode()
    assert "Giữ lại chữ này." in answer.content.decode()
    assert not ProgressReport.objects.exists()
