"""Compile: all figures of a scope, and the whole content of a report as plain data."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kheo.core.rules import dates
from kheo.core.rules.periods import parse_period
from kheo.reports.models import Report, Section
from kheo.reports.queries import papers
from kheo.reports.queries.scopes import before, scope_of, version_then
from kheo.reports.rules import text as words
from kheo.reports.rules.figures import MISSING, Figure
from kheo.reports.rules.tokens import split, used
from kheo.reports.sources import registry
from kheo.reports.sources.registry import Cell, Scope, Table

VERSION = 1
ANNEXES = ("so_luong", "dang_ky", "de_nghi", "chi_tieu")
MENTIONED_IN = "dang-ky"
"""The section that names the annexes; without it the last one with text does."""


@dataclass(frozen=True)
class Compiled:
    """The figures of a scope, and where they came from."""

    scope: Scope
    figures: dict[str, Figure]


def compiled(scope: Scope, groups: Iterable[str] | None = None) -> Compiled:
    """Every figure of the registered sources, each with its value of a year before."""
    chosen = [s for s in registry.sources() if groups is None or s.code in groups]
    earlier = before(scope)
    past = {f.token: f.value for s in chosen for f in s.figures(earlier)}
    figures = {}
    for source in chosen:
        for figure in source.figures(scope):
            figures[figure.token] = figure if figure.previous is not None else replace(figure, previous=past.get(figure.token))
    return Compiled(scope, {**_names(scope), **figures})


def of_report(report: Report) -> Compiled:
    """The figures of a report as they are now."""
    return compiled(scope_of(report.unit, parse_period(report.period_code)))


def _names(scope: Scope) -> dict[str, Figure]:
    version = version_then(scope)
    said = {
        "don_vi.ten": ("Tên đơn vị", papers.sentence_name(version)),
        "don_vi.ten_ngan": ("Tên ngắn của đơn vị", (version.short_name or version.name) if version else ""),
        "ky.ten": ("Kỳ báo cáo", words.period_words(scope.period)),
        "ky.truoc": ("Kỳ so sánh", words.period_words(words.last_year(scope.period))),
        "ky.ngay_cuoi": ("Ngày cuối kỳ", dates.format_date(scope.day)),
    }
    return {token: Figure(token, label, token.split(".")[0], "text", text=text, as_of=scope.day.isoformat()) for token, (label, text) in said.items()}


def anything(found: Compiled) -> bool:
    """False when no figure has anything to say: nothing was counted and nothing entered."""
    return any(f.kind != "text" and f.state != MISSING and f.value for f in found.figures.values())


def content(report: Report, sections: Sequence[Section], found: Compiled) -> dict[str, Any]:
    """The report as plain data: everything its files are made from."""
    figures = found.figures
    titles = words.headings([(s.level, s.title) for s in sections])
    written: list[dict[str, Any]] = []
    taken: set[str] = set()
    for section, heading in zip(sections, titles, strict=True):
        blocks = words.blocks(section.text, figures)
        blocks += [{"kind": "table", "table": made} for made in _tables(section.tables, found)]
        taken |= set(section.tables)
        written.append({"code": section.code, "number": heading.number, "title": heading.title, "level": section.level, "part": section.part, "blocks": blocks})
    annexes = _tables([code for code in ANNEXES if code not in taken], found)
    _mention(written, annexes)
    return {
        "version": VERSION, "kind": report.kind, "layout": report.layout, "period": report.period_code, "period_words": words.period_words(found.scope.period),
        "unit": {"name": unit_name(figures), "slug": report.unit.slug, "predecessors": found.scope.predecessors},
        "day": found.scope.day.isoformat(), "title": "BÁO CÁO", "subject": report.subject,
        "papers": papers.both(report, found), "sections": written, "annexes": annexes,
        "figures": {token: figure.frozen() for token, figure in figures.items()},
        "used": sorted(tokens_used(sections, figures)),
    }


def unit_name(figures: dict[str, Figure]) -> str:
    """The unit's name as a heading writes it."""
    said = figures["don_vi.ten"].text
    return said[:1].upper() + said[1:]


def _mention(sections: list[dict[str, Any]], annexes: list[dict[str, Any]]) -> None:
    """Say in the text which annexes go with it (NĐ 30/2020/NĐ-CP: a paper names its annexes)."""
    said = words.annex_mention([annex["title"] for annex in annexes])
    with_text = [s for s in sections if s["blocks"]]
    where = next((s for s in sections if s["code"] == MENTIONED_IN), with_text[-1] if with_text else None)
    if not said or where is None:
        return
    place = sum(block["kind"] != "table" for block in where["blocks"])
    where["blocks"].insert(place, {"kind": "paragraph", "pieces": [{"text": said, "token": ""}]})


def tokens_used(sections: Iterable[Section], figures: dict[str, Figure]) -> set[str]:
    """The known tokens that the sections' texts use."""
    named = (split(name, figures) for section in sections for name in used(section.text))
    return {parts[0] for parts in named if parts is not None}


def _tables(codes: Iterable[str], found: Compiled) -> list[dict[str, Any]]:
    made = (registry.make_table(code, found.scope, found.figures) for code in codes)
    return [_plain(table) for table in made if table is not None]


def _plain(table: Table) -> dict[str, Any]:
    return {
        "code": table.code, "title": table.title, "columns": [list(c) for c in table.columns], "annex": table.annex, "total": table.total, "note": table.note,
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
    }


def _cell(cell: Cell) -> dict[str, Any]:
    value = cell.value
    plain = value if isinstance(value, int | type(None)) else format(value, "f") if hasattr(value, "as_tuple") else str(value)
    told = {"text": cell.text, "value": plain, "href": cell.href}
    return told if cell.public is None else told | {"public": cell.public}


def for_public(content: dict[str, Any]) -> dict[str, Any]:
    """The content with names of persons replaced by what anyone may read."""
    made = copy.deepcopy(content)
    tables = [*made["annexes"], *(b["table"] for s in made["sections"] for b in s["blocks"] if b["kind"] == "table")]
    for table in tables:
        for row in table["rows"]:
            for cell in row:
                if "public" in cell:
                    cell["text"], cell["value"], cell["href"] = cell.pop("public"), None, ""
    return made
