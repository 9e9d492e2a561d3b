"""The form of a file in the editor: what is attached to a page may be downloaded by anybody."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm

from kheo.core.files import kinds, scan


class AttachmentForm(BaseDocumentForm):
    """Wagtail's own form; a new file whose text holds identity numbers is refused before it is stored."""

    def clean_file(self) -> Any:
        """The file as sent. Archives and .odt are not looked into; a scanned page holds no text to look at."""
        sent = self.cleaned_data["file"]
        if not isinstance(sent, UploadedFile) or PurePath(str(sent.name)).suffix.lower().lstrip(".") not in kinds.DOCUMENTS:
            return sent
        sent.seek(0)
        found = scan.scan(sent.read(), str(sent.name), allowed=kinds.DOCUMENTS)
        sent.seek(0)
        if found.refusal is not None:
            raise forms.ValidationError(found.refused_reason)
        if found.certain:
            raise forms.ValidationError(
                _("The file holds what looks like personal data (%(n)s places, the first: %(excerpt)s). Take it out, then upload the file again.")
                % {"n": len(found.certain), "excerpt": found.certain[0].excerpt}
            )
        return sent
