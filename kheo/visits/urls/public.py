"""Visits, below /truy-cap/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from kheo.visits.views import public as views

app_name = "visits"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.index, name="index"),
    path("cach-dem/", views.method, name="method"),
    path("so-lieu.json", views.data, name="data"),
    path("so-lieu.svg", views.badge, name="badge"),
    path("tai-ve/<slug:kind>.csv", views.download, name="download"),
]
