"""The articles among the site's public tables (kheo.core.datasets): what was published, where, when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from kheo.core.datasets import Column, Dataset, Latest, Value, register
from kheo.news.models import ArticlePage
from kheo.news.queries.public_search import articles


def records() -> QuerySet[ArticlePage]:
    """Published articles of all sites, the oldest first, so that new ones come at the end."""
    return articles().order_by("first_published_at", "pk")


def values(part: Iterable[ArticlePage]) -> Iterable[Sequence[Value]]:
    """Rows in the order of the columns."""
    roots = [(site.root_page.path, site) for site in Site.objects.select_related("root_page").order_by("-root_page__path")]
    for page in part:
        site = next((site for path, site in roots if page.path.startswith(path)), None)
        address = reverse("news:article", args=[page.slug])
        yield [
            page.pk, page.title, page.lead, page.category.name, page.byline, page.source, page.first_published_at, page.last_published_at, page.ends_at,
            site.site_name or site.hostname if site else "", (site.root_url + address) if site else address, page.original_url,
        ]


register(Dataset(
    code="tin-tuc", title=_("Published articles"), keywords=("tin tức", "thông báo"),
    description=_("Title, lead, category and moment of every published article. The text itself stands on its page."),
    columns=(
        Column("id", _("Number"), "integer", _("Of the article in this installation")), Column("title", _("Title")), Column("lead", _("Lead"), "text", _("One or two sentences")),
        Column("category", _("Category"), "text", _("In Vietnamese")), Column("byline", _("By-line"), "text", _("As printed")),
        Column("source", _("Source"), "text", _("When taken from elsewhere")), Column("published_at", _("Published at"), "datetime"),
        Column("changed_at", _("Changed at"), "datetime", _("When it was last published anew")),
        Column("ends_at", _("No longer in force from"), "datetime", _("Empty: in force")), Column("site", _("Site"), "text", _("On which it stands")),
        Column("address", _("Address"), "text", _("Of its page")), Column("original_address", _("Address on the old portal"), "text", _("When it was taken over from one")),
    ),
    records=records, values=values, updated=Latest(articles, "last_published_at"), address=lambda: reverse("news:index"),
))  # fmt: skip
