from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kheo.core.models import Job
from kheo.documents.models import Document, private_storage
from kheo.movements.models import Cycle
from kheo.organizations.models import Organization
from kheo.practices.models import Practice


class Level(models.Model):
    """A level that may commend: grassroots, district (until 30/06/2025), province, central."""

    code = models.SlugField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=100)
    name_en = models.CharField(_("English name"), max_length=100)
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["order"]
        verbose_name = _("level")
        verbose_name_plural = _("levels")

    def __str__(self) -> str:
        return self.name


class Form(models.Model):
    """A form of commendation: biểu dương, giấy khen, bằng khen … with its level and dates."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=150)
    name_en = models.CharField(_("English name"), max_length=150)
    level = models.ForeignKey(Level, verbose_name=_("level"), on_delete=models.PROTECT, related_name="forms")
    authority = models.CharField(_("who decides"), max_length=200)
    party_style = models.BooleanField(_("Party document style"), default=False)
    rank = models.PositiveSmallIntegerField(_("rank"), default=1)
    basis = models.ForeignKey(Document, verbose_name=_("basis"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["rank"]
        verbose_name = _("form of commendation")
        verbose_name_plural = _("forms of commendation")

    def __str__(self) -> str:
        return self.name


class Commendation(models.Model):
    """A decision to commend: one document, one form of commendation, a list of honourees."""

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="commendation")
    form = models.ForeignKey(Form, verbose_name=_("form"), on_delete=models.PROTECT, related_name="commendations")
    cycle = models.ForeignKey(Cycle, verbose_name=_("cycle"), on_delete=models.PROTECT, related_name="commendations")
    unit = models.ForeignKey(Organization, verbose_name=_("area"), on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    submission_key = models.UUIDField(unique=True, editable=False, default=uuid.uuid4)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(Document, verbose_name=_("withdrawing decision"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_reason = models.TextField(blank=True)
    certificates_job = models.ForeignKey(Job, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    certificates_file = models.FileField(storage=private_storage, upload_to="certificates/%Y", blank=True)

    class Meta:
        ordering = ["-document__issued_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | (Q(withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
                name="commendations_withdrawn_why",
            )
        ]
        verbose_name = _("commendation")
        verbose_name_plural = _("commendations")

    def __str__(self) -> str:
        return f"{self.form} · {self.document}"


class Honouree(models.Model):
    """A collective or person commended by a decision.

    A person's name is public only with consent (Luật 91/2025/QH15); without it the public honour
    roll shows the unit and the achievement only. Minors are never named.
    """

    class Consent(models.TextChoices):
        NOT_NEEDED = "not_needed", _("Not needed (collective)")
        WAITING = "waiting", _("Not yet asked")
        GIVEN = "given", _("Given")
        REFUSED = "refused", _("Refused")

    commendation = models.ForeignKey(Commendation, on_delete=models.CASCADE, related_name="honourees")
    order = models.PositiveIntegerField(default=0)
    practice = models.ForeignKey(Practice, verbose_name=_("practice"), null=True, blank=True, on_delete=models.PROTECT, related_name="honours")
    is_collective = models.BooleanField(_("collective"), default=True)
    name = models.CharField(_("name of the collective or person"), max_length=200)
    organization = models.ForeignKey(Organization, verbose_name=_("unit"), null=True, blank=True, on_delete=models.PROTECT, related_name="honours")
    unit_text = models.CharField(_("unit (text)"), max_length=200, blank=True)
    achievement = models.CharField(_("achievement"), max_length=500)
    consent = models.CharField(_("consent to be named"), max_length=12, choices=Consent.choices, default=Consent.NOT_NEEDED)
    consent_at = models.DateTimeField(null=True, blank=True)
    consent_note = models.CharField(max_length=200, blank=True)
    is_minor = models.BooleanField(_("under 18"), default=False)
    certificate = models.FileField(storage=private_storage, upload_to="certificates/%Y", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["order", "id"]
        verbose_name = _("honouree")
        verbose_name_plural = _("honourees")
        constraints = [
            models.CheckConstraint(condition=Q(is_collective=True) | ~Q(consent="not_needed"), name="commendations_person_consent"),
            models.UniqueConstraint(fields=["commendation", "practice", "name"], name="commendations_once"),
        ]

    def __str__(self) -> str:
        return self.name
