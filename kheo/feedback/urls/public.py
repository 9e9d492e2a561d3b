"""What people tell, below /gop-y/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from kheo.feedback.views import public

app_name = "feedback"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", public.index, name="index"),
    path("khao-sat/<slug:token>/", public.survey, name="survey"),
    path("khao-sat/<slug:token>/tra-loi/", public.respond, name="respond"),
    path("khao-sat/<slug:token>/cam-on/", public.thanks, name="thanks"),
    path("khao-sat/<slug:token>/ket-qua/", public.results, name="results"),
    path("khao-sat/<slug:token>/ma-qr.svg", public.code, name="code"),
    path("khao-sat/<slug:token>/to-in/", public.poster, name="poster"),
]
