"""Surveys in public: intro, questions, thanks, results, the QR code and its poster."""

from __future__ import annotations

import io

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from kheo.core import limits
from kheo.core.errors import DomainError
from kheo.core.forms.errors import add_error
from kheo.feedback import queries
from kheo.feedback.actions import respond as responding
from kheo.feedback.forms import AnswerForm
from kheo.feedback.models import Survey

MOST_PER_HOUR = 60
"""A whole waiting room behind one address fits."""


def _one(token: str) -> Survey:
    return get_object_or_404(queries.public(), token=token)


def index(request: HttpRequest) -> HttpResponse:
    """Surveys that take answers now, and those with results."""
    found = list(queries.public()[:200])
    running = [survey for survey in found if queries.is_open(survey)]
    over = [survey for survey in found if not queries.is_open(survey)]
    return render(request, "feedback/public/index.html", {"running": running, "over": over, "now": timezone.now()})


def survey(request: HttpRequest, token: str) -> HttpResponse:
    """Where the QR code leads: what is asked, about whom, that it is anonymous."""
    shown = _one(token)
    return render(request, "feedback/public/survey.html", {"survey": shown, "open": queries.is_open(shown)})


@never_cache
def respond(request: HttpRequest, token: str) -> HttpResponse:
    """The questions. Each visit carries its own one-time token; nothing about the visitor is kept."""
    shown = _one(token)
    if not queries.is_open(shown):
        return redirect("feedback:survey", token=token)
    form = AnswerForm(request.POST or None, survey=shown)
    status = 200
    if request.method == "POST" and form.is_valid():
        if not limits.within(request, "survey", MOST_PER_HOUR):
            return render(request, "feedback/public/too_often.html", {"survey": shown}, status=429)
        try:
            responding.respond(shown, form.cleaned_data["visit"], form.given())
        except DomainError as error:
            add_error(form, error)
        else:
            return redirect("feedback:thanks", token=token)
    return render(request, "feedback/public/respond.html", {"survey": shown, "form": form}, status=status)


def thanks(request: HttpRequest, token: str) -> HttpResponse:
    """The answers arrived."""
    return render(request, "feedback/public/thanks.html", {"survey": _one(token)})


def results(request: HttpRequest, token: str) -> HttpResponse:
    """What may be published; below the least number an honest sentence."""
    shown = _one(token)
    return render(request, "feedback/public/results.html", {"survey": shown, "results": queries.results(shown), "open": queries.is_open(shown)})


def _address(request: HttpRequest, shown: Survey) -> str:
    return request.build_absolute_uri(reverse("feedback:survey", args=[shown.token]))


def code(request: HttpRequest, token: str) -> HttpResponse:
    """The QR code of the survey's address as SVG."""
    out = io.BytesIO()
    segno.make(_address(request, _one(token)), error="q", micro=False).save(out, kind="svg", scale=8, border=2, svgns=True, title="QR")
    return HttpResponse(out.getvalue(), content_type="image/svg+xml")


def poster(request: HttpRequest, token: str) -> HttpResponse:
    """One page to print and hang up."""
    shown = _one(token)
    return render(request, "feedback/public/poster.html", {"survey": shown, "address": _address(request, shown)})
