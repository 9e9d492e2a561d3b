"""Open an account together with its first position, or give a person a new way in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kheo.accounts import policy, rules
from kheo.accounts.actions import grant_position
from kheo.accounts.models import Position, Role, User
from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.rules import text
from kheo.core.verdicts import require
from kheo.organizations.models import Organization


@dataclass(frozen=True)
class WayIn:
    """How a person gets in for the first time: a link to set a password (valid three days), or a
    password for paper. Exactly one of them is filled; neither is stored in readable form."""

    user: User
    path: str = ""
    password: str = ""


def open_account(
    *, username: str, full_name: str, email: str, role: Role, organization: Organization, valid_from: date,
    by: Any, language: str = "vi", works_at: Organization | None = None, title: str = "",
    acting: bool = False, valid_to: date | None = None, printed: bool = False,
) -> WayIn:
    """A new person with one position. `printed` gives a password for paper instead of a link.

    Refused: a user name or e-mail that is taken, a position outside the reach of `by`.
    """
    position = Position(role=role, organization=organization)
    require(policy.may(by, "open", position))
    user = User(
        username=_free_username(username), full_name=_full_name(full_name), email=free_email(email), language=language,
    )
    with transaction.atomic():
        password = rules.printed_password() if printed else None
        user.set_password(password)
        user.save()
        record.record("accounts.open_account", user, by=by, username=user.username)
        grant_position.grant_position(
            user, role=role, organization=organization, valid_from=valid_from, valid_to=valid_to,
            works_at=works_at, title=title, acting=acting, by=by,
        )
    return WayIn(user, password=password) if password else WayIn(user, path=_link(user))


def new_way_in(user: User, *, by: Any, printed: bool = False) -> WayIn:
    """A new link, or a new printed password, for somebody who cannot get in. Open sessions end."""
    require(policy.may(by, "reset", user))
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=user.pk)
        password = rules.printed_password() if printed else None
        locked.set_password(password)
        locked.save(update_fields=["password"])
        record.record("accounts.new_way_in", locked, by=by, printed=printed)
    return WayIn(locked, password=password) if password else WayIn(locked, path=_link(locked))


def free_email(given: str, *, of: User | None = None) -> str:
    """The e-mail in its one form; InvalidInput when it is none or belongs to somebody else. Empty is fine."""
    email = text.nfc(given).strip().lower()
    if not email:
        return ""
    try:
        validate_email(email)
    except ValidationError as error:
        raise InvalidInput(_("“%(email)s” is not an e-mail address. Write it like ten@donvi.gov.vn.") % {"email": email}, field="email") from error
    others = User.objects.filter(email__iexact=email)
    if of is not None:
        others = others.exclude(pk=of.pk)
    if others.exists():
        raise InvalidInput(_("The e-mail %(email)s belongs to another account. Each person has an own address; leave it empty if there is none.") % {"email": email}, field="email")
    return email


def _free_username(given: str) -> str:
    name = rules.username(given)
    if name is None:
        raise InvalidInput(
            _("“%(given)s” cannot be a user name. Use at least three small letters and digits without marks, for example %(example)s.")
            % {"given": given[:60], "example": rules.suggested_username(given) or "canbo2"},
            field="username",
        )
    if User.objects.filter(username__iexact=name).exists():
        raise InvalidInput(_("The user name %(name)s is taken. Choose another, for example %(name)s2.") % {"name": name}, field="username")
    return name


def _full_name(given: str) -> str:
    name = text.squeeze(text.nfc(given))
    if not name:
        raise InvalidInput(_("Write the full name."), field="full_name")
    return name[:150]


def _link(user: User) -> str:
    key = default_token_generator.make_token(user)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})
