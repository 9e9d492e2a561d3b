"""Recognition by decision, a whole list at once: choose, preview, confirm."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kheo.accounts.models import Role
from kheo.accounts.views.access import role_required
from kheo.core import jobs
from kheo.core.access import written
from kheo.core.errors import DomainError
from kheo.core.messages import describe
from kheo.documents.forms import DocumentForm
from kheo.practices import policy
from kheo.practices.actions import recognize as recognizing
from kheo.practices.queries import listing, visible_to
from kheo.practices.rules import State

AT_ONCE = 50
"""From one more than this the work is done behind the page, with a progress bar."""


@role_required(Role.LEADER)
def recognize(request: HttpRequest) -> HttpResponse:
    """Evaluated practices with their points; the chosen ones are recognized by one decision."""
    data = written(request)
    form = DocumentForm(data if data and "decision-number" in data else None, prefix="decision")
    if request.method == "POST" and "confirm" in request.POST and form.is_valid():
        return _carry_out(request, form, _versions(request.POST))
    standings = _standings(request)
    ready = {s.practice.pk: s for s in standings if s.verdict in {"recognized", "exemplary"}}
    numbers = [int(n) for n in (data or request.GET).getlist("practice") if n.isdigit()]
    chosen = [ready[n] for n in numbers if n in ready]
    if request.method == "POST" and not chosen:
        messages.warning(request, _("Choose at least one practice that reaches the points for recognition."))
    elif request.method == "POST" and form.is_valid():
        return render(request, "practices/desk/recognize_preview.html", {"chosen": chosen, "form": form, "values": form.values()})
    context = {"standings": standings, "form": form, "chosen": {s.practice.pk for s in chosen}}
    return render(request, "practices/desk/recognize.html", context)


def _standings(request: HttpRequest) -> list[recognizing.Standing]:
    waiting = listing(visible_to(request.user).filter(state=State.EVALUATING).distinct()).prefetch_related("score_sheets")
    mine = [p for p in waiting.order_by("cycle", "ward", "sort_key") if policy.may(request.user, "recognize", p)]
    return recognizing.standings(mine)


def _versions(data: QueryDict) -> dict[int, int]:
    """Practice number → the version that the preview showed."""
    given = {n: data.get(f"version-{n}", "") for n in data.getlist("practice") if n.isdigit()}
    return {int(number): int(version) for number, version in given.items() if version.isdigit()}


def _carry_out(request: HttpRequest, form: DocumentForm, versions: dict[int, int]) -> HttpResponse:
    """All of the list or none of it; a long one behind the page."""
    allowed = set(visible_to(request.user).filter(pk__in=versions).values_list("pk", flat=True))
    versions = {number: version for number, version in versions.items() if number in allowed}
    if not versions:
        messages.warning(request, _("Choose at least one practice that reaches the points for recognition."))
        return redirect("practices_desk:recognize")
    document = form.save_document(by=request.user)
    if len(versions) > AT_ONCE:
        job = jobs.enqueue(
            "practices.recognize_many", _("Recognize %(count)s practices by %(number)s") % {"count": len(versions), "number": document.number},
            by=request.user, result_url=reverse("practices_desk:list") + "?state=recognized",
            practices=sorted(versions.items()), document=document.pk,
        )  # fmt: skip
        return redirect("desk:job", pk=job.pk)
    try:
        done = recognizing.recognize_many(recognizing.seen(versions), document=document, by=request.user)
    except DomainError as error:
        messages.error(request, _("Nothing was recognized. %(why)s") % {"why": describe(error)})
        return redirect("practices_desk:recognize")
    messages.success(request, _("%(count)s practices were recognized by %(document)s.") % {"count": len(done), "document": document})
    return redirect(reverse("practices_desk:list") + "?state=recognized")
