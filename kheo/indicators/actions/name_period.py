"""Name a period of its own: a term of office, five years, the weeks of a campaign."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.rules import periods, text
from kheo.core.verdicts import require
from kheo.indicators import policy
from kheo.indicators.models import Period

CODE = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,19}")


def name_period(code: str, name: str, first: date, last: date, *, by: Any) -> Period:
    """A period with its own first and last day, both included. Years, halves, quarters and months need none."""
    require(policy.may(by, "define"))
    wanted = code.strip()
    if not CODE.fullmatch(wanted) or _is_usual(wanted):
        raise InvalidInput(_("The code is a letter, then letters, digits or -, at most 20: NK-2020-2025."), field="code")
    if not name.strip():
        raise InvalidInput(_("Give the period a name."), field="name")
    if last < first:
        raise InvalidInput(_("The last day must not lie before the first."), field="last")
    with transaction.atomic():
        if Period.objects.filter(code__iexact=wanted).exists():
            raise InvalidInput(_("There is a period with this code already."), field="code")
        made = Period.objects.create(code=wanted, kind="custom", name=text.squeeze(text.nfc(name))[:120], first=first, last=last)
        record.record("indicators.name_period", made, by=by, valid_from=str(first), valid_to=str(last))
    return made


def _is_usual(code: str) -> bool:
    try:
        periods.parse_period(code)
    except InvalidInput:
        return False
    return True
