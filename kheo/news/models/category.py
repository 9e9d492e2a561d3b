from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.Model):
    """A heading of the news, such as “Cải cách hành chính”. Kept as data; edited in the desk's lists."""

    code = models.SlugField(_("code"), max_length=60, unique=True, help_text=_("Part of its address; cannot be changed later."))
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    description = models.CharField(_("description"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    in_use = models.BooleanField(_("in use"), default=True, help_text=_("Off: no new articles; the old ones stay."))

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("news category")
        verbose_name_plural = _("news categories")

    def __str__(self) -> str:
        return self.name
