from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kheo.organizations.models import Organization
from kheo.procedures.rules.outcome import Counting
from kheo.procedures.rules.outcome import Early as EarlyRule


class CountingRule(models.Model):
    """How dossiers are counted from a day on, by which document. A batch keeps the rule it used."""

    class Early(models.TextChoices):
        DAY = "day", _("Ended on a day before the due day")
        MINUTE = "minute", _("Ended before the due moment")

    valid_from = models.DateField(_("from"), unique=True)
    basis = models.CharField(_("by document"), max_length=200)
    early = models.CharField(_("early means"), max_length=8, choices=Early.choices, default=Early.DAY)
    most_supplements = models.PositiveSmallIntegerField(_("requests for supplements allowed"), default=1)
    least_cell = models.PositiveSmallIntegerField(_("smallest number of a sensitive procedure published alone"), default=5)
    sensitive_words = models.JSONField(_("words in names of sensitive procedures"), default=list)
    remind_after_days = models.PositiveSmallIntegerField(_("remind so many days after a period has ended"), default=5)

    class Meta:
        ordering = ["-valid_from"]
        verbose_name = _("counting rule")
        verbose_name_plural = _("counting rules")

    def __str__(self) -> str:
        return f"{self.valid_from:%d/%m/%Y} ({self.basis})"

    @property
    def counting(self) -> Counting:
        """The rule as the plain functions take it."""
        return Counting(EarlyRule(self.early), self.most_supplements)


class ReportingPeriod(models.Model):
    """A period with its explicit first and last day, under one of the two schemes of cut-offs."""

    class Scheme(models.TextChoices):
        CALENDAR = "calendar", _("Calendar months")
        CONTROL = "control", _("From the 15th to the 14th")

    scheme = models.CharField(_("scheme"), max_length=10, choices=Scheme.choices, default=Scheme.CALENDAR)
    code = models.CharField(_("period"), max_length=8, help_text=_("2023-11, 2023-Q4, 2023-H2 or 2023"))
    kind = models.CharField(_("kind"), max_length=8)
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    basis = models.CharField(_("by document"), max_length=200, blank=True)
    reminded_at = models.DateTimeField(null=True, editable=False, help_text="When the one-stop office was reminded that nothing had come")

    class Meta:
        ordering = ["-first", "scheme"]
        verbose_name = _("reporting period")
        verbose_name_plural = _("reporting periods")
        constraints = [models.UniqueConstraint(fields=["scheme", "code"], name="procedures_period_once")]

    def __str__(self) -> str:
        return self.code


class Source(models.Model):
    """A system that exports come from: which of its headings and labels mean what."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    columns = models.JSONField(_("headings"), default=dict, blank=True, help_text="column key → list of headings")
    statuses = models.JSONField(_("status labels"), default=dict, blank=True, help_text="label → standard status")
    channels = models.JSONField(_("labels of channels"), default=dict, blank=True, help_text="label → online, direct or post")

    class Meta:
        ordering = ["name"]
        verbose_name = _("source of results")
        verbose_name_plural = _("sources of results")

    def __str__(self) -> str:
        return self.name


class UnitIdentifier(models.Model):
    """The identifier that stands at the head of a unit's dossier codes, such as H56.32.01."""

    identifier = models.CharField(_("identifier"), max_length=24, unique=True)
    unit = models.ForeignKey(Organization, verbose_name=_("unit"), on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["identifier"]
        verbose_name = _("identifier of a unit")
        verbose_name_plural = _("identifiers of units")

    def __str__(self) -> str:
        return self.identifier
