"""The desk's own pages: what waits, the calendar, background work."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from kheo.accounts import queries as accounts
from kheo.accounts.models import Role
from kheo.accounts.views.access import desk_required
from kheo.core import jobs
from kheo.core.models import Job
from kheo.desk import queries
from kheo.desk.queries import agenda
from kheo.movements import queries as movements

MOVING = (Job.State.QUEUED, Job.State.RUNNING)


@desk_required
def home(request: HttpRequest) -> HttpResponse:
    """What waits for me, until when, late or not; and the next dates."""
    cycles = [c for c in movements.cycles() if c.closed_at is None]
    upcoming = [
        (cycle, state) for cycle in cycles for state in movements.calendar(cycle) if 0 <= state.days <= 60
    ]
    return render(
        request,
        "desk/home.html",
        {"waiting": queries.waiting_for(request.user), "upcoming": upcoming, "today": timezone.localdate()},
    )


@desk_required
def calendar(request: HttpRequest) -> HttpResponse:
    """All milestones of open cycles by month, or one year of them."""
    years = agenda.years()
    asked = request.GET.get("year", "")
    this_year = timezone.localdate().year
    year = int(asked) if asked.isdigit() and int(asked) in years else (this_year if this_year in years else None)
    context = {"months": agenda.agenda(year=year), "years": years, "year": year, "today": timezone.localdate()}
    return render(request, "desk/calendar.html", context)


@desk_required
def calendar_file(request: HttpRequest) -> HttpResponse:
    """The same as an .ics file for a telephone's calendar."""
    cycles = [c for c in movements.cycles() if c.closed_at is None]
    content = agenda.as_icalendar(cycles, request.get_host())
    return HttpResponse(
        content, content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="lich-phong-trao.ics"'},
    )


@desk_required
def job_list(request: HttpRequest) -> HttpResponse:
    """My background work; administrators see everybody's."""
    found = _jobs_of(request)[:100]
    return render(request, "desk/jobs.html", {"jobs": [(job, jobs.progress(job)) for job in found]})


@desk_required
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """One job: how far it is, asked again each second, and what became of it."""
    shown = get_object_or_404(_jobs_of(request), pk=pk)
    template = "desk/job_progress.html" if getattr(request, "htmx", False) else "desk/job.html"
    context = {"job": shown, "progress": jobs.progress(shown), "moving": shown.state in MOVING}
    return render(request, template, context)


def _jobs_of(request: HttpRequest) -> QuerySet[Job]:
    everything = Job.objects.order_by("-id")
    if accounts.rights(request.user).has(Role.ADMIN):
        return everything
    return everything.filter(by_id=request.user.pk)
