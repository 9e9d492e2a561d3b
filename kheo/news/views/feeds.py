"""RSS and Atom, for all news and for each category."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kheo.news.models import Category
from kheo.news.queries import public as queries

IN_A_FEED = 30


@require_safe
def rss(request: HttpRequest, code: str = "") -> HttpResponse:
    """RSS 2.0."""
    return _answer(request, Rss201rev2Feed, code)


@require_safe
def atom(request: HttpRequest, code: str = "") -> HttpResponse:
    """Atom 1.0."""
    return _answer(request, Atom1Feed, code)


def _answer(request: HttpRequest, kind: type[SyndicationFeed], code: str) -> HttpResponse:
    category = get_object_or_404(Category, code=code) if code else None
    site = queries.site_of(request)
    articles = queries.public(site)
    articles = articles.filter(category=category) if category else articles
    name = (site.site_name if site else "") or request.get_host()
    heading = f"{queries.category_name(category) if category else _('News')} – {name}"
    home = reverse("news:category", args=[code]) if code else reverse("news:index")
    feed = kind(
        title=heading, link=request.build_absolute_uri(home), description=_("News of %(name)s") % {"name": name},
        language=get_language() or "vi", feed_url=request.build_absolute_uri(request.path),
    )
    for article in articles[:IN_A_FEED]:
        address = request.build_absolute_uri(article.get_url(request))
        feed.add_item(
            title=article.title, link=address, description=article.lead, unique_id=address, author_name=article.byline or None,
            pubdate=article.first_published_at, updateddate=article.last_published_at, categories=[queries.category_name(article.category)],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)  # type: ignore[attr-defined]  # both feeds have one
