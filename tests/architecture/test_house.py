"""The caps of the house: small files, known rooms, no private words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [p for p in sorted(ROOT.glob("kheo/**/*.py")) if "migrations" not in p.parts]
ROOMS = {
    "apps", "urls", "views", "viewsets", "wagtail_hooks", "management", "templatetags", "tasks",
    "forms", "actions", "queries", "policy", "sources", "models", "blocks", "rules", "migrations",
    "templates", "static", "__init__", "README", "middleware", "adapter", "sections", "dependents", "words",
}  # fmt: skip
FREE = {"config", "core"}  # the composition root and the room without a domain noun name their own files


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_files_stay_small(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


def test_every_room_has_the_same_file_names():
    strangers = []
    for app in sorted((ROOT / "kheo").iterdir()):
        if not app.is_dir() or app.name in FREE or app.name.startswith("__"):
            continue
        strangers += [f"{app.name}/{p.name}" for p in app.iterdir() if p.stem not in ROOMS and p.stem != "__pycache__"]
    assert strangers == []


def test_every_room_has_a_readme():
    rooms = [p for p in (ROOT / "kheo").iterdir() if (p / "apps.py").exists()]
    assert [p.name for p in rooms if not (p / "README.md").exists()] == []


FORBIDDEN = re.compile(r"pypi\.|pythonhosted|registry\.npmjs|npmjs\.org|deb\.debian|/work/|shared/(design|domain|seed)", re.IGNORECASE)


def test_no_committed_file_names_a_package_registry():
    texts = (".py", ".toml", ".lock", ".json", ".md", ".sh", ".yml", ".cfg", ".html", ".css", ".js", "")
    found = []
    for path in ROOT.rglob("*"):
        parts = path.relative_to(ROOT).parts
        if not path.is_file() or path.suffix not in texts or parts[0] in {".git", ".venv", "node_modules", "var", "build"}:
            continue
        if "__pycache__" in parts or (parts[0].startswith(".") and parts[0] not in {".ci", ".importlinter"}) or path.name == "test_house.py":
            continue
        if FORBIDDEN.search(path.read_text(encoding="utf-8", errors="ignore")):
            found.append(str(path.relative_to(ROOT)))
    assert found == []
