from __future__ import annotations

from django.db import models
from wagtail.search import index


class Plain(index.Indexed, models.Model):  # type: ignore[misc]
    """A title and a body, searched as Wagtail's documentation says."""

    title = models.CharField(max_length=500)
    body = models.TextField()

    search_fields = [index.SearchField("title", boost=2), index.SearchField("body")]

    class Meta:
        app_label = "plain"

    def __str__(self) -> str:
        return self.title
