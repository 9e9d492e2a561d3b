"""What the editor's side asks for while somebody writes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from kheo.news.queries import advice as queries
from kheo.news.rules import markup

_BODY = re.compile(r"body-\d+-value")
_NO_WORDS = re.compile(r"-(?:type|order|deleted|id|count|column_count|row_count|image|file|url|code|kind|key|number|issued_on)$")


@require_POST
def advice(request: HttpRequest) -> HttpResponse:
    """Advice on the text of the form as it stands in the browser, saved or not."""
    text = "\n".join(texts(request.POST.items()))
    return render(request, "news/editor/advice.html", {"remarks": queries.on_text(text), "empty": not text.strip()})


def texts(fields: Any) -> Iterator[str]:
    """The words an editor typed, in the order of the form: title, lead, the parts of the body."""
    found = dict(fields)
    yield from filter(None, (found.get("title", ""), found.get("lead", "")))
    for name, value in found.items():
        if _BODY.match(name) and not _NO_WORDS.search(name) and isinstance(value, str):
            yield from rich(value)


def rich(value: str) -> Iterator[str]:
    """The paragraphs of a rich text field as its script posts it; a plain field is one paragraph."""
    try:
        content = json.loads(value)
    except ValueError:
        content = None
    if isinstance(content, dict) and isinstance(content.get("blocks"), list):
        yield from (str(block.get("text", "")) for block in content["blocks"] if isinstance(block, dict) and block.get("text"))
    elif isinstance(content, (str, type(None))) and value.strip():
        yield value


def pasted_font(request: HttpRequest) -> str:
    """The old font that the posted text came in; empty when it is plain Unicode."""
    font = markup.font_of("\n".join(texts(request.POST.items())))
    return font if font in ("tcvn3", "vni", "mojibake") else ""
