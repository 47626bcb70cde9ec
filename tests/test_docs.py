"""What the documents say is true: their cards work, their commands exist, their settings are valid."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from acu_lint.cli import COMMANDS
from acu_lint.testing import cases, difference, load_folder
from tests.conftest import ROOT, AcuLint, Write

README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
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


def test_the_hooks_of_the_readme_exist_and_none_is_left_out() -> None:
    (stanza,) = (block for block in blocks(README, "yaml") if block.startswith("repos:"))
    used = {hook["id"] for repo in yaml.safe_load(stanza)["repos"] for hook in repo["hooks"]}
    hooks = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
    assert used <= hooks == {name for name in hooks if re.search(rf"\b{name}(?![\w-])", stanza)}


def test_the_table_of_rules_in_the_readme_is_that_of_the_cards(acu_lint: AcuLint) -> None:
    section = README.partition("\n## Rules\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `([a-z]+)/` \| (.*) \|$", section, re.MULTILINE)
    parts = [(family, part) for family, text in rows for part in text.split("; ")]
    told = [(f"{family}/{name}", "off by default" not in part)
            for family, part in parts for name in re.findall(r"`([a-z-]+)`", part)]  # fmt: skip
    rules = acu_lint("rules", "--format", "json").json
    assert sorted(told) == sorted((rule["id"], rule["default"]) for rule in rules)
    assert [family for family, _ in rows] == list(dict.fromkeys(family for family, _ in rows))


DOCUMENTS = [
    *sorted(ROOT.glob("*.md")), *sorted(ROOT.glob("docs/*.md")), *sorted(ROOT.glob("rules/**/README.md")),
    ROOT / "fuzz/README.md", ROOT / "examples/README.md",
]  # fmt: skip


def anchors(text: str) -> set[str]:
    """The anchors that a forge gives to the headings of a document."""
    headings = re.findall(r"^#+ (.*)$", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    prose = re.sub(r"^(?: {4}|```).*$|`[^`\n]*`", "", document.read_text(encoding="utf-8"), flags=re.MULTILINE)
    for link in re.findall(r"\]\(([^)\s]+)\)", prose):
        if ":" not in link:
            name, _, anchor = link.partition("#")
            target = document.parent / name if name else document
            assert target.exists(), link
            assert not anchor or anchor in anchors(target.read_text(encoding="utf-8")), link


def test_the_places_that_contributors_are_sent_to_exist() -> None:
    places = re.findall(r"`((?:acu_lint|rules|tests|docs|examples|benchmarks|fuzz|\.ci)/[\w./-]*)`", CONTRIBUTING)
    scripts = re.findall(r"(?:benchmarks|tests)/\w+\.py", CONTRIBUTING)
    assert len(places) > 10
    assert [place for place in (*places, *scripts) if not (ROOT / place).exists()] == []


def test_the_glossary_says_each_word_once() -> None:
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    entries = re.findall(r"^- (.*)$", text, re.MULTILINE)
    terms = [term for entry in entries for term in re.findall(r"\*\*(.+?)\*\*", entry)]
    assert len(terms) == len(set(terms)) >= len(entries)
    for entry in entries:
        assert re.match(r"\*\*[^*]+\*\*.*: \S.*\.$", entry), entry


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
