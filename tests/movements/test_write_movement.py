import pytest
from django.urls import reverse

from kheo.audit.models import Entry
from kheo.core.errors import InvalidInput, Refused
from kheo.movements.actions.write_movement import FieldLine, Words, write_movement
from kheo.movements.models import Movement


def fields(*names, first=0):
    rows = {"fields-TOTAL_FORMS": str(len(names)), "fields-INITIAL_FORMS": "0", "fields-MIN_NUM_FORMS": "1", "fields-MAX_NUM_FORMS": "20"}
    for n, name in enumerate(names):
        rows |= {f"fields-{n}-name": name, f"fields-{n}-short_name": name[:3], f"fields-{n}-code": ""}
    return rows


def test_it_works(cast, signed_in):
    client = signed_in(cast.leader)
    data = {"name": "Đô thị xanh", "area": cast.bim_son.pk} | fields("Môi trường", "Giao thông")
    answer = client.post(reverse("movements:launch"), data)
    assert answer.status_code == 302, (answer.context["form"].errors, answer.context["lines"].errors)
    made = Movement.objects.get(slug="do-thi-xanh")
    assert [f.code for f in made.fields.all()] == ["moi-truong", "giao-thong"]
    assert Entry.objects.get(verb="movements.write_movement").details["fields"] == ["Môi trường", "Giao thông"]
    assert "Đô thị xanh" in client.get(reverse("movements:index")).content.decode()


def test_a_field_left_out_ends_and_is_kept(cast):
    lines = [FieldLine(f.name, f.short_name, f.name_en, f.code) for f in cast.movement.fields.all()][:3]
    write_movement(Words(cast.movement.name, cast.bim_son), lines, by=cast.admin, current=cast.movement)
    left = cast.movement.fields.get(code="political-system")
    assert left.valid_to is not None
    assert cast.movement.fields.filter(valid_to__isnull=True).count() == 3


def test_an_officer_may_not(cast, signed_in):
    with pytest.raises(Refused):
        write_movement(Words("X", cast.bim_son), [FieldLine("A", "A")], by=cast.officer)
    assert signed_in(cast.officer).get(reverse("movements:change", args=[cast.movement.slug])).status_code == 403


def test_a_leader_may_not_move_it_to_anothers_area(cast):
    with pytest.raises(Refused):
        write_movement(Words("X", cast.wards["ba-dinh"].__class__.objects.get(slug="phuong-khac")), [FieldLine("A", "A")], by=cast.leader)


@pytest.mark.parametrize("names", [(), ("Kinh tế", "kinh  te")])
def test_fields_that_cannot_be_are_refused(cast, names):
    with pytest.raises(InvalidInput):
        write_movement(Words("X", cast.bim_son), [FieldLine(n, "K") for n in names], by=cast.admin)


def test_two_movements_of_one_name_have_two_addresses(cast):
    slugs = [write_movement(Words("Xanh", cast.bim_son), [FieldLine("A", "A")], by=cast.admin).slug for _n in range(2)]
    assert slugs == ["xanh", "xanh-2"]
