"""What is kept between runs saves time and changes nothing; nothing in the file can do harm."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acu_lint.system import folders, patterns, prepared
from acu_lint.testing import load_pack, marked
from acu_lint_rules.analysis.text import kept_table
from acu_lint_rules.analysis.text.lexicon import Matcher

ARTICLE = "# Acupuncture\n\nIt cures knee pain in 90% of people. Studies show that this revolutionary therapy works.\n"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package whose only file is old, and a cache folder of its own."""
    monkeypatch.setenv("ACU_LINT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(prepared, "_file", None)
    folder = tmp_path / "package"
    folder.mkdir()
    write(folder / "words.txt", "needle")
    yield folder
    prepared._file = None


def write(file: Path, text: str) -> None:
    """Write a file and let it look as if that were long ago, as far as its user can."""
    file.write_text(text)
    os.utime(file, (1, 1))


def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("acu_lint.system.fingerprint._UNSURE", -(10**18))


def asked(package: Path) -> tuple[str, int]:
    """What one run reads from the file of a package, and how often it had to make it."""
    made = []

    def make() -> str:
        made.append(1)
        return (package / "words.txt").read_text()

    make.__module__ = "acu_lint.rules"
    prepared.begin({"acu_lint": str(package)})
    text = prepared.prepared("words", make)
    prepared.end()
    return text, len(made)


def kept_file(package: Path) -> Path:
    (file,) = prepared.files()
    return file


def test_the_second_run_makes_nothing(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settled(monkeypatch)
    assert asked(package) == ("needle", 1)
    assert asked(package) == ("needle", 0)
    assert kept_file(package).stat().st_mode & 0o777 == 0o600 or os.name == "nt"


def test_a_source_that_changed_just_now_is_not_kept(package: Path) -> None:
    assert asked(package) == ("needle", 1)
    assert asked(package) == ("needle", 1)


def test_a_list_edited_in_place_is_noticed_though_size_and_time_are_restored(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled(monkeypatch)
    asked(package)
    write(package / "words.txt", "nettle")
    assert asked(package) == ("nettle", 1)
    assert asked(package) == ("nettle", 0)


def _truncated(raw: bytes) -> bytes:
    return raw[: len(raw) // 2]


def _flipped(raw: bytes) -> bytes:
    return raw[:-1] + bytes([raw[-1] ^ 1])


@pytest.mark.parametrize(
    "damage", [_truncated, _flipped, lambda raw: b"", lambda raw: raw + b"x", lambda raw: b"\0" * 100]
)
def test_a_damaged_file_is_made_anew(
    package: Path, monkeypatch: pytest.MonkeyPatch, damage: Callable[[bytes], bytes]
) -> None:
    settled(monkeypatch)
    asked(package)
    file = kept_file(package)
    file.write_bytes(damage(file.read_bytes()))
    assert asked(package) == ("needle", 1)
    assert asked(package) == ("needle", 0)


def test_the_file_of_another_version_is_made_anew(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settled(monkeypatch)
    asked(package)
    monkeypatch.setattr(prepared, "_VERSION", b"2")
    assert asked(package) == ("needle", 1)


@pytest.mark.skipif(os.name == "nt", reason="no such modes")
def test_a_file_that_others_may_write_is_not_read(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settled(monkeypatch)
    asked(package)
    kept_file(package).chmod(0o666)
    assert asked(package) == ("needle", 1)
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    assert asked(package) == ("needle", 1)


@pytest.mark.skipif(os.name == "nt", reason="no named pipes")
def test_a_pipe_or_a_folder_in_its_place_holds_nothing_up(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settled(monkeypatch)
    asked(package)
    file = kept_file(package)
    file.unlink()
    os.mkfifo(file)
    assert asked(package) == ("needle", 1)
    file.unlink(missing_ok=True)
    file.mkdir()
    assert asked(package) == ("needle", 1)


def test_a_full_disk_leaves_nothing_behind(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settled(monkeypatch)

    def full(self: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(Path, "replace", full)
    assert asked(package) == ("needle", 1)
    assert list((package.parent / "cache").iterdir()) == []


def test_where_no_folder_can_be_made_all_works(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settled(monkeypatch)
    (package.parent / "cache").write_text("a file")
    assert asked(package) == ("needle", 1)
    assert asked(package) == ("needle", 1)


def test_what_other_packages_make_is_not_kept(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settled(monkeypatch)

    def make() -> str:
        return "theirs"

    make.__module__ = "their_pack.rules"
    prepared.begin({"acu_lint": str(package)})
    assert prepared.prepared("words", make) == "theirs"
    prepared.end()
    assert not (package.parent / "cache").exists()


def test_on_linux_the_folder_is_that_of_platformdirs(monkeypatch: pytest.MonkeyPatch) -> None:
    from platformdirs import user_cache_path  # noqa: PLC0415

    monkeypatch.delenv("ACU_LINT_CACHE", raising=False)
    for given_ in ("", "/somewhere", " "):
        monkeypatch.setenv("XDG_CACHE_HOME", given_)
        assert folders.cache_folder() == user_cache_path("acu-lint", appauthor=False)


TERM = st.lists(st.sampled_from("low back-pain pain non-invasive well-being a's Ménière x".split()), min_size=1).map(
    " ".join
)


@given(st.dictionaries(st.sampled_from(["one", "two"]), st.lists(TERM)), st.lists(TERM))
def test_a_kept_table_finds_the_same_terms(terms: dict[str, list[str]], text: list[str]) -> None:
    words = " ".join(text).lower().split()
    made = Matcher(terms)
    packed = kept_table._packed(made._table)
    kept = Matcher.__new__(Matcher)
    kept._use(kept_table._unpacked(packed))
    assert kept.scan(words) == made.scan(words)


SOURCES = [r"(?P<year>\d{4})-(?P<day>\d\d)", r"(?:a|b)+?c", "[é-ÿ]", r"(?x) a b # c", r"(?<!\w)(x)(?(1)y|z)", ""]


def test_a_kept_pattern_is_the_pattern(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settled(monkeypatch)
    internals = re._compiler  # type: ignore[attr-defined]
    wanted = [(source, flags) for source in SOURCES for flags in (0, re.IGNORECASE.value, re.VERBOSE | re.DOTALL)]
    plain = [internals.compile(source, int(flags)) for source, flags in wanted]
    kept = patterns._Kept(internals, internals.compile)
    kept._new = [(source, int(flags)) for source, flags in wanted]
    prepared.begin({"acu_lint": str(package)})
    kept.save()
    found = prepared.prepared_bytes("patterns")
    assert found
    again = patterns._Kept(internals, lambda *_: pytest.fail("compiled"))
    again.read(memoryview(found))
    for one, (source, flags) in zip(plain, wanted, strict=True):
        other = again.compile(source, int(flags))
        assert (other, other.flags, other.groups, other.groupindex) == (one, one.flags, one.groups, one.groupindex)
        for text in ("2026-11", "abbc", "É", "ab", "xy", "z"):
            assert [m.span() for m in other.finditer(text)] == [m.span() for m in one.finditer(text)]


def test_patterns_made_of_an_article_are_not_kept() -> None:
    assert not patterns._is_written()


def test_a_check_says_the_same_with_and_without_the_file(tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    examples = [example for card in load_pack().cards.values() for example in card.bad]
    for number, example in enumerate(examples):
        (articles / f"{number}{Path(example.file).suffix}").write_text(marked(example.text)[0])

    def check(cache: str) -> tuple[bytes, bytes, int]:
        command = [sys.executable, "-m", "acu_lint", "check", "--isolated", "--no-cache", "--jobs", "1"]
        done = subprocess.run(
            [*command, "--format", "json", "articles"],
            capture_output=True, check=False, cwd=tmp_path, env={**os.environ, "ACU_LINT_CACHE": cache},
        )  # fmt: skip
        return done.stdout, done.stderr, done.returncode

    without = check(os.devnull)
    assert without[2] == 1
    assert check(str(tmp_path / "cache")) == without
    assert check(str(tmp_path / "cache")) == without


def test_two_at_once_write_one_whole_file(tmp_path: Path) -> None:
    article = tmp_path / "article.md"
    article.write_text(ARTICLE)
    command = [sys.executable, "-m", "acu_lint", "check", "--isolated", "--format", "json", str(article)]
    env = {**os.environ, "ACU_LINT_CACHE": str(tmp_path / "cache")}
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env) for _ in range(3)]
    outputs = {run.communicate() for run in runs}
    assert len(outputs) == 1
    assert len(list((tmp_path / "cache").glob("prepared-*"))) <= 1
