"""Commendations at the desk, below /ban-lam-viec/khen-thuong/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from kheo.commendations.views import desk

app_name = "commendations_desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", desk.index, name="index"),
    path("moi/", desk.commend, name="commend"),
    path("<int:pk>/", desk.detail, name="detail"),
    path("<int:pk>/thu-hoi/", desk.withdraw, name="withdraw"),
    path("<int:pk>/in/", desk.print_all, name="print"),
    path("<int:pk>/giay-khen.pdf", desk.certificates, name="certificates"),
    path("nguoi/<int:pk>/dong-y/", desk.consent, name="consent"),
    path("nguoi/<int:pk>/giay-khen.pdf", desk.certificate, name="certificate"),
]
