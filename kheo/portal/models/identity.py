from __future__ import annotations

from typing import Any

from django.core.management.color import no_style
from django.db import connection, models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection, Site

from kheo.organizations.models import Organization


class SiteIdentity(models.Model):
    """Who speaks on a site: names, the body above, the responsible editor, how to reach it.

    Row number 1 belongs to the installation's first site and to every host no other site claims;
    further sites have rows of their own. Written by `actions.identify` and `actions.found_site` alone.
    """

    site = models.OneToOneField(Site, null=True, blank=True, on_delete=models.CASCADE, related_name="identity")
    collection = models.ForeignKey(Collection, verbose_name=_("media of the site"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    unit = models.ForeignKey(Organization, verbose_name=_("unit"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name of the site"), max_length=150, default="Phường Bỉm Sơn")
    name_en = models.CharField(_("name of the site (English)"), max_length=150, blank=True)
    tagline = models.CharField(_("line below the name"), max_length=200, blank=True)
    tagline_en = models.CharField(_("line below the name (English)"), max_length=200, blank=True)
    authority = models.CharField(_("body above"), max_length=200, blank=True, help_text=_("For example Đảng ủy phường Bỉm Sơn, tỉnh Thanh Hóa"))
    authority_en = models.CharField(_("body above (English)"), max_length=200, blank=True)
    editor = models.CharField(_("responsible for content"), max_length=200, blank=True, help_text=_("The position and unit, for example the head of the editorial board"))
    editor_en = models.CharField(_("responsible for content (English)"), max_length=200, blank=True)
    address = models.CharField(_("postal address"), max_length=300, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    licence = models.CharField(_("licence of the content"), max_length=200, default="CC BY 4.0", blank=True, help_text=_("Number of the site's licence or the terms of reuse"))
    licence_en = models.CharField(_("licence of the content (English)"), max_length=200, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("identity of the site")
        verbose_name_plural = _("identity of the site")
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1) | models.Q(site__isnull=False, unit__isnull=False), name="portal_identity_of_a_site")
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Row number 1 is written with its number, of which PostgreSQL's own counter knows nothing:
        tell it, or the next site would be given number 1 again."""
        numbered = self._state.adding and self.pk is not None
        super().save(*args, **kwargs)
        if numbered:
            with connection.cursor() as cursor:
                for statement in connection.ops.sequence_reset_sql(no_style(), [type(self)]):
                    cursor.execute(statement)
