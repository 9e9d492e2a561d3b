from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kheo.documents.models import Document, private_storage
from kheo.organizations.models import Organization
from kheo.reports.models.formats import Kind, Layout


class Report(models.Model):
    """One report of one unit on one period. What it says is in its sections; what it said is in its issues."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        CHECKED = "checked", _("Checked")
        ISSUED = "issued", _("Issued")

    class Signing(models.TextChoices):
        COLLECTIVE = "collective", _("On behalf of the collective, by its head (TM.)")
        COLLECTIVE_DEPUTY = "collective_deputy", _("On behalf of the collective, by a deputy (TM., KT.)")
        DEPUTY = "deputy", _("In the place of the head (KT.)")
        ORDER = "order", _("By order (TL.)")
        DELEGATED = "delegated", _("By delegation (TUQ.)")
        PLAIN = "plain", _("In the own name")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    unit = models.ForeignKey(Organization, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="reports")
    period_code = models.CharField(_("period"), max_length=10)
    period_from = models.DateField(_("period from"))
    period_to = models.DateField(_("period until"))
    layout = models.CharField(_("format"), max_length=10, choices=Layout.choices, default=Layout.STATE)
    subject = models.CharField(_("subject line"), max_length=300, help_text=_("Stands under the word BÁO CÁO"))
    parent_body = models.CharField(_("superior body"), max_length=200, blank=True)
    issuer = models.CharField(_("issuing body"), max_length=200)
    symbol = models.CharField(_("symbol"), max_length=30, help_text=_("For example UBND or ThU"))
    place = models.CharField(_("place"), max_length=100)
    signing = models.CharField(_("signed"), max_length=20, choices=Signing.choices, default=Signing.COLLECTIVE)
    body = models.CharField(_("collective that signs"), max_length=200, blank=True)
    head = models.CharField(_("head"), max_length=150, blank=True)
    position = models.CharField(_("position of the signer"), max_length=150)
    signer = models.CharField(_("signer"), max_length=150, blank=True)
    recipients = models.TextField(_("recipients"), blank=True, help_text=_("One in each line"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1, editable=False)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by_name = models.CharField(max_length=150, blank=True)
    checked_figures = models.JSONField(default=dict, editable=False)
    checked_digest = models.CharField(max_length=64, blank=True, editable=False)
    remark = models.TextField(_("remark"), blank=True)
    issuing_at = models.DateTimeField(null=True, editable=False)
    """An issue began and neither ended nor was refused: it is running, or was cut off (power, kill)."""
    issuing_by_name = models.CharField(max_length=150, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by_name = models.CharField(max_length=150, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-period_from", "kind", "unit"]
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind", "period_code"], name="reports_once"),
            models.CheckConstraint(condition=Q(period_to__gte=F("period_from")), name="reports_period_span"),
            models.CheckConstraint(condition=~Q(state="checked") | ~Q(checked_digest=""), name="reports_checked_is_hashed"),
        ]
        indexes = [models.Index(fields=["unit", "state"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.period_code} · {self.unit}"


class Section(models.Model):
    """A part of a report that people write, with tokens where figures stand."""

    class Part(models.TextChoices):
        MOVEMENT = "movement", _("The movement")
        SOCIETY = "society", _("Economy, society, culture")
        GENERAL = "general", _("General")

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="sections")
    order = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=40)
    part = models.CharField(_("part"), max_length=10, choices=Part.choices, default=Part.GENERAL)
    level = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(_("title"), max_length=300)
    text = models.TextField(_("text"), blank=True)
    tables = models.JSONField(_("tables under the text"), default=list, blank=True)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by_name = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["report", "order"]
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        constraints = [
            models.UniqueConstraint(fields=["report", "code"], name="reports_section_code"),
            models.CheckConstraint(condition=Q(level__in=[1, 2]), name="reports_section_level"),
        ]

    def __str__(self) -> str:
        return self.title


class Issue(models.Model):
    """A report as it was signed: every value frozen under one hash, with its number and files."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="issues")
    serial = models.PositiveSmallIntegerField()
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="report_issue")
    number = models.PositiveIntegerField(_("number"))
    series = models.CharField(max_length=120, help_text="Issuer, symbol and year or term within which the number is unique")
    issued_on = models.DateField(_("date of issue"))
    issued_at = models.DateTimeField()
    by_name = models.CharField(max_length=150)
    reason = models.TextField(_("why it was issued again"), blank=True)
    content = models.JSONField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    submission_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    class Meta:
        ordering = ["report", "-serial"]
        verbose_name = _("issued report")
        verbose_name_plural = _("issued reports")
        constraints = [
            models.UniqueConstraint(fields=["report", "serial"], name="reports_issue_serial"),
            models.UniqueConstraint(fields=["series", "number"], name="reports_issue_number"),
            models.CheckConstraint(condition=Q(serial=1) | ~Q(reason=""), name="reports_reissue_why"),
        ]

    def __str__(self) -> str:
        return str(self.document)


class IssueFile(models.Model):
    """A file of an issue. The public one names no person who did not agree to be named."""

    class Audience(models.TextChoices):
        OFFICE = "office", _("For offices")
        PUBLIC = "public", _("For everyone")

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="files")
    form = models.CharField(max_length=4)
    audience = models.CharField(max_length=6, choices=Audience.choices)
    file = models.FileField(storage=private_storage, upload_to="reports/%Y")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()

    class Meta:
        ordering = ["issue", "audience", "form"]
        verbose_name = _("file of an issued report")
        verbose_name_plural = _("files of issued reports")
        constraints = [models.UniqueConstraint(fields=["issue", "form", "audience"], name="reports_file_once")]

    def __str__(self) -> str:
        return f"{self.issue} .{self.form}"
