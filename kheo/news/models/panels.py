"""A panel of the edit form that fetches advice on the text as it is being written."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import DateTimeField
from django.forms import Media
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.compare import FieldComparison, register_comparison_class
from wagtail.admin.panels import Panel

from kheo.core.templatetags.kheo.filters import datetime_vi


class MomentComparison(FieldComparison):
    """Two moments side by side as people read them: 14:30, 05/11/2023 by the clock of Vietnam."""

    def __init__(self, field: Any, obj_a: Any, obj_b: Any) -> None:
        super().__init__(field, obj_a, obj_b)
        self.val_a, self.val_b = (datetime_vi(value) if value else "" for value in map(field.value_from_object, (obj_a, obj_b)))


register_comparison_class(DateTimeField, comparison_class=MomentComparison)


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
