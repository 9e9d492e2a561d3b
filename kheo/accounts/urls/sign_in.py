"""Sign-in and profile: allauth's addresses and ours, below /tai-khoan/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from kheo.accounts.views import profile

urlpatterns: list[URLPattern | URLResolver] = [
    path("ho-so/", profile.profile, name="account_profile"),
    # One address per person, changed in the profile; allauth's list of addresses is not used.
    path("email/", RedirectView.as_view(pattern_name="account_profile")),
    path("", include("allauth.urls")),
]
