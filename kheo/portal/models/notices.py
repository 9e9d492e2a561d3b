from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site


class PlannedStop(models.Model):
    """A stop of the site that is told beforehand: from when to when, why, and when it was announced."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField(_("stops at"))
    ends_at = models.DateTimeField(_("is back at"))
    reason = models.CharField(_("reason"), max_length=300)
    reason_en = models.CharField(_("reason in English"), max_length=300, blank=True)
    urgent_reason = models.CharField(_("why the notice is shorter"), max_length=300, blank=True)
    announced_at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    over = models.BooleanField(default=False)

    class Meta:
        ordering = ["-starts_at"]
        verbose_name = _("planned stop")
        verbose_name_plural = _("planned stops")
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="portal_stop_span")]

    def __str__(self) -> str:
        return f"{self.starts_at:%d/%m/%Y %H:%M} – {self.ends_at:%d/%m/%Y %H:%M}"
