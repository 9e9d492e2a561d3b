from __future__ import annotations

from datetime import time

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kheo.documents.models import Document


class Scope(models.TextChoices):
    NATIONAL = "national", _("Whole country")
    PROVINCE = "province", _("Province")
    UNIT = "unit", _("Unit")


class State(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    DECIDED = "decided", _("Decided")
    REJECTED = "rejected", _("Not accepted")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Certainty(models.TextChoices):
    DOCUMENT = "document", _("Stated by the law or a document")
    KNOWN = "known", _("Publicly known; the paper is still to be attached")
    UNSURE = "unsure", _("To be confirmed")


class Decided(models.Model):
    """What one person proposes and another decides (four eyes), for a scope, with its document.

    `unit_id` is the number of the unit (0: whole country). It is no foreign key: units stand above
    this room. People are kept as number and name for the same reason.
    """

    scope = models.CharField(_("holds for"), max_length=10, choices=Scope.choices, default=Scope.NATIONAL)
    unit_id = models.PositiveBigIntegerField(default=0)
    unit_name = models.CharField(max_length=200, blank=True)
    basis = models.ForeignKey(Document, verbose_name=_("deciding document"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(_("note"), max_length=400, blank=True)
    certainty = models.CharField(_("certainty"), max_length=10, choices=Certainty.choices, default=Certainty.UNSURE)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PROPOSED)
    proposed_by_id = models.BigIntegerField(null=True)
    proposed_by_name = models.CharField(max_length=150)
    proposed_at = models.DateTimeField()
    decided_by_id = models.BigIntegerField(null=True)
    decided_by_name = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)
    closed_by_name = models.CharField(max_length=150, blank=True)
    closed_at = models.DateTimeField(null=True)
    reason = models.CharField(_("reason"), max_length=400, blank=True)

    class Meta:
        abstract = True
        constraints = [
            # The system (a migration) has no number; two people must differ.
            models.CheckConstraint(
                condition=Q(decided_by_id__isnull=True) | Q(proposed_by_id__isnull=True) | ~Q(decided_by_id=F("proposed_by_id")),
                name="%(app_label)s_%(class)s_four_eyes",
            ),
            models.CheckConstraint(condition=~Q(state="decided") | Q(decided_at__isnull=False), name="%(app_label)s_%(class)s_decided_at"),
            models.CheckConstraint(condition=Q(scope="national", unit_id=0) | (~Q(scope="national") & Q(unit_id__gt=0)), name="%(app_label)s_%(class)s_scope"),
        ]


class CalendarDay(Decided):
    """One dated day: off, or worked although it would be off."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", _("Public holiday")
        COMPENSATORY = "compensatory", _("Compensatory day off")
        SWAP_OFF = "swap_off", _("Swapped: day off")
        SWAP_WORK = "swap_work", _("Swapped: working day")

    on = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=150)
    counterpart = models.DateField(_("swapped with"), null=True, blank=True)

    class Meta(Decided.Meta):
        ordering = ["on", "unit_id", "id"]
        verbose_name = _("day of the working calendar")
        verbose_name_plural = _("days of the working calendar")
        constraints = [
            *Decided.Meta.constraints,
            models.UniqueConstraint(fields=["on", "unit_id"], condition=Q(state="decided"), name="workdays_one_decided_day"),
        ]
        indexes = [models.Index(fields=["state", "unit_id", "on"])]

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y}: {self.name}"


class WeeklyPattern(Decided):
    """Which half days of the week are worked, and from when until when, over [valid_from, valid_to)."""

    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)
    mornings = models.CharField(_("mornings worked"), max_length=7, default="1111100", help_text="Monday first; 1 is worked")
    afternoons = models.CharField(_("afternoons worked"), max_length=7, default="1111100")
    morning_from = models.TimeField(_("morning from"), default=time(7, 30))
    morning_to = models.TimeField(_("morning until"), default=time(11, 30))
    afternoon_from = models.TimeField(_("afternoon from"), default=time(13, 30))
    afternoon_to = models.TimeField(_("afternoon until"), default=time(17, 30))
    half_days_count = models.BooleanField(_("half days count as working days"), default=False)

    class Meta(Decided.Meta):
        ordering = ["unit_id", "-valid_from"]
        verbose_name = _("working week")
        verbose_name_plural = _("working weeks")
        constraints = [
            *Decided.Meta.constraints,
            models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="workdays_pattern_span"),
            models.CheckConstraint(condition=Q(morning_from__lt=F("morning_to"), morning_to__lte=F("afternoon_from"), afternoon_from__lt=F("afternoon_to")), name="workdays_pattern_hours"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_name or self.get_scope_display()} {self.valid_from:%d/%m/%Y}"


class DecidedYear(Decided):
    """The statement that every day off of a year has been decided; before it each date carries a caution."""

    year = models.PositiveSmallIntegerField(_("year"))

    class Meta(Decided.Meta):
        ordering = ["-year"]
        verbose_name = _("decided year")
        verbose_name_plural = _("decided years")
        constraints = [
            *Decided.Meta.constraints,
            models.UniqueConstraint(fields=["year"], condition=Q(state="decided"), name="workdays_one_decided_year"),
        ]

    def __str__(self) -> str:
        return str(self.year)


class AnnualDay(models.Model):
    """A holiday that law sets on the same solar day each year, with its dates of force; feeds proposals."""

    name = models.CharField(_("name"), max_length=150)
    month = models.PositiveSmallIntegerField(_("month"))
    day = models.PositiveSmallIntegerField(_("day"))
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)
    basis = models.ForeignKey(Document, verbose_name=_("deciding document"), on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["month", "day"]
        verbose_name = _("yearly holiday")
        verbose_name_plural = _("yearly holidays")
        constraints = [models.UniqueConstraint(fields=["month", "day", "valid_from"], name="workdays_annual_day_once")]

    def __str__(self) -> str:
        return f"{self.day:02d}/{self.month:02d}: {self.name}"
