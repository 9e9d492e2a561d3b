"""Words and colours of verbs and states, shared by pages and template tags."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from kheo.practices import rules

# What the button of each verb says, in the order in which buttons stand.
BUTTONS: dict[str, Any] = {
    "edit": gettext_lazy("Complete and send"),
    "approve": gettext_lazy("Approve for the list"),
    "return": gettext_lazy("Return for completion"),
    "start": gettext_lazy("Start"),
    "report_progress": gettext_lazy("Report progress"),
    "add_evidence": gettext_lazy("Add evidence"),
    "self_score": gettext_lazy("Score yourself"),
    "propose": gettext_lazy("Propose for recognition"),
    "open_evaluation": gettext_lazy("Open the evaluation"),
    "send_back": gettext_lazy("Send the proposal back"),
    "evaluate": gettext_lazy("Evaluate"),
    "refuse": gettext_lazy("Do not recognize"),
    "defer": gettext_lazy("Move to next year"),
    "name_exemplary": gettext_lazy("Name exemplary"),
    "guide": gettext_lazy("Write guidance"),
    "answer": gettext_lazy("Answer"),
    "edit_summary": gettext_lazy("Write the public summary"),
    "replicate": gettext_lazy("Replicate in another unit"),
    "carry_over": gettext_lazy("Carry into the next cycle"),
    "stop": gettext_lazy("End the practice"),
    "withdraw": gettext_lazy("Take it back"),
    "revoke": gettext_lazy("Revoke the recognition"),
}
TONES = {
    rules.State.SUBMITTED: "waiting", rules.State.RETURNED: "waiting", rules.State.LISTED: "info", rules.State.RUNNING: "info",
    rules.State.PROPOSED: "waiting", rules.State.EVALUATING: "waiting", rules.State.RECOGNIZED: "success", rules.State.EXEMPLARY: "gold",
    rules.State.NOT_RECOGNIZED: "danger", rules.State.REVOKED: "danger",
}
