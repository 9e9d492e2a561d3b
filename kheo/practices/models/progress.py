from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kheo.documents.models import private_storage
from kheo.practices.models.plan import Output
from kheo.practices.models.practice import Practice


class ContributionKind(models.Model):
    """What is counted over practices, wards and fields: m² of land, working days, đồng, households."""

    code = models.SlugField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=100)
    name_en = models.CharField(_("English name"), max_length=100)
    unit = models.CharField(_("unit of measure"), max_length=30)
    unit_en = models.CharField(_("unit of measure (English)"), max_length=30, blank=True)
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=0)
    order = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("kind of contribution")
        verbose_name_plural = _("kinds of contributions")

    def __str__(self) -> str:
        return self.name


class ProgressReport(models.Model):
    """What was done in a period. Reports add up: amounts are of the period, not running totals."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="progress_reports")
    period_from = models.DateField(_("period from"))
    period_to = models.DateField(_("period until"))
    text = models.TextField(_("what was done"))
    difficulties = models.TextField(_("difficulties and proposals"), blank=True)
    submission_key = models.UUIDField(unique=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-period_to", "-id"]
        verbose_name = _("progress report")
        verbose_name_plural = _("progress reports")
        constraints = [models.CheckConstraint(condition=Q(period_to__gte=F("period_from")), name="practices_report_period")]

    def __str__(self) -> str:
        return f"{self.practice} · {self.period_to:%d/%m/%Y}"


class Contribution(models.Model):
    """An amount of one kind in one progress report."""

    report = models.ForeignKey(ProgressReport, on_delete=models.CASCADE, related_name="contributions")
    kind = models.ForeignKey(ContributionKind, on_delete=models.PROTECT, related_name="+")
    amount = models.DecimalField(_("amount"), max_digits=18, decimal_places=3)

    class Meta:
        ordering = ["kind__order"]
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        constraints = [
            models.UniqueConstraint(fields=["report", "kind"], name="practices_contribution_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="practices_contribution_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.kind.unit}"


class OutputResult(models.Model):
    """What was reached of one planned output in the period of a report."""

    report = models.ForeignKey(ProgressReport, on_delete=models.CASCADE, related_name="output_results")
    output = models.ForeignKey(Output, on_delete=models.CASCADE, related_name="results")
    amount = models.DecimalField(_("reached"), max_digits=18, decimal_places=3)

    class Meta:
        verbose_name = _("reached output")
        verbose_name_plural = _("reached outputs")
        constraints = [models.UniqueConstraint(fields=["report", "output"], name="practices_output_once")]

    def __str__(self) -> str:
        return f"{self.output}: {self.amount}"


class Evidence(models.Model):
    """A photo or file that shows what was done. Stored privately; shown to the public only when marked."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="evidence")
    report = models.ForeignKey(ProgressReport, null=True, blank=True, on_delete=models.CASCADE, related_name="evidence")
    file = models.FileField(_("file"), storage=private_storage, upload_to="evidence/%Y/%m")
    thumbnail = models.FileField(storage=private_storage, upload_to="evidence/%Y/%m", blank=True)
    original_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    alt = models.CharField(_("what the picture shows"), max_length=250, blank=True)
    public = models.BooleanField(_("show to the public"), default=False)
    findings = models.JSONField(default=list, blank=True, help_text="Possible identity numbers found by the scan, masked")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        constraints = [
            models.UniqueConstraint(fields=["practice", "sha256"], name="practices_evidence_once"),
            # A public photo must be readable to everyone, and clean of identity numbers.
            models.CheckConstraint(condition=Q(public=False) | ~Q(alt="") | ~Q(kind="photo"), name="practices_public_alt"),
            models.CheckConstraint(condition=Q(public=False) | Q(findings=[]), name="practices_public_clean"),
        ]

    def __str__(self) -> str:
        return self.original_name
