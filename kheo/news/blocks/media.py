"""Parts that show a file: picture, gallery, download, video by link."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock


class PictureBlock(blocks.StructBlock):
    """A picture that says what it shows, to those who see it and to those who do not."""

    image = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        label=_("What is to be seen"), max_length=250,
        help_text=_("For people who cannot see it: one sentence on what the picture shows."),
    )
    caption = blocks.CharBlock(label=_("Caption"), max_length=300, help_text=_("What, where, when. No names of private persons or children without consent."))
    credit = blocks.CharBlock(label=_("Photographer or source"), required=False, max_length=120)

    def words(self, value: Any) -> str:
        """Its caption."""
        return str(value.get("caption") or "")

    class Meta:
        label = _("Picture")
        icon = "image"
        template = "news/blocks/picture.html"


class GalleryBlock(blocks.StructBlock):
    """Several pictures, side by side; no slider that moves by itself."""

    pictures = blocks.ListBlock(PictureBlock(), min_num=2, max_num=24, label=_("Pictures"))

    def words(self, value: Any) -> str:
        """All captions."""
        return "\n".join(str(picture.get("caption") or "") for picture in value.get("pictures") or [])

    class Meta:
        label = _("Gallery")
        icon = "image"
        template = "news/blocks/gallery.html"


class FileBlock(blocks.StructBlock):
    """A file to download, in the place of the text where it belongs."""

    file = DocumentChooserBlock(label=_("File"))
    label = blocks.CharBlock(label=_("Name shown"), required=False, max_length=200)

    def words(self, value: Any) -> str:
        """Its shown name."""
        return str(value.get("label") or "")

    class Meta:
        label = _("File")
        icon = "doc-full"
        template = "news/blocks/file.html"


class VideoLinkBlock(blocks.StructBlock):
    """A video elsewhere, as a link. Nothing of the other site is loaded, so it learns of no reader."""

    url = blocks.URLBlock(label=_("Address of the video"))
    title = blocks.CharBlock(label=_("Title"), max_length=200)
    description = blocks.CharBlock(label=_("What it shows"), required=False, max_length=300)

    def words(self, value: Any) -> str:
        """Title and description."""
        return "\n".join(filter(None, (str(value.get("title") or ""), str(value.get("description") or ""))))

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """The host, so that the reader knows where the link leads."""
        return {**super().get_context(value, parent_context), "host": urlsplit(value.get("url") or "").hostname or ""}

    class Meta:
        label = _("Video by link")
        icon = "media"
        template = "news/blocks/video.html"
