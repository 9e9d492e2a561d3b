"""/mo-hinh/: the public register with search, filters, counts, two views and pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kheo.movements.models import Cycle, Field
from kheo.practices.forms import catalogue as forms
from kheo.practices.models import Practice
from kheo.practices.queries import catalogue, public, rows


class KnownTotal(Paginator[Practice]):
    """Pages of the list, whose total the counts already gave."""

    def __init__(self, filters: catalogue.Filters, total: int) -> None:
        super().__init__(Window(filters), catalogue.PER_PAGE)
        self.total = total

    @property
    def count(self) -> int:
        """The total of the counts; no query of its own."""
        return self.total


class Window(Sequence[Practice]):
    """The list as a paginator slices it; only the slice is read."""

    def __init__(self, filters: catalogue.Filters) -> None:
        self.filters = filters

    def __len__(self) -> int:
        raise TypeError

    def __getitem__(self, wanted: Any) -> Any:
        return catalogue.page(self.filters, wanted.start, wanted.stop) if wanted.stop > wanted.start else []


def page_of(query: QueryDict, filters: catalogue.Filters, total: int) -> tuple[Page[Practice], list[str]]:
    """The asked page; beyond the end the last one, and nonsense the first, with a note."""
    asked = query.get("page", "").strip()
    page = KnownTotal(filters, total).get_page(asked or 1)
    if asked and asked != str(page.number):
        return page, [_("page %(asked)s; page %(shown)s is shown") % {"asked": asked[:20], "shown": page.number}]
    return page, []


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The register as the public reads it. Everything the reader chose is in the address."""
    fields = list(Field.objects.order_by("movement_id", "order"))
    cycles = list(Cycle.objects.order_by("-starts_on"))
    words = catalogue.codes(fields, cycles)
    cells = catalogue.cube(catalogue.searched(public(), request.GET.get("q", "")), words)
    chosen = forms.options(fields, cycles, words.names)
    filters, view, ignored = forms.read(request.GET, chosen)
    facets = catalogue.facets(cells, filters)
    page, note = page_of(request.GET, filters, facets.total)
    # From here on the address holds only what was understood; links of the page are built on it.
    request.GET = catalogue.as_query(filters, view=view if view != forms.VIEWS[0] else "")  # type: ignore[assignment]
    context = {
        "form": forms.CatalogueForm(request.GET, chosen=chosen, counts=facets.counts),
        "filters": filters,
        "page": page,
        "entries": rows.entries(list(page.object_list), photos=view == "cards"),
        "view": view,
        "views": _views(filters, view),
        "orders": _orders(filters, view),
        "ignored": ignored + note,
        "updated_at": catalogue.updated_at(),
        "year_name": next((c.name for c in cycles if c.code == filters.year), ""),
        "download_query": catalogue.as_query(filters).urlencode(),
        "register_href": reverse("practices:register"),
    }
    return render(request, "practices/public/index.html", context)


def _views(filters: catalogue.Filters, view: str) -> list[dict[str, Any]]:
    labels = {"table": _("Table"), "cards": _("Cards")}
    return [
        {"label": labels[name], "href": "?" + catalogue.as_query(filters, view=name if name != "table" else "").urlencode(), "current": name == view}
        for name in forms.VIEWS
    ]


def _orders(filters: catalogue.Filters, view: str) -> list[dict[str, Any]]:
    from_address = "view" if view != "table" else ""
    found = []
    for value, label in forms.order_choices(filters):
        query = catalogue.as_query(filters)
        query.pop("sort", None)
        if value and not (value == "newest" and not filters.q):
            query["sort"] = value
        if from_address:
            query["view"] = view
        current = filters.sort == value or (not filters.sort and value == ("" if filters.q else "newest"))
        found.append({"label": label, "href": f"?{query.urlencode()}", "current": current})
    return found
