"""What the movement brought: contributions, commendations, inspections."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Q, Sum
from django.urls import reverse

from kheo.commendations.models import Form, Honouree
from kheo.core.rules.text import slugify
from kheo.inspections.models import Finding, Inspection, Plan
from kheo.inspections.queries import coverage
from kheo.inspections.rules import DONE, Check, Kind, State, done_units
from kheo.practices.models import Contribution, ContributionKind
from kheo.reports.rules.figures import Figure, share
from kheo.reports.sources import practices, registry
from kheo.reports.sources.registry import Cell, Scope, Table


def token(words: str) -> str:
    """A name made of words, fit for a token."""
    return slugify(words).replace("-", "_")


@registry.source("dong_gop", "Đóng góp qua các mô hình")
def contributions(scope: Scope) -> Iterable[Figure]:
    """Amounts of each kind reported for the period."""
    found = Contribution.objects.filter(
        report__practice__in=practices.practices(scope).order_by().values("pk"), report__period_to__gte=scope.period.first, report__period_to__lte=scope.period.last,
    )
    sums = dict(found.values_list("kind").annotate(total=Sum("amount")).order_by())
    for kind in ContributionKind.objects.all():
        yield Figure(
            f"dong_gop.{token(kind.code)}", kind.name, "dong_gop", "number", sums.get(kind.pk), unit=kind.unit, decimals=kind.decimals,
            state="known" if kind.pk in sums else "missing", as_of=scope.day.isoformat(), href=practices._desk(scope, "dang_ky", None),
        )


@registry.source("khen_thuong", "Khen thưởng", lambda scope, code: honoured(scope, code))
def commendations(scope: Scope) -> Iterable[Figure]:
    """Collectives and persons commended, in all and by form."""
    rows = list(_honourees(scope).values_list("commendation__form__code", "is_collective"))
    href, public = reverse("commendations_desk:index"), reverse("commendations:honour_roll")

    def count(code: str, label: str, number: int) -> Figure:
        return Figure(f"khen_thuong.{code}", label, "khen_thuong", "count", Decimal(number), unit="lượt", as_of=scope.day.isoformat(), href=href, public_href=public)

    yield count("tong", "Lượt tập thể, cá nhân được khen", len(rows))
    yield count("tap_the", "Lượt tập thể được khen", sum(collective for _form, collective in rows))
    yield count("ca_nhan", "Lượt cá nhân được khen", sum(not collective for _form, collective in rows))
    for form in Form.objects.all():
        yield count(token(form.code), form.name, sum(code == form.code for code, _collective in rows))


def _honourees(scope: Scope):  # type: ignore[no-untyped-def]
    found = Honouree.objects.filter(
        Q(commendation__unit_id__in=scope.units) | Q(practice__ward_id__in=scope.units), commendation__cycle__in=practices.cycles(scope), commendation__withdrawn_on__isnull=True,
    )
    return found if scope.whole_year else found.filter(commendation__document__issued_on__lte=scope.day)


def honoured(scope: Scope, code: str) -> Table | None:
    """Who is behind a count. At the desk only: names of persons."""
    found = _honourees(scope).select_related("commendation__form", "commendation__document")
    if code in ("tap_the", "ca_nhan"):
        found = found.filter(is_collective=code == "tap_the")
    elif code != "tong":
        found = found.filter(commendation__form__code__in=[f.code for f in Form.objects.all() if token(f.code) == code])
    data = [
        [Cell(h.name, href=reverse("commendations_desk:detail", args=[h.commendation_id])), Cell(h.achievement), Cell(h.commendation.form.name), Cell(str(h.commendation.document))]
        for h in found.order_by("commendation", "order")
    ]
    return Table(code, "Danh sách khen thưởng", [("Tập thể, cá nhân", "text", 30), ("Thành tích", "text", 30), ("Hình thức", "text", 20), ("Quyết định", "text", 20)], data)


KIND_TOKENS = {Kind.INSPECTION: "kiem_tra", Kind.SUPERVISION: "giam_sat", Kind.SELF: "tu_kiem_tra", Kind.COMBINED: "ket_hop"}


def plans(scope: Scope) -> list[Plan]:
    """Plans of checks in the scope's units that the period touches."""
    if "plans" not in scope.cache:
        scope.cache["plans"] = list(
            Plan.objects.filter(within_id__in=scope.units, starts_on__lte=scope.period.last, ends_on__gte=scope.period.first)
            .select_related("unit_kind").prefetch_related("parent_kinds").order_by("starts_on", "pk")
        )
    found: list[Plan] = scope.cache["plans"]
    return found


@registry.source("kiem_tra", "Kiểm tra, giám sát, tự kiểm tra", lambda scope, code: checked(scope, code))
def inspections(scope: Scope) -> Iterable[Figure]:
    """Coverage: distinct units done of those active; in all, by kind of unit and kind of check; findings."""
    everything, done = set[int](), set[int]()
    for name, units, by_kind in _covered(scope):
        covered = set().union(*by_kind.values())
        everything |= units
        done |= covered
        yield _coverage(scope, name, f"{_unit_words(scope, name)} được kiểm tra, giám sát", covered, units)
        for kind, numbers in by_kind.items():
            words = f"{_unit_words(scope, name)}: {Inspection.Kind(kind).label.lower()}"
            yield _coverage(scope, f"{name}_{KIND_TOKENS[kind]}", words, numbers, units)
    yield _coverage(scope, "bao_phu", "Đơn vị được kiểm tra, giám sát, tự kiểm tra", done, everything)
    yield from _findings(scope)


def _coverage(scope: Scope, code: str, label: str, done: set[int], units: set[int]) -> Figure:
    value, state = share(len(done), len(units)) if plans(scope) else (None, "missing")
    known = bool(plans(scope))
    return Figure(
        f"kiem_tra.{code}", label, "kiem_tra", "percent", value, Decimal(len(done)) if known else None, Decimal(len(units)) if known else None, "%",
        state=state, as_of=scope.day.isoformat(), href=reverse("inspections_desk:index"), public_href=reverse("inspections:index"),
    )


def _covered(scope: Scope) -> list[tuple[str, set[int], dict[Kind, set[int]]]]:
    """(token of the kind of unit, active units, done units by kind of check) over the plans of each kind."""
    found: dict[str, tuple[set[int], dict[Kind, set[int]]]] = {}
    for plan in plans(scope):
        last = min(scope.day, coverage.as_of(plan, scope.day))
        units = {v.organization_id for v in coverage.active(plan, last)}
        kept = found.setdefault(token(plan.unit_kind.name), (set(), {}))
        kept[0].update(units)
        checks = [Check(u, Kind(k), State(s), held) for u, k, s, held in plan.inspections.values_list("unit_id", "kind", "state", "held_on")]
        for kind in plan.kinds:
            kept[1].setdefault(Kind(kind), set()).update(done_units(checks, units, plan.starts_on, last, {Kind(kind)}))
    return [(name, units, kinds) for name, (units, kinds) in found.items()]


def _unit_words(scope: Scope, name: str) -> str:
    return next((p.unit_kind.name for p in plans(scope) if token(p.unit_kind.name) == name), name)


def _findings(scope: Scope) -> Iterable[Figure]:
    found = Finding.objects.filter(inspection__plan__in=plans(scope), counted_from__lte=scope.day).values_list("state", "closed_on")
    rows = list(found)
    held = Inspection.objects.filter(plan__in=plans(scope), state__in=DONE, held_on__gte=scope.period.first, held_on__lte=scope.day).count()
    mended = sum(closed is not None and closed <= scope.day for _state, closed in rows)
    href, known = reverse("inspections_desk:index"), bool(plans(scope))
    for code, label, number in (("so_cuoc", "Cuộc kiểm tra, giám sát, tự kiểm tra", held), ("kien_nghi", "Nội dung kiến nghị khắc phục", len(rows)), ("da_khac_phuc", "Kiến nghị đã khắc phục", mended)):
        yield Figure(f"kiem_tra.{code}", label, "kiem_tra", "count", Decimal(number) if known else None, state="known" if known else "missing", as_of=scope.day.isoformat(), href=href)


def checked(scope: Scope, code: str) -> Table | None:
    """The checks behind coverage, newest first."""
    found = Inspection.objects.filter(plan__in=plans(scope), state__in=DONE, held_on__lte=scope.day).select_related("plan__unit_kind").prefetch_related("unit__versions").order_by("-held_on")
    data = [
        [Cell(str(c.unit), href=reverse("inspections_desk:detail", args=[c.pk])), Cell(str(c.get_kind_display())), Cell(f"{c.held_on:%d/%m/%Y}"), Cell(c.plan.name)]
        for c in found if not code.startswith(token(c.plan.unit_kind.name)) or not _other_kind(code, c)
    ]
    return Table(code, "Các cuộc kiểm tra, giám sát", [("Đơn vị", "text", 35), ("Hình thức", "text", 20), ("Ngày", "text", 15), ("Kế hoạch", "text", 30)], data)


def _other_kind(code: str, check: Inspection) -> bool:
    rest = code.removeprefix(token(check.plan.unit_kind.name)).strip("_")
    return bool(rest) and KIND_TOKENS[Kind(check.kind)] != rest
