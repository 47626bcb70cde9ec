"""Find the files to lint, and read them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .config import globs
from .finding import Skipped
from .parse import FORMATS, format_of

NEVER = {"node_modules", "__pycache__"}  # and every folder whose name begins with a dot
MEGABYTE = 1_000_000


class UnreadableError(ValueError):
    """A file that cannot be linted; the text says why and what helps."""


def read(path: str | Path, *, max_megabytes: float = 10) -> str:
    """The text of a file, a byte-order mark and line ends kept.

    Raises ``UnreadableError`` where the file is too large, not there, not allowed or not UTF-8 text.
    """
    try:
        with Path(path).open("rb") as file:
            raw = file.read(int(max_megabytes * MEGABYTE) + 1)
            size = os.fstat(file.fileno()).st_size
    except OSError as error:
        raise UnreadableError(f"cannot be read: {error.strerror}") from None
    if len(raw) > max_megabytes * MEGABYTE:
        raise UnreadableError(
            f"{size / MEGABYTE:.0f} MB is more than {max_megabytes:g} MB; split it, or raise 'max-file-size'"
        )
    return decode(raw)


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
    """The files found, in a fixed order and as the user would write them, and what was left out."""

    files: list[str] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def discover(paths: Sequence[str], excludes: Callable[[Path], bool] = lambda _: False) -> Discovery:
    """Find the articles among files and below folders.

    Below folders ``.gitignore`` is honoured, hidden folders and ``node_modules`` are left out, and a
    folder that links lead back to is entered once. Order: as given, below a folder by name.
    """
    found = Discovery()
    seen: set[str] = set()
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112 -- a Path would lose the user's own spelling
            for file in _below(path, excludes, found):
                _add(found, seen, file)
        elif not os.path.exists(path):  # noqa: PTH110
            found.missing.append(path)
        elif format_of(path) is None:
            known = " ".join(FORMATS)
            found.skipped.append(Skipped(_slashes(path), f"not a format that acu-lint reads ({known})"))
        elif not excludes(Path(path)):
            _add(found, seen, path)
    return found


def _add(found: Discovery, seen: set[str], file: str) -> None:
    real = os.path.realpath(file)
    if real not in seen:
        seen.add(real)
        found.files.append(_slashes(file))


def _slashes(path: str) -> str:
    return path.replace(os.sep, "/")


def _below(top: str, excludes: Callable[[Path], bool], found: Discovery) -> Iterator[str]:
    """The articles below a folder, without recursion."""
    ignored = _ignores_above(Path(top).resolve())
    stack = [(top, ignored)]
    entered: set[str] = set()
    while stack:
        folder, rules = stack.pop()
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
            if _left_out(entry, real, rules, excludes):
                continue
            if entry.is_dir():
                folders.append((entry.path, rules))
            elif format_of(entry.name):
                yield entry.path
        stack.extend(reversed(folders))


def _left_out(
    entry: os.DirEntry[str], folder: str, rules: list[tuple[Path, Any]], excludes: Callable[[Path], bool]
) -> bool:
    is_dir = entry.is_dir()
    if is_dir and (entry.name.startswith(".") or entry.name in NEVER):
        return True
    if not is_dir and format_of(entry.name) is None:
        return True
    path = Path(folder, entry.name)
    return _ignored(path, is_dir, rules) or excludes(path)


def _ignored(path: Path, is_dir: bool, rules: list[tuple[Path, Any]]) -> bool:  # noqa: FBT001
    """Whether .gitignore files leave a path out; the deepest file that has an opinion decides."""
    for base, spec in reversed(rules):
        name = path.relative_to(base).as_posix() + ("/" if is_dir else "")
        verdict = spec.check_file(name).include
        if verdict is not None:
            return bool(verdict)
    return False


def _ignore_file(folder: Path) -> tuple[Path, Any]:
    try:
        lines = (folder / ".gitignore").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    return folder, globs(lines)


def _ignores_above(folder: Path) -> list[tuple[Path, Any]]:
    """The .gitignore files between the repository's root and a folder, outermost first."""
    found: list[tuple[Path, Any]] = []
    if not any((above / ".git").exists() for above in (folder, *folder.parents)):
        return found
    for above in folder.parents if not (folder / ".git").exists() else ():
        if (above / ".gitignore").is_file():
            found.insert(0, _ignore_file(above))
        if (above / ".git").exists():
            break
    return found
