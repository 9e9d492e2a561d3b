"""Lists of units: folded search through all names a unit ever had, filters, and what a row shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Case, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from kheo.core.rules import text
from kheo.organizations import rules
from kheo.organizations.models import Organization, OrganizationVersion, Succession
from kheo.organizations.queries import dated


@dataclass
class UnitRow:
    """One line of a list: the unit under the name that was found, and what became of it."""

    version: OrganizationVersion
    parent_name: str
    in_force: bool
    successors: list[tuple[str, str, date]] = field(default_factory=list)
    """Name, address (slug) and day of each successor."""


def listing(
    *,
    day: date | None = None,
    words: str = "",
    branch: str = "",
    kind: str = "",
    area: Organization | None = None,
) -> QuerySet[OrganizationVersion]:
    """One version per unit: in force on the day, or, with search words, the latest that matches them.

    A search also finds former names and former units: that is how an old name leads to its successor.
    The nearest names stand first, areas before other units; without words: by kind and alphabet.
    """
    day = day or dated.today()
    holds = Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))
    found = _matching(words) if words.strip() else OrganizationVersion.objects.filter(holds)
    if branch:
        found = found.filter(kind__branch=branch)
    if kind:
        found = found.filter(kind__code=kind)
    if area is not None:
        below = rules.subtree(dated.spans(), area.pk, None if words.strip() else day)
        found = found.filter(organization_id__in=below)
    if words.strip():
        latest = found.filter(organization=OuterRef("organization")).order_by("-valid_from")
        found = found.filter(pk=Subquery(latest.values("pk")[:1]))
    first = Case(When(holds, then=Value(0)), default=Value(1), output_field=IntegerField())
    return (
        found.select_related("organization", "kind", "parent")
        .annotate(later=first, rank=_rank(text.fold(words)))
        .order_by("rank", "-kind__is_area" if words.strip() else "later", "later", "kind__order", "sort_key", "-valid_from", "pk")
    )


def _rank(key: str) -> Case:
    """Names that are or end with the searched words first, then those that hold them together."""
    whole = Q(folded=key) | Q(folded__endswith=f" {key}")
    return Case(When(whole, then=Value(0)), When(folded__contains=key, then=Value(1)), default=Value(2), output_field=IntegerField())


def _matching(words: str) -> QuerySet[OrganizationVersion]:
    """Versions whose name holds every word (tones do not matter), or whose code is the word."""
    named = OrganizationVersion.objects.all()
    for word in text.fold(words).split()[:12]:
        named = named.filter(folded__contains=word)
    code = words.strip().split("@")[0]
    if code.isalnum() and any(ch.isdigit() for ch in code):
        return OrganizationVersion.objects.filter(Q(code=code) | Q(pk__in=named.values("pk")))
    return named if text.fold(words) else OrganizationVersion.objects.none()


def rows(versions: Iterable[OrganizationVersion], day: date | None = None) -> list[UnitRow]:
    """What list lines show, in a fixed number of queries however many lines there are."""
    day = day or dated.today()
    shown = list(versions)
    parents = {
        unit.pk: unit for unit in dated.with_versions().filter(pk__in={v.parent_id for v in shown if v.parent_id})
    }
    gone = {v.organization_id for v in shown if not _holds(v, day)}
    passed = _successors_of(gone, day)
    found = []
    for version in shown:
        parent = parents.get(version.parent_id or 0)
        then = min(day, version.valid_to or day)
        found.append(
            UnitRow(
                version, dated.name_on(parent, then) if parent else "", _holds(version, day),
                passed.get(version.organization_id, []),
            )
        )
    return found


def _holds(version: OrganizationVersion, day: date) -> bool:
    return version.valid_from <= day and (version.valid_to is None or day < version.valid_to)


def _successors_of(units: set[int], day: date) -> dict[int, list[tuple[str, str, date]]]:
    found: dict[int, list[tuple[str, str, date]]] = defaultdict(list)
    if not units:
        return found
    steps = Succession.objects.filter(predecessor_id__in=units).prefetch_related("successor__versions").order_by("on", "pk")
    for step in steps:
        found[step.predecessor_id].append((dated.name_on(step.successor, max(day, step.on)), step.successor.slug, step.on))
    return found


def find(words: str, day: date | None = None, *, limit: int = 50) -> list[UnitRow]:
    """Units for a search box: exact names first, units in force before former ones with their successors.

    "Đông Sơn" today gives the ward of that name elsewhere and the former ward of the town with the
    ward it passed into.
    """
    key = text.fold(words)
    exact = text.canonical(words)

    def rank(row: UnitRow) -> tuple[bool, bool]:
        names = (row.version.name, row.version.short_name)
        return exact not in map(text.canonical, names), key not in map(text.fold, names)

    return sorted(rows(listing(day=day, words=words)[:limit], day), key=rank)


SEPARATOR = " – "


def label(version: OrganizationVersion, parent_name: str) -> str:
    """How a unit is named in a choice: with its superior unit, because "Khu phố 1" is not enough."""
    return f"{version.name}{SEPARATOR}{parent_name}" if parent_name else version.name


def labels(day: date | None = None) -> list[str]:
    """The labels of all units in force on a day, in Vietnamese order; two queries."""
    versions = list(dated.versions_on(day).order_by("sort_key"))
    names = {version.organization_id: version.name for version in versions}
    return [label(version, names.get(version.parent_id or 0, "")) for version in versions]


def resolve(words: str, day: date | None = None) -> list[UnitRow]:
    """The units that a typed text means: a code (14812@2023-06-01 too), a label, or a whole name.

    Units in force on the day win over former ones. More than one: the text is ambiguous.
    """
    day = day or dated.today()
    version = dated.by_code(words)
    if version is not None:
        return rows([version], day)
    name, _sep, parent = text.nfc(words).partition(SEPARATOR)
    found = [
        row for row in rows(listing(day=day, words=name)[:200], day)
        if text.canonical(row.version.name) == text.canonical(name)
        and (not parent or text.canonical(row.parent_name) == text.canonical(parent))
    ]
    return [row for row in found if row.in_force] or found
