"""How the site's search finds articles."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.core import search
from kheo.news.models import ArticlePage


def articles() -> QuerySet[ArticlePage]:
    """Published articles that are open to everybody, of all sites."""
    found: QuerySet[ArticlePage] = ArticlePage.objects.live().public().select_related("category")
    return found


def document(article: ArticlePage) -> search.Document:
    """The words of the public page, on the site it belongs to."""
    site = article.get_site()
    at = article.first_published_at
    return search.Document(
        title=article.title, address=reverse("news:article", args=[article.slug]), body=article.words, also=(article.category.name, article.byline),
        date=timezone.localtime(at).date() if at else None, site=str(site.pk) if site else "",
    )


search.register(search.Kind("article", _("Articles"), ArticlePage, articles, document))
