from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from kheo.core.errors import InvalidInput
from kheo.movements.actions import freeze, write_criteria
from kheo.movements.actions.write_criteria import Header, Line

HEADER = Header("Tiêu chí 2024", "collective", Decimal(100), Decimal(80), Decimal(90), 6, 2, date(2024, 1, 1))
LINES = [Line("Kết quả", Decimal(60)), Line("Lan tỏa", Decimal(40))]


def test_it_works(cast):
    made = write_criteria.write_criteria(cast.movement, HEADER, LINES, by=cast.officer)
    assert made.version == 2
    assert [c.name for c in made.criteria.all()] == ["Kết quả", "Lan tỏa"]


def test_points_must_add_up(cast):
    with pytest.raises(InvalidInput, match="60"):
        write_criteria.write_criteria(cast.movement, HEADER, LINES[:1], by=cast.officer)


def test_one_evaluator_is_not_enough(cast):
    header = Header(**{**vars(HEADER), "minimum_evaluators": 1})
    with pytest.raises(InvalidInput):
        write_criteria.write_criteria(cast.movement, header, LINES, by=cast.officer)


def test_a_frozen_set_gets_a_next_version(cast):
    frozen = freeze.freeze(cast.cycle, "collective", by=cast.officer)
    made = write_criteria.write_criteria(cast.movement, HEADER, LINES, by=cast.officer, current=frozen)
    assert made.pk != frozen.pk
    assert frozen.criteria.count() == 5


def test_rows_can_be_added_without_script(cast, signed_in):
    client = signed_in(cast.officer)
    address = reverse("movements:write_criteria", args=[cast.movement.slug])
    page = client.post(address, {"criteria-TOTAL_FORMS": "2", "criteria-INITIAL_FORMS": "0", "add-criteria": "1", "name": "Đang gõ"})
    assert page.context["lines"].total_form_count() == 3
    assert "Đang gõ" in page.content.decode()
