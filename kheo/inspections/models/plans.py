from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kheo.documents.models import Document
from kheo.movements.models import Cycle
from kheo.organizations.models import Organization, OrganizationKind


class Checklist(models.Model):
    """A version of what is looked at. Frozen once a check has used it; a change makes a new version."""

    code = models.SlugField(_("code"), max_length=40)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    name = models.CharField(_("name"), max_length=200)
    basis = models.ForeignKey(Document, verbose_name=_("guide"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField(_("from"))
    frozen_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["code", "-version"]
        verbose_name = _("checklist")
        verbose_name_plural = _("checklists")
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="inspections_checklist_version")]

    def __str__(self) -> str:
        return f"{self.name} (v{self.version})"


class ChecklistItem(models.Model):
    """One question of a checklist, answered yes, no or not applicable, with a note."""

    checklist = models.ForeignKey(Checklist, on_delete=models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField(_("order"))
    text = models.CharField(_("question"), max_length=400)
    guidance = models.CharField(_("what to look at"), max_length=400, blank=True)

    class Meta:
        ordering = ["checklist", "order"]
        verbose_name = _("checklist question")
        verbose_name_plural = _("checklist questions")
        constraints = [models.UniqueConstraint(fields=["checklist", "order"], name="inspections_item_order")]

    def __str__(self) -> str:
        return self.text


def usual_reminders() -> list[int]:
    """Fourteen and three days before, on the day, a week after."""
    return [14, 3, 0, -7]


class Covering(models.Model):
    """Which units something is about: those of a kind, below an area, if wanted only those that belong
    directly to units of some kinds (the Party committees of wards and communes, not that of the town)."""

    within = models.ForeignKey(Organization, verbose_name=_("within the area"), on_delete=models.PROTECT, related_name="+")
    unit_kind = models.ForeignKey(OrganizationKind, verbose_name=_("kind of units"), on_delete=models.PROTECT, related_name="+")
    parent_kinds: Any = models.ManyToManyField(OrganizationKind, verbose_name=_("only of"), blank=True, related_name="+")

    class Meta:
        abstract = True


class Plan(Covering):
    """A plan of checks of a cycle, such as "100% of the Party committees of wards and communes"."""

    cycle = models.ForeignKey(Cycle, verbose_name=_("cycle"), on_delete=models.PROTECT, related_name="inspection_plans")
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    name = models.CharField(_("name"), max_length=250)
    document = models.ForeignKey(Document, verbose_name=_("plan document"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    lead = models.ForeignKey(Organization, verbose_name=_("lead body"), on_delete=models.PROTECT, related_name="+")
    partners: Any = models.ManyToManyField(Organization, verbose_name=_("joint bodies"), blank=True, related_name="+")
    kinds = models.JSONField(_("kinds of checks"), default=list)
    checklist = models.ForeignKey(Checklist, verbose_name=_("checklist"), on_delete=models.PROTECT, related_name="plans")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("last day"))
    remind_before = models.JSONField(_("reminders, days before the last day"), default=usual_reminders)
    finding_days = models.PositiveSmallIntegerField(_("working days to mend a finding"), default=30)
    created_by_name = models.CharField(max_length=150, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-starts_on", "-pk"]
        verbose_name = _("inspection plan")
        verbose_name_plural = _("inspection plans")
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="inspections_plan_span")]

    def __str__(self) -> str:
        return self.name


class Reminder(models.Model):
    """A unit was reminded by one rule of a plan: once, whatever the timer did."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="reminders")
    unit = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    days_before = models.SmallIntegerField()
    rule_date = models.DateField()
    sent_at = models.DateTimeField()
    people = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-rule_date", "unit"]
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [models.UniqueConstraint(fields=["plan", "unit", "days_before", "rule_date"], name="inspections_reminder_once")]

    def __str__(self) -> str:
        return f"{self.unit} {self.rule_date:%d/%m/%Y}"
