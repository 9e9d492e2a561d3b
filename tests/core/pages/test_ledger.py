"""Generation and marks: no old page after a commit, not even when the writer is killed inside it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from kheo.core.errors import DomainError
from kheo.core.pages.ledger import Ledger, name_of

ROOT = Path(__file__).resolve().parents[3]
KILLED = """
import sys, time
from pathlib import Path
from kheo.core.pages.ledger import Ledger
with Ledger(Path(sys.argv[1])).commit():
    print("inside", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def ledger(tmp_path):
    return Ledger(tmp_path / "pages")


def inside_a_commit(ledger):
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(ledger.folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "inside\n"
    return process


def test_it_works(ledger):
    before = ledger.generation()
    with ledger.commit():
        assert ledger.generation() is None
        assert not ledger.link.is_symlink()
    assert ledger.generation() > before
    assert os.readlink(ledger.link) == name_of(ledger.generation())


def test_a_second_process_sees_the_same(ledger):
    other = Ledger(ledger.folder)
    assert other.generation() == ledger.generation()
    ledger.move_on()
    assert other.generation() == ledger.generation()


def test_it_moves_on_even_when_the_commit_fails(ledger):
    before = ledger.generation()
    with pytest.raises(ZeroDivisionError), ledger.commit():
        raise ZeroDivisionError
    assert ledger.generation() > before


def test_two_commits_at_once_open_only_after_both(ledger):
    first, second = ledger.commit(), ledger.commit()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert ledger.generation() is None
    assert not ledger.link.is_symlink()
    second.__exit__(None, None, None)
    assert ledger.generation() is not None
    assert ledger.link.is_symlink()


def test_nothing_is_served_while_another_process_commits(ledger):
    process = inside_a_commit(ledger)
    try:
        assert ledger.generation() is None
        assert ledger.wait(0.05) is None
        assert not ledger.link.is_symlink()
    finally:
        process.kill()
        process.wait()


def test_killed_between_commit_and_move_leaves_no_old_page(ledger):
    before = ledger.generation()
    process = inside_a_commit(ledger)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert not ledger.link.is_symlink()  # a web server in front finds nothing either
    assert ledger.generation() > before
    assert os.readlink(ledger.link) == name_of(ledger.generation())


def test_a_place_left_by_a_dead_writer_is_used_again(ledger):
    process = inside_a_commit(ledger)
    process.kill()
    process.wait()
    with ledger.commit():
        pass
    assert ledger.generation() is not None


def test_many_threads_end_quiet(ledger):
    def work():
        for _ in range(50):
            with ledger.commit():
                pass

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ledger.generation() is not None


def test_a_folder_that_cannot_be_written_refuses_in_words(tmp_path):
    (tmp_path / "pages").write_text("a file")
    with pytest.raises(DomainError, match="Không ghi được"):
        Ledger(tmp_path / "pages")


def test_a_forked_child_holds_no_mark_of_its_parent(ledger):
    with ledger.commit():
        pass
    child = os.fork()
    if not child:
        ok = ledger._place is None
        with ledger.commit():
            pass
        os._exit(0 if ok and ledger.generation() is not None else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
