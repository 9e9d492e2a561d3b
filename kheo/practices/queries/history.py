"""The history of a practice in plain sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from kheo.practices.models import Practice

# One sentence for each verb; the audit log uses the same words.
SENTENCES: dict[str, Any] = {
    "register": _("sent the registration"),
    "return": _("returned it for completion"),
    "approve": _("approved it for the list"),
    "start": _("started to carry it out"),
    "propose": _("proposed it for recognition"),
    "send_back": _("sent the proposal back"),
    "open_evaluation": _("opened the evaluation"),
    "recognize": _("recognized it"),
    "name_exemplary": _("named it exemplary"),
    "refuse": _("decided not to recognize it"),
    "defer": _("moved it to next year"),
    "stop": _("ended it"),
    "withdraw": _("took it back"),
    "revoke": _("revoked the recognition"),
    "open_draft": _("opened a draft"),
    "report_progress": _("reported progress"),
    "add_evidence": _("added evidence"),
    "publish_evidence": _("changed what evidence the public sees"),
    "self_score": _("scored it themselves"),
    "evaluate": _("evaluated it"),
    "guide": _("wrote guidance"),
    "answer": _("answered"),
    "replicate": _("opened a replica"),
    "carry_over": _("carried it into the next cycle"),
    "edit_summary": _("wrote the public summary"),
}
TONES = {"return": "waiting", "refuse": "danger", "revoke": "danger", "recognize": "success", "name_exemplary": "gold", "approve": "success"}


@dataclass(frozen=True)
class Line:
    """One event: who did what when, and why."""

    title: str
    by: str
    when: datetime
    text: str
    tone: str


def of(practice: Practice) -> list[Line]:
    """Steps and progress reports, newest first; two queries."""
    lines = [
        Line(
            _capital(str(SENTENCES.get(step.verb, step.verb))), step.by_name, step.at,
            " · ".join(part for part in (step.reason, str(step.document) if step.document else "") if part),
            TONES.get(step.verb, "neutral"),
        )
        for step in practice.transitions.select_related("document")
    ]
    lines += [
        Line(_capital(str(SENTENCES["report_progress"])), report.by_name, report.at, report.text, "neutral")
        for report in practice.progress_reports.all()
    ]
    return sorted(lines, key=lambda line: line.when, reverse=True)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
