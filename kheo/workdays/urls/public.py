"""The working calendar in public, below /lich-lam-viec/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from kheo.workdays.views import public

app_name = "workdays"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", public.index, name="index"),
    path("<int:year>/", public.year, name="year"),
    path("<int:year>/lich.ics", public.calendar_file, name="calendar_file"),
]
