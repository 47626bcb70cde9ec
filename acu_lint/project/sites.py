"""Which files a generator makes no page of, as its configuration says: MkDocs and Jekyll.

Only the keys in question are read, as text and then each as YAML by itself: the rest of such a file has tags and
templates that only its generator knows.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any, NamedTuple

from acu_lint.project.paths import globs
from acu_lint.system.tree import Tree, UnreadableError, read_bytes

_MKDOCS = ("mkdocs.yml", "mkdocs.yaml")
_JEKYLL = ("_config.yml", "_config.yaml")
_PARTS = {"snippets", "includes", "partials", "parts", "fragments", "reusables", "shared"}
_LONGEST = 200_000  # bytes


class Site(NamedTuple):
    """What a configuration says: its name, where pages are written, which files have no page and which are drafts.

    Patterns match names below ``source``.
    """

    name: str
    source: Path
    output: Path | None
    key: str
    without_page: Any = None
    drafts: Any = None


class Sites:
    """The sites of a run, by folder; each folder is looked at once."""

    def __init__(self) -> None:
        self._of_folder: dict[Path, Site | None] = {}

    def without_page(self, file: Path) -> str:
        """Where it is said that a file (an absolute path) has no page; nothing where it is not."""
        site = self._of(file.parent)
        if not site or not _fits(site.without_page, site, file) or _is_part(file.relative_to(site.source)):
            return ""
        return f"'{site.key}' in {site.name}"

    def of_draft(self, file: Path) -> str:
        """Where it is said that a file (an absolute path) is not published yet; nothing where it is not."""
        site = self._of(file.parent)
        return f"'draft_docs' in {site.name}" if site and _fits(site.drafts, site, file) else ""

    def writes(self, folder: Path) -> str:
        """The configuration by which a generator writes to a folder; nothing where none does."""
        site = self._of(folder.parent)
        return site.name if site and site.output == folder and not site.source.is_relative_to(folder) else ""

    def _of(self, folder: Path) -> Site | None:
        """The site whose configuration is the nearest above, as far as the root of the repository."""
        if folder in self._of_folder:
            return self._of_folder[folder]
        new: list[Path] = []
        found = None
        for here in (folder, *folder.parents):
            if here in self._of_folder:
                found = self._of_folder[here]
                break
            new.append(here)
            found = _in(here)
            if found or os.path.lexists(here / ".git"):
                break
        self._of_folder.update(dict.fromkeys(new, found))
        return found


def _fits(patterns: Any, site: Site, file: Path) -> bool:
    return (
        patterns is not None
        and file.is_relative_to(site.source)
        and bool(patterns.match_file(file.relative_to(site.source).as_posix()))
    )


def _is_part(name: Path) -> bool:
    """Whether a file is text that other pages include, by its folders or its own name."""
    return name.name.startswith("_") or any(part.strip("_").lower() in _PARTS for part in name.parts[:-1])


def _in(folder: Path) -> Site | None:
    """The site that a folder configures."""
    for name in _MKDOCS:
        if text := _text(folder / name):
            return _of_mkdocs(folder, name, text)
    for name in _JEKYLL:
        if text := _text(folder / name):
            return _of_jekyll(folder, name, text)
    return None


def _of_mkdocs(folder: Path, name: str, text: str) -> Site:
    source = _below(folder, _value(text, "docs_dir")) or folder / "docs"
    output = _below(folder, _value(text, "site_dir"))
    left_out, drafts = (_globs(_lines(_value(text, key))) for key in ("exclude_docs", "draft_docs"))
    return Site(name, source, output, "exclude_docs", left_out, drafts)


def _of_jekyll(folder: Path, name: str, text: str) -> Site:
    source = _below(folder, _value(text, "source")) or folder
    output = _below(folder, _value(text, "destination"))
    # A name is one beside the configuration; stars cross folders.
    patterns = [
        each if "*" in each and "/" not in each else f"/{each.lstrip('/')}" for each in _lines(_value(text, "exclude"))
    ]
    return Site(name, source, output, "exclude", _globs(patterns))


def _globs(patterns: list[str]) -> Any:
    return globs(patterns) if patterns else None


def _lines(value: object) -> list[str]:
    """The patterns of a value: the lines of a text, or the texts of a list."""
    texts = value if isinstance(value, list) else [value]
    return [line.strip() for text in texts if isinstance(text, str) for line in text.splitlines() if line.strip()]


def _below(folder: Path, value: object) -> Path | None:
    """The folder that a value names, where it is another one than that of the configuration."""
    found = Path(os.path.normpath(folder / value)) if isinstance(value, str) and value else folder
    return None if found == folder else found


def _value(text: str, key: str) -> Any:
    """The value of a key at the top level; None where it is not there or cannot be read."""
    found = re.search(rf"(?m)^{key}[ \t]{{0,9}}:.*(?:\n(?:[ \t\r\-#].*)?)*", text)
    if found is None:
        return None
    import yaml  # noqa: PLC0415 -- only where there is such a key

    try:
        return yaml.safe_load(found[0])[key]
    except (yaml.YAMLError, ValueError, RecursionError):
        return None


def _text(file: Path) -> str:
    if not os.path.lexists(file):
        return ""
    try:
        return (
            "" if Tree([file.parent]).why_not(os.fspath(file)) else read_bytes(file, _LONGEST).decode(errors="replace")
        )
    except UnreadableError:
        return ""
