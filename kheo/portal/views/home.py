"""/: what the movement is, its figures for the year, the newest practices, the honour roll."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kheo.commendations import queries as commendations
from kheo.movements import queries as movements
from kheo.movements.models import Cycle, Field, Movement
from kheo.news.queries import public as news
from kheo.portal.queries import home as figures
from kheo.portal.queries import sites
from kheo.practices.queries import catalogue
from kheo.procedures.queries import block

HONOURS = 6
ARTICLES, NOTICES, LOOKED_AT, NOTICE_CATEGORY = 5, 4, 30, "thong-bao"
YEARS = 8


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The front page for the featured cycle, or the one named by `?year=`."""
    movement = movements.main_movement()
    around = _around(request)
    if movement is None:
        return render(request, "portal/home.html", {"movement": None, **around})
    every: list[Any] = list(movements.cycles().annotate(register_changed=catalogue.last_change()))
    cycles = [cycle for cycle in every if cycle.movement_id == movement.pk]
    cycle = _chosen(movement, cycles, request.GET.get("year", ""))
    context: dict[str, Any] = {
        "movement": movement,
        "movement_name": figures.movement_name(movement),
        "movement_summary": figures.movement_summary(movement),
        "opening": figures.opening(movement),
        "cycle": cycle,
        "updated_at": every[0].register_changed if every else None,
        **around,
        "procedures": block.block(),
    }
    if cycle is not None:
        context |= _of_cycle(cycle, cycles, every)
    return render(request, "portal/home.html", context)


def _around(request: HttpRequest) -> dict[str, Any]:
    """What stands on the page whether or not there is a movement: news and notices of this site."""
    found = news.newest(sites.site_of(request), LOOKED_AT)
    notices = [article for article in found if article.category.code == NOTICE_CATEGORY]
    others = [article for article in found if article.category.code != NOTICE_CATEGORY]
    return {"articles": (others or notices)[:ARTICLES], "notices": notices[:NOTICES] if others else []}


def _chosen(movement: Movement, cycles: list[Cycle], asked: str) -> Cycle | None:
    """The cycle of the address when there is one, else the featured one, else the newest begun."""
    by_code = {cycle.code: cycle for cycle in cycles}
    if asked in by_code:
        return by_code[asked]
    featured = next((cycle for cycle in cycles if cycle.pk == movement.featured_cycle_id), None)
    begun = [cycle for cycle in cycles if cycle.starts_on <= timezone.localdate()]
    return featured or next(iter(begun or cycles), None)


def _of_cycle(cycle: Cycle, cycles: list[Cycle], every: list[Cycle]) -> dict[str, Any]:
    before = next((other for other in cycles if other.starts_on < cycle.starts_on), None)
    counted = figures.year(list(Field.objects.all()), every, cycle, before, figures.newest(cycle))
    return {
        "before": before,
        "year": counted,
        "years": [
            {"label": other.code, "href": f"?year={other.code}", "current": other.pk == cycle.pk} for other in cycles[:YEARS]
        ],
        "contributions": figures.contributions(cycle),
        "newest": counted.newest,
        "honours": commendations.honour_roll(cycle, limit=HONOURS),
        "list_href": figures.address(catalogue.of_year(cycle.code)),
        "roll_href": reverse("commendations:honour_roll") + f"?year={cycle.code}",
    }
