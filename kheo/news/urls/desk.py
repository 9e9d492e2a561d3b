"""News at the desk, below /ban-lam-viec/tin-tuc/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from kheo.news.views import desk

app_name = "news_desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", desk.index, name="index"),
    path("trung/<int:pk>/", desk.twins, name="twins"),
    path("trang-cu/", desk.imports, name="imports"),
    path("trang-cu/<int:pk>/", desk.show_import, name="import"),
]
