from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kheo.documents.models import Document
from kheo.organizations.models import Organization


class Subject(models.TextChoices):
    COLLECTIVE = "collective", _("Collective")
    INDIVIDUAL = "individual", _("Individual")


class Movement(models.Model):
    """An emulation movement. "Dân vận khéo" is a row here."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    slogan = models.CharField(_("slogan"), max_length=300, blank=True)
    summary = models.TextField(_("what the movement is"), blank=True)
    summary_en = models.TextField(_("what the movement is (English)"), blank=True)
    area = models.ForeignKey(Organization, verbose_name=_("for the area"), on_delete=models.PROTECT, related_name="+")
    function = models.CharField(_("duty of the standing body"), max_length=120, blank=True)
    decision = models.ForeignKey(Document, verbose_name=_("launching document"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    featured_cycle = models.ForeignKey("Cycle", verbose_name=_("cycle shown on the home page"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["name"]
        verbose_name = _("emulation movement")
        verbose_name_plural = _("emulation movements")

    def __str__(self) -> str:
        return self.name


class Field(models.Model):
    """A field of life that a practice belongs to. Four for "Dân vận khéo"; data, so that it can change."""

    movement = models.ForeignKey(Movement, on_delete=models.CASCADE, related_name="fields")
    code = models.SlugField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=120)
    short_name = models.CharField(_("short name"), max_length=20, help_text=_("For table headings: KT, VH-XH"))
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["movement", "order"]
        verbose_name = _("field")
        verbose_name_plural = _("fields")
        constraints = [models.UniqueConstraint(fields=["movement", "code"], name="movements_field_code")]

    def __str__(self) -> str:
        return self.name


class Cycle(models.Model):
    """One run of a movement, usually a year, over [starts_on, ends_on] (both days included)."""

    movement = models.ForeignKey(Movement, on_delete=models.PROTECT, related_name="cycles")
    code = models.SlugField(_("code"), max_length=20, help_text=_("For example 2023"))
    name = models.CharField(_("name"), max_length=120)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    plan = models.ForeignKey(Document, verbose_name=_("plan"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by_name = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["-starts_on"]
        verbose_name = _("cycle")
        verbose_name_plural = _("cycles")
        constraints = [
            models.UniqueConstraint(fields=["movement", "code"], name="movements_cycle_code"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="movements_cycle_span"),
        ]

    def __str__(self) -> str:
        return self.name


class Milestone(models.Model):
    """A step of a cycle with four separate dates: period, window, on-time limit, lock."""

    class Kind(models.TextChoices):
        REGISTRATION = "registration", _("Registration")
        APPROVAL = "approval", _("Approval of the list")
        PROGRESS = "progress", _("Progress reports")
        INTERIM = "interim", _("Interim review (6 months)")
        INSPECTION = "inspection", _("Inspection and self-inspection")
        SELF_SCORE = "self_score", _("Self-scoring and proposal")
        EVALUATION = "evaluation", _("Evaluation")
        RECOGNITION = "recognition", _("Recognition")
        ANNUAL = "annual", _("Annual review")

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="milestones")
    kind = models.CharField(_("step"), max_length=16, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=150, blank=True)
    period_from = models.DateField(_("period from"))
    period_to = models.DateField(_("period until"))
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("on time until"), help_text=_("The last day that counts as on time"))
    locks_on = models.DateField(_("locks after"), help_text=_("After this day nothing more is taken"))

    class Meta:
        ordering = ["cycle", "closes_on"]
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "kind"], name="movements_milestone_kind"),
            models.CheckConstraint(condition=Q(opens_on__lte=F("closes_on")) & Q(closes_on__lte=F("locks_on")), name="movements_milestone_order"),
            models.CheckConstraint(condition=Q(period_from__lte=F("period_to")), name="movements_milestone_period"),
        ]

    def __str__(self) -> str:
        return self.name or str(self.get_kind_display())


class CriteriaSet(models.Model):
    """A version of the criteria for collectives or individuals, with its points and thresholds."""

    movement = models.ForeignKey(Movement, on_delete=models.PROTECT, related_name="criteria_sets")
    subject = models.CharField(_("for"), max_length=12, choices=Subject.choices)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    name = models.CharField(_("name"), max_length=200)
    total = models.DecimalField(_("total points"), max_digits=6, decimal_places=2, default=Decimal(100))
    pass_points = models.DecimalField(_("recognized from"), max_digits=6, decimal_places=2)
    exemplary_points = models.DecimalField(_("exemplary from"), max_digits=6, decimal_places=2)
    minimum_months = models.PositiveSmallIntegerField(_("least months of running"), default=0)
    minimum_evaluators = models.PositiveSmallIntegerField(_("least number of evaluators"), default=2)
    basis = models.ForeignKey(Document, verbose_name=_("guide"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)
    frozen_at = models.DateTimeField(_("frozen at"), null=True, blank=True, editable=False)

    class Meta:
        ordering = ["movement", "subject", "-version"]
        verbose_name = _("criteria set")
        verbose_name_plural = _("criteria sets")
        constraints = [
            models.UniqueConstraint(fields=["movement", "subject", "version"], name="movements_criteria_version"),
            models.CheckConstraint(condition=Q(minimum_evaluators__gte=2), name="movements_two_evaluators"),
            models.CheckConstraint(condition=Q(pass_points__lte=F("exemplary_points")) & Q(exemplary_points__lte=F("total")), name="movements_thresholds"),
        ]

    def __str__(self) -> str:
        return f"{self.name} (v{self.version})"


class Criterion(models.Model):
    """One line of a criteria set."""

    criteria_set = models.ForeignKey(CriteriaSet, on_delete=models.CASCADE, related_name="criteria")
    order = models.PositiveSmallIntegerField(_("order"))
    name = models.CharField(_("criterion"), max_length=400)
    name_en = models.CharField(_("English"), max_length=400, blank=True)
    guidance = models.TextField(_("how to score"), blank=True)
    max_points = models.DecimalField(_("most points"), max_digits=6, decimal_places=2)
    step = models.DecimalField(_("step"), max_digits=4, decimal_places=2, default=Decimal("0.5"))
    required = models.BooleanField(_("required"), default=True)

    class Meta:
        ordering = ["criteria_set", "order"]
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        constraints = [
            models.UniqueConstraint(fields=["criteria_set", "order"], name="movements_criterion_order"),
            models.CheckConstraint(condition=Q(max_points__gt=0) & Q(step__gt=0), name="movements_criterion_points"),
        ]

    def __str__(self) -> str:
        return self.name


class CycleCriteria(models.Model):
    """The criteria set that a cycle uses for one kind of subject. Frozen once the cycle is scored."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="criteria_choices")
    subject = models.CharField(max_length=12, choices=Subject.choices)
    criteria_set = models.ForeignKey(CriteriaSet, on_delete=models.PROTECT, related_name="cycle_choices")
    frozen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("criteria of a cycle")
        verbose_name_plural = _("criteria of cycles")
        constraints = [models.UniqueConstraint(fields=["cycle", "subject"], name="movements_cycle_subject")]

    def __str__(self) -> str:
        return f"{self.cycle} · {self.get_subject_display()}"
