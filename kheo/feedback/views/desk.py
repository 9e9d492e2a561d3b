"""Surveys at the desk."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kheo.accounts import queries as accounts
from kheo.accounts.views.access import desk_required, role_required
from kheo.core.access import written
from kheo.core.errors import InvalidInput
from kheo.core.forms.errors import add_error
from kheo.core.verdicts import require
from kheo.feedback import policy, queries
from kheo.feedback.actions import open_survey as opening
from kheo.feedback.actions import write_form as writing
from kheo.feedback.forms import OpenForm, WriteForm
from kheo.feedback.models import SurveyForm
from kheo.organizations import queries as organizations

surveying = role_required(*policy.SURVEYING)


@desk_required
def index(request: HttpRequest) -> HttpResponse:
    """Surveys about my units, and the questionnaires."""
    rights = accounts.rights(request.user)
    return render(
        request, "feedback/desk/index.html",
        {
            "surveys": [{"survey": s, "open": queries.is_open(s)} for s in queries.visible_to(request.user)[:200]], "forms": queries.forms(),
            "may_open": rights.has(*policy.SURVEYING), "may_write": policy.may(request.user, "write_form"),
        },
    )


def _units(request: HttpRequest) -> list[tuple[str, str]]:
    """Areas and offices in force that the position reaches: wards and the bodies directly below them."""
    reach = accounts.rights(request.user).units(policy.SURVEYING)
    found = organizations.versions_on().filter(organization_id__in=reach).exclude(kind__branch="community").order_by("kind__order", "sort_key")
    return [(str(v.organization_id), v.name) for v in found]


@surveying
def open_survey(request: HttpRequest) -> HttpResponse:
    """Open the same questionnaire about one or several units."""
    form = OpenForm(written(request), units=_units(request))
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            made = [
                opening.open_survey(chosen["form"], unit, chosen["opens_on"], chosen["closes_on"], by=request.user) for unit in form.chosen_units()
            ]
        except InvalidInput as error:
            add_error(form, error)
        else:
            messages.success(request, ngettext("%(n)s survey is open.", "%(n)s surveys are open.", len(made)) % {"n": len(made)})
            return redirect("feedback_desk:survey", pk=made[0].pk) if len(made) == 1 else redirect("feedback_desk:index")
    return render(request, "feedback/desk/form.html", {"form": form, "title": _("Open a survey")})


@desk_required
def survey(request: HttpRequest, pk: int) -> HttpResponse:
    """One survey: address, QR code, how many answers, results and words."""
    shown = get_object_or_404(queries.visible_to(request.user), pk=pk)
    return render(
        request, "feedback/desk/survey.html",
        {
            "survey": shown, "open": queries.is_open(shown), "results": queries.results(shown), "comments": queries.comments(shown),
            "may_close": policy.may(request.user, "close_survey", shown.unit_id),
        },
    )


@desk_required
@require_POST
def close_survey(request: HttpRequest, pk: int) -> HttpResponse:
    """Take no more answers."""
    opening.close_survey(get_object_or_404(queries.visible_to(request.user), pk=pk), by=request.user)
    messages.success(request, _("The survey was closed."))
    return redirect("feedback_desk:survey", pk=pk)


def _write(request: HttpRequest, current: SurveyForm | None) -> HttpResponse:
    require(policy.may(request.user, "write_form"))
    form = WriteForm(written(request), initial=WriteForm.initial_of(current) if current else None)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            writing.write_form(
                chosen["code"], chosen["name"], chosen["questions"], chosen["valid_from"], by=request.user, intro=chosen["intro"],
                publish_from=chosen["publish_from"], basis=chosen["document"],
            )
        except InvalidInput as error:
            add_error(form, error)
        else:
            messages.success(request, _("The questionnaire was saved. Running surveys keep their version."))
            return redirect("feedback_desk:index")
    return render(request, "feedback/desk/form.html", {"form": form, "title": _("Questionnaire")})


@desk_required
def write_form(request: HttpRequest) -> HttpResponse:
    """A new questionnaire."""
    return _write(request, None)


@desk_required
def change_form(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a questionnaire, or write its next version."""
    return _write(request, get_object_or_404(SurveyForm, pk=pk))
