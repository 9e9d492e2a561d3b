"""Reports, below /ban-lam-viec/bao-cao/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "reports_desk"
urlpatterns: list[URLPattern | URLResolver] = []
