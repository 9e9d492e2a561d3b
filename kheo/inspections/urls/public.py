"""Inspections, below /kiem-tra/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "inspections"
urlpatterns: list[URLPattern | URLResolver] = []
