"""A report's frozen content as files. Nothing here asks the database: the content is all there is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kheo.reports.queries.rendering import docx, page, pdf, xlsx

FORMATS = ("docx", "pdf", "xlsx", "html")
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "html": "text/html; charset=utf-8",
}


def render(content: Mapping[str, Any], form: str, layout: str, *, template: bytes) -> bytes:
    """The content as one of FORMATS, dressed as a `layout` paper; `template` is the Word file to pour into."""
    makers: dict[str, Callable[[], bytes]] = {
        "docx": lambda: docx.render(content, layout, template), "pdf": lambda: pdf.render(content, layout),
        "xlsx": lambda: xlsx.render(content, layout), "html": lambda: page.render(content, layout),
    }
    return makers[form]()
