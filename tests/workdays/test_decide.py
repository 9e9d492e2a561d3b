"""The calendar in the database: scopes, four eyes, what would move."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from kheo.audit.models import Entry
from kheo.core.errors import Conflict, InvalidInput, Refused
from kheo.workdays import dependents, queries, rules
from kheo.workdays.actions import decide, propose, recompute, withdraw
from kheo.workdays.models import CalendarDay, Certainty, DecidedYear, Scope, State
from tests.cast import document, kind, person, unit

FRIDAY = date(2026, 6, 5)


@pytest.fixture
def paper(cast):
    return document("77/TB-UBND", date(2026, 5, 1), title="Nghỉ ngày thành lập", issuer="UBND phường Bỉm Sơn")


def proposed(cast, on=FRIDAY, unit=None, **more):
    values = {"kind": CalendarDay.Kind.HOLIDAY, "name": "Ngày thành lập", **more}
    where = {"unit_id": unit.pk} if unit else {}
    return propose.propose_days([propose.NewDay(on, **values)], by=cast.officer, **where)[0]


def test_it_works(cast, paper):
    row = proposed(cast)
    assert rules.due_date(date(2026, 6, 4), 1, queries.calendar_for()) == FRIDAY
    decide.decide([row], document=paper, by=cast.leader)
    row.refresh_from_db()
    assert (row.state, row.basis, row.certainty) == (State.DECIDED, paper, Certainty.DOCUMENT)
    assert rules.due_date(date(2026, 6, 4), 1, queries.calendar_for()) == date(2026, 6, 8)
    assert queries.calendar_for().days[FRIDAY].basis == "77/TB-UBND (01/05/2026)"
    assert list(Entry.objects.values_list("verb", flat=True)) == ["workdays.propose", "workdays.decide"]


def test_nobody_decides_what_they_proposed(cast, paper):
    row = proposed(cast)
    with pytest.raises(Refused):
        decide.decide([row], document=paper, by=cast.officer)
    row.refresh_from_db()
    assert row.state == State.PROPOSED
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarDay.objects.filter(pk=row.pk).update(decided_by_id=cast.officer.pk)


def test_a_day_counts_only_by_a_document(cast):
    with pytest.raises(InvalidInput) as refusal:
        decide.decide([proposed(cast)], by=cast.leader)
    assert refusal.value.field == "document"


def test_all_or_none(cast, paper):
    taken = proposed(cast, on=date(2026, 9, 2), name="Trùng")  # decided by the seed
    free = proposed(cast)
    with pytest.raises(Conflict):
        decide.decide([free, taken], document=paper, by=cast.leader)
    assert CalendarDay.objects.get(pk=free.pk).state == State.PROPOSED


def test_deciding_twice_says_so(cast, paper):
    row = proposed(cast)
    decide.decide([row], document=paper, by=cast.leader)
    with pytest.raises(Conflict):
        decide.decide([row], document=paper, by=cast.admin)


@pytest.mark.parametrize("who", ["evaluator", "editor", "auditor", "registrant", "outsider"])
def test_others_neither_propose_nor_decide(cast, who, paper):
    person = getattr(cast, who)
    with pytest.raises(Refused):
        propose.propose_days([propose.NewDay(FRIDAY, "holiday", "Thử")], by=person)
    with pytest.raises(Refused):
        decide.decide([proposed(cast)], document=paper, by=person)


def test_a_units_day_holds_there_alone(cast, paper):
    row = proposed(cast, unit=cast.bim_son)
    decide.decide([row], document=paper, by=cast.leader)
    assert not queries.calendar_for(cast.bim_son).counts(FRIDAY)
    assert queries.calendar_for(cast.quang_trung).counts(FRIDAY) and queries.calendar_for().counts(FRIDAY)
    with pytest.raises(Refused):
        propose.propose_days([propose.NewDay(FRIDAY, "holiday", "X")], by=cast.officer_elsewhere, unit_id=cast.bim_son.pk)


def test_what_is_above_reaches_the_groups_below_as_the_tree_was_that_day(cast, paper):
    decide.decide([proposed(cast, unit=cast.bim_son)], document=paper, by=cast.leader)
    group = cast.groups["ba-dinh-1"]  # below phường Ba Đình, thus below the town in 2023
    assert queries.calendar_for(group, date(2023, 6, 1)).counts(FRIDAY)


def test_saturday_mornings_of_one_unit(cast, paper):
    values = {
        "valid_from": date(2026, 6, 1), "valid_to": None, "mornings": "1111110", "afternoons": "1111100", "half_days_count": True,
        **{name: queries.WeeklyPattern._meta.get_field(name).default for name in ("morning_from", "morning_to", "afternoon_from", "afternoon_to")},
    }
    row = propose.propose_pattern(values, by=cast.officer, unit_id=cast.bim_son.pk, basis=paper)
    assert not queries.calendar_for(cast.bim_son).counts(date(2026, 6, 6))
    decide.decide([row], by=cast.leader)
    assert queries.calendar_for(cast.bim_son).counts(date(2026, 6, 6))
    assert not queries.calendar_for(cast.bim_son).counts(date(2026, 5, 30)) and not queries.calendar_for().counts(date(2026, 6, 6))


def test_a_week_without_a_whole_day_is_refused(cast):
    values = {"valid_from": FRIDAY, "valid_to": None, "mornings": "1111100", "afternoons": "0000000", "half_days_count": False}
    with pytest.raises(InvalidInput):
        propose.propose_pattern(values, by=cast.officer, unit_id=0)


def test_the_library_only_proposes(cast):
    made = propose.propose_from_library(2028, by=cast.officer)
    names = {row.on: row for row in made}
    assert date(2028, 1, 26) in names and date(2028, 4, 4) in names  # Tết and Giỗ Tổ at UTC+7
    assert names[date(2028, 11, 24)].basis.number == "28/2026/QH16"
    assert all(row.state == State.PROPOSED for row in made)
    assert propose.propose_from_library(2028, by=cast.officer) == []
    assert rules.add_working_days(date(2028, 1, 25), 1, queries.calendar_for()).end == date(2028, 1, 26)


def test_no_24_november_before_2026(cast):
    assert date(2025, 11, 24) not in {day.on for day in propose.known_days(2025)}
    assert date(2026, 11, 24) in {day.on for day in propose.known_days(2026)}


def test_lunar_new_year_2030_is_vietnamese(cast):
    assert date(2030, 2, 2) in {day.on for day in propose.known_days(2030)}


def test_the_seed_is_written_once(cast):
    from importlib import import_module

    from django.apps import apps

    before = CalendarDay.objects.count(), DecidedYear.objects.count()
    import_module("kheo.workdays.migrations.0002_known_days").load(apps, None)
    assert (CalendarDay.objects.count(), DecidedYear.objects.count()) == before
    assert queries.last_decided_year() == 2026
    assert {row.on for row in CalendarDay.objects.filter(state=State.PROPOSED, on__year=2026)} == {date(2026, 1, 2), date(2026, 1, 10)}


def test_a_year_is_confirmed_by_two(cast, paper):
    row = propose.propose_year(2027, by=cast.officer)
    assert propose.propose_year(2027, by=cast.admin) == row
    with pytest.raises(Refused):
        decide.decide([row], document=paper, by=cast.officer)
    decide.decide([row], document=paper, by=cast.leader)
    assert 2027 in queries.calendar_for().decided_years


def test_refusing_and_withdrawing_keep_the_row(cast, paper):
    row = proposed(cast)
    with pytest.raises(InvalidInput):
        decide.reject([row], reason=" ", by=cast.leader)
    decide.reject([row], reason="Không có thông báo", by=cast.leader)
    assert queries.history()[0].reason == "Không có thông báo"
    other = proposed(cast)
    decide.decide([other], document=paper, by=cast.leader)
    with pytest.raises(Refused):
        withdraw.withdraw(other, reason="Nhầm", by=cast.leader)
    withdraw.withdraw(other, reason="Nhầm", by=cast.admin)
    assert queries.calendar_for().counts(FRIDAY)


def test_a_swap_needs_its_other_day(cast):
    for swap in ("swap_off", "swap_work"):
        with pytest.raises(InvalidInput) as refusal:
            propose.propose_days([propose.NewDay(FRIDAY, swap, "Hoán đổi")], by=cast.officer)
        assert refusal.value.field == "counterpart"


@dataclass
class Letter:
    """A record of a room above, with a stored date."""

    due: date
    moved_by: object = None

    def preview(self, calendar_of):
        after = rules.due_date(date(2026, 6, 4), 1, calendar_of(None, date(2026, 6, 4)))
        if after != self.due:
            yield dependents.Move("Thư", "/thu/", self.due, after)

    def recompute(self, calendar_of, by):
        moves = list(self.preview(calendar_of))
        for move in moves:
            self.due, self.moved_by = move.after, by
        return len(moves)


@pytest.fixture
def letter():
    made = Letter(FRIDAY)
    dependents.register("test.letter", "Thư", made.preview, made.recompute)
    yield made
    dependents._registered.pop("test.letter")


def test_stored_dates_move_only_on_command(cast, paper, letter):
    row = proposed(cast)
    assert queries.would_move() == []
    assert [m.after for moving in queries.would_move([row]) for m in moving.moves] == [date(2026, 6, 8)]
    decide.decide([row], document=paper, by=cast.leader)
    assert letter.due == FRIDAY
    assert len(queries.would_move()) == 1
    with pytest.raises(Refused):
        recompute.recompute(by=cast.auditor)
    assert recompute.recompute(by=cast.officer)["test.letter"] == 1
    assert (letter.due, letter.moved_by) == (date(2026, 6, 8), cast.officer)
    assert Entry.objects.last().details["changed"]["test.letter"] == 1
    assert recompute.recompute(by=cast.officer)["test.letter"] == 0


def test_a_colleagues_proposal_waits_for_the_others(cast):
    assert queries.waiting(cast.leader, FRIDAY)[0].count == 0  # the seed's proposals wait for a notice
    proposed(cast)
    assert [found.count for found in queries.waiting(cast.leader, FRIDAY)] == [1]
    assert [found.count for found in queries.waiting(cast.officer, FRIDAY)] == [0]


def test_a_provinces_day_holds_for_the_units_below_it(cast, paper):
    province = unit("Tỉnh Thanh Hóa", kind("province", "Tỉnh", "state", area=True), code="38", slug="tinh-thanh-hoa")
    cast.bim_son.versions.update(parent=province)
    governor = person("can-bo-tinh", "Cán bộ tỉnh", ("receiver", province))
    row = propose.propose_days([propose.NewDay(FRIDAY, "holiday", "Ngày của tỉnh")], by=governor, unit_id=province.pk)[0]
    assert (row.scope, row.unit_name) == (Scope.PROVINCE, "Tỉnh Thanh Hóa")
    decide.decide([row], document=paper, by=person("lanh-dao-tinh", "Lãnh đạo tỉnh", ("leader", province)))
    assert not queries.calendar_for(cast.bim_son).counts(FRIDAY) and queries.calendar_for(cast.quang_trung).counts(FRIDAY)
    with pytest.raises(Refused):
        withdraw.withdraw(row, reason="Nhầm", by=cast.admin)


def test_withdrawing_shows_first_what_would_move(cast, paper, letter, signed_in):
    row = proposed(cast)
    decide.decide([row], document=paper, by=cast.leader)
    letter.due = date(2026, 6, 8)
    assert [m.after for moving in queries.would_move(without=[row]) for m in moving.moves] == [FRIDAY]
    page = signed_in(cast.admin).get(f"/ban-lam-viec/lich-lam-viec/rut/calendarday/{row.pk}/").content.decode()
    assert "05/06/2026" in page and "Thư" in page
