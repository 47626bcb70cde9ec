"""Which files are no articles by their names and folders, and which are, though they look like it."""

from __future__ import annotations

import pytest

from acu_lint.project.file_kinds import Folders, Kind
from tests.conftest import Write

TEXT = "# Massage after a long day\n\nMany people find it pleasant.\n"
PAGE = "<title>Massage after a long day</title>\n<p>Many people find it pleasant.</p>\n"

NO_ARTICLES = {
    "robots.txt": Kind.TECHNICAL,
    "static/humans.txt": Kind.TECHNICAL,
    "llms.txt": Kind.TECHNICAL,
    "ads.txt": Kind.TECHNICAL,
    "requirements-dev.txt": Kind.TECHNICAL,
    "CMakeLists.txt": Kind.TECHNICAL,
    "google0123456789abcdef.html": Kind.TECHNICAL,
    "LICENSE.md": Kind.LICENCE,
    "Licence.txt": Kind.LICENCE,
    "LICENSE-images.md": Kind.LICENCE,
    "license-mit.txt": Kind.LICENCE,
    "MIT-LICENSE.txt": Kind.LICENCE,
    "fonts/OFL.txt": Kind.LICENCE,
    "readme.html": Kind.PROJECT,
    "COPYING.txt": Kind.LICENCE,
    "NOTICE.md": Kind.LICENCE,
    "README.md": Kind.PROJECT,
    "content/readme.md": Kind.PROJECT,
    "README.de.md": Kind.PROJECT,
    "CHANGELOG.md": Kind.PROJECT,
    "CODE_OF_CONDUCT.md": Kind.PROJECT,
    "CONTRIBUTING.md": Kind.PROJECT,
    "SECURITY.md": Kind.PROJECT,
    "docs/pull_request_template.md": Kind.PROJECT,
    "_layouts/post.html": Kind.TEMPLATE,
    "_includes/head/meta.html": Kind.TEMPLATE,
    "src/_includes/footer.md": Kind.TEMPLATE,
    "_site/index.html": Kind.BUILT,
}


@pytest.mark.parametrize(("name", "kind"), NO_ARTICLES.items(), ids=NO_ARTICLES.keys())
def test_a_file_that_is_no_article(write: Write, name: str, kind: Kind) -> None:
    found = Folders().of_file(write(name, TEXT))
    assert found
    assert found.kind is kind


ARTICLES = (
    "content/security.md",  # of the clinic's patients' data
    "content/license-to-practise.md",
    "content/licensed-therapists.md",
    "content/readme-first.md",
    "content/requirements-for-surgery.txt",
    "content/notice.md",
    "content/support.md",
    "license.html",
    "archetypes/hero.md",  # of the soul, where no Hugo is beside
    "layouts/rooms.md",
    "templates/letter.html",
    "public/index.html",
    "site/index.html",
    "dist/index.html",
    "docs/index.html",
    "themes/recovery/sleep.md",
    "_posts/2026-01-05-sleep.md",
    "_drafts/sleep.md",
)


@pytest.mark.parametrize("name", ARTICLES)
def test_an_article_that_looks_like_something_else(write: Write, name: str) -> None:
    assert Folders().of_file(write(name, PAGE if name.endswith(".html") else TEXT)) is None


BESIDE = {
    "archetypes of Hugo": ("archetypes/default.md", "hugo.toml", Kind.TEMPLATE),
    "archetypes of a theme": ("archetypes/posts.md", "theme.toml", Kind.TEMPLATE),
    "layouts of Hugo": ("layouts/_default/single.html", "config/_default/hugo.toml", Kind.TEMPLATE),
    "layouts beside an older name": ("layouts/index.html", "archetypes/default.md", Kind.TEMPLATE),
    "layouts of Hugo's kind": ("layouts/partials/head.html", "content/a.md", Kind.TEMPLATE),
    "archetypes of a theme's kind": ("archetypes/posts.md", "exampleSite/hugo.toml", Kind.TEMPLATE),
    "scaffolds of Hexo": ("scaffolds/post.md", "source/_posts/a.md", Kind.TEMPLATE),
    "templates of Obsidian": ("Templates/day.md", ".obsidian/app.json", Kind.TEMPLATE),
    "templates of Pelican": ("templates/base.html", "pelicanconf.py", Kind.TEMPLATE),
    "a theme": ("themes/quiet/exampleSite/content/a.md", "themes/quiet/layouts/index.html", Kind.TEMPLATE),
    "built by Hugo": ("public/index.html", "hugo.yaml", Kind.BUILT),
    "built by Gatsby": ("public/index.html", "gatsby-config.js", Kind.BUILT),
    "built by MkDocs": ("site/index.html", "mkdocs.yml", Kind.BUILT),
    "built by Docusaurus": ("build/index.html", "docusaurus.config.ts", Kind.BUILT),
    "built by Pelican": ("output/index.html", "pelicanconf.py", Kind.BUILT),
    "built by Hugo, deep within": ("public/blog/a/index.html", "hugo.toml", Kind.BUILT),
    "built by Astro": ("dist/index.html", "astro.config.mjs", Kind.BUILT),
    "built by mdBook": ("book/index.html", "book.toml", Kind.BUILT),
}


@pytest.mark.parametrize(("name", "sign", "kind"), BESIDE.values(), ids=BESIDE.keys())
def test_a_folder_beside_what_uses_it(write: Write, name: str, sign: str, kind: Kind) -> None:
    write(sign, "title = 'x'\n")
    if name == "layouts/index.html":
        write("config.toml", "baseURL = 'x'\n")
    found = Folders().of_file(write(name, TEXT))
    assert found
    assert found.kind is kind


def test_a_package_with_a_build_script_writes_dist(write: Write) -> None:
    page = write("dist/index.html", PAGE)
    write("package.json", '{"scripts": {"test": "x"}}')
    assert Folders().of_file(page) is None
    write("package.json", '{"scripts": {"build": "vite build"}}')
    assert Folders().of_file(page)


@pytest.mark.parametrize("source", ["site/knee.md", "site/knee.mdx", "site/a/b/knee.md"])
def test_a_folder_with_sources_is_not_built(write: Write, source: str) -> None:
    write("mkdocs.yml", "docs_dir: site\n")
    write("site/index.html", PAGE)
    assert Folders().of_file(write(source, TEXT)) is None


def test_a_folder_without_a_front_page_is_not_built(write: Write) -> None:
    write("hugo.toml", "")
    assert Folders().of_file(write("public/leaflet.html", PAGE)) is None


def test_the_name_of_the_repository_says_nothing(write: Write) -> None:
    write("_site/.git/HEAD", "ref: refs/heads/main\n")
    assert Folders().of_file(write("_site/index.html", PAGE)) is None


INDEXES = {
    "GitBook and mdBook": ("book/README.md", "book/SUMMARY.md"),
    "docsify": ("docs/README.md", "docs/_sidebar.md"),
    "VuePress": ("docs/guide/README.md", "docs/.vuepress/config.js"),
    "MkDocs": ("docs/guide/README.md", "mkdocs.yml"),
    "Docusaurus": ("docs/README.md", "docusaurus.config.js"),
}


@pytest.mark.parametrize(("name", "sign"), INDEXES.values(), ids=INDEXES.keys())
def test_a_readme_that_is_the_first_page_of_its_folder(write: Write, name: str, sign: str) -> None:
    write(sign, "x\n")
    assert Folders().of_file(write(name, TEXT)) is None


def test_the_readme_beside_the_settings_is_none(write: Write) -> None:
    write("mkdocs.yml", "x\n")
    assert Folders().of_file(write("README.md", TEXT))


def test_a_readme_that_says_which_page_it_is(write: Write) -> None:
    assert Folders().of_file(write("a/README.md", f"---\ntitle: Massage\nlayout: home\n---\n\n{TEXT}")) is None
    assert Folders().of_file(write("b/README.md", f"---\ntitle: Massage\n---\n\n{TEXT}"))


def test_a_person_may_want_a_readme_or_a_built_page_but_no_licence(write: Write) -> None:
    write("hugo.toml", "")
    folders = Folders()
    assert folders.of_file(write("README.md", TEXT), named=True) is None
    assert folders.of_file(write("public/index.html", PAGE), named=True) is None
    assert folders.of_file(write("LICENSE.md", TEXT), named=True)
    assert folders.of_file(write("layouts/index.html", PAGE), named=True)
