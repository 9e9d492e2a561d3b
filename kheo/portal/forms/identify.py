"""The form of the site's identity."""

from __future__ import annotations

from kheo.core import forms as kheo_forms
from kheo.portal.models import SiteIdentity

FIELDS = (
    "name", "name_en", "tagline", "tagline_en", "authority", "authority_en", "editor", "editor_en",
    "address", "phone", "email", "licence", "licence_en",
)  # fmt: skip


class IdentifyForm(kheo_forms.ModelForm):
    """Every name twice: Vietnamese, and English where there is one."""

    class Meta:
        model = SiteIdentity
        fields = FIELDS
