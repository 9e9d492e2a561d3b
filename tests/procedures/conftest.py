from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps

from kheo.accounts.models import Role
from kheo.procedures.actions import import_results, open_period
from tests import cast as people
from tests.procedures import exports


@pytest.fixture
def one_stop(cast):
    """The one-stop officer of both wards and of everything that passed into them."""
    return people.person("motcua", "Cán bộ một cửa", *((Role.ONE_STOP, unit) for unit in (cast.bim_son, cast.quang_trung)))


@pytest.fixture
def november(cast):
    # Tests that commit empty every table behind them, what the migration wrote too.
    import_module("kheo.procedures.migrations.0002_reference").load(apps, None)
    return open_period.open_period("2023-11", by=None)


@pytest.fixture
def bring(cast, one_stop, november):
    """Import rows for phường Ba Đình in November 2023: `bring(rows, good_rows=True)`."""

    def run(rows=None, *, data=None, filename="ket-xuat.xlsx", unit=None, period=None, by=None, **more):
        content = data if data is not None else exports.xlsx(rows if rows is not None else exports.several())
        return import_results.import_results(
            content, filename, unit=unit or cast.wards["ba-dinh"], period=period or november, by=by or one_stop, **more
        )

    return run
