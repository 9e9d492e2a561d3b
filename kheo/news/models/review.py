"""The step of the chief editor in the workflow of an article."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.forms import TaskStateCommentForm
from wagtail.models import AbstractGroupApprovalTask

Stop = Callable[[Any], str]
_stops: list[Stop] = []


def stop_approval(stop: Stop) -> None:
    """Let `stop(page)` hold an approval back: it answers with the address to go to first, or ""."""
    if stop not in _stops:
        _stops.append(stop)


def stopped(page: Any) -> str:
    """Where the approver must go first; empty when nothing holds the approval back."""
    return next(filter(None, (stop(page) for stop in _stops)), "")


class ReturnForm(TaskStateCommentForm):
    """Sending an article back: the author must learn why."""

    comment = forms.CharField(
        label=_("Reason"), required=True, widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Say what is to be changed: the author reads it.")},
    )


class ReviewTask(AbstractGroupApprovalTask):
    """Approval by the chief editors. Sending back needs a reason; a twin must be looked at first."""

    class Meta:
        verbose_name = _("review by the chief editor")
        verbose_name_plural = _("reviews by the chief editor")

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """The usual actions, in the words of an editorial office."""
        if not self._may_publish(obj, user):
            return []
        words = {("reject", True): _("Send back with a reason"), ("approve", False): _("Approve"), ("approve", True): _("Approve with a remark")}
        return [(name, words.get((name, modal), label), modal) for name, label, modal in super().get_actions(obj, user)]

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        """Chief editors of the page's own site; those of another ward are in the same group, but not here."""
        return bool(self._may_publish(obj, user) and super().user_can_access_editor(obj, user))

    def _may_publish(self, obj: Any, user: Any) -> bool:
        return bool(obj.permissions_for_user(user).can_publish())

    def get_form_for_action(self, action: str) -> Any:
        """Sending back asks for the reason."""
        return ReturnForm if action == "reject" else super().get_form_for_action(action)

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> Any:
        """Approve, unless something must be looked at first: then the address where."""
        if action_name == "approve":
            first = stopped(task_state.revision.as_object())
            if first:
                return first
        return super().on_action(task_state, user, action_name, **kwargs)

    @classmethod
    def get_description(cls) -> Any:
        """What the step is, for the list of tasks."""
        return _("A chief editor approves the text or sends it back with a reason")
