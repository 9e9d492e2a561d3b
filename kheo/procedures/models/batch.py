from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kheo.core.models import Job
from kheo.organizations.models import Organization
from kheo.procedures.models.counting import CountingRule, ReportingPeriod, Source


class PassingStorage(FileSystemStorage):
    """Where files stay only until they have been read. Outside media and private: a backup must not
    carry what may hold personal data."""

    def __init__(self) -> None:
        super().__init__(base_url=None, file_permissions_mode=0o600, directory_permissions_mode=0o700)

    @property
    def location(self) -> str:
        """The folder `passing` of the data folder."""
        return str(Path(settings.KHEO_HOME) / "passing")

    @property
    def base_location(self) -> str:
        """The same."""
        return self.location


def passing_storage() -> Storage:
    """For the fields of a batch."""
    return PassingStorage()


class Batch(models.Model):
    """One export of one unit and period that an officer brought in: hash, person, what became of it."""

    class State(models.TextChoices):
        RECEIVED = "received", _("Received, not checked yet")
        CHECKED = "checked", _("Checked, not published")
        REFUSED = "refused", _("Refused: has errors")
        PUBLISHED = "published", pgettext_lazy("results", "Published")
        SUPERSEDED = "superseded", _("Replaced by a newer batch")
        DISCARDED = "discarded", _("Discarded")

    unit = models.ForeignKey(Organization, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+")
    period = models.ForeignKey(ReportingPeriod, verbose_name=_("period"), on_delete=models.PROTECT, related_name="batches")
    source = models.ForeignKey(Source, verbose_name=_("source"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    counting = models.ForeignKey(CountingRule, null=True, on_delete=models.PROTECT, related_name="+")
    filename = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    upload = models.FileField(storage=passing_storage, upload_to="procedures", blank=True)
    marked_file = models.FileField(storage=passing_storage, upload_to="procedures", blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.RECEIVED)
    good_rows = models.BooleanField(_("good rows only"), default=False)
    as_of = models.DateTimeField(_("as of"), null=True)
    rows = models.PositiveIntegerField(_("rows read"), default=0)
    accepted = models.PositiveIntegerField(_("rows accepted"), default=0)
    mapping = models.JSONField(default=dict, help_text="Per sheet: header rows, which column was read as what, what was left out")
    report = models.JSONField(default=dict, help_text="rows, accepted, unchanged, warnings, errors")
    job = models.ForeignKey(Job, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    seen_current = models.BigIntegerField(null=True, help_text="The batch that was published when this one was checked")
    supersedes = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="superseded_by")
    published_at = models.DateTimeField(null=True)
    published_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("batch of results")
        verbose_name_plural = _("batches of results")
        constraints = [
            models.UniqueConstraint(fields=["unit", "period"], condition=Q(state="published"), name="procedures_one_published"),
        ]
        indexes = [models.Index(fields=["period", "state"], name="procedures_batch_period")]

    def __str__(self) -> str:
        return self.filename
