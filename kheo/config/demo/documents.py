"""The documents the story cites, shown to everybody as a ward would show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kheo.documents.actions import publish
from kheo.documents.models import Document

if TYPE_CHECKING:
    from kheo.config.demo.story import Story


def tell(_story: Story) -> None:
    """Publish every document of the register; none of them has a file."""
    for document in Document.objects.filter(public_from=None).order_by("pk"):
        publish.publish(document, by=None)
