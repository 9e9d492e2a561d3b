"""Procedures, below /thu-tuc-hanh-chinh/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "procedures"
urlpatterns: list[URLPattern | URLResolver] = []
