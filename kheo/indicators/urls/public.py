"""Indicators, below /chi-tieu/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from kheo.indicators.views import public

app_name = "indicators"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", public.index, name="index"),
    path("ke-hoach/", public.plans, name="plans"),
    path("ke-hoach/<int:pk>/", public.plan, name="plan"),
    path("tai-ve/<slug:form>/", public.download, name="download"),
    path("<slug:code>/", public.detail, name="detail"),
]
