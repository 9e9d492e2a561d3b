"""What editors and chief editors have before them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Revision, Site, TaskState, WorkflowState
from wagtail.permissions import page_permission_policy

from kheo.accounts import queries as accounts
from kheo.accounts.models import Role
from kheo.core.waiting import Task, Waiting
from kheo.news import policy
from kheo.news.models import ArticlePage, NewsIndexPage, PageImport

SHOWN = 5


def editable_by(user: Any) -> QuerySet[ArticlePage]:
    """Articles the person may change, drafts included, the newest change first."""
    if not policy.may(user, "write"):
        nothing: QuerySet[ArticlePage] = ArticlePage.objects.none()
        return nothing
    allowed: Any = page_permission_policy.instances_user_has_permission_for(user, "change")
    found: QuerySet[ArticlePage] = ArticlePage.objects.filter(pk__in=allowed.order_by().values("pk"))
    ordered: QuerySet[ArticlePage] = found.select_related("category").order_by("-latest_revision_created_at", "-pk")
    return ordered


def imports_of(user: Any) -> QuerySet[PageImport]:
    """Imports into sites whose news the person may change."""
    if not policy.may(user, "import"):
        return PageImport.objects.none()
    return PageImport.objects.filter(site__in=sites_of(user))


def sites_of(user: Any) -> list[Site]:
    """Sites below which the person may add articles."""
    indexes = [page for page in NewsIndexPage.objects.all() if page.permissions_for_user(user).can_add_subpage()]
    return [site for site in Site.objects.select_related("root_page") if any(page.path.startswith(site.root_page.path) for page in indexes)]


def in_state(articles: QuerySet[ArticlePage], state: str) -> QuerySet[ArticlePage]:
    """Only those handed in ("review"), sent back ("returned"), scheduled, drafts, published or ended."""
    if state == "review":
        return articles.filter(pk__in=_workflow(WorkflowState.STATUS_IN_PROGRESS))
    if state == "returned":
        return articles.filter(pk__in=_workflow(WorkflowState.STATUS_NEEDS_CHANGES))
    waiting = [*_workflow(WorkflowState.STATUS_IN_PROGRESS), *_workflow(WorkflowState.STATUS_NEEDS_CHANGES)] if state == "draft" else []
    found = {
        "scheduled": Q(pk__in=_scheduled()), "draft": Q(live=False) & ~Q(pk__in=[*_scheduled(), *waiting]), "published": Q(live=True),
        "ended": Q(ends_at__lte=timezone.now()),
    }.get(state)
    return articles.filter(found) if found is not None else articles


def sent_back() -> frozenset[int]:
    """The articles that a chief editor sent back and that nobody has handed in since."""
    return frozenset(_workflow(WorkflowState.STATUS_NEEDS_CHANGES))


def _type() -> ContentType:
    return ContentType.objects.get_for_model(ArticlePage)


def _workflow(status: str) -> list[int]:
    """Articles whose newest way through the workflow has this status."""
    newest = WorkflowState.objects.filter(content_type=_type()).values("object_id").annotate(newest=Max("pk")).values("newest")
    found = WorkflowState.objects.filter(pk__in=newest, status=status).values_list("object_id", flat=True)
    return [int(pk) for pk in found]


def _scheduled() -> list[int]:
    found = Revision.objects.filter(content_type=_type(), approved_go_live_at__isnull=False).values_list("object_id", flat=True)
    return [int(pk) for pk in found]


def waiting(user: Any, day: date) -> Iterable[Waiting]:
    """Articles to approve, articles sent back, and scheduled ones that were held back."""
    rights = accounts.rights(user)
    if rights.has(Role.LEADER, Role.ADMIN):
        found = list(in_state(editable_by(user), "review"))
        yield _kind("news.review", _("Articles to approve"), found, "review")
        held = Revision.objects.filter(content_type=_type(), approved_go_live_at__lt=timezone.now() - timedelta(minutes=10))
        late = list(editable_by(user).filter(pk__in=[int(pk) for pk in held.values_list("object_id", flat=True)]))
        yield _kind("news.held", _("Scheduled articles that were held back: another says the same"), late, "scheduled", twins=True)
    if rights.has(Role.EDITOR):
        yield _kind("news.returned", _("Articles sent back to the editors"), list(in_state(editable_by(user), "returned")), "returned")


def _kind(code: str, title: str, found: list[ArticlePage], state: str, *, twins: bool = False) -> Waiting:
    tasks = [
        Task(page.draft_title or page.title, reverse("news_desk:twins" if twins else "wagtailadmin_pages:edit", args=[page.pk]), note=reason(page), since=page.latest_revision_created_at)
        for page in found[:SHOWN]
    ]
    return Waiting(code, title, len(found), len(found) if twins else 0, None, reverse("news_desk:index") + f"?state={state}", tasks)


def reason(page: ArticlePage) -> str:
    """Why it was sent back, when it was."""
    state = TaskState.objects.filter(
        workflow_state__content_type=_type(), workflow_state__object_id=str(page.pk), workflow_state__status=WorkflowState.STATUS_NEEDS_CHANGES,
        status=TaskState.STATUS_REJECTED,
    ).order_by("-pk").first()
    return state.comment if state else ""
