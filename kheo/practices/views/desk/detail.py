"""One practice at the desk: everything on one page, and what this person can do now."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kheo.accounts.views.access import desk_required
from kheo.practices import policy, rules
from kheo.practices.actions import propose, recognize
from kheo.practices.models import Practice
from kheo.practices.queries import history, totals, visible_to
from kheo.practices.queries import registration as boxes
from kheo.practices.queries.scores import side_by_side
from kheo.practices.words import BUTTONS, TONES

MAIN = {"edit", "approve", "start", "self_score", "propose", "open_evaluation", "evaluate"}
GRAVE = {"refuse", "stop", "withdraw", "revoke"}
@desk_required
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of one practice. Fetching it is the permission check."""
    practice = get_object_or_404(boxes.with_boxes(), pk__in=visible_to(request.user).filter(pk=pk).order_by().values("pk"))
    return render(request, "practices/desk/detail.html", context_of(request.user, practice))


def context_of(user: Any, practice: Practice) -> dict[str, Any]:
    """Everything the page shows."""
    verbs = policy.verbs_for(user, practice)
    recognition = getattr(practice, "recognition", None)
    standing = recognize.standing(practice)
    return {
        "practice": practice,
        "unit": boxes.unit_name(practice),
        "ward": boxes.ward_name(practice),
        "tone": TONES.get(rules.State(practice.state), "neutral"),
        "buttons": [*_decision(verbs, standing), *(_button(verb, practice) for verb in BUTTONS if verb in verbs)],
        "outputs": totals.reached(practice),
        "contributions": totals.contributions([practice]),
        "reports": practice.progress_reports.prefetch_related("contributions__kind"),
        "evidence": list(practice.evidence.all()),
        "may_publish": "publish_evidence" in verbs,
        "may_remove": "remove_evidence" in verbs,
        "scores": side_by_side(practice, user),
        "standing": standing,
        "lacks": propose.lacks(practice) if "propose" in verbs else "",
        "thread": list(practice.messages.all()),
        "history": history.of(practice),
        "recognition": recognition,
        "replicas": list(practice.replicas.exclude(state="withdrawn").prefetch_related("organization__versions")),
        "may_contact": "edit" in verbs or policy.holds(user, frozenset({"receiver"}), practice),
    }


def _decision(verbs: list[str], standing: recognize.Standing) -> list[dict[str, Any]]:
    """Recognition is decided for a list: the button opens the list with this practice chosen."""
    if "recognize" not in verbs or standing.verdict not in {"recognized", "exemplary"}:
        return []
    return [{"label": _("Recognize"), "href": f"{reverse('practices_desk:recognize')}?practice={standing.practice.pk}", "kind": "primary"}]


def _button(verb: str, practice: Practice) -> dict[str, Any]:
    kind = "primary" if verb in MAIN else "warning" if verb in GRAVE else "secondary"
    return {"label": BUTTONS[verb], "href": reverse(f"practices_desk:{verb}", args=[practice.pk]), "kind": kind}


