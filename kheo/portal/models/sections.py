from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Site

from kheo.documents.models import Document
from kheo.news.blocks import BodyBlock
from kheo.news.models.base import SitePage
from kheo.organizations.models import Organization


class SectionKind(models.Model):
    """A section that a site should have: by law, or by good practice. Data, for the lists change.

    It is met by a section page of this kind, or by one of the program's own pages (`address`: the
    name of its URL).
    """

    class Duty(models.TextChoices):
        LAW = "law", _("Required by law")
        PRACTICE = "practice", _("Expected by good practice")

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=150)
    name_en = models.CharField(_("English name"), max_length=150, blank=True)
    duty = models.CharField(_("why"), max_length=10, choices=Duty.choices, default=Duty.PRACTICE)
    basis = models.CharField(_("article of the law"), max_length=200, blank=True, help_text=_("For example: NĐ 224/2026/NĐ-CP, Điều 9 khoản 1 điểm c"))
    document = models.ForeignKey(Document, verbose_name=_("document"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(_("own page of the program"), max_length=80, blank=True, help_text=_("Name of the address, for example organizations:index; empty: a page written by editors"))
    check_days = models.PositiveSmallIntegerField(_("days between two checks"), default=90)
    order = models.PositiveSmallIntegerField(_("order"), default=100)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        constraints = [models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gt=F("valid_from")), name="portal_section_span")]

    def __str__(self) -> str:
        return self.name


class SectionPage(SitePage):
    """A standing page of the site: history, scenery, contact … with the unit that answers for it."""

    kind = models.ForeignKey(SectionKind, verbose_name=_("section"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    owner_unit = models.ForeignKey(Organization, verbose_name=_("unit that answers for it"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    lead = models.CharField(_("opening sentence"), max_length=400, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("content"), blank=True)

    content_panels: ClassVar[list[Any]] = [*SitePage.content_panels, FieldPanel("kind"), FieldPanel("owner_unit"), FieldPanel("lead"), FieldPanel("body")]
    subpage_types: ClassVar[list[str]] = ["portal.SectionPage"]
    template = "portal/sections/page.html"

    class Meta:
        verbose_name = _("section page")
        verbose_name_plural = _("section pages")


class SectionCheck(models.Model):
    """Somebody looked at a section and found it right. Facts: rows are only added."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    kind = models.ForeignKey(SectionKind, on_delete=models.CASCADE, related_name="checks")
    on = models.DateField(_("checked on"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "-id"]
        verbose_name = _("check of a section")
        verbose_name_plural = _("checks of sections")
        indexes = [models.Index(fields=["site", "kind", "-on"])]

    def __str__(self) -> str:
        return f"{self.kind}: {self.on:%d/%m/%Y}"


class Leader(models.Model):
    """A leading post of a unit with its duties and, where it is published, who holds it and a short biography.

    The law asks for both (NĐ 224/2026, Điều 9 khoản 1 điểm c).
    """

    unit = models.ForeignKey(Organization, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+")
    post = models.CharField(_("post"), max_length=150)
    name = models.CharField(_("full name"), max_length=150, blank=True)
    biography = models.TextField(_("short biography"), blank=True)
    duties = models.TextField(_("duties"))
    phone = models.CharField(_("office telephone"), max_length=40, blank=True)
    email = models.EmailField(_("office e-mail"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=100)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("leader")
        verbose_name_plural = _("leaders")
        constraints = [models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="portal_leader_span")]

    def __str__(self) -> str:
        return f"{self.post} {self.name}".strip()
