"""What the API reads: the same public queries as the pages, as plain values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from kheo.core import datasets
from kheo.core.search import asking
from kheo.documents import queries as register
from kheo.documents.models import Document
from kheo.movements.models import Cycle, Milestone
from kheo.organizations import queries as organizations
from kheo.organizations.models import OrganizationVersion, Succession
from kheo.portal.queries import open_data as files
from kheo.practices.models import Practice
from kheo.practices.queries import access, open_data


def paged(request: HttpRequest, found: Any, paging: Any, values: Callable[[Any], Sequence[Any]]) -> dict[str, Any]:
    """One page of a QuerySet or list, and where its neighbours are."""
    count = len(found) if isinstance(found, Sequence) else found.count()
    start = (paging.page - 1) * paging.per_page
    items = list(values(found[start : start + paging.per_page])) if start < count else []
    return _page(request, count, paging) | {"items": items}


def _page(request: HttpRequest, count: int, paging: Any) -> dict[str, Any]:
    pages = max(1, -(-count // paging.per_page))

    def address(number: int) -> str | None:
        if not 1 <= number <= pages:
            return None
        query = request.GET.copy()
        query["page"] = str(number)
        return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")

    return {
        "count": count, "page": paging.page, "per_page": paging.per_page, "pages": pages,
        "next": address(paging.page + 1), "previous": address(paging.page - 1),
    }  # fmt: skip


def practices(part: QuerySet[Practice]) -> list[dict[str, Any]]:
    """Practices by the columns of their open data."""
    codes = [column.code for column in open_data.COLUMNS]
    with override("vi"):
        return [_practice(dict(zip(codes, row, strict=True))) for row in open_data.values(part)]


def _practice(row: dict[str, Any]) -> dict[str, Any]:
    texts = {name: "" if row[name] is None else row[name] for name in ("ward_code", "unit", "ward", "summary", "field", "field_name")}
    return row | texts | {"url": reverse("practices:detail", args=[row["id"]])}


def documents(request: HttpRequest, part: Iterable[Document]) -> list[dict[str, Any]]:
    """Published documents with absolute addresses."""
    today = timezone.localdate()
    return [
        {
            "id": row.pk, "number": row.number, "kind": row.kind, "title": row.title, "issuer": row.issuer, "signer_title": row.signer_title,
            "issued_on": row.issued_on, "in_force_from": row.effective_from or row.issued_on, "in_force_until": row.effective_to,
            "in_force": register.holds_on(row, today), "replaced_by": row.replaced_by.number if row.replaced_by else "",
            "url": request.build_absolute_uri(reverse("documents_public:detail", args=[row.pk])), "source": row.url,
            "file": request.build_absolute_uri(reverse("documents_public:download", args=[row.pk])) if row.file_public else "",
        }
        for row in part
    ]


def practice(slug: str) -> dict[str, Any] | None:
    """One public practice."""
    found = access.public().filter(slug=slug).select_related("cycle__movement", "field", "parent", "recognition__decision")
    return next(iter(practices(found)), None)


def units(part: QuerySet[OrganizationVersion]) -> list[dict[str, Any]]:
    """Units as a list shows them."""
    return [
        {
            "id": version.organization.slug, "url": reverse("organizations:detail", args=[version.organization.slug]), "name": version.name,
            "code": version.code, "kind": version.kind.code, "kind_name": version.kind.name, "parent": version.parent.slug if version.parent else None,
            "valid_from": version.valid_from, "valid_to": version.valid_to,
        }
        for version in part
    ]  # fmt: skip


def unit(slug: str) -> dict[str, Any] | None:
    """One unit through all its names."""
    found = organizations.with_versions().filter(slug=slug).first()
    if found is None:
        return None
    versions = list(found.versions.select_related("kind", "parent", "basis").order_by("valid_from"))
    steps = Succession.objects.select_related("basis").prefetch_related("predecessor__versions", "successor__versions").order_by("on", "pk")
    return {
        "id": slug, "url": reverse("organizations:detail", args=[slug]), "name": versions[-1].name if versions else slug,
        "in_force": bool(versions) and versions[-1].valid_to is None,
        "versions": [
            {
                "name": version.name, "name_en": version.name_en, "code": version.code, "kind": version.kind.code,
                "parent": version.parent.slug if version.parent else None, "valid_from": version.valid_from, "valid_to": version.valid_to,
                "decision": version.basis.number if version.basis else None,
            }
            for version in versions
        ],
        "predecessors": [_passed(step, step.predecessor) for step in steps.filter(successor=found)],
        "successors": [_passed(step, step.successor) for step in steps.filter(predecessor=found)],
    }  # fmt: skip


def _passed(step: Succession, other: Any) -> dict[str, Any]:
    return {"id": other.slug, "name": organizations.name_on(other, step.on), "on": step.on, "partial": step.partial, "decision": step.basis.number}


def movements(cycles: QuerySet[Cycle]) -> list[dict[str, Any]]:
    """Movements with their fields, cycles and milestones."""
    steps: dict[int, list[Milestone]] = defaultdict(list)
    for step in Milestone.objects.order_by("closes_on", "pk"):
        steps[step.cycle_id].append(step)
    found: dict[int, dict[str, Any]] = {}
    for cycle in cycles.prefetch_related("movement__fields"):
        movement = cycle.movement
        entry = found.setdefault(movement.pk, {
            "id": movement.slug, "name": movement.name, "cycles": [],
            "fields": [{"code": f.code, "name": f.name, "name_en": f.name_en} for f in movement.fields.all()],
        })  # fmt: skip
        entry["cycles"].append({
            "code": cycle.code, "name": cycle.name, "starts_on": cycle.starts_on, "ends_on": cycle.ends_on,
            "milestones": [{"kind": s.kind, "opens_on": s.opens_on, "closes_on": s.closes_on} for s in steps[cycle.pk]],
        })  # fmt: skip
    return [found[number] for number in sorted(found)]


def hits(request: HttpRequest, numbers: Iterable[int]) -> list[dict[str, Any]]:
    """Search results."""
    return [
        {
            "kind": entry.kind, "title": entry.title, "url": request.build_absolute_uri(entry.address), "date": entry.date,
            "unit": entry.unit, "unit_name": entry.unit_name,
        }
        for entry in asking.entries(list(numbers))
    ]  # fmt: skip


def dataset(request: HttpRequest, found: datasets.Dataset) -> dict[str, Any]:
    """A public table in both languages, with its addresses."""
    words: dict[str, Any] = {}
    for language in ("vi", "en"):
        with override(language):
            words |= {f"title_{language}": str(found.title), f"description_{language}": str(found.description)}
    changed = found.updated()

    def absolute(name: str, *args: str) -> str:
        return request.build_absolute_uri(reverse(name, args=[found.code, *args]))

    return words | {
        "code": found.code, "owner": files.owner(found), "cycle": found.cycle, "licence": found.licence, "licence_url": found.licence_url,
        "updated_at": files.plain(changed) if changed else None, "rows": found.count(), "url": absolute("portal:dataset"),
        "csv": absolute("portal:dataset_file", "csv"), "json_file": absolute("portal:dataset_file", "json"),
        "xlsx": absolute("portal:dataset_file", "xlsx"), "rows_url": absolute("api:dataset_rows"),
    }  # fmt: skip


def rows(request: HttpRequest, found: datasets.Dataset, paging: Any) -> dict[str, Any]:
    """A page of a public table."""
    count = found.count()
    start = (paging.page - 1) * paging.per_page
    part = found.rows(start, min(count, start + paging.per_page)) if start < count else ()
    return _page(request, count, paging) | {"items": [files.named(found, row) for row in part]}


