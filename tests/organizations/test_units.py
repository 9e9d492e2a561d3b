"""create_unit, change_version, correct_version, give_mandate, end_mandate."""

from datetime import date

import pytest

from kheo.core.errors import InvalidInput, Refused
from kheo.organizations import queries
from kheo.organizations.actions import (
    change_version,
    correct_version,
    create_unit,
    end_mandate,
    give_mandate,
)
from kheo.organizations.actions.write_version import VersionData
from kheo.organizations.models import OrganizationKind

START = date(2025, 8, 1)


@pytest.fixture
def kind(db):
    return OrganizationKind.objects.get(code="residential-group")


def data(cast, kind, **more) -> VersionData:
    return VersionData(**{"name": "Khu phố Hòa Bình", "kind": kind, "start": START, "parent": cast.bim_son, **more})


def test_it_works(cast, kind):
    made = create_unit.create_unit(data(cast, kind), by=cast.admin)
    assert made.slug == "khu-pho-hoa-binh-bim-son"
    assert queries.area_of(made, START) == cast.bim_son
    changed = change_version.change_version(made, date(2026, 1, 1), name="Tổ dân phố Hòa Bình", by=cast.admin)
    assert changed.parent == cast.bim_son
    assert queries.name_on(made, date(2025, 12, 31)) == "Khu phố Hòa Bình"


def test_an_outsider_is_refused(cast, kind):
    for person in (cast.outsider, cast.officer, cast.officer_elsewhere):
        with pytest.raises(Refused):
            create_unit.create_unit(data(cast, kind), by=person)


def test_an_administrator_acts_inside_the_own_reach_only(cast, kind):
    elsewhere = queries.by_code("99999").organization
    with pytest.raises(Refused):
        create_unit.create_unit(data(cast, kind, parent=elsewhere), by=cast.admin)
    with pytest.raises(Refused):
        create_unit.create_unit(data(cast, kind, parent=None), by=cast.admin)


def test_the_same_name_beside_it_is_refused_whatever_the_tone_placement(cast, kind):
    create_unit.create_unit(data(cast, kind), by=cast.admin)
    with pytest.raises(InvalidInput) as caught:
        create_unit.create_unit(data(cast, kind, name="khu phố  Hoà Bình"), by=cast.admin)
    assert caught.value.field == "name"
    create_unit.create_unit(data(cast, kind, name="Khu phố Hoa Bình"), by=cast.admin)


def test_a_code_in_force_is_refused_and_a_former_one_is_free(cast, kind):
    with pytest.raises(InvalidInput) as caught:
        create_unit.create_unit(data(cast, kind, code="14812"), by=cast.admin)
    assert caught.value.field == "code"
    create_unit.create_unit(data(cast, kind, code="14815"), by=cast.admin)


def test_a_unit_cannot_outlive_its_superior_unit(cast, kind):
    with pytest.raises(InvalidInput) as caught:
        create_unit.create_unit(data(cast, kind, parent=cast.wards["ba-dinh"], start=date(2020, 1, 1)), by=cast.admin)
    assert caught.value.field == "parent"
    create_unit.create_unit(
        data(cast, kind, parent=cast.wards["ba-dinh"], start=date(2020, 1, 1), end=date(2025, 7, 1)), by=cast.admin
    )


def test_a_unit_cannot_stand_below_itself(cast, kind):
    below = create_unit.create_unit(data(cast, kind), by=cast.admin)
    with pytest.raises(InvalidInput) as caught:
        change_version.change_version(cast.bim_son, date(2026, 1, 1), parent=below, by=cast.admin)
    assert caught.value.field == "parent"


def test_a_change_without_a_change_and_one_before_the_start_are_refused(cast, kind):
    made = create_unit.create_unit(data(cast, kind), by=cast.admin)
    with pytest.raises(InvalidInput):
        change_version.change_version(made, date(2026, 1, 1), name="Khu phố Hòa Bình", by=cast.admin)
    with pytest.raises(InvalidInput):
        change_version.change_version(made, START, name="Khu phố Khác", by=cast.admin)
    change_version.change_version(made, date(2026, 1, 1), name="Khu phố Khác", by=cast.admin)
    with pytest.raises(InvalidInput) as caught:
        change_version.change_version(made, date(2025, 12, 1), name="Khu phố Nữa", by=cast.admin)
    assert caught.value.field == "on" or "01/01/2026" in str(caught.value)
    assert made.versions.count() == 2


def test_a_correction_needs_its_reason(cast, kind):
    made = create_unit.create_unit(data(cast, kind, name="Khu phố Hoà Bính"), by=cast.admin)
    with pytest.raises(InvalidInput):
        correct_version.correct_version(made.versions.get(), name="Khu phố Hòa Bình", reason=" ", by=cast.admin)
    fixed = correct_version.correct_version(made.versions.get(), name="Khu phố Hòa Bình", reason="gõ nhầm", by=cast.admin)
    assert fixed.folded == "khu pho hoa binh"
    assert made.versions.count() == 1


def test_one_holder_of_a_duty_at_a_time(cast, kind):
    first = create_unit.create_unit(data(cast, kind), by=cast.admin)
    second = create_unit.create_unit(data(cast, kind, name="Khu phố Hai"), by=cast.admin)
    held = give_mandate.give_mandate(first, cast.bim_son, "Thường trực", START, by=cast.admin)
    with pytest.raises(InvalidInput, match="Khu phố Hòa Bình"):
        give_mandate.give_mandate(second, cast.bim_son, "thường  trực", date(2026, 1, 1), by=cast.admin)
    end_mandate.end_mandate(held, date(2026, 1, 1), by=cast.admin)
    give_mandate.give_mandate(second, cast.bim_son, "Thường trực", date(2026, 1, 1), by=cast.admin)
    assert queries.mandate_holder(cast.bim_son, "Thường trực", date(2025, 12, 31)).organization == first
    assert queries.mandate_holder(cast.bim_son, "Thường trực", date(2026, 1, 1)).organization == second


def test_a_duty_needs_a_unit_that_exists(cast, kind):
    made = create_unit.create_unit(data(cast, kind), by=cast.admin)
    with pytest.raises(InvalidInput):
        give_mandate.give_mandate(made, cast.bim_son, "Thường trực", date(2025, 7, 15), by=cast.admin)
    with pytest.raises(Refused):
        give_mandate.give_mandate(made, cast.bim_son, "Thường trực", START, by=cast.officer)


def test_names_in_nfd_are_stored_composed(cast, kind):
    import unicodedata

    made = create_unit.create_unit(data(cast, kind, name=unicodedata.normalize("NFD", "Khu phố Hòa Bình\u200b")), by=cast.admin)
    assert made.versions.get().name == "Khu phố Hòa Bình"
