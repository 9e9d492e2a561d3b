from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kheo.documents.models import private_storage


class Kind(models.TextChoices):
    INTERIM = "interim", _("Interim report")
    ANNUAL = "annual", _("Annual report")


class Layout(models.TextChoices):
    STATE = "state", _("State document")
    PARTY = "party", _("Party document")


class DocumentFormat(models.Model):
    """A document format in force for a time: margins, letters, header, number line, signature words."""

    code = models.CharField(_("format"), max_length=10, choices=Layout.choices)
    name = models.CharField(_("name"), max_length=150)
    basis = models.CharField(_("deciding document"), max_length=200)
    values = models.JSONField(_("values"))
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["code", "-valid_from"]
        verbose_name = _("document format")
        verbose_name_plural = _("document formats")
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="reports_format_start"),
            models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="reports_format_span"),
        ]

    def __str__(self) -> str:
        return self.name


class Outline(models.Model):
    """The sections a new report begins with: title, part, first words. Dated; each report changes its own."""

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=150)
    sections = models.JSONField(_("sections"), default=list)
    basis = models.CharField(_("deciding document"), max_length=200, blank=True)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["kind", "-valid_from"]
        verbose_name = _("outline of reports")
        verbose_name_plural = _("outlines of reports")
        constraints = [models.UniqueConstraint(fields=["kind", "valid_from"], name="reports_outline_start")]

    def __str__(self) -> str:
        return self.name


class ReportTemplate(models.Model):
    """A version of the Word file that reports of a kind and format are poured into.

    The files shipped with the software have no row; a row replaces them until it is withdrawn.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    layout = models.CharField(_("format"), max_length=10, choices=Layout.choices)
    version = models.PositiveSmallIntegerField(_("version"))
    name = models.CharField(_("file name"), max_length=150)
    file = models.FileField(_("file"), storage=private_storage, upload_to="report-templates/%Y")
    sha256 = models.CharField(max_length=64)
    tokens = models.JSONField(default=list)
    note = models.CharField(_("what changed"), max_length=300, blank=True)
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["kind", "layout", "-version"]
        verbose_name = _("report template")
        verbose_name_plural = _("report templates")
        constraints = [models.UniqueConstraint(fields=["kind", "layout", "version"], name="reports_template_version")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.get_layout_display()} · v{self.version}"
