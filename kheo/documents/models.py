from __future__ import annotations

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


def private_storage() -> Storage:
    """Uploaded files are served by views that check rights, never straight from a folder."""
    return storages["private"]


class Document(models.Model):
    """An official document that other rows cite: decision, plan, guide, resolution, law.

    The issuer is kept as text: the name the body had on the day it signed. Nothing is public by
    itself: `public_from` is the day somebody published it, `public_to` the first day it is not any more.
    """

    number = models.CharField(_("number and symbol"), max_length=80, help_text=_("For example 12-QĐ/ĐU or 156/QĐ-UBND"))
    kind = models.CharField(_("kind"), max_length=80, blank=True, help_text=_("For example Quyết định, Kế hoạch, Hướng dẫn"))
    title = models.CharField(_("subject"), max_length=500)
    issuer = models.CharField(_("issuing body"), max_length=200)
    signer = models.CharField(_("signer"), max_length=150, blank=True)
    signer_title = models.CharField(_("position of the signer"), max_length=150, blank=True)
    issued_on = models.DateField(_("date of issue"))
    effective_from = models.DateField(_("in force from"), null=True, blank=True)
    effective_to = models.DateField(_("in force until"), null=True, blank=True)
    replaced_by = models.ForeignKey("self", verbose_name=_("replaced by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="replaces")
    url = models.URLField(_("address"), blank=True)
    file = models.FileField(_("file"), storage=private_storage, upload_to="documents/%Y", blank=True)
    public_from = models.DateField(_("public from"), null=True, blank=True)
    public_to = models.DateField(_("public until"), null=True, blank=True)
    file_public = models.BooleanField(_("the file is public too"), default=False)
    words = models.TextField(editable=False, blank=True, help_text=_("The text of the public file, for the search"))
    folded = models.CharField(max_length=900, editable=False, blank=True, db_index=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-issued_on", "number"]
        verbose_name = _("official document")
        verbose_name_plural = _("official documents")
        constraints = [
            models.UniqueConstraint(fields=["number", "issuer", "issued_on"], name="documents_number_issuer_day"),
            models.CheckConstraint(condition=Q(public_to__isnull=True) | Q(public_to__gte=F("public_from")), name="documents_public_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.number} ngày {self.issued_on:%d/%m/%Y}"
