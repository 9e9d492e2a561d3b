"""The chain: what was changed, removed or cut off is found, and nothing else."""

from __future__ import annotations

import pytest
from django.db import connection

from kheo.audit import queries
from kheo.audit.actions import record
from kheo.audit.actions import verify as verifying
from kheo.audit.models import Check, Entry
from kheo.core.errors import DomainError, Refused


@pytest.fixture
def chain(cast):
    for number in range(5):
        record.record("documents.register", cast.decision, by=cast.officer, title=f"Lần {number}")
    return cast


def sql(text: str, *params: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text, params)


def found() -> list[tuple[int, str]]:
    return [(each.entry_id, each.what) for each in queries.verify()]


def test_it_works(chain):
    assert found() == []
    check = verifying.verify(by=chain.auditor)
    assert (check.entries, check.faults, check.breaks) == (5, 0, [])
    assert Entry.objects.latest("id").verb == "audit.verify"


def test_an_empty_log_holds(db):
    assert found() == []


def test_a_changed_label_is_found_alone(chain):
    sql("UPDATE audit_entry SET object_label = %s WHERE id = 3", "Khác")
    assert found() == [(3, "changed")]


def test_changed_details_are_found_alone(chain):
    sql("UPDATE audit_entry SET details = %s WHERE id = 2", '{"title": "Khác"}')
    assert found() == [(2, "changed")]


def test_a_removed_entry_is_found_alone(chain):
    sql("DELETE FROM audit_entry WHERE id = 3")
    assert found() == [(3, "missing")]


def test_a_cut_off_end_is_found(chain):
    sql("DELETE FROM audit_entry WHERE id >= 4")
    assert found() == [(4, "cut off")]


def test_a_missing_end_mark_is_found(chain):
    sql("DELETE FROM audit_head")
    assert found() == [(6, "cut off")]


def test_a_forged_last_entry_is_found_by_the_end_mark(chain):
    last = Entry.objects.latest("id")
    last.object_label = "Khác"
    from kheo.audit import rules

    forged = rules.entry_hash(last.previous_hash, queries.hashed_fields(last))
    sql("UPDATE audit_entry SET object_label = %s, hash = %s WHERE id = %s", "Khác", forged, last.id)
    assert found() == [(6, "cut off")]


def test_faults_are_kept(chain):
    sql("UPDATE audit_entry SET actor_name = %s WHERE id = 1", "Người khác")
    check = verifying.verify(by=chain.auditor)
    assert (check.faults, check.breaks) == (1, [[1, "changed"]])


def test_an_officer_may_not_check(chain):
    with pytest.raises(Refused):
        verifying.verify(by=chain.officer)
    assert not Check.objects.exists()


def test_entries_are_never_changed_or_deleted_by_the_program(chain):
    entry = Entry.objects.first()
    with pytest.raises(DomainError):
        entry.save()
    with pytest.raises(DomainError):
        entry.delete()
