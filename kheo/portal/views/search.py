"""/tim-kiem/: everything public, found by words with or without tones."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kheo.core.rules import question as rules
from kheo.core.rules import text
from kheo.core.rules.question import Short
from kheo.core.search import KINDS, asking
from kheo.portal.forms.search import SearchForm
from kheo.portal.queries import searching


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The results of `?q=`, with filters by kind, unit and day; without a question the empty page."""
    asked = text.squeeze(text.nfc(request.GET.get("q", "")))[:1000]
    form = SearchForm(request.GET or None, auto_id="search_%s").offer(searching.kinds(), searching.units())
    context: dict[str, Any] = {"form": form, "asked": asked[:200]}
    if asked:
        filters = form.filters(get_language() or "vi", searching.sites_of(request))
        found = searching.results(asked, filters, _number(request.GET.get("page", "1")))
        question = found.answer.question
        context |= {
            "meanings": [_link(_instead(asked, meaning), meaning.long) for meaning in question.meanings],
            "near": [_link(other) for other in found.near], "fewer": [_link(other) for other in found.fewer],
        }  # fmt: skip
        context |= {"found": found, "tabs": _tabs(request, found, filters), "filtered": filters != asking.Filters(language=filters.language, sites=filters.sites)}
    return render(request, "portal/search.html", context)


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """The titles that begin with what is being typed, as a piece of page for htmx."""
    asked = text.squeeze(text.nfc(request.GET.get("q", "")))[:200]
    entries = asking.beginning_with(asked, 7, asking.Filters(language=get_language() or "vi", sites=searching.sites_of(request)))
    marks = rules.read(asked).marks
    answer = render(request, "portal/parts/suggestions.html", {"hits": [searching.hit(entry, marks) for entry in entries], "asked": asked})
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _link(asked: str, label: str = "") -> dict[str, str]:
    return {"href": f"{reverse('portal:search')}?{urlencode({'q': asked})}", "label": label or asked}


def _instead(asked: str, meaning: Short) -> str:
    """The question with the short form written out."""
    return re.sub(rf"(?<!\w){re.escape(meaning.short)}(?!\w)", meaning.long, asked, flags=re.IGNORECASE)


def _number(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 6 else 1


def _tabs(request: HttpRequest, found: searching.Results, filters: asking.Filters) -> list[dict[str, Any]]:
    """One tab per kind that has hits, with their number."""

    def href(code: str) -> str:
        query = request.GET.copy()
        query.pop("page", None)
        query.pop("kind", None)
        if code:
            query["kind"] = code
        return f"{reverse('portal:search')}?{query.urlencode()}"

    counts = found.answer.by_kind
    return [{"code": "", "label": _("All"), "href": href(""), "current": not filters.kind}] + [
        {"code": code, "label": str(KINDS[code].label), "count": count, "href": href(code), "current": filters.kind == code}
        for code, count in counts.items()
    ]
