"""From a file to what would be written: reading and checking, without writing anything."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.core.errors import DomainError, InvalidInput
from kheo.core.rules.dates import VIETNAM, format_date
from kheo.organizations.models import Organization
from kheo.procedures.models import (
    CountingRule,
    Procedure,
    ProcedureVersion,
    ReportingPeriod,
    Source,
    UnitIdentifier,
)
from kheo.procedures.queries import deadlines
from kheo.procedures.rules import periods
from kheo.procedures.sources.check import Checked, Checker
from kheo.procedures.sources.collecting import paused
from kheo.procedures.sources.reading import Tell, read
from kheo.procedures.sources.vocabulary import vocabulary_of

STEP = 1 << 20


def fingerprint(source: Path | bytes) -> str:
    """SHA-256 of the file. Raises InvalidInput when it cannot be opened."""
    if isinstance(source, bytes):
        return hashlib.sha256(source).hexdigest()
    digest = hashlib.sha256()
    try:
        with source.open("rb") as stream:
            while piece := stream.read(STEP):
                digest.update(piece)
    except OSError as error:
        raise InvalidInput(code="file_unreadable", params={"name": source.name}) from error
    return digest.hexdigest()


def read_by(origin: Source | None, period: ReportingPeriod) -> str:
    """A digest of all that a file is read by: labels of its system, catalogue, identifiers of units,
    counting rule. While it stands, the same file again would give the same results."""
    words = vocabulary_of(origin)
    versions = ProcedureVersion.objects.order_by("pk").values_list("pk", "procedure__code", "name", "field__name", "limit", "limit_unit", "valid_from", "valid_to")
    parts: list[Any] = [
        sorted(words.headings.items()), sorted(words.statuses.items()), sorted(words.channels.items()), rule_for(period).pk, list(versions),
        list(Procedure.objects.filter(sensitive=True, state=Procedure.State.LISTED).order_by("pk").values_list("pk", flat=True)),
        list(UnitIdentifier.objects.order_by("pk").values_list("identifier", "unit_id")),
    ]
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def rule_for(period: ReportingPeriod) -> CountingRule:
    """The counting rule in force on the last day of the period. Raises InvalidInput without one."""
    found = CountingRule.objects.filter(valid_from__lte=period.last).order_by("-valid_from").first()
    if found is None:
        first = CountingRule.objects.order_by("valid_from").first()
        since = _("The first one holds from %(day)s: %(basis)s.") % {"day": format_date(first.valid_from), "basis": first.basis} if first else ""
        raise InvalidInput(_("No counting rule is in force for the period %(period)s.") % {"period": period.code}, remedy=since)
    return found


def as_of_for(period: ReportingPeriod, now: datetime | None = None) -> datetime:
    """The instant the figures speak of: the end of the period, or now while it runs."""
    return periods.as_of(period.last, (now or timezone.now()).astimezone(VIETNAM)).replace(microsecond=0)


def prepare(
    source: Path | bytes, filename: str, *, unit: Organization, period: ReportingPeriod, origin: Source | None = None,
    as_of: datetime | None = None, tell: Tell | None = None,
) -> Checked:
    """Read and check one export. Raises InvalidInput for a period that has not begun."""
    moment = (as_of or as_of_for(period)).astimezone(VIETNAM)
    if moment.date() < period.first:
        raise InvalidInput(_("The period %(period)s has not begun yet.") % {"period": period.code})
    rule = rule_for(period)
    try:
        with paused():
            reading = read(source, filename, vocabulary=vocabulary_of(origin), as_of=moment, tell=tell)
            checker = Checker(reading, unit=unit, period=period, rule=rule, as_of=moment, deadline=deadlines.for_unit(unit, period.last))
            return checker.run()
    except (DomainError, MemoryError, OSError):
        raise
    except (ValueError, TypeError, ArithmeticError, LookupError, AttributeError) as error:
        # The error's own words may repeat a cell: only its kind is told.
        raise InvalidInput(
            _("The file could not be read to its end (%(kind)s).") % {"kind": type(error).__name__},
            remedy=_("Open it on your computer, save it again as .xlsx and import the new copy."),
        ) from None


def report(checked: Checked, *, accepted: int, unchanged: int = 0, batch: int | None) -> dict[str, Any]:
    """The answer of the command, as the contract words it."""
    problems = checked.reading.problems
    return {
        "rows": checked.reading.total,
        "accepted": accepted,
        "unchanged": unchanged,
        "warnings": [p.as_dict() for p in problems.of("warning")],
        "errors": [p.as_dict() for p in problems.of("error")],
        "batch": batch,
    }
