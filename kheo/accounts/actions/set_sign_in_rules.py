"""Decide whether the second step at sign-in is an invitation or a duty."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from kheo.accounts import policy
from kheo.accounts.models import SignInRules
from kheo.audit.actions import record
from kheo.core.verdicts import require


def set_sign_in_rules(second_factor: str, *, by: Any) -> SignInRules:
    """`second_factor` is "invite" or "require"; holds from the next request on."""
    require(policy.may(by, "set_rules"))
    chosen = SignInRules.SecondFactor(second_factor)
    with transaction.atomic():
        row, made = SignInRules.objects.get_or_create(pk=1)
        if row.second_factor != chosen or made:
            row.second_factor = chosen
            row.save()
            record.record("accounts.set_sign_in_rules", row, by=by, second_factor=chosen.value)
    return row
