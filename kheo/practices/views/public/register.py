"""/mo-hinh/dang-ky/: the nine-box form for everyone, its autosaved draft and its secret address."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kheo.movements import queries as movements
from kheo.movements.models import Milestone
from kheo.practices import rules
from kheo.practices.actions import register as registering
from kheo.practices.models import Practice
from kheo.practices.queries import public
from kheo.practices.queries import registration as queries
from kheo.practices.views import registration as flow
from kheo.practices.views.public import limits
from kheo.practices.views.public.register_status import status

DRAFTS = "kheo_drafts"
MOST_DRAFTS = 5
TOO_OFTEN = 429


@require_safe
@never_cache
def register(request: HttpRequest) -> HttpResponse:
    """The empty form under a fresh secret key; or when no cycle takes registrations, why and since when.

    `?nam=` chooses among several open cycles, `?tu=` takes over a public practice.
    """
    cycles = flow.cycles_for(request.user)
    cycle = flow.chosen_cycle(cycles, request.GET.get("nam", ""))
    if cycle is None:
        return render(request, "practices/public/register_closed.html", {"steps": _closed()})
    desk = flow.Desk(request, uuid4(), cycle)
    original = public().filter(slug=request.GET["tu"]).first() if request.GET.get("tu") else None
    desk.show(flow.initial_of_original(original) if original else None)
    others = [c for c in cycles if c != cycle]
    return render(request, "practices/public/register.html", _context(desk) | {"others": others, "drafts": _drafts(request)})


@never_cache
def registration(request: HttpRequest, key: UUID) -> HttpResponse:
    """One registration at its secret address: the form while it can be filled in, then its state."""
    practice = queries.with_boxes().filter(access_key=key).first()
    if request.method == "POST":
        return _post(request, key, practice)
    if practice is None:
        return render(request, "practices/public/register_missing.html", status=404)
    if practice.state not in rules.EDITABLE_STATES:
        return status(request, practice)
    desk = flow.Desk(request, key, practice.cycle, practice)
    desk.show()
    return render(request, "practices/public/register.html", _context(desk))


def _post(request: HttpRequest, key: UUID, practice: Practice | None) -> HttpResponse:
    if practice is not None and registering.is_sent(practice):
        return redirect("practices:receipt", key=key)
    desk = _desk(request, key, practice)
    if desk is None:
        return render(request, "practices/public/register_closed.html", {"steps": _closed()}, status=409)
    row, saving = flow.pressed_row(request.POST), "save" in request.POST
    if not _within_limits(request, practice, "save" if row or saving else "send"):
        desk.problem = _("Too many registrations came from this network within an hour. Your text is below; save it and try again later.")
        desk.show_again(request.POST)
        return render(request, "practices/public/register.html", _context(desk), status=TOO_OFTEN)
    if row or saving:
        return _keep(request, desk, row)
    sent = desk.send(request.POST)
    if sent is not None:
        _forget(request, key)
        return redirect("practices:receipt", key=key)
    problem = desk.problem
    if not request.POST.get("website") and desk.keep(request.POST):  # what was typed is kept, sent or not
        _remember(request, key)
    desk.problem = problem or desk.problem
    return render(request, "practices/public/register.html", _context(desk))


def _keep(request: HttpRequest, desk: flow.Desk, row: str) -> HttpResponse:
    kept = desk.keep(request.POST)
    if kept:
        _remember(request, desk.key)
    if kept and not row:
        messages.success(request, _("The draft was saved. Keep the address of this page to go on later, on any device."))
        return redirect("practices:registration", key=desk.key)
    desk.show_again(request.POST, more=row)
    return render(request, "practices/public/register.html", _context(desk) | {"anchor": row})


@require_POST
@never_cache
def draft(request: HttpRequest, key: UUID) -> HttpResponse:
    """Autosave: keep the posted words, answer with the time. 409 when it was sent or is closed."""
    practice = Practice.objects.select_related("cycle").filter(access_key=key).first()
    desk = _desk(request, key, practice)
    if desk is None:
        return JsonResponse({"error": _("No cycle takes registrations now.")}, status=409)
    if request.POST.get("website") or not _within_limits(request, practice, "save"):
        return JsonResponse({"error": _("Too many saves came from this network within an hour.")}, status=TOO_OFTEN)
    if not desk.keep(request.POST):
        return JsonResponse({"error": desk.problem}, status=409)
    _remember(request, key)
    return JsonResponse({
        "saved_at": timezone.localtime().strftime("%H:%M"),
        "address": request.build_absolute_uri(reverse("practices:registration", args=[key])),
    })


def _desk(request: HttpRequest, key: UUID, practice: Practice | None) -> flow.Desk | None:
    if practice is not None:
        return flow.Desk(request, key, practice.cycle, practice)
    cycle = flow.chosen_cycle(flow.cycles_for(request.user), request.POST.get("cycle", ""))
    return flow.Desk(request, key, cycle) if cycle else None


def _within_limits(request: HttpRequest, practice: Practice | None, what: str) -> bool:
    return (practice is not None or limits.allowed(request, "begin")) and limits.allowed(request, what)


def _context(desk: flow.Desk) -> dict[str, Any]:
    address = reverse("practices:registration", args=[desk.key])
    return desk.context() | {
        "action": address,
        "autosave": reverse("practices:draft", args=[desk.key]),
        "address": desk.request.build_absolute_uri(address),
        "remarks": list(desk.practice.messages.order_by("-at", "-pk")) if desk.practice else [],
        "step": rules.State(desk.practice.state).value if desk.practice else "draft",
    }


def _closed() -> list[Any]:
    """The registration windows nearest to today, for people who come at the wrong time."""
    today = timezone.localdate()
    steps = Milestone.objects.filter(kind=Milestone.Kind.REGISTRATION, cycle__closed_at__isnull=True).select_related("cycle__movement")
    coming = list(steps.filter(opens_on__gt=today).order_by("opens_on")[:2])
    past = list(steps.filter(locks_on__lt=today).order_by("-locks_on")[:2])
    return [{"milestone": s, "window": movements.dates_of(s).window(today).value} for s in [*coming, *past]]


def _remember(request: HttpRequest, key: UUID) -> None:
    """This browser's drafts, for as long as its session lasts."""
    kept = [k for k in request.session.get(DRAFTS, []) if k != str(key)]
    request.session[DRAFTS] = [str(key), *kept][:MOST_DRAFTS]


def _forget(request: HttpRequest, key: UUID) -> None:
    if DRAFTS in request.session:
        request.session[DRAFTS] = [k for k in request.session[DRAFTS] if k != str(key)]


def _drafts(request: HttpRequest) -> list[dict[str, Any]]:
    keys = request.session.get(DRAFTS, [])
    found = Practice.objects.filter(access_key__in=keys, state=rules.State.DRAFT) if keys else Practice.objects.none()
    if request.user.is_authenticated:
        found = found | Practice.objects.filter(registered_by_id=request.user.pk, state=rules.State.DRAFT)
    return [
        {"practice": p, "title": (p.draft or {}).get("title", [p.title])[-1]}
        for p in found.order_by("-draft_saved_at")[:MOST_DRAFTS]
    ]


