"""The working calendar in public: a year at a glance, its documents, and the calculator."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from kheo.core.rules.icalendar import Event, icalendar
from kheo.workdays import queries, rules, sources
from kheo.workdays.forms import CalculatorForm
from kheo.workdays.models import CalendarDay, State


def index(request: HttpRequest) -> HttpResponse:
    """The current year with the calculator."""
    return year(request, timezone.localdate().year)


def year(request: HttpRequest, year: int) -> HttpResponse:
    """One year: months with Monday weeks, days off with their documents, the calculator."""
    _check(year)
    unit_id, slug = _unit(request)
    today = timezone.localdate()
    calendar = queries.calendar_for(unit_id, today)
    form, answer = _calculate(request)
    days = list(queries.days_of(year, unit_id))
    return render(
        request, "workdays/public/year.html",
        {
            "year": year, "today": today, "months": queries.year_view(year, calendar), "days": [d for d in days if d.state == State.DECIDED],
            "proposals": [d for d in days if d.state == State.PROPOSED], "decided": year in calendar.decided_years,
            "last_decided": max(calendar.decided_years, default=None), "years": range(max(queries.FIRST_YEAR, year - 1), min(queries.LAST_YEAR, year + 1) + 1), "form": form, "answer": answer,
            "unit": slug, "unit_name": sources.places().name(unit_id, today) if unit_id else "", "pattern": calendar.pattern_on(today),
            "working": sum(month.working for month in queries.year_view(year, calendar)), "query": f"?unit={slug}" if slug else "",
        },
    )


def _check(year: int) -> None:
    if not queries.FIRST_YEAR <= year <= queries.LAST_YEAR:
        raise Http404


def _unit(request: HttpRequest) -> tuple[int | None, str]:
    slug = request.GET.get("unit", "")
    if not slug:
        return None, ""
    found = sources.places().find(slug)
    if found is None:
        raise Http404
    return found, slug


def _calculate(request: HttpRequest) -> tuple[CalculatorForm, rules.Answer | None]:
    units = [(slug, name) for _number, slug, name in sources.places().areas(timezone.localdate())]
    asked = "start" in request.GET
    form = CalculatorForm(request.GET if asked else None, units=units, auto_id="calculator_%s", initial={"unit": request.GET.get("unit", "")})
    return form, answer(form.cleaned_data) if asked and form.is_valid() else None


def answer(data: dict[str, Any]) -> rules.Answer:
    """What the filled-in calculator gives."""
    unit_id = sources.places().find(data["unit"]) if data["unit"] else None
    moment = data["moment"]
    calendar = queries.calendar_for(unit_id, moment.date())
    if data["way"] == "hours":
        return rules.add_working_hours(moment, data["count"], calendar)
    if data["way"] == "between":
        return rules.working_days_between(moment.date(), data["end"], calendar)
    count = rules.add_working_days if data["way"] == "after" else rules.subtract_working_days
    return count(moment.date(), data["count"], calendar)


def calendar_file(request: HttpRequest, year: int) -> HttpResponse:
    """The decided days of a year as an .ics file."""
    _check(year)
    unit_id, _slug = _unit(request)
    events = [_event(day) for day in queries.days_of(year, unit_id).filter(state=State.DECIDED)]
    content = icalendar(events, host=request.get_host(), stamp=timezone.now(), name=_("Working calendar %(year)s") % {"year": year})
    return HttpResponse(
        content, content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="lich-lam-viec-{year}.ics"'},
    )


def _event(day: CalendarDay) -> Event:
    words = f"{day.name} ({day.get_kind_display()})"
    return Event(f"workday-{day.pk}", day.on, words, queries.basis_words(day))
