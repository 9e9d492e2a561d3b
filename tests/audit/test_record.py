"""Writing the log: numbers without gaps, together with the change, from many threads at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, transaction

from kheo.accounts.models import User
from kheo.audit import queries
from kheo.audit.actions import record
from kheo.audit.models import Entry


def test_it_works(cast):
    entry = record.record("documents.register", cast.decision, by=cast.officer, title="Thử")
    assert (entry.id, entry.actor_name, entry.object_type) == (1, "Cán bộ tổng hợp", "documents.document")
    assert queries.of_object(cast.decision).get().details == {"title": "Thử"}


def test_any_details_hold(cast):
    odd = {10: "mười", 2: (1, 2.5, None, True), "d": date(2026, 1, 1), "chữ": "Tiếng Việt “có dấu” 𝄞 \u200b", "sâu": {"b": [0.1, 1e22], "a": {}}, "số": 12345678901234567}
    record.record("documents.register", cast.decision, by=None, gộp=odd)
    assert queries.verify() == []
    assert Entry.objects.get().details["gộp"]["2"] == [1, "2.5", None, True]


def test_the_system_has_a_name(cast):
    assert record.record("documents.register", cast.decision, by=None).actor_name == "Hệ thống"


def test_an_undone_change_leaves_no_entry(cast):
    with transaction.atomic():
        record.record("documents.register", cast.decision, by=None)
        transaction.set_rollback(True)
    assert not Entry.objects.exists()
    assert record.record("documents.register", cast.decision, by=None).id == 1


@pytest.mark.django_db(transaction=True)
def test_eight_threads_write_one_chain():
    person = User.objects.create(username="ghi", full_name="Người ghi")

    def write(number: int) -> None:
        try:
            for step in range(5):
                record.record("accounts.open", person, by=person, text=f"{number}.{step}")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    assert list(Entry.objects.order_by("id").values_list("id", flat=True)) == list(range(1, 41))
    assert queries.verify() == []
