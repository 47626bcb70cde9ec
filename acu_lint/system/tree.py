"""What a run may read: regular files of bounded size, in the tree that the user named, links that lead out of it not.

The tree of a file or folder is the repository that it is in or, without one, the folder that was named.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

_PACKAGES = {"node_modules", "bower_components", "jspm_packages", "site-packages", "__pycache__"}  # of other people
_OF_ENVIRONMENT, _OF_VENDOR = ("pyvenv.cfg", "conda-meta"), ("autoload.php", "modules.txt")
MEGABYTE = 1_000_000
_OPEN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


class UnreadableError(ValueError):
    """A file that cannot be read; the text says why and what helps."""


class TooLargeError(UnreadableError):
    """A file that is larger than what is read of one."""


def read_bytes(path: str | Path, limit: int = MEGABYTE) -> bytes:
    """The content of a regular file of at most ``limit`` bytes.

    Raises ``UnreadableError``; pipes, devices and sockets are not even opened.
    """
    try:
        _regular(os.stat(path))  # noqa: PTH116 -- half the time
        with open(os.open(path, _OPEN), "rb") as file:  # noqa: PTH123
            state = os.fstat(file.fileno())
            _regular(state)  # it may be another file by now
            size = min(state.st_size, limit)  # not all that may be read: room for it is made at once
            raw = file.read(size + 1)
            if len(raw) > size:  # it has grown since
                raw += file.read(limit - size)
    except OSError as error:
        raise UnreadableError(f"cannot be read: {error.strerror or error}") from None
    except UnreadableError:
        raise
    except ValueError:
        raise UnreadableError("cannot be read: no file can have this name") from None
    if len(raw) > limit:
        megabytes = max(state.st_size, len(raw)) / MEGABYTE
        raise TooLargeError(f"{megabytes:.{1 if megabytes < 10 else 0}f} MB is more than {limit / MEGABYTE:g} MB")
    return raw


def _regular(state: os.stat_result) -> None:
    if stat.S_ISDIR(state.st_mode):
        raise UnreadableError("cannot be read: it is a folder")
    if not stat.S_ISREG(state.st_mode):
        raise UnreadableError("cannot be read: it is a pipe, a socket or a device, and no file")


def is_never_read(name: str, above: str = "") -> bool:
    """Whether a folder in the folder ``above`` is never entered: a hidden one, or one of other people's packages."""
    is_hidden = name.startswith(".") and name not in {".", ".."}
    return is_hidden or name in _PACKAGES or (above, name) == ("vendor", "bundle")


def never_read(parts: Sequence[str]) -> str:
    """The first name in a path that is one of such a folder; nothing where none is."""
    return next((name for above, name in pairwise(("", *parts)) if is_never_read(name, above)), "")


def holds_packages(folder: str | Path) -> bool:
    """Whether a folder is, by what is in it, a virtual environment of Python or has the packages of PHP or Go."""
    signs = _OF_VENDOR if os.path.basename(folder) == "vendor" else _OF_ENVIRONMENT  # noqa: PTH119
    return any(os.path.lexists(os.path.join(folder, sign)) for sign in signs)  # noqa: PTH118


def repository(folder: Path) -> Path | None:
    """The root of the git repository that a folder is in."""
    return next((above for above in (folder, *folder.parents) if os.path.lexists(above / ".git")), None)


class Tree:
    """The places that a run may read: the repositories of some paths or, without one, these folders themselves.

    Of a file outside of any repository that is the working folder or, elsewhere, the folder that it is in.
    """

    def __init__(self, paths: Iterable[str | Path]) -> None:
        self._roots = sorted({os.path.realpath(_root(path)) for path in paths})
        self._folders: dict[str, str] = {}  # as they are written -> where they really are

    def why_not(self, path: str) -> str:
        """Why a file or folder is not to be read, in words; nothing where it may be."""
        folder, name = os.path.split(os.path.abspath(path))  # noqa: PTH100 -- resolve() would follow links
        real = self._real(folder)
        here = os.path.join(real, name)  # noqa: PTH118
        if os.path.islink(here):  # noqa: PTH114
            real, name = os.path.split(os.path.realpath(here))
        elif real == folder:
            return "" if self._root_of(here) else self._leads_out(path)
        root = self._root_of(os.path.join(real, name))  # noqa: PTH118
        if not root:
            return self._leads_out(path)
        hidden = never_read([*Path(os.path.relpath(real, root)).parts, name])
        return f"a link into '{hidden}', which is not read" if hidden else ""

    def _real(self, folder: str) -> str:
        if folder not in self._folders:
            self._folders[folder] = os.path.realpath(folder)
        return self._folders[folder]

    def _root_of(self, real: str) -> str:
        """The root that holds a real path; nothing where none does."""
        return next((root for root in self._roots if real == root or real.startswith(root.rstrip(os.sep) + os.sep)), "")

    def _leads_out(self, path: str) -> str:
        link = "a link that leads" if os.path.realpath(path) != os.path.abspath(path) else "it is"  # noqa: PTH100
        return f"{link} out of {' and '.join(self._roots)}, and nothing outside is read"


def _root(path: str | Path) -> Path:
    full = Path(os.path.abspath(path))  # noqa: PTH100 -- resolve() would follow links
    is_folder = os.path.isdir(full)  # noqa: PTH112
    folder = full if is_folder else full.parent
    found = repository(folder)
    while found and (above := repository(found.parent)) and not _is_within(found, above):
        found = above  # a repository that is only linked into another one is none of its folders
    here = Path.cwd()
    if found is None and folder.is_relative_to(here) and not (is_folder and _is_within(folder, here)):
        return here
    return found or folder


def _is_within(folder: Path, other: Path) -> bool:
    """Whether a folder lies within another one, links followed."""
    return Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(other))
