"""Visits, below /truy-cap/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "visits"
urlpatterns: list[URLPattern | URLResolver] = []
