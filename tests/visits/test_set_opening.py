"""Where counting began is said by administrators of the site's unit, and corrected by them."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from kheo.core.errors import Refused
from kheo.organizations.models import Organization
from kheo.portal.actions.found_site import found_site
from kheo.visits.actions import set_opening
from kheo.visits.models import Opening
from kheo.visits.queries import sites

pytestmark = pytest.mark.django_db
ADDRESS = "visits_desk:set_opening"


def test_it_works(cast, signed_in):
    client = signed_in(cast.admin)
    page = client.post(reverse(ADDRESS), {"total": "5.697.622", "on": "01/10/2023", "note": "Bộ đếm của trang cũ"})
    assert page.url == reverse("visits_desk:index")
    made = Opening.objects.get()
    assert (made.total, made.on, made.site) == (5_697_622, date(2023, 10, 1), sites.number_of())
    assert "5.697.622" in client.get(page.url).content.decode()


@pytest.mark.parametrize(("total", "on", "field"), [("1,234", "01/10/2023", "total"), ("-5", "01/10/2023", "total"), ("12", "31/02/2023", "on"), ("12", "01/10/2099", "on")])
def test_what_cannot_be_is_refused_at_its_field(cast, signed_in, total, on, field):
    page = signed_in(cast.admin).post(reverse(ADDRESS), {"total": total, "on": on})
    assert list(page.context["form"].errors) == [field]
    assert not Opening.objects.exists()


def test_another_wards_counter_is_out_of_reach(cast):
    own = found_site(cast.quang_trung, host="qt.test", name="Phường Quang Trung", by=None)
    other = found_site(Organization.objects.get(slug="phuong-khac"), host="bd.test", name="Phường Khác", by=None)
    for person in (cast.editor, cast.leader, cast.outsider):
        with pytest.raises(Refused):
            set_opening.set_opening(site=own.pk, total=1, on=date(2023, 1, 1), by=person)
    from kheo.accounts.models import Position, Role

    Position.objects.filter(user=cast.admin).delete()
    Position.objects.create(user=cast.admin, organization=cast.quang_trung, role=Role.ADMIN, valid_from=date(2020, 1, 1))
    set_opening.set_opening(site=own.pk, total=1, on=date(2023, 1, 1), by=cast.admin)
    with pytest.raises(Refused):
        set_opening.set_opening(site=other.pk, total=1, on=date(2023, 1, 1), by=cast.admin)
