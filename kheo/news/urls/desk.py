"""News at the desk, below /ban-lam-viec/tin-tuc/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "news_desk"
urlpatterns: list[URLPattern | URLResolver] = []
