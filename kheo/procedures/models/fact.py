from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kheo.organizations.models import Organization
from kheo.procedures.models.batch import Batch
from kheo.procedures.models.catalogue import Procedure, ProcedureField
from kheo.procedures.models.counting import ReportingPeriod
from kheo.procedures.rules import table


class DossierFact(models.Model):
    """One dossier as one batch tells it. Never edited; nothing personal is in it.

    On PostgreSQL the table is partitioned by `month` (the month of the period's first day); foreign
    keys are not checked by the database, because a check per row would double the time of an import:
    `kheo doctor` compares instead. `public_field` and `public_procedure` are what may be published:
    empty where a small number of a sensitive procedure is published together with others.
    """

    class StatusChoices(models.TextChoices):
        WAITING = "waiting", _("Waiting to be received")
        RECEIVED = "received", _("Newly received")
        PROCESSING = "processing", _("In progress")
        SUPPLEMENT = "supplement", _("Supplement requested")
        FINANCIAL = "financial", _("Waiting for a payment")
        DONE = "done", _("Processing finished")
        RETURNED = "returned", _("Result returned")
        STOPPED = "stopped", _("Processing stopped")
        REFUSED = "refused", pgettext_lazy("dossier", "Refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("dossier", "Withdrawn by the citizen")

    class Channel(models.TextChoices):
        ONLINE = "online", _("Online")
        DIRECT = "direct", _("In person")
        POST = "post", _("By public post")

    class OutcomeChoices(models.TextChoices):
        EARLY = "early", _("Before the due date")
        ON_TIME = "on_time", _("On time")
        OVERDUE = "overdue", _("Overdue")
        UNDATED = "undated", _("Settled, no due date known")
        OPEN = "open", _("In progress, in time")
        OPEN_OVERDUE = "open_overdue", _("In progress, overdue")
        OPEN_UNDATED = "open_undated", _("In progress, no due date known")

    may_move = False
    """Set where lines are shown: the due day was computed and not all days off until then are decided."""

    month = models.DateField()
    batch = models.ForeignKey(Batch, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="facts")
    unit = models.ForeignKey(Organization, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+")
    field = models.ForeignKey(ProcedureField, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+")
    procedure = models.ForeignKey(Procedure, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+")
    version_id = models.BigIntegerField(null=True)
    public_field = models.ForeignKey(ProcedureField, null=True, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+")
    public_procedure = models.ForeignKey(Procedure, null=True, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+")
    code = models.CharField(max_length=40)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    due_computed = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=10, blank=True)
    status = models.CharField(max_length=12, choices=StatusChoices.choices)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    outcome = models.CharField(max_length=12, choices=OutcomeChoices.choices)
    carried = models.BooleanField(default=False)
    supplements = models.PositiveSmallIntegerField(default=0)
    waited_minutes = models.PositiveIntegerField(default=0)
    apologies = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=300, blank=True)
    lookup = models.BigIntegerField(null=True, help_text="Keyed hash of the code with the second factor")
    sheet = models.PositiveSmallIntegerField(default=0)
    row = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("dossier result")
        verbose_name_plural = _("dossier results")
        indexes = [
            models.Index(fields=["batch", "outcome", "received_at"], name="procedures_fact_list"),
            models.Index(fields=["code"], name="procedures_fact_code"),
            models.Index(fields=["lookup"], name="procedures_fact_lookup"),
            # The list of dossiers and the list of overdue ones, the newest or longest first, of one month.
            models.Index(fields=["month", "received_at"], name="procedures_fact_newest"),
            models.Index(fields=["month", "due_at"], condition=Q(outcome__in=["overdue", "open_overdue"]), name="procedures_fact_late"),
            # The few whose due moment we computed: a change of the calendar asks for them.
            models.Index(fields=["batch"], condition=Q(due_computed=True), name="procedures_fact_computed"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_discreet(self) -> bool:
        """Whether its line in a public list names neither the procedure nor what tells it: published
        together with others, or sensitive. A line is a cell of one dossier on one day, and the catalogue
        tells which procedure takes twenty-five days, so the due day would name it too."""
        return self.public_procedure is None or self.public_procedure.sensitive


class Columns(models.Model):
    """The columns of the published table."""

    online = models.PositiveIntegerField(default=0)
    direct = models.PositiveIntegerField(default=0)
    carried = models.PositiveIntegerField(default=0)
    early = models.PositiveIntegerField(default=0)
    on_time = models.PositiveIntegerField(default=0)
    overdue = models.PositiveIntegerField(default=0)
    undated = models.PositiveIntegerField(default=0)
    open = models.PositiveIntegerField(default=0)
    open_overdue = models.PositiveIntegerField(default=0)
    open_undated = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True

    @property
    def counts(self) -> table.Counts:
        """The row as the rules take it."""
        return table.Counts(*(getattr(self, name) for name in table.NAMES))


class Rollup(Columns):
    """The columns of the published table for one unit and field of one batch. Rebuilt from the facts
    by `kheo rebuild procedures`, which also compares."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rollups")
    period = models.ForeignKey(ReportingPeriod, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    field = models.ForeignKey(ProcedureField, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("totals of results")
        verbose_name_plural = _("totals of results")
        # No field (several procedures together) counts as 0: both databases then hold to one such row.
        constraints = [models.UniqueConstraint("batch", "unit", Coalesce("field", 0), name="procedures_rollup_once")]
        indexes = [models.Index(fields=["period", "unit"], name="procedures_rollup_period")]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.unit_id}/{self.field_id}"


class PeriodTotal(Columns):
    """A line of what people see of one period: the whole, a field, or a unit, of all published batches.
    Added up from their rollups whenever one is published (`actions/sum_up.py`), never counted while
    somebody reads. A line of fields without a field is that of several procedures together."""

    class Of(models.TextChoices):
        WHOLE = "whole", _("Total")
        FIELD = "field", _("Field")
        UNIT = "unit", _("Unit")

    period = models.ForeignKey(ReportingPeriod, on_delete=models.CASCADE, related_name="totals")
    of = models.CharField(max_length=5, choices=Of.choices)
    field = models.ForeignKey(ProcedureField, null=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Organization, null=True, on_delete=models.PROTECT, related_name="+")
    as_of = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("published line of a period")
        verbose_name_plural = _("published lines of periods")
        indexes = [models.Index(fields=["of", "unit"], name="procedures_period_total_of")]
        constraints = [models.UniqueConstraint("period", "of", Coalesce("field", 0), Coalesce("unit", 0), name="procedures_period_total_once")]

    def __str__(self) -> str:
        return f"{self.period_id}/{self.of}/{self.field_id or self.unit_id or ''}"


class Publication(models.Model):
    """One row: how many times something was published. A replica that shows the same number holds
    everything that was published, because the number is raised in the same transaction."""

    number = models.BigIntegerField(default=0)
    at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("number of publications")
        verbose_name_plural = _("numbers of publications")

    def __str__(self) -> str:
        return str(self.number)
