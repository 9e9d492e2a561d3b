"""The working calendar at the desk, below /ban-lam-viec/lich-lam-viec/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from kheo.workdays.views import desk

app_name = "workdays_desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", desk.index, name="index"),
    path("de-xuat/", desk.propose_day, name="propose_day"),
    path("de-xuat-ca-nam/", desk.propose_year, name="propose_year"),
    path("tuan-lam-viec/", desk.propose_pattern, name="propose_pattern"),
    path("da-quyet-dinh-du/", desk.propose_decided_year, name="propose_decided_year"),
    path("quyet-dinh/", desk.decide, name="decide"),
    path("rut/<slug:kind>/<int:pk>/", desk.withdraw, name="withdraw"),
    path("tinh-lai/", desk.recompute, name="recompute"),
]
