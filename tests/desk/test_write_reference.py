import pytest
from django.urls import reverse

from kheo.audit.models import Entry
from kheo.commendations.models import Form, Level
from kheo.core import reference
from kheo.core.errors import InvalidInput, Refused
from kheo.desk.actions.write_reference import write_reference
from kheo.organizations.models import OrganizationKind


def test_it_works(cast, signed_in):
    client = signed_in(cast.admin)
    level = Level.objects.first()
    answer = client.post(
        reverse("desk:add_reference", args=["hinh-thuc-khen"]),
        {"code": "thu-khen", "name": "Thư khen", "name_en": "Letter of praise", "level": level.pk, "authority": "Chủ tịch UBND phường",
         "rank": "9", "valid_from": "01/01/2026", "valid_to": ""},
    )
    assert answer.status_code == 302, answer.context["form"].errors
    form = Form.objects.get(code="thu-khen")
    assert form.valid_from.isoformat() == "2026-01-01"
    assert Entry.objects.get(verb="desk.write_reference").object_label == "Thư khen"
    assert "Thư khen" in client.get(reverse("desk:reference", args=["hinh-thuc-khen"])).content.decode()


def test_a_change_says_from_what_to_what(cast, signed_in):
    kind = OrganizationKind.objects.get(code="ward")
    data = {"name": "Phường mới", "name_en": "Ward", "branch": kind.branch, "is_area": "on", "order": "5", "code": "other"}
    assert signed_in(cast.admin).post(reverse("desk:write_reference", args=["loai-don-vi", kind.pk]), data).status_code == 302
    kind.refresh_from_db()
    assert (kind.name, kind.code) == ("Phường mới", "ward")
    assert Entry.objects.get(verb="desk.write_reference").details["changed"]["name"] == "Phường → Phường mới"


def test_an_officer_may_not(cast):
    with pytest.raises(Refused):
        write_reference(reference.get("loai-don-vi"), {"name": "X"}, by=cast.officer)


def test_an_end_before_the_beginning_is_shown_at_its_field(cast, signed_in):
    level = Level.objects.first()
    data = {"code": "x", "name": "X", "name_en": "X", "order": "1", "valid_from": "02/01/2026", "valid_to": "01/01/2026"}
    page = signed_in(cast.admin).post(reverse("desk:add_reference", args=["cap-khen"]), data)
    assert "valid_to" in page.context["form"].errors
    with pytest.raises(InvalidInput):
        write_reference(reference.get("cap-khen"), {"valid_from": level.valid_from or page.context["form"].cleaned_data["valid_from"], "valid_to": page.context["form"].cleaned_data["valid_from"]}, by=cast.admin, row=level)


def test_a_code_taken_is_refused_in_words(cast, signed_in):
    taken = Level.objects.first().code
    page = signed_in(cast.admin).post(reverse("desk:add_reference", args=["cap-khen"]), {"code": taken, "name": "X", "name_en": "X", "order": "1"})
    assert "code" in page.context["form"].errors


def test_an_unknown_list_is_not_found(cast, signed_in):
    assert signed_in(cast.admin).get(reverse("desk:reference", args=["khong-co"])).status_code == 404
