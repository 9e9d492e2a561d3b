"""Procedures, below /thu-tuc-hanh-chinh/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from kheo.procedures.views.public import dossiers, tables

app_name = "procedures"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", tables.index, name="index"),
    path("ho-so/", dossiers.dossiers, name="dossiers"),
    path("tra-cuu/", dossiers.look_up, name="look_up"),
    path("thong-ke/", tables.statistics, name="statistics"),
    path("cach-tinh/", tables.rules, name="rules"),
    path("danh-muc/", tables.procedures, name="procedures"),
    path("lo/<int:pk>/", tables.batch, name="batch"),
    path("diem/<int:pk>/", tables.score, name="score"),
]
