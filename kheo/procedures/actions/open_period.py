"""Write the row of a reporting period, with the place where its facts will be kept."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection, transaction

from kheo.audit.actions import record
from kheo.core.rules import periods as core_periods
from kheo.procedures.models import DossierFact, ReportingPeriod
from kheo.procedures.rules import periods


def open_period(code: str, *, scheme: str = periods.CALENDAR, by: Any) -> ReportingPeriod:
    """The row of a period; made from the scheme when nobody has written it yet.

    Raises InvalidInput ``period_unreadable``.
    """
    meant = core_periods.parse_period(code)
    found = ReportingPeriod.objects.filter(scheme=scheme, code=meant.code).first()
    if found is None:
        with transaction.atomic():
            span = periods.span(meant, scheme)
            found, made = ReportingPeriod.objects.get_or_create(
                scheme=scheme, code=meant.code, defaults={"kind": meant.kind, "first": span.first, "last": span.last}
            )
            if made:
                record.record("procedures.open_period", found, by=by, label=found.code)
    ensure_partition(found.first.replace(day=1))
    return found


def ensure_partition(month: date) -> None:
    """On a partitioned table, make the partition of a month. Attaching does not stop readers."""
    if connection.vendor != "postgresql":
        return
    table = DossierFact._meta.db_table
    name = f"{table}_{month:%Y%m}"
    after = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT relkind = 'p' FROM pg_class WHERE oid = to_regclass(%s)", [table])
        if not cursor.fetchone()[0]:
            return
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [name])
        if cursor.fetchone()[0]:
            return
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [name])
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [name])
        if cursor.fetchone()[0]:
            return
        cursor.execute(f"CREATE TABLE {name} (LIKE {table} INCLUDING DEFAULTS INCLUDING CONSTRAINTS)")
        cursor.execute(f"ALTER TABLE {table} ATTACH PARTITION {name} FOR VALUES FROM ('{month}') TO ('{after}')")
