"""One's own profile, and doors of other packages that lead here."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kheo.accounts import queries
from kheo.accounts.actions import change_profile
from kheo.accounts.forms import ProfileForm
from kheo.accounts.models import User
from kheo.core.errors import InvalidInput
from kheo.core.forms.errors import add_error


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Name, e-mail, language and daily letter; and which positions one holds."""
    user = request.user
    assert isinstance(user, User)
    initial = {name: getattr(user, name) for name in ProfileForm.base_fields}
    form = ProfileForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_profile.change_profile(user, **form.cleaned_data, by=user)
        except InvalidInput as error:
            add_error(form, error)
        else:
            messages.success(request, _("Your profile was saved."))
            return redirect("account_profile")
    positions = queries.history_of(user)
    return render(request, "account/profile.html", {"form": form, "positions": positions, "rules": queries.sign_in_rules()})


def invite(sender: Any, request: HttpRequest, user: Any, **_more: Any) -> None:
    """Receiver of user_logged_in: ask people at the desk to set up the second step."""
    if isinstance(user, User) and queries.is_staff_member(user) and not queries.has_second_factor(user):
        words = _("Only the password protects your account. Set up the second step at sign-in: menu under your name, “Two-step sign-in”.")
        messages.info(request, words, fail_silently=True)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page of the editor's side would let people past the second step: there is only one."""
    target = request.GET.get("next", "")
    response = redirect("account_login")
    if target:
        response["Location"] += "?" + request.GET.urlencode()
    return response


def closed(request: HttpRequest) -> HttpResponse:
    """A door of the editor's side that is not used here."""
    raise Http404
