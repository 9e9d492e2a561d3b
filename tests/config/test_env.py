"""The secret key: made once, by whichever process comes first."""

from __future__ import annotations

import os
import stat

import pytest

from kheo.config import env


@pytest.fixture
def keeper(tmp_path, monkeypatch):
    monkeypatch.delenv("KHEO_SECRET_KEY", raising=False)
    monkeypatch.setenv("KHEO_HOME", str(tmp_path / "home"))
    return tmp_path / "home" / "secret-key"


def test_it_works(keeper):
    made = env.secret_key()
    assert len(made) > 40
    assert env.secret_key() == made == keeper.read_text()
    assert stat.S_IMODE(keeper.stat().st_mode) == 0o600
    assert list(keeper.parent.iterdir()) == [keeper]


def test_of_two_starting_at_once_both_go_on_with_one_key(keeper, monkeypatch):
    """The second starts when the first has opened its file and written nothing that counts yet."""
    others = []
    sync = os.fsync

    def meanwhile(handle: int) -> None:
        sync(handle)
        if not others:
            others.append("")
            others[0] = env.secret_key()

    monkeypatch.setattr(os, "fsync", meanwhile)
    mine = env.secret_key()
    assert others == [mine]
    assert len(mine) > 40


def test_a_file_left_empty_by_a_power_cut_is_filled(keeper):
    keeper.parent.mkdir()
    keeper.touch(0o600)
    made = env.secret_key()
    assert len(made) > 40
    assert env.secret_key() == made


def test_a_disk_without_links_keeps_the_key_too(keeper, monkeypatch):
    def refuse(*_names: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    made = env.secret_key()
    assert env.secret_key() == made == keeper.read_text()


def test_a_folder_that_cannot_be_written_still_gives_a_key(keeper):
    keeper.parent.write_text("a file where the folder should be")
    assert len(env.secret_key()) > 40
