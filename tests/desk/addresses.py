"""Addresses of reference lists."""

from __future__ import annotations

from django.urls import reverse

from kheo.commendations.models import Form

TABLE = {
    "desk:references": "302 403 200 200 200 200 200 200 200",
    "desk:reference": "302 403 200 200 200 200 200 200 200",
    "desk:add_reference": "302 403 403 403 403 403 403 403 200",
    "desk:write_reference": "302 403 403 403 403 403 403 403 200",
}


def samples(cast):
    """The forms of commendation and the first of them."""
    code = {"code": "hinh-thuc-khen"}
    return {
        "desk:reference": code, "desk:add_reference": code,
        "desk:write_reference": code | {"pk": Form.objects.first().pk},
    }


def pages(cast):
    """What the browser walk visits."""
    return {
        "desk-references": (cast.admin, reverse("desk:references")),
        "desk-reference": (cast.admin, reverse("desk:reference", args=["hinh-thuc-khen"])),
        "desk-write-reference": (cast.admin, reverse("desk:write_reference", args=["hinh-thuc-khen", Form.objects.first().pk])),
    }
