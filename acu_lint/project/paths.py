"""Paths as users write them: relative to a folder, and the patterns that match them."""

from __future__ import annotations

import os
import re
import unicodedata
import warnings
from collections.abc import Iterable
from pathlib import Path, PurePath
from typing import Any

_DRIVE = re.compile(r"[A-Za-z]:")
_WRONG_SLASH = re.compile(r"(?<=.)\\(?![\[\]? ])|^\\(?![\[\]? #!])")  # before these signs it is one of .gitignore's
_CONTROL = re.compile(r"[\0-\x1f\x7f]")
_HERE = re.compile(r"(!?)(?:\./)+")
_MOST_SLOW = 100  # patterns with several "*" in one name


def relative(path: PurePath, root: PurePath) -> str:
    """A path below ``root`` with ``/``; the absolute path where it is elsewhere."""
    absolute = path if path.is_absolute() else Path.cwd() / path
    try:
        return absolute.relative_to(root).as_posix()
    except ValueError:
        return absolute.as_posix()


def shown(file: Path) -> str:
    """A path as a user would write it: relative where it is below the working folder."""
    return relative(file, Path.cwd())


def globs(patterns: Iterable[str]) -> Any:
    """Match paths as a .gitignore does: ``*.mdx`` anywhere, ``content/legal/**`` from the root.

    As in git, a line that is no pattern matches nothing; nor does one that would take too long to match.
    """
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 -- 10 ms that only some runs need

    def made(lines: Iterable[str]) -> Any:
        try:
            return GitIgnoreSpec.from_lines(lines)
        except (ValueError, re.error):
            return None

    lines = [line for line in patterns if not too_many_stars(line)]
    slow = {*[line for line in lines if _has_two_stars(line)][_MOST_SLOW:]}
    lines = [line for line in lines if line not in slow]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about signs that a later Python will read as a set: '[[a]'
        return made(lines) or made(line for line in lines if made([line]))


def _has_two_stars(pattern: str) -> bool:
    return any(part.count("*") > 1 for part in pattern.split("/") if part != "**")


def too_many_stars(pattern: str) -> bool:
    """Whether a pattern has more than three ``*`` in one name, or more than two ``**`` with something behind them.

    Each multiplies the time that a match may take by the length of a name or path.
    """
    parts = pattern.rstrip("/").split("/")
    return parts[:-1].count("**") > 2 or any(part.count("*") > 3 for part in parts)


# --- patterns of a configuration file


class OwnGlobs:
    """Match paths by patterns of ours, in which ``./content/`` is the folder beside the file, as everywhere else.

    An accented letter is the same whether it is written as one sign or as two, as macOS does in names of files.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        composed = [_composed(plain(pattern)) for pattern in patterns]
        self._spec = globs(composed) if composed else None

    def match_file(self, path: str) -> bool:
        """Whether the patterns name a path, relative to their folder."""
        return self._spec is not None and bool(self._spec.match_file(_composed(path)))


def own_globs(patterns: Iterable[str]) -> OwnGlobs:
    """Matching by patterns of ours."""
    return OwnGlobs(patterns)


def _composed(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def plain(pattern: str) -> str:
    """A pattern without ``./``, which a .gitignore does not know: ``./a.md`` is ``/a.md``."""
    here = _HERE.match(pattern)
    return f"{here[1]}/{pattern[here.end() :]}" if here else pattern


def trouble_with(pattern: str) -> str:
    """What is wrong with a pattern of ours, and how to write it; nothing where it can be used."""
    if _DRIVE.match(pattern):
        return f"'{pattern}' is a path on one computer; write it from the folder of this file on, as in content/**"
    if _CONTROL.search(pattern):
        return f"{pattern!r} has a control character; TOML reads '\\b' and '\\t' as one: between folders write '/'"
    if _WRONG_SLASH.search(pattern):
        return f"'{pattern}': write '/' between folders, on Windows as well: '{slashes(pattern)}'"
    if not _is_pattern(plain(pattern)):
        return f"'{pattern}' is no pattern that can match a file; it is read as a line of .gitignore is"
    return ""


def trouble_with_path(path: str) -> str:
    """How to write a path that is written as on Windows, where this is no Windows; else nothing."""
    if os.sep == "\\":
        return ""
    if _DRIVE.match(path):
        return "it begins with a drive of Windows: write it from this folder on"
    return f"write '/' between folders: {slashes(path)}" if "\\" in path else ""


def slashes(path: str) -> str:
    """A path of Windows with ``/`` between its folders."""
    return re.sub(r"\\+", "/", path)


def _is_pattern(pattern: str) -> bool:
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 -- 10 ms that only some runs need

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return any(made.include is not None for made in GitIgnoreSpec.from_lines([pattern]).patterns)
    except (ValueError, re.error):
        return False
