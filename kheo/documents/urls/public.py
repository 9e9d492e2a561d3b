"""The public register, below /van-ban/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from kheo.documents.views import public

app_name = "documents_public"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", public.index, name="index"),
    path("<int:pk>/", public.detail, name="detail"),
    path("<int:pk>/tep/", public.download, name="download"),
]
