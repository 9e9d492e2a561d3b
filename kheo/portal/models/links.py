from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site


class LinkWalk(models.Model):
    """The last walk over a site: when, how many pages were read and links tried, whether it reached the end."""

    site = models.OneToOneField(Site, verbose_name=_("site"), on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(_("checked at"))
    pages = models.PositiveIntegerField(_("pages"))
    links = models.PositiveIntegerField(_("links"))
    whole = models.BooleanField(_("to the end"), default=True)

    class Meta:
        verbose_name = _("walk over the links")
        verbose_name_plural = _("walks over the links")

    def __str__(self) -> str:
        return f"{self.site} {self.at:%d/%m/%Y}"


class BrokenLink(models.Model):
    """A link on one of our pages that leads nowhere: found when, seen last when, and what answered.

    A derived table: `kheo links check` writes it anew, keeping since when a link has been broken.
    """

    site = models.ForeignKey(Site, verbose_name=_("site"), on_delete=models.CASCADE, related_name="+")
    page = models.CharField(_("page"), max_length=500)
    address = models.CharField(_("link"), max_length=1000)
    kind = models.CharField(_("kind"), max_length=10, default="link", choices=[("link", _("Link")), ("picture", _("Picture")), ("anchor", _("Place in a page"))])
    words = models.CharField(_("words of the link"), max_length=200, blank=True)
    answer = models.CharField(_("answer"), max_length=200)
    since = models.DateTimeField(_("since"))
    seen_at = models.DateTimeField(_("last seen"))

    class Meta:
        ordering = ["since", "page"]
        verbose_name = _("broken link")
        verbose_name_plural = _("broken links")
        constraints = [models.UniqueConstraint(fields=["site", "page", "address"], name="portal_broken_link_once")]

    def __str__(self) -> str:
        return f"{self.page} → {self.address}"
