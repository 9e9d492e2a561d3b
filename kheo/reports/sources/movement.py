"""What the movement brought: contributions and commendations."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum
from django.urls import reverse

from kheo.commendations.models import Form, Honouree
from kheo.core.rules import dates
from kheo.core.rules.numbers import format_number
from kheo.core.rules.text import slugify
from kheo.practices.models import Contribution, ContributionKind
from kheo.reports.rules.figures import Figure
from kheo.reports.sources import practices, registry
from kheo.reports.sources.registry import Cell, Scope, Table


def token(words: str) -> str:
    """A name made of words, fit for a token."""
    return slugify(words).replace("-", "_")


@registry.source("dong_gop", "Đóng góp qua các mô hình", lambda scope, code: contributed(scope, code))
def contributions(scope: Scope) -> Iterable[Figure]:
    """Amounts of each kind reported for the period."""
    sums = dict(_contributed(scope).values_list("kind").annotate(total=Sum("amount")).order_by())
    for kind in ContributionKind.objects.all():
        yield Figure(
            f"dong_gop.{token(kind.code)}", kind.name, "dong_gop", "number", sums.get(kind.pk), unit=kind.unit, decimals=kind.decimals,
            state="known" if kind.pk in sums else "missing", as_of=scope.day.isoformat(), href=practices.desk_address(scope, "dang_ky", None),
        )


def _contributed(scope: Scope) -> QuerySet[Contribution]:
    return Contribution.objects.filter(
        report__practice__in=practices.practices(scope).order_by().values("pk"), report__period_to__gte=scope.period.first, report__period_to__lte=scope.period.last,
    )


def contributed(scope: Scope, code: str) -> Table | None:
    """The reported amounts behind a sum, the largest first, with their total."""
    kind = next((k for k in ContributionKind.objects.all() if token(k.code) == code), None)
    if kind is None:
        return None
    found = list(_contributed(scope).filter(kind=kind).select_related("report__practice").order_by("-amount", "pk"))
    rows = [
        [
            Cell(c.report.practice.title, href=reverse("practices_desk:detail", args=[c.report.practice_id])), Cell(dates.format_date(c.report.period_to)),
            Cell(format_number(c.amount), c.amount),
        ]
        for c in found
    ]
    total = sum((c.amount for c in found), Decimal(0))
    rows += [[Cell("Tổng cộng"), Cell(""), Cell(format_number(total), total)]] if rows else []
    heads = [("Mô hình, điển hình", "text", 60.0), ("Báo cáo đến ngày", "text", 20.0), (f"Đóng góp ({kind.unit})", "number", 20.0)]
    return Table(code, str(kind), heads, rows, total=bool(rows))


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
