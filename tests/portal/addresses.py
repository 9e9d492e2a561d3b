"""Addresses of sections, notices, leaders and sites."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from kheo.portal.actions.found_site import found_site
from kheo.portal.models import Leader

EVERYBODY = "200 200 200 200 200 200 200 200 200"
EDITORS = "302 403 403 403 403 403 200 403 200"
ADMINS = "302 403 403 403 403 403 403 403 200"
TABLE = {
    "portal:search": EVERYBODY, "portal:suggest": EVERYBODY, "portal:introduction": EVERYBODY, "portal:structure": EVERYBODY, "portal:leaders": EVERYBODY, "portal:contact": EVERYBODY,
    "portal:self_check": EVERYBODY, "portal:sections": EDITORS, "portal:check_section": EDITORS, "portal:announce_stop": EDITORS,
    "portal:cancel_stop": "302 403 403 403 403 403 404 403 404", "portal:desk_leaders": EDITORS, "portal:broken_links": EDITORS, "portal:add_leader": EDITORS,
    "portal:write_leader": EDITORS, "portal:sites": ADMINS, "portal:found_site": ADMINS,
}


def samples(cast):
    """A founded site with one leading post."""
    found_site(cast.bim_son, host="localhost", name="Phường Bỉm Sơn", by=None, default=True)
    post = Leader.objects.create(unit=cast.bim_son, post="Chủ tịch", duties="Điều hành", valid_from=date(2025, 7, 1))
    return {
        "portal:check_section": {"code": "lich-su"}, "portal:cancel_stop": {"pk": 0},
        "portal:write_leader": {"pk": post.pk},
    }


def pages(cast):
    """What the browser walk visits."""
    samples(cast)
    return {
        "introduction": (None, reverse("portal:introduction")), "structure": (None, reverse("portal:structure")),
        "leaders": (None, reverse("portal:leaders")), "contact": (None, reverse("portal:contact")),
        "desk-broken-links": (cast.editor, reverse("portal:broken_links")), "desk-sections": (cast.editor, reverse("portal:sections")), "desk-announce-stop": (cast.editor, reverse("portal:announce_stop")),
        "desk-leader": (cast.editor, reverse("portal:add_leader")), "desk-sites": (cast.admin, reverse("portal:sites")),
        "desk-found-site": (cast.admin, reverse("portal:found_site")),
    }
