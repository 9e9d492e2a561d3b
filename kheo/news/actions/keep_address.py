"""An imported article answers at its old portal's address too, from the day it is published."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from wagtail.contrib.redirects.models import Redirect

from kheo.audit.actions import record
from kheo.news.models import ArticlePage, PageImport


def after_publish(sender: Any, instance: Any, **_more: Any) -> None:
    """Receiver of Wagtail's page_published."""
    if isinstance(instance, ArticlePage):
        keep_addresses(instance, by=None)


def keep_addresses(page: ArticlePage, *, by: Any) -> None:
    """Redirects from every address the article had: its own, and those of pages that printed it once more."""
    met = PageImport.objects.filter(met=page.pk).exclude(address="").values_list("address", flat=True)
    for address in dict.fromkeys((page.original_url, *met)):
        if address:
            keep_address(page, address, by=by)


@transaction.atomic
def keep_address(page: ArticlePage, address: str, *, by: Any) -> Redirect | None:
    """Make the redirect from the old address; None when it would lead to itself or is too long to be kept."""
    parts = urlsplit(address)
    old = Redirect.normalise_path(parts.path + (f"?{parts.query}" if parts.query else ""))
    site = page.get_site()
    if len(old) > 255 or old in ("", "/") or old == Redirect.normalise_path(page.get_url() or ""):
        return None
    made, new = Redirect.objects.get_or_create(old_path=old, site=site, defaults={"redirect_page": page, "is_permanent": True, "automatically_created": True})
    if new:
        record.record("news.keep_address", page, by=by, before=address)
    return made
