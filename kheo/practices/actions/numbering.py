"""Receipt numbers and public addresses of practices."""

from __future__ import annotations

from kheo.core.rules import text
from kheo.movements.models import Cycle
from kheo.practices.models import Practice

PREFIX = "DVK"


def receipts(cycle: Cycle, count: int) -> list[str]:
    """The next `count` receipt numbers of a cycle, such as DVK-2023-000123.

    Locks the cycle's row until the transaction ends, so two writers never get the same number.
    """
    Cycle.objects.select_for_update().get(pk=cycle.pk)
    prefix = f"{PREFIX}-{cycle.code}-"
    last = (
        Practice.objects.filter(cycle=cycle, receipt_number__startswith=prefix)
        .order_by("-receipt_number").values_list("receipt_number", flat=True).first()
    )
    first = int(last.rsplit("-", 1)[1]) + 1 if last else 1
    return [f"{prefix}{number:06d}" for number in range(first, first + count)]


def slug(title: str, receipt: str) -> str:
    """The public address: words of the title, year and serial. Never changes once given."""
    _prefix, cycle, serial = receipt.split("-", 1)[0], *receipt.split("-", 1)[1].rsplit("-", 1)
    return f"{text.slugify(title, limit=110) or 'mo-hinh'}-{text.slugify(cycle)}-{int(serial)}"
