"""Indicators, below /ban-lam-viec/chi-tieu/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "indicators_desk"
urlpatterns: list[URLPattern | URLResolver] = []
