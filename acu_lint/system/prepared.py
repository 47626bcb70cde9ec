"""What is made of the program's own code and lists alone, kept in one file from one run to the next.

A run asks for a text or for bytes by a key and says how they are made; what the file has is not made again, and what
it lacks is written into it at the end. The file belongs to one installation and one version of Python, and holds as
long as all files of the packages look as they did (``fingerprint.State``): after any change it is made anew. It holds
plain data and nothing of any article. One that is damaged, too large, somebody else's, or that others may write to is
not looked at, and where none can be written everything is made in every run: nobody is told, since it costs time only.
"""

from __future__ import annotations

import json
import os
import stat
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from zlib import crc32

from acu_lint.system.fingerprint import SIZE, State, digest
from acu_lint.system.folders import cache_folder, make_private

_VERSION = b"1"  # of the form of the file
_MOST_BYTES = 16_000_000
_OLD = 30 * 86_400  # seconds after which the file of another installation is removed
_NUMBER = 4  # bytes of a checksum or a length


class _File:
    """The file of an installation, read once."""

    def __init__(self, packages: Mapping[str, str]) -> None:
        """``packages`` are the folders of packages by name. Raises ``OSError`` where one cannot be looked at."""
        self.packages = packages
        self.state = state = State(packages.values())
        self._process = os.getpid()
        python = f"{sys.version} {sys.byteorder}".encode()
        self._valid_for = digest(_VERSION, python, state.digest)
        name = digest(python, *map(os.fsencode, packages.values())).hex()
        folder = cache_folder()
        if folder.parts[0] == "~":
            raise OSError("no home is known")
        self._path = folder / f"prepared-{name}.bin"
        self._values: dict[str, bytes | memoryview] = {}
        self._is_new = False
        with suppress(OSError, ValueError, LookupError, TypeError, AttributeError):
            self._values = self._unpacked(_own_bytes(self._path))

    def get(self, key: str) -> bytes | memoryview | None:
        """What is kept under a key."""
        return self._values.get(key)

    def keep(self, key: str, value: bytes) -> None:
        """Have something written at the end of the run."""
        self._values[key] = value
        self._is_new = True

    def save(self) -> None:
        """Write what was new, unless a source changed just now: its next change might look the same."""
        if not (self._is_new and self.state.is_settled and self._process == os.getpid()):
            return
        raw = self._packed()
        if len(raw) > _MOST_BYTES:
            return
        beside = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        with suppress(OSError):
            make_private(self._path.parent)
            try:
                handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
                with open(handle, "wb") as file:  # noqa: PTH123 -- a handle
                    file.write(raw)
                beside.replace(self._path)  # whoever reads meanwhile has the old file or the new one
            finally:
                beside.unlink(missing_ok=True)
            self._remove_old()

    def _remove_old(self) -> None:
        """Remove the files of installations that are no longer used."""
        for other in self._path.parent.glob("prepared-*.bin*"):
            if other != self._path and other.stat().st_mtime < time.time() - _OLD:
                other.unlink()

    def _packed(self) -> bytes:
        """The whole file: what it holds for, a checksum of the rest; a table of keys with places and sizes, values."""
        table: dict[str, tuple[int, int]] = {}
        at = 0
        for key, value in self._values.items():
            table[key] = at, len(value)
            at += len(value)
        head = json.dumps(table).encode()
        body = b"".join([len(head).to_bytes(_NUMBER, "big"), head, *self._values.values()])
        return self._valid_for + crc32(body).to_bytes(_NUMBER, "big") + body

    def _unpacked(self, raw: bytes) -> dict[str, bytes | memoryview]:
        """The values of a file; raises ``ValueError`` for one that does not hold here."""
        view = memoryview(raw)
        body = view[SIZE + _NUMBER :]
        if raw[:SIZE] != self._valid_for or crc32(body) != int.from_bytes(raw[SIZE : SIZE + _NUMBER], "big"):
            raise ValueError
        start = _NUMBER + int.from_bytes(body[:_NUMBER], "big")
        values = body[start:]
        table: dict[str, tuple[int, int]] = json.loads(bytes(body[_NUMBER:start]))
        return {key: values[at : at + size] for key, (at, size) in table.items()}


def _own_bytes(path: Path) -> bytes:
    """The content of a file that this user alone can have written; raises ``OSError``."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(handle, "rb") as file:  # noqa: PTH123 -- a handle
        found = os.fstat(handle)
        is_own = not hasattr(os, "geteuid") or (found.st_uid == os.geteuid() and not found.st_mode & 0o022)
        if not (is_own and stat.S_ISREG(found.st_mode) and found.st_size <= _MOST_BYTES):
            raise OSError
        return file.read(_MOST_BYTES)


_file: _File | None = None


def begin(packages: Mapping[str, str]) -> None:
    """Use the file of the packages of these folders from now on, by name; it is written by ``end``."""
    global _file  # noqa: PLW0603 -- one for the process, as modules are
    if _file:
        return
    with suppress(OSError):  # no folder can be looked at, no home is known
        _file = _File(packages)


def end() -> None:
    """Write what the file lacked, and use it no more."""
    global _file  # noqa: PLW0603 -- see above
    if _file:
        _file.save()
        _file = None


def files() -> list[Path]:
    """The files of all installations of this user, for whoever wants to see or remove them."""
    return sorted(cache_folder().glob("prepared-*.bin"))


def is_used() -> bool:
    """Whether there is a file that may be asked and written."""
    return _file is not None


def prepared_bytes(key: str) -> bytes | memoryview | None:
    """What the file has under a key; None where it has nothing."""
    return _file.get(key) if _file else None


def keep_bytes(key: str, value: bytes) -> None:
    """Have the file keep something under a key."""
    if _file:
        _file.keep(key, value)


def prepared(key: str, make: Callable[[], str]) -> str:
    """A text that follows from files of a package alone, and takes time to make; kept from one run to the next.

    It is made anew in every run where ``make`` is no function of the packages whose files are watched. A text with
    lone surrogates cannot be kept.
    """
    module = make.__module__
    if _file is None or module.partition(".")[0] not in _file.packages:
        return make()
    key = f"{module} {key}"
    kept = _file.get(key)
    if kept is not None:
        return str(kept, "utf-8")
    text = make()
    with suppress(UnicodeEncodeError):
        _file.keep(key, text.encode())
    return text
