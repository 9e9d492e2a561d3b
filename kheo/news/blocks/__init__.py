"""What the body of a page is built from. Section pages of the portal use the same parts."""

from __future__ import annotations

from threading import RLock
from typing import Any

from django.core.exceptions import BadRequest
from django.utils.translation import gettext_lazy as _
from draftjs_exporter.error import ExporterException
from wagtail import blocks

from kheo.news.blocks.media import FileBlock, GalleryBlock, PictureBlock, VideoLinkBlock
from kheo.news.blocks.records import DocumentBlock, FigureBlock, RecordCardBlock
from kheo.news.blocks.words import HeadingBlock, ParagraphBlock, QuoteBlock, TableBlock

CUT_OFF = _("The form did not arrive whole: the connection may have broken. Nothing was changed. Go back in the browser: your words are still in the form. Then save again.")
# What Wagtail's blocks raise over missing or spoilt fields.
_UNREADABLE = (KeyError, ValueError, TypeError, AttributeError, IndexError, ExporterException)

_one_at_a_time = RLock()


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

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> Any:
        """The body as it was sent. A form that was cut off or forged raises BadRequest: half a body is never taken."""
        try:
            self._check_whole(data, files, prefix)
            return super().value_from_datadict(data, files, prefix)
        except _UNREADABLE as error:
            raise BadRequest(CUT_OFF) from error

    def clean(self, value: Any) -> Any:
        """As Wagtail does, one thread at a time: see `clean_deferred`."""
        with _one_at_a_time:
            return super().clean(value)

    def clean_deferred(self, value: Any) -> Any:
        """The check of a draft. Wagtail notes on the block itself, which all threads share, that required parts may
        be empty: without the lock a publication at the same moment would be checked as a draft."""
        with _one_at_a_time:
            return super().clean_deferred(value)

    def _check_whole(self, data: Any, files: Any, prefix: str) -> None:
        """Raise KeyError when a part has no known kind or no content: Wagtail would leave it out without a word."""
        parts = [f"{prefix}-{n}" for n in range(int(data[f"{prefix}-count"]))]
        if f"{prefix}-{len(parts)}-type" in data:
            raise KeyError(f"{prefix}-count")
        for part in parts:
            kind = self.child_blocks[data[f"{part}-type"]]
            if not data[f"{part}-deleted"] and kind.value_omitted_from_data(data, files, f"{part}-value"):
                raise KeyError(f"{part}-value")

    class Meta:
        label = _("Body")
        required = False


def plain_text(value: Any) -> str:
    """All words of a body as plain text, one part in a line: for search, lint and comparing."""
    return "\n".join(part for part in (block.block.words(block.value) for block in value) if part.strip())
