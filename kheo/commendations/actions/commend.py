"""Commend a whole list at once, and withdraw a commendation."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.commendations import policy, queries
from kheo.commendations.models import Commendation, Form, Honouree
from kheo.core.errors import InvalidInput
from kheo.core.rules import text
from kheo.core.verdicts import require
from kheo.documents.models import Document
from kheo.movements.models import Cycle
from kheo.organizations.models import Organization
from kheo.practices.models import Practice
from kheo.practices.rules import RECOGNIZED_STATES


@dataclass(frozen=True)
class Line:
    """One honouree as proposed. Either a practice (name and unit come from it) or written by hand."""

    name: str = ""
    achievement: str = ""
    practice: Practice | None = None
    collective: bool = True
    organization: Organization | None = None
    unit_text: str = ""
    minor: bool = False


def lines_of(practices: Sequence[Practice]) -> list[Line]:
    """Lines for practices: the registering unit or person, honoured for the practice."""
    return [
        Line(
            name=p.organization_text or str(p.organization or ""), achievement=str(p.title), practice=p,
            collective=p.subject == "collective", organization=p.organization, unit_text=str(p.ward or ""),
        )
        for p in practices
    ]


def commend(
    document: Document, form: Form, *, cycle: Cycle, unit: Organization, lines: Sequence[Line], by: Any,
    submission_key: uuid.UUID | None = None,
) -> Commendation:
    """Record a decision with all its honourees in one transaction.

    The same submission key again gives the commendation there is. One form once for one practice in
    a cycle; the form must exist on the day of the decision.
    """
    require(policy.may(by, "commend", unit))
    key = submission_key or uuid.uuid4()
    existing = Commendation.objects.filter(submission_key=key).first()
    if existing is not None:
        return existing
    _check(document, form, lines)
    with transaction.atomic():
        cycle = Cycle.objects.select_for_update().get(pk=cycle.pk)
        _refuse_repeats(form, cycle, lines)
        made = Commendation.objects.create(
            document=document, form=form, cycle=cycle, unit=unit, by_name=str(by)[:200], at=timezone.now(), submission_key=key
        )
        Honouree.objects.bulk_create(_honouree(made, line, order, by) for order, line in enumerate(lines, start=1))
        record.record("commendations.commend", made, by=by, form=form.code, document=str(document), honourees=len(lines))
    return made


def withdraw(commendation: Commendation, *, reason: str, document: Document, on: date, by: Any) -> Commendation:
    """Take a commendation back by decision, with a reason; it leaves the honour roll."""
    require(policy.may(by, "withdraw", commendation.unit_id))
    if not reason.strip():
        raise InvalidInput(_("Write the reason: the other side will read it."), field="reason")
    with transaction.atomic():
        locked = Commendation.objects.select_for_update().get(pk=commendation.pk)
        if locked.withdrawn_on is not None:
            return locked
        locked.withdrawn_on, locked.withdrawn_by, locked.withdrawn_reason = on, document, reason.strip()
        locked.save(update_fields=["withdrawn_on", "withdrawn_by", "withdrawn_reason"])
        record.record("commendations.withdraw", locked, by=by, reason=reason.strip(), document=str(document))
    return locked


def warnings(form: Form, lines: Sequence[Line]) -> list[Any]:
    """What looks odd but does not block: a higher form without a lower one before."""
    found: list[Any] = []
    if form.rank >= 5:
        for line in lines:
            if line.practice and not line.practice.honours.filter(commendation__form__rank__lt=form.rank).exists():
                found.append(_("“%(title)s” has no lower commendation yet; usually giấy khen comes before bằng khen.") % {"title": line.practice.title})
    return found


def _check(document: Document, form: Form, lines: Sequence[Line]) -> None:
    if not lines:
        raise InvalidInput(_("Choose at least one practice, or write at least one honouree."), field="practices")
    if form not in queries.forms_on(document.issued_on):
        raise InvalidInput(
            _("“%(form)s” does not exist on %(day)s, the day of the decision.") % {"form": form, "day": f"{document.issued_on:%d/%m/%Y}"},
            field="form",
        )
    if hasattr(document, "commendation"):
        raise InvalidInput(_("The decision %(number)s is recorded for a commendation already.") % {"number": document.number}, field="number")
    for line in lines:
        if not line.name.strip() or not line.achievement.strip():
            raise InvalidInput(_("Each honouree needs a name and an achievement."), field="honourees")
        if line.practice is not None and line.practice.state not in {s.value for s in RECOGNIZED_STATES}:
            raise InvalidInput(
                _("“%(title)s” is not recognized (it is “%(state)s”), so it cannot be commended.")
                % {"title": line.practice.title, "state": line.practice.get_state_display()}, field="practices",
            )


def _refuse_repeats(form: Form, cycle: Cycle, lines: Sequence[Line]) -> None:
    numbers = [line.practice.pk for line in lines if line.practice]
    taken = Honouree.objects.filter(
        practice_id__in=numbers, commendation__form=form, commendation__cycle=cycle, commendation__withdrawn_on__isnull=True
    ).select_related("practice", "commendation__document").first()
    if taken is not None:
        raise InvalidInput(
            _("“%(title)s” has this form already by %(document)s; one achievement is commended once.")
            % {"title": taken.practice, "document": taken.commendation.document}, field="practices",
        )


def _honouree(commendation: Commendation, line: Line, order: int, by: Any) -> Honouree:
    waiting = Honouree.Consent.NOT_NEEDED if line.collective else Honouree.Consent.WAITING
    return Honouree(
        commendation=commendation, order=order, practice=line.practice, is_collective=line.collective,
        name=text.squeeze(text.nfc(line.name))[:200], organization=line.organization, unit_text=line.unit_text[:200],
        achievement=text.squeeze(text.nfc(line.achievement))[:500], consent=waiting, is_minor=line.minor,
        by=by if getattr(by, "pk", None) else None,
    )
