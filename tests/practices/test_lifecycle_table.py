"""docs/flows/practice.md holds the tables that the rules give, and the lifecycle holds together."""

from __future__ import annotations

from pathlib import Path

import pytest

from kheo.practices import rules
from kheo.practices.rules import table

PAGE = Path(__file__).resolve().parents[2] / "docs" / "flows" / "practice.md"


@pytest.mark.parametrize("name", ["transitions", "states"])
def test_the_page_is_current(name):
    text = PAGE.read_text(encoding="utf-8")
    held = text.split(f"<!-- generated: {name} -->\n")[1].split("\n<!-- end -->")[0]
    assert held == getattr(table, name)()


def test_every_state_can_be_reached():
    reached = {rules.State.DRAFT} | {step.target for step in rules.TRANSITIONS.values()}
    assert reached == set(rules.State)


def test_what_ends_by_decision_needs_one():
    for verb in ("recognize", "name_exemplary", "revoke"):
        assert rules.TRANSITIONS[verb].decision
    for verb in ("return", "send_back", "refuse", "defer", "stop", "withdraw", "revoke"):
        assert rules.TRANSITIONS[verb].reason


def test_a_returned_draft_is_nowhere_to_be_found():
    hidden = {rules.State.DRAFT, rules.State.SUBMITTED, rules.State.RETURNED, rules.State.WITHDRAWN, rules.State.NOT_RECOGNIZED}
    assert not hidden & rules.PUBLIC_STATES
