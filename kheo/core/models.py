from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """Work that runs behind the page: an import, a bulk step, a batch of certificates.

    The row says what became of it; the running count lives in a small file (see kheo.core.jobs),
    because a count written inside the job's own transaction could not be seen until it ended.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Finished")
        FAILED = "failed", _("Failed")
        INTERRUPTED = "interrupted", _("Interrupted: nothing was saved")

    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=12, choices=State.choices, default=State.QUEUED)
    arguments = models.JSONField(default=dict)
    result = models.JSONField(default=dict, blank=True)
    error = models.TextField(blank=True)
    # accounts stands above core, so the person is kept as number and name, not as a foreign key.
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=150, blank=True)
    result_url = models.CharField(max_length=300, blank=True)
    queued_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    worker = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("background job")
        verbose_name_plural = _("background jobs")

    def __str__(self) -> str:
        return self.title


class SearchEntry(models.Model):
    """One findable document as the search index holds it (kheo.core.search). Derived: `kheo search rebuild`.

    The number is made of day, kind and row, so the newest come first without sorting. On PostgreSQL
    `tokens` is turned into a tsvector column by a trigger and left empty.
    """

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=30)
    object_id = models.BigIntegerField()
    date = models.DateField(null=True)
    unit = models.CharField(max_length=120, blank=True)
    unit_name = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=500)
    address = models.CharField(max_length=500)
    leads = models.JSONField(default=list)
    body = models.TextField(blank=True)
    tokens = models.TextField(blank=True)
    digest = models.CharField(max_length=16, blank=True)

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="core_search_once")]

    def __str__(self) -> str:
        return self.title


class SearchWord(models.Model):
    """A word that occurs in the index, with and without its tones: what near spellings are chosen from."""

    word = models.CharField(max_length=40, primary_key=True)
    bare = models.CharField(max_length=40, db_index=True)

    class Meta:
        verbose_name = _("word of the search index")
        verbose_name_plural = _("words of the search index")

    def __str__(self) -> str:
        return self.word


class Abbreviation(models.Model):
    """A short form and what it stands for; search reads either as the other. Several rows with one
    short form make it ambiguous: all meanings are found, and the reader may choose."""

    short = models.CharField(_("short form"), max_length=20, help_text=_("As it is written: UBND, QP-AN"))
    long = models.CharField(_("stands for"), max_length=120, help_text=_("In full, with tones: Ủy ban nhân dân"))

    class Meta:
        ordering = ["short", "long"]
        verbose_name = _("abbreviation")
        verbose_name_plural = _("abbreviations")
        constraints = [models.UniqueConstraint(fields=["short", "long"], name="core_abbreviation_once")]

    def __str__(self) -> str:
        return f"{self.short} = {self.long}"
