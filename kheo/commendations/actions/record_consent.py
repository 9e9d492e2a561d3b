"""Record whether a commended person agrees to be named in public (Luật 91/2025/QH15)."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.commendations import policy
from kheo.commendations.models import Honouree
from kheo.core.errors import InvalidInput
from kheo.core.verdicts import require


def record_consent(honouree: Honouree, *, given: bool, by: Any, note: str = "") -> Honouree:
    """Given or refused, with where it is written down. A minor is never named, consent or not."""
    require(policy.may(by, "record_consent", honouree.commendation.unit_id))
    if honouree.is_collective:
        raise InvalidInput(_("A collective needs no consent to be named."))
    with transaction.atomic():
        locked = Honouree.objects.select_for_update().get(pk=honouree.pk)
        locked.consent = Honouree.Consent.GIVEN if given else Honouree.Consent.REFUSED
        locked.consent_at, locked.consent_note = timezone.now(), note.strip()[:200]
        locked.save(update_fields=["consent", "consent_at", "consent_note"])
        # The log does not repeat the name: a withdrawn consent must not live on in it.
        record.record("commendations.record_consent", locked, by=by, label=f"#{locked.pk}", consent=locked.consent)
    return locked
