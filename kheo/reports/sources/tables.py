"""The tables of reports: by field, by ward, indicators, targets, coverage; registration and proposal lists."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from kheo.commendations.models import Level
from kheo.core.rules.numbers import format_number
from kheo.core.rules.text import collation_key
from kheo.core.spreadsheets.workbook import shown
from kheo.organizations import queries as organizations
from kheo.practices.queries import tables as official
from kheo.practices.rules import State
from kheo.reports.rules.figures import Figure
from kheo.reports.sources import practices, registry
from kheo.reports.sources.practices import Fact, Test
from kheo.reports.sources.registry import Cell, Scope, Table

Figures = dict[str, Figure]


def _count(value: int, href: str = "") -> Cell:
    return Cell(format_number(value), value, href)


MEASURES: tuple[tuple[str, Test], ...] = (
    ("Đăng ký", lambda f: f.registered), ("Tập thể", lambda f: f.registered and f.collective), ("Cá nhân", lambda f: f.registered and not f.collective),
    ("Có hiệu quả", lambda f: f.registered and f.effective), ("Công nhận", lambda f: f.recognized),
    ("Tiêu biểu", lambda f: f.recognized and f.state == State.EXEMPLARY), ("Khen thưởng", lambda f: f.rewarded),
)


@registry.table("linh_vuc", "Kết quả theo lĩnh vực")
def by_field(scope: Scope, figures: Figures) -> Table | None:
    """Fields against the steps of the funnel, with a total row."""
    found, fields = practices.facts(scope), practices.fields(scope)
    if not found:
        return None
    rows = [[Cell(field.name), *_measured([f for f in found if f.field == field.pk])] for field in fields]
    other = [f for f in found if f.field not in {field.pk for field in fields} and f.registered]
    rows += [[Cell("Chưa xếp lĩnh vực"), *_measured(other)]] if other else []
    rows.append([Cell("Tổng cộng"), *_measured(found)])
    heads = [("Lĩnh vực", "text", 30.0), *((name, "number", 10.0) for name, _test in MEASURES)]
    return Table("linh_vuc", "Kết quả đăng ký, thực hiện, công nhận theo lĩnh vực", heads, rows, total=True)


def _measured(found: list[Fact]) -> list[Cell]:
    return [_count(sum(map(test, found))) for _name, test in MEASURES]


@registry.table("so_luong", "Biểu số lượng (phụ lục)")
def numbers(scope: Scope, figures: Figures) -> Table | None:
    """Wards and communes against registration, fields, recognition, replication and rewards."""
    found, fields = practices.facts(scope), practices.fields(scope)
    if not found:
        return None
    tests: list[tuple[str, Callable[[Fact], bool]]] = [*MEASURES[:3]]
    tests += [(field.short_name, practices.in_field(field.pk, MEASURES[0][1])) for field in fields]
    tests += [MEASURES[3], *((f"Công nhận: {name}", _at_level(code)) for code, name in _levels(scope, found)), MEASURES[5]]
    tests += [("Nhân rộng", lambda f: f.registered and f.replica), ("Giấy khen", _earned("giay khen")), ("Bằng khen", _earned("bang khen"))]
    wards: dict[int | None, list[Fact]] = {}
    for fact in found:
        if fact.registered:
            wards.setdefault(fact.ward, []).append(fact)
    names = _names({w for w in wards if w}, scope)
    ordered = sorted(wards, key=lambda w: collation_key(names.get(w or 0, "")))
    rows = [[_count(n), Cell(names.get(ward or 0, "Chưa rõ")), *(_count(sum(map(t, wards[ward]))) for _h, t in tests)] for n, ward in enumerate(ordered, start=1)]
    rows.append([Cell(""), Cell("Tổng cộng"), *(_count(sum(map(t, found))) for _h, t in tests)])
    heads = [("TT", "number", 5.0), ("Đơn vị", "text", 22.0), *((h, "number", 8.0) for h, _t in tests)]
    return Table("so_luong", "BIỂU SỐ LƯỢNG MÔ HÌNH, ĐIỂN HÌNH", heads, rows, annex=True, total=True)


SHORT_LEVELS = {"grassroots": "cơ sở", "district": "huyện", "province": "tỉnh", "central": "trung ương"}


def _levels(scope: Scope, found: list[Fact]) -> list[tuple[str, str]]:
    """Levels that may recognize in the period (the district until its end), and any that did; the central only if it did."""
    used = {f.level for f in found}
    rows = Level.objects.order_by("order")
    valid = {row.code for row in rows if (row.valid_from is None or row.valid_from <= scope.period.last) and (row.valid_to is None or row.valid_to > scope.period.first)}
    return [(row.code, SHORT_LEVELS.get(row.code, row.name.lower())) for row in rows if row.code in used or (row.code in valid and row.code != "central")]


def _at_level(code: str) -> Test:
    return lambda f: f.recognized and f.level == code


def _earned(form: str) -> Test:
    return lambda f: any(name.startswith(form) for name in f.forms)


def _names(units: set[int], scope: Scope) -> dict[int, str]:
    return {u.pk: organizations.name_on(u, scope.day) for u in organizations.with_versions().filter(pk__in=units)}


@registry.table("dang_ky", "Biểu tổng hợp đăng ký (phụ lục)")
def registrations(scope: Scope, figures: Figures) -> Table | None:
    """The registration list of domain tables, one line for each practice."""
    widths = (4, 19, 15, 5, 4, 5, 5, 6, 23, 11, 10, 6, 9)
    return _official("bieu-dang-ky", "dang_ky", "BIỂU TỔNG HỢP ĐĂNG KÝ MÔ HÌNH, ĐIỂN HÌNH", scope, widths)


@registry.table("de_nghi", "Biểu đề nghị công nhận (phụ lục)")
def proposals(scope: Scope, figures: Figures) -> Table | None:
    """The proposals with points of both sides."""
    return _official("bieu-de-nghi", "de_nghi", "BIỂU ĐỀ NGHỊ CÔNG NHẬN", scope, (4, 21, 17, 11, 26, 6, 6, 9, 11))


def _official(kind: str, code: str, title: str, scope: Scope, widths: tuple[int, ...]) -> Table | None:
    cycles = practices.cycles(scope)
    if not cycles:
        return None
    chosen = practices.practices(scope).filter(cycle=cycles[0], pk__in=[f.pk for f in practices.facts(scope)])
    sheet = official.table(kind, cycles[0], chosen)
    kept = [i for i, _c in enumerate(sheet.columns) if i >= len(widths) or widths[i]]
    masked = _masked(scope)
    rows = [[_value(list(row)[i], masked) for i in kept] for row in sheet.rows]
    if not rows:
        return None
    heads = [(sheet.columns[i].title, "number" if sheet.columns[i].kind in ("integer", "decimal") else "text", float(widths[i] if i < len(widths) else 10)) for i in kept]
    return Table(code, title, heads, rows, annex=True)


def _masked(scope: Scope) -> dict[str, str]:
    """What an individual's unit cell says → what anyone may read in its place."""
    found = practices.practices(scope).filter(subject="individual").exclude(organization_text="").prefetch_related("organization__versions")
    return {official._unit(p): str(p.organization) if p.organization else "Cá nhân" for p in found}


def _value(value: Any, masked: dict[str, str]) -> Cell:
    if isinstance(value, str) and value in masked:
        return Cell(value, public=masked[value])
    if isinstance(value, Decimal):
        return Cell(format_number(value.quantize(Decimal("0.01")).normalize() if value else value), value)
    if isinstance(value, int):
        return _count(value)
    return Cell("" if value is None else shown(value) if not isinstance(value, str) else value)


@registry.table("kiem_tra", "Kết quả kiểm tra, giám sát")
def inspections(scope: Scope, figures: Figures) -> Table | None:
    """Coverage figures one under the other, each as x/y and per cent."""
    chosen = [f for token, f in figures.items() if token.startswith("kiem_tra.") and f.kind == "percent" and f.denominator]
    if not chosen:
        return None
    rows = [[Cell(f.label), Cell(f.attribute("ty_so")), Cell(f.shown, f.value, f.href)] for f in chosen]
    return Table("kiem_tra", "Kết quả kiểm tra, giám sát, tự kiểm tra", [("Nội dung", "text", 60.0), ("Đã thực hiện/tổng số", "number", 20.0), ("Tỷ lệ", "number", 20.0)], rows)


