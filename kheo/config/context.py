"""What every template knows: the site's name, its navigation and the languages."""

from __future__ import annotations

from typing import Any

from django.contrib.messages.context_processors import messages
from django.http import HttpRequest

from kheo.core.pages import visitors
from kheo.desk import queries as desk_queries
from kheo.portal import queries as portal_queries


def site(request: HttpRequest) -> dict[str, Any]:
    """Names, contact and navigation of the site. One query for the site's row, none for menus."""
    signed_in = visitors.may_be_someone(request) and hasattr(request, "user") and request.user.is_authenticated
    identity = portal_queries.site_identity(request)
    context: dict[str, Any] = {
        "site": identity,
        "kheo_site": identity,  # allauth's views put their own "site" over ours
        "public_navigation": portal_queries.navigation(request.path),
        "footer_navigation": portal_queries.footer_navigation(),
    }
    if signed_in:
        context["desk_navigation"] = desk_queries.navigation(request.user, request.path)
        context["desk_positions"] = getattr(request, "positions", [])
    return context


def waiting_messages(request: HttpRequest) -> dict[str, Any]:
    """Messages for this reader. A stranger has none, and looking would open a session for nothing."""
    kept = getattr(request, "_messages", None)
    if kept is not None and not kept.added_new and not visitors.may_be_someone(request):
        return {"messages": []}
    return messages(request)
