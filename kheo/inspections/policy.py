"""Who may plan, carry out, fill in and follow up inspections, and score programmes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from kheo.accounts import queries as accounts
from kheo.accounts.models import Role
from kheo.accounts.queries import Rights
from kheo.core.verdicts import ALLOWED, Verdict, refused
from kheo.inspections import rules
from kheo.inspections.models import Assessment, Attachment, Finding, Inspection, Plan, Programme

SEEING = (Role.RECEIVER, Role.EVALUATOR, Role.LEADER, Role.AUDITOR, Role.ADMIN)
PLANNING = (Role.RECEIVER, Role.LEADER)
LISTING = (Role.RECEIVER, Role.ADMIN)
SCHEME = (Role.RECEIVER, Role.ADMIN)


def may(user: Any, verb: str, obj: Any = None) -> Verdict:
    """The answer for one verb; `obj` is what it is done to (a plan, check, finding, programme …)."""
    rights = accounts.rights(user)
    if rights.user_id is None:
        return refused(_("Sign in first."))
    return _RULES[verb](rights, obj)


def _plan(rights: Rights, area_id: int) -> Verdict:
    if rights.holds(PLANNING, area_id):
        return ALLOWED
    return refused(_("Only an officer or leader of the area plans inspections there."))


def _of_plan(rights: Rights, plan: Plan) -> Verdict:
    return _plan(rights, plan.within_id)


def _checklist(rights: Rights, _obj: Any) -> Verdict:
    return ALLOWED if rights.has(*LISTING) else refused(_("Only an officer or administrator writes checklists."))


def _step(verb: str) -> Callable[[Rights, Inspection], Verdict]:
    def rule(rights: Rights, check: Inspection) -> Verdict:
        step = rules.TRANSITIONS[verb]
        if check.state not in step.sources:
            return refused(_("This step does not follow on “%(state)s”.") % {"state": check.get_state_display()})
        if (verb in ("hold", "cancel") and check.kind == rules.Kind.SELF) or (verb == "submit" and check.kind != rules.Kind.SELF):
            return refused(_("A self-inspection is sent by the unit; other checks are held by the lead body."))
        if verb == "submit":
            return _fill(rights, check)
        if not rights.holds(step.roles, check.unit_id):
            return refused(_("Only the officers of the inspecting area may do this."))
        if verb in ("hold", "conclude") and check.unit_id in rights.own_units:
            return refused(_("Nobody inspects the unit they work at."))
        return ALLOWED

    return rule


def _fill(rights: Rights, check: Inspection) -> Verdict:
    if check.kind == rules.Kind.SELF and rights.holds((Role.REGISTRANT, Role.RECEIVER), check.unit_id):
        return ALLOWED
    return refused(_("Only the unit itself (or an officer on its behalf) fills in its self-inspection."))


def _see(rights: Rights, check: Inspection) -> Verdict:
    if rights.holds((*SEEING, Role.REGISTRANT), check.unit_id):
        return ALLOWED
    return refused(_("This check concerns a unit your position does not reach."))


def _report(rights: Rights, finding: Finding) -> Verdict:
    if finding.state != Finding.State.OPEN:
        return refused(_("This finding is not open."))
    if rights.holds((Role.REGISTRANT, Role.RECEIVER), finding.inspection.unit_id):
        return ALLOWED
    return refused(_("Only the unit itself (or an officer on its behalf) reports what it mended."))


def _settle(rights: Rights, finding: Finding) -> Verdict:
    if finding.state == Finding.State.CLOSED:
        return refused(_("This finding is settled."))
    if not rights.holds(rules.OFFICE, finding.inspection.unit_id):
        return refused(_("Only the officers of the inspecting area may do this."))
    if finding.inspection.unit_id in rights.own_units:
        return refused(_("Nobody inspects the unit they work at."))
    return ALLOWED


def _attach(rights: Rights, obj: Inspection | Assessment) -> Verdict:
    if obj.state == Inspection.State.CONCLUDED:
        return refused(_("It is concluded; nothing more is attached."))
    if rights.holds((Role.REGISTRANT, *rules.BODY), obj.unit_id):
        return ALLOWED
    return refused(_("Only the unit and the inspecting body attach files."))


def _open_file(rights: Rights, attachment: Attachment) -> Verdict:
    owner = attachment.inspection or attachment.assessment
    assert owner is not None
    if rights.holds((*SEEING, Role.REGISTRANT), owner.unit_id):
        return ALLOWED
    return refused(_("This file concerns a unit your position does not reach."))


def _programme(rights: Rights, programme: Programme) -> Verdict:
    if rights.holds(SCHEME, programme.owner_id):
        return ALLOWED
    return refused(_("Only an officer or administrator of the area sets up the programme."))


def _launch(rights: Rights, obj: tuple[Programme, int]) -> Verdict:
    _programme_row, unit_id = obj
    if rights.holds((Role.RECEIVER, Role.REGISTRANT), unit_id):
        return ALLOWED
    return refused(_("Only the unit itself or an officer of the area records its launch."))


def _self_score(rights: Rights, assessment: Assessment) -> Verdict:
    if assessment.state not in (Assessment.State.DRAFT, Assessment.State.RETURNED):
        return refused(_("The self-score has been sent."))
    if rights.holds((Role.REGISTRANT, Role.RECEIVER), assessment.unit_id):
        return ALLOWED
    return refused(_("Only the unit itself (or an officer on its behalf) scores itself."))


def _evaluate(rights: Rights, assessment: Assessment) -> Verdict:
    if assessment.state != Assessment.State.SUBMITTED:
        return refused(_("Only a sent self-score is evaluated."))
    if not rights.holds((Role.EVALUATOR,), assessment.unit_id):
        return refused(_("Only an evaluator of the area evaluates."))
    if assessment.unit_id in rights.own_units:
        return refused(_("Nobody evaluates the unit they work at."))
    return ALLOWED


def _conclude_assessment(rights: Rights, assessment: Assessment) -> Verdict:
    if assessment.state != Assessment.State.SUBMITTED:
        return refused(_("Only a sent self-score is evaluated."))
    if not rights.holds(rules.OFFICE, assessment.unit_id):
        return refused(_("Only an officer or leader of the area concludes or returns it."))
    return ALLOWED


_RULES: dict[str, Callable[[Rights, Any], Verdict]] = {
    "plan": _plan, "schedule": _of_plan, "remind": _of_plan, "write_checklist": _checklist, "fill": _fill, "see": _see, "report": _report,
    "settle": _settle, "attach": _attach, "open_file": _open_file, "programme": _programme, "launch": _launch, "self_score": _self_score,
    "evaluate": _evaluate, "conclude_assessment": _conclude_assessment, **{verb: _step(verb) for verb in rules.TRANSITIONS},
}
