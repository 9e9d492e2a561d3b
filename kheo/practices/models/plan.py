from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kheo.organizations.models import Organization
from kheo.practices.models.practice import Practice


class Goal(models.Model):
    """A measurable goal (box 3)."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="goals")
    order = models.PositiveSmallIntegerField(default=0)
    statement = models.CharField(_("goal"), max_length=300)
    unit = models.CharField(_("unit of measure"), max_length=40, blank=True)
    target = models.DecimalField(_("target"), max_digits=18, decimal_places=3, null=True, blank=True)

    class Meta:
        ordering = ["order", "id"]
        verbose_name = _("goal")
        verbose_name_plural = _("goals")

    def __str__(self) -> str:
        return self.statement


class Force(models.Model):
    """Who leads, coordinates or takes part, and with what duty (box 6)."""

    class Part(models.TextChoices):
        LEAD = "lead", _("Leads")
        COORDINATE = "coordinate", _("Coordinates")
        PARTICIPATE = "participate", _("Takes part")

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="forces")
    order = models.PositiveSmallIntegerField(default=0)
    organization = models.ForeignKey(Organization, verbose_name=_("unit"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("unit or group"), max_length=200, blank=True)
    part = models.CharField(_("part"), max_length=12, choices=Part.choices, default=Part.PARTICIPATE)
    duty = models.CharField(_("duty"), max_length=300, blank=True)

    class Meta:
        ordering = ["order", "id"]
        verbose_name = _("force")
        verbose_name_plural = _("forces")

    def __str__(self) -> str:
        return self.name or str(self.organization)


class Resource(models.Model):
    """What is needed: money, facilities, people, working days, contributions (box 7)."""

    class Kind(models.TextChoices):
        MONEY = "money", _("Money")
        FACILITIES = "facilities", _("Facilities")
        PEOPLE = "people", _("People")
        WORKDAYS = "workdays", _("Working days")
        COMMUNITY = "community", _("Contributions of the community")

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="resources")
    order = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    description = models.CharField(_("description"), max_length=300, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=18, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("unit of measure"), max_length=40, blank=True)

    class Meta:
        ordering = ["order", "id"]
        verbose_name = _("resource")
        verbose_name_plural = _("resources")

    def __str__(self) -> str:
        return self.description or str(self.get_kind_display())


class Output(models.Model):
    """A result that can be verified (box 8)."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="outputs")
    order = models.PositiveSmallIntegerField(default=0)
    result = models.CharField(_("result"), max_length=300)
    unit = models.CharField(_("unit of measure"), max_length=40, blank=True)
    target = models.DecimalField(_("target"), max_digits=18, decimal_places=3, null=True, blank=True)
    evidence = models.CharField(_("how it is verified"), max_length=300, blank=True)

    class Meta:
        ordering = ["order", "id"]
        verbose_name = _("output")
        verbose_name_plural = _("outputs")

    def __str__(self) -> str:
        return self.result
