"""Take the second step away from an account whose holder lost the telephone and the codes."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from kheo.accounts import policy
from kheo.accounts.models import User
from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.verdicts import require


def reset_second_factor(user: User, *, by: Any) -> None:
    """Removes authenticator app and recovery codes; every open session of the person ends."""
    require(policy.may(by, "reset", user))
    with transaction.atomic():
        removed, _each = Authenticator.objects.filter(user=user).delete()
        if not removed:
            raise InvalidInput(_("This account has no second step at sign-in."))
        User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
        record.record("accounts.reset_second_factor", user, by=by)
