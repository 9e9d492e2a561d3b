"""Everything done on the editor's side leaves a row in the audit log too.

Wagtail writes a log of its own for each creation, edit, publication, move, return … ; each of those
lines becomes a row of ours in the same transaction, with the reason where one was given.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from wagtail.models import ModelLogEntry, PageLogEntry

from kheo.audit.actions import record

# What Wagtail calls it → our verb (the words stand in kheo.config.log_words).
VERBS = {
    "wagtail.create": "create", "wagtail.edit": "edit", "wagtail.delete": "delete", "wagtail.publish": "publish",
    "wagtail.publish.scheduled": "publish_due", "wagtail.publish.schedule": "schedule", "wagtail.schedule.cancel": "unschedule",
    "wagtail.unpublish": "unpublish", "wagtail.unpublish.scheduled": "unpublish", "wagtail.lock": "lock", "wagtail.unlock": "unlock",
    "wagtail.rename": "rename", "wagtail.revert": "revert", "wagtail.copy": "copy", "wagtail.move": "move", "wagtail.reorder": "reorder",
    "wagtail.view_restriction.create": "restrict", "wagtail.view_restriction.edit": "restrict", "wagtail.view_restriction.delete": "open",
    "wagtail.workflow.start": "submit", "wagtail.workflow.approve": "approve", "wagtail.workflow.reject": "return",
    "wagtail.workflow.resume": "submit", "wagtail.workflow.cancel": "withdraw",
}


_quiet: ContextVar[bool] = ContextVar("kheo_news_quiet", default=False)


@contextmanager
def quietly() -> Iterator[None]:
    """Leave out of the log what the installation makes of itself; people's acts never go through here."""
    token = _quiet.set(True)
    try:
        yield
    finally:
        _quiet.reset(token)


def after_page_log(sender: Any, instance: PageLogEntry, created: bool, **_more: Any) -> None:
    """Receiver of Wagtail's log of pages."""
    if created and instance.action in VERBS and not _quiet.get():
        _record(instance, instance.page_id)


def after_model_log(sender: Any, instance: ModelLogEntry, created: bool, **_more: Any) -> None:
    """Receiver of Wagtail's log of pictures, files, redirects and snippets."""
    if created and instance.action in VERBS and not _quiet.get():
        _record(instance, instance.object_id)


def _record(entry: PageLogEntry | ModelLogEntry, key: Any) -> None:
    model = entry.content_type.model_class() if entry.content_type else type(entry)
    obj = model(pk=key) if model is not None else entry
    data = entry.data if isinstance(entry.data, dict) else {}
    details: dict[str, Any] = {}
    if data.get("comment"):
        details["reason"] = data["comment"]
    title = data.get("title")
    if isinstance(title, dict):
        details |= {"before": title.get("old"), "after": title.get("new")}
    record.record(f"news.{VERBS[entry.action]}", obj, by=entry.user, label=entry.label, **details)
