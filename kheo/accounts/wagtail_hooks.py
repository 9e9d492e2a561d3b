"""The editor's side shows no users and groups of its own: people are managed at the desk."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

HIDDEN = {"users", "groups"}


@hooks.register("construct_settings_menu")  # type: ignore[untyped-decorator]  # Wagtail has no types
def hide_people(request: HttpRequest, menu_items: list[Any]) -> None:
    """Take Wagtail's entries for users and groups out of its settings menu."""
    menu_items[:] = [item for item in menu_items if item.name not in HIDDEN]
