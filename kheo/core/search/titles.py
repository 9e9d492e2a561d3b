"""How editors search among pages, pictures and files: by words of the titles, with or without marks.

Wagtail asks a backend of this kind wherever it has a search box. The public search has an index of
its own (indexing.py) and holds only what is public; editors look for drafts too, by a few words of
a title, so the titles are read and folded at the question: nothing has to be kept up to date.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from modelsearch.backends.database.fallback import (
    MATCH_NONE,
    DatabaseSearchBackend,
    DatabaseSearchQueryCompiler,
)
from modelsearch.query import Phrase, PlainText

from kheo.core.rules.text import fold


class TitleCompiler(DatabaseSearchQueryCompiler):
    """Compares folded words with the folded text of the searchable columns."""

    def build_database_filter(self, query: Any, boost: float = 1.0) -> Any:
        """Plain words and phrases by folding; what combines them as upstream does it."""
        if not isinstance(query, PlainText | Phrase):
            return super().build_database_filter(query, boost=boost)
        asked = fold(query.query_string)
        words = [asked] if isinstance(query, Phrase) else asked.split()
        if not asked or not self.fields_names:
            return MATCH_NONE
        enough = any if isinstance(query, PlainText) and query.operator == "or" else all
        rows = self.queryset.order_by().values_list("pk", *self.fields_names)
        return Q(pk__in=[pk for pk, *texts in rows if _holds(" ".join(str(text) for text in texts if text), words, enough)])


def _holds(text: str, words: list[str], enough: Any) -> bool:
    folded = fold(text)
    return bool(enough(word in folded for word in words))


class SearchBackend(DatabaseSearchBackend):
    """The backend of the editor's side."""

    query_compiler_class = TitleCompiler
    autocomplete_query_compiler_class = TitleCompiler
