"""Procedures, below /ban-lam-viec/thu-tuc-hanh-chinh/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "procedures_desk"
urlpatterns: list[URLPattern | URLResolver] = []
