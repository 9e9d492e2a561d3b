"""Parts made of words: heading, text, quotation, table."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.rich_text import RichText

from kheo.core.rules.text import clean_pasted, squeeze
from kheo.news.rules.markup import clean_markup, text_of

# What may be in running text. No colours, sizes or fonts: the page decides how it looks.
FEATURES = ["h3", "h4", "bold", "italic", "superscript", "subscript", "ol", "ul", "link", "document-link", "hr"]


class HeadingBlock(blocks.CharBlock):
    """A heading of second order."""

    def clean(self, value: str) -> str:
        """One tidy line."""
        return squeeze(clean_pasted(super().clean(value)))

    def words(self, value: str) -> str:
        """Its text."""
        return value

    class Meta:
        label = _("Heading")
        icon = "title"
        template = "news/blocks/heading.html"
        max_length = 200


class ParagraphBlock(blocks.RichTextBlock):
    """Running text. What comes out of Word arrives clean: see kheo.news.rules.markup."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"features": FEATURES, **options})

    def clean(self, value: RichText) -> RichText:
        """The text without the junk of word processors and old fonts."""
        return super().clean(RichText(clean_markup(value.source)))

    def words(self, value: RichText) -> str:
        """Its text without markup."""
        return text_of(value.source)

    class Meta:
        label = _("Text")
        icon = "pilcrow"
        template = "news/blocks/text.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words, with who said them."""

    text = blocks.TextBlock(label=pgettext_lazy("quotation", "Words"))
    by = blocks.CharBlock(label=_("Who said or wrote it"), required=False, max_length=200)

    def words(self, value: Any) -> str:
        """Its text."""
        return str(value.get("text") or "")

    class Meta:
        label = _("Quotation")
        icon = "openquote"
        template = "news/blocks/quote.html"


class TableBlock(blocks.StructBlock):
    """A table with a caption; figures in it are typed, so that they stand to the right."""

    table = TypedTableBlock(
        [("text", blocks.CharBlock(label=_("Text"), required=False)), ("number", blocks.DecimalBlock(label=_("Number"), required=False))],
        label=_("Table"),
    )
    source = blocks.CharBlock(label=_("Source of the figures"), required=False, max_length=200)

    def words(self, value: Any) -> str:
        """All text cells, a row in a line."""
        table = value.get("table")
        if not table:
            return ""
        return "\n".join(" ".join(str(cell.value) for cell in row if cell.value is not None) for row in table.rows)

    class Meta:
        label = _("Table")
        icon = "table"
        template = "news/blocks/table.html"
