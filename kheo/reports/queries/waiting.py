"""What waits for a person in this room."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kheo.accounts import queries as accounts
from kheo.accounts.models import Role
from kheo.core.waiting import Task, Waiting
from kheo.reports.models import Report
from kheo.reports.queries import access

SHOWN = 5


def waiting(user: Any, day: date) -> Iterable[Waiting]:
    """Drafts to write for officers, checked reports to issue for leaders."""
    rights = accounts.rights(user)
    for code, title, role, state in (
        ("write", _("Reports to write"), Role.RECEIVER, Report.State.DRAFT), ("issue", _("Reports to issue"), Role.LEADER, Report.State.CHECKED),
    ):
        found = access.visible_to(user).filter(state=state, unit_id__in=rights.units([role])).order_by("period_to")
        tasks = [
            Task(f"{r.get_kind_display()} {r.period_code}", reverse("reports_desk:detail", args=[r.pk]), str(r.unit), r.remark[:80], r.updated_at, None, False)
            for r in found
        ]
        yield Waiting(f"reports.{code}", title, len(tasks), 0, None, reverse("reports_desk:index"), tasks[:SHOWN])
