"""Take out of a stored picture what the camera wrote into it: place, device, previews."""

from __future__ import annotations

from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.core.files.images import ImageFile
from django.db import transaction
from wagtail.images.models import Image

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.files import photos
from kheo.core.verdicts import require
from kheo.news import policy


@transaction.atomic
def clean_picture(picture: Image, *, by: Any) -> None:
    """Write the original anew under a name of its own and drop the sizes made of it; pages make them again.

    The old file goes when the change is committed. Raises Refused, or InvalidInput for a file that cannot be read.
    """
    require(policy.may(by, "publish"))
    storage, old = picture.file.storage, picture.file.name
    try:
        with storage.open(old) as opened:
            data, kind = photos.cleaned(opened.read())
    except OSError as error:
        raise InvalidInput(code="photo_unreadable") from error
    size = (picture.width, picture.height)
    picture.file = ImageFile(BytesIO(data), f"{PurePath(old).stem}.{kind}")
    picture._set_image_file_metadata()
    if (picture.width, picture.height) != size:  # turned upright or made smaller: the old focus points elsewhere
        picture.focal_point_x = picture.focal_point_y = picture.focal_point_width = picture.focal_point_height = None
    picture.save()
    picture.renditions.all().delete()
    record.record("news.clean_picture", picture, by=by)
    transaction.on_commit(lambda: storage.delete(old))
