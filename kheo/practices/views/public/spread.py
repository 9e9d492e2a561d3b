"""/mo-hinh/nhan-rong/: the board of what spread where."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from kheo.core import forms as kheo_forms
from kheo.core.rules import text
from kheo.movements.models import Cycle
from kheo.practices.queries import replication
from kheo.practices.queries.units import UnitNames
from kheo.practices.rules.search import MAX_QUESTION


class SpreadForm(kheo_forms.Form):
    """Search among the sources, and the year in which they were taken over."""

    mark_optional = False
    q = forms.CharField(label=gettext_lazy("Name of the practice"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    year = forms.ChoiceField(label=gettext_lazy("Taken over in the year"), required=False)

    def __init__(self, data: QueryDict, cycles: list[Cycle]) -> None:
        super().__init__(data, auto_id="filter-%s")
        control = self.fields["year"]
        assert isinstance(control, forms.ChoiceField)
        control.choices = [("", _("All")), *{c.code: c.name for c in cycles}.items()]


@require_safe
def spread(request: HttpRequest) -> HttpResponse:
    """Practices that other units took over: how many, where, since when, what was adapted."""
    cycles = list(Cycle.objects.order_by("-starts_on"))
    asked = text.squeeze(text.nfc(request.GET.get("q", "")[:MAX_QUESTION]))
    year = request.GET.get("year", "").strip()
    ignored = []
    if year and year not in {cycle.code for cycle in cycles}:
        ignored, year = [f"year={year[:40]}"], ""
    replicas = replication.taken_over(asked, year)
    page = Paginator(replication.sources(replicas), replication.PER_PAGE).get_page(request.GET.get("page") or 1)
    shown, names = replication.reach([number for number, _direct in page.object_list])
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in (("q", asked), ("year", year)) if value})
    request.GET = query  # type: ignore[assignment]
    wards = _wards(shown, names)
    context = {
        "form": SpreadForm(query, cycles),
        "page": page,
        "sources": [_card(source) for source in shown],
        "wards": [names.label(ward) for ward in wards],
        "matrix": [_line(source, wards) for source in shown],
        "ignored": ignored,
        "filtered": bool(asked or year),
        "taken_over": replicas.count(),
    }
    return render(request, "practices/public/spread.html", context)


def _wards(found: list[replication.Source], names: UnitNames) -> list[int]:
    reached = set().union(*(source.wards for source in found)) if found else set()
    return [ward for ward in names.in_order() if ward in reached]


def _card(source: replication.Source) -> dict[str, Any]:
    return {"source": source, "href": reverse("practices:detail", args=[source.root.entry.practice.slug])}


def _line(source: replication.Source, wards: list[int]) -> dict[str, Any]:
    cells: list[list[replication.Node]] = [
        [node for node in source.replicas if node.entry.practice.ward_id == ward] for ward in wards
    ]
    return {"source": source, "cells": [{"count": len(nodes), "first": nodes[0] if nodes else None} for nodes in cells]}
