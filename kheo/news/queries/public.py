"""What everybody may read: the published articles of one site, newest first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet
from django.db.models.functions import Length, Substr, TruncMonth
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from taggit.models import Tag
from wagtail.models import PageViewRestriction, Site

from kheo.news.models import ArticlePage, Category, NewsIndexPage


def site_of(request: HttpRequest | None) -> Site | None:
    """The site the request came to; the default site when it names none."""
    found: Site | None = Site.find_for_request(request) if request is not None else None
    return found or Site.objects.filter(is_default_site=True).select_related("root_page").first()


def address_of(page: ArticlePage, request: HttpRequest | None) -> str:
    """Its address: a path on the site of the request, else with the host of its own site."""
    site = site_of(request) if request is not None else None
    root = site.root_page.url_path if site else ""
    if root and page.url_path.startswith(root):  # as Wagtail does it, without asking for all sites
        return reverse("wagtail_serve", args=[page.url_path[len(root) :]])
    found: str | None = page.get_url(request)
    return found or ""


def index_of(site: Site | None) -> NewsIndexPage | None:
    """The page that holds the articles of a site."""
    if site is None:
        return None
    found: NewsIndexPage | None = NewsIndexPage.objects.descendant_of(site.root_page).first()
    return found


def public(site: Site | None) -> QuerySet[ArticlePage]:
    """Published articles of the site that are open to everybody, newest first."""
    found: QuerySet[ArticlePage] = ArticlePage.objects.none()
    if site is not None:
        found = ArticlePage.objects.live().filter(~Exists(_restrictions())).descendant_of(site.root_page)
    return found.select_related("category", "picture").order_by("-first_published_at", "-pk")


def _restrictions() -> QuerySet[PageViewRestriction]:
    """Restrictions of the page or of one above it. Wagtail's `public()` asks for them in a query of its own."""
    above = Substr(OuterRef("path"), 1, Length("page__path"))
    found: QuerySet[PageViewRestriction] = PageViewRestriction.objects.annotate(above=above).filter(page__path=F("above"))
    return found


def newest(site: Site | None, limit: int = 6, *, category: str = "") -> list[ArticlePage]:
    """The newest articles in force, for a home page or a section; each knows its address without a query."""
    found = public(site).exclude(ends_at__lte=timezone.now())
    if category:
        found = found.filter(category__code=category)
    return list(found.prefetch_related("picture__renditions")[:limit])


def categories(site: Site | None) -> list[tuple[Category, int]]:
    """Categories with at least one published article, and how many they hold."""
    counted = public(site).order_by().values_list("category").annotate(n=Count("pk")).values_list("category", "n")
    counts = dict(counted)
    return [(category, counts[category.pk]) for category in Category.objects.all() if category.pk in counts]


def category_name(category: Category) -> str:
    """Its name in the reader's language."""
    return category.name_en if get_language() == "en" and category.name_en else category.name


def months(site: Site | None) -> list[tuple[datetime, int]]:
    """Months with articles, newest first, and how many each has."""
    found = public(site).order_by().annotate(month=TruncMonth("first_published_at")).values_list("month").annotate(n=Count("pk"))
    return [(month, n) for month, n in found.order_by("-month") if month is not None]


def in_month(found: QuerySet[ArticlePage], year: int, month: int) -> QuerySet[ArticlePage]:
    """Those published in the month, by the clock of Vietnam."""
    start = datetime(year, month, 1, tzinfo=timezone.get_current_timezone())
    following = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=timezone.get_current_timezone())
    return found.filter(first_published_at__gte=start, first_published_at__lt=following)


def tag(slug: str) -> Tag | None:
    """The tag of that address."""
    found: Tag | None = Tag.objects.filter(slug=slug).first()
    return found


def around(site: Site | None, page: ArticlePage, tags: Iterable[Tag], limit: int = 4) -> dict[str, Any]:
    """The article before and the one after in time, and what to read next.

    Related are first those the editor chose, then articles that share tags, then the category's newest.
    """
    everyone = public(site).exclude(pk=page.pk)
    at = page.first_published_at
    found: dict[str, Any] = {"earlier": None, "later": None}
    if at is not None:
        found["earlier"] = everyone.filter(first_published_at__lte=at).first()
        found["later"] = everyone.filter(first_published_at__gt=at).order_by("first_published_at", "pk").first()
    return found | {"related": _related(everyone, page, [tag.pk for tag in tags], limit)}


def _related(everyone: QuerySet[ArticlePage], page: ArticlePage, tags: list[int], limit: int) -> list[ArticlePage]:
    chosen = [link.article_id for link in page.related_links.all()]
    found = list(everyone.filter(pk__in=chosen)) if chosen else []
    sharing = everyone.filter(tagged_items__tag__in=tags).distinct() if tags else None
    for more in (sharing, everyone.filter(category=page.category_id)):
        if more is not None and len(found) < limit:
            found += list(more.exclude(pk__in=[article.pk for article in found])[: limit - len(found)])
    return found[:limit]
