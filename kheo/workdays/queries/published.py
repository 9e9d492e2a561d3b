"""The decided days as open data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kheo.core import datasets
from kheo.core.datasets import Column, Value
from kheo.workdays.models import CalendarDay, State


def records() -> Any:
    """Every decided day, in order of date."""
    return CalendarDay.objects.filter(state=State.DECIDED).select_related("basis").order_by("on", "unit_id", "pk")


def values(part: Iterable[CalendarDay]) -> Iterable[Sequence[Value]]:
    """Rows as the dictionary says."""
    for day in part:
        yield (
            day.on, day.kind, day.name, day.counterpart, str(day.get_scope_display()), day.unit_name, day.basis.number if day.basis else "",
            day.basis.issued_on if day.basis else None, day.certainty,
        )


def updated() -> datetime | None:
    """When a day was last decided or withdrawn."""
    found = CalendarDay.objects.aggregate(decided=Max("decided_at"), closed=Max("closed_at"))
    return max((moment for moment in found.values() if moment), default=None)


datasets.register(
    datasets.Dataset(
        code="lich-lam-viec", title=_("Working calendar"),
        description=_("Days off and days worked instead, with the document that decided each; a day that is not here follows the ordinary week."),
        columns=(
            Column("ngay", _("Day"), "date"), Column("loai", _("Kind"), "code", _("holiday, compensatory, swap_off or swap_work")),
            Column("ten", _("Name")), Column("hoan_doi_voi", _("Swapped with"), "date"), Column("pham_vi", _("Holds for")), Column("don_vi", _("Unit")),
            Column("van_ban", _("Deciding document")), Column("ngay_van_ban", _("Date of issue"), "date"),
            Column("do_chac_chan", _("Certainty"), "code", _("document: compared with a paper; known: publicly known")),
        ),
        records=records, values=values, updated=updated, cycle="irregular", address=lambda: reverse("workdays:index"),
        keywords=("ngày nghỉ", "nghỉ lễ", "ngày làm việc"),
    )
)
