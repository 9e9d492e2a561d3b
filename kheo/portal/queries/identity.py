"""What the site says about itself, on every page."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kheo.portal.models import SiteIdentity

KEY = "portal.site_identity"
SECONDS = 30
"""Other processes see a change at the latest after this time; the one that saved it at once."""
TRANSLATED = ("name", "tagline", "authority", "editor", "licence")
PLAIN = ("address", "phone", "email")


def row() -> SiteIdentity:
    """The one row, or its defaults while nobody has filled it in."""
    return SiteIdentity.objects.filter(pk=1).first() or SiteIdentity(pk=1)


def site_identity() -> dict[str, Any]:
    """Names, responsible editor, contact and the main addresses, in the reader's language.

    An English name that is missing falls back to the Vietnamese one. No query while cached.
    """
    kept: dict[str, str] | None = cache.get(KEY)
    if kept is None:
        found = row()
        kept = {name: getattr(found, name) for field in TRANSLATED for name in (field, f"{field}_en")}
        kept |= {name: getattr(found, name) for name in PLAIN}
        cache.set(KEY, kept, SECONDS)
    english = get_language() == "en"
    words: dict[str, Any] = {name: (kept[f"{name}_en"] if english else "") or kept[name] for name in TRANSLATED}
    words |= {name: kept[name] for name in PLAIN}
    return words | {"home_url": reverse("portal:home"), "search_url": reverse("practices:index")}


def forget() -> None:
    """Read the row again at the next page; called when it was changed."""
    cache.delete(KEY)


def footer_navigation() -> list[dict[str, str]]:
    """The links at the foot of every public page."""
    items = [
        (_("Practices"), reverse("practices:index")),
        (_("What spread where"), reverse("practices:spread")),
        (_("Honour roll"), reverse("commendations:honour_roll")),
        (_("Units"), reverse("organizations:index")),
        (_("Open data"), reverse("practices:dictionary")),
        (_("Site map"), reverse("portal:site_map")),
        (_("Privacy"), reverse("portal:privacy")),
        (_("Terms of use"), reverse("portal:terms")),
    ]
    return [{"label": label, "href": href} for label, href in items]
