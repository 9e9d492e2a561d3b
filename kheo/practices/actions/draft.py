"""Keep what somebody has typed so far. Nothing is judged: any half-finished text is welcome."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import Conflict, InvalidInput
from kheo.core.pages import watch
from kheo.core.rules import text
from kheo.core.verdicts import require
from kheo.movements.models import Cycle
from kheo.organizations.models import Organization
from kheo.practices import policy, rules
from kheo.practices.models import Practice
from kheo.practices.rules import registration

Typed = Mapping[str, Sequence[str] | str]


def open_draft(
    cycle: Cycle, *, by: Any, organization: Organization | None = None, parent: Practice | None = None, key: UUID | None = None
) -> Practice:
    """A new empty draft. Its access key is the secret address of whoever writes it.

    Two calls at once with the same `key` make one draft.
    """
    values = {
        "cycle": cycle, "state": rules.State.DRAFT.value, "state_since": timezone.now(), "organization": organization,
        "parent": parent, "registered_by": by if getattr(by, "pk", None) else None,
    }
    with transaction.atomic():
        try:
            # A draft is on no public page: strangers who open one must not make every page be drawn anew.
            with transaction.atomic(), watch.unseen(connection):
                practice, begun = Practice.objects.get_or_create(access_key=key or uuid4(), defaults=values)
        except IntegrityError:
            practice, begun = Practice.objects.get(access_key=str(key)), False
        if begun:
            record.record("practices.open_draft", practice, by=by, label=f"#{practice.pk}")
    return practice


def save_draft(
    practice: Practice | None, data: Typed, *, by: Any, cycle: Cycle | None = None, key: UUID | None = None
) -> Practice:
    """Keep the typed form in `Practice.draft`; with no practice yet, open a draft in `cycle` under `key`.

    Only the raw words are stored (NFC, at most MOST_DRAFT_BYTES); the columns stay as they were,
    except that an unsent draft is listed under the name typed so far. Opening a draft writes an
    audit row; the saves every few seconds do not. Raises InvalidInput when it is too large,
    Conflict when the registration was sent meanwhile.
    """
    kept = _cleaned(data)
    with transaction.atomic():
        if practice is None:
            if cycle is None:
                raise InvalidInput(_("Choose the cycle of the movement."), field="cycle")
            practice = open_draft(cycle, by=by, key=key)
        require(policy.may(by, "edit", practice))
        _keep(practice, kept)
    return practice


def _keep(practice: Practice, kept: dict[str, list[str]]) -> None:
    changed: dict[str, Any] = {"draft": kept, "draft_saved_at": timezone.now()}
    if practice.state == rules.State.DRAFT and kept.get("title"):
        changed["title"] = text.squeeze(kept["title"][-1])[: registration.MOST_TITLE]
    with watch.unseen(connection):  # no state that can be edited is public
        kept_in = Practice.objects.filter(pk=practice.pk, state__in=rules.EDITABLE_STATES).update(**changed)
    if not kept_in:
        raise Conflict(_("This registration has been sent already; the draft was not changed."))
    for name, value in changed.items():
        setattr(practice, name, value)


def _cleaned(data: Typed) -> dict[str, list[str]]:
    kept: dict[str, list[str]] = {}
    for name, values in list(data.items())[: registration.MOST_DRAFT_FIELDS]:
        several = [values] if isinstance(values, str) else list(values)
        kept[text.nfc(str(name))[:100]] = [text.nfc(str(value)) for value in several]
    size = len(json.dumps(kept, ensure_ascii=False).encode())
    if size > registration.MOST_DRAFT_BYTES:
        raise InvalidInput(
            _("The form holds %(size)s kB of text; a draft keeps at most %(limit)s kB. Shorten the longest box or attach a document later.")
            % {"size": size // 1000, "limit": registration.MOST_DRAFT_BYTES // 1000}
        )
    return kept
