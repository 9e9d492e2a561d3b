from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kheo.documents.models import Document
from kheo.practices.models.practice import Practice


class Recognition(models.Model):
    """A practice was recognized by a decision; later perhaps named exemplary, or revoked."""

    practice = models.OneToOneField(Practice, on_delete=models.PROTECT, related_name="recognition")
    decision = models.ForeignKey(Document, verbose_name=_("decision"), on_delete=models.PROTECT, related_name="recognitions")
    decided_on = models.DateField(_("decided on"))
    final_points = models.DecimalField(_("final points"), max_digits=7, decimal_places=2, null=True, blank=True, help_text=_("Empty for practices of earlier years imported without points"))
    exemplary_decision = models.ForeignKey(Document, verbose_name=_("decision naming it exemplary"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    exemplary_on = models.DateField(null=True, blank=True)
    revoked_by = models.ForeignKey(Document, verbose_name=_("revoking decision"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    revoked_on = models.DateField(null=True, blank=True)
    revoked_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-decided_on"]
        verbose_name = _("recognition")
        verbose_name_plural = _("recognitions")
        constraints = [
            models.CheckConstraint(condition=Q(revoked_on__isnull=True) | (Q(revoked_by__isnull=False) & ~Q(revoked_reason="")), name="practices_revoked_why"),
        ]

    def __str__(self) -> str:
        return f"{self.practice} · {self.decision}"
