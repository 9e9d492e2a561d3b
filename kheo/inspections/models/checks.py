from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kheo.documents.models import Document, private_storage
from kheo.inspections.models.plans import ChecklistItem, Plan
from kheo.organizations.models import Organization


class Inspection(models.Model):
    """One check of one unit: by a superior body, or by the unit itself."""

    class Kind(models.TextChoices):
        INSPECTION = "inspection", _("Inspection")
        SUPERVISION = "supervision", _("Supervision")
        SELF = "self", _("Self-inspection")
        COMBINED = "combined", _("Combined inspection and supervision")

    class State(models.TextChoices):
        DRAFT = "draft", _("Being written")
        PLANNED = "planned", _("Planned")
        HELD = "held", _("Held")
        SUBMITTED = "submitted", _("Sent")
        RETURNED = "returned", _("Returned for completion")
        CONCLUDED = "concluded", _("Concluded")
        CANCELLED = "cancelled", _("Cancelled")

    plan = models.ForeignKey(Plan, verbose_name=_("plan"), on_delete=models.PROTECT, related_name="inspections")
    unit = models.ForeignKey(Organization, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="inspections")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    lead = models.ForeignKey(Organization, verbose_name=_("lead body"), on_delete=models.PROTECT, related_name="+")
    partners: Any = models.ManyToManyField(Organization, verbose_name=_("joint bodies"), blank=True, related_name="+")
    planned_on = models.DateField(_("planned for"), null=True, blank=True)
    held_on = models.DateField(_("held on"), null=True, blank=True)
    minutes_number = models.CharField(_("number of the minutes"), max_length=80, blank=True)
    summary = models.TextField(_("results"), blank=True)
    weaknesses = models.TextField(_("weaknesses and causes"), blank=True)
    proposals = models.TextField(_("proposals"), blank=True)
    conclusion = models.ForeignKey(Document, verbose_name=_("conclusion document"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    remark = models.TextField(_("remark"), blank=True)
    receipt_number = models.CharField(max_length=40, blank=True)
    submission_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by_name = models.CharField(max_length=150, blank=True)
    draft = models.JSONField(default=dict, blank=True)
    draft_saved_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-held_on", "-planned_on", "-pk"]
        verbose_name = _("inspection")
        verbose_name_plural = _("inspections")
        constraints = [
            models.UniqueConstraint(fields=["plan", "unit"], condition=Q(kind="self"), name="inspections_one_self_per_plan"),
            models.UniqueConstraint(fields=["receipt_number"], condition=~Q(receipt_number=""), name="inspections_receipt"),
            models.CheckConstraint(condition=~Q(state__in=["held", "submitted", "concluded"]) | Q(held_on__isnull=False), name="inspections_held_has_day"),
        ]
        indexes = [models.Index(fields=["plan", "state"]), models.Index(fields=["unit", "state"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.unit}"


class Answer(models.Model):
    """The answer to one question of the checklist."""

    class Value(models.TextChoices):
        YES = "yes", _("Yes, done")
        PARTLY = "partly", _("Partly")
        NO = "no", _("Not yet")
        NONE = "none", _("Does not apply")

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="answers")
    item = models.ForeignKey(ChecklistItem, on_delete=models.PROTECT, related_name="+")
    value = models.CharField(max_length=6, choices=Value.choices)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["inspection", "item__order"]
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [models.UniqueConstraint(fields=["inspection", "item"], name="inspections_answer_once")]

    def __str__(self) -> str:
        return str(self.get_value_display())


class Finding(models.Model):
    """What must be mended, until when. The deadline is counted in working days from the conclusion."""

    class State(models.TextChoices):
        OPEN = "open", _("To be mended")
        REPORTED = "reported", _("Reported as mended")
        CLOSED = "closed", _("Mended")

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="findings")
    text = models.CharField(_("finding"), max_length=600)
    demand = models.CharField(_("what is asked"), max_length=600, blank=True)
    days = models.PositiveSmallIntegerField(_("working days"))
    counted_from = models.DateField(_("counted from"))
    due_on = models.DateField(_("deadline"))
    extended_to = models.DateField(_("extended until"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        constraints = [
            models.CheckConstraint(condition=Q(due_on__gte=F("counted_from")), name="inspections_finding_due"),
            models.CheckConstraint(condition=Q(state="closed", closed_on__isnull=False) | (~Q(state="closed") & Q(closed_on__isnull=True)), name="inspections_finding_closed"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def deadline(self) -> Any:
        """The day that counts: the extended one, else the computed one."""
        return self.extended_to or self.due_on


class FollowUp(models.Model):
    """One step after a finding: the unit reports, the body accepts, refuses or extends."""

    class Kind(models.TextChoices):
        REPORT = "report", _("Report of the unit")
        ACCEPT = "accept", _("Accepted as mended")
        REFUSE = "refuse", _("Not accepted")
        EXTEND = "extend", _("Deadline extended")

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="follow_ups")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    text = models.TextField(_("what was done"))
    at = models.DateTimeField()
    by_name = models.CharField(max_length=150)
    submission_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")

    def __str__(self) -> str:
        return str(self.get_kind_display())


class Attachment(models.Model):
    """A file of a check or of a scored assessment. Never public: people with a right open it."""

    inspection = models.ForeignKey(Inspection, null=True, blank=True, on_delete=models.CASCADE, related_name="attachments")
    assessment = models.ForeignKey("inspections.Assessment", null=True, blank=True, on_delete=models.CASCADE, related_name="attachments")
    criterion = models.ForeignKey("inspections.SchemeCriterion", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    file = models.FileField(storage=private_storage, upload_to="inspections/%Y")
    original_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    findings = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        constraints = [
            models.CheckConstraint(condition=Q(inspection__isnull=False, assessment__isnull=True) | Q(inspection__isnull=True, assessment__isnull=False), name="inspections_attachment_of_one"),
            models.UniqueConstraint(fields=["inspection", "sha256"], condition=Q(inspection__isnull=False), name="inspections_attachment_once"),
        ]

    def __str__(self) -> str:
        return self.original_name
