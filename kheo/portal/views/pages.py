"""Standing pages: privacy, terms, the map of the site, and the files for search engines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from kheo.core import datasets
from kheo.core.models import SearchEntry
from kheo.core.search import KINDS
from kheo.movements import queries as movements
from kheo.news.models import NewsIndexPage
from kheo.organizations.models import Organization
from kheo.portal.queries import home as figures
from kheo.portal.queries import sections, sites
from kheo.practices.queries import access, catalogue, rows

MOST_ADDRESSES = 50_000  # the limit of the sitemap protocol for one file
ROOMS = (
    "portal:introduction", "portal:structure", "portal:leaders", "portal:contact", "news:index", "procedures:index", "procedures:statistics",
    "indicators:index", "reports:index", "inspections:index", "feedback:index", "workdays:year", "visits:index", "documents_public:index",
)
"""Pages of rooms, each listed only when it is there."""
CLOSED = ("/ban-lam-viec/", "/quan-tri/", "/tai-khoan/", "/mo-hinh/dang-ky/")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about visitors and registrants, why, and for how long."""
    return render(request, "portal/privacy.html")


@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """How content and data may be used."""
    return render(request, "portal/terms.html")


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """Every public page, by section, for people."""
    return render(request, "portal/site_map.html", {"groups": _groups()})


def _groups() -> list[dict[str, Any]]:
    movement = movements.main_movement()
    fields = movements.fields(movement) if movement else []
    cycles = list(movements.cycles(movement)) if movement else []
    link = [
        (_("The movement"), [
            (_("Home"), reverse("portal:home")),
            *((cycle.name, reverse("portal:home") + f"?year={cycle.code}") for cycle in cycles),
        ]),
        (_("Practices"), [
            (_("All practices"), reverse("practices:index")),
            *((rows.field_name(f), figures.address(catalogue.Filters(field=f.code))) for f in fields),
            (_("What spread where"), reverse("practices:spread")),
            (_("Register a practice"), reverse("practices:register")),
        ]),
        (_("Commendations"), [(_("Honour roll"), reverse("commendations:honour_roll"))]),
        (_("Units"), [(_("Units of the area"), reverse("organizations:index"))]),
        (_("Open data"), [
            (_("All public tables"), reverse("portal:open_data")), (_("The API"), reverse("portal:api")),
            (_("Data dictionary"), reverse("practices:dictionary")),
            *((f"{_('Register of practices')} ({form.upper()})", reverse("practices:download", args=[form])) for form in ("csv", "xlsx", "json")),
        ]),
        (_("About this site"), [
            (_("Privacy"), reverse("portal:privacy")), (_("Terms of use"), reverse("portal:terms")),
            (_("For officers"), reverse("desk:home")),
        ]),
    ]  # fmt: skip
    return [{"heading": heading, "links": links} for heading, links in link]


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: everything public, nothing of the desk."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), *(f"Disallow: /en{path}" for path in CLOSED)]
    lines += ["", f"Sitemap: {request.build_absolute_uri(reverse('portal:sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> StreamingHttpResponse:
    """sitemap.xml: standing pages, units, and the newest public practices up to the protocol's limit."""
    return StreamingHttpResponse(_sitemap(request), content_type="application/xml; charset=utf-8")


def _sitemap(request: HttpRequest) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    left = MOST_ADDRESSES
    for path, changed in _addresses(sites.site_of(request)):
        if not left:
            break
        left -= 1
        yield _address(request, path, changed)
    yield "</urlset>\n"


def _addresses(site: Site | None) -> Iterator[tuple[str, str]]:
    names = ("portal:home", "practices:index", "practices:spread", "practices:dictionary", "commendations:honour_roll",
             "organizations:index", "portal:open_data", "portal:api", "portal:privacy", "portal:terms", "portal:site_map", *ROOMS)  # fmt: skip
    yield from ((href, "") for name in names if (href := sections.reverse_or_none(name)))
    yield from ((reverse("portal:dataset", args=[dataset.code]), "") for dataset in datasets.every())
    for slug in Organization.objects.order_by("pk").values_list("slug", flat=True):
        yield reverse("organizations:detail", args=[slug]), ""
    public = access.public().order_by("-registered_at", "-pk").values_list("slug", "state_since")
    for address, since in public.iterator(chunk_size=2000):
        yield reverse("practices:detail", args=[address]), since.date().isoformat()
    yield from _of_tree(site)
    # Everything else that can be found by the search has its address in the index.
    told = {"practice", "unit", *(kind.code for kind in KINDS.values() if issubclass(kind.model, Page))}
    others = SearchEntry.objects.exclude(kind__in=told).filter(address__startswith="/").order_by("-pk")
    for address, day in others.values_list("address", "date").iterator(chunk_size=2000):
        yield address, day.isoformat() if day else ""


def _of_tree(site: Site | None) -> Iterator[tuple[str, str]]:
    """The published pages of this site alone: several sites share one index of the search."""
    if site is None:
        return
    top = site.root_page
    pages = Page.objects.live().public().descendant_of(top).not_type(NewsIndexPage).order_by("-pk")
    for path, changed in pages.values_list("url_path", "last_published_at").iterator(chunk_size=2000):
        yield reverse("wagtail_serve", args=[path[len(top.url_path) :]]), timezone.localdate(changed).isoformat() if changed else ""


def _address(request: HttpRequest, path: str, changed: str) -> str:
    here = escape(request.build_absolute_uri(iri_to_uri(path)))
    english = escape(request.build_absolute_uri(iri_to_uri(translate_url(path, "en"))))
    when = f"<lastmod>{changed}</lastmod>" if changed else ""
    return f'<url><loc>{here}</loc>{when}<xhtml:link rel="alternate" hreflang="vi" href="{here}"/><xhtml:link rel="alternate" hreflang="en" href="{english}"/></url>\n'
