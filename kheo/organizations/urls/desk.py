from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "organizations_desk"
urlpatterns: list[URLPattern | URLResolver] = []
