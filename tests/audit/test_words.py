"""Every verb that the program records has words for the log."""

from __future__ import annotations

import ast
from pathlib import Path

from django.utils import translation

from kheo.audit import words

ROOT = Path(__file__).resolve().parents[2]


def recorded_verbs() -> set[str]:
    """Literal first arguments of record.record(…) and record.Event(…) in all actions."""
    found = set()
    for path in ROOT.glob("kheo/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and node.args and isinstance(node.func, ast.Attribute)):
                continue
            first = node.args[0]
            named = node.func.attr in {"record", "Event"} and getattr(node.func.value, "id", "") == "record"
            if named and isinstance(first, ast.Constant):
                found.add(first.value)
    return found


def test_it_works():
    verbs = recorded_verbs()
    assert {"movements.create_cycle", "audit.verify", "documents.register"} <= verbs
    assert sorted(verb for verb in verbs if words.sentence(verb) == verb) == []


def test_every_step_of_a_practice_has_words():
    from kheo.practices.rules import lifecycle

    verbs = {f"practices.{verb}" for verb in lifecycle.TRANSITIONS}
    assert sorted(verb for verb in verbs if words.sentence(verb) == verb) == []


def recorded_keys() -> set[str]:
    """Literal details of record.record(…, key=…) in all actions."""
    found = set()
    for path in ROOT.glob("kheo/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "record" and getattr(node.func.value, "id", "") == "record":
                found |= {keyword.arg for keyword in node.keywords if keyword.arg}
    return found - {"by", "label"}


def test_every_detail_has_words():
    keys = recorded_keys()
    assert {"reason", "role"} <= keys
    assert sorted(keys - set(words.DETAILS)) == []


def test_codes_and_days_are_shown_in_words():
    with translation.override("vi"):
        lines = words.detail_lines({"role": "receiver", "from": "submitted", "valid_from": "2026-01-05", "printed": False})
    assert [value for _name, value in lines][1:] == ["Không", "Cán bộ tiếp nhận", "05/01/2026"]
    assert lines[0][1] != "submitted"


def test_an_unknown_verb_is_shown_as_its_code():
    assert words.sentence("rooms.paint") == "rooms.paint"


def test_details_lose_empty_values_and_join_lists():
    with translation.override("en"):
        lines = words.detail_lines({"filled": ["a", "b"], "reason": "", "other": 0})
    assert lines == [("filled in", "a, b"), ("other", "0")]
