"""The example pack: built and installed by pip beside acu-lint in a fresh environment, and shown by the tutorial."""

from __future__ import annotations

import shutil
import sys
import venv
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.commands.test_pre_commit import PROJECT, Shell
from tests.conftest import ROOT, AcuLint, Write
from tests.project.test_bad_input import STRANGER
from tests.project.test_bad_input import pack as write_pack
from tests.test_docs import RULES, blocks

PACK = ROOT / "examples" / "pack"
ARTICLE = "# Before you come\n\nRest for an hour prior to your visit. We listen. We look. We explain.\n"


class Installed(NamedTuple):
    """The fresh environment: a shell in a copy of the pack, the commands, and the wheel that was installed."""

    shell: Shell
    python: str
    acu_lint: str
    wheel: Path


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The project and the example pack, installed from copies; pytest, too, for the tests of the pack."""
    base = tmp_path_factory.mktemp("pack")
    tool = base / "tool"
    tool.mkdir()
    for name in PROJECT:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tool / name)
    shutil.copytree(PACK, base / "pack")
    venv.create(base / "venv", with_pip=True)
    commands = base / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
    python = str(commands / "python")
    shell = Shell(base / "pack", base / "home")
    pip = (python, "-m", "pip", "--quiet", "--disable-pip-version-check")
    built = shell(*pip, "wheel", "--no-deps", "--wheel-dir", str(base / "wheels"), str(base / "pack"))
    assert built.returncode == 0, built.stderr
    (wheel,) = (base / "wheels").iterdir()
    ran = shell(*pip, "install", str(tool), str(wheel), "pytest>=8.2")
    assert ran.returncode == 0, ran.stderr
    return Installed(shell, python, str(commands / "acu-lint"), wheel)


@pytest.mark.slow
def test_the_wheel_has_the_cards(installed: Installed) -> None:
    with zipfile.ZipFile(installed.wheel) as wheel:
        names = set(wheel.namelist())
    assert names >= {f"clinic_rules/{name}" for name in ("plain_words.yml", "same_start.yml", "same_start.py")}


@pytest.mark.slow
def test_the_rules_of_the_pack_are_listed(installed: Installed) -> None:
    listed = installed.shell(installed.acu_lint, "rules")
    assert (listed.returncode, listed.stderr) == (0, "")
    rules = [line.split()[0] for line in listed.stdout.splitlines() if "house/" in line]
    assert rules == ["house/plain-words", "house/same-start"]
    assert "\nclinic               2 rules " in installed.shell(installed.acu_lint, "plugins").stdout


@pytest.mark.slow
def test_the_rules_of_the_pack_find_something(installed: Installed) -> None:
    (installed.shell.folder / "visit.md").write_text(ARTICLE)
    ran = installed.shell(
        installed.acu_lint, "check", "--format", "concise", "--severity", "info", "--select", "house", "visit.md"
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "visit.md:3:18: warning: 'prior to' is a hard word for many readers. [house/plain-words]\n" in ran.stdout
    assert "visit.md:3:59: info: 3 sentences in a row start with 'We'. [house/same-start]\n" in ran.stdout


@pytest.mark.slow
def test_the_tests_of_the_pack_pass(installed: Installed) -> None:
    ran = installed.shell(installed.python, "-m", "pytest", "tests")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert " 8 passed" in ran.stdout


def test_the_pack_is_the_one_of_the_tutorial() -> None:
    def text(name: str) -> str:
        return (PACK / name).read_text(encoding="utf-8")

    cards, python = blocks(RULES, "yaml"), blocks(RULES, "python")
    assert text("pyproject.toml") in blocks(RULES, "toml")
    assert text("clinic_rules/plain_words.yml") == cards[0]
    assert text("clinic_rules/same_start.yml").replace("clinic_rules.same_start:", "same_start.py:") in cards
    assert [text("clinic_rules/same_start.py"), text("tests/test_cards.py")] == python


def test_a_pack_without_rules_is_told_in_one_line(acu_lint: AcuLint, write: Write) -> None:
    env = write_pack(write, "bare", "")
    article = str(write("visit.md", ARTICLE))
    where = Path("site", "bare").resolve()
    told = f"the rule pack 'bare' has no rules: no .yml file is below {where}; ship the cards in its wheel"
    ran = acu_lint("check", "--select", "copy", article, env=env)
    assert (ran.status, ran.errors) == (0, f"acu-lint: {told}\n")
    listed = acu_lint("plugins", env=env)
    assert listed.status == 0
    assert listed.output.count(told) == listed.output.count("has no rules") == 1
    write("acu-lint.toml", 'require-packs = ["bare"]\n')
    assert acu_lint("check", article, env=env).status == 2


@pytest.mark.parametrize("name", ["card.yml", "measures.yml"])
def test_a_pack_with_a_rule_or_a_measure_is_in_order(acu_lint: AcuLint, write: Write, name: str) -> None:
    env = write_pack(write, "full", "def signs(doc):\n    return len(doc.source.text)\n")
    write(f"site/full/{name}", STRANGER if name == "card.yml" else "signs: full:signs\n")
    ran = acu_lint("check", "--select", "copy", str(write("visit.md", ARTICLE)), env=env)
    assert (ran.status, ran.errors) == (0, "")
    assert "has no rules" not in acu_lint("plugins", env=env).output
