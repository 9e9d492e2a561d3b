from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kheo.documents.models import Document


class Branch(models.TextChoices):
    PARTY = "party", _("Party")
    STATE = "state", _("State administration")
    COUNCIL = "council", _("People's Council")
    FRONT = "front", _("Fatherland Front and unions")
    ARMED_FORCES = "armed_forces", _("Armed forces")
    PUBLIC_SERVICE = "public_service", _("Public service units")
    COMMUNITY = "community", _("Communities")
    ENTERPRISE = "enterprise", _("Enterprises")


class OrganizationKind(models.Model):
    """What a unit is: ward, commune, residential group, union … The list is data: laws rename kinds."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=100)
    name_en = models.CharField(_("English name"), max_length=100)
    branch = models.CharField(_("branch"), max_length=20, choices=Branch.choices)
    is_area = models.BooleanField(_("administrative area"), default=False)
    order = models.PositiveSmallIntegerField(_("order"), default=100)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("kind of unit")
        verbose_name_plural = _("kinds of units")

    def __str__(self) -> str:
        return self.name


class Organization(models.Model):
    """A unit through all its names. What it is called, its code and its parent are dated versions."""

    slug = models.SlugField(_("address"), max_length=120, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")

    def __str__(self) -> str:
        from_prefetch = getattr(self, "_display_name", None)
        if from_prefetch:
            return str(from_prefetch)
        # Versions fetched beforehand are used as they are: a list of fifty rows must not ask fifty times.
        fetched = getattr(self, "_prefetched_objects_cache", {}).get("versions")
        last = self.versions.order_by("valid_from").last() if fetched is None else max(fetched, key=lambda v: v.valid_from, default=None)
        return last.name if last else self.slug


class OrganizationVersion(models.Model):
    """Name, code, kind and parent of a unit over [valid_from, valid_to). Open end: valid_to is null."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="versions")
    kind = models.ForeignKey(OrganizationKind, verbose_name=_("kind"), on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=120, blank=True, help_text=_("Without the word for its kind: Đông Sơn"))
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    code = models.CharField(_("official code"), max_length=20, blank=True)
    parent = models.ForeignKey(Organization, verbose_name=_("belongs to"), null=True, blank=True, on_delete=models.PROTECT, related_name="child_versions")
    address = models.CharField(_("postal address"), max_length=300, blank=True)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True, help_text=_("The first day it no longer holds"))
    start_checked = models.BooleanField(_("start compared with a document"), default=True)
    basis = models.ForeignKey(Document, verbose_name=_("deciding document"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    folded = models.CharField(max_length=260, editable=False, db_index=True)
    sort_key = models.CharField(max_length=500, editable=False, db_index=True)

    class Meta:
        ordering = ["organization", "valid_from"]
        verbose_name = _("version of a unit")
        verbose_name_plural = _("versions of units")
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], condition=~Q(code=""), name="organizations_code_valid_from"),
            models.UniqueConstraint(fields=["organization", "valid_from"], name="organizations_version_start"),
            models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="organizations_version_span"),
        ]
        indexes = [models.Index(fields=["code"]), models.Index(fields=["valid_from", "valid_to"])]

    def __str__(self) -> str:
        return self.name


class Reorganization(models.Model):
    """One merge, split or rename as the officer carried it out, so that it can be shown and undone."""

    class Kind(models.TextChoices):
        MERGE = "merge", _("Merge")
        SPLIT = "split", _("Split")
        RENAME = "rename", _("New name or new kind")
        ABOLISH = "abolish", _("Abolition")
        TRANSFER = "transfer", _("Transfer to another superior unit")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    on = models.DateField(_("takes effect on"))
    decision = models.ForeignKey(Document, verbose_name=_("decision"), on_delete=models.PROTECT, related_name="+")
    note = models.TextField(_("note"), blank=True)
    steps = models.JSONField(default=dict, help_text="What was created and closed, so that it can be undone")
    created_by_id = models.BigIntegerField(null=True)
    created_by_name = models.CharField(max_length=150, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-on", "-id"]
        verbose_name = _("reorganization")
        verbose_name_plural = _("reorganizations")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on:%d/%m/%Y}"

    @property
    def units(self) -> list[str]:
        """The units concerned in words, as they were called then: who passed to whom, else who changed, else who ended."""
        words = self.steps.get("words", {})
        found = words.get("passed") or words.get("changed") or words.get("closed") or []
        return [" → ".join(part for part in line if part) for line in found]


class Succession(models.Model):
    """On a date, all or a part of one unit passed to another. Many to many."""

    predecessor = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="successions_out")
    successor = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="successions_in")
    kind = models.CharField(max_length=12, choices=Reorganization.Kind.choices)
    on = models.DateField()
    partial = models.BooleanField(_("only a part"), default=False)
    basis = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    reorganization = models.ForeignKey(Reorganization, null=True, blank=True, on_delete=models.CASCADE, related_name="successions")
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["on", "id"]
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor", "on"], name="organizations_succession_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="organizations_succession_other"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class Mandate(models.Model):
    """A duty that a unit holds for a time, such as standing body for "Dân vận khéo"."""

    organization = models.ForeignKey(Organization, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="mandates")
    area = models.ForeignKey(Organization, verbose_name=_("for the area"), on_delete=models.PROTECT, related_name="+")
    function = models.CharField(_("duty"), max_length=120)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)
    basis = models.ForeignKey(Document, verbose_name=_("deciding document"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["function", "valid_from"]
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="organizations_mandate_span"),
        ]

    def __str__(self) -> str:
        return f"{self.function}: {self.organization}"
