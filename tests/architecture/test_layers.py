"""What import-linter cannot see: foreign keys by name, and templates that include other rooms'."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Model

ROOT = Path(__file__).resolve().parents[2]


def layers() -> dict[str, int]:
    """Room → height, read from the same list import-linter uses (0 is the highest)."""
    contract = configparser.ConfigParser()
    contract.read(ROOT / ".importlinter")
    lines = contract["importlinter:contract:house"]["layers"].split("\n")
    rows = [line for line in lines if line.strip()]
    return {name.strip(): height for height, row in enumerate(rows) for name in row.split("|")}


HEIGHTS = layers()


def own_models() -> list[type[Model]]:
    return [m for m in apps.get_models() if m.__module__.startswith("kheo.")]


def room_of(module: str) -> str:
    return module.split(".")[1]


@pytest.mark.parametrize("model", own_models(), ids=lambda m: m._meta.label)
def test_foreign_keys_point_down(model):
    own = room_of(model.__module__)
    for field in model._meta.get_fields(include_hidden=False):
        target = getattr(field, "related_model", None)
        if target is None or not getattr(field, "concrete", False) or not target.__module__.startswith("kheo."):
            continue
        other = room_of(target.__module__)
        assert other == own or HEIGHTS[other] > HEIGHTS[own], f"{model._meta.label}.{field.name} → {other}"


TEMPLATES = sorted(ROOT.glob("kheo/*/templates/**/*.html"))
INCLUDES = re.compile(r"{%\s*(?:include|extends)\s+[\"']([^\"']+)[\"']")


def template_rooms() -> dict[str, str]:
    found = {}
    for path in TEMPLATES:
        room = path.relative_to(ROOT / "kheo").parts[0]
        found[str(path.relative_to(ROOT / "kheo" / room / "templates"))] = room
    return found


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT / "kheo")))
def test_templates_include_downwards(path):
    rooms = template_rooms()
    own = path.relative_to(ROOT / "kheo").parts[0]
    for name in INCLUDES.findall(path.read_text(encoding="utf-8")):
        other = rooms.get(name)
        if other is None or other in {own, "config"}:  # base templates live in the composition root
            continue
        assert HEIGHTS[other] > HEIGHTS[own], f"{path.name} includes {name} of {other}"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT / "kheo")))
def test_templates_keep_the_content_policy(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<[^>]+\sstyle=[\"']", text), "style attribute"
    assert not re.search(r"<[^>]+\son[a-z]+=[\"']", text), "inline handler"
    for opening in re.findall(r"<script\b[^>]*>", text):
        assert "src=" in opening or "application/ld+json" in opening, "inline script"
