import os
from pathlib import Path

import pytest

from acu_lint.system.fingerprint import State, digest


def folder(root: Path) -> Path:
    (root / "lists").mkdir(parents=True)
    (root / "rule.py").write_text("X = 1\n")
    (root / "lists" / "words.txt").write_text("needle\n")
    return root


def test_the_same_files_elsewhere_have_the_same_fingerprint_and_another_state(tmp_path: Path) -> None:
    one, two = State([folder(tmp_path / "one")]), State([folder(tmp_path / "two")])
    assert one.fingerprint() == two.fingerprint()
    assert one.digest != two.digest


@pytest.mark.parametrize("change", ["write", "rename", "add", "remove"])
def test_every_change_of_a_file_changes_both(tmp_path: Path, change: str) -> None:
    root = folder(tmp_path / "one")
    before = State([root])
    was = before.fingerprint()
    words = root / "lists" / "words.txt"
    if change == "write":
        words.write_text("nettle\n")  # as long as before
        os.utime(words, ns=(1, words.stat().st_mtime_ns + 1))
    elif change == "rename":
        words.rename(root / "lists" / "names.txt")
    elif change == "add":
        (root / "more.yml").write_text("")
    else:
        words.unlink()
    after = State([root])
    assert after.digest != before.digest
    assert after.fingerprint() != was


def test_compiled_modules_do_not_count(tmp_path: Path) -> None:
    root = folder(tmp_path / "one")
    before = State([root])
    (root / "__pycache__").mkdir()
    (root / "__pycache__" / "rule.cpython-311.pyc").write_bytes(b"x")
    assert State([root]).digest == before.digest


def test_what_was_written_just_now_is_not_settled(tmp_path: Path) -> None:
    assert not State([folder(tmp_path / "one")]).is_settled


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    root = folder(tmp_path / "one")
    (root / "gone").symlink_to(tmp_path / "nowhere")
    with pytest.raises(FileNotFoundError):
        State([root])


def test_where_a_part_ends_counts() -> None:
    assert digest(b"ab", b"c") != digest(b"a", b"bc")
