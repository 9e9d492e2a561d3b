"""The history of a practice in plain sentences: who did what, why, and how long after the step before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kheo.audit import queries as audit
from kheo.core.rules import dates
from kheo.practices.models import Evidence, Practice, ProgressReport, ScoreSheet

# One sentence for each verb, said of a person; the audit log uses the same words.
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
ONLY_IN_AUDIT = ("practices.publish_evidence", "practices.edit_summary")


@dataclass(frozen=True)
class Line:
    """One event. `by` holds how long after the event before it happened (empty for the first)."""

    title: str
    by: str
    when: datetime
    text: str
    tone: str


def of(practice: Practice) -> list[Line]:
    """Every event, newest first; a bounded number of queries. Points are never told here."""
    found = [*_steps(practice), *_reports(practice), *_evidence(practice), *_sheets(practice), *_others(practice)]
    found.sort(key=lambda line: line.when)
    for number in range(len(found) - 1, 0, -1):
        found[number] = replace(found[number], by=_after(found[number - 1].when, found[number].when))
    return found[::-1]


def _said(by: str, verb: str) -> str:
    return _now("%(who)s %(did)s") % {"who": by or _now("The system"), "did": SENTENCES.get(verb, verb)}


def _line(by: str, verb: str, when: datetime, text: str = "") -> Line:
    return Line(_said(by, verb), "", when, text, TONES.get(verb, "neutral"))


def _steps(practice: Practice) -> Iterator[Line]:
    for step in practice.transitions.select_related("document"):
        parts = []
        if step.reason:
            parts.append(_now("Reason: %(reason)s") % {"reason": step.reason})
        if step.document:
            parts.append(_now("By %(document)s.") % {"document": step.document})
        yield _line(step.by_name, step.verb, step.at, "\n".join(parts))


def _reports(practice: Practice) -> Iterator[Line]:
    for report in ProgressReport.objects.filter(practice=practice).order_by("at", "pk"):
        period = f"{dates.format_date(report.period_from)} – {dates.format_date(report.period_to)}"
        yield _line(report.by_name, "report_progress", report.at, f"{period}: {report.text}")


def _evidence(practice: Practice) -> Iterator[Line]:
    """Files that one person brought on one day are one line."""
    rows = Evidence.objects.filter(practice=practice).order_by("at", "pk")
    for (who, _day), group in groupby(rows, key=lambda e: (e.by_name, timezone.localtime(e.at).date())):
        files = list(group)
        words = ngettext("%(count)s file: %(names)s", "%(count)s files: %(names)s", len(files))
        names = ", ".join(file.original_name for file in files[:5]) + ("…" if len(files) > 5 else "")
        yield _line(who, "add_evidence", files[-1].at, words % {"count": len(files), "names": names})


def _sheets(practice: Practice) -> Iterator[Line]:
    for sheet in ScoreSheet.objects.filter(practice=practice).order_by("submitted_at", "pk"):
        verb = "self_score" if sheet.kind == ScoreSheet.Kind.SELF else "evaluate"
        yield _line(sheet.scorer_name, verb, sheet.submitted_at)


def _others(practice: Practice) -> Iterator[Line]:
    """Messages of the thread, and what only the audit log knows. A remark on return is told by its step."""
    for message in practice.messages.exclude(kind="remark"):
        yield _line(message.by_name, "guide" if message.kind == "guidance" else "answer", message.at, message.text)
    for entry in audit.of_object(practice).filter(verb__in=ONLY_IN_AUDIT):
        yield _line(entry.actor_name, entry.verb.split(".", 1)[1], entry.at)


def _after(earlier: datetime, later: datetime) -> str:
    days = (timezone.localtime(later).date() - timezone.localtime(earlier).date()).days
    if days <= 0:
        return _now("the same day")
    return ngettext("%(count)s day later", "%(count)s days later", days) % {"count": days}
