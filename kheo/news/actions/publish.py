"""Publish the newest version of an article, or approve it when it is in the workflow."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from kheo.core.verdicts import require
from kheo.news import policy
from kheo.news.actions.keep_twin import TwinFound
from kheo.news.models import ArticlePage
from kheo.news.queries import twins


@transaction.atomic
def publish(page: ArticlePage, *, by: Any) -> ArticlePage:
    """Publish now, or at its hour when it has one. Refused while twins wait to be looked at."""
    require(policy.may(by, "publish", page))
    version = twins.latest(page)
    found = twins.open_twins(version)
    if found:
        raise TwinFound(version, found)
    state = page.current_workflow_task_state if page.workflow_in_progress else None
    if state is not None and by is not None:
        state.task.specific.on_action(state, by, "approve")
    else:
        page.get_latest_revision().publish(user=by)
    page.refresh_from_db()
    return page
