"""The reference place, loaded through the actions."""

from __future__ import annotations

import pytest

from kheo.organizations.actions import load_reference


@pytest.fixture
def bim_son(db):
    """Units of Bỉm Sơn by key."""
    return load_reference.load_bim_son()
