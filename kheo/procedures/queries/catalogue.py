"""The catalogue of procedures as people and officers read it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from kheo.core.rules.text import fold
from kheo.procedures.models import Procedure, ProcedureVersion

PORTAL = "https://dichvucong.gov.vn/p/home/dvc-tthc-thu-tuc-hanh-chinh-chi-tiet.html?ma_thu_tuc="
"""The page of a procedure on the national portal, by its code. Dossiers are sent in there, not here."""


def portal_link(code: str) -> str:
    """The national portal's page of a procedure; empty for codes that are none."""
    return f"{PORTAL}{code}" if code[:1].isdigit() else ""


def names_of(pks: Iterable[int]) -> dict[int, str]:
    """The newest name of procedures: from the catalogue, else as seen in an import."""
    wanted = list(pks)
    found = dict(Procedure.objects.filter(pk__in=wanted).values_list("pk", "seen_name"))
    found.update(ProcedureVersion.objects.filter(procedure_id__in=wanted).order_by("valid_from").values_list("procedure_id", "name"))
    return found


def in_force(day: date | None = None) -> QuerySet[ProcedureVersion]:
    """Versions in force on a day (default today)."""
    day = day or timezone.localdate()
    return (
        ProcedureVersion.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)
        .select_related("procedure", "field").order_by("field__sort_key", "name")
    )


def listing(words: str = "") -> list[ProcedureVersion]:
    """Versions in force whose folded name or code holds every word."""
    wanted = fold(words).split()[:8]
    return [v for v in in_force() if all(word in f"{fold(v.name)} {v.procedure.code} {fold(v.field.name)}" for word in wanted)]


def waiting() -> QuerySet[Procedure]:
    """Procedures seen in imports that nobody has completed."""
    return Procedure.objects.filter(state=Procedure.State.WAITING).order_by("first_seen_at", "pk")
