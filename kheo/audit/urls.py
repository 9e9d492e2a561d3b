"""Addresses of the audit log, below /ban-lam-viec/nhat-ky/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from kheo.audit.views import desk

app_name = "audit"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", desk.index, name="index"),
    re_path(r"^tai-ve\.(?P<ending>xlsx|csv)$", desk.export, name="export"),
    path("kiem-tra/", desk.verify, name="verify"),
]
