"""The fingerprint of folders: a digest of the names and contents of all files in them.

What was computed by code and lists holds as long as their fingerprint does. To read five hundred files takes 20 ms, to
look at their sizes and times 3 ms: so whoever keeps something also keeps the fingerprint that belonged to a *state*
(names, sizes, times of change, inodes, as git does it), and only where the state is another the files are read again.
"""

from __future__ import annotations

import os
import stat
import time
from _blake2 import blake2b  # hashlib loads OpenSSL, which takes 4 ms
from collections.abc import Iterable
from typing import Any

SIZE = 16  # bytes of a digest
# Nanoseconds: a file may change twice within one unit of its file system's clock, and then look as it did.
_UNSURE = 2_000_000_000
STARTED = time.time_ns()  # when this process did, nearly
_MOST_FILES, _MOST_BYTES = 10_000, 50_000_000  # a folder of rules that has more is none


def digest(*parts: bytes) -> bytes:
    """A digest of some bytes, in their order; where one part ends counts."""
    made = blake2b(digest_size=SIZE)
    for part in parts:
        made.update(b"%d\0" % len(part))
        made.update(part)
    return made.digest()


class State:
    """The files below some folders as the file system tells of them, without reading any.

    ``digest`` changes whenever a file is added, removed, renamed or written. ``is_settled`` says whether every file
    has been as it is for two seconds, so that no further change can look the same.
    """

    digest: bytes
    is_settled: bool

    def __init__(self, folders: Iterable[str | os.PathLike[str]]) -> None:
        """Folders that are not there have no files. Raises ``OSError`` where one cannot be listed or has too much."""
        self._files: list[tuple[str, str]] = []  # names below their folder, and paths
        told: list[tuple[Any, ...]] = []
        for folder in folders:
            told.append(())
            self._look(os.fspath(folder), "", told)
        if len(told) > _MOST_FILES or sum(one[1] for one in told if one) > _MOST_BYTES:
            raise OSError("more files than code and lists have")
        self.digest = digest(repr(told).encode(errors="surrogatepass"))
        self._latest: Any = max((max(one[2:4]) for one in told if one), default=0)
        self.is_settled = self.is_older_than(time.time_ns())

    def is_older_than(self, moment: int) -> bool:
        """Whether every file had been as it is for two seconds at a moment (nanoseconds since 1970)."""
        return bool(self._latest < moment - _UNSURE)

    def _look(self, folder: str, above: str, told: list[tuple[Any, ...]]) -> None:
        """Add what is told of all files below a folder, in the order of their names, without compiled modules."""
        try:
            with os.scandir(folder) as found:
                entries = {entry.name: entry for entry in found}
        except (FileNotFoundError, NotADirectoryError):
            return
        for name in sorted(entries):
            entry = entries[name]
            if entry.is_dir(follow_symlinks=False):
                if name != "__pycache__":
                    self._look(entry.path, f"{above}{name}/", told)
            elif not name.endswith(".pyc"):
                state = os.stat(entry.path)  # noqa: PTH116 -- half the time; Windows tells all of it only here
                told.append((above + name, state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino))
                if not stat.S_ISREG(state.st_mode):
                    raise OSError(f"{entry.path} is no regular file")
                self._files.append((above + name, entry.path))

    def fingerprint(self) -> bytes:
        """The digest of names and contents; reads every file. Raises ``OSError`` where one cannot be read."""
        parts = []
        for name, path in self._files:
            parts.append(os.fsencode(name))
            with open(path, "rb") as file:  # noqa: PTH123 -- half the time of a Path
                parts.append(file.read())
        return digest(*parts)
