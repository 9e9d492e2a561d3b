from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kheo.movements.models import CriteriaSet, Criterion
from kheo.practices.models.practice import Practice


class ScoreSheet(models.Model):
    """The points one side gave a practice: its own (SELF) or one evaluator's."""

    class Kind(models.TextChoices):
        SELF = "self", _("Self-score")
        EVALUATOR = "evaluator", _("Evaluation")

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="score_sheets")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    criteria_set = models.ForeignKey(CriteriaSet, on_delete=models.PROTECT, related_name="+")
    scorer = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    scorer_name = models.CharField(max_length=200)
    remark = models.TextField(_("general remark"), blank=True)
    total = models.DecimalField(max_digits=7, decimal_places=2)
    submitted_at = models.DateTimeField()

    class Meta:
        ordering = ["kind", "submitted_at"]
        verbose_name = _("score sheet")
        verbose_name_plural = _("score sheets")
        constraints = [
            models.UniqueConstraint(fields=["practice"], condition=Q(kind="self"), name="practices_one_self_sheet"),
            models.UniqueConstraint(fields=["practice", "scorer"], condition=Q(kind="evaluator"), name="practices_one_sheet_each"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.total}"


class Score(models.Model):
    """Points for one criterion. 0 is a score; a missing row is no score."""

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    points = models.DecimalField(max_digits=6, decimal_places=2)
    remark = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        ordering = ["criterion__order"]
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion"], name="practices_score_once"),
            models.CheckConstraint(condition=Q(points__gte=0), name="practices_score_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.points}"
