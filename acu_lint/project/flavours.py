"""Which generator makes pages of the articles of a repository, told by the files that configure it.

The nearest sign above an article counts, up to the root of its repository. Names suffice for most; a file is read
(up to a bound, as text) only where its name is that of several generators, or where it may give anchors another form.
None is executed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from acu_lint.document.flavour import Flavour
from acu_lint.project.paths import shown
from acu_lint.system.tree import Tree, UnreadableError, read_bytes, repository

_LONGEST = 200_000  # bytes of a configuration file that is read
_UNKNOWN = "*"  # the form of the anchors


class Generator(NamedTuple):
    """What makes the pages of an article: its flavour, where that is known from, and who makes the anchors.

    ``anchors`` is ``ANY`` where the generator has been told to give them another form than its own.
    """

    flavour: Flavour
    origin: str
    anchors: Flavour


class _Sign(NamedTuple):
    """Files or folders of which one tells the generator.

    ``holds`` is what a file must hold for that: the one of that name or, where ``in_file`` is given, that one.
    ``anchors`` is what it holds where it gives anchors another form; ``_UNKNOWN`` means that their form is never known.
    """

    flavour: Flavour
    names: tuple[str, ...]
    holds: str = ""
    in_file: str = ""
    anchors: str = ""


def _named(name: str, endings: str) -> tuple[str, ...]:
    return tuple(f"{name}.{ending}" for ending in endings.split())


_SCRIPT = "js ts mjs cjs mts cts"
_TABLE = "toml yaml yml json"
_BASE_URL = r"(?im)^[ \t{,]{0,9}[\"']?baseURL[\"']?[ \t]{0,9}[=:]"
_HUGO_ANCHORS = r"(?i)autoHeadingID"
_JEKYLL_ANCHORS = (
    r"(?m)auto_ids?\b|transliterated_header|^markdown[ \t]{0,9}:(?![ \t]{0,9}[\"']?kramdown)"
    r"|^[ \t]{1,9}input[ \t]{0,9}:(?![ \t]{0,9}[\"']?GFM)"
)
_BOOK = r"(?m)^(?:documentclass|bibliography|csl|toc|toc-title|rights):"

# In this order: the repository of a generator may be an Obsidian vault as well.
_SIGNS = (
    _Sign(Flavour.MKDOCS, ("mkdocs.yml", "mkdocs.yaml", "zensical.toml", "pelicanconf.py"), anchors="slugify"),
    _Sign(Flavour.DOCUSAURUS, _named("docusaurus.config", _SCRIPT)),
    _Sign(Flavour.DOCUSAURUS, (".vitepress",), anchors=_UNKNOWN),
    _Sign(Flavour.DOCUSAURUS, _named("astro.config", _SCRIPT), holds="@astrojs/starlight"),
    _Sign(Flavour.HUGO, _named("hugo", _TABLE), anchors=_HUGO_ANCHORS),
    _Sign(Flavour.HUGO, _named("config", _TABLE), holds=_BASE_URL, anchors=_HUGO_ANCHORS),
    _Sign(Flavour.HUGO, _named("config/_default/markup", _TABLE), anchors=_HUGO_ANCHORS),
    _Sign(Flavour.HUGO, ("config/_default",)),
    _Sign(Flavour.COMMONMARK, ("source/_posts",), holds='"hexo"', in_file="package.json", anchors=_UNKNOWN),
    _Sign(Flavour.PANDOC, ("_quarto.yml", "_quarto.yaml", "_bookdown.yml", "pandoc.yaml", "pandoc.yml")),
    _Sign(Flavour.PANDOC, ("metadata.yaml", "metadata.yml"), holds=_BOOK),
    _Sign(Flavour.ANY, ("_toc.yml", "myst.yml"), anchors=_UNKNOWN),  # Jupyter Book, which is none of these
    _Sign(Flavour.JEKYLL, ("_config.yml", "_config.yaml", "_config.toml"), anchors=_JEKYLL_ANCHORS),
    _Sign(Flavour.COMMONMARK, _named(".eleventy", _SCRIPT) + _named("eleventy.config", _SCRIPT), anchors=_UNKNOWN),
    _Sign(Flavour.OBSIDIAN, (".obsidian",)),
)


class Flavours:
    """The generators of a run, by folder; each folder is looked at once."""

    def __init__(self) -> None:
        self._of_folder: dict[Path, Generator | None] = {}

    def of(self, path: str) -> Generator | None:
        """The generator of a file, which need not exist, or None: nothing in its repository tells."""
        folder = Path(os.path.abspath(path)).parent  # noqa: PTH100 -- resolve() would follow links
        if folder in self._of_folder:
            return self._of_folder[folder]
        new: list[Path] = []
        found = None
        for here in _upwards(folder):
            if here in self._of_folder:
                found = self._of_folder[here]
                break
            new.append(here)
            found = _in(here)
            if found:
                break
        self._of_folder.update(dict.fromkeys(new, found))
        return found


def _upwards(folder: Path) -> Iterator[Path]:
    """A folder and those above it, up to the root of its repository or, without one, to the working folder."""
    here = Path.cwd()
    last = repository(folder) or (here if folder.is_relative_to(here) else folder)
    for each in (folder, *folder.parents):
        yield each
        if each == last:
            return


def _in(folder: Path) -> Generator | None:
    """The generator that a folder itself tells."""
    for sign in _SIGNS:
        for name in sign.names:
            file = folder / name
            if os.path.lexists(file) and _holds(folder / (sign.in_file or name), sign.holds):
                told = sign.anchors and (sign.anchors == _UNKNOWN or _holds(file, sign.anchors))
                return Generator(sign.flavour, shown(file), Flavour.ANY if told else sign.flavour)
    return None


def _holds(file: Path, pattern: str) -> bool:
    """Whether the text of a file has a pattern; a folder, a link out of the tree and the like have none."""
    if not pattern:
        return True
    try:
        if Tree([file.parent]).why_not(os.fspath(file)):
            return False
        text = read_bytes(file, _LONGEST).decode(errors="replace")
    except UnreadableError:
        return False
    return re.search(pattern, text) is not None
