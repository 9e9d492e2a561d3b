"""People at the desk: list, one person with its positions, and each change as one step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kheo.accounts import forms, policy, queries
from kheo.accounts.actions import (
    deactivate,
    end_position,
    grant_position,
    open_account,
    reset_second_factor,
    set_sign_in_rules,
)
from kheo.accounts.models import Position, User
from kheo.accounts.views.access import managers_only
from kheo.core.access import written
from kheo.core.errors import Conflict, InvalidInput
from kheo.core.forms.errors import add_error
from kheo.core.messages import describe
from kheo.core.rules.dates import format_date
from kheo.core.verdicts import require

PER_PAGE = 50


@managers_only
def index(request: HttpRequest) -> HttpResponse:
    """The people of the administrator's units by given name; every filter is in the address."""
    form = forms.FilterForm(request.GET, units=queries.units_for(request.user))
    found = queries.listing(request.user, **form.chosen())
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    idle = queries.listing(request.user, state="idle").count()
    return render(request, "accounts/desk/index.html", {"form": form, "page": page, "idle": idle, "rules": queries.sign_in_rules()})


@managers_only
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: account, positions through time, and what may be done."""
    shown = _person(request, pk)
    today = timezone.localdate()
    positions = [
        {"position": p, "phase": p.phase(today), "may_end": p.phase(today) in ("now", "later") and policy.may(request.user, "end", p)}
        for p in queries.history_of(shown)
    ]
    return render(
        request,
        "accounts/desk/person.html",
        {
            "person": shown, "positions": positions, "facts": _facts(shown),
            "may_reset": policy.may(request.user, "reset", shown),
            "may_close": policy.may(request.user, "close", shown),
            "second_factor": queries.has_second_factor(shown),
        },
    )


def _person(request: HttpRequest, pk: int) -> User:
    return get_object_or_404(queries.visible_to(request.user), pk=pk)


def _facts(shown: User) -> list[tuple[str, str]]:
    seen = timezone.localtime(shown.last_login).strftime("%H:%M, %d/%m/%Y") if shown.last_login else _("never")
    return [
        (_("User name"), shown.username),
        (_("E-mail"), shown.email),
        (_("Account opened"), format_date(timezone.localtime(shown.date_joined).date())),
        (_("Last sign-in"), seen),
        (_("Second step at sign-in"), pgettext("switch", "On") if queries.has_second_factor(shown) else pgettext("switch", "Off")),
    ]


@managers_only
def open_(request: HttpRequest) -> HttpResponse:
    """A new account with its first position; the way in is shown once, on the answer itself."""
    form = forms.OpenAccountForm(written(request), units=queries.units_for(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            way = open_account.open_account(**form.values(), by=request.user)
        except InvalidInput as error:
            add_error(form, error)
        else:
            return _way_in(request, way)
    return render(request, "accounts/desk/open_account.html", {"form": form})


@managers_only
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """One more position for a person."""
    shown = _person(request, pk)
    require(policy.may(request.user, "see", shown))
    form = forms.PositionForm(written(request), units=queries.units_for(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            made = grant_position.grant_position(shown, **form.values(), by=request.user)
        except InvalidInput as error:
            add_error(form, error)
        else:
            messages.success(request, _("%(person)s now holds: %(position)s.") % {"person": shown, "position": made})
            return redirect("accounts_desk:person", pk=pk)
    return render(request, "accounts/desk/grant_position.html", {"form": form, "person": shown})


@managers_only
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End one position; GET asks for the day."""
    position = get_object_or_404(Position.objects.select_related("user", "organization"), pk=pk)
    shown = _person(request, position.user_id)
    require(policy.may(request.user, "end", position))
    form = forms.EndPositionForm(written(request))
    if request.method == "POST" and form.is_valid():
        try:
            ended = end_position.end_position(position, **form.cleaned_data, by=request.user)
        except (InvalidInput, Conflict) as error:
            add_error(form, error)
        else:
            day = format_date(ended.valid_to) if ended.valid_to else ""
            messages.success(request, _("The position no longer holds from %(day)s.") % {"day": day})
            return redirect("accounts_desk:person", pk=shown.pk)
    return render(request, "accounts/desk/end_position.html", {"form": form, "person": shown, "position": position})


@managers_only
def new_way_in(request: HttpRequest, pk: int) -> HttpResponse:
    """A new link or printed password for somebody who cannot get in."""
    shown = _person(request, pk)
    require(policy.may(request.user, "reset", shown))
    form = forms.WayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _way_in(request, open_account.new_way_in(shown, by=request.user, printed=form.cleaned_data["way"] == "printed"))
    words = {
        "title": _("Give a new way in"), "button": _("Give it"),
        "lead": _("The old password stops working and open sessions end. What you give is shown once, on the next page."),
    }
    return render(request, "accounts/desk/step.html", {"form": form, "person": shown, **words})


@managers_only
def reset_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the second step away after the telephone was lost."""
    words = {
        "title": _("Remove the second step"), "button": _("Remove it"), "kind": "warning",
        "lead": _("For somebody who lost the telephone and the recovery codes. Make sure it is that person who asks. Open sessions end."),
    }
    return _step(request, pk, "reset", words, lambda shown, _data: reset_second_factor.reset_second_factor(shown, by=request.user), _("The second step was removed."))


@managers_only
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the account."""
    words = {
        "title": _("Close the account"), "button": _("Close the account"), "kind": "warning",
        "lead": _("The person can no longer sign in and is signed out everywhere. What it did stays in the records. The account can be opened again."),
    }
    return _step(
        request, pk, "close", words, lambda shown, data: deactivate.deactivate(shown, by=request.user, reason=data["reason"]),
        _("The account is closed."), forms.ReasonForm(request.POST or None),
    )


@managers_only
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed account again."""
    words = {"title": _("Open the account again"), "button": _("Open it again"), "lead": _("The person may sign in again with the old password and the positions still in force.")}
    return _step(request, pk, "reopen", words, lambda shown, _data: deactivate.reactivate(shown, by=request.user), _("The account is open again."))


def _step(
    request: HttpRequest, pk: int, verb: str, words: dict[str, str], act: Callable[[User, dict[str, Any]], Any], done: str,
    form: django_forms.Form | None = None,
) -> HttpResponse:
    """Ask first (GET), then do it (POST) and say so."""
    shown = _person(request, pk)
    require(policy.may(request.user, verb, shown))
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            act(shown, form.cleaned_data if form else {})
        except InvalidInput as error:
            messages.warning(request, describe(error))
        else:
            messages.success(request, done)
        return redirect("accounts_desk:person", pk=pk)
    return render(request, "accounts/desk/step.html", {"person": shown, "form": form, **words})


@managers_only
def rules(request: HttpRequest) -> HttpResponse:
    """Whether the second step is asked or required."""
    require(policy.may(request.user, "set_rules"))
    form = forms.RulesForm(request.POST or None, initial={"second_factor": queries.sign_in_rules().second_factor})
    if request.method == "POST" and form.is_valid():
        set_sign_in_rules.set_sign_in_rules(form.cleaned_data["second_factor"], by=request.user)
        messages.success(request, _("The rules of sign-in were saved."))
        return redirect("accounts_desk:index")
    context = {"form": form, "own_second_factor": isinstance(request.user, User) and queries.has_second_factor(request.user)}
    return render(request, "accounts/desk/set_sign_in_rules.html", context)


def _way_in(request: HttpRequest, way: open_account.WayIn) -> HttpResponse:
    address = request.build_absolute_uri(way.path) if way.path else ""
    answer = render(request, "accounts/desk/way_in.html", {"way": way, "person": way.user, "address": address, "sign_in": request.build_absolute_uri("/tai-khoan/login/")})
    answer["Cache-Control"] = "no-store"
    return answer


