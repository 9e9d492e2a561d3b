"""Units and their successions as public tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kheo.core.datasets import Column, Dataset, Value, register
from kheo.organizations.models import OrganizationVersion, Succession
from kheo.organizations.queries import dated


def versions() -> QuerySet[OrganizationVersion]:
    """Every version of every unit, by unit and time."""
    return OrganizationVersion.objects.select_related("organization", "kind", "parent", "basis").order_by("organization__slug", "valid_from", "pk")


def version_rows(part: Iterable[OrganizationVersion]) -> Iterable[Sequence[Value]]:
    """One row per version."""
    for version in part:
        yield (
            version.organization.slug, version.name, version.name_en, version.short_name, version.code, version.kind.code, version.kind.name,
            version.kind.branch, version.kind.is_area, version.parent.slug if version.parent else None, version.valid_from, version.valid_to,
            version.basis.number if version.basis else None, version.address or None,
        )  # fmt: skip


def successions() -> QuerySet[Succession]:
    """Every succession, in order of time."""
    return Succession.objects.select_related("basis").prefetch_related("predecessor__versions", "successor__versions").order_by("on", "pk")


def succession_rows(part: Iterable[Succession]) -> Iterable[Sequence[Value]]:
    """One row per predecessor and successor."""
    for step in part:
        yield (
            step.predecessor.slug, dated.name_on(step.predecessor, step.on), step.successor.slug, dated.name_on(step.successor, step.on),
            step.kind, step.on, step.partial, step.basis.number, step.basis.issuer, step.basis.issued_on,
        )


register(Dataset(
    code="don-vi", title=_("Units and their names"), keywords=("đơn vị", "phường", "mã đơn vị hành chính"),
    description=_("Wards, residential groups, bodies and unions with every name, code and superior unit they had, from when to when."),
    columns=(
        Column("id", _("Identifier"), "text", _("Stays the same through all names")),
        Column("name", _("Name"), "text", _("Name in that time")),
        Column("name_en", _("English name"), "text", _("Empty when there is none")),
        Column("short_name", _("Short name"), "text", _("Without the word for the kind of unit")),
        Column("code", _("Official code"), "text", _("Code of the administrative unit in that time; the same code may pass to another unit")),
        Column("kind", _("Kind"), "code", _("Kind of unit")),
        Column("kind_name", _("Name of the kind"), "text", _("In Vietnamese")),
        Column("branch", _("Branch"), "code", _("party, state, council, front, armed_forces, public_service, community or enterprise")),
        Column("is_area", _("Administrative area"), "boolean", _("1: a ward, commune, town … ; 0: a body or group")),
        Column("parent", _("Superior unit"), "text", _("Identifier of the unit above")),
        Column("valid_from", _("From"), "date", _("First day")),
        Column("valid_to", _("Until"), "date", _("First day on which it no longer holds; empty: still in force")),
        Column("decision", _("Deciding document"), "text", _("Number of the document")),
        Column("address", _("Postal address"), "text", _("Of the seat")),
    ),
    records=versions, values=version_rows, cycle="irregular", address=lambda: reverse("organizations:index"),
))  # fmt: skip
register(Dataset(
    code="ke-tuc-don-vi", title=_("Which unit passed into which"), keywords=("sáp nhập", "sắp xếp đơn vị hành chính"),
    description=_("Mergers, splits and abolitions: the former unit, its successor, the day and the decision."),
    columns=(
        Column("from_id", _("Former unit"), "text", _("Identifier")), Column("from_name", _("Name of the former unit"), "text", _("On that day")),
        Column("to_id", _("Successor"), "text", _("Identifier")), Column("to_name", _("Name of the successor"), "text", _("On that day")),
        Column("kind", _("Kind"), "code", _("merge, split, rename, abolish or transfer")), Column("on", _("Takes effect on"), "date", _("First day of the successor")),
        Column("partial", _("Only a part"), "boolean", _("1: a part of the unit passed over; 0: the whole")),
        Column("decision", _("Deciding document"), "text", _("Number of the document")), Column("issuer", _("Issuing body"), "text", _("By its name on that day")),
        Column("issued_on", _("Date of issue"), "date", _("Of the document")),
    ),
    records=successions, values=succession_rows, cycle="irregular", address=lambda: reverse("organizations:index"),
))  # fmt: skip
