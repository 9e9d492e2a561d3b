"""What the body of a page is built from. Section pages of the portal use the same parts."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from kheo.news.blocks.media import FileBlock, GalleryBlock, PictureBlock, VideoLinkBlock
from kheo.news.blocks.records import DocumentBlock, FigureBlock, RecordCardBlock
from kheo.news.blocks.words import HeadingBlock, ParagraphBlock, QuoteBlock, TableBlock


class BodyBlock(blocks.StreamBlock):
    """The parts an article or a section page may have, in any order."""

    heading = HeadingBlock()
    text = ParagraphBlock()
    quote = QuoteBlock()
    picture = PictureBlock()
    gallery = GalleryBlock()
    table = TableBlock()
    file = FileBlock()
    video = VideoLinkBlock()
    figure = FigureBlock()
    card = RecordCardBlock()
    citation = DocumentBlock()

    class Meta:
        label = _("Body")
        required = False


def plain_text(value: Any) -> str:
    """All words of a body as plain text, one part in a line: for search, lint and comparing."""
    return "\n".join(part for part in (block.block.words(block.value) for block in value) if part.strip())
