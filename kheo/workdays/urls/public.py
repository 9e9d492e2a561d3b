"""Workdays, below /lich-lam-viec/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "workdays"
urlpatterns: list[URLPattern | URLResolver] = []
