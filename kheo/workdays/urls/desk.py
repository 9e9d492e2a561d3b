"""Workdays, below /ban-lam-viec/lich-lam-viec/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "workdays_desk"
urlpatterns: list[URLPattern | URLResolver] = []
