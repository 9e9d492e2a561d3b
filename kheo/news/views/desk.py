"""News at the desk: what is where, twins side by side, pages of the old portal."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from kheo.accounts.views.access import role_required
from kheo.core.access import written
from kheo.core.rules.numbers import format_number
from kheo.core.templatetags.kheo.filters import datetime_vi
from kheo.news import policy, words
from kheo.news.actions import import_page as importing
from kheo.news.actions import keep_twin, publish
from kheo.news.forms import ImportPageForm, KeepTwinForm
from kheo.news.models import ArticlePage
from kheo.news.queries import desk as queries
from kheo.news.queries import public
from kheo.news.queries import twins as twin_queries
from kheo.news.rules.compare import side_by_side

STATES = (
    ("", gettext_lazy("All")), ("draft", gettext_lazy("Drafts")), ("review", gettext_lazy("To approve")), ("returned", gettext_lazy("Sent back")),
    ("scheduled", gettext_lazy("Scheduled")), ("published", gettext_lazy("Published")), ("ended", gettext_lazy("No longer in force")),
)
SHOWN = 200


@role_required(*policy.EDITING)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The articles by state, with the way into the editor."""
    asked = request.GET.get("state", "")
    state = asked if asked in dict(STATES) else ""
    articles = queries.editable_by(request.user)
    tabs = [
        {"label": label, "href": f"?state={code}" if code else "?", "current": code == state, "count": queries.in_state(articles, code).count()}
        for code, label in STATES
    ]
    page = Paginator(queries.in_state(articles, state), 30).get_page(request.GET.get("page"))
    returned = queries.sent_back()
    rows = [{"page": article, "returned": article.pk in returned, "reason": queries.reason(article) if article.pk in returned else ""} for article in page.object_list]
    home = public.index_of(public.site_of(request))
    add = reverse("wagtailadmin_pages:add", args=["news", "articlepage", home.pk]) if home and home.permissions_for_user(request.user).can_add_subpage() else ""
    return render(request, "news/desk/index.html", {"tabs": tabs, "page_obj": page, "rows": rows, "add_href": add})


@role_required(*policy.PUBLISHING)
@require_http_methods(["GET", "POST"])
def twins(request: HttpRequest, pk: int) -> HttpResponse:
    """An article beside those that say the same, and the decision to publish it all the same."""
    article = get_object_or_404(queries.editable_by(request.user), pk=pk)
    version = twin_queries.latest(article)
    data = written(request)
    form = KeepTwinForm(data)
    if request.method == "POST" and form.is_valid():
        keep_twin.keep_twin(version, form.cleaned_data["reason"], by=request.user)
        publish.publish(article, by=request.user)
        messages.success(request, _("“%(title)s” was published beside the other text.") % {"title": version.title})
        return redirect("news_desk:index")
    found = [
        {"twin": twin, "share": round(twin.likeness * 100), "columns": side_by_side(version.words, twin_queries.latest(twin.article).words)}
        for twin in twin_queries.open_twins(version)
    ]
    return render(request, "news/desk/twins.html", {"article": version, "found": found, "form": form, "edit_href": reverse("wagtailadmin_pages:edit", args=[pk])})


@role_required(*policy.EDITING)
@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """Bring a saved page; earlier ones."""
    sites = queries.sites_of(request.user)
    form = ImportPageForm(request.POST or None, request.FILES or None, sites=sites)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        row = importing.import_page(
            upload.read(), upload.name, by=request.user, site=form.cleaned_data["site"], address=form.cleaned_data["address"], category=form.cleaned_data["category"],
        )
        return redirect("news_desk:import", pk=row.pk)
    return render(request, "news/desk/imports.html", {"form": form, "imports": queries.imports_of(request.user)[:50]})


@role_required(*policy.EDITING)
@require_safe
def show_import(request: HttpRequest, pk: int) -> HttpResponse:
    """What was understood of a page and what is doubtful."""
    row = get_object_or_404(queries.imports_of(request.user), pk=pk)
    report = row.report
    known = set(ArticlePage.objects.filter(pk__in=[found["page"] for found in report["articles"] if found["page"]]).values_list("pk", flat=True))
    context = {
        "row": row, "report": report, "slips": report["slips"][:SHOWN], "counters": _counters(report["counters"]),
        "articles": [{**found, "facts": _facts(found), "known": found["page"] in known} for found in report["articles"]],
        "about_page": [warning for warning in report["warnings"] if warning["field"] != "articles"],
    }
    return render(request, "news/desk/import.html", context)


def _facts(found: dict[str, Any]) -> list[tuple[Any, str]]:
    """By-line, source and day of an article as they stood on the page; what was not there is said."""
    nowhere = _("not found on the page")
    published = datetime_vi(datetime.fromisoformat(found["published"])) if found["published"] else nowhere
    facts = [(_("By-line"), found["author"] or nowhere), (_("Published on the old portal"), published), (_("Length"), _("%(words)s words") % {"words": format_number(found["words"])})]
    return facts + ([(_("Source"), found["source"])] if found.get("source") else [])


def _counters(found: dict[str, Any] | None) -> list[dict[str, Any]]:
    if found is None:
        return []
    values = {key: found.get(key) for key in ("today", "yesterday", "week", "month", "all")} | found["others"]
    return [{"label": words.KEYS[key], "value": value} for key, value in values.items() if value is not None]
