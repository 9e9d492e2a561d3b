"""Pages of a list, active filters, sort links, the switch of language, icons."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms, template
from django.conf import settings
from django.core.paginator import Page
from django.http import HttpRequest, QueryDict
from django.template import Context
from django.templatetags.static import static
from django.urls import translate_url
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any], param: str = "page") -> dict[str, Any]:
    """Links to the pages of a list; every other part of the address stays."""
    base = _query(context)
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    links = [
        {
            "number": number,
            "href": _with(base, param, number) if isinstance(number, int) else "",
            "current": number == page.number,
        }
        for number in numbers
    ]
    return {
        "page": page,
        "links": links if page.paginator.num_pages > 1 else [],
        "previous": _with(base, param, page.number - 1) if page.has_previous() else "",
        "next": _with(base, param, page.number + 1) if page.has_next() else "",
    }


@register.inclusion_tag("components/filter_panel.html", takes_context=True)
def filter_panel(
    context: Context, form: forms.BaseForm, total: int | None = None, action: str = ""
) -> dict[str, Any]:
    """A GET form with its active filters as chips that can be taken away one by one."""
    return {
        "form": form,
        "chips": active_filters(form, _query(context)),
        "total": total,
        "action": action,
        "reset": action or _path(context),
    }


def active_filters(form: forms.BaseForm, query: QueryDict) -> list[dict[str, str]]:
    """The filters in force: label, value in words, and the address without that filter."""
    chips: list[dict[str, str]] = []
    for bound in form:
        name = bound.html_name
        if bound.is_hidden:
            continue
        for value in [given for given in query.getlist(name) if given]:
            left = query.copy()
            left.setlist(name, [other for other in query.getlist(name) if other != value])
            left.pop("page", None)
            shown = "" if isinstance(bound.field, forms.BooleanField) else _in_words(bound.field, value)  # its label says it all
            href = f"?{left.urlencode()}" if left else "?"
            chips.append({"label": str(bound.label), "value": shown, "href": href})
    return chips


@register.inclusion_tag("components/sort_link.html", takes_context=True)
def sort_link(context: Context, label: str, field: str, param: str = "sort") -> dict[str, Any]:
    """A column heading that sorts: first rising, then falling."""
    query = _query(context)
    now = query.get(param, "")
    wanted = f"-{field}" if now == field else field
    query = query.copy()
    query.pop("page", None)
    state = {field: "ascending", f"-{field}": "descending"}.get(now, "")
    return {"label": label, "href": _with(query, param, wanted), "state": state}


@register.simple_tag(takes_context=True)
def language_links(context: Context) -> list[dict[str, Any]]:
    """This page in the other languages: code, name, href, whether it is the current one."""
    request: HttpRequest | None = context.get("request")
    path = request.get_full_path() if request else "/"
    names = {"vi": "Tiếng Việt", "en": "English"}
    return [
        {
            "code": code,
            "name": names.get(code, str(name)),
            "href": translate_url(path, code),
            "current": code == get_language(),
        }
        for code, name in settings.LANGUAGES
    ]


@register.simple_tag(takes_context=True)
def site_facts(context: Context) -> Any:
    """The site's names and contacts; empty on pages drawn without a request (error 500).

    Views of allauth put an object of their own under `site`, so `kheo_site` goes first.
    """
    return context.get("kheo_site") or context.get("site") or {}


@register.simple_tag(takes_context=True)
def foot_links(context: Context) -> Any:
    """The links at the foot: those meant for it, else the public navigation."""
    return context.get("footer_navigation") or context.get("public_navigation") or []


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A drawing of the icon sheet; decorative unless it gets a label."""
    address = f"{static('kheo/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="kheo-icon" role="img" aria-label="{}"><use href="{}"/></svg>',
            label,
            address,
        )
    return format_html(
        '<svg class="kheo-icon" aria-hidden="true" focusable="false"><use href="{}"/></svg>',
        address,
    )


def _query(context: Context) -> QueryDict:
    request: HttpRequest | None = context.get("request")
    return request.GET if request else QueryDict()


def _path(context: Context) -> str:
    request: HttpRequest | None = context.get("request")
    return request.path if request else ""


def _with(query: QueryDict, name: str, value: Any) -> str:
    changed = query.copy()
    changed[name] = str(value)
    return f"?{changed.urlencode()}"


def _in_words(field: forms.Field, value: str) -> str:
    choices: Iterable[Any] = getattr(field, "choices", None) or ()
    for key, words in choices:
        if isinstance(words, (list, tuple)):
            for inner, inner_words in words:
                if str(inner) == value:
                    return str(inner_words)
        elif str(key) == value:
            return str(words)
    return value
