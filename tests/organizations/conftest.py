"""The reference place, loaded through the actions, once per file: each test runs in a savepoint of it."""

from __future__ import annotations

import pytest
from django.db import transaction

from kheo.organizations.actions import load_reference
from kheo.organizations.models import Organization


@pytest.fixture(scope="module")
def _loaded(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield {key: unit.pk for key, unit in load_reference.load_bim_son().items()}
        transaction.set_rollback(True)


@pytest.fixture
def bim_son(_loaded, db):
    """Units of Bỉm Sơn by key."""
    return {key: Organization.objects.get(pk=pk) for key, pk in _loaded.items()}
