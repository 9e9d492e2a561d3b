"""A person changes what is its own: name, e-mail, language, daily letter."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kheo.accounts.actions import open_account
from kheo.accounts.models import User
from kheo.audit.actions import record
from kheo.core.errors import InvalidInput, Refused
from kheo.core.rules import text


def change_profile(user: User, *, full_name: str, email: str, language: str, wants_digest: bool, by: Any) -> User:
    """Only the person itself. The audit row says which fields changed, not the old values."""
    if by.pk != user.pk:
        raise Refused(_("Everyone changes only their own profile."))
    name = text.squeeze(text.nfc(full_name))
    if not name:
        raise InvalidInput(_("Write the full name."), field="full_name")
    values = {
        "full_name": name[:150], "email": open_account.free_email(email, of=user), "language": language, "wants_digest": wants_digest,
    }
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=user.pk)
        changed = [field for field, value in values.items() if getattr(locked, field) != value]
        if not changed:
            return locked
        for field in changed:
            setattr(locked, field, values[field])
        locked.save()
        if "email" in changed:
            # allauth keeps a list of its own; ours is the one address.
            EmailAddress.objects.filter(user=locked).delete()
        record.record("accounts.change_profile", locked, by=by, fields=changed)
    return locked
