"""A panel of the edit form that fetches advice on the text as it is being written."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.forms import Media
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel


class AdvicePanel(Panel):
    """Shows what the linter remarks; a press asks for it, and nothing is ever blocked by it."""

    class BoundPanel(Panel.BoundPanel):
        """The panel of one form."""

        template_name = "news/editor/advice_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """The address that answers with advice."""
            return {**super().get_context_data(parent_context), "advice_url": reverse("news_advice"), "asking": _("Reading the text…"), "most": settings.DATA_UPLOAD_MAX_MEMORY_SIZE}

        @property
        def media(self) -> Media:
            """Its script."""
            return Media(js=["news/advice.js"])
