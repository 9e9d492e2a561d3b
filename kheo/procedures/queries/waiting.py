"""What waits for the people of the one-stop office, told to the desk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kheo.accounts import queries as accounts
from kheo.accounts.models import Role
from kheo.core.waiting import Task, Waiting, register
from kheo.procedures.models import Batch, CountingRule
from kheo.procedures.queries import catalogue


def batches(user: Any) -> Any:
    """The batches a person at the desk may see."""
    if getattr(user, "is_superuser", False):
        return Batch.objects.all()
    reach = accounts.rights(user).units([Role.ONE_STOP, Role.LEADER, Role.AUDITOR, Role.EDITOR, Role.ADMIN])
    return Batch.objects.filter(unit_id__in=reach)


def source(user: Any, day: date) -> Iterable[Waiting]:
    """Checked batches to publish, unknown procedures, and the month for which nothing has come."""
    if not accounts.rights(user).has(Role.ONE_STOP):
        return
    index = reverse("procedures_desk:index")
    checked = batches(user).filter(state=Batch.State.CHECKED).select_related("unit", "period")
    tasks = [Task(f"{b.unit} {b.period.code}", reverse("procedures_desk:batch", args=[b.pk]), note=b.filename, since=b.at) for b in checked[:20]]
    yield Waiting("procedures.publish", _("Results to publish"), len(tasks), 0, None, index, tasks)
    unknown = catalogue.waiting()
    address = reverse("procedures_desk:catalogue")
    yield Waiting("procedures.catalogue", _("Procedures to complete in the catalogue"), unknown.count(), 0, None, address,
                  [Task(p.seen_name or p.code, address, note=p.code) for p in unknown[:10]])
    yield from _missing(user, day, index)


@dataclass(frozen=True)
class Missing:
    """The month for which nothing is published: its last day, by when it was due, how far figures reach."""

    last: date
    due: date
    newest: date | None


def missing(user: Any, day: date) -> Missing | None:
    """Whether a person's units lack the month before a day; None when something is published for it."""
    rule = CountingRule.objects.first()
    last = day.replace(day=1) - timedelta(days=1)
    ever = batches(user).filter(state=Batch.State.PUBLISHED)
    if ever.filter(period__first__lte=last, period__last__gte=last, period__kind="month").exists():
        return None
    newest = ever.order_by("-period__last").values_list("period__last", flat=True).first()
    return Missing(last, last + timedelta(days=rule.remind_after_days if rule else 5), newest)


def _missing(user: Any, day: date, index: str) -> Iterable[Waiting]:
    found = missing(user, day)
    if found is None:
        return
    note = _("the newest figures reach to %(day)s") % {"day": f"{found.newest:%d/%m/%Y}"} if found.newest else _("nothing was published so far")
    late = day > found.due
    yield Waiting("procedures.missing", _("Results of the last month are missing"), 1, int(late), found.due, index,
                  [Task(f"{found.last:%m/%Y}", index, note=note, due=found.due, late=late)])


register("procedures", source)
