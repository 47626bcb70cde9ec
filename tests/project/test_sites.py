"""Which files a generator makes no page of, as its configuration says."""

from __future__ import annotations

import pytest

from acu_lint.project.file_kinds import Folders, Kind
from tests.conftest import AcuLint, Write

BAD = "# A rest\n\nGinger cures nausea.\n"

MKDOCS = """\
site_name: A clinic
site_dir: www
exclude_docs: |
  old/
  *.raw.md
  !old/keep.md
draft_docs: "next/"
markdown_extensions:
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
"""
JEKYLL = "title: A clinic\nexclude:\n# nobody reads these\n- notes\n- '*.txt'\n\nplugins: [jekyll-feed]\n"


@pytest.mark.parametrize(
    ("config", "text", "left_out", "read"),
    [
        (
            "mkdocs.yml", MKDOCS, ("docs/old/a.md", "docs/b/c.raw.md"),
            ("docs/old/keep.md", "docs/a.md", "docs/next/a.md", "old/a.md"),
        ),
        ("mkdocs.yml", "docs_dir: pages\nexclude_docs: a.md\n", ("pages/a.md", "pages/b/a.md"), ("docs/a.md",)),
        (
            "mkdocs.yml", "exclude_docs: |\n  snippets/\n  _*\n",
            ("docs/_site-map/a.md",), ("docs/snippets/a.md", "docs/_b.md"),
        ),
        ("_config.yml", JEKYLL, ("notes/a.md", "notes/b/a.md", "a/b.txt"), ("a/notes/b.md", "notes-on-sleep.md")),
        (
            "_config.yml", "exclude: [notes,\n  /private/]\nsource: src\n",
            ("src/notes/a.md", "src/private/a.md"), ("notes/a.md",),
        ),
        ("_config.yml", "exclude: [broken\n", (), ("broken/a.md",)),
        ("_config.yml", "excluded: [notes]\n", (), ("notes/a.md",)),
    ],
)  # fmt: skip
def test_a_file_that_the_generator_leaves_out(
    write: Write, config: str, text: str, left_out: tuple[str, ...], read: tuple[str, ...]
) -> None:
    write(".git/HEAD", "")
    write(config, text.replace("\n", "\r\n"))
    for name in left_out:
        found = Folders().of_file(write(name, BAD))
        assert found
        assert found.kind is Kind.UNPUBLISHED
    for name in read:
        assert Folders().of_file(write(name, BAD)) is None


@pytest.mark.parametrize(("config", "text"), [("mkdocs.yml", MKDOCS), ("_config.yml", "destination: ./www\n")])
def test_the_folder_that_a_generator_writes_to(acu_lint: AcuLint, write: Write, config: str, text: str) -> None:
    write(config, text)
    write("www/index.html", "<h1>A rest</h1>\n<p>Ginger cures nausea.</p>\n")
    write("docs/a.md", BAD)
    ran = acu_lint("check", "--format", "json")
    assert ran.json["summary"]["files"] == 1
    assert f"a generator writes it, as {config} says" in ran.output


def test_a_folder_with_the_sources_is_read(acu_lint: AcuLint, write: Write) -> None:
    write("mkdocs.yml", "docs_dir: www/text\nsite_dir: www\n")
    write("www/text/a.md", BAD)
    assert acu_lint("check", "--format", "json").json["summary"]["files"] == 1


def test_a_file_that_is_named_is_read(acu_lint: AcuLint, write: Write) -> None:
    write("_config.yml", JEKYLL)
    write("notes/a.md", BAD)
    assert "claims/cure" in acu_lint("check", "notes/a.md").output


def test_drafts_of_mkdocs(acu_lint: AcuLint, write: Write) -> None:
    write("mkdocs.yml", MKDOCS)
    write("docs/next/a.md", BAD)
    assert acu_lint("check").status == 1
    write("acu-lint.toml", "skip-drafts = true\n")
    ran = acu_lint("check", "--verbose")
    assert ran.status == 0
    assert "a draft: 'draft_docs' in mkdocs.yml names it ('skip-drafts' is on)" in ran.errors


@pytest.mark.parametrize(
    ("config", "name"),
    [
        ("docusaurus.config.js", "docs/_risks.mdx"),
        ("docusaurus.config.js", "docs/_parts/risks.md"),
        ("docusaurus.config.js", "docs/_partials/risks.mdx"),
        ("mkdocs.yml", "docs/snippets/risks.md"),
        ("package.json", "pages/_risks.mdx"),
    ],
)
def test_a_text_that_pages_include_is_read_and_no_page(acu_lint: AcuLint, write: Write, config: str, name: str) -> None:
    text = "### Risks\n\nGinger cures nausea. " + "A calm hour in the evening helps many people to rest. " * 40
    write(config, "{}")
    write(name, text)
    write(f"{name.partition('/')[0]}/page.md", text)
    found = acu_lint("check", "--format", "json").json["findings"]
    families = {
        family: {each["path"] for each in found if each["rule"].startswith(family)} for family in ("claims", "trust")
    }
    assert f"./{name}" in families["claims"] - families["trust"]
    assert len(families["trust"]) == 1
