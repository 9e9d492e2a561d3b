from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kheo.organizations.models import Organization
from kheo.procedures.models.counting import ReportingPeriod


class ScoringFormula(models.Model):
    """A version of the indicator set: its items with maximum, way of counting and source of figures."""

    code = models.CharField(_("version"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    basis = models.CharField(_("by document"), max_length=200)
    valid_from = models.DateField(_("from"))
    groups = models.JSONField(_("groups"), default=list, help_text="[{code, name, most}]")
    items = models.JSONField(_("items"), default=list, help_text="[{code, group, name, most, way, target, none, applies, source}]")

    class Meta:
        ordering = ["-valid_from"]
        verbose_name = _("scoring formula")
        verbose_name_plural = _("scoring formulas")

    def __str__(self) -> str:
        return self.name


class ScoreInput(models.Model):
    """What an officer counted for one item of one unit and period, with its source."""

    unit = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    period = models.ForeignKey(ReportingPeriod, on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=20)
    numerator = models.DecimalField(max_digits=14, decimal_places=2)
    denominator = models.DecimalField(max_digits=14, decimal_places=2)
    source = models.CharField(max_length=200)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("figure for the score")
        verbose_name_plural = _("figures for the score")
        constraints = [models.UniqueConstraint(fields=["unit", "period", "item"], name="procedures_score_input_once")]

    def __str__(self) -> str:
        return f"{self.item}: {self.numerator}/{self.denominator}"


class Score(models.Model):
    """A computed score with everything it was computed from. Earlier ones stay."""

    unit = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    period = models.ForeignKey(ReportingPeriod, on_delete=models.PROTECT, related_name="+")
    formula = models.ForeignKey(ScoringFormula, on_delete=models.PROTECT, related_name="+")
    points = models.DecimalField(max_digits=6, decimal_places=2)
    most = models.DecimalField(max_digits=6, decimal_places=2)
    as_of = models.DateTimeField()
    log = models.JSONField(default=dict)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        indexes = [models.Index(fields=["unit", "period"], name="procedures_score_unit")]

    def __str__(self) -> str:
        return f"{self.points}/{self.most}"
