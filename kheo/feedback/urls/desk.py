"""Surveys at the desk, below /ban-lam-viec/gop-y/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from kheo.feedback.views import desk

app_name = "feedback_desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", desk.index, name="index"),
    path("khao-sat/moi/", desk.open_survey, name="open_survey"),
    path("khao-sat/<int:pk>/", desk.survey, name="survey"),
    path("khao-sat/<int:pk>/dong/", desk.close_survey, name="close_survey"),
    path("phieu/moi/", desk.write_form, name="write_form"),
    path("phieu/<int:pk>/", desk.change_form, name="change_form"),
]
