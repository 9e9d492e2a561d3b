"""Every address × every kind of person: what a GET answers. An address without a line fails.

The lines stand in url_table.py. The failing test prints the line as it is now; read it before
copying it: a new 200 is a right that somebody got.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from kheo.config import urls as root
from tests.architecture.url_samples import Samples, samples
from tests.architecture.url_table import PEOPLE, TABLE

# Other packages' own subtrees: allauth's pages and Wagtail's, which have tests of their own.
FOREIGN = ("tai-khoan/", "quan-tri/", "ngon-ngu/")


def names(patterns: Any = None, space: str = "", route: str = "") -> Iterator[str]:
    """The full name of every address of ours."""
    for pattern in get_resolver(root.__name__).url_patterns if patterns is None else patterns:
        here = route + str(pattern.pattern)
        if here.startswith(FOREIGN):
            continue
        if isinstance(pattern, URLResolver):
            yield from names(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space, here)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name or here}"


def test_every_address_has_a_line():
    ours = set(names())
    assert (sorted(ours - TABLE.keys()), sorted(TABLE.keys() - ours)) == ([], [])


def address(name: str, found: Samples) -> str:
    """The address with its sample; a whole app's sample is tried last."""
    tried = [found.get(name), {}, found.get(f"{name.split(':')[0]}:*")]
    for arguments in tried:
        if arguments is not None:
            try:
                return reverse(name, kwargs=arguments)
            except NoReverseMatch:
                continue
    raise AssertionError(f"{name}: add a sample to url_samples.py")


@pytest.fixture
def clients(cast) -> list[Client]:
    """One signed-in client for each person of the table, in its order."""
    made = []
    for who in PEOPLE:
        client = Client(raise_request_exception=False)
        if who != "anonymous":
            client.force_login(getattr(cast, who), backend="django.contrib.auth.backends.ModelBackend")
        made.append(client)
    return made


@pytest.mark.parametrize("app", sorted({name.split(":")[0] for name in TABLE}))
def test_who_gets_what(app, cast, clients):
    found = samples(cast)
    wrong = []
    for name, expected in TABLE.items():
        if name.split(":")[0] != app:
            continue
        target = address(name, found)
        now = " ".join(str(client.get(target).status_code) for client in clients)
        if now != " ".join(expected.split()):
            wrong.append(f'"{name}": "{now}",')
    assert wrong == []


@pytest.mark.parametrize("who", PEOPLE)
def test_only_editors_chiefs_and_administrators_enter_the_editors_side(who, cast, client):
    if who != "anonymous":  # signing in syncs the groups with the positions
        client.force_login(getattr(cast, who), backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get("/quan-tri/", follow=False)
    assert (answer.status_code == 200) == (who in {"editor", "leader", "admin"}), answer.status_code
