"""Addresses of sections, notices, leaders and sites."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from kheo.core.search import indexing
from kheo.portal.actions.found_site import found_site
from kheo.portal.models import Leader
from tests.cast import practice

EVERYBODY = "200 200 200 200 200 200 200 200 200"
EDITORS = "302 403 403 403 403 403 200 403 200"
ADMINS = "302 403 403 403 403 403 403 403 200"
TABLE = {
    "portal:open_data": EVERYBODY, "portal:catalogue": EVERYBODY, "portal:api": EVERYBODY, "portal:dataset": EVERYBODY,
    "portal:dataset_dictionary": EVERYBODY, "portal:dataset_file": EVERYBODY, "portal:dataset_checksum": EVERYBODY,
    "api:openapi-json": EVERYBODY, "api:practices": EVERYBODY, "api:practice": EVERYBODY, "api:units": EVERYBODY, "api:unit": EVERYBODY, "api:documents": EVERYBODY, "api:document": EVERYBODY,
    "api:movements": EVERYBODY, "api:search": EVERYBODY, "api:datasets": EVERYBODY, "api:dataset": EVERYBODY, "api:dataset_rows": EVERYBODY,
    "api:nothing": EVERYBODY.replace("200", "404"), "api:api-root": EVERYBODY.replace("200", "404"), "portal:search": EVERYBODY, "portal:suggest": EVERYBODY, "portal:introduction": EVERYBODY, "portal:structure": EVERYBODY, "portal:leaders": EVERYBODY, "portal:contact": EVERYBODY,
    "portal:self_check": EVERYBODY, "portal:sections": EDITORS, "portal:check_section": EDITORS, "portal:announce_stop": EDITORS,
    "portal:cancel_stop": "302 403 403 403 403 403 404 403 404", "portal:desk_leaders": EDITORS, "portal:broken_links": EDITORS, "portal:add_leader": EDITORS,
    "portal:write_leader": EDITORS, "portal:sites": ADMINS, "portal:found_site": ADMINS,
    "portal:site": ADMINS, "portal:move_site": ADMINS, "portal:identify_site": ADMINS,
}


def samples(cast):
    """A founded site with one leading post."""
    site = {"pk": found_site(cast.bim_son, host="localhost", name="Phường Bỉm Sơn", by=None, default=True).pk}
    post = Leader.objects.create(unit=cast.bim_son, post="Chủ tịch", duties="Điều hành", valid_from=date(2025, 7, 1))
    table, shown = {"code": "don-vi"}, practice(cast, state="recognized", title="Ngõ nhỏ không rác")
    return {
        "portal:dataset": table, "portal:dataset_dictionary": table, "portal:dataset_file": table | {"form": "csv"},
        "portal:dataset_checksum": table | {"form": "csv"}, "api:dataset": table, "api:dataset_rows": table,
        "api:practice": {"slug": shown.slug}, "api:unit": {"slug": cast.bim_son.slug}, "api:document": {"number": cast.decision.pk},
        "portal:check_section": {"code": "lich-su"}, "portal:cancel_stop": {"pk": 0},
        "portal:write_leader": {"pk": post.pk}, "portal:site": site, "portal:move_site": site, "portal:identify_site": site,
    }


def pages(cast):
    """What the browser walk visits."""
    site = samples(cast)["portal:site"]
    indexing.rebuild()
    return {
        "search": (None, reverse("portal:search")), "search-hits": (None, reverse("portal:search") + "?q=khong+rac"),
        "search-nothing": (None, reverse("portal:search") + "?q=khong+racs+zzz"), "open-data": (None, reverse("portal:open_data")),
        "open-data-table": (None, reverse("portal:dataset", args=["don-vi"])), "open-data-api": (None, reverse("portal:api")),
        "introduction": (None, reverse("portal:introduction")), "structure": (None, reverse("portal:structure")),
        "leaders": (None, reverse("portal:leaders")), "contact": (None, reverse("portal:contact")),
        "desk-broken-links": (cast.editor, reverse("portal:broken_links")), "desk-sections": (cast.editor, reverse("portal:sections")), "desk-announce-stop": (cast.editor, reverse("portal:announce_stop")),
        "desk-leader": (cast.editor, reverse("portal:add_leader")), "desk-sites": (cast.admin, reverse("portal:sites")),
        "desk-found-site": (cast.admin, reverse("portal:found_site")), "desk-site": (cast.admin, reverse("portal:site", kwargs=site)),
    }
