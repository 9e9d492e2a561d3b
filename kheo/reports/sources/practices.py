"""Practices: how many were registered, ran, were recognized, named exemplary, rewarded, replicated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from kheo.commendations.models import Honouree
from kheo.core.rules.numbers import format_number
from kheo.core.rules.text import fold, slugify
from kheo.movements.models import Cycle, Field
from kheo.organizations import queries as organizations
from kheo.practices.models import Practice, Transition
from kheo.practices.rules import EFFECTIVE_STATES, REGISTERED_STATES, State
from kheo.reports.rules.figures import Figure
from kheo.reports.rules.levels import level_of
from kheo.reports.sources import registry
from kheo.reports.sources.registry import Cell, Scope, Table

GROUP, WARDS = "mo_hinh", "dia_ban_tham_gia"
PRAISE = ("bieu duong", "tuyen duong")
"""Praise in words is counted apart: the funnel's last step is a certificate or more."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A practice reduced to what is counted."""

    pk: int
    state: str
    collective: bool
    model: bool
    new: bool
    field: int | None
    ward: int | None
    replica: bool
    recognized: bool
    rewarded: bool
    level: str = ""
    """Code of the level that recognized it."""
    forms: frozenset[str] = frozenset()
    """Folded names of the forms of commendation it earned."""

    @property
    def registered(self) -> bool:
        return State(self.state) in REGISTERED_STATES

    @property
    def effective(self) -> bool:
        return State(self.state) in EFFECTIVE_STATES


def cycles(scope: Scope) -> list[Cycle]:
    """Cycles that the period touches."""
    if "cycles" not in scope.cache:
        scope.cache["cycles"] = list(
            Cycle.objects.filter(starts_on__lte=scope.period.last, ends_on__gte=scope.period.first).select_related("movement").order_by("-starts_on")
        )
    found: list[Cycle] = scope.cache["cycles"]
    return found


def fields(scope: Scope) -> list[Field]:
    """The fields of the movements of those cycles, by their order."""
    return list(Field.objects.filter(movement__in=[c.movement_id for c in cycles(scope)]).order_by("movement", "order"))


def practices(scope: Scope) -> QuerySet[Practice]:
    """Every practice of the scope's units in its cycles, whatever its state."""
    return Practice.objects.filter(Q(ward_id__in=scope.units) | Q(organization_id__in=scope.units), cycle__in=cycles(scope))


def facts(scope: Scope) -> list[Fact]:
    """The practices as they stood at the end of the period (a whole year: as the cycle ended up)."""
    if "facts" not in scope.cache:
        scope.cache["facts"] = _facts(scope)
    found: list[Fact] = scope.cache["facts"]
    return found


def end_of(scope: Scope) -> datetime:
    """The first instant after the day that is spoken of."""
    return timezone.make_aware(datetime.combine(scope.day + timedelta(days=1), time.min))


def _facts(scope: Scope) -> list[Fact]:
    rows = practices(scope).order_by().values_list(
        "pk", "state", "subject", "kind", "stage", "field_id", "ward_id", "parent_id", "registered_at",
        "recognition__decided_on", "recognition__revoked_on", "recognition__decision__issuer",
    )
    honours = Honouree.objects.filter(practice__in=practices(scope).order_by().values("pk"), commendation__withdrawn_on__isnull=True)
    whole = scope.whole_year
    if not whole:
        honours = honours.filter(commendation__document__issued_on__lte=scope.day)
    earned: dict[int, set[str]] = {}
    for pk, form in honours.values_list("practice_id", "commendation__form__name"):
        earned.setdefault(pk, set()).add(fold(form))
    then = {} if whole else _states_then(scope)
    found = []
    for pk, state, subject, kind, stage, fld, ward, parent, registered_at, decided, revoked, issuer in rows:
        if not whole:
            if registered_at is None or registered_at >= end_of(scope):
                continue
            state = then.get(pk, State.SUBMITTED.value)
        recognized = decided is not None and revoked is None and (whole or decided <= scope.day)
        forms = frozenset(earned.get(pk, ()))
        rewarded = any(not form.startswith(PRAISE) for form in forms)
        level = level_of(issuer) if recognized and issuer else ""
        found.append(Fact(pk, state, subject == "collective", kind == "model", stage == "new", fld, ward, parent is not None, recognized, rewarded, level, forms))
    return found


def _states_then(scope: Scope) -> dict[int, str]:
    """The state that the last step before the end of the period led to."""
    steps = Transition.objects.filter(practice__in=practices(scope).order_by().values("pk"), at__lt=end_of(scope)).order_by("at", "pk")
    return dict(steps.values_list("practice_id", "to_state"))


Test = Callable[[Fact], bool]
COUNTS: dict[str, tuple[str, Test]] = {
    "dang_ky": ("Mô hình, điển hình đăng ký", lambda f: f.registered),
    "dang_ky_tap_the": ("Đăng ký: tập thể", lambda f: f.registered and f.collective),
    "dang_ky_ca_nhan": ("Đăng ký: cá nhân", lambda f: f.registered and not f.collective),
    "dang_ky_mo_hinh": ("Đăng ký: mô hình", lambda f: f.registered and f.model),
    "dang_ky_dien_hinh": ("Đăng ký: điển hình", lambda f: f.registered and not f.model),
    "dang_ky_moi": ("Đăng ký mới", lambda f: f.registered and f.new),
    "duy_tri": ("Tiếp tục duy trì", lambda f: f.registered and not f.new),
    "hieu_qua": ("Hoạt động có hiệu quả", lambda f: f.registered and f.effective),
    "cong_nhan": ("Được công nhận", lambda f: f.recognized),
    "cong_nhan_tap_the": ("Được công nhận: tập thể", lambda f: f.recognized and f.collective),
    "cong_nhan_ca_nhan": ("Được công nhận: cá nhân", lambda f: f.recognized and not f.collective),
    "tieu_bieu": ("Tiêu biểu", lambda f: f.recognized and f.state == State.EXEMPLARY),
    "khen_thuong": ("Được khen thưởng (từ giấy khen)", lambda f: f.rewarded),
    "nhan_rong": ("Được nhân rộng", lambda f: f.registered and f.replica),
}


def field_token(field: Field) -> str:
    """`linh_vuc_kinh_te` for the field Kinh tế."""
    return f"linh_vuc_{slugify(field.name).replace('-', '_')}"


def tests(scope: Scope) -> dict[str, tuple[str, Test, int | None]]:
    """Every countable set: code → words, test, field."""
    found: dict[str, tuple[str, Test, int | None]] = {code: (label, test, None) for code, (label, test) in COUNTS.items()}
    for field in fields(scope):
        for suffix, words, test in (("", "đăng ký", COUNTS["dang_ky"][1]), ("_cong_nhan", "được công nhận", COUNTS["cong_nhan"][1])):
            found[field_token(field) + suffix] = (f"{field.name}: {words}", in_field(field.pk, test), field.pk)
    return found


def in_field(number: int, test: Test) -> Test:
    """The test, for practices of one field only."""
    return lambda f: f.field == number and test(f)


STATES = {
    "dang_ky": [s.value for s in REGISTERED_STATES], "hieu_qua": [s.value for s in EFFECTIVE_STATES],
    "cong_nhan": ["recognized", "exemplary"], "tieu_bieu": ["exemplary"],
}


def desk_address(scope: Scope, code: str, field: int | None) -> str:
    """The list at the desk that shows practices of the kind a count speaks of, in all units of the person."""
    query: list[tuple[str, Any]] = [("cycle", c.pk) for c in cycles(scope)[:1]]
    base = next((name for name in sorted(STATES, key=len, reverse=True) if code.startswith(name)), "dang_ky")
    query += [("state", s) for s in sorted(STATES[base])] if base != "dang_ky" else []
    query += [("subject", "collective")] if code.endswith("tap_the") else [("subject", "individual")] if code.endswith("ca_nhan") else []
    query += [("field", field)] if field else []
    return f"{reverse('practices_desk:list')}?{urlencode(query)}"


@registry.source(GROUP, "Mô hình, điển hình", lambda scope, code: rows(scope, code))
def figures(scope: Scope) -> Iterable[Figure]:
    """Counts of practices, by step of the funnel, subject, kind, stage and field."""
    found, known = facts(scope), bool(cycles(scope))
    public = reverse("practices:index")
    year = f"?year={cycles(scope)[0].code}" if known else ""
    for code, (label, test, field) in tests(scope).items():
        yield Figure(
            f"{GROUP}.{code}", label, GROUP, "count", Decimal(sum(map(test, found))) if known else None, unit="mô hình, điển hình",
            state="known" if known else "missing", as_of=scope.day.isoformat(), href=desk_address(scope, code, field), public_href=public + year,
        )
    yield from _wards(scope, found)


def _wards(scope: Scope, found: list[Fact]) -> Iterable[Figure]:
    """Wards and communes with at least one registered practice, of all there are."""
    areas = _areas(scope)
    joined = {f.ward for f in found if f.registered} & set(areas)
    value = Decimal(100 * len(joined)) / len(areas) if areas else None
    yield Figure(
        f"{GROUP}.{WARDS}", "Xã, phường có mô hình, điển hình", GROUP, "percent", value, Decimal(len(joined)), Decimal(len(areas)),
        "%", state="known" if areas else "none_arising", as_of=scope.day.isoformat(), href=desk_address(scope, "dang_ky", None),
    )


def _areas(scope: Scope) -> dict[int, str]:
    """Number → name of the administrative areas below the unit on the day that is spoken of."""
    rows = organizations.versions_on(scope.day).filter(organization_id__in=scope.units, kind__is_area=True).exclude(organization_id=scope.unit.pk)
    return {v.organization_id: v.name for v in rows.order_by("sort_key")}


def _by_ward(scope: Scope) -> Table:
    """Every ward and commune with the number of its registered practices."""
    counted = Counter(f.ward for f in facts(scope) if f.registered)
    data = [[Cell(name), Cell(format_number(counted[number]), counted[number])] for number, name in _areas(scope).items()]
    return Table(WARDS, "Mô hình, điển hình theo xã, phường", [("Xã, phường", "text", 60.0), ("Đăng ký", "number", 40.0)], data)


def rows(scope: Scope, code: str) -> Table | None:
    """The practices behind a count, each with its page; for wards with practices, the wards."""
    if code == WARDS:
        return _by_ward(scope)
    chosen = tests(scope).get(code)
    if chosen is None:
        return None
    numbers = [f.pk for f in facts(scope) if chosen[1](f)]
    listed = Practice.objects.filter(pk__in=numbers).select_related("field").prefetch_related("ward__versions", "organization__versions").order_by("sort_key")
    data = [
        [Cell(p.title, href=reverse("practices_desk:detail", args=[p.pk])), Cell(str(p.organization or p.organization_text or "")),
         Cell(str(p.ward or "")), Cell(p.field.name if p.field else ""), Cell(str(p.get_state_display()))]
        for p in listed
    ]
    headings = [("Tên mô hình, điển hình", 40), ("Đơn vị", 24), ("Xã, phường", 14), ("Lĩnh vực", 12), ("Trạng thái", 10)]
    return Table(code, chosen[0], [(h, "text", w) for h, w in headings], data)
