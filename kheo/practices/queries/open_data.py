"""The register as open data: the dictionary of its columns and its rows.

Public columns only: no contacts, no names of persons. Dates are ISO, decimals have a point.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from kheo.practices.models import Practice
from kheo.practices.models.practice import StateChoices
from kheo.practices.queries import catalogue, rows
from kheo.practices.queries.units import UnitNames, names_of

Value = str | int | date | None
BATCH = 500
LICENCE = "CC BY 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
CODE = "so-dang-ky-mo-hinh"


@dataclass(frozen=True)
class Row:
    """One practice with what its columns need."""

    practice: Practice
    entry: rows.Entry
    names: UnitNames
    replicas: int


@dataclass(frozen=True)
class Column:
    """One column: code, names, type, what it means, how it is read."""

    code: str
    name: object
    kind: str
    meaning: object
    read: Callable[[Row], Value]

    def described(self) -> dict[str, str]:
        """The entry of the dictionary, with both languages whatever the reader's."""
        found = {"code": self.code, "type": self.kind}
        for language in ("vi", "en"):
            with override(language):
                found[f"name_{language}"] = str(self.name)
                found[f"description_{language}"] = str(self.meaning)
        return found


def _recognition(row: Row, name: str) -> Any:
    recognition = getattr(row.practice, "recognition", None)
    for part in name.split("."):
        recognition = getattr(recognition, part, None)
    return recognition


def _code_then(row: Row) -> str:
    named = row.names.version(row.practice.ward_id, rows.day_of(row.practice))
    return named.code if named else ""


def _day(moment: Any) -> date | None:
    return timezone.localdate(moment) if moment else None


COLUMNS: tuple[Column, ...] = (
    Column("id", _("Identifier"), "text", _("Stays the same; the last part of the practice's address"), lambda r: r.practice.slug),
    Column("title", _("Name"), "text", _("Name of the practice"), lambda r: r.practice.title),
    Column("kind", _("Kind"), "code", _("model: a way of working that can be copied; exemplar: a person or collective worth following"), lambda r: r.practice.kind),
    Column("subject", _("Carried out by"), "code", _("collective or individual"), lambda r: r.practice.subject),
    Column("stage", _("New or running"), "code", _("new: newly registered; continued: already running"), lambda r: r.practice.stage),
    Column("movement", _("Movement"), "code", _("The emulation movement"), lambda r: r.practice.cycle.movement.slug),
    Column("year", _("Year"), "code", _("The cycle of the movement"), lambda r: r.practice.cycle.code),
    Column("field", _("Main field"), "code", _("Exactly one; the sum over the fields is the total"), lambda r: r.practice.field.code if r.practice.field else ""),
    Column("field_name", _("Name of the field"), "text", _("In Vietnamese"), lambda r: r.practice.field.name if r.practice.field else ""),
    Column("unit", _("Unit"), "text", _("Who carries it out, by its name at that time; individuals are not named"), lambda r: r.entry.unit),
    Column("ward", _("Ward or commune"), "text", _("Where, by its name at that time"), lambda r: r.entry.ward),
    Column("ward_code", _("Code of the ward"), "text", _("Official code of the administrative unit at that time"), _code_then),
    Column("state", _("State"), "code", _("listed, running, recognized, exemplary, stopped or revoked"), lambda r: r.entry.state.value),
    Column("state_name", _("Name of the state"), "text", _("The state in words"), lambda r: str(StateChoices(r.entry.state).label)),
    Column("state_since", _("In this state since"), "date", _("Day of the last change of state"), lambda r: _day(r.practice.state_since)),
    Column("registered_on", _("Registered on"), "date", _("Day the registration was received"), lambda r: _day(r.practice.registered_at)),
    Column("starts_on", _("Starts on"), "date", _("First day by the registration"), lambda r: r.practice.starts_on),
    Column("ends_on", _("Ends on"), "date", _("Last day by the registration; empty when open"), lambda r: r.practice.ends_on),
    Column("decision_number", _("Number of the decision"), "text", _("Decision of recognition"), lambda r: _recognition(r, "decision.number")),
    Column("decision_date", _("Date of the decision"), "date", _("Decision of recognition"), lambda r: _recognition(r, "decision.issued_on")),
    Column("decision_issuer", _("Issuer of the decision"), "text", _("The issuing body by its name on that day"), lambda r: _recognition(r, "decision.issuer")),
    Column("replicated_from", _("Taken over from"), "text", _("Identifier of the practice it was taken over from"), lambda r: _public_parent(r)),
    Column("replicas", _("Spread to"), "integer", _("Number of practices taken over from this one directly"), lambda r: r.replicas),
    Column("summary", _("Summary"), "text", _("What it is about, for the public"), lambda r: r.practice.summary),
)  # fmt: skip


def _public_parent(row: Row) -> str | None:
    parent = row.practice.parent
    return parent.slug if parent and parent.state in catalogue.PUBLIC_VALUES else None


def practices(filters: catalogue.Filters) -> QuerySet[Practice]:
    """The practices of a download: those of the list with the same filters, in the same order."""
    return catalogue.ordered(catalogue.filtered(filters), filters).select_related(
        "cycle__movement", "field", "parent", "recognition__decision"
    )


def values(found: QuerySet[Practice]) -> Iterator[list[Value]]:
    """Rows of values in the order of COLUMNS, read in batches so that memory stays flat."""
    stream = found.iterator(chunk_size=BATCH)
    while batch := list(islice(stream, BATCH)):
        names = names_of(rows.units_in(batch))
        replicas = catalogue.replica_counts(practice.pk for practice in batch)
        for practice in batch:
            row = Row(practice, rows.entry(practice, names), names, replicas.get(practice.pk, 0))
            yield [column.read(row) for column in COLUMNS]
