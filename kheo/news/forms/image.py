"""The form of a picture in the editor: what the camera wrote into the file never reaches the disk."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from wagtail.images.forms import BaseImageForm

from kheo.core.errors import InvalidInput
from kheo.core.files import photos
from kheo.core.messages import describe

_MIME = {"jpg": "image/jpeg", "png": "image/png", "gif": "image/gif"}


class ImageForm(BaseImageForm):
    """Wagtail's own form; a new file is written anew without place, device and previews."""

    def clean_file(self) -> Any:
        """The picture as it may be downloaded by anybody."""
        sent = self.cleaned_data["file"]
        if not isinstance(sent, UploadedFile):
            return sent
        sent.seek(0)
        try:
            data, kind = photos.cleaned(sent.read())
        except InvalidInput as error:
            raise forms.ValidationError(str(describe(error))) from error
        name = PurePath(str(sent.name))
        suffix = name.suffix if kind == "jpg" and name.suffix.lower() in (".jpg", ".jpeg") else f".{kind}"
        return SimpleUploadedFile(name.stem + suffix, data, _MIME[kind])
