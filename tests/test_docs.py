"""What the documents say is true: their cards work, their commands exist, their settings are valid."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from acu_lint.cli import COMMANDS
from acu_lint.testing import cases, difference, load_folder

from .conftest import ROOT, AcuLint

Write = Callable[[str, str | bytes], Path]

README = (ROOT / "README.md").read_text(encoding="utf-8")
RULES = (ROOT / "rules" / "README.md").read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    """The code blocks of a document in one language."""
    return re.findall(rf"^```{language}[^\n]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def test_the_cards_of_the_tutorial_do_what_they_say(tmp_path: Path) -> None:
    cards = [block for block in blocks(RULES, "yaml") if block.startswith("id: ")]
    assert len(cards) >= 6
    for number, card in enumerate(cards):
        (tmp_path / f"{number}.yml").write_text(card)
    (tmp_path / "same_start.py").write_text(blocks(RULES, "python")[0])
    registry = load_folder(tmp_path)
    assert len(registry.cards) == len(cards)
    assert [fault for case in cases(registry.cards.values()) if (fault := difference(case, registry))] == []


def test_a_writer_can_run_the_examples_on_a_card(acu_lint: AcuLint, write: Write) -> None:
    card = blocks(RULES, "yaml")[0]
    write("acu-lint.toml", 'rule-paths = ["lint/rules"]\n')
    write("lint/rules/plain-words.yml", card)
    ran = acu_lint("rules", "--test")
    assert ran.status == 0
    assert ran.output.endswith("examples on 1 cards are right.\n")
    write("lint/rules/plain-words.yml", card.replace("[[prior to]]", "prior [[to]]"))
    ran = acu_lint("rules", "--test")
    assert ran.status == 1
    assert "house/plain-words-bad-1: marked 'to' at" in ran.output


def test_every_command_is_in_the_readme_and_the_other_way_round() -> None:
    assert set(re.findall(r"^\| `acu-lint ([a-z]+)", README, re.MULTILINE)) == set(COMMANDS)


def test_the_configuration_of_the_readme_is_valid(acu_lint: AcuLint, write: Write) -> None:
    settings = max(blocks(README, "toml"), key=len)
    assert tomllib.loads(settings)
    write("acu-lint.toml", settings)
    (Path.cwd() / "lint" / "rules").mkdir(parents=True)
    ran = acu_lint("config", "content/professional/a.md")
    assert ran.status == 0, ran.errors


def test_the_hooks_of_the_readme_exist() -> None:
    (stanza,) = (yaml.safe_load(block) for block in blocks(README, "yaml") if block.startswith("repos:"))
    hooks = {hook["id"] for repo in stanza["repos"] for hook in repo["hooks"]}
    assert hooks == {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}


def test_every_rule_is_in_the_readme(acu_lint: AcuLint) -> None:
    table = dict(re.findall(r"^\| `([a-z]+)/` \| (.*) \|$", README, re.MULTILINE))
    listed = {f"{family}/{name}" for family, text in table.items() for name in re.findall(r"`([a-z-]+)`", text)}
    assert {rule["id"] for rule in acu_lint("rules", "--format", "json").json} == listed


CLEAN = ("guides", "professional")


@pytest.mark.parametrize("folder", CLEAN)
def test_careful_articles_of_the_example_site_are_clean(acu_lint: AcuLint, folder: str) -> None:
    ran = acu_lint("check", "--format", "json", "--fail-on", "warning", str(ROOT / "examples" / "content" / folder))
    assert ran.status == 0, ran.output


def test_the_example_site_shows_every_family(acu_lint: AcuLint) -> None:
    ran = acu_lint("check", "--format", "json", "--fail-on", "never", str(ROOT / "examples"))
    families = {rule.partition("/")[0] for rule in ran.rules}
    assert families >= {"claims", "citations", "keywords", "readability", "trust", "copy", "seo", "duplicates"}


def test_two_runs_say_the_same(acu_lint: AcuLint) -> None:
    runs = [
        acu_lint("check", "--format", "json", str(ROOT / "examples"), env={"PYTHONHASHSEED": seed}).output
        for seed in ("1", "2", "3")
    ]
    assert runs[0] == runs[1] == runs[2]
