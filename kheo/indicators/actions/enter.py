"""Enter figures, one cell or a whole pasted block, each judged on its own.

Nothing is overwritten: a change is a new revision. A cell that someone else has changed since it was
read is a conflict and tells whose figure stands; a figure that looks odd is held until a reason is given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kheo.audit.actions import record
from kheo.core import messages
from kheo.core.errors import Conflict, InvalidInput
from kheo.core.forms.fields import typed
from kheo.core.rules import numbers, text
from kheo.indicators import policy
from kheo.indicators.models import Indicator, IndicatorVersion, Observation, Period
from kheo.indicators.queries import definitions, rounds
from kheo.indicators.rules import plausible, readings
from kheo.indicators.rules.readings import Reading

PARTS = ("value", "numerator", "denominator")
TRIES = 4


@dataclass(frozen=True)
class Entry:
    """One typed number. `was` is the number the person saw (as text), None to overwrite knowingly."""

    indicator: int
    unit: int
    part: str
    text: str
    was: str | None = None
    reason: str = ""

    @property
    def key(self) -> str:
        """The name of the cell on the page."""
        return f"{self.indicator}-{self.unit}-{self.part}"


@dataclass(frozen=True)
class Extras:
    """What else is said about the figures of one call; None leaves it as it was."""

    status: str | None = None
    evidence: str | None = None
    missing_reason: str | None = None
    entry: str = "typed"


@dataclass(frozen=True)
class Answer:
    """What became of one cell: saved, unchanged, refused, held (a reason is wanted) or conflict."""

    key: str
    state: str
    message: str = ""
    shown: str = ""


@dataclass
class Outcome:
    """All answers, in the order of the entries."""

    answers: list[Answer] = field(default_factory=list)
    changed: int = 0

    def of(self, state: str) -> list[Answer]:
        return [a for a in self.answers if a.state == state]


@dataclass
class _Table:
    """Everything the judging of a block needs, loaded once."""

    period: Period
    definitions: dict[int, IndicatorVersion]
    current: dict[tuple[int, int], Observation]
    last: dict[tuple[int, int], Decimal]
    others: dict[int, list[Decimal]]
    locks: dict[tuple[int, int], str]
    allowed: dict[int, str]


class _Raced(Exception):
    """Someone wrote in between: judge again."""


def enter(period: Period, entries: Sequence[Entry], *, by: Any, extras: Extras = Extras()) -> Outcome:
    """Judge every entry and save those that stand, in one transaction."""
    for attempt in range(TRIES):
        try:
            with transaction.atomic():
                return _enter(period, entries, by, extras)
        except (_Raced, IntegrityError):
            if attempt == TRIES - 1:
                raise Conflict(_("Many people are writing here at once. Nothing was saved; try again.")) from None
    raise AssertionError


def _enter(period: Period, entries: Sequence[Entry], by: Any, extras: Extras) -> Outcome:
    table = _load(period, entries, by)
    groups: dict[tuple[int, int], list[Entry]] = {}
    for one in entries:
        groups.setdefault((one.indicator, one.unit), []).append(one)
    outcome, made = Outcome(), []
    for key, group in groups.items():
        answers, observation = _judge(table, key, group, by, extras)
        outcome.answers += answers
        if observation is not None:
            made.append(observation)
    _save(table, made, by)
    outcome.changed = len(made)
    return outcome


def _load(period: Period, entries: Sequence[Entry], by: Any) -> _Table:
    units, numbers_ = {e.unit for e in entries}, {e.indicator for e in entries}
    locks = rounds.locked(period, units, hold=True)  # first: what is read after it cannot be sent or approved meanwhile
    found = list(definitions.indicators().filter(pk__in=numbers_))
    before = definitions.earlier(period, 1)
    everywhere = Observation.objects.filter(is_current=True, period=period, indicator_id__in=numbers_)
    current: dict[tuple[int, int], Observation] = {}
    others: dict[int, list[Decimal]] = {}
    for row in everywhere:
        if row.unit_id in units:
            current[(row.indicator_id, row.unit_id)] = row
        if row.value is not None:
            others.setdefault(row.indicator_id, []).append(row.value)
    last = {}
    if before is not None:
        rows = Observation.objects.filter(is_current=True, period=before, indicator_id__in=numbers_, unit_id__in=units, value__isnull=False)
        last = {(i, u): v for i, u, v in rows.values_list("indicator_id", "unit_id", "value") if v is not None}
    verdicts = {unit: policy.may(by, "enter", unit) for unit in units}
    return _Table(
        period, definitions.definitions(found, period.last), current, last, others, locks,
        {unit: "" if verdict else str(verdict.reason) for unit, verdict in verdicts.items()},
    )


def _judge(table: _Table, key: tuple[int, int], group: list[Entry], by: Any, extras: Extras) -> tuple[list[Answer], Observation | None]:
    version, before = table.definitions.get(key[0]), table.current.get(key)
    stop = _stopped(table, key, version)
    if stop or version is None:
        return [Answer(e.key, "refused", stop) for e in group], None
    answers: list[Answer] = []
    changes: dict[str, Decimal | None] = {}
    for one in group:
        answer, number = _read(one, version, before)
        if answer is not None:
            answers.append(answer)
        else:
            changes[one.part] = number
    told = [e for e in group if e.part in changes]
    same = all(getattr(before, part, None) == number for part, number in changes.items()) and _nothing_new(before, extras)
    if not changes or same:
        return answers + [Answer(e.key, "unchanged", shown=_shown(before, e.part)) for e in told], None
    return _weigh(table, key, version, before, told, changes, answers, by, extras)


def _nothing_new(before: Observation | None, extras: Extras) -> bool:
    """Whether status, evidence and the reason for a missing figure say what is recorded already."""
    if before is None:
        return not extras.missing_reason
    said = ((extras.status, before.status), (extras.evidence, before.evidence), (extras.missing_reason, before.missing_reason))
    return all(new is None or new == old for new, old in said)


def _stopped(table: _Table, key: tuple[int, int], version: IndicatorVersion | None) -> str:
    if version is None:
        return _("There is no such indicator.")
    if version.source != "typed":
        return _("“%(name)s” is worked out by Khéo and cannot be typed.") % {"name": version.name}
    return table.allowed[key[1]] or table.locks.get((key[1], key[0]), "")


def _read(one: Entry, version: IndicatorVersion, before: Observation | None) -> tuple[Answer | None, Decimal | None]:
    wanted = PARTS if version.has_parts else PARTS[:1]
    if one.part not in wanted:
        return Answer(one.key, "refused", _("This indicator is not entered in that part.")), None
    try:
        number = None
        if one.text.strip():
            number = numbers.parse(one.text, kind="percent" if version.is_percent and one.part == "value" else "decimal")
    except InvalidInput as error:
        return Answer(one.key, "refused", messages.describe(error)), None
    stands = _shown(before, one.part)
    if one.was is not None and stands != one.was.strip() and number != getattr(before, one.part, None):
        return Answer(one.key, "conflict", _conflict(before, stands), stands), None
    return None, number


def _conflict(before: Observation | None, stands: str) -> str:
    if before is None:
        return _("The figure was removed meanwhile. What you typed is still here.")
    words = _("%(who)s entered %(figure)s at %(when)s. What you typed is still here; save it again to replace theirs.")
    return words % {"who": before.by_name, "figure": stands or _("nothing"), "when": f"{timezone.localtime(before.at):%H:%M %d/%m/%Y}"}


def _shown(before: Observation | None, part: str) -> str:
    number = getattr(before, part, None) if before is not None else None
    return "" if number is None else typed(number)


def _weigh(
    table: _Table, key: tuple[int, int], version: IndicatorVersion, before: Observation | None, told: list[Entry],
    changes: dict[str, Decimal | None], answers: list[Answer], by: Any, extras: Extras,
) -> tuple[list[Answer], Observation | None]:
    reading = _reading(version, before, changes)
    wrong = plausible.impossible(reading, share=version.is_share, whole=version.factor)
    if wrong:
        message = messages.describe(InvalidInput(code=wrong, params={"whole": numbers.format_number(version.factor)}))
        return answers + [Answer(e.key, "refused", message, _shown(before, e.part)) for e in told], None
    reason = text.squeeze(text.nfc(next((e.reason for e in told if e.reason.strip()), "")))[:500]
    concerns = plausible.doubts(
        reading.value, last=table.last.get(key), others=_without(table.others.get(key[0], []), before), percent=version.is_percent
    )
    if concerns and not reason:
        message = " ".join(_doubt(c, version) for c in concerns)
        return answers + [Answer(e.key, "held", message, _shown(before, e.part)) for e in told], None
    made = _observation(table, key, before, reading, by, extras, reason)
    return answers + [Answer(e.key, "saved", shown=_shown(made, e.part)) for e in told], made


def _without(values: list[Decimal], before: Observation | None) -> list[Decimal]:
    rest = list(values)
    if before is not None and before.value in rest:
        rest.remove(before.value)
    return rest


def _doubt(concern: plausible.Concern, version: IndicatorVersion) -> str:
    compared = numbers.format_number(concern.compared, version.decimals)
    if concern.code == "far_from_last":
        return _("Far from the last period (%(figure)s). Give a reason to keep it.") % {"figure": compared}
    return _("Far from the other units (their middle is %(figure)s). Give a reason to keep it.") % {"figure": compared}


def _reading(version: IndicatorVersion, before: Observation | None, changes: dict[str, Decimal | None]) -> Reading:
    parts = {part: changes.get(part, getattr(before, part, None)) for part in PARTS}
    if not version.has_parts or (parts["numerator"] is None and parts["denominator"] is None and "value" in changes):
        return Reading(parts["value"])
    if version.aggregation == readings.GROWTH:
        return readings.growth(parts["numerator"], parts["denominator"], 1)
    return readings.ratio(parts["numerator"], parts["denominator"], version.factor)


def _observation(
    table: _Table, key: tuple[int, int], before: Observation | None, reading: Reading, by: Any, extras: Extras, reason: str
) -> Observation:
    known = reading.state != "missing"
    value = None if reading.value is None else numbers.half_up(reading.value, 8)
    missing = extras.missing_reason if extras.missing_reason is not None else (before.missing_reason if before else "")
    return Observation(
        indicator_id=key[0], unit_id=key[1], period=table.period, revision=before.revision + 1 if before else 1,
        value=value, numerator=reading.numerator, denominator=reading.denominator,
        status=extras.status or (before.status if before and before.entry != "approved" else Observation.Status.ESTIMATE),
        evidence=text.nfc(extras.evidence)[:500] if extras.evidence is not None else (before.evidence if before else ""),
        missing_reason="" if known else text.nfc(missing)[:500], reason=reason, entry=extras.entry,
        by_id=getattr(by, "pk", None), by_name=(str(by) if by is not None else record.SYSTEM)[:200], at=timezone.now(),
    )


def _save(table: _Table, made: list[Observation], by: Any) -> None:
    if not made:
        return
    old = [b.pk for b in (table.current.get((o.indicator_id, o.unit_id)) for o in made) if b is not None]
    if old and Observation.objects.filter(pk__in=old, is_current=True).update(is_current=False) != len(old):
        raise _Raced
    Observation.objects.bulk_create(made)
    codes = dict(Indicator.objects.filter(pk__in={o.indicator_id for o in made}).values_list("pk", "code"))
    cells = [f"{codes[o.indicator_id]}@{o.unit_id}#{o.revision}" for o in made]
    record.record("indicators.enter", table.period, by=by, cells=cells)
