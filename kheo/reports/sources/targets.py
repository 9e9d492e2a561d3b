"""Indicators and targets: every indicator is a token, every plan says how many of its targets are met."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.urls import reverse

from kheo.core.rules.numbers import format_number, format_percent, half_up
from kheo.core.rules.text import slugify
from kheo.indicators import queries
from kheo.indicators.models import Indicator, IndicatorVersion, Plan, Target
from kheo.indicators.queries import Figure as Measured
from kheo.indicators.queries import public_page
from kheo.indicators.queries.definitions import definitions, known_period
from kheo.indicators.rules import targets as rules
from kheo.reports.rules.figures import Figure
from kheo.reports.sources import registry
from kheo.reports.sources.registry import Cell, Scope, Table


def measured(scope: Scope) -> dict[str, Measured]:
    """Indicator code → figure of the unit and period, estimates among them: a draft shows what there is."""
    if "measured" not in scope.cache:
        period = known_period(scope.period.code)
        found = queries.compile_figures([scope.unit.pk], [period], public=False) if period else {}
        scope.cache["measured"] = {code: figure for (code, _unit, _period), figure in found.items()}
    known: dict[str, Measured] = scope.cache["measured"]
    return known


def known(scope: Scope) -> list[Indicator]:
    """All indicators, by group and order."""
    if "indicators" not in scope.cache:
        scope.cache["indicators"] = list(queries.indicators())
    found: list[Indicator] = scope.cache["indicators"]
    return found


def versions(scope: Scope) -> dict[int, IndicatorVersion]:
    """Indicator → its definition at the end of the period."""
    if "definitions" not in scope.cache:
        scope.cache["definitions"] = definitions(known(scope), scope.period.last)
    found: dict[int, IndicatorVersion] = scope.cache["definitions"]
    return found


@registry.source("chi_tieu", "Chỉ số", lambda scope, code: lines(scope, code))
def indicators(scope: Scope) -> Iterable[Figure]:
    """Every indicator; one without a figure in this period is missing, never 0."""
    found, wanted = measured(scope), _wanted(scope)
    for indicator in known(scope):
        version = versions(scope).get(indicator.pk)
        if version is None:
            continue
        figure = found.get(indicator.code)
        state = figure.state if figure else "missing"
        yield Figure(
            f"chi_tieu.{indicator.code}", version.name, "chi_tieu", _kind(version.unit_text, version.decimals), figure.value if figure else None,
            figure.numerator if figure else None, figure.denominator if figure else None, "" if version.is_percent else version.unit_text, version.decimals,
            state, as_of=scope.day.isoformat(), href=_address(indicator.code, scope), public_href=_address(indicator.code, scope),
            note=figure.missing_reason if figure else "", plan=wanted.get(indicator.pk),
        )


def _kind(unit: str, decimals: int) -> str:
    if unit.strip() == "%":
        return "percent"
    return "count" if decimals == 0 else "number"


def _address(code: str, scope: Scope) -> str:
    return f"{reverse('indicators:detail', args=[code])}?unit={scope.unit.slug}&year={scope.period.code}"


def plans(scope: Scope) -> list[Plan]:
    """Plans that assign targets to the unit for this period; in the middle of a year those of the year too."""
    if "plans_of_targets" not in scope.cache:
        codes = {scope.period.code, str(scope.period.first.year)}
        scope.cache["plans_of_targets"] = list(
            Plan.objects.filter(unit=scope.unit, period__code__in=codes).select_related("document", "period").prefetch_related("targets__revisions", "targets__indicator__versions").order_by("order", "pk")
        )
    found: list[Plan] = scope.cache["plans_of_targets"]
    return found


def _in_force(target: Target, day: date):  # type: ignore[no-untyped-def]
    rows = [r for r in target.revisions.all() if r.valid_from <= day]
    return max(rows, key=lambda r: r.valid_from) if rows else min(target.revisions.all(), key=lambda r: r.valid_from, default=None)


def _wanted(scope: Scope) -> dict[int, Decimal]:
    found: dict[int, Decimal] = {}
    for plan in plans(scope):
        for target in plan.targets.all():
            revision = _in_force(target, scope.day)
            if revision is not None:
                found.setdefault(target.indicator_id, revision.value)
    return found


def outcomes(scope: Scope, plan: Plan) -> list[tuple[Target, rules.Outcome]]:
    """Each target of a plan with its result."""
    found = measured(scope)
    made = []
    for target in plan.targets.all():
        revision, figure = _in_force(target, scope.day), found.get(target.indicator.code)
        if revision is None:
            continue
        version = versions(scope).get(target.indicator_id)
        value = figure.value if figure else None
        made.append((target, rules.judge(revision.comparator, revision.value, revision.upper, value, version.decimals if version else 1)))
    return made


def plan_token(plan: Plan) -> str:
    """A name for a plan made of who assigns it: `hdnd_thi_xa`."""
    return slugify(plan.organ, limit=40).replace("-", "_") or f"ke_hoach_{plan.pk}"


def named(scope: Scope) -> list[tuple[str, Plan]]:
    """Plans of the period itself under their tokens: only a finished period can meet its targets."""
    taken: dict[str, Plan] = {}
    for plan in plans(scope):
        name = plan_token(plan)
        if plan.period.code == scope.period.code:
            taken[name if name not in taken else f"{name}_{plan.pk}"] = plan
    return list(taken.items())


@registry.source("chi_tieu_dat", "Chỉ tiêu đạt và vượt", lambda scope, code: behind(scope, code))
def met(scope: Scope) -> Iterable[Figure]:
    """x/y of each plan: met or exceeded of all assigned; those without data count in y. And which are not met."""
    for name, plan in named(scope):
        found = outcomes(scope, plan)
        tally = rules.tally([outcome.result for _t, outcome in found])
        day, address, public = scope.day.isoformat(), reverse("indicators_desk:plan", args=[plan.pk]), reverse("indicators:plan", args=[plan.pk])
        yield Figure(
            f"chi_tieu_dat.{name}", f"Chỉ tiêu đạt và vượt: {plan.name}", "chi_tieu_dat", "percent", tally.percent, Decimal(tally.good), Decimal(tally.total), "",
            state="known" if tally.total else "none_arising", as_of=day, href=address, public_href=public,
        )
        for suffix, words, result in (("chua_dat", "Chỉ tiêu chưa đạt", "not_met"), ("chua_du_so_lieu", "Chỉ tiêu chưa đủ số liệu", "no_data")):
            names = [_name(scope, target) for target, outcome in found if outcome.result == result]
            yield Figure(
                f"chi_tieu_dat.{name}_{suffix}", f"{words}: {plan.name}", "chi_tieu_dat", "text", text="; ".join(names) or "không có", as_of=day,
                href=address, public_href=f"{public}?result={result}",
            )


def _name(scope: Scope, target: Target) -> str:
    version = versions(scope).get(target.indicator_id)
    name = version.name if version else str(target.indicator)
    return name[:1].lower() + name[1:]


RESULTS = {"exceeded": "Vượt", "met": "Đạt", "not_met": "Không đạt", "no_data": "Chưa đủ số liệu"}
COMPARATORS = {"ge": "≥ ", "le": "≤ ", "eq": "", "range": ""}


def lines(scope: Scope, code: str) -> Table | None:
    """The units an indicator was added up from, or the unit's own entry."""
    period, indicator = known_period(scope.period.code), queries.by_code(code)
    if period is None or indicator is None:
        return None
    reader = queries.lens([period], public=False)
    whole = reader.figure(indicator, scope.unit.pk, period)
    if whole is None:
        return None
    parts = public_page.rows(reader, whole) or [(str(scope.unit), scope.unit.slug, whole)]
    address = reverse("indicators:detail", args=[code])
    heads = [("Đơn vị", "text", 40.0), ("Giá trị", "number", 20.0), ("Tử số", "number", 20.0), ("Mẫu số", "number", 20.0)]
    data = [
        [Cell(name, href=f"{address}?unit={slug}&year={period.code}"), *(Cell("–" if v is None else format_number(half_up(v, 2)), v) for v in (f.value, f.numerator, f.denominator))]
        for name, slug, f in parts
    ]
    return Table(code, str(indicator), heads, data)


def behind(scope: Scope, code: str) -> Table | None:
    """The targets of a plan with their results."""
    plan = next((p for name, p in sorted(named(scope), key=lambda pair: -len(pair[0])) if code.startswith(name)), None)
    return _plan_table(scope, [plan]) if plan else None


def _plan_table(scope: Scope, chosen: list[Plan]) -> Table:
    found = measured(scope)
    whole = scope.whole_year
    rows = []
    for plan in chosen:
        for target, outcome in outcomes(scope, plan):
            revision, figure = _in_force(target, scope.day), found.get(target.indicator.code)
            if not whole and (figure is None or figure.value is None):
                continue
            version = versions(scope).get(target.indicator_id)
            goal = f"{COMPARATORS.get(revision.comparator, '')}{format_number(revision.value)}" + (f" – {format_number(revision.upper)}" if revision.upper is not None else "")
            shown = "–" if figure is None or figure.value is None else format_number(half_up(figure.value, version.decimals if version else 1))
            name = version.name if version else str(target.indicator)
            unit = f" ({version.unit_text})" if version and version.unit_text else ""
            result = RESULTS[outcome.result] if whole else _share(figure.value if figure else None, revision.value)
            rows.append([Cell(name + unit, href=_address(target.indicator.code, scope)), Cell(plan.organ), Cell(goal), Cell(shown, figure.value if figure else None), Cell(result)])
    last = ("Kết quả", "text", 12.0) if whole else ("So với kế hoạch năm", "number", 14.0)
    heads = [("Chỉ tiêu", "text", 40.0), ("Cơ quan giao", "text", 22.0), ("Kế hoạch" if whole else "Kế hoạch năm", "number", 13.0), ("Thực hiện", "number", 13.0), last]
    title = "Kết quả thực hiện chỉ tiêu được giao" if whole else "Tiến độ thực hiện chỉ tiêu kế hoạch năm"
    return Table("ke_hoach", title, heads, rows)


def _share(value: Decimal | None, goal: Decimal) -> str:
    return format_percent(value * 100 / goal, 1) if value is not None and goal else "–"


@registry.table("ke_hoach", "Chỉ tiêu được giao và kết quả")
def plan_table(scope: Scope, figures: dict[str, Figure]) -> Table | None:
    """All plans' targets with their results; in the middle of a year, how far those with figures are."""
    made = _plan_table(scope, plans(scope))
    return made if made.rows else None


@registry.table("chi_tieu", "Bảng chỉ số")
def indicator_table(scope: Scope, figures: dict[str, Figure]) -> Table | None:
    """Every indicator with a figure: this period, x/y, a year before, the change, the plan."""
    chosen = [f for f in figures.values() if f.group == "chi_tieu" and (f.value is not None or f.previous is not None)]
    if not chosen:
        return None
    rows = [
        [Cell(f.label + (f" ({f.unit})" if f.unit else ""), href=f.href), Cell(f.shown, f.value), Cell(f.attribute_ratio if f.denominator is not None else "–"),
         Cell(f.attribute("ky_truoc") if f.previous is not None else "–", f.previous), Cell(f.change if f.previous is not None else "–"), Cell(f.attribute("ke_hoach") if f.plan is not None else "–", f.plan),
         Cell(f.against_plan if f.plan is not None and f.value is not None else "–")]
        for f in chosen
    ]
    heads = [
        ("Chỉ số", "text", 34.0), ("Kỳ này", "number", 10.0), ("Tử số/mẫu số", "number", 13.0), ("Kỳ trước", "number", 10.0), ("So với kỳ trước", "text", 15.0),
        ("Kế hoạch", "number", 10.0), ("So với kế hoạch", "text", 16.0),
    ]
    return Table("chi_tieu", "BIỂU KẾT QUẢ CÁC CHỈ SỐ", heads, rows, annex=True)
