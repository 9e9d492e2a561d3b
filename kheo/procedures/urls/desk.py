"""Procedures, below /ban-lam-viec/thu-tuc-hanh-chinh/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from kheo.procedures.views.desk import batches, setup

app_name = "procedures_desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", batches.index, name="index"),
    path("lo/<int:pk>/", batches.show, name="batch"),
    path("lo/<int:pk>/cong-bo/", batches.carry_out, name="publish"),
    path("lo/<int:pk>/bo/", batches.discard, name="discard"),
    path("lo/<int:pk>/danh-dau/", batches.marked, name="marked"),
    path("lo/<int:pk>/cach-doc/", setup.learn, name="learn"),
    path("danh-muc/", setup.catalogue, name="catalogue"),
    path("danh-muc/<int:pk>/", setup.procedure, name="procedure"),
    path("nguon/", setup.sources, name="sources"),
    path("nguon/<int:pk>/", setup.source, name="source"),
    path("cham-diem/", setup.scores, name="scores"),
]
