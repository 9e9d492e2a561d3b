"""`kheo pages drop` and `kheo pages warm`."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command

from kheo.config import env
from kheo.core.pages.ledger import open_ledger

pytestmark = pytest.mark.django_db(transaction=True)


def test_drop_moves_the_generation_on(capsys):
    before = open_ledger(env.home()).wait(20)  # another test process may be committing
    call_command("pages_drop", "--json")
    assert json.loads(capsys.readouterr().out)["generation"] > before


def test_warm_keeps_the_pages_of_the_map(capsys, settings):
    call_command("pages_warm", "--json", "--host", "localhost")
    told = json.loads(capsys.readouterr().out)
    assert told["pages"] > 3
    assert told["failed"] == []
    assert list((settings.KHEO_HOME / "pages").rglob("mo-hinh/index.html.br"))


def test_warm_refuses_a_host_that_is_not_ours(capsys):
    with pytest.raises(SystemExit):
        call_command("pages_warm", "--host", "evil.vn")
    assert "sitemap.xml" in capsys.readouterr().err
