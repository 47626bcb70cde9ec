"""Find the files to lint, and read them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from acu_lint.parse import FORMATS, format_of
from acu_lint.project.file_kinds import Folders, Kind, NoArticle
from acu_lint.project.gitignore import IgnoreList, Tracked, everything_in, is_ignored, is_left_out, list_in, lists_above
from acu_lint.rules.finding import Skipped
from acu_lint.system.tree import (
    MEGABYTE,
    TooLargeError,
    Tree,
    UnreadableError,
    holds_packages,
    is_never_read,
    never_read,
    read_bytes,
    repository,
)

IGNORED = "git ignores it"
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


class Choice(Protocol):
    """What a configuration says about files."""

    def excludes(self, path: Path, *, is_folder: bool = False) -> bool:
        """Whether a file is left out, or a folder with all that is in it."""

    def includes(self, path: Path) -> bool:
        """Whether a file is an article, whatever it looks like."""


@dataclass
class Discovery:
    """The files found, in a fixed order and as the user would write them, and what was left out.

    ``named`` are those files that were named one by one, ``excluded`` what the configuration excludes.
    """

    files: list[str] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    named: set[str] = field(default_factory=set)
    excluded: list[str] = field(default_factory=list)

    def lacks(self, skipped: Iterable[Skipped]) -> bool:
        """Whether something that was named is not there or could not be read, or nothing of what was found could be."""
        unread = {one.path for one in skipped if one.unread}
        nothing_read = bool(unread) and set(self.files) <= {one.path for one in skipped}
        return bool(self.missing) or nothing_read or not unread.isdisjoint(self.named)


def discover(paths: Sequence[str], choice: Choice, tree: Tree | None = None, *, by_hand: bool = True) -> Discovery:
    """Find the articles among files and below folders.

    Below folders ``.gitignore`` is honoured, hidden folders and ``node_modules`` are left out, and a folder that
    links lead back to is entered once; links that lead out of the ``tree`` (by default that of the paths) are skipped.
    So are files that are no articles by their name or folder. ``by_hand`` says that a person named the files, and a
    README among them is what that person wants to be read; else it is left out as below a folder.
    Order: as given, below a folder by name.
    """
    search = _Search(choice, tree or Tree(paths))
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112 -- a Path would lose the user's own spelling
            search.below(path)
        else:
            search.file(path, by_hand=by_hand)
    return search.found


def left_out(path: str, why: NoArticle) -> Skipped:
    """A file that is no article, for the report."""
    what = f"{'an' if why.kind[0] in 'aeiou' else 'a'} {why.kind}"
    return Skipped(path, f"{what}: {why.why}" if why.why else what, unread=False, kind=why.kind)


def never_entered(path: Path) -> str:
    """The folder above a file (an absolute path) that no run enters; nothing where there is none.

    That is asked up to the root of its repository or, without one, to the working folder.
    """
    here = Path.cwd()
    root = repository(path.parent) or (here if path.is_relative_to(here) else path.parent)
    folders = path.parent.relative_to(root).parts
    held = (name for name, folder in zip(reversed(folders), path.parents, strict=False) if holds_packages(folder))
    return never_read(folders) or next(held, "")


class _Search:
    """One search for articles."""

    def __init__(self, choice: Choice, tree: Tree) -> None:
        self.found = Discovery()
        self._choice, self._tree = choice, tree
        self._seen: dict[str, int] = {}
        self._folders = Folders()

    def file(self, path: str, *, by_hand: bool) -> None:
        """Add a file that was named."""
        found, name = self.found, _slashes(path)
        if not os.path.exists(path):  # noqa: PTH110 -- a Path would lose the user's own spelling
            found.missing.append(path)
        elif format_of(path) is None:
            known = " ".join(FORMATS)
            found.skipped.append(Skipped(name, f"not a format that acu-lint reads ({known})", unread=False))
        elif self._choice.excludes(Path(path)):
            found.excluded.append(name)
        elif (why := self._folders.of_file(_absolute(path), named=by_hand)) and not self._choice.includes(Path(path)):
            found.named.add(name)
            found.skipped.append(left_out(name, why))
        else:
            found.named.add(name)
            self._add(path)

    def _add(self, file: str) -> None:
        """Add a file once, by its own name rather than by that of a link to it."""
        found, seen = self.found, self._seen
        real = os.path.realpath(file)
        if real not in seen:
            seen[real] = len(found.files)
            found.files.append(_slashes(file))
        elif os.path.islink(found.files[seen[real]]) and not os.path.islink(file):  # noqa: PTH114
            found.files[seen[real]] = _slashes(file)

    def below(self, top: str) -> None:
        """Add the articles below a folder, without recursion."""
        where = _absolute(top)
        real = where.resolve()
        if is_ignored(real, is_folder=True):
            self.found.skipped.append(Skipped(_slashes(top), IGNORED, unread=False))
            return
        self._tracked = Tracked(real)
        stack = [(top, lists_above(real), self._folders.above(where, named=True))]
        entered: set[str] = set()
        while stack:
            folder, lists, why = stack.pop()
            if folder.count(os.sep) - top.count(os.sep) > _DEEPEST:
                self._skip(folder, f"more than {_DEEPEST} folders deep")
                continue
            real = Path(os.path.realpath(folder))
            if os.fspath(real) in entered:
                continue
            entered.add(os.fspath(real))
            try:
                entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
            except OSError as error:
                self._skip(folder, f"the folder cannot be read: {error.strerror}")
                continue
            lists = _lists_in(real, lists, entries)
            folders = [(each.path, lists, self._inside(each, why)) for each in self._read(entries, real, lists, why)]
            stack.extend(reversed(folders))

    def _read(
        self, entries: Iterable[os.DirEntry[str]], folder: Path, lists: Sequence[IgnoreList], why: NoArticle | None
    ) -> Iterator[os.DirEntry[str]]:
        """Add the articles among the entries of a folder, and give the folders among them."""
        for entry in entries:
            is_folder = _is_folder(entry)
            path = folder / entry.name
            if _is_of_no_use(entry, folder.name, is_folder) or self._is_ignored(path, lists, is_folder=is_folder):
                continue
            if self._choice.excludes(path, is_folder=is_folder):
                self.found.excluded.append(_slashes(entry.path))
            elif entry.is_symlink() and (trouble := self._tree.why_not(entry.path)):
                self._skip(entry.path, trouble)
            elif is_folder:
                yield entry
            elif (reason := self._folders.by_itself(path) or why) and not self._choice.includes(path):
                if reason.kind is not Kind.BUILT:  # told once, with its folder
                    self.found.skipped.append(left_out(_slashes(entry.path), reason))
            else:
                self._add(entry.path)

    def _is_ignored(self, path: Path, lists: Sequence[IgnoreList], *, is_folder: bool) -> bool:
        return is_left_out(path, lists, is_folder=is_folder) and not self._tracked.has(path)

    def _inside(self, folder: os.DirEntry[str], why: NoArticle | None) -> NoArticle | None:
        """Why what is in a folder is no article, if it is none; a build folder is told here."""
        if why:
            return why
        own = self._folders.own(_absolute(folder.path))
        if own and own.kind is Kind.BUILT:
            self.found.skipped.append(left_out(f"{_slashes(folder.path)}/", own))
        return own

    def _skip(self, path: str, reason: str) -> None:
        self.found.skipped.append(Skipped(_slashes(path), reason))


def _absolute(path: str) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 -- resolve() would follow links


def _slashes(path: str) -> str:
    return path.replace(os.sep, "/")


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link in a circle, or into a folder that may not be read
        return False


def _is_of_no_use(entry: os.DirEntry[str], above: str, is_folder: bool) -> bool:  # noqa: FBT001
    """Whether there is nothing to read: a folder that is never entered, or a file of another format."""
    if is_folder:
        return is_never_read(entry.name, above) or holds_packages(entry.path)
    return format_of(entry.name) is None


def _lists_in(folder: Path, lists: list[IgnoreList], entries: Iterable[os.DirEntry[str]]) -> list[IgnoreList]:
    """The lists that count in a folder (a real path), of which git may track files though it is left out itself."""
    if is_left_out(folder, lists, is_folder=True):
        return [*lists, everything_in(folder)]
    return [*lists, list_in(folder)] if any(entry.name == ".gitignore" for entry in entries) else lists
