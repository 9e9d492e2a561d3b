from __future__ import annotations

from datetime import date

import pytest
from django.core.cache import cache

from kheo.accounts.models import Position, Role, User
from tests import cast as cast_module


@pytest.fixture(autouse=True)
def _no_counted_attempts():
    """Sign-ins of other tests do not count."""
    cache.clear()


@pytest.fixture
def local_admin(cast):
    """An administrator of phường Bỉm Sơn only."""
    return cast_module.person("quantribs", "Quản trị Bỉm Sơn", (Role.ADMIN, cast.bim_son))


@pytest.fixture
def owner(db):
    """The technical owner: superuser without any position."""
    return User.objects.create_superuser("chusohuu", "mat-khau-dai-2026", full_name="Chủ hệ thống", email="")


def current(user: User, role: Role) -> Position:
    """The first position of that role of a person."""
    return Position.objects.filter(user=user, role=role).order_by("pk").first()


def hold(user: User, role: Role, unit, start=date(2020, 1, 1), end=None) -> Position:
    """One more position as a plain row."""
    return Position.objects.create(user=user, role=role, organization=unit, valid_from=start, valid_to=end)


def fresh(user: User) -> User:
    """The person as the next request sees it, without remembered rights."""
    return User.objects.get(pk=user.pk)
