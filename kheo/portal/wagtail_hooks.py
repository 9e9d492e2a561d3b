"""The editor's side looks like the site, keeps what is of use here, and leads to the identity of the site."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from kheo.portal import policy


class IdentityMenuItem(MenuItem):
    """Shown to those who may change it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Administrators only."""
        return policy.may(request.user, "identify").allowed


@hooks.register("register_settings_menu_item")  # type: ignore[untyped-decorator]
def identity_menu_item() -> IdentityMenuItem:
    """The entry of the settings menu."""
    return IdentityMenuItem(_("Identity of the site"), reverse_lazy("portal:identify"), icon_name="site", order=100)


@hooks.register("insert_global_admin_css")  # type: ignore[untyped-decorator]
def own_colours() -> SafeString:
    """Typeface and colours of the site."""
    return format_html_join("", '<link rel="stylesheet" href="{}">', ((static(name),) for name in ("kheo/fonts.css", "portal/editor.css")))


@hooks.register("construct_help_menu")  # type: ignore[untyped-decorator]
def help_in_vietnamese(request: HttpRequest, items: list[Any]) -> None:
    """Wagtail's news and guide are in English and on another site: only the shortcuts stay."""
    items[:] = [item for item in items if item.name != "editor-guide" and not item.name.startswith("whats-new")]
