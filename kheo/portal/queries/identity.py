"""What a site says about itself, on every page."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Site

from kheo.portal.models import SiteIdentity
from kheo.portal.queries import sections, sites

KEY = "portal.site_identity"  # keys that begin so end with the next commit of any process
SECONDS, MOST_HOSTS = 30, 500
TRANSLATED = ("name", "tagline", "authority", "editor", "licence")
PLAIN = ("address", "phone", "email")


def row(site: Site | None = None) -> SiteIdentity:
    """The site's row, the first site's, or defaults while nobody has filled anything in."""
    return sites.identity_of(site)


def site_identity(request: HttpRequest | None = None) -> dict[str, Any]:
    """Names, responsible editor, contact, notices and the main addresses, in the reader's language.

    An English name that is missing falls back to the Vietnamese one. No query while cached.
    """
    host = _host(request)
    all_kept: dict[str, dict[str, Any]] = cache.get(KEY) or {}
    kept = all_kept.get(host)
    if kept is None:
        site = sites.site_of(request)
        found = sites.identity_of(site, stops=True)
        kept = {name: getattr(found, name) for field in TRANSLATED for name in (field, f"{field}_en")}
        kept |= {name: getattr(found, name) for name in PLAIN}
        kept["pk"] = site.pk if site else None
        kept["stops"] = list(sites.stops_of(site)) if site and getattr(found, "has_stops", True) else []
        if len(all_kept) < MOST_HOSTS:
            cache.set(KEY, {**all_kept, host: kept}, SECONDS)
    english = get_language() == "en"
    words: dict[str, Any] = {name: (kept[f"{name}_en"] if english else "") or kept[name] for name in TRANSLATED}
    words |= {name: kept[name] for name in (*PLAIN, "pk")}
    words["stops"] = [{"stop": stop, "reason": (stop.reason_en if english else "") or stop.reason} for stop in kept["stops"]]
    return words | {"home_url": reverse("portal:home"), "search_url": _search()}


def _host(request: HttpRequest | None) -> str:
    """The host that was asked; none on the page that refuses an unknown one."""
    try:
        return request.get_host() if request is not None else ""
    except DisallowedHost:
        return ""


def _search() -> str:
    return sections.reverse_or_none("portal:search") or reverse("practices:index")


def forget() -> None:
    """Read the words again at the next page. Other processes see the commit by themselves."""
    cache.delete(KEY)


def navigation(path: str) -> list[dict[str, Any]]:
    """The masthead's menu: at most eight entries, each only when its page is there."""
    items = [
        (_("Home"), "portal:home"), (_("Introduction"), "portal:introduction"), (_("News"), "news:index"), (_("Practices"), "practices:index"),
        (_("Targets"), "indicators:index"), (_("Procedures"), "procedures:index"), (_("Reports"), "reports:index"),
        (_("Contact"), "portal:contact"),
    ]
    found = [(label, href) for label, name in items if (href := sections.reverse_or_none(name))]
    home = sections.reverse_or_none("portal:home")
    best = max((href for _label, href in found if path == href or (path.startswith(href) and href != home)), key=len, default="")
    return [{"label": label, "href": href, "current": href == best} for label, href in found]


def footer_navigation() -> list[dict[str, str]]:
    """The links at the foot of every public page, each only when its page is there."""
    items = [
        (_("Register a practice"), "practices:register"), (_("What spread where"), "practices:spread"),
        (_("Honour roll"), "commendations:honour_roll"), (_("Units"), "organizations:index"), (_("Official documents"), "documents_public:index"),
        (_("Inspections"), "inspections:index"), (_("Working calendar"), "workdays:index"), (_("Your opinion"), "feedback:index"),
        (_("Visit statistics"), "visits:index"), (_("Open data"), "portal:open_data"),
        (_("Site map"), "portal:site_map"), (_("Privacy"), "portal:privacy"), (_("Terms of use"), "portal:terms"),
    ]
    return [{"label": label, "href": href} for label, name in items if (href := sections.reverse_or_none(name))]
