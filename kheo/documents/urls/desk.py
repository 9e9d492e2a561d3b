"""Addresses of the register, below /ban-lam-viec/van-ban/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from kheo.documents.views import desk

app_name = "documents"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", desk.index, name="index"),
    path("moi/", desk.register, name="register"),
    path("<int:pk>/", desk.detail, name="detail"),
    path("<int:pk>/tep/", desk.download, name="download"),
    path("<int:pk>/cong-khai/", desk.publish, name="publish"),
    path("<int:pk>/thoi-cong-khai/", desk.withdraw, name="withdraw"),
]
