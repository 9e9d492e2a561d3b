"""Reports, below /bao-cao/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from kheo.reports.views import public

app_name = "reports"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", public.index, name="index"),
    path("<slug:unit>/<slug:period>/<slug:kind>/", public.detail, name="detail"),
    path("<slug:unit>/<slug:period>/<slug:kind>/lan-<int:serial>/", public.detail, name="issue"),
    path("<slug:unit>/<slug:period>/<slug:kind>/lan-<int:serial>/bao-cao.<slug:form>", public.file, name="file"),
]
