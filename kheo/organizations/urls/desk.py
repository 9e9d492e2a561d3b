"""Addresses of units at the desk, below /ban-lam-viec/don-vi/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from kheo.organizations.views import desk, imports, reorganize

app_name = "organizations_desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", desk.index, name="index"),
    path("tai-ve/", desk.download, name="download"),
    path("nhap/", imports.import_units, name="import_units"),
    path("moi/", desk.create_unit, name="create_unit"),
    path("<int:pk>/", desk.detail, name="detail"),
    path("<int:pk>/thay-doi/", desk.change_version, name="change_version"),
    path("phien-ban/<int:pk>/sua/", desk.correct_version, name="correct_version"),
    path("<int:pk>/nhiem-vu/", desk.give_mandate, name="give_mandate"),
    path("nhiem-vu/<int:pk>/ket-thuc/", desk.end_mandate, name="end_mandate"),
    path("sap-xep/", reorganize.choose, name="choose"),
    path("sap-xep/don-vi-truc-thuoc/", reorganize.below, name="below"),
    path("sap-xep/xem-truoc/", reorganize.preview, name="preview"),
    path("sap-xep/<slug:verb>/", reorganize.plan, name="plan"),
    path("sap-xep/<int:pk>/ket-qua/", reorganize.result, name="result"),
    path("sap-xep/<int:pk>/hoan-tac/", reorganize.undo, name="undo"),
]
