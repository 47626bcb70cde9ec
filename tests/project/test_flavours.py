"""Which generator a repository, a setting or a page tells, and what follows from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import AcuLint, Write, git

PAGE = "---\ntitle: Prices of the desk\n---\n\nSee [tea](#{}).\n\n## Café & crêpes\n"


def flavour(acu_lint: AcuLint, file: str) -> list[str]:
    """The row of ``acu-lint config`` that tells the flavour, without its name."""
    rows = [line.split(maxsplit=2) for line in acu_lint("config", file).output.splitlines()]
    return next(row[1:] for row in rows if row and row[0] == "flavour")


SIGNS = {
    "MkDocs": ({"mkdocs.yml": ""}, ["mkdocs", "mkdocs.yml"]),
    "Zensical": ({"zensical.toml": ""}, ["mkdocs", "zensical.toml"]),
    "Pelican": ({"pelicanconf.py": "raise SystemExit"}, ["mkdocs", "pelicanconf.py"]),
    "Docusaurus": ({"docusaurus.config.ts": ""}, ["docusaurus", "docusaurus.config.ts"]),
    "VitePress": ({".vitepress/config.ts": ""}, ["docusaurus", ".vitepress"]),
    "Starlight": ({"astro.config.mjs": 'import x from "@astrojs/starlight"'}, ["docusaurus", "astro.config.mjs"]),
    "Astro alone": ({"astro.config.mjs": "export default {}"}, ["any"]),
    "Hugo": ({"hugo.yaml": ""}, ["hugo", "hugo.yaml"]),
    "Hugo, older": ({"config.toml": 'title = "x"\nbaseURL = "https://example.org"'}, ["hugo", "config.toml"]),
    "another program's config": ({"config.toml": 'title = "x"'}, ["any"]),
    "Hugo, a folder": ({"config/_default/params.toml": ""}, ["hugo", "config/_default"]),
    "Jekyll": ({"_config.yml": "title: x"}, ["jekyll", "_config.yml"]),
    "Hexo": (
        {"_config.yml": "title: x", "source/_posts/b.md": "", "package.json": '{"dependencies": {"hexo": "7"}}'},
        ["commonmark", "source/_posts"],
    ),
    "Jupyter Book": ({"_config.yml": "title: x", "_toc.yml": ""}, ["any", "_toc.yml"]),
    "Obsidian": ({".obsidian/app.json": "{}"}, ["obsidian", ".obsidian"]),
    "a site that is a vault as well": ({".obsidian/app.json": "{}", "hugo.toml": ""}, ["hugo", "hugo.toml"]),
    "Quarto": ({"_quarto.yml": ""}, ["pandoc", "_quarto.yml"]),
    "a book for Pandoc": ({"metadata.yaml": "title: x\nbibliography: a.bib\n"}, ["pandoc", "metadata.yaml"]),
    "Eleventy": ({".eleventy.js": ""}, ["commonmark", ".eleventy.js"]),
    "nothing": ({}, ["any"]),
}


@pytest.mark.parametrize(("files", "expected"), SIGNS.values(), ids=SIGNS.keys())
def test_files_that_configure_a_generator_tell_it(
    write: Write, acu_lint: AcuLint, files: dict[str, str], expected: list[str]
) -> None:
    for name, content in files.items():
        write(name, content)
    write("content/a.md", "# Prices\n")
    assert flavour(acu_lint, "content/a.md") == expected


def test_the_nearest_sign_counts_and_none_outside_of_the_repository(
    write: Write, acu_lint: AcuLint, tmp_path: Path
) -> None:
    write("hugo.toml", "")
    write("site/docs/mkdocs.yml", "")
    git(tmp_path, "init", "-q", "site")
    assert flavour(acu_lint, "site/docs/pages/a.md") == ["mkdocs", "site/docs/mkdocs.yml"]
    assert flavour(acu_lint, "site/a.md") == ["any"]
    assert flavour(acu_lint, "a.md") == ["hugo", "hugo.toml"]


def test_a_setting_counts_more_and_an_override_most(write: Write, acu_lint: AcuLint) -> None:
    write("mkdocs.yml", "")
    write("acu-lint.toml", 'flavour = "hugo"\n[[overrides]]\nfiles = ["blog/**"]\nflavour = "jekyll"\n')
    assert flavour(acu_lint, "docs/a.md") == ["hugo", "acu-lint.toml"]
    assert flavour(acu_lint, "blog/a.md") == ["jekyll", "acu-lint.toml, override 1"]


def test_a_name_that_is_no_flavour(write: Write, acu_lint: AcuLint) -> None:
    write("acu-lint.toml", 'fail-on = "error"\nflavour = "mkdoc"\n')
    ran = acu_lint("check", ".")
    assert ran.status == 2
    assert "acu-lint.toml:2: no flavour 'mkdoc' (did you mean 'mkdocs'?)" in ran.errors
    write("acu-lint.toml", '[[overrides]]\nfiles = ["a/**"]\nflavour = "word"\n')
    assert "there are: any, commonmark" in acu_lint("config", "a/a.md").errors


HINTS = {
    "an admonition": ("!!! note\n    Bring a towel.\n", "mkdocs", "'!!! note' in line 1"),
    "a tab": ('=== "Summer"\n\n    Bring a towel.\n', "mkdocs", "'=== \"' in line 1"),
    "a shortcode": ('{{< figure src="a.png" >}}\n', "hugo", "'{{<' in line 1"),
    "a tag for a post": ("See {% post_url 2026-01-02-cups %}.\n", "jekyll", "'{% post_url' in line 1"),
    "a layout": ("---\nlayout: post\npermalink: /cups/\n---\n\nText.\n", "jekyll", "'layout' and 'permalink'"),
    "a table of contents": ("* TOC\n{:toc}\n", "kramdown", "'{:toc' in line 2"),
    "a directive": (":::note\nBring a towel.\n:::\n", "docusaurus", "':::note' in line 1"),
    "a div": ("::: {.wide}\nBring a towel.\n:::\n", "pandoc", "'::: {.wide}' in line 1"),
    "a key of a source": ("Cups are warm [@roe2019, p. 3].\n", "pandoc", "'[@roe2019,' in line 1"),
    "a link between notes": ("See [[Warm cups]].\n", "obsidian", "'[[Warm cups]]' in line 1"),
    "a callout that folds": ("> [!tip]- Bring a towel\n", "obsidian", "'> [!tip]-' in line 1"),
}


@pytest.mark.parametrize(("text", "name", "sign"), HINTS.values(), ids=HINTS.keys())
def test_a_page_hints_at_its_generator(write: Write, acu_lint: AcuLint, text: str, name: str, sign: str) -> None:
    write("a.md", text)
    assert flavour(acu_lint, "a.md") == [name, f"the page: {sign}"]


NO_HINTS = {
    "plain text": "# Prices\n\nTea and [cakes](/cakes).\n",
    "an alert of GitHub": "> [!NOTE]\n> Bring a towel.\n",
    "a mark in brackets": "Cups are warm [[1]](#one) and [[2]](#two).\n",
    "exclamation": "!!!\n\nBring a towel !!! note that.\n",
    "marks in code": "```md\n!!! note\n    Bring a towel.\n```\n",
    "an address for mail": "Write to [ann@example.org](mailto:ann@example.org).\n",
}


@pytest.mark.parametrize("text", NO_HINTS.values(), ids=NO_HINTS.keys())
def test_what_hints_at_none(write: Write, acu_lint: AcuLint, text: str) -> None:
    write("a.md", text)
    assert flavour(acu_lint, "a.md") == ["any"]


def findings(acu_lint: AcuLint) -> list[str]:
    ran = acu_lint("check", "--format", "json", "--select", "citations/broken-reference", "--fail-on", "never", ".")
    return ran.rules


def test_anchors_are_those_of_the_generator(write: Write, acu_lint: AcuLint) -> None:
    write("docs/a.md", PAGE.format("café--crêpes"))
    assert findings(acu_lint) == []
    write("mkdocs.yml", "site_name: x\n")
    assert findings(acu_lint) == ["citations/broken-reference"]
    write("docs/a.md", PAGE.format("cafe-crepes"))
    assert findings(acu_lint) == []


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("mkdocs.yml", "markdown_extensions:\n  - toc:\n      slugify: x\n"),
        ("hugo.toml", '[markup.goldmark.parser]\nautoHeadingIDType = "blackfriday"\n'),
        ("config/_default/markup.toml", '[goldmark.parser]\nautoHeadingIdType = "blackfriday"\n'),
        ("_config.yml", "markdown: CommonMarkGhPages\n"),
    ],
)
def test_a_generator_that_is_told_to_make_other_anchors_may_make_any(
    write: Write, acu_lint: AcuLint, file: str, content: str
) -> None:
    write("docs/a.md", PAGE.format("café-crêpes"))
    write(file, "")
    assert findings(acu_lint) == ["citations/broken-reference"]
    write(file, content)
    assert findings(acu_lint) == []


def test_a_link_out_of_the_repository_is_not_read(write: Write, acu_lint: AcuLint, tmp_path: Path) -> None:
    outside = write("elsewhere/config.toml", 'baseURL = "https://example.org"\n')
    git(tmp_path, "init", "-q", "site")
    (tmp_path / "site" / "config.toml").symlink_to(outside)
    assert flavour(acu_lint, "site/a.md") == ["any"]
