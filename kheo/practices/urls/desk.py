"""Practices at the desk, below /ban-lam-viec/mo-hinh/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from kheo.practices.views.desk import imports

app_name = "practices_desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("nhap/", imports.index, name="imports"),
    path("nhap/mau/", imports.template, name="import_template"),
    path("nhap/<int:pk>/", imports.show, name="import"),
    path("nhap/<int:pk>/thuc-hien/", imports.carry_out, name="import_carry_out"),
    path("nhap/<int:pk>/danh-dau/", imports.marked, name="import_marked"),
]
