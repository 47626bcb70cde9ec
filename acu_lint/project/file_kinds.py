"""Files that are no articles, told by their names and folders: nobody reads them as a page of the site.

A folder's name alone decides only where nobody gives it to articles (``_layouts``). Of ``public``, ``layouts`` and the
like there must be a sign beside: the configuration of a generator that uses such a folder.
"""

from __future__ import annotations

import enum
import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path, PurePath
from typing import NamedTuple

from acu_lint.project.sites import Sites
from acu_lint.system.tree import UnreadableError, read_bytes


class Kind(enum.StrEnum):
    """What a file is instead of an article; a report counts them by these nouns."""

    TECHNICAL = "technical file"
    LICENCE = "licence"
    PROJECT = "project document"
    TEMPLATE = "template"
    BUILT = "build folder"
    REDIRECT = "redirect"
    DATA = "data file"
    LIST = "address list"
    DRAFT = "draft"
    UNPUBLISHED = "unpublished file"


class NoArticle(NamedTuple):
    """What a file is instead of an article, and how that is known."""

    kind: Kind
    why: str = ""


# --- names -------------------------------------------------------------------------------

_TECHNICAL = re.compile(
    r"(?:robots|humans|(?:app-)?ads|security|llms|llms-full|sitemap|redirects|urls|cmakelists)\.txt"
    r"|(?:requirements|constraints)"
    r"(?:[-_.](?:all|base|build|ci|cpu|dev|docs?|extras?|gpu|lint|local|lock|min|prod|production|tests?))?\.txt"
    r"|google[0-9a-f]{16}\.html|yandex_[0-9a-f]{16}\.html|pinterest-[0-9a-f]{5}\.html",
    re.IGNORECASE,
)
_LICENCE = re.compile(
    r"(?i:(?:un|mit-)?licen[cs]e|copying(?:\.lesser)?|third[-_]party[-_](?:notices?|licen[cs]es?))"
    r"|(?i:licen[cs]e)[-_.](?i:apache|agpl|bsd|cc|cc0|code|content|docs|gpl|isc|lgpl|mit|mpl|ofl|text)\b.*"
    r"|LICEN[CS]E[-_.].+|NOTICE|COPYRIGHT|PATENTS|OFL|FONTLOG"
)
_README = re.compile(r"readme(?:[-_.][a-z]{2,4}(?:[-_][a-z]{2,4})?)?", re.IGNORECASE)
_PROJECT = re.compile(
    r"(?i:change[-_]?log|contributing|code[-_]of[-_]conduct|pull[-_]request[-_]template|issue[-_]template)"
    r"|AGENTS|AUTHORS|CHANGES|CITATION|CLAUDE|CONTRIBUTORS|DEVELOPMENT|GEMINI|GOVERNANCE|HISTORY|INSTALL|MAINTAINERS"
    r"|RELEASES|RELEASE[-_]NOTES|ROADMAP|SECURITY|STYLEGUIDE|SUPPORT|TODO|UPGRADING"
)
_NOTES = {".md", ".markdown", ".txt"}  # the formats of notes about a project: a page called license.html is a page
# Front matter that makes a page of a file, whatever its name.
_MAKES_A_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?(?:---|\+\+\+)\s(?:.*\n){0,40}?(?:layout|permalink)\s{0,9}[:=]")


def by_name(path: Path) -> NoArticle | None:
    """What the name of a file says that it is, if no article; one with the front matter of a page is a page."""
    stem, name = path.stem, path.name
    if _TECHNICAL.fullmatch(name):
        return NoArticle(Kind.TECHNICAL, "programs read it, people do not")
    if path.suffix.lower() not in _NOTES and stem.lower() != "readme":
        return None
    if _LICENCE.fullmatch(stem):
        found = NoArticle(Kind.LICENCE)
    elif _README.fullmatch(stem):
        found = NoArticle(Kind.PROJECT, "it describes the files beside it")
        if _is_read_as_index(path.parent):
            return None
    elif _PROJECT.fullmatch(stem):
        found = NoArticle(Kind.PROJECT, "it is for those who work on the project")
    else:
        return None
    return None if _makes_a_page(path) else found


def _makes_a_page(path: Path) -> bool:
    try:
        return not path.is_symlink() and bool(_MAKES_A_PAGE.match(read_bytes(path)))
    except UnreadableError:
        return False


def _is_read_as_index(folder: Path) -> bool:
    """Whether a generator makes the first page of a folder from its README."""
    for here in _upwards(folder):
        if _beside(here, ("SUMMARY.md", "_sidebar.md", ".vuepress", ".vitepress")):
            return True
        if here.name in {"docs", "blog"} and _beside(here.parent, ("mkdocs.yml", "mkdocs.yaml", *_DOCUSAURUS)):
            return True
    return False


# --- folders -----------------------------------------------------------------------------

_DOCUSAURUS = ("docusaurus.config.js", "docusaurus.config.ts", "docusaurus.config.mjs")
_HUGO = ("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "theme.toml", "config/_default")
_ELEVENTY = (
    ".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs", "eleventy.config.ts",
)  # fmt: skip
_GATSBY = ("gatsby-config.js", "gatsby-config.ts", "gatsby-config.mjs")
_BUNDLERS = (
    "astro.config.mjs", "astro.config.ts", "astro.config.js", "vite.config.js", "vite.config.ts", "nuxt.config.ts",
    "vue.config.js", "angular.json", "webpack.config.js",
)  # fmt: skip
_CONFIGS = ("config.toml", "config.yaml", "config.yml", "config.json")  # of Hugo and Zola, and of others

_PARTS = {"_includes", "_partials"}  # in Docusaurus their text is shown on the pages that include it
_TEMPLATES = {"_layouts", "_includes", "_templates", "_partials"}
# Folder -> what stands beside it where it holds templates, one of these.
_TEMPLATES_BESIDE = {
    "layouts": (*_HUGO, "layouts/_default", "layouts/partials", "layouts/shortcodes", "layouts/baseof.html"),
    "archetypes": (*_HUGO, "archetypes/default.md", "layouts/_default", "exampleSite"),
    "scaffolds": ("source/_posts",),
    "templates": ("theme.toml", "pelicanconf.py", ".obsidian"),
    "Templates": (".obsidian",),
}
_OF_THEMES = ("layouts", "layout", "_layouts", "templates", "exampleSite", "theme.toml")
_BUILT = {"_site", "_book"}
_BUILT_BESIDE = {
    "public": (*_HUGO, *_GATSBY, *_ELEVENTY, "source/_posts"),
    "site": ("mkdocs.yml", "mkdocs.yaml", "zensical.toml"),
    "dist": (*_ELEVENTY, *_BUNDLERS),
    "build": (*_DOCUSAURUS, "svelte.config.js"),
    "output": ("pelicanconf.py",),
    "out": ("next.config.js", "next.config.mjs", "next.config.ts"),
    "book": ("book.toml",),
    "docs": (*_HUGO, "_quarto.yml", "_bookdown.yml"),
    "_build": ("conf.py", "source/conf.py", "_toc.yml"),
}
_BUILT_BY_SCRIPT = {"dist", "build"}  # of a package with a build script
_BUILD_SCRIPT = re.compile(rb'"build"\s*:')
_SOURCES = {".md", ".markdown", ".mdx"}
_FRONT_PAGES = {"index.html", "404.html", "sitemap.xml"}
_ENOUGH = 1000  # names that are looked at in a folder


_READ_IF_NAMED = {Kind.PROJECT, Kind.UNPUBLISHED}


class Folders:
    """What folders hold; each is looked at once."""

    def __init__(self) -> None:
        self._sites = Sites()
        self._own: dict[Path, NoArticle | None] = {}
        self._above: dict[tuple[Path, bool], NoArticle | None] = {}

    def own(self, folder: Path) -> NoArticle | None:
        """Why what is in a folder is no article, by the folder itself and what stands beside it."""
        if folder not in self._own:
            self._own[folder] = _templates(folder) or _built(folder) or self._written(folder)
        return self._own[folder]

    def above(self, folder: Path, *, named: bool = False) -> NoArticle | None:
        """The same by a folder and all above it, as far as the root of the repository.

        What somebody ``named`` may lie in a build folder: then it is that what is wanted.
        """
        if (folder, named) not in self._above:
            found = filter(None, map(self.own, _upwards(folder)))
            known = (each for each in found if not (named and each.kind is Kind.BUILT))
            self._above[folder, named] = next(known, None)
        return self._above[folder, named]

    def _written(self, folder: Path) -> NoArticle | None:
        told = self._sites.writes(folder)
        return NoArticle(Kind.BUILT, f"a generator writes it, as {told} says") if told else None

    def by_itself(self, path: Path) -> NoArticle | None:
        """Why a file is no article, by its name or what the generator of the site is told about it."""
        if found := by_name(path):
            return found
        told = self._sites.without_page(path)
        return NoArticle(Kind.UNPUBLISHED, f"{told} names it") if told else None

    def of_file(self, path: Path, *, named: bool = False) -> NoArticle | None:
        """Why a file is no article, by itself or its folders; a README is one where somebody ``named`` it."""
        found = self.by_itself(path)
        if found and not (named and found.kind in _READ_IF_NAMED):
            return found
        return self.above(path.parent, named=named)


def _upwards(folder: Path) -> Iterator[Path]:
    """A folder and those above it, the root of the repository left out: its name says nothing about the site."""
    for here in (folder, *folder.parents):
        if os.path.lexists(here / ".git"):
            return
        yield here


def _templates(folder: Path) -> NoArticle | None:
    name, beside = folder.name, folder.parent
    if name in _TEMPLATES and not (name in _PARTS and _is_in_docusaurus(folder)):
        return NoArticle(Kind.TEMPLATE, f"pages are made with what is in {name}/")
    if beside.name == "themes" and _beside(folder, _OF_THEMES):
        return NoArticle(Kind.TEMPLATE, f"part of the theme {name}")
    if name in _TEMPLATES_BESIDE and (sign := _sign(beside, _TEMPLATES_BESIDE[name]) or _config_of_hugo(beside)):
        return NoArticle(Kind.TEMPLATE, f"pages are made with what is in {name}/ (beside it is {sign})")
    return None


def _is_in_docusaurus(folder: Path) -> bool:
    return any(_beside(each.parent, _DOCUSAURUS) for each in _upwards(folder))


def _built(folder: Path) -> NoArticle | None:
    name = folder.name
    if name in _BUILT:
        return NoArticle(Kind.BUILT, "a generator writes it")
    if name not in _BUILT_BESIDE or not _holds_pages_only(folder):
        return None
    beside = folder.parent
    sign = _sign(beside, _BUILT_BESIDE[name])
    if not sign and name in {"public", "docs"}:
        sign = _config_of_hugo(beside)
    if not sign and name in _BUILT_BY_SCRIPT and _has_build_script(beside / "package.json"):
        sign = "package.json"
    return NoArticle(Kind.BUILT, f"a generator writes it (beside it is {sign}, in it are pages only)") if sign else None


def _sign(folder: Path, names: Collection[str]) -> str:
    """The first of some names that is in a folder, or nothing."""
    return next((name for name in names if os.path.lexists(folder / name)), "")


def _beside(folder: Path, names: Collection[str]) -> bool:
    return bool(_sign(folder, names))


def _config_of_hugo(folder: Path) -> str:
    """A configuration that is Hugo's or Zola's, since their folders are there as well; or nothing."""
    return _sign(folder, _CONFIGS) if _beside(folder, ("content", "archetypes/default.md")) else ""


def _holds_pages_only(folder: Path) -> bool:
    """Whether a folder has the front page of a site, or of a part of it, and no source of one."""
    seen, has_front_page = 0, False
    for _, folders, names in os.walk(folder):
        if any(PurePath(name).suffix.lower() in _SOURCES for name in names):
            return False
        has_front_page = has_front_page or not _FRONT_PAGES.isdisjoint(names)
        seen += len(names) + len(folders)
        if seen > _ENOUGH:
            break
    return has_front_page


def _has_build_script(file: Path) -> bool:
    try:
        return not file.is_symlink() and bool(_BUILD_SCRIPT.search(read_bytes(file)))
    except UnreadableError:
        return False
