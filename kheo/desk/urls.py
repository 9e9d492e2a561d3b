"""The desk's own addresses, below /ban-lam-viec/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from kheo.desk import views

app_name = "desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("lich/", views.calendar, name="calendar"),
    path("lich/lich.ics", views.calendar_file, name="calendar_file"),
    path("viec-nen/", views.job_list, name="jobs"),
    path("viec-nen/<int:pk>/", views.job, name="job"),
]
