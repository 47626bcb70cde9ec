"""Since when git has each article, under whatever name."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from acu_lint.parse import FORMATS
from acu_lint.system import git
from acu_lint.system.errors import GitError

_COMMIT = b"\x01"
_LATEST = "99999999999"  # seconds: the year 5138
_LOG = (
    *("log", "-z", f"--format={_COMMIT.decode()}%at", "--name-status", "--find-renames", "--diff-filter=AR"),
    *("--no-show-signature", "--no-ext-diff", "--no-textconv", "--no-mailmap", "--no-notes", "--no-decorate"),
)


def first_commits(paths: Collection[str]) -> Mapping[str, int]:
    """Map paths to the time (seconds) of the first commit that has the article, under whatever name.

    One call of git for all paths of the repository that the first path is in. Files that git does not know, or that
    are in another repository, are left out; without git nothing is known. In a shallow clone the articles that were
    there at its beginning have one and the same time.
    """
    if not paths:
        return {}
    folder = Path(os.path.abspath(min(paths))).parent  # noqa: PTH100 -- resolve() would follow links
    try:
        top = os.fsdecode(git.ask(folder, "rev-parse", "--show-toplevel").rstrip(b"\r\n"))
        log = git.ask(folder, *_LOG, "--", *(f":(top,icase)*{suffix}" for suffix in FORMATS))
    except GitError:
        return {}
    return _first({_name(path, top): path for path in paths}, log)


def _first(known: Mapping[str, str], log: bytes) -> Mapping[str, int]:
    """Read a log from the newest commit to the oldest, following every article to its earlier names."""
    names = {os.fsencode(name): path for name, path in known.items()}  # the name at that time -> the path today
    found: dict[str, int] = {}
    for time, old, new in _changes(log):
        path = names.pop(new, None) if old else names.get(new)
        if path is not None:
            found[path] = time
            if old:
                names[old] = path
    return found


def _changes(log: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield (time of the commit, old name, new name); an article that is new has no old name."""
    time = 0
    fields = iter(log.split(b"\0"))
    for field in fields:
        status = field.lstrip(b"\n")
        if status.startswith(_COMMIT):
            told = status[1:]  # anything can stand there
            time = int(told) if told.isdigit() and len(told) < len(_LATEST) else 0
        elif status.startswith(b"A"):
            yield time, b"", next(fields, b"")
        elif status.startswith(b"R"):
            yield time, next(fields, b""), next(fields, b"")


def _name(path: str, top: str) -> str:
    """A path as git names it; folders that are links are followed, since git tells the real ones."""
    full = Path(os.path.realpath(Path(path).parent), Path(path).name)
    return os.path.relpath(full, os.path.realpath(top)).replace(os.sep, "/")
