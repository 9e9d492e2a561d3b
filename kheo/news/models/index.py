from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from kheo.news.models.base import SitePage


class NewsIndexPage(SitePage):
    """The news of one site: /tin-tuc/. Its children are the articles."""

    introduction = models.CharField(_("introduction"), max_length=300, blank=True)

    template = "news/public/index.html"
    subpage_types = ["news.ArticlePage"]
    max_count_per_parent = 1
    content_panels: list[Any] = [*SitePage.content_panels, FieldPanel("introduction")]
    promote_panels: list[Any] = []

    class Meta:
        verbose_name = _("news of a site")
        verbose_name_plural = _("news of the sites")
