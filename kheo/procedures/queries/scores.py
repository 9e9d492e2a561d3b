"""Scores by the indicator set, and the figures they were computed from."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from kheo.organizations.models import Organization
from kheo.procedures.models import ReportingPeriod, Score, ScoreInput, ScoringFormula
from kheo.procedures.queries import figures
from kheo.procedures.rules import scoring


def public() -> QuerySet[Score]:
    """All computed scores: each says when, by which formula and from which figures."""
    return Score.objects.select_related("unit", "period", "formula")


def public_scores(unit: int | None) -> list[Score]:
    """The newest score of each unit and period, newest period first."""
    found = public().order_by("-period__first", "unit_id", "-pk")
    newest: dict[tuple[int, int], Score] = {}
    for score in found.filter(unit_id=unit) if unit else found:
        newest.setdefault((score.unit_id, score.period_id), score)
    return list(newest.values())


def formula_for(period: ReportingPeriod) -> ScoringFormula | None:
    """The version in force on the last day of the period."""
    return ScoringFormula.objects.filter(valid_from__lte=period.last).first()


def computed(unit: Organization, period: ReportingPeriod) -> dict[str, scoring.Given]:
    """The figures that published results give, by the name of their source; none while one of the
    months of a longer period is missing, because a part would pass for the whole."""
    found = figures.figures(period.code, unit=unit.pk, scheme=period.scheme)
    if found is None or not _covers(found, period):
        return {}
    total = found.total
    received, fresh = Decimal(total.received), Decimal(total.online + total.direct)
    return {
        "on_time": scoring.Given(Decimal(total.early + total.on_time + total.open), received),
        "overdue": scoring.Given(Decimal(total.overdue + total.open_overdue), received),
        "online": scoring.Given(Decimal(total.online), fresh),
    }


def _covers(found: figures.Figures, period: ReportingPeriod) -> bool:
    """Whether the published periods follow each other from the first to the last day."""
    starts = [period.first, *(part.last + timedelta(days=1) for part in found.periods)]
    return found.last == period.last and all(part.first == start for part, start in zip(found.periods, starts, strict=False))


def given(formula: ScoringFormula, unit: Organization, period: ReportingPeriod) -> tuple[list[scoring.Item], dict[str, scoring.Given], dict[str, str]]:
    """Items, figures by item and where each figure comes from: an officer's figure goes before a computed one."""
    items = [scoring.Item.from_row(row) for row in formula.items]
    entered = {row.item: row for row in ScoreInput.objects.filter(unit=unit, period=period)}
    counted = computed(unit, period)
    values: dict[str, scoring.Given] = {}
    origins: dict[str, str] = {}
    for item in items:
        if item.code in entered:
            row = entered[item.code]
            values[item.code], origins[item.code] = scoring.Given(row.numerator, row.denominator), row.source
        elif item.source in counted:
            values[item.code], origins[item.code] = counted[item.source], "published"
    return items, values, origins


def missing(score: Score) -> int:
    """How many items of a score had no figures."""
    return sum(line["state"] == "missing" for line in score.log.get("lines", []))


def groups_of(score: Score) -> list[dict[str, Any]]:
    """The log of a score by group, for the page."""
    names = {row["code"]: row for row in score.formula.groups}
    notes = {row["code"]: row.get("note", "") for row in score.formula.items}
    found: dict[str, dict[str, Any]] = {}
    for line in score.log.get("lines", []):
        group = found.setdefault(line["group"], {"name": names.get(line["group"], {}).get("name", line["group"]), "most": Decimal(0), "points": Decimal(0), "lines": []})
        group["most"] += Decimal(line["most"])
        group["points"] += Decimal(line["points"] or 0)
        share = Decimal(line["share"]) * 100 if line["share"] is not None else None
        numbers = {name: None if line[name] is None else Decimal(line[name]) for name in ("numerator", "denominator", "points", "most")}
        group["lines"].append(line | numbers | {"percent": share, "note": notes.get(line["code"], "")})
    return list(found.values())
