from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kheo.core.models import Job
from kheo.documents.models import private_storage
from kheo.movements.models import Cycle
from kheo.organizations.models import Organization
from kheo.practices.models.practice import Practice


class ImportBatch(models.Model):
    """One workbook of practices that an officer brought in, what was understood and what became of it."""

    class State(models.TextChoices):
        CHECKED = "checked", _("Checked, nothing imported")
        IMPORTED = "imported", _("Imported")
        PARTLY = "partly", _("Good rows imported")
        REFUSED = "refused", _("Refused: has errors")

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    received_on = models.DateField(_("received on"), null=True, help_text="The day of registration of rows that name none")
    filename = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    file = models.FileField(storage=private_storage, upload_to="imports/%Y/%m", blank=True)
    marked_file = models.FileField(storage=private_storage, upload_to="imports/%Y/%m", blank=True)
    state = models.CharField(max_length=10, choices=State.choices)
    mapping = models.JSONField(default=dict, help_text="Per sheet: header rows and which column was read as what")
    report = models.JSONField(default=dict, help_text="rows, accepted, unchanged, warnings, errors")
    job = models.ForeignKey(Job, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return self.filename


class ImportedRow(models.Model):
    """Which row of which batch made which practice; its fingerprint makes a second import a no-op."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="imported_rows")
    sheet = models.CharField(max_length=100)
    row = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64, db_index=True)
    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="imported_from")

    class Meta:
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")
        constraints = [models.UniqueConstraint(fields=["batch", "sheet", "row"], name="practices_imported_row")]

    def __str__(self) -> str:
        return f"{self.sheet}!{self.row}"
