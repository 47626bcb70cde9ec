"""Where settings come from, and what wrong ones say."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import AcuLint, Write

CARD = """
id: project/{name}
title: A word of the project
message: "'{{match}}' is not our word."
suggest: "Write {{better}}."
sources: [https://example.org/style]
terms: {{{term}: {better}}}
"""


@pytest.fixture
def project(write: Write) -> Write:
    """A project with two rules of its own and one article that breaks both."""
    write("lint/one.yml", CARD.format(name="one", term="gizmo", better="device"))
    write("lint/two.yml", CARD.format(name="two", term="widget", better="part"))
    write("content/a.md", "# Title\n\nA gizmo and a widget.\n")
    return write


def configured(project: Write, text: str) -> None:
    project("acu-lint.toml", f'rule-paths = ["lint"]\n{text}')


def rules(acu_lint: AcuLint, *arguments: str) -> list[str]:
    ran = acu_lint("check", "--format", "json", "--fail-on", "never", *arguments, "content")
    assert ran.status == 0, ran.errors
    return [rule for rule in ran.rules if rule.startswith("project/")]


def test_one_key_leaves_the_defaults_in_force(project: Write, acu_lint: AcuLint) -> None:
    configured(project, "")
    assert rules(acu_lint) == ["project/one", "project/two"]


SELECTIONS = {
    "select a family": ('select = ["project"]', [], ["project/one", "project/two"]),
    "select a rule": ('select = ["project/one"]', [], ["project/one"]),
    "ignore a rule": ('ignore = ["project/one"]', [], ["project/two"]),
    "the longer name wins": ('select = ["project/one"]\nignore = ["project"]', [], ["project/one"]),
    "the command line wins": ('ignore = ["project"]', ["--select", "project/two"], ["project/two"]),
    "ignored on the command line": ("", ["--ignore", "project/two"], ["project/one"]),
}


@pytest.mark.parametrize(("text", "arguments", "expected"), SELECTIONS.values(), ids=SELECTIONS.keys())
def test_selection(project: Write, acu_lint: AcuLint, text: str, arguments: list[str], expected: list[str]) -> None:
    configured(project, text)
    assert rules(acu_lint, *arguments) == expected


def test_an_override_reaches_its_files_only(project: Write, acu_lint: AcuLint) -> None:
    project("content/legal/b.md", "# Title\n\nA gizmo and a widget.\n")
    configured(project, '[[overrides]]\nfiles = ["content/legal/**"]\nignore = ["project/one"]\n')
    assert rules(acu_lint) == ["project/one", "project/two", "project/two"]


def test_severity_of_a_rule(project: Write, acu_lint: AcuLint) -> None:
    configured(project, 'ignore = ["project/two"]\n[rules."project/one"]\nseverity = "error"\n')
    ran = acu_lint("check", "--select", "project/one", "content")
    assert ran.status == 1
    assert "error" in ran.output


def test_extend(project: Write, acu_lint: AcuLint) -> None:
    project("shared/base.toml", 'ignore = ["project/one"]\n')
    configured(project, 'extend = "shared/base.toml"\n')
    assert rules(acu_lint) == ["project/two"]


def test_pyproject(project: Write, acu_lint: AcuLint) -> None:
    project("pyproject.toml", '[tool.acu-lint]\nrule-paths = ["lint"]\nignore = ["project/one"]\n')
    assert rules(acu_lint) == ["project/two"]


def test_isolated_reads_no_configuration(project: Write, acu_lint: AcuLint) -> None:
    configured(project, "")
    assert rules(acu_lint, "--isolated") == []


def test_exclude_holds_for_files_that_are_named(project: Write, acu_lint: AcuLint) -> None:
    configured(project, 'exclude = ["content/a.md"]\n')
    assert acu_lint("check", "--format", "json", "content/a.md").json["summary"]["files"] == 0


def test_drafts_can_be_left_out(project: Write, acu_lint: AcuLint) -> None:
    project("content/a.md", "---\ndraft: true\n---\n\nA gizmo.\n")
    project("content/b.md", "---\npublished: false\n---\n\nA gizmo.\n")
    configured(project, "")
    assert rules(acu_lint) == ["project/one", "project/one"]
    configured(project, "skip-drafts = true\n")
    ran = acu_lint("check", "--format", "json", "content")
    assert [skipped["path"] for skipped in ran.json["skipped"]] == ["content/a.md", "content/b.md"]


def test_stdin_takes_the_settings_of_its_path(project: Write, acu_lint: AcuLint) -> None:
    configured(project, '[[overrides]]\nfiles = ["content/legal/**"]\nignore = ["project/one"]\n')
    text = b"# Title\n\nA gizmo and a widget.\n"
    ran = acu_lint("check", "--format", "json", "--stdin-filename", "content/legal/new.md", "-", stdin=text)
    assert [rule for rule in ran.rules if rule.startswith("project/")] == ["project/two"]
    assert ran.json["findings"][0]["path"] == "content/legal/new.md"


WRONG = {
    "unknown key": ('slect = ["claims"]', "acu-lint.toml:2: unknown key 'slect' (did you mean 'select'?)"),
    "unknown rule": ('ignore = ["claims/cures"]', "no rule or family 'claims/cures' (did you mean 'claims/cure'?)"),
    "unknown option": (
        '[rules."readability/long-sentence"]\nlimt = 3\n',
        "readability/long-sentence has no option 'limt' (did you mean 'limit'?)",
    ),
    "wrong type": ('[rules."readability/long-sentence"]\nlimit = "x"\n', "'limit' takes a whole number, not 'x'"),
    "wrong severity": ('[rules."claims/cure"]\nseverity = "fatal"', "acu-lint.toml:3: claims/cure: severity 'fatal'"),
    "wrong value": ('select = "claims"', "'select' takes a list of texts"),
    "broken TOML": ("select = [", "acu-lint.toml: broken TOML"),
    "circle": ('extend = "acu-lint.toml"', "'extend' goes in a circle"),
    "missing pack": ('require-packs = ["ahpra"]', "the pack 'ahpra' is not installed"),
    "missing rule path": ('rule-paths = ["nowhere"]', "there is no folder"),
    "override without files": ('[[overrides]]\nignore = ["claims"]\n', "every override has 'files'"),
}


@pytest.mark.parametrize(("text", "message"), WRONG.values(), ids=WRONG.keys())
def test_wrong_settings_are_one_clear_line(project: Write, acu_lint: AcuLint, text: str, message: str) -> None:
    project("acu-lint.toml", f"\n{text}")
    ran = acu_lint("check", "content")
    assert ran.status == 2
    assert message in ran.errors
    assert ran.errors.count("\n") == 1


def test_a_second_configuration_is_checked_too(project: Write, acu_lint: AcuLint) -> None:
    project("acu-lint.toml", "")
    project("other/acu-lint.toml", 'ignore = ["claims/cures"]\n')
    project("other/b.md", "# Title\n\nText.\n")
    ran = acu_lint("check", "content", "other")
    assert ran.status == 2
    assert "other/acu-lint.toml: ignore: no rule or family 'claims/cures'" in ran.errors


def test_config_tells_where_a_setting_comes_from(project: Write, acu_lint: AcuLint) -> None:
    configured(project, 'ignore = ["seo"]\n[rules."readability/long-sentence"]\nlimit = 25\n')
    lines = acu_lint("config", "content/a.md").output.splitlines()
    assert any(line.split() == ["seo/title", "off", "acu-lint.toml"] for line in lines)
    assert any(line.split() == ["readability/long-sentence", "limit", "25", "acu-lint.toml"] for line in lines)


def test_init_never_overwrites(acu_lint: AcuLint, write: Write) -> None:
    assert "acu-lint.toml is written" in acu_lint("init").output
    write("acu-lint.toml", "# mine\n")
    write(".pre-commit-config.yaml", "repos: []\n")
    ran = acu_lint("init")
    assert "is there already" in ran.output
    assert "id: acu-lint" in ran.output
    assert Path("acu-lint.toml").read_text() == "# mine\n"
    assert Path(".pre-commit-config.yaml").read_text() == "repos: []\n"


def test_what_init_writes_is_valid(acu_lint: AcuLint, write: Write) -> None:
    acu_lint("init")
    write("a.md", "# A plain title of some length\n")
    assert acu_lint("check", "a.md").status == 0


@pytest.mark.parametrize("name", [".acu-lint.toml", "acu_lint.toml"])
def test_a_configuration_of_another_name_is_told(acu_lint: AcuLint, write: Write, name: str) -> None:
    write("content/a.md", "# Tea\n\nA cup of tea.\n")
    write(name, 'fail-on = "never"\n')
    ran = acu_lint("check", "content")
    assert ran.status == 2
    assert ran.errors == f"acu-lint: {name}: nothing reads a file of this name: call it acu-lint.toml\n"
    write("acu-lint.toml", "")
    assert acu_lint("check", "content").errors == ""


def test_a_table_of_another_name_is_told(acu_lint: AcuLint, write: Write) -> None:
    write("content/a.md", "# Tea\n\nA cup of tea.\n")
    write("pyproject.toml", '[tool.acu_lint]\nfail-on = "never"\n')
    ran = acu_lint("check", "content")
    assert ran.status == 2
    assert ran.errors == "acu-lint: pyproject.toml: nothing reads [tool.acu_lint]: write [tool.acu-lint]\n"
    write("pyproject.toml", "[tool.ruff]\nline-length = 100\n")
    assert acu_lint("check", "content").errors == ""
