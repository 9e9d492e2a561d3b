"""Inspections, below /ban-lam-viec/kiem-tra/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "inspections_desk"
urlpatterns: list[URLPattern | URLResolver] = []
