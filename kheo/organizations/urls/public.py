"""Addresses of units for everybody, below /don-vi/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from kheo.organizations.views import public

app_name = "organizations"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", public.index, name="index"),
    path("<slug:slug>/", public.detail, name="detail"),
]
