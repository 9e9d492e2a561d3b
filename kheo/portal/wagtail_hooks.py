"""A way from the editing room's settings menu to the identity of the site."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse_lazy
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
