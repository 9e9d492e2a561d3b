"""Where the editor's side meets our rules: twins before publishing, nothing published is deleted, clean pastes."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.permissions import page_permission_policy

from kheo.news.models import ArticlePage
from kheo.news.queries import desk, twins
from kheo.news.views import editor


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]  # Wagtail has no types
def addresses() -> list[Any]:
    """The address that gives advice on a text."""
    return [path("tin-tuc/gop-y/", editor.advice, name="news_advice")]


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def desk_entry() -> MenuItem:
    """The way back to the news at the desk."""
    return MenuItem(gettext_lazy("News at the desk"), reverse("news_desk:index"), icon_name="list-ul", order=150)


@hooks.register("before_publish_page")  # type: ignore[untyped-decorator]
def ask_about_twins(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Publishing a text that says the same as another asks first; the version is saved already."""
    if not isinstance(page, ArticlePage) or not twins.open_twins(page):
        return None
    return _to_twins(request, page)


@hooks.register("after_edit_page")  # type: ignore[untyped-decorator]
def after_approval(request: HttpRequest, page: Any) -> HttpResponse | None:
    """An approval that was held back because of a twin leads to the comparison."""
    if not isinstance(page, ArticlePage):
        return None
    _tell_font(request)
    approved = request.POST.get("action-workflow-action") and request.POST.get("workflow-action-name") == "approve"
    if approved and page.workflow_in_progress and twins.open_twins(twins.latest(page)):
        return _to_twins(request, page)
    return None


@hooks.register("before_edit_page")  # type: ignore[untyped-decorator]
def tell_why_sent_back(request: HttpRequest, page: Any) -> None:
    """Who opens an article that was sent back reads the reason first."""
    if request.method == "GET" and isinstance(page, ArticlePage) and not page.workflow_in_progress and page.pk in desk.sent_back():
        messages.warning(request, _("Sent back: %(reason)s") % {"reason": desk.reason(page)})


@hooks.register("construct_reports_menu")  # type: ignore[untyped-decorator]
def reports_for_editors(request: HttpRequest, items: list[Any]) -> None:
    """The report on types of pages is for those who program them."""
    items[:] = [item for item in items if item.name != "page-types-usage"]


@hooks.register("construct_page_chooser_queryset")  # type: ignore[untyped-decorator]
def pages_to_link_to(pages: Any, request: HttpRequest) -> Any:
    """What is published may be linked to from everywhere; drafts only by those who may change them."""
    own = page_permission_policy.instances_user_has_permission_for(request.user, "change")
    return pages.filter(Q(live=True) | Q(pk__in=own.order_by().values("pk")))


@hooks.register("after_create_page")  # type: ignore[untyped-decorator]
def after_first_save(request: HttpRequest, page: Any) -> None:
    """A first save tells about old fonts too."""
    if isinstance(page, ArticlePage):
        _tell_font(request)


@hooks.register("before_delete_page")  # type: ignore[untyped-decorator]
def keep_published(request: HttpRequest, page: Any) -> HttpResponse | None:
    """What was published once stays: it is marked as no longer in force, or taken offline."""
    if isinstance(page, ArticlePage) and page.last_published_at:
        _refuse_deletion(request)
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


@hooks.register("before_bulk_action")  # type: ignore[untyped-decorator]
def keep_published_ones(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> HttpResponse | None:
    """The same for many at once; and many that are to be published are held up by a twin, with nothing published yet."""
    if action_type == "publish":
        versions = (twins.latest(page.specific) for page in objects if isinstance(page.specific, ArticlePage))
        return next((_to_twins(request, version) for version in versions if twins.open_twins(version)), None)
    published = [page for page in objects if getattr(page, "last_published_at", None) and isinstance(getattr(page, "specific", page), ArticlePage)]
    if action_type == "delete" and published:
        _refuse_deletion(request)
        return redirect("wagtailadmin_explore", published[0].get_parent().pk)
    return None


@hooks.register("before_move_page")  # type: ignore[untyped-decorator]
def move_own(request: HttpRequest, page: Any, destination: Any) -> None:
    """Wagtail shows the question “move this page?” with its title before it asks for the right to move it."""
    if not page.permissions_for_user(request.user).can_move_to(destination):
        raise PermissionDenied


def _refuse_deletion(request: HttpRequest) -> None:
    words = _("A published article is not deleted. Set “no longer in force from” in its settings, or unpublish it.")
    messages.error(request, words)


def _to_twins(request: HttpRequest, page: ArticlePage) -> HttpResponse:
    messages.warning(request, _("Another article says the same. Compare both, then decide. Your text is saved."))
    return redirect("news_desk:twins", pk=page.pk)


def _tell_font(request: HttpRequest) -> None:
    if "application/json" in request.headers.get("Accept", ""):
        return  # saved by itself while somebody types
    font = editor.pasted_font(request)
    if font:
        name = {"tcvn3": "TCVN3 (.VnTime)", "vni": "VNI"}.get(font, "UTF-8")
        messages.warning(request, _("The pasted text was in the old font %(font)s and was turned into Unicode. Read it through once, capital letters above all.") % {"font": name})
