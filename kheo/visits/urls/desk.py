"""Visits, below /ban-lam-viec/truy-cap/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "visits_desk"
urlpatterns: list[URLPattern | URLResolver] = []
