from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kheo.accounts.models import Role
from kheo.indicators.models.indicator import Indicator, Period
from kheo.organizations.models import Organization


class Round(models.Model):
    """One collection of figures: which units, which indicators, which period, and four named dates."""

    name = models.CharField(_("name"), max_length=200)
    unit = models.ForeignKey(Organization, verbose_name=_("collected by the area"), on_delete=models.PROTECT, related_name="+")
    period = models.ForeignKey(Period, verbose_name=_("reporting period"), on_delete=models.PROTECT, related_name="rounds")
    indicators = models.ManyToManyField(Indicator, verbose_name=_("indicators"), related_name="rounds")
    opens_on = models.DateField(_("window opens on"))
    on_time_by = models.DateField(_("on time until"))
    locks_on = models.DateField(_("locked from"), help_text=_("From this day on nothing can be entered without an extension."))
    reminder_days = models.JSONField(_("reminders, days before the on-time date"), default=list, help_text=_("For example 7, 1, -1"))
    created_by_name = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-opens_on", "-id"]
        verbose_name = _("collection round")
        verbose_name_plural = _("collection rounds")
        constraints = [
            models.CheckConstraint(condition=Q(on_time_by__gte=F("opens_on")) & Q(locks_on__gt=F("on_time_by")), name="indicators_round_dates")
        ]

    def __str__(self) -> str:
        return self.name


class RoundLevel(models.Model):
    """One level of approval, from below upwards. Levels are data: the state abolishes some."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="levels")
    order = models.PositiveSmallIntegerField(_("order"))
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)

    class Meta:
        ordering = ["order"]
        verbose_name = _("level of approval")
        verbose_name_plural = _("levels of approval")
        constraints = [models.UniqueConstraint(fields=["round", "order"], name="indicators_level_order")]

    def __str__(self) -> str:
        return self.name


class Submission(models.Model):
    """What one unit owes in a round and how far it is."""

    class State(models.TextChoices):
        OPEN = "open", _("Not sent")
        SUBMITTED = "submitted", _("Sent, waits for approval")
        RETURNED = "returned", _("Returned")
        APPROVED = "approved", _("Approved")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="submissions")
    unit = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    level = models.PositiveSmallIntegerField(default=0)  # how many levels have approved
    extended_to = models.DateField(null=True)  # the last day, in place of the round's lock
    submitted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        constraints = [models.UniqueConstraint(fields=["round", "unit"], name="indicators_submission_once")]

    def __str__(self) -> str:
        return f"{self.round}: {self.unit}"


class SubmissionStep(models.Model):
    """One step of a submission: who did what, when and why."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="steps")
    verb = models.CharField(max_length=10)
    from_state = models.CharField(max_length=10)
    to_state = models.CharField(max_length=10)
    level_name = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.verb


class Reminder(models.Model):
    """A reminder that was sent: one for each submission and day of a rule."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="reminders")
    rule_day = models.DateField()
    people = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "rule_day"], name="indicators_reminder_once")]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.rule_day}"
