"""What one row or card of a public list shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kheo.movements.models import Field, Subject
from kheo.practices import rules
from kheo.practices.models import Evidence, Practice
from kheo.practices.models.practice import StateChoices
from kheo.practices.queries import catalogue
from kheo.practices.queries.units import UnitNames, names_of

TONES = {
    rules.State.LISTED: "info",
    rules.State.RUNNING: "waiting",
    rules.State.RECOGNIZED: "success",
    rules.State.EXEMPLARY: "gold",
    rules.State.REVOKED: "danger",
}


@dataclass
class Entry:
    """A practice as the public reads it: units by the names they had then."""

    practice: Practice
    unit: str
    ward: str
    replicas: int = 0
    photo: Evidence | None = None

    @property
    def state(self) -> rules.State:
        """The state in its public name."""
        return rules.public_state(self.practice.state)

    @property
    def state_label(self) -> str:
        """The public state in words."""
        return str(StateChoices(self.state).label)

    @property
    def tone(self) -> str:
        """The colour of the state's tag."""
        return TONES.get(self.state, "neutral")

    @property
    def field(self) -> str:
        """The main field in the reader's language."""
        return field_name(self.practice.field)

    @property
    def place(self) -> str:
        """Unit and ward in one line, without saying the ward twice."""
        if not self.ward or self.ward == self.unit or self.ward.lower() in self.unit.lower():
            return self.unit or self.ward
        return f"{self.unit}, {self.ward}" if self.unit else self.ward

    @property
    def teaser(self) -> str:
        """The first words about it: the public summary, else the objectives."""
        return self.practice.summary or self.practice.objectives


def field_name(field: Field | None) -> str:
    """A field's name in the reader's language."""
    if field is None:
        return ""
    return field.name_en if get_language() == "en" and field.name_en else field.name


def day_of(practice: Practice) -> date:
    """The day whose names of units hold for a practice: its registration, but inside its cycle.

    Papers of an earlier year entered later keep the names of that year.
    """
    registered = timezone.localdate(practice.registered_at) if practice.registered_at else practice.cycle.starts_on
    return min(max(registered, practice.cycle.starts_on), practice.cycle.ends_on)


def is_person(practice: Practice) -> bool:
    """True when the free text of the unit is a person's own name, which is not public."""
    return practice.organization_id is None and practice.subject == Subject.INDIVIDUAL


def unit_name(practice: Practice, names: UnitNames) -> str:
    """Who carries it out, as the public may read it."""
    if practice.organization_id:
        return names.on(practice.organization_id, day_of(practice))
    return _("An individual") if is_person(practice) else practice.organization_text


def entry(practice: Practice, names: UnitNames) -> Entry:
    """One practice as the public reads it."""
    return Entry(practice, unit_name(practice, names), names.on(practice.ward_id, day_of(practice)))


def units_in(practices: Iterable[Practice]) -> set[int | None]:
    """The units whose names these practices show."""
    return {unit for p in practices for unit in (p.organization_id, p.ward_id)}


def entries(practices: Sequence[Practice], *, photos: bool = False, names: UnitNames | None = None) -> list[Entry]:
    """Rows for a list, in the same order; three queries at most, however many.

    `names` may be given when they were read already.
    """
    names = names or names_of(units_in(practices))
    counted = bool(practices) and hasattr(practices[0], "spread_to")
    replicas = (
        {p.pk: getattr(p, "spread_to", 0) for p in practices} if counted else catalogue.replica_counts(p.pk for p in practices)
    )
    pictures = _first_photos(practices) if photos else {}
    found = [entry(practice, names) for practice in practices]
    for row in found:
        row.replicas = replicas.get(row.practice.pk, 0)
        row.photo = pictures.get(row.practice.pk)
    return found


def _first_photos(practices: Sequence[Practice]) -> dict[int, Evidence]:
    shown = Evidence.objects.filter(practice__in=practices, public=True, kind="photo").order_by("-at", "-id")
    return {photo.practice_id: photo for photo in shown.only("pk", "practice_id", "alt", "thumbnail", "file", "width", "height")}
