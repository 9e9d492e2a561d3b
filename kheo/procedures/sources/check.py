"""Checking what was read: units, catalogue, duplicates, period, due dates, outcome, small numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kheo.core.rules.dates import format_date
from kheo.organizations.models import Organization
from kheo.procedures.models import (
    Batch,
    CountingRule,
    DossierFact,
    ProcedureVersion,
    ReportingPeriod,
)
from kheo.procedures.rules import grouping
from kheo.procedures.rules.outcome import SETTLED, Events, judge
from kheo.procedures.sources.catalogue import Named, recognize
from kheo.procedures.sources.dossier import Dossier
from kheo.procedures.sources.reading import Reading
from kheo.procedures.sources.units import UnitResolver, WrongUnit

CHUNK = 900


class Deadline(Protocol):
    """The due moment that a procedure's time limit gives for a reception (None without a limit), and
    whether the calendar is decided so far."""

    def due(self, received: datetime, version: ProcedureVersion) -> datetime | None: ...

    def is_certain(self, received: datetime, due: datetime) -> bool: ...


@dataclass
class Checked:
    """A file ready to be written: good dossiers, the procedures they name, which rows are merged."""

    reading: Reading
    rule: CountingRule
    as_of: datetime
    named: list[Named] = field(default_factory=list)
    merged: dict[int, frozenset[str]] = field(default_factory=dict)

    @property
    def dossiers(self) -> list[Dossier]:
        """The dossiers of good rows."""
        return self.reading.dossiers

    def is_merged(self, dossier: Dossier) -> bool:
        """True when the dossier is published without naming its procedure and field."""
        return self.named[dossier.what].code in self.merged.get(dossier.unit_id, frozenset())


class Checker:
    """Runs the checks over the dossiers of one reading, dropping the bad ones."""

    def __init__(self, reading: Reading, *, unit: Organization, period: ReportingPeriod, rule: CountingRule, as_of: datetime, deadline: Deadline) -> None:
        self.reading, self.unit, self.period, self.rule = reading, unit, period, rule
        self.as_of, self.deadline = as_of, deadline
        self.local_as_of = as_of.replace(tzinfo=None)
        self.counting = rule.counting

    def run(self) -> Checked:
        """All checks; problems go to the reading."""
        checked = Checked(self.reading, self.rule, self.as_of)
        self._warn_of_another_time()
        checked.named = recognize(self.reading, self.rule)
        good = self._without_duplicates(self._of_known_units(self.reading.dossiers))
        good = [dossier for dossier in good if self._counts(dossier, checked.named[dossier.what])]
        self.reading.dossiers = self._not_published_elsewhere(good)
        checked.merged = self._merged(checked)
        return checked

    # Messages

    def _problem(self, dossier: Dossier, key: str, value: Any, message: Any, remedy: Any = "", severity: Any = "error") -> None:
        note = self.reading.sheets[dossier.sheet]
        cell = _cell(self.reading, dossier, key)
        self.reading.problems.add(note.name, cell, key, value, message, remedy, severity)

    # Units

    def _warn_of_another_time(self) -> None:
        """A ward of today did not exist in a period before its merger, nor the former one after it."""
        versions = self.unit.versions.filter(valid_from__lte=self.period.last)
        if self.reading.total and not versions.filter(Q(valid_to=None) | Q(valid_to__gt=self.period.first)).exists():
            message = _("%(unit)s did not exist in the period %(period)s.") % {"unit": self.unit, "period": self.period.code}
            self.reading.problems.add("", "", "unit", "", message, _("Choose the unit of that time, unless the results are to stand under this one."), "warning")

    def _of_known_units(self, dossiers: Iterable[Dossier]) -> list[Dossier]:
        resolver = UnitResolver(self.unit, self.period.last)
        meanings: list[int | Any] = []
        warnings: dict[int, Any] = {}
        for number, (words, identifier) in enumerate(self.reading.units):
            try:
                pk, warning = resolver.resolve(words, identifier)
                meanings.append(pk)
                if warning:
                    warnings[number] = warning
            except WrongUnit as wrong:
                meanings.append(wrong.args[0])
        good = []
        for dossier in dossiers:
            meaning = meanings[dossier.unit]
            if not isinstance(meaning, int):
                self._problem(dossier, "unit", "", meaning, _("Choose the right unit for the import, or take the row out."))
                continue
            if dossier.unit in warnings:
                self._problem(dossier, "unit", "", warnings.pop(dossier.unit), _("Check the name in the list of units."), "warning")
            dossier.unit_id = meaning
            good.append(dossier)
        return good

    # Duplicates

    def _without_duplicates(self, dossiers: list[Dossier]) -> list[Dossier]:
        seen: dict[str, Dossier] = {}
        good = []
        for dossier in dossiers:
            first = seen.setdefault(dossier.code, dossier)
            if first is dossier:
                good.append(dossier)
                continue
            where = {"sheet": self.reading.sheets[first.sheet].name, "row": first.row}
            if _same(first, dossier):
                self._problem(dossier, "code", dossier.code, _("The same dossier stands in sheet “%(sheet)s”, row %(row)s; it is counted once.") % where, "", "warning")
            else:
                self._problem(dossier, "code", dossier.code, _("The same code stands with other contents in sheet “%(sheet)s”, row %(row)s.") % where,
                              _("Keep the row that is right."))
        return good

    def _not_published_elsewhere(self, dossiers: list[Dossier]) -> list[Dossier]:
        others = dict(
            Batch.objects.filter(period__first__lte=self.period.last, period__last__gte=self.period.first, period__scheme=self.period.scheme,
                                 period__kind=self.period.kind, state=Batch.State.PUBLISHED)
            .exclude(unit=self.unit, period=self.period).values_list("pk", "filename")
        )
        if not others:
            return dossiers
        taken: dict[str, int] = {}
        codes = [dossier.code for dossier in dossiers]
        for start in range(0, len(codes), CHUNK):
            found = DossierFact.objects.filter(code__in=codes[start : start + CHUNK], batch_id__in=list(others))
            taken.update(found.values_list("code", "batch_id"))
        for dossier in dossiers:
            if dossier.code in taken:
                batch = taken[dossier.code]
                self._problem(dossier, "code", dossier.code, _("This dossier was already published for the same period with batch %(batch)s (%(file)s).") % {
                    "batch": batch, "file": others[batch]}, _("Take it out of one of the two exports."))
        return [dossier for dossier in dossiers if dossier.code not in taken]

    # Counting

    def _counts(self, dossier: Dossier, named: Named) -> bool:
        """Judge one dossier; False when it does not belong to the period."""
        if dossier.received > self.local_as_of:
            self._problem(dossier, "received", dossier.received, _("The dossier was received after the end of the period (%(day)s).") % {
                "day": format_date(self.local_as_of.date())}, _("Choose the right period, or take the row out."))
            return False
        if dossier.due is None:
            self._compute_due(dossier, named)
        found = judge(
            Events(dossier.received, dossier.due, dossier.done, dossier.returned, dossier.closed, dossier.supplement, dossier.supplements,
                   timedelta(minutes=dossier.waited_minutes)),
            self.local_as_of, self.counting,
        )
        if found.outcome in SETTLED:
            if found.at.date() < self.period.first:
                self._problem(dossier, "done", found.at, _("The dossier ended before the period began (%(day)s).") % {
                    "day": format_date(self.period.first)}, _("Choose the right period, or take the row out."))
                return False
            dossier.ended = found.at
        dossier.outcome, dossier.end = found.outcome.value, found.end.value
        dossier.carried = dossier.received.date() < self.period.first
        return True

    def _compute_due(self, dossier: Dossier, named: Named) -> None:
        version = named.version_on(dossier.received.date())
        computed = self.deadline.due(dossier.received, version) if version else None
        if computed is not None:
            dossier.due, dossier.due_computed = computed, True
            certain = self.deadline.is_certain(dossier.received, computed)
            self._problem(dossier, "due", "", _("No due date is given; the time limit of the procedure gives %(day)s.") % {
                "day": format_date(computed.date())}, "" if certain else _("The days off of that year are not all decided: the date may still move."), "warning")
        else:
            self._problem(dossier, "due", "", _("No due date is given and no time limit is known: the dossier is counted apart, neither on time nor overdue."),
                          _("Enter the due date, or the time limit of the procedure in the catalogue."), "warning")

    # Small numbers

    def _merged(self, checked: Checked) -> dict[int, frozenset[str]]:
        """Codes to publish together, by unit. Over a longer period the smallest month decides: its own
        table may be published beside this one."""
        counts: dict[int, Counter[str]] = {}
        months: dict[tuple[int, str], Counter[tuple[int, int]]] = {}
        sensitive = {named.code: named.sensitive for named in checked.named}
        longer = self.period.kind != "month"
        for dossier in checked.dossiers:
            code = checked.named[dossier.what].code
            counts.setdefault(dossier.unit_id, Counter())[code] += 1
            if longer and sensitive[code]:
                months.setdefault((dossier.unit_id, code), Counter())[dossier.received.year, dossier.received.month] += 1
        cells = {
            unit: {code: grouping.Cell(n, sensitive[code], min(months[unit, code].values()) if (unit, code) in months else None) for code, n in found.items()}
            for unit, found in counts.items()
        }
        return {unit: grouping.merged(found, self.rule.least_cell) for unit, found in cells.items()}


def _cell(reading: Reading, dossier: Dossier, key: str) -> str:
    letters = reading.letters[dossier.sheet].get(key, "A")
    return f"{letters}{dossier.row}"


def _same(one: Dossier, other: Dossier) -> bool:
    names = ("what", "unit", "received", "due", "done", "returned", "closed", "supplements", "status", "channel")
    return all(getattr(one, name) == getattr(other, name) for name in names)


def first_day(period: ReportingPeriod) -> date:
    """The month by which the facts of a period are kept together."""
    return period.first.replace(day=1)
