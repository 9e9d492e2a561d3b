"""Every committed write to a table that pages show moves the generation on, however it is made."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.utils import timezone

from kheo.core.pages import ledger, watch
from kheo.portal.models import SiteIdentity
from kheo.portal.queries import identity

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def generation(settings):
    book = ledger.open_ledger(Path(settings.KHEO_HOME))
    return book.generation


def moved(generation, act) -> bool:
    before = generation()
    act()
    assert generation() is not None
    return generation() > before


def in_transaction():
    with transaction.atomic():
        SiteIdentity.objects.create(pk=1)


def by_hand():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM portal_siteidentity")


@pytest.mark.parametrize("act", [
    in_transaction, by_hand,
    lambda: SiteIdentity.objects.create(pk=1),
    lambda: SiteIdentity.objects.bulk_create([SiteIdentity(pk=1)]),
    lambda: SiteIdentity.objects.update(name="Khác"),
    lambda: SiteIdentity.objects.filter(pk=1).update(name="Khác"),
    lambda: SiteIdentity.objects.filter(pk=5)._raw_delete("default"),
], ids=["atomic", "raw", "create", "bulk_create", "update", "filter-update", "delete"])  # fmt: skip
def test_it_works(generation, act):
    assert moved(generation, act)


def test_reading_and_exempt_tables_leave_it(generation):
    def act():
        list(SiteIdentity.objects.all())
        with transaction.atomic():
            list(SiteIdentity.objects.select_for_update())
            Session.objects.create(session_key="a", session_data="", expire_date=timezone.now())
        Session.objects.all().delete()

    assert not moved(generation, act)


def test_what_is_rolled_back_leaves_it(generation):
    def act():
        with transaction.atomic():
            SiteIdentity.objects.create(pk=1)
            transaction.set_rollback(True)
        with transaction.atomic():
            Session.objects.create(session_key="a", session_data="", expire_date=timezone.now())

    assert not moved(generation, act)


def test_a_failing_hook_of_somebody_else_does_not_swallow_it(generation):
    def fail():
        raise ZeroDivisionError

    @transaction.atomic
    def write():
        transaction.on_commit(fail)
        SiteIdentity.objects.create(pk=1)

    def act():
        with pytest.raises(ZeroDivisionError):
            write()

    assert moved(generation, act)


def test_it_has_moved_before_the_writer_is_told(generation):
    before, seen = generation(), []
    with transaction.atomic():
        transaction.on_commit(lambda: seen.append(generation()))
        SiteIdentity.objects.create(pk=1)
        assert generation() == before
    assert seen[0] > before


def test_a_write_no_statement_shows_can_be_told(generation):
    def act():
        with transaction.atomic():
            watch.touch(connection)

    assert moved(generation, act)


def test_a_reconnected_database_is_still_watched_once(generation):
    connection.close()
    assert moved(generation, in_transaction)
    assert sum(isinstance(getattr(w, "__self__", None), watch.Watch) for w in connection.execute_wrappers) == 1


def test_words_kept_in_memory_end_with_the_generation(generation):
    SiteIdentity.objects.create(pk=1, name="Một")
    assert identity.site_identity()["name"] == "Một"
    with connection.cursor() as cursor:  # as another process would: nothing here is told
        cursor.execute("UPDATE portal_siteidentity SET name = 'Hai'")
    assert identity.site_identity()["name"] == "Hai"
