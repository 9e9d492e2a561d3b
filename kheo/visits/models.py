"""Rollups of hits, how far each segment was folded, and what was signed off.

All of it except openings, stated days and imported logs can be computed again from segments. Sites
are numbers and not foreign keys: a site that is gone keeps its history.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Counts(models.Model):
    """The columns every rollup has."""

    views = models.BigIntegerField(_("page views"), default=0)
    visits = models.BigIntegerField(_("visits"), default=0)
    noscript = models.BigIntegerField(_("without script"), default=0)
    robots = models.BigIntegerField(_("robots"), default=0)
    prefetches = models.BigIntegerField(_("loaded in advance"), default=0)
    monitors = models.BigIntegerField(_("availability checks"), default=0)
    staff = models.BigIntegerField(_("officers of this site"), default=0)
    limited = models.BigIntegerField(_("too many at once"), default=0)
    forged = models.BigIntegerField(_("not from our pages"), default=0)

    class Meta:
        abstract = True


COUNTS = tuple(field.name for field in Counts._meta.fields)


class HourCount(Counts):
    """One hour of one site."""

    site = models.PositiveIntegerField()
    day = models.DateField()
    hour = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("hour")
        verbose_name_plural = _("hours")
        constraints = [models.UniqueConstraint(fields=["site", "day", "hour"], name="visits_hour_once")]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.hour}h: {self.views}"


class DayCount(Counts):
    """One day of one site, and who counted it. Stated days come from an older counter: no visits known."""

    class Source(models.TextChoices):
        BEACON = "beacon", _("counted by this site")
        LOG = "log", _("read from the server's log")
        STATED = "stated", _("told by the older counter")

    site = models.PositiveIntegerField()
    day = models.DateField()
    source = models.CharField(max_length=6, choices=Source.choices, default=Source.BEACON)

    class Meta:
        verbose_name = _("day")
        verbose_name_plural = _("days")
        constraints = [models.UniqueConstraint(fields=["site", "day"], name="visits_day_once")]
        indexes = [models.Index(fields=["day"], name="visits_day_day")]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}: {self.views}"


class MonthCount(Counts):
    """One month of one site: the sum of its days, so that ten years are 120 rows."""

    site = models.PositiveIntegerField()
    month = models.DateField()
    stated_days = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("month")
        verbose_name_plural = _("months")
        constraints = [models.UniqueConstraint(fields=["site", "month"], name="visits_month_once")]

    def __str__(self) -> str:
        return f"{self.month:%m/%Y}: {self.views}"


class Label(models.Model):
    """A page, a referring site or a kind of device, written once."""

    class Kind(models.TextChoices):
        PAGE = "page", _("Page")
        REFERRER = "referrer", _("Referring site")
        DEVICE = "device", _("Device")

    kind = models.CharField(max_length=8, choices=Kind.choices)
    text = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("label")
        verbose_name_plural = _("labels")
        constraints = [models.UniqueConstraint(fields=["kind", "text"], name="visits_label_once")]

    def __str__(self) -> str:
        return self.text


class LabelDay(models.Model):
    """Page views of one label on one day of one site."""

    site = models.PositiveIntegerField()
    day = models.DateField()
    label = models.ForeignKey(Label, on_delete=models.PROTECT, related_name="days", db_index=False)
    views = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("label of a day")
        verbose_name_plural = _("labels of days")
        constraints = [models.UniqueConstraint(fields=["site", "day", "label"], name="visits_label_day_once")]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}: {self.views}"


class VisitorDay(models.Model):
    """The visits of one hash on one day; deleted when the day is closed."""

    site = models.PositiveIntegerField()
    day = models.DateField()
    visitor = models.CharField(max_length=16)
    stretches = models.TextField()

    class Meta:
        verbose_name = _("visitor of a day")
        verbose_name_plural = _("visitors of a day")
        constraints = [models.UniqueConstraint(fields=["site", "day", "visitor"], name="visits_visitor_once")]
        indexes = [models.Index(fields=["day"], name="visits_visitor_day")]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"


class Segment(models.Model):
    """How far a segment file was folded. Written in the transaction that holds its counts."""

    name = models.CharField(max_length=120, unique=True)
    day = models.DateField()
    offset = models.BigIntegerField(default=0)
    lines = models.BigIntegerField(default=0)
    bad_lines = models.BigIntegerField(default=0)
    packed = models.BooleanField(default=False)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("segment")
        verbose_name_plural = _("segments")
        indexes = [models.Index(fields=["day"], name="visits_segment_day")]

    def __str__(self) -> str:
        return self.name


class Fold(models.Model):
    """One row: taken by whoever folds, so that several folders are as one. `at` is the last time."""

    number = models.BigIntegerField(default=0)
    at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("fold")
        verbose_name_plural = _("folds")

    def __str__(self) -> str:
        return str(self.number)


class Closing(models.Model):
    """A day counted a second time from its segments and signed off. `difference` should be 0."""

    day = models.DateField(unique=True)
    closed_at = models.DateTimeField()
    lines = models.BigIntegerField(default=0)
    bad_lines = models.BigIntegerField(default=0)
    counted = models.JSONField(default=dict)
    difference = models.BigIntegerField(default=0)
    reopened = models.PositiveSmallIntegerField(default=0)
    salt_destroyed = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("closed day")
        verbose_name_plural = _("closed days")

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"


class Opening(models.Model):
    """Where counting began: the total of an older counter at the beginning of a day."""

    site = models.PositiveIntegerField()
    on = models.DateField(_("at the beginning of"))
    total = models.BigIntegerField(_("page views until then"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("opening balance")
        verbose_name_plural = _("opening balances")
        constraints = [
            models.UniqueConstraint(fields=["site", "on"], name="visits_opening_once"),
            models.CheckConstraint(condition=Q(total__gte=0), name="visits_opening_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y}: {self.total}"


class ImportedLog(models.Model):
    """A server log or a table of days that was added, so that the same file is never added twice."""

    site = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=8)
    head = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    size = models.BigIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)
    report = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("imported log")
        verbose_name_plural = _("imported logs")
        constraints = [models.UniqueConstraint(fields=["site", "digest"], name="visits_log_once")]

    def __str__(self) -> str:
        return self.name
