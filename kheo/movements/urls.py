"""Addresses of movements, below /ban-lam-viec/phong-trao/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from kheo.movements.views import criteria, desk, movement

app_name = "movements"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", desk.index, name="index"),
    path("moi/", movement.launch, name="launch"),
    path("chu-ky/<int:pk>/", desk.cycle, name="cycle"),
    path("chu-ky/<int:pk>/moc/", desk.set_milestone, name="set_milestone"),
    path("chu-ky/<int:pk>/tieu-chi/", desk.choose_criteria, name="choose_criteria"),
    path("chu-ky/<int:pk>/trang-chu/", desk.feature, name="feature"),
    path("chu-ky/<int:pk>/khoa/", desk.close, name="close"),
    path("tieu-chi/<int:pk>/", criteria.show, name="criteria"),
    path("<slug:slug>/sua/", movement.change, name="change"),
    path("<slug:slug>/chu-ky-moi/", desk.create_cycle, name="create_cycle"),
    path("<slug:slug>/tieu-chi-moi/", criteria.write, name="write_criteria"),
    path("<slug:slug>/tieu-chi/<int:pk>/sua/", criteria.write, name="change_criteria"),
]
