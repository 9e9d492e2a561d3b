from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "commendations_desk"
urlpatterns: list[URLPattern | URLResolver] = []
