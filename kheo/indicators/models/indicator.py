from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kheo.documents.models import Document
from kheo.organizations.models import Organization

CODE = RegexValidator(r"^[a-z][a-z0-9_]{1,59}$", _("Small letters, digits and _ only, a letter first: gia_dinh_van_hoa"))


class Direction(models.TextChoices):
    HIGHER = "higher", _("Higher is better")
    LOWER = "lower", _("Lower is better")
    EXACT = "exact", _("As close as possible to the target")
    RANGE = "range", _("Within a range")


class Aggregation(models.TextChoices):
    SUM = "sum", _("Sum of the units")
    RATIO = "ratio", _("Sum of numerators ÷ sum of denominators")
    LAST = "last", _("Only the unit's own value")
    GROWTH = "growth", _("Average yearly growth of the sums")


class SourceKind(models.TextChoices):
    TYPED = "typed", _("Typed or imported")
    COMPUTED = "computed", _("Counted from Khéo's own records")
    FORMULA = "formula", _("Formula over other indicators")


class Indicator(models.Model):
    """What is measured. Everything that may change about it is in its dated versions."""

    code = models.CharField(_("code"), max_length=60, unique=True, validators=[CODE])
    group = models.CharField(_("group"), max_length=120, blank=True, help_text=_("For example Văn hóa - xã hội"))
    order = models.PositiveSmallIntegerField(_("order"), default=100)

    class Meta:
        ordering = ["order", "code"]
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")

    def __str__(self) -> str:
        fetched = getattr(self, "_prefetched_objects_cache", {}).get("versions")
        last = self.versions.order_by("valid_from").last() if fetched is None else max(fetched, key=lambda v: v.valid_from, default=None)
        return last.name if last else self.code


class IndicatorVersion(models.Model):
    """How the indicator is defined over [valid_from, valid_to), with the document that says so."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="versions")
    name = models.CharField(_("name"), max_length=250)
    unit_text = models.CharField(_("unit of measure"), max_length=40, help_text=_("%, khu phố, tỷ đồng …"))
    direction = models.CharField(_("direction"), max_length=8, choices=Direction.choices, default=Direction.HIGHER)
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=0)
    numerator_text = models.CharField(_("numerator"), max_length=300, blank=True)
    denominator_text = models.CharField(_("denominator"), max_length=300, blank=True)
    is_share = models.BooleanField(_("a part of a whole"), default=False, help_text=_("The numerator can never be more than the denominator."))
    factor = models.DecimalField(_("factor"), max_digits=12, decimal_places=2, default=100, help_text=_("100 for %, 1000 for per thousand"))
    aggregation = models.CharField(_("over several units"), max_length=8, choices=Aggregation.choices, default=Aggregation.SUM)
    source = models.CharField(_("source"), max_length=10, choices=SourceKind.choices, default=SourceKind.TYPED)
    source_code = models.CharField(_("what is counted"), max_length=80, blank=True)
    formula = models.CharField(_("formula"), max_length=400, blank=True)
    basis = models.ForeignKey(Document, verbose_name=_("basis"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(_("how it is measured"), blank=True)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["indicator", "valid_from"]
        verbose_name = _("definition of an indicator")
        verbose_name_plural = _("definitions of indicators")
        constraints = [
            models.UniqueConstraint(fields=["indicator", "valid_from"], name="indicators_version_start"),
            models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="indicators_version_span"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_parts(self) -> bool:
        """Whether people type a numerator and a denominator instead of one value."""
        return self.source == SourceKind.TYPED and self.aggregation in (Aggregation.RATIO, Aggregation.GROWTH)

    @property
    def is_percent(self) -> bool:
        return self.unit_text.strip() == "%"


class Period(models.Model):
    """A named stretch of days, first and last included."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=8)  # year, half, quarter, month, custom
    name = models.CharField(_("name"), max_length=120)
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))

    class Meta:
        ordering = ["-first", "last"]
        verbose_name = _("period")
        verbose_name_plural = _("periods")
        constraints = [models.CheckConstraint(condition=Q(last__gte=F("first")), name="indicators_period_span")]

    def __str__(self) -> str:
        return self.name


class Observation(models.Model):
    """What was said for one indicator, unit and period, once. A correction is the next revision."""

    class Status(models.TextChoices):
        ESTIMATE = "estimate", _("Estimate")
        PRELIMINARY = "preliminary", _("Preliminary")
        OFFICIAL = "official", _("Official")

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="observations")
    unit = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="observations")
    revision = models.PositiveIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    value = models.DecimalField(max_digits=30, decimal_places=8, null=True)
    numerator = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    denominator = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.ESTIMATE)
    evidence = models.CharField(_("evidence"), max_length=500, blank=True)
    missing_reason = models.CharField(_("why there is no figure"), max_length=500, blank=True)
    reason = models.CharField(_("reason for what looks odd, or for the correction"), max_length=500, blank=True)
    entry = models.CharField(max_length=10, default="typed")  # typed, imported, approved
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-revision"]
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        constraints = [
            models.UniqueConstraint(fields=["indicator", "unit", "period", "revision"], name="indicators_observation_revision"),
            models.UniqueConstraint(fields=["indicator", "unit", "period"], condition=Q(is_current=True), name="indicators_observation_current"),
        ]
        indexes = [models.Index(fields=["period", "unit", "indicator"], condition=Q(is_current=True), name="indicators_current_cell")]

    def __str__(self) -> str:
        return f"{self.indicator_id}/{self.unit_id}/{self.period_id}#{self.revision}"
