"""Advice on a text: what the linter remarks, in words."""

from __future__ import annotations

from typing import Any

from kheo.core.rules.dates import format_date
from kheo.documents import queries as documents
from kheo.news import words
from kheo.news.rules import lint


def expired() -> list[lint.Expired]:
    """Documents of the register that no longer hold, for the check of citations."""
    found = documents.expired_on().select_related("replaced_by")
    return [
        lint.Expired(row.number, format_date(row.effective_to), row.replaced_by.number if row.replaced_by else "")
        for row in found if row.effective_to is not None
    ]


def on_text(text: str) -> list[dict[str, Any]]:
    """Every remark on a text with its sentence, in reading order."""
    return [as_row(remark) for remark in lint.lint(text, expired())]


def as_row(remark: lint.Remark) -> dict[str, Any]:
    """One remark for a page, a report or JSON."""
    return {
        "code": remark.code, "paragraph": remark.paragraph, "found": remark.found, "better": remark.better,
        "excerpt": remark.excerpt, "message": words.advice(remark),
    }
