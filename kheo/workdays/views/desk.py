"""The working calendar at the desk: propose, decide by a second person, withdraw, compute anew."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kheo.core import access
from kheo.core.access import desk_required, written
from kheo.core.errors import DomainError
from kheo.core.forms.errors import add_error
from kheo.core.verdicts import require
from kheo.workdays import dependents, policy, queries, sources
from kheo.workdays.actions import decide as deciding
from kheo.workdays.actions import propose
from kheo.workdays.actions import recompute as recomputing
from kheo.workdays.actions import withdraw as withdrawing
from kheo.workdays.forms import DayForm, DecideForm, PatternForm, WithdrawForm, YearForm
from kheo.workdays.models import CalendarDay, Decided, State, WeeklyPattern


def _units(request: HttpRequest) -> list[tuple[str, str]]:
    """The areas the person's position reaches."""
    within = access.rights(request.user).units(policy.PROPOSING)
    return [(str(number), name) for number, _slug, name in sources.places().areas(timezone.localdate(), within)]


def _open(request: HttpRequest) -> list[dict[str, Any]]:
    """Proposals with what this person may do to each."""
    return [
        {
            "row": row, "key": f"{row._meta.model_name}-{row.pk}", "basis": queries.basis_words(row), "kind": row._meta.model_name,
            "may": policy.may(request.user, "decide", row), "may_withdraw": policy.may(request.user, "withdraw", row),
        }
        for row in queries.pending()
    ]


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else timezone.localdate().year
    return min(max(year, queries.FIRST_YEAR), queries.LAST_YEAR)


def _page(request: HttpRequest, form: DecideForm, chosen: list[str]) -> HttpResponse:
    year = _year(request)
    days = queries.days_of(year).filter(state=State.DECIDED)
    return render(
        request, "workdays/desk/index.html",
        {
            "open": _open(request), "form": form, "chosen": chosen, "year": year, "years": range(year - 1, year + 2),
            "days": [{"row": d, "basis": queries.basis_words(d), "may": policy.may(request.user, "withdraw", d)} for d in days],
            "units_days": CalendarDay.objects.filter(on__year=year, state=State.DECIDED).exclude(unit_id=0).select_related("basis"),
            "patterns": WeeklyPattern.objects.filter(state=State.DECIDED).select_related("basis"), "decided_years": queries.decided_years(),
            "history": queries.history(), "may_propose": policy.may(request.user, "propose", 0), "moving": sum(len(m.moves) for m in queries.would_move()),
            "dependents": dependents.registered(),
        },
    )


@desk_required
def index(request: HttpRequest) -> HttpResponse:
    """What is proposed, what is decided, what would move."""
    return _page(request, DecideForm(), [])


@desk_required
def decide(request: HttpRequest) -> HttpResponse:
    """Accept or refuse the ticked proposals. Before that, shows which stored dates would move."""
    if request.method != "POST":
        return redirect("workdays_desk:index")
    chosen, form = request.POST.getlist("row"), DecideForm(request.POST)
    if not form.is_valid():
        return _page(request, form, chosen)
    rows = [row for row in (_row(key) for key in chosen) if row is not None]
    try:
        if "preview" in request.POST:
            return _preview(request, rows)
        if "reject" in request.POST:
            done = deciding.reject(rows, reason=form.cleaned_data["reason"], by=request.user)
        else:
            done = deciding.decide(rows, document=form.cleaned_data["document"], by=request.user)
    except DomainError as error:
        add_error(form, error)
        return _page(request, form, chosen)
    messages.success(request, ngettext("%(n)s proposal was settled.", "%(n)s proposals were settled.", len(done)) % {"n": len(done)})
    return redirect("workdays_desk:index")


def _preview(request: HttpRequest, rows: list[Decided]) -> HttpResponse:
    days = [row for row in rows if isinstance(row, CalendarDay)]
    return render(request, "workdays/desk/preview.html", {"days": days, "moving": queries.would_move(days), "dependents": dependents.registered()})


def _row(key: str) -> Decided | None:
    model, _dash, number = key.partition("-")
    return queries.row(model, int(number)) if number.isascii() and number.isdigit() and len(number) < 15 else None


def _form_page(request: HttpRequest, form: Any, title: str, lead: str, moving: list[queries.Moving] | None = None) -> HttpResponse:
    context = {"form": form, "title": title, "lead": lead, "moving": moving, "dependents": dependents.registered()}
    return render(request, "workdays/desk/form.html", context)


def _scope(form: Any) -> dict[str, Any]:
    number = int(form.cleaned_data["unit"] or 0)
    return {"unit_id": number}


@desk_required
def propose_day(request: HttpRequest) -> HttpResponse:
    """Propose one day."""
    require(policy.may(request.user, "propose", 0))
    form = DayForm(written(request), units=_units(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        day = propose.NewDay(data["on"], data["kind"], data["name"], data["counterpart"], data["note"], basis=data["document"])
        number = int(data["unit"] or 0)
        try:
            made = propose.propose_days([day], by=request.user, unit_id=number)
        except DomainError as error:
            add_error(form, error)
        else:
            messages.success(request, _("The day is proposed; another person decides.") if made else _("This day is in the calendar already."))
            return redirect("workdays_desk:index")
    return _form_page(request, form, _("Propose a day"), _("It counts once another person has decided it by a document."))


@desk_required
def propose_year(request: HttpRequest) -> HttpResponse:
    """Propose a whole year from the library."""
    require(policy.may(request.user, "propose", 0))
    form = YearForm(written(request), initial={"year": timezone.localdate().year + 1})
    if request.method == "POST" and form.is_valid():
        made = propose.propose_from_library(form.cleaned_data["year"], by=request.user)
        messages.success(request, ngettext("%(n)s day was proposed.", "%(n)s days were proposed.", len(made)) % {"n": len(made)})
        return redirect("workdays_desk:index")
    return _form_page(
        request, form, _("Propose a year"),
        _("Lunar holidays and their substitutes are computed; swaps and the window of Tết must be compared with the notice of the year. Days that are there already are left out."),
    )


@desk_required
def propose_decided_year(request: HttpRequest) -> HttpResponse:
    """Propose that all days off of a year are decided."""
    require(policy.may(request.user, "propose", 0))
    form = YearForm(written(request))
    if request.method == "POST" and form.is_valid():
        propose.propose_year(form.cleaned_data["year"], by=request.user)
        messages.success(request, _("The year is proposed as fully decided; another person confirms it."))
        return redirect("workdays_desk:index")
    return _form_page(
        request, form, _("A year is fully decided"),
        _("Once confirmed, dates computed in that year carry no warning any more. Do this when the notices on Tết, 2 September and all swaps are entered."),
    )


@desk_required
def propose_pattern(request: HttpRequest) -> HttpResponse:
    """Propose a working week, such as Saturday mornings of a unit."""
    require(policy.may(request.user, "propose", 0))
    form = PatternForm(written(request), units=_units(request))
    if request.method == "POST" and form.is_valid():
        try:
            propose.propose_pattern(
                form.values(), by=request.user, basis=form.cleaned_data["document"], note=form.cleaned_data["note"], **_scope(form)
            )
        except DomainError as error:
            add_error(form, error)
        else:
            messages.success(request, _("The working week is proposed; another person decides."))
            return redirect("workdays_desk:index")
    return _form_page(request, form, _("Propose a working week"), _("For units that work on Saturday mornings, or with other hours."))


@desk_required
def withdraw(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Withdraw a proposal or a decided entry, with the reason."""
    row = queries.row(kind, pk)
    if row is None:
        raise Http404
    require(policy.may(request.user, "withdraw", row))
    form = WithdrawForm(written(request))
    if request.method == "POST" and form.is_valid():
        withdrawing.withdraw(row, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("The entry was withdrawn. Dates that were computed stay until they are computed anew."))
        return redirect("workdays_desk:index")
    days = [row] if isinstance(row, CalendarDay) and row.state == State.DECIDED else []
    title = _("Withdraw: %(row)s") % {"row": row}
    return _form_page(request, form, title, _("The entry stays readable with your reason."), queries.would_move(without=days) if days else None)


@desk_required
def recompute(request: HttpRequest) -> HttpResponse:
    """Which stored dates the calendar now gives differently; computed anew on command only."""
    require(policy.may(request.user, "recompute"))
    if request.method == "POST":
        moved = recomputing.recompute(by=request.user)
        total = sum(moved.values())
        messages.success(request, ngettext("%(n)s date was computed anew.", "%(n)s dates were computed anew.", total) % {"n": total})
        return redirect("workdays_desk:recompute")
    return render(request, "workdays/desk/recompute.html", {"moving": queries.would_move(), "dependents": dependents.registered()})
