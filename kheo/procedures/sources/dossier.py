from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(slots=True)
class Dossier:
    """One row of an export as understood: only what may be kept. Instants are local and naive.

    `what` and `unit` are numbers of distinct procedures and unit texts of the whole file (see
    `Reading`); `lookup` is already hashed.
    """

    sheet: int
    row: int
    code: str
    what: int
    unit: int
    received: datetime
    due: datetime | None
    done: datetime | None
    returned: datetime | None
    closed: datetime | None
    supplement: datetime | None
    supplements: int
    waited_minutes: int
    status: str
    channel: str
    reason: str
    apologies: int
    lookup: int | None
    # What the check adds: the unit and procedure meant, and how the dossier counts.
    unit_id: int = 0
    due_computed: bool = False
    carried: bool = False
    outcome: str = ""
    end: str = ""
    ended: datetime | None = None
