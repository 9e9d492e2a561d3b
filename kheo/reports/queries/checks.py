"""Everything that is looked at before a report is issued."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from kheo.core.rules import dates
from kheo.reports.models import Report, Section
from kheo.reports.queries.compiling import Compiled, tokens_used
from kheo.reports.rules import checks, freezing, tokens
from kheo.reports.rules.checks import BLOCKS, WARNS, Finding
from kheo.reports.sources import practices
from kheo.reports.sources.registry import Scope

# Rooms below may have questions of their own (open collection rounds, units that did not send).
Further = Callable[[Scope, Compiled], list[Finding]]
_further: list[Further] = []


def register(function: Further) -> Further:
    """Decorator: one more check of a scope and its figures."""
    _further.append(function)
    return function


def findings(report: Report, sections: list[Section], found: Compiled) -> list[Finding]:
    """Errors first. Empty: nothing stands against issuing."""
    figures = found.figures
    result = [*_identities(found), *checks.funnel(figures), *_texts(sections, found)]
    result += checks.missing(figures, sorted(tokens_used(sections, figures)))
    result += _days(report, found)
    for function in _further:
        result += function(found.scope, found)
    return sorted(result, key=lambda f: f.level != BLOCKS)


def _identities(found: Compiled) -> list[Finding]:
    figures, group = found.figures, practices.GROUP
    result = []
    for total, name in (("dang_ky", "Đăng ký"), ("cong_nhan", "Được công nhận")):
        pair = [f"{group}.{total}_tap_the", f"{group}.{total}_ca_nhan"]
        result += checks.sums(figures, f"{group}.{total}", pair, f"{name}: tập thể + cá nhân")
    fields = practices.fields(found.scope)
    for suffix, total, name in (("", "dang_ky", "Đăng ký"), ("_cong_nhan", "cong_nhan", "Được công nhận")):
        parts = [f"{group}.{practices.field_token(f)}{suffix}" for f in fields]
        result += checks.sums(figures, f"{group}.{total}", parts, f"{name}: cộng các lĩnh vực")
    return result


def _texts(sections: list[Section], found: Compiled) -> list[Finding]:
    result = []
    for section in sections:
        for problem in tokens.problems(section.text, found.figures):
            meant = f" (có phải {', '.join(problem.suggestions)}?)" if problem.suggestions else ""
            result.append(Finding(BLOCKS, "token", f"Mục “{section.title}”, dòng {problem.line}: không có số liệu “{problem.token}”{meant}.", _section_url(section)))
        if not section.text.strip() and not section.tables and section.level == 1 and not _has_children(section, sections):
            result.append(Finding(WARNS, "empty", f"Mục “{section.title}” chưa có nội dung.", _section_url(section)))
    return result


def _has_children(section: Section, sections: list[Section]) -> bool:
    after = [s for s in sections if s.order > section.order]
    return bool(after) and after[0].level == 2


def _section_url(section: Section) -> str:
    return reverse("reports_desk:section", args=[section.pk]) if section.pk else ""


def _days(report: Report, found: Compiled) -> list[Finding]:
    result = []
    if found.scope.day < report.period_to and found.scope.unit.pk == report.unit_id:
        result.append(Finding(WARNS, "early", f"Kỳ báo cáo kết thúc ngày {dates.format_date(report.period_to)}; số liệu mới đến ngày {dates.format_date(found.scope.day)}."))
    if found.scope.predecessors:
        result.append(Finding(WARNS, "predecessors", "Đơn vị chưa có trong kỳ này: số liệu là của các đơn vị tiền thân."))
    if not report.signer:
        result.append(Finding(WARNS, "signer", "Chưa ghi người ký.", reverse("reports_desk:frame", args=[report.pk]) if report.pk else ""))
    return result


def changed_since_check(report: Report, found: Compiled) -> list[freezing.Change]:
    """Figures of the text that are no longer what they were when the report was checked."""
    if not report.checked_figures:
        return []
    now = {token: figure.frozen() for token, figure in found.figures.items()}
    used = {split[0] for s in report.sections.all() for name in tokens.used(s.text) if (split := tokens.split(name, now))}
    return freezing.figure_changes(report.checked_figures, now, only=used)
