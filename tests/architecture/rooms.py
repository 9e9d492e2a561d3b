"""A room's tests may say in tests/<room>/addresses.py what the tests of the whole house walk over:

TABLE    "app:name" → what a GET answers to each of url_table.PEOPLE
samples  a function of the cast: arguments of addresses that need an object ("app:name" or "app:*")
pages    a function of the cast: name → (who is signed in or None, address) for the browser walk
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

TESTS = Path(__file__).resolve().parents[1]


def modules() -> list[ModuleType]:
    """tests/<room>/addresses.py of every room that has one."""
    return [import_module(f"tests.{path.parent.name}.addresses") for path in sorted(TESTS.glob("*/addresses.py"))]


def collect(name: str, *arguments: Any) -> dict[str, Any]:
    """The dicts of that name put together; a function is called with the arguments first."""
    found: dict[str, Any] = {}
    for module in modules():
        part = getattr(module, name, {})
        found |= part(*arguments) if callable(part) else part
    return found
