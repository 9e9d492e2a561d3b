"""Doors of the editor's side (Wagtail) that would lead around our own accounts; included before it."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path
from django.views.generic import RedirectView

from kheo.accounts.views import profile

urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", profile.to_sign_in),
    re_path(r"^password_reset/", RedirectView.as_view(pattern_name="account_reset_password")),
    path("account/", RedirectView.as_view(pattern_name="account_profile")),
    re_path(r"^(?:users|groups)/", RedirectView.as_view(pattern_name="accounts_desk:index")),
    # Wagtail shows the pictures, files and drafts of every site here to whoever may write on one of them; the first is a test of its error page.
    re_path(r"^(?:failwhale|api/main/(?:images|documents)|reports/page-types-usage)/", profile.closed),
]
