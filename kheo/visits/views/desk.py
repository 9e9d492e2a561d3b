"""The counter at the desk: how it is, what was signed off, where it began, how long things are kept."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from kheo.audit import queries as audit
from kheo.core.access import desk_required, written
from kheo.core.errors import InvalidInput
from kheo.core.forms.errors import add_error
from kheo.core.rules.dates import format_date
from kheo.core.rules.numbers import format_number
from kheo.core.templatetags.kheo.filters import bytes_vi, datetime_vi
from kheo.core.verdicts import require
from kheo.visits import policy
from kheo.visits.actions import set_opening as opening
from kheo.visits.actions.close_days import KEEP_HOURS
from kheo.visits.forms import OpeningForm
from kheo.visits.models import Fold, ImportedLog, Opening
from kheo.visits.queries import breakdown, counter, health, sites, words

CLOSINGS, LOGS, CHANGES = 14, 20, 10


@desk_required
def index(request: HttpRequest) -> HttpResponse:
    """This site's figures, the state of the counter, the days signed off, openings and imported logs."""
    site = sites.number_for(request)
    require(policy.may(request.user, "view", site))
    state = health.check()
    context = {
        "rows": words.rows(counter.figures(site)), "state": state, "facts": _facts(state), "kept": _kept(),
        "closings": breakdown.closings(CLOSINGS), "openings": Opening.objects.filter(site=site).order_by("-on"),
        "changes": _changes(site), "logs": _logs(site), "may_set": policy.may(request.user, "set_opening", site),
    }  # fmt: skip
    return render(request, "visits/desk/index.html", context)


def _facts(state: health.Health) -> list[tuple[str, Any]]:
    at = Fold.objects.filter(pk=1).values_list("at", flat=True).first()
    return [
        (_("Last added up"), datetime_vi(at) if at else _("not yet")),
        (_("Waiting to be added up"), bytes_vi(state.waiting)),
        (_("Days not signed off"), ", ".join(state.open_days) or _("none")),
        (_("Days that differed from the log"), ", ".join(state.differences) or _("none")),
        (_("Secrets of past days not destroyed"), format_number(state.old_salts)),
        (_("Lines torn by a power cut, left out"), format_number(state.bad_lines)),
    ]


def _changes(site: int) -> list[dict[str, Any]]:
    """What was said about the beginning of counting, the newest first: who, when, which figure before."""
    openings = Opening.objects.filter(site=site).values_list("pk", flat=True)
    told = audit.of_objects(Opening, openings).filter(verb="visits.set_opening").order_by("-pk")[:CHANGES]
    return [
        {
            "title": _("%(total)s page views at the beginning of %(day)s") % {"total": format_number(row.details["total"]), "day": format_date(date.fromisoformat(row.details["on"]))},
            "when": row.at, "by": row.actor_name,
            "text": _("It was %(total)s before.") % {"total": format_number(row.details["before"])} if row.details.get("before") is not None else "",
        }
        for row in told
    ]


def _logs(site: int) -> list[dict[str, Any]]:
    """The files taken over, newest first. A table of days keeps only how many there were."""
    return [
        {
            "name": log.name, "made_at": log.made_at, "size": log.size, "views": log.report.get("views"),
            **{end: date.fromisoformat(log.report[end]) if log.report.get(end) else None for end in ("first", "last")},
        }
        for log in ImportedLog.objects.filter(site=site).order_by("-made_at")[:LOGS]
    ]


def _kept() -> list[tuple[str, str]]:
    days = _("%(n)s days")
    return [
        (_("Log of hits, without addresses and names of browsers"), days % {"n": settings.KHEO_VISITS_KEEP_DAYS}),
        (_("Secret and numbers of visitors"), _("until the day is signed off, ten minutes after midnight")),
        (_("Figures by hour"), days % {"n": KEEP_HOURS.days}),
        (_("Figures by day, week, month, page, referring site and device"), _("for good")),
    ]


@desk_required
def set_opening(request: HttpRequest) -> HttpResponse:
    """Say, or correct, with how many page views counting began."""
    site = sites.number_for(request)
    require(policy.may(request.user, "set_opening", site))
    form = OpeningForm(written(request), initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = opening.set_opening(site=site, total=int(given["total"]), on=given["on"], note=given["note"], by=request.user)
        except InvalidInput as error:
            add_error(form, error)
        else:
            messages.success(request, _("The counter begins with %(total)s page views on %(day)s.") % {"total": format_number(made.total), "day": f"{made.on:%d/%m/%Y}"})
            return redirect("visits_desk:index")
    return render(request, "visits/desk/set_opening.html", {"form": form})
