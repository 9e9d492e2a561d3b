from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kheo.documents.models import Document


class ProcedureField(models.Model):
    """A field of work such as "Hộ tịch". Fields are renamed by decision, so they are rows."""

    slug = models.SlugField(_("address"), max_length=100, unique=True)
    name = models.CharField(_("name"), max_length=200)
    folded = models.CharField(max_length=220, editable=False, unique=True)
    sort_key = models.CharField(max_length=400, editable=False)

    class Meta:
        ordering = ["sort_key"]
        verbose_name = _("field of procedures")
        verbose_name_plural = _("fields of procedures")

    def __str__(self) -> str:
        return self.name


class Procedure(models.Model):
    """An administrative procedure, known by its short code. Name and time limit are dated versions."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Seen in an import, waiting for the officer")
        LISTED = "listed", _("In the catalogue")

    code = models.CharField(_("code"), max_length=24, unique=True, help_text=_("The short form, for example 1.004616"))
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.LISTED)
    sensitive = models.BooleanField(_("sensitive"), default=False, help_text=_("Small numbers are published together with other procedures"))
    seen_name = models.CharField(_("name in the import"), max_length=500, blank=True)
    first_seen_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("procedure")
        verbose_name_plural = _("procedures")

    def __str__(self) -> str:
        return self.code


class ProcedureVersion(models.Model):
    """What a procedure was over [valid_from, valid_to), by which decision."""

    class Level(models.TextChoices):
        PROVINCE = "province", _("Province")
        DISTRICT = "district", _("District")
        COMMUNE = "commune", _("Commune")
        OTHER = "other", _("Other body")

    class LimitUnit(models.TextChoices):
        WORKING_DAYS = "working_days", _("working days")
        WORKING_HOURS = "working_hours", _("working hours")
        DAYS = "days", _("calendar days")

    class Online(models.TextChoices):
        FULL = "full", _("Fully online")
        PARTIAL = "partial", _("Partly online")
        INFORMATION = "information", _("Information only")

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="versions")
    full_code = models.CharField(_("full code"), max_length=40, blank=True)
    name = models.CharField(_("name"), max_length=500)
    field = models.ForeignKey(ProcedureField, verbose_name=_("field"), on_delete=models.PROTECT, related_name="versions")
    level = models.CharField(_("level"), max_length=10, choices=Level.choices, default=Level.COMMUNE)
    limit = models.PositiveSmallIntegerField(_("time limit"), null=True, blank=True, help_text=_("Empty: none set"))
    limit_unit = models.CharField(_("counted in"), max_length=14, choices=LimitUnit.choices, default=LimitUnit.WORKING_DAYS)
    online = models.CharField(_("online service"), max_length=12, choices=Online.choices, default=Online.INFORMATION)
    decision = models.CharField(_("decision"), max_length=200, blank=True)
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["procedure", "valid_from"]
        verbose_name = _("version of a procedure")
        verbose_name_plural = _("versions of procedures")
        constraints = [
            models.UniqueConstraint(fields=["procedure", "valid_from"], name="procedures_version_start"),
            models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="procedures_version_span"),
        ]

    def __str__(self) -> str:
        return self.name
