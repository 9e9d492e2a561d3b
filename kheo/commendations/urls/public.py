"""The honour roll, below /khen-thuong/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from kheo.commendations.views import public

app_name = "commendations"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", public.honour_roll, name="honour_roll"),
    path("tai-ve/<slug:form>/", public.download, name="download"),
]
