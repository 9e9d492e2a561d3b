"""The desk's own addresses, below /ban-lam-viec/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from kheo.desk.views import desk as views
from kheo.desk.views import reference

app_name = "desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("lich/", views.calendar, name="calendar"),
    path("lich/lich.ics", views.calendar_file, name="calendar_file"),
    path("danh-muc/", reference.lists, name="references"),
    path("danh-muc/<slug:code>/", reference.rows, name="reference"),
    path("danh-muc/<slug:code>/them/", reference.write_reference, name="add_reference"),
    path("danh-muc/<slug:code>/<int:pk>/", reference.write_reference, name="write_reference"),
    path("viec-nen/", views.job_list, name="jobs"),
    path("viec-nen/<int:pk>/", views.job, name="job"),
]
