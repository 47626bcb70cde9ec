"""Code of the linted repository runs with the consent of whoever lints, and never with the repository's own."""

from __future__ import annotations

import json
import py_compile
from pathlib import Path

import pytest

from tests.conftest import AcuLint, Write, git

GOOD = "# Tea and a calm evening\n\nWarm tea may help some people to rest in the evening.\n"
CARD = "id: house/mine\ntitle: t\nmessage: m\nsources: [s]\npython: {function}\n"
RULE = "from pathlib import Path\n\nPath('RAN').write_text('x')\n\n\ndef check(doc):\n    return []\n"
COMMANDS = (
    ("check", "a.md"),
    ("check", "--fix", "a.md"),
    ("check", "--config", "acu-lint.toml", "a.md"),
    ("score", "a.md"),
    ("stats", "a.md"),
    ("references", "a.md"),
    ("explain", "claims/cure"),
    ("explain", "--trace", "a.md:1"),
    ("rules",),
    ("rules", "--format", "markdown"),
    ("rules", "--test"),
    ("plugins",),
    ("config", "a.md"),
    ("duplicates",),
    ("index", "build"),
)


@pytest.fixture
def site(write: Write, tmp_path: Path) -> Path:
    """A repository that comes with a rule in Python and grants itself the right to run it."""
    git(tmp_path, "init", "--quiet")
    write("a.md", GOOD)
    write("acu-lint.toml", 'rule-paths = ["lint"]\nallow-local-code = true\n')
    write("lint/mine.yml", CARD.format(function="mine.py:check"))
    write("lint/mine.py", RULE)
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_runs_code_without_consent(
    acu_lint: AcuLint, site: Path, write: Write, command: tuple[str, ...]
) -> None:
    write("lint/measures.yml", "mine: mine.py:check\n")
    write("lint/extractors.yml", "references: mine.py:check\nindex_keys: mine.py:check\ntrace: mine.py:check\n")
    ran = acu_lint(*command)
    assert not (site / "RAN").exists()
    assert "Traceback" not in ran.errors


def test_how_to_consent_is_told_in_one_line(acu_lint: AcuLint, site: Path) -> None:
    ran = acu_lint("check", "a.md")
    assert ran.status == 2
    assert ran.errors.count("\n") == 1
    assert "lint/mine.py" in ran.errors
    assert f"acu-lint trust {site}" in ran.errors
    assert "--allow-local-code" in ran.errors


def test_consent_for_one_run(acu_lint: AcuLint, site: Path) -> None:
    assert acu_lint("check", "--allow-local-code", "a.md").status == 0
    assert (site / "RAN").exists()
    (site / "RAN").unlink()
    assert acu_lint("check", "a.md").status == 2
    assert not (site / "RAN").exists()


@pytest.mark.parametrize("change", ["the code", "a card", "a new file", "a link", "a card among compiled modules"])
def test_trusted_code_runs_until_it_changes(acu_lint: AcuLint, site: Path, write: Write, change: str) -> None:
    trusted = acu_lint("trust")
    assert trusted.status == 0
    assert "lint/mine.py" in trusted.output
    assert acu_lint("check", "a.md").status == 0
    assert (site / "RAN").exists()
    (site / "RAN").unlink()
    if change == "the code":
        write("lint/mine.py", RULE + "# another\n")
    elif change == "a card":
        write("lint/mine.yml", CARD.format(function="mine.py:check") + "why: another\n")
    elif change == "a new file":
        write("lint/sub/new.py", "")
    elif change == "a card among compiled modules":
        write("lint/__pycache__/x.yml", CARD.format(function="x.py:check").replace("house/mine", "house/x"))
        write("lint/__pycache__/x.py", RULE)
    else:
        (site / "lint" / "new.py").symlink_to("mine.py")
    ran = acu_lint("check", "a.md")
    assert ran.status == 2
    assert "has changed since you trusted it" in ran.errors or "is a link" in ran.errors
    assert not (site / "RAN").exists()


def test_trust_can_be_taken_back_and_is_shown(acu_lint: AcuLint, site: Path) -> None:
    assert "unknown" in acu_lint("config", "a.md").output
    acu_lint("trust", ".")
    assert "trusted" in acu_lint("config", "a.md").output
    acu_lint("trust", "--remove")
    assert acu_lint("check", "a.md").status == 2
    assert "was not trusted" in acu_lint("trust", "--remove").output


def test_trust_is_of_one_place(acu_lint: AcuLint, site: Path, monkeypatch: pytest.MonkeyPatch, write: Write) -> None:
    acu_lint("trust", ".")
    for name in ("a.md", "acu-lint.toml", "lint/mine.yml", "lint/mine.py"):
        write(f"copy/{name}", (site / name).read_bytes())
    assert acu_lint("check", "copy/a.md").status == 2


def test_trust_is_kept_outside_of_the_repository(acu_lint: AcuLint, site: Path, tmp_path: Path) -> None:
    folder = tmp_path.with_name("my config")
    env = {"ACU_LINT_CONFIG": str(folder)}
    acu_lint("trust", ".", env=env)
    kept = json.loads((folder / "trusted.json").read_text())
    assert list(kept["trusted"]) == [str(site.resolve())]
    for broken in ("", "[", '{"trusted": []}', '{"trusted": {"x": 1}}', "[" * 100_000):
        (folder / "trusted.json").write_text(broken)
        assert acu_lint("check", "a.md", env=env).status == 2


def test_a_compiled_module_beside_the_code_is_never_run(acu_lint: AcuLint, site: Path, write: Write) -> None:
    evil = write("evil.py", "open('EVIL', 'w')\n\n\ndef check(doc):\n    return []\n")
    name = f"lint/__pycache__/mine.{__import__('sys').implementation.cache_tag}.pyc"
    (site / "lint" / "__pycache__").mkdir()
    acu_lint("trust", ".")
    mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
    py_compile.compile(str(evil), str(site / name), dfile="lint/mine.py", invalidation_mode=mode)
    assert acu_lint("check", "a.md").status == 0
    assert (site / "RAN").exists()
    assert not (site / "EVIL").exists()


@pytest.mark.parametrize(
    "function", ["this:check", "sys:exit", "os:system", "acu_lint_rules.nowhere:x", "../mine.py:check"]
)
def test_other_functions_are_refused_with_consent_too(
    acu_lint: AcuLint, site: Path, write: Write, function: str
) -> None:
    write("mine.py", RULE)
    write("lint/mine.yml", CARD.format(function=function))
    write("lint/measures.yml", f"mine: {function}\n")
    for more in ((), ("--allow-local-code",)):
        ran = acu_lint("check", "a.md", *more)
        assert ran.status == 2
        assert "The Zen" not in ran.output
        assert not (site / "RAN").exists()
        stats = acu_lint("stats", "a.md", *more)
        assert stats.status == 2
        assert not (site / "RAN").exists()
        assert "Traceback" not in stats.errors


def test_a_card_may_name_a_function_of_an_installed_pack(acu_lint: AcuLint, site: Path, write: Write) -> None:
    write("a.md", GOOD + "\nAcupuncture cures back pain.\n")
    write(
        "lint/mine.yml",
        CARD.format(function="acu_lint_rules.seo.slug:check").replace(
            "message: m", "message: m\nmessages: {default: m, long: m, odd: m}"
        ),
    )
    ran = acu_lint("check", "a.md")
    assert "is no function of an installed rule pack" not in ran.errors


def test_code_that_nobody_can_have_read_is_not_trusted(acu_lint: AcuLint, site: Path, write: Write) -> None:
    for number in range(2001):
        write(f"lint/{number}.txt", "")
    ran = acu_lint("trust", ".")
    assert ran.status == 2
    assert "2000 files" in ran.errors


def test_there_may_be_nothing_to_trust(acu_lint: AcuLint, site: Path) -> None:
    (site / "lint" / "mine.py").unlink()
    ran = acu_lint("trust", ".")
    assert ran.status == 2
    assert "nothing to trust" in ran.errors


# --- names that are options


@pytest.mark.parametrize("name", ["--config=evil.md", "--isolated", "--allow-local-code", "-q"])
def test_a_file_is_never_taken_for_an_option(acu_lint: AcuLint, site: Path, write: Write, name: str) -> None:
    write("evil.md", 'fail-on = "never"\n')
    write("b.md", "# Sciatica and needles\n\nAcupuncture cures sciatica.\n")
    (site / name).write_text(GOOD)
    ran = acu_lint("check", "b.md", name)
    assert ran.status == 2
    assert "is an option and also a file here" in ran.errors
    assert acu_lint("check", "--isolated" if name != "--isolated" else "--jobs=1", "--", "b.md", name).status in {1, 2}


def test_an_option_behind_the_dashes_is_explained(acu_lint: AcuLint, site: Path) -> None:
    ran = acu_lint("check", "--", "--fix", "a.md")
    assert ran.status == 2
    assert "there is no file or folder --fix; options stand before '--'" in ran.errors
