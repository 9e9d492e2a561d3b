"""The program's own section pages: introduction, structure, leaders, contact, and the self-check for machines."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kheo.organizations import queries as organizations
from kheo.portal.queries import sections, sites


@require_safe
def introduction(request: HttpRequest) -> HttpResponse:
    """Every section of the site that is there, those the law asks for first."""
    site = sites.site_of(request)
    found = sections.present(site) if site else []
    shown = [{"name": sections.kind_name(kind), "href": href, "lead": page.lead if page else "", "law": kind.duty == "law"} for kind, href, page in found]
    return render(request, "portal/sections/introduction.html", {"sections": shown, "unit": sites.unit_of(site) if site else None})


@require_safe
def structure(request: HttpRequest) -> HttpResponse:
    """The units of the site's area today, as a chart that is a list."""
    site, today = sites.site_of(request), timezone.localdate()
    unit = sites.unit_of(site) if site else None
    page = organizations.unit_page(unit.slug, today) if unit else None
    groups = page.children_by_branch if page else []
    return render(request, "portal/sections/structure.html", {"unit": unit, "groups": groups, "day": today, "page": page})


@require_safe
def leaders(request: HttpRequest) -> HttpResponse:
    """Who leads, with duties and short biographies."""
    site = sites.site_of(request)
    return render(request, "portal/sections/leaders.html", {"leaders": sections.leaders(site) if site else [], "unit": sites.unit_of(site) if site else None})


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """How to reach the office, and which page answers which question."""
    return render(request, "portal/sections/contact.html")


@require_safe
def self_check(request: HttpRequest) -> JsonResponse:
    """How complete and how fresh the site is, for the machines that measure it (NĐ 224/2026, Điều 12)."""
    site = sites.site_of(request)
    found = sections.standings(site) if site else []
    counts = {state: sum(s.state == state for s in found) for state in sections.TONES}
    rows = [
        {
            "code": s.kind.code, "name": s.kind.name, "duty": s.kind.duty, "basis": s.kind.basis, "state": s.state,
            "url": request.build_absolute_uri(s.href) if s.href else None, "checked_on": s.checked_on.isoformat() if s.checked_on else None,
        }
        for s in found
    ]
    answer = {"site": request.build_absolute_uri(reverse("portal:home")), "as_of": timezone.now().isoformat(timespec="seconds"), "counts": counts, "sections": rows}
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})
