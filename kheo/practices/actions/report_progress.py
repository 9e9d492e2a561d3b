"""Report what was done in a period, with quantified contributions and reached outputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.rules import dates, text
from kheo.core.verdicts import require
from kheo.practices import policy
from kheo.practices.actions import move
from kheo.practices.models import (
    Contribution,
    ContributionKind,
    Output,
    OutputResult,
    Practice,
    ProgressReport,
)


@dataclass(frozen=True)
class ProgressData:
    """A report as checked values. Amounts are those of the period; reports add up."""

    period_from: date
    period_to: date
    text: str
    difficulties: str = ""
    contributions: Mapping[str, Decimal] = field(default_factory=dict)  # kind code → amount
    outputs: Mapping[int, Decimal] = field(default_factory=dict)  # output number → reached


def report_progress(
    practice: Practice, data: ProgressData, *, submission_key: UUID, by: Any, at: datetime | None = None
) -> ProgressReport:
    """Add a report. The same submission key again gives the report there is and adds nothing."""
    existing = ProgressReport.objects.filter(submission_key=submission_key, practice=practice).first()
    if existing is not None:
        return existing
    _check(data, at)
    try:
        with transaction.atomic():
            locked = move.locked(practice.pk)
            require(policy.may(by, "report_progress", locked))
            return _write(locked, data, submission_key, by, at)
    except IntegrityError:  # pressed twice at the same instant
        return ProgressReport.objects.get(submission_key=submission_key, practice=practice)


def outside(practice: Practice, data: ProgressData) -> Any:
    """A warning when the period lies outside the dates of the practice; empty when it does not."""
    early = practice.starts_on is not None and data.period_from < practice.starts_on
    late = practice.ends_on is not None and data.period_to > practice.ends_on
    if not (early or late):
        return ""
    return _("The period lies partly outside the dates of the practice (%(start)s – %(end)s). Check it; the report was kept.") % {
        "start": dates.format_date(practice.starts_on) if practice.starts_on else "…",
        "end": dates.format_date(practice.ends_on) if practice.ends_on else "…",
    }


def _check(data: ProgressData, at: datetime | None) -> None:
    today = timezone.localtime(at).date() if at else timezone.localdate()
    if data.period_to < data.period_from:
        raise InvalidInput(_("The period ends before it begins."), field="period_to")
    if data.period_to > today:
        raise InvalidInput(_("The period lies in the future; report only what has been done."), field="period_to")
    if not data.text.strip():
        raise InvalidInput(_("Write what was done."), field="text")
    if any(amount < 0 for amount in (*data.contributions.values(), *data.outputs.values())):
        raise InvalidInput(_("An amount cannot be negative."), field="text")


def _write(practice: Practice, data: ProgressData, key: UUID, by: Any, at: datetime | None) -> ProgressReport:
    report = ProgressReport.objects.create(
        practice=practice, period_from=data.period_from, period_to=data.period_to, text=text.nfc(data.text).strip(),
        difficulties=text.nfc(data.difficulties).strip(), submission_key=key, by=by if getattr(by, "pk", None) else None,
        by_name=str(by)[:200], at=at or timezone.now(),
    )
    kinds = {kind.code: kind for kind in ContributionKind.objects.filter(code__in=list(data.contributions))}
    unknown = set(data.contributions) - set(kinds)
    if unknown:
        raise InvalidInput(_("Unknown kind of contribution: %(codes)s.") % {"codes": ", ".join(sorted(unknown))})
    Contribution.objects.bulk_create(
        Contribution(report=report, kind=kinds[code], amount=amount) for code, amount in data.contributions.items()
    )
    own = set(Output.objects.filter(practice=practice, pk__in=list(data.outputs)).values_list("pk", flat=True))
    OutputResult.objects.bulk_create(
        OutputResult(report=report, output_id=number, amount=amount) for number, amount in data.outputs.items() if number in own
    )
    record.record(
        "practices.report_progress", practice, by=by, period=f"{data.period_from} – {data.period_to}",
        contributions={code: str(amount) for code, amount in data.contributions.items()},
    )
    return report
