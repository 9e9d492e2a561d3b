"""Units for everybody: the list by area and day, and the page of a unit with its history."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kheo.core.errors import InvalidInput
from kheo.core.rules import dates
from kheo.organizations import queries, sections
from kheo.organizations.forms.units import FilterForm

PER_PAGE = 60


def index(request: HttpRequest) -> HttpResponse:
    """The areas as a tree; with a search or a filter, a list. Everything as of the chosen day."""
    form = FilterForm(request.GET or None)
    chosen = form.chosen() if request.GET else {"day": queries.today()}
    context = {"form": form, "day": chosen["day"], "today": queries.today()}
    if any(chosen.get(name) for name in ("words", "branch", "kind", "area")):
        page = Paginator(queries.listing(**chosen), PER_PAGE).get_page(request.GET.get("page"))
        context |= {"page": page, "rows": queries.rows(page.object_list, chosen["day"])}
    else:
        context |= {"areas": queries.area_tree(chosen["day"])}
    return render(request, "organizations/public/index.html", context)


def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One unit through all its names; former units show where they went, as of their last day."""
    asked = request.GET.get("day", "")
    day, misread = None, ""
    if asked:
        try:
            day = dates.parse_date(asked)
        except InvalidInput:
            misread = asked[:40]
    page = queries.unit_page(slug, day)
    if page is None:
        raise Http404
    ended, end = queries.last_day(page.organization), queries.end_day(page.organization)
    context = {
        "page": page, "asked_day": day, "misread": misread, "today": queries.today(),
        "ended": ended, "ends": end,
        "sections": sections.of(page.organization, page.day),
    }
    return render(request, "organizations/public/detail.html", context)
