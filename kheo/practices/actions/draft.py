"""Keep what somebody is writing: anything, however incomplete, and never into the typed columns."""

from __future__ import annotations

import json
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.rules import text
from kheo.core.verdicts import require
from kheo.movements.models import Cycle
from kheo.organizations.models import Organization
from kheo.practices import policy
from kheo.practices.models import Practice
from kheo.practices.rules import State

MOST_BYTES = 400_000


def open_draft(cycle: Cycle, *, by: Any, organization: Organization | None = None, parent: Practice | None = None) -> Practice:
    """A new empty draft. Its access key is the secret address of whoever writes it."""
    with transaction.atomic():
        practice = Practice.objects.create(
            cycle=cycle, state=State.DRAFT, state_since=timezone.now(), organization=organization, parent=parent,
            registered_by=by if getattr(by, "pk", None) else None,
        )
        record.record("practices.open_draft", practice, by=by, label=f"#{practice.pk}")
    return practice


def save_draft(practice: Practice, data: dict[str, Any], *, by: Any) -> Practice:
    """Keep the raw form data. No audit row each time: a draft is private until it is sent."""
    require(policy.may(by, "edit", practice))
    clean = {key: _clean(value) for key, value in data.items()}
    size = len(json.dumps(clean, ensure_ascii=False).encode())
    if size > MOST_BYTES:
        raise InvalidInput(
            _("This form holds %(size)s kB of text; at most %(most)s kB can be kept. Shorten the longest box.")
            % {"size": size // 1000, "most": MOST_BYTES // 1000}
        )
    with transaction.atomic():
        locked = Practice.objects.select_for_update().get(pk=practice.pk)
        require(policy.may(by, "edit", locked))
        locked.draft, locked.draft_saved_at = clean, timezone.now()
        if locked.state == State.DRAFT and isinstance(clean.get("title"), str):
            locked.title = str(clean["title"])[:300]
        locked.save(update_fields=["draft", "draft_saved_at", "title", "updated_at"])
    return locked


def _clean(value: Any) -> Any:
    if isinstance(value, list):
        return [_clean(part) for part in value]
    return text.nfc(str(value)).replace("\x00", "")
