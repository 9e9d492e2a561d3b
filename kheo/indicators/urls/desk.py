"""Indicators, below /ban-lam-viec/chi-tieu/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from kheo.indicators.views import desk, grid, rounds

app_name = "indicators_desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", desk.index, name="index"),
    path("moi/", desk.define, name="define"),
    path("chi-so/<slug:code>/", desk.detail, name="detail"),
    path("chi-so/<slug:code>/dinh-nghia/", desk.define, name="change"),
    path("chi-so/<slug:code>/xoa/", desk.delete, name="delete"),
    path("ke-hoach/", desk.plans, name="plans"),
    path("ke-hoach/moi/", desk.new_plan, name="new_plan"),
    path("ke-hoach/<int:pk>/", desk.plan, name="plan"),
    path("ky/", desk.periods, name="periods"),
    path("dot/", rounds.index, name="rounds"),
    path("dot/moi/", rounds.new, name="new_round"),
    path("dot/<int:pk>/", rounds.board, name="round"),
    path("dot/don-vi/<int:pk>/", rounds.submission, name="submission"),
    path("nhap/", grid.choose, name="choose"),
    path("nhap/<slug:slug>/<slug:period>/", grid.show, name="grid"),
    path("nhap/<slug:slug>/<slug:period>/luu/", grid.save, name="save"),
    path("nhap/<slug:slug>/<slug:period>/mau.xlsx", grid.template, name="template"),
    path("nhap/<slug:slug>/<slug:period>/tep/", grid.upload, name="upload"),
    path("nhap/<slug:slug>/<slug:period>/tep/danh-dau.xlsx", grid.marked, name="marked"),
    path("nhap/<slug:slug>/<slug:period>/o/<slug:code>/", grid.cell, name="cell"),
]
