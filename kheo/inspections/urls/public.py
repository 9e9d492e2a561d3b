"""Inspections in public, below /kiem-tra/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from kheo.inspections.views import public

app_name = "inspections"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", public.index, name="index"),
    path("chuong-trinh/<slug:slug>/", public.programme, name="programme"),
    path("<slug:slug>/", public.plan, name="plan"),
]
