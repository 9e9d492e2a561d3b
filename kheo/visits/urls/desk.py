"""Visits, below /ban-lam-viec/truy-cap/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from kheo.visits.views import desk

app_name = "visits_desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", desk.index, name="index"),
    path("so-du-dau/", desk.set_opening, name="set_opening"),
]
