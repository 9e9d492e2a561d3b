"""What the API takes and gives."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from ninja import Field, Schema
from pydantic import BeforeValidator

Words = Annotated[str, Field(max_length=200)]


def _iso(value: Any) -> Any:
    """Only 2023-11-05: a bare number would be read as seconds since 1970."""
    if isinstance(value, str) and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError("a day is written 2023-11-05")
    return value


Day = Annotated[date, BeforeValidator(_iso)]
Code = Annotated[str, Field(max_length=120)]
Number = Annotated[int, Field(ge=1, le=2**63 - 1)]


class Paging(Schema):
    """Which page."""

    page: int = Field(1, ge=1, le=1_000_000, description="From 1")
    per_page: int = Field(50, ge=1, le=200, description="Rows on a page, up to 200")


class PracticeFilters(Schema):
    """What narrows the list of practices."""

    q: Words = ""
    field: Code = ""
    ward: Code = ""
    year: Code = ""
    state: Code = ""
    kind: Code = ""


class DocumentFilters(Schema):
    """What narrows the list of documents."""

    q: Words = ""
    kind: Code = ""
    issuer: Words = ""
    year: int | None = Field(None, ge=1900, le=2200)
    state: Literal["", "in_force", "expired"] = ""


class Detail(Schema):
    """What is wrong with one parameter."""

    parameter: str
    message: str


class Reason(Schema):
    """What is wrong, in both languages."""

    code: str
    message_vi: str
    message_en: str
    details: list[Detail]


class Failure(Schema):
    """An error."""

    error: Reason


class Page(Schema):
    """A page of a list."""

    count: int
    page: int
    per_page: int
    pages: int
    next: str | None
    previous: str | None


class Practice(Schema):
    """A practice; the columns of the data set so-dang-ky-mo-hinh."""

    id: str
    url: str
    title: str
    kind: str
    subject: str
    stage: str
    movement: str
    year: str
    field: str
    field_name: str
    unit: str
    ward: str
    ward_code: str
    state: str
    state_name: str
    state_since: date | None
    registered_on: date | None
    starts_on: date | None
    ends_on: date | None
    decision_number: str | None
    decision_date: date | None
    decision_issuer: str | None
    replicated_from: str | None
    replicas: int
    summary: str


class PracticePage(Page):
    """Practices."""

    items: list[Practice]


class UnitVersion(Schema):
    """What a unit was from one day to before another (null: still)."""

    name: str
    name_en: str
    code: str
    kind: str
    parent: str | None = Field(None, description="Identifier of the unit above")
    valid_from: date
    valid_to: date | None
    decision: str | None


class Unit(Schema):
    """A unit as it was found."""

    id: str
    url: str
    name: str
    code: str
    kind: str
    kind_name: str
    parent: str | None
    valid_from: date
    valid_to: date | None


class UnitPage(Page):
    """Units."""

    items: list[Unit]


class Passed(Schema):
    """To whom, or from whom, and when."""

    id: str
    name: str
    on: date
    partial: bool
    decision: str


class UnitHistory(Schema):
    """A unit through all its names."""

    id: str
    url: str
    name: str
    in_force: bool
    versions: list[UnitVersion]
    predecessors: list[Passed]
    successors: list[Passed]


class Milestone(Schema):
    """A step of a cycle."""

    kind: str
    opens_on: date | None
    closes_on: date | None


class Cycle(Schema):
    """One run of a movement."""

    code: str
    name: str
    starts_on: date
    ends_on: date | None
    milestones: list[Milestone]


class MovementField(Schema):
    """A field of work."""

    code: str
    name: str
    name_en: str


class Movement(Schema):
    """An emulation movement."""

    id: str
    name: str
    fields: list[MovementField]
    cycles: list[Cycle]


class Hit(Schema):
    """One search result."""

    kind: str
    title: str
    url: str
    date: Any = None
    unit: str
    unit_name: str


class SearchPage(Page):
    """Search results, best first."""

    items: list[Hit]


class Dataset(Schema):
    """A public table."""

    code: str
    title_vi: str
    title_en: str
    description_vi: str
    description_en: str
    owner: str
    cycle: str
    licence: str
    licence_url: str
    updated_at: str | None
    rows: int
    url: str
    csv: str
    json_file: str
    xlsx: str
    rows_url: str


class ColumnEntry(Schema):
    """One column of a dictionary."""

    code: str
    type: str
    name_vi: str
    name_en: str
    description_vi: str
    description_en: str


class DatasetDetail(Dataset):
    """A public table with its dictionary."""

    columns: list[ColumnEntry]


class RowPage(Page):
    """Rows: column code → value."""

    items: list[dict[str, Any]]


class Document(Schema):
    """A published document."""

    id: int
    number: str
    kind: str
    title: str
    issuer: str
    signer_title: str
    issued_on: date
    in_force_from: date
    in_force_until: date | None = Field(description="The first day it no longer holds")
    in_force: bool
    replaced_by: str
    url: str
    source: str = Field(description="Where the text stands elsewhere on the web")
    file: str = Field(description="Empty when no file is published")


class DocumentPage(Page):
    """A page of documents."""

    items: list[Document]
