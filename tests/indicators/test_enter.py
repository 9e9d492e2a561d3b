"""Entering figures: what is saved, held, refused, and who is told of a conflict."""

from __future__ import annotations

import json

import time_machine

from kheo.indicators.actions import enter
from kheo.indicators.actions.enter import Entry
from kheo.indicators.models import Observation
from kheo.indicators.queries import definitions, figure
from tests.indicators.scenes import count, put, scene, share


def test_it_works(cast, signed_in):
    indicator = count()
    client = signed_in(cast.officer)
    year = definitions.period("2026").code
    address = f"/ban-lam-viec/chi-tieu/nhap/{cast.bim_son.slug}/{year}/luu/"
    key = f"{indicator.pk}-{cast.bim_son.pk}-value"
    answer = client.post(address, json.dumps({"cells": [{"key": key, "text": "12", "was": ""}]}), content_type="application/json").json()
    assert answer["cells"] == [{"key": key, "state": "saved", "message": "", "shown": "12"}]
    assert Observation.objects.get(is_current=True).value == 12


def test_a_ratio_over_wards_is_of_the_sums(cast):
    scene(cast)
    made = figure("gia_dinh_van_hoa", cast.town, definitions.period("2023"))
    assert (made.value, made.numerator, made.denominator) == (85, 170, 200)
    assert (made.known, made.total) == (2, 7)


def test_the_successor_shows_the_units_that_passed_into_it(cast):
    scene(cast)
    made = figure("gia_dinh_van_hoa", cast.bim_son, definitions.period("2023"))
    assert (made.numerator, made.denominator) == (80, 100)


def test_the_second_of_two_people_is_told_and_nothing_is_lost(cast):
    indicator, period = count(), definitions.period("2026")
    entry = Entry(indicator.pk, cast.bim_son.pk, "value", "10", "")
    assert enter.enter(period, [entry], by=cast.officer).answers[0].state == "saved"
    other = Entry(indicator.pk, cast.bim_son.pk, "value", "11", "")
    answer = enter.enter(period, [other], by=cast.officer).answers[0]
    assert answer.state == "conflict"
    assert str(cast.officer) in answer.message
    assert "10" in answer.message
    again = Entry(indicator.pk, cast.bim_son.pk, "value", "11", answer.shown)
    assert enter.enter(period, [again], by=cast.officer).answers[0].state == "saved"
    assert list(Observation.objects.order_by("revision").values_list("value", flat=True)) == [10, 11]


def test_an_odd_figure_needs_a_reason(cast):
    indicator = count()
    put(indicator, cast.bim_son, "2025", value="100")
    assert put(indicator, cast.bim_son, "2026", value="900", reason="").answers[0].state == "held"
    assert put(indicator, cast.bim_son, "2026", value="900", reason="Sáp nhập").answers[0].state == "saved"


def test_refusals_say_why(cast):
    indicator, part = count(), share()
    ambiguous = put(indicator, cast.bim_son, "2026", value="1.234").answers[0]
    assert ambiguous.state == "refused"
    assert "1234" in ambiguous.message
    assert "1,234" in ambiguous.message
    assert put(part, cast.bim_son, "2026", numerator="9", denominator="8").answers[0].state == "refused"
    assert put(indicator, cast.bim_son, "2026", by=cast.outsider, value="1").answers[0].state == "refused"
    assert not Observation.objects.exists()


def test_zero_denominator_and_empty_are_not_zero(cast):
    part = share()
    put(part, cast.bim_son, "2026", numerator="0", denominator="0")
    assert figure(part.code, cast.bim_son, definitions.period("2026")).state == "none_arising"
    assert figure(part.code, cast.quang_trung, definitions.period("2026")).state == "missing"


def test_a_lock_that_falls_while_somebody_types_is_told(cast, signed_in):
    """The page was opened before the lock; the typed figure is refused with the round's name, nothing is written."""
    s, client = scene(cast), signed_in(cast.officer)
    address = f"/ban-lam-viec/chi-tieu/nhap/{cast.bim_son.slug}/{s['year'].code}/"
    assert client.get(address).status_code == 200
    s["round"].on_time_by, s["round"].locks_on = s["round"].opens_on, s["round"].opens_on.replace(day=2)
    s["round"].save()
    with time_machine.travel(s["round"].opens_on.replace(day=20), tick=False):
        client.force_login(cast.officer)
        key = f"{s['share'].pk}-{cast.bim_son.pk}-numerator"
        cell = client.post(address + "luu/", json.dumps({"cells": [{"key": key, "text": "5", "was": ""}]}), content_type="application/json").json()["cells"][0]
    assert cell["state"] == "refused"
    assert "Thu thập số liệu năm" in cell["message"]
    assert not Observation.objects.filter(unit=cast.bim_son).exists()


def test_the_cell_page_does_not_overwrite_anothers_figure_unseen(cast, signed_in):
    indicator, client = count(), signed_in(cast.officer)
    address = f"/ban-lam-viec/chi-tieu/nhap/{cast.bim_son.slug}/2026/o/{indicator.code}/"
    sent = {"value": "7", "was_value": "", "status": "estimate"}
    put(indicator, cast.bim_son, "2026", value="6")
    page = client.post(address, sent)
    assert page.status_code == 200
    assert 'name="was_value" value="6"' in page.content.decode()
    assert client.post(address, sent | {"was_value": "6"}).status_code == 302
    assert Observation.objects.get(is_current=True).value == 7
