"""What everybody reads below /tin-tuc/: lists by category, tag and month, and the sheet to print."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.views import serve

from kheo.news.models import ArticlePage, Category
from kheo.news.queries import public as queries

IN_A_PAGE = 12


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All news, newest first."""
    site = queries.site_of(request)
    page = queries.index_of(site)
    facts = {"heading": _("News"), "introduction": page.introduction if page else "", "feed": reverse("news:rss"), "atom": reverse("news:atom")}
    return _list(request, queries.public(site), facts)


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """One article. Drafts, restricted pages and other pages of the tree are left to Wagtail."""
    page = queries.public(queries.site_of(request)).filter(slug=slug).first()
    if page is None:
        answer: HttpResponse = serve(request, request.path_info.lstrip("/").removeprefix("en/"))
        return answer
    return render(request, "news/public/article.html", {"page": page})


@require_safe
def category(request: HttpRequest, code: str) -> HttpResponse:
    """The news of one category."""
    found = get_object_or_404(Category, code=code)
    articles = queries.public(queries.site_of(request)).filter(category=found)
    facts = {
        "heading": queries.category_name(found), "introduction": found.description, "here": code,
        "feed": reverse("news:category_rss", args=[code]), "atom": reverse("news:category_atom", args=[code]),
    }
    return _list(request, articles, facts)


@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    """The news with one tag."""
    found = queries.tag(slug)
    if found is None:
        raise Http404
    articles = queries.public(queries.site_of(request)).filter(tagged_items__tag=found).distinct()
    return _list(request, articles, {"heading": _("Tag: %(name)s") % {"name": found.name}})


@require_safe
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """The news of one month."""
    if not (1 <= month <= 12 and 1900 <= year <= 2200):
        raise Http404
    articles = queries.in_month(queries.public(queries.site_of(request)), year, month)
    heading = _("News of %(month)s") % {"month": f"{month:02d}/{year}"}
    return _list(request, articles, {"heading": heading, "archive": True})


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """The months that have news."""
    return render(request, "news/public/archive.html", {"months": queries.months(queries.site_of(request))})


@require_safe
def print_view(request: HttpRequest, slug: str) -> HttpResponse:
    """An article on paper: no menus, addresses written out."""
    page = get_object_or_404(queries.public(queries.site_of(request)), slug=slug)
    return render(request, "news/public/print.html", {"page": page})


def _list(request: HttpRequest, articles: QuerySet[ArticlePage], facts: dict[str, Any]) -> HttpResponse:
    site = queries.site_of(request)
    page = Paginator(articles.prefetch_related("picture__renditions"), IN_A_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "articles": list(page.object_list), "categories": queries.categories(site), "months": queries.months(site)[:12]}
    return render(request, "news/public/index.html", context | facts)
