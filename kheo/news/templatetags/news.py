"""What the templates of the news ask for."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from kheo.core.templatetags.kheo.filters import date_vi, datetime_vi, number
from kheo.news.models import ArticlePage, Category
from kheo.news.queries import public as queries

register = template.Library()


@register.filter
def in_language(category: Category) -> str:
    """The name of a category in the reader's language."""
    return queries.category_name(category)


@register.filter
def category_href(category: Category) -> str:
    """The address of a category's list."""
    return reverse("news:category", args=[category.code])


@register.simple_tag(takes_context=True)
def article_facts(context: dict[str, Any], page: ArticlePage) -> dict[str, Any]:
    """What stands around an article: neighbours, related ones, attachments, its absolute address."""
    known: dict[str, Any] | None = vars(page).get("_kheo_facts")  # several blocks of the template ask
    if known is not None:
        return known
    request: HttpRequest | None = context.get("request")
    site = queries.site_of(request)
    path = queries.address_of(page, request)
    absolute = request.build_absolute_uri(path) if request is not None else path
    tags = list(page.tags.all())
    facts = {
        **queries.around(site, page, tags),
        "tags": tags,
        "corrections": sorted(page.corrections.all(), key=lambda correction: correction.at, reverse=True),
        "files": [_file(attachment.file, attachment.label) for attachment in page.attachments.select_related("file")],
        "address": absolute,
        "picture": _picture(page, request),
    }
    page.__dict__["_kheo_facts"] = facts
    return facts


def _file(file: Any, label: str) -> dict[str, Any]:
    return {"label": label or file.title, "href": file.url, "kind": file.file_extension, "size": file.get_file_size()}


def _picture(page: ArticlePage, request: HttpRequest | None) -> dict[str, Any] | None:
    if page.picture is None:
        return None
    sizes = page.picture.get_renditions("width-480", "width-960")  # one query; a telephone takes the small one
    shown = sizes["width-960"]
    found = {"src": shown.url, "width": shown.width, "height": shown.height, "alt": page.picture_alt, "caption": page.picture_caption}
    found["srcset"] = ", ".join(f"{size.url} {size.width}w" for size in sizes.values())
    return found | {"absolute": request.build_absolute_uri(shown.url) if request else shown.url}


@register.simple_tag
def picture_src(page: ArticlePage, size: str = "fill-480x300") -> str:
    """The address of an article's picture in a size; empty when it has none."""
    return str(page.picture.get_rendition(size).url) if page.picture else ""


@register.simple_tag(takes_context=True)
def article_href(context: dict[str, Any], page: ArticlePage) -> str:
    """The address of an article on its site."""
    return queries.address_of(page, context.get("request"))


@register.simple_tag(takes_context=True)
def linked_data(context: dict[str, Any], page: ArticlePage, facts: dict[str, Any]) -> SafeString:
    """schema.org NewsArticle for search engines."""
    name = str((context.get("site") or {}).get("name", "")) if isinstance(context.get("site"), dict) else str(getattr(context.get("site"), "name", ""))
    data: dict[str, Any] = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": page.title[:110], "description": page.lead,
        "inLanguage": "vi", "url": facts["address"], "mainEntityOfPage": facts["address"],
        "articleSection": page.category.name, "keywords": [tag.name for tag in facts["tags"]],
        "publisher": {"@type": "GovernmentOrganization", "name": name},
    }
    for key, at in (("datePublished", page.first_published_at), ("dateModified", page.last_published_at), ("expires", page.ends_at)):
        if at is not None:
            data[key] = timezone.localtime(at).isoformat(timespec="seconds")
    if page.byline:
        data["author"] = {"@type": "Person", "name": page.byline}
    if facts["picture"]:
        data["image"] = [facts["picture"]["absolute"]]
    if facts["corrections"]:
        data["correction"] = [correction.text for correction in facts["corrections"]]
    text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return mark_safe(text)  # noqa: S308  (every character that could end the script is escaped)


@register.filter
def number_as_is(value: Any) -> str:
    """A number of a table with the decimals it was written with; empty stays empty."""
    if value is None:
        return ""
    exponent = value.as_tuple().exponent if isinstance(value, Decimal) else 0
    return str(number(value, max(0, -exponent if isinstance(exponent, int) else 0)))


@register.filter
def figure_day(at: date | datetime) -> str:
    """The day, and the hour when it is known."""
    return str(datetime_vi(at)) if isinstance(at, datetime) else str(date_vi(at))
