"""Pictures of pages whose files say more than they show."""

from __future__ import annotations

from collections.abc import Iterator

from wagtail.images.models import Image

from kheo.core.files import photos


def telling() -> Iterator[Image]:
    """Those with EXIF (often the place it was taken), XMP or comments in the original or in a size made of it."""
    for picture in Image.objects.order_by("pk").prefetch_related("renditions"):
        if any(map(_tells, [picture, *picture.renditions.all()])):
            yield picture


def _tells(stored: object) -> bool:
    try:
        with stored.file.storage.open(stored.file.name) as opened:  # type: ignore[attr-defined]
            return photos.tells(opened)
    except OSError:
        return False  # a file that is gone tells nothing
