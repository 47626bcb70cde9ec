"""Find the files to lint, and read them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from acu_lint.parse import FORMATS, format_of
from acu_lint.project.paths import globs
from acu_lint.rules.finding import Skipped
from acu_lint.system.tree import MEGABYTE, NEVER, TooLargeError, Tree, UnreadableError, read_bytes, repository

_DEEPEST = 100  # folders: each level costs a look at all those above


def read(path: str | Path, *, max_megabytes: float = 10) -> str:
    """The text of a file, a byte-order mark and line ends kept.

    Raises ``UnreadableError`` where the file is too large, not there, not allowed or not UTF-8 text.
    """
    try:
        return decode(read_bytes(path, int(max_megabytes * MEGABYTE)))
    except TooLargeError as error:
        raise UnreadableError(f"{error}; split it, or raise 'max-file-size'") from None


def decode(raw: bytes) -> str:
    """Decode UTF-8 strictly; raises ``UnreadableError`` with the place of the fault."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        kind = "UTF-16" if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else "another encoding"
        byte = f"byte 0x{raw[error.start]:02x} at offset {error.start}"
        raise UnreadableError(f"not UTF-8 ({byte}); it looks like {kind}: save it as UTF-8") from None
    if (at := text.find("\0")) >= 0:
        raise UnreadableError(f"not a text file (NUL byte at offset {at})")
    return text


@dataclass
class Discovery:
    """The files found, in a fixed order and as the user would write them, and what was left out.

    ``named`` are those files that were named one by one.
    """

    files: list[str] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    named: set[str] = field(default_factory=set)

    def lacks(self, skipped: Iterable[Skipped]) -> bool:
        """Whether something that was named is not there, or is among what could not be read."""
        return bool(self.missing) or any(one.unread and one.path in self.named for one in skipped)


def discover(
    paths: Sequence[str], excludes: Callable[[Path], bool] = lambda _: False, tree: Tree | None = None
) -> Discovery:
    """Find the articles among files and below folders.

    Below folders ``.gitignore`` is honoured, hidden folders and ``node_modules`` are left out, and a folder that
    links lead back to is entered once; links that lead out of the ``tree`` (by default that of the paths) are skipped.
    Order: as given, below a folder by name.
    """
    found = Discovery()
    seen: dict[str, int] = {}
    tree = tree or Tree(paths)
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112 -- a Path would lose the user's own spelling
            for file in _below(path, excludes, found, tree):
                _add(found, seen, file)
        elif not os.path.exists(path):  # noqa: PTH110
            found.missing.append(path)
        elif format_of(path) is None:
            known = " ".join(FORMATS)
            found.skipped.append(Skipped(_slashes(path), f"not a format that acu-lint reads ({known})", unread=False))
        elif not excludes(Path(path)):
            found.named.add(_slashes(path))
            _add(found, seen, path)
    return found


def _add(found: Discovery, seen: dict[str, int], file: str) -> None:
    """Add a file once, by its own name rather than by that of a link to it."""
    real = os.path.realpath(file)
    if real not in seen:
        seen[real] = len(found.files)
        found.files.append(_slashes(file))
    elif os.path.islink(found.files[seen[real]]) and not os.path.islink(file):  # noqa: PTH114
        found.files[seen[real]] = _slashes(file)


def _slashes(path: str) -> str:
    return path.replace(os.sep, "/")


def _below(top: str, excludes: Callable[[Path], bool], found: Discovery, tree: Tree) -> Iterator[str]:
    """The articles below a folder, without recursion."""
    ignored = _ignores_above(Path(top).resolve())
    stack = [(top, ignored)]
    entered: set[str] = set()
    while stack:
        folder, rules = stack.pop()
        if folder.count(os.sep) - top.count(os.sep) > _DEEPEST:
            found.skipped.append(Skipped(_slashes(folder), f"more than {_DEEPEST} folders deep"))
            continue
        real = os.path.realpath(folder)
        if real in entered:
            continue
        entered.add(real)
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            found.skipped.append(Skipped(_slashes(folder), f"the folder cannot be read: {error.strerror}"))
            continue
        if any(entry.name == ".gitignore" for entry in entries):
            rules = [*rules, _ignore_file(Path(real))]
        folders = []
        for entry in entries:
            is_dir = _is_folder(entry)
            if _left_out(entry, is_dir, real, rules, excludes):
                continue
            if entry.is_symlink() and (why := tree.why_not(entry.path)):
                found.skipped.append(Skipped(_slashes(entry.path), why))
            elif is_dir:
                folders.append((entry.path, rules))
            else:
                yield entry.path
        stack.extend(reversed(folders))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link in a circle, or into a folder that may not be read
        return False


def _left_out(
    entry: os.DirEntry[str],
    is_dir: bool,  # noqa: FBT001
    folder: str,
    rules: list[tuple[Path, Any]],
    excludes: Callable[[Path], bool],
) -> bool:
    if is_dir and (entry.name.startswith(".") or entry.name in NEVER):
        return True
    if not is_dir and format_of(entry.name) is None:
        return True
    path = Path(folder, entry.name)
    return _ignored(path, is_dir, rules) or excludes(path)


def _ignored(path: Path, is_dir: bool, rules: list[tuple[Path, Any]]) -> bool:  # noqa: FBT001
    """Whether .gitignore files leave a path out; the deepest file that has an opinion decides."""
    for base, spec in reversed(rules):
        if not path.is_relative_to(base):  # reached through a link
            continue
        name = path.relative_to(base).as_posix() + ("/" if is_dir else "")
        verdict = spec.check_file(name).include
        if verdict is not None:
            return bool(verdict)
    return False


def _ignore_file(folder: Path) -> tuple[Path, Any]:
    file = folder / ".gitignore"
    try:
        text = "" if file.is_symlink() else read_bytes(file).decode("utf-8-sig", "replace")  # git follows no link here
    except UnreadableError:
        text = ""
    return folder, globs(line.rstrip("\r") for line in text.split("\n"))


def _ignores_above(folder: Path) -> list[tuple[Path, Any]]:
    """The .gitignore files between the repository's root and a folder, outermost first."""
    root = repository(folder)
    if root is None or root == folder:
        return []
    above = [each for each in folder.parents if each.is_relative_to(root)]
    return [_ignore_file(each) for each in reversed(above) if os.path.isfile(each / ".gitignore")]  # noqa: PTH113
