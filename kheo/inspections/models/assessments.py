from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kheo.documents.models import Document
from kheo.inspections.models.plans import Covering
from kheo.organizations.models import Organization


class Programme(Covering):
    """A model that units launch and are scored by, such as "Chính quyền thân thiện, vì Nhân dân phục vụ"."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=200)
    summary = models.TextField(_("what it is"), blank=True)
    owner = models.ForeignKey(Organization, verbose_name=_("kept by the area"), on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, verbose_name=_("launching document"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField(_("from"))

    class Meta:
        ordering = ["name"]
        verbose_name = _("scored programme")
        verbose_name_plural = _("scored programmes")

    def __str__(self) -> str:
        return self.name


class Launch(models.Model):
    """A unit launched the programme: the day and the document."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="launches")
    unit = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    launched_on = models.DateField(_("launched on"))
    document = models.ForeignKey(Document, verbose_name=_("document"), on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=150)

    class Meta:
        ordering = ["launched_on"]
        verbose_name = _("launch")
        verbose_name_plural = _("launches")
        constraints = [models.UniqueConstraint(fields=["programme", "unit"], name="inspections_launch_once")]

    def __str__(self) -> str:
        return f"{self.unit} {self.launched_on:%d/%m/%Y}"


class Scheme(models.Model):
    """A dated set of criteria with points. The movements' sets demand two evaluators and two thresholds
    by law of their room; here one evaluator may do and grades are a list."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="schemes")
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    total = models.DecimalField(_("total points"), max_digits=6, decimal_places=2, default=Decimal(100))
    minimum_evaluators = models.PositiveSmallIntegerField(_("least number of evaluators"), default=1)
    grades = models.JSONField(_("grades"), default=list, help_text=_("Least points and name of each grade"))
    basis = models.ForeignKey(Document, verbose_name=_("guide"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(_("note"), max_length=300, blank=True)
    valid_from = models.DateField(_("from"))
    frozen_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["programme", "-version"]
        verbose_name = _("scoring scheme")
        verbose_name_plural = _("scoring schemes")
        constraints = [
            models.UniqueConstraint(fields=["programme", "version"], name="inspections_scheme_version"),
            models.CheckConstraint(condition=Q(minimum_evaluators__gte=1), name="inspections_one_evaluator"),
        ]

    def __str__(self) -> str:
        return f"{self.programme} (v{self.version})"


class SchemeCriterion(models.Model):
    """One criterion with its most points."""

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="criteria")
    order = models.PositiveSmallIntegerField(_("order"))
    name = models.CharField(_("criterion"), max_length=300)
    guidance = models.TextField(_("how to score"), blank=True)
    max_points = models.DecimalField(_("most points"), max_digits=6, decimal_places=2)
    step = models.DecimalField(_("step"), max_digits=4, decimal_places=2, default=Decimal("0.5"))

    class Meta:
        ordering = ["scheme", "order"]
        verbose_name = _("scoring criterion")
        verbose_name_plural = _("scoring criteria")
        constraints = [
            models.UniqueConstraint(fields=["scheme", "order"], name="inspections_criterion_order"),
            models.CheckConstraint(condition=Q(max_points__gt=0) & Q(step__gt=0), name="inspections_criterion_points"),
        ]

    def __str__(self) -> str:
        return self.name


class Assessment(models.Model):
    """One unit's self-score for a period, its evaluation and its result."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Being written")
        SUBMITTED = "submitted", _("Sent")
        RETURNED = "returned", _("Returned for completion")
        CONCLUDED = "concluded", _("Concluded")

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="assessments")
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="assessments")
    unit = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    period_from = models.DateField(_("period from"))
    period_to = models.DateField(_("period until"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    receipt_number = models.CharField(max_length=40, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by_name = models.CharField(max_length=150, blank=True)
    remark = models.TextField(_("remark"), blank=True)
    self_total = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    final_total = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    grade = models.CharField(max_length=80, blank=True)
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    concluded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-period_from", "unit"]
        verbose_name = _("scored assessment")
        verbose_name_plural = _("scored assessments")
        constraints = [
            models.UniqueConstraint(fields=["programme", "unit", "period_from"], name="inspections_assessment_once"),
            models.CheckConstraint(condition=Q(period_to__gt=F("period_from")), name="inspections_assessment_span"),
            models.CheckConstraint(condition=~Q(state="concluded") | Q(final_total__isnull=False), name="inspections_concluded_has_points"),
        ]

    def __str__(self) -> str:
        return f"{self.programme}: {self.unit}"


class AssessmentScore(models.Model):
    """The unit's own points for one criterion, with its evidence in words."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(SchemeCriterion, on_delete=models.PROTECT, related_name="+")
    points = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    evidence = models.TextField(blank=True)
    final = models.DecimalField(max_digits=6, decimal_places=2, null=True)

    class Meta:
        ordering = ["assessment", "criterion__order"]
        verbose_name = _("own points")
        verbose_name_plural = _("own points")
        constraints = [models.UniqueConstraint(fields=["assessment", "criterion"], name="inspections_score_once")]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.points}"


class Evaluation(models.Model):
    """One evaluator's sheet. Nobody evaluates the unit they work at."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="evaluations")
    evaluator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    evaluator_name = models.CharField(max_length=150)
    at = models.DateTimeField()
    remark = models.TextField(blank=True)

    class Meta:
        ordering = ["at"]
        verbose_name = _("evaluation sheet")
        verbose_name_plural = _("evaluation sheets")
        constraints = [models.UniqueConstraint(fields=["assessment", "evaluator"], name="inspections_evaluation_once")]

    def __str__(self) -> str:
        return f"{self.evaluator_name}: {self.assessment}"


class EvaluationScore(models.Model):
    """One evaluator's points for one criterion, with a reason when they differ from the unit's."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(SchemeCriterion, on_delete=models.PROTECT, related_name="+")
    points = models.DecimalField(max_digits=6, decimal_places=2)
    reason = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["evaluation", "criterion__order"]
        verbose_name = _("evaluator's points")
        verbose_name_plural = _("evaluator's points")
        constraints = [models.UniqueConstraint(fields=["evaluation", "criterion"], name="inspections_evaluation_criterion")]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.points}"
