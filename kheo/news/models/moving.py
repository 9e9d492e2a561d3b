from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PageImport(models.Model):
    """One saved page of an old portal that was read, with the report of what was understood."""

    filename = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(_("fingerprint of the file"), max_length=64, db_index=True)
    address = models.URLField(_("address on the old portal"), max_length=500, blank=True)
    site = models.ForeignKey("wagtailcore.Site", on_delete=models.CASCADE, related_name="+")
    met = models.ForeignKey(
        "news.ArticlePage", verbose_name=_("article that was there already"), null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="met_again"
    )
    """The only article of the page, when it had come before: this page's address leads to it as well."""
    report = models.JSONField(default=dict)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("imported page")
        verbose_name_plural = _("imported pages")

    def __str__(self) -> str:
        return self.filename
