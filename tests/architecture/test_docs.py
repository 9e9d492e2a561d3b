"""The documentation is under test: settings and commands that nobody wrote down fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from kheo.config import command, env

OPERATING = Path(__file__).resolve().parents[2] / "docs" / "operating"


def text() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(OPERATING.glob("*.md")))


@pytest.mark.parametrize("variable", [v.name for v in env.VARIABLES])
def test_every_variable_is_documented(variable):
    assert f"`{variable}`" in text()


@pytest.mark.parametrize("words", list(command.COMMANDS))
def test_every_command_is_documented(words):
    assert f"`kheo {words}" in text()


@pytest.mark.parametrize("words", list(command.COMMANDS))
def test_every_command_has_help_in_vietnamese(words, capsys):
    with pytest.raises(SystemExit) as ended:
        command.main([*words.split(), "--help"])
    printed = capsys.readouterr().out
    assert ended.value.code == 0
    assert "cách dùng:" in printed
    assert "show this help" not in printed
