from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kheo.documents.models import Document
from kheo.indicators.models.indicator import Indicator, Period
from kheo.organizations.models import Organization


class Comparator(models.TextChoices):
    AT_LEAST = "ge", "≥"
    AT_MOST = "le", "≤"
    EQUAL = "eq", "="
    RANGE = "range", _("from … to …")


class Plan(models.Model):
    """A document that assigns targets to an area for a period: a plan of the province, a resolution."""

    name = models.CharField(_("name"), max_length=250)
    organ = models.CharField(_("who assigns"), max_length=200)
    document = models.ForeignKey(Document, verbose_name=_("document"), on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Organization, verbose_name=_("area"), on_delete=models.PROTECT, related_name="+")
    period = models.ForeignKey(Period, verbose_name=_("period"), on_delete=models.PROTECT, related_name="plans")
    order = models.PositiveSmallIntegerField(_("order"), default=100)

    class Meta:
        ordering = ["-period__first", "order", "id"]
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        constraints = [models.UniqueConstraint(fields=["document", "unit", "period"], name="indicators_plan_once")]

    def __str__(self) -> str:
        return self.name


class Target(models.Model):
    """One indicator with a target in a plan. What is wanted is in its dated revisions."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="targets")
    indicator = models.ForeignKey(Indicator, verbose_name=_("indicator"), on_delete=models.PROTECT, related_name="targets")
    order = models.PositiveSmallIntegerField(_("order"), default=100)

    class Meta:
        ordering = ["order", "id"]
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        constraints = [models.UniqueConstraint(fields=["plan", "indicator"], name="indicators_target_once")]

    def __str__(self) -> str:
        return f"{self.plan}: {self.indicator}"


class TargetRevision(models.Model):
    """What is wanted from a day on, by a document; the first comes with the plan."""

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="revisions")
    comparator = models.CharField(_("comparison"), max_length=5, choices=Comparator.choices, default=Comparator.AT_LEAST)
    value = models.DecimalField(_("target"), max_digits=24, decimal_places=6)
    upper = models.DecimalField(_("upper end"), max_digits=24, decimal_places=6, null=True, blank=True)
    valid_from = models.DateField(_("from"))
    document = models.ForeignKey(Document, verbose_name=_("document"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        ordering = ["target", "valid_from"]
        verbose_name = _("revision of a target")
        verbose_name_plural = _("revisions of targets")
        constraints = [models.UniqueConstraint(fields=["target", "valid_from"], name="indicators_target_revision_day")]

    def __str__(self) -> str:
        return f"{self.comparator} {self.value}"
