"""Whether published totals can be believed: what `kheo doctor` asks."""

from __future__ import annotations

from django.db.models import QuerySet, Sum
from django.db.models.functions import Coalesce

from kheo.procedures.models import Batch
from kheo.procedures.rules import table


def count() -> int:
    """How many batches are published."""
    return Batch.objects.filter(state=Batch.State.PUBLISHED).count()


def newest(most: int) -> QuerySet[Batch]:
    """The batches published last."""
    return Batch.objects.filter(state=Batch.State.PUBLISHED).defer("mapping", "report").order_by("-published_at", "-pk")[:most]


def unequal_sums() -> list[tuple[int, int, int]]:
    """Published batches whose totals hold another number of dossiers, by reception or by outcome, than
    were accepted: (batch, total, accepted)."""
    came_in = ("online", "direct", "carried")
    counted = [name for name in table.NAMES if name not in came_in]
    rows = Batch.objects.filter(state=Batch.State.PUBLISHED).annotate(
        came=sum((Coalesce(Sum(f"rollups__{name}"), 0) for name in came_in[1:]), Coalesce(Sum("rollups__online"), 0)),
        went=sum((Coalesce(Sum(f"rollups__{name}"), 0) for name in counted[1:]), Coalesce(Sum(f"rollups__{counted[0]}"), 0)),
    )
    return [
        (pk, came if came != accepted else went, accepted)
        for pk, came, went, accepted in rows.values_list("pk", "came", "went", "accepted") if not came == went == accepted
    ]
