"""Consent to run the code of a repository: the user's own, kept in the user's own configuration folder.

The code of a project is every file below its ``rule-paths``. What is kept is the folder of the configuration and a hash
of these files, so that code which has changed asks again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from acu_lint.system.errors import UsageError
from acu_lint.system.tree import MEGABYTE, UnreadableError, read_bytes

_FILE = "trusted.json"
_LARGEST = 10 * MEGABYTE  # bytes of code, and
_MOST = 2000  # files: nobody has read more
UNKNOWN, CHANGED, TRUSTED = "unknown", "changed", "trusted"


class Code(NamedTuple):
    """The code of a project: its files, and a hash of their names and contents."""

    files: tuple[Path, ...]
    digest: str


def user_folder() -> Path:
    """Where the user's own configuration is, outside of any repository."""
    if folder := os.environ.get("ACU_LINT_CONFIG"):
        return Path(folder)
    from platformdirs import user_config_path  # noqa: PLC0415 -- 7 ms that only some runs need

    return user_config_path("acu-lint", appauthor=False)


def code_of(folders: Sequence[Path]) -> Code:
    """The files below some folders and their hash.

    Raises ``UsageError`` where they are too many or too large, where one cannot be read, or is a link.
    """
    import hashlib  # noqa: PLC0415 -- 3 ms that only projects with code need

    digest = hashlib.sha256()
    files: list[Path] = []
    size = 0
    for file in (file for folder in folders for file in _below(folder)):
        try:
            if file.is_symlink():
                raise UnreadableError("it is a link")
            raw = read_bytes(file, _LARGEST)
        except UnreadableError as error:
            raise UsageError(f"{file}: {error}; code below 'rule-paths' cannot be trusted with it") from None
        files.append(file)
        size += len(raw)
        if size > _LARGEST or len(files) > _MOST:
            raise UsageError(
                f"'rule-paths' hold more than {_MOST} files or {_LARGEST // MEGABYTE} MB: name a folder of rules alone"
            )
        for part in (os.fsencode(file), raw):
            digest.update(b"%d\0" % len(part) + part)
    return Code(tuple(files), digest.hexdigest())


def _below(folder: Path) -> Iterator[Path]:
    """All files below a folder, sorted, without compiled modules, which never run; linked folders count as files."""
    for top, folders, names in os.walk(folder):
        links = [name for name in folders if Path(top, name).is_symlink()]
        folders[:] = sorted(name for name in folders if name not in links)
        yield from (Path(top, name) for name in sorted([*names, *links]) if not name.endswith(".pyc"))


def state_of(root: Path, folders: Sequence[Path]) -> str:
    """Whether the user trusts the code of the project at ``root``: as it is, as it was, or not at all."""
    kept = _read().get(os.path.realpath(root))
    if kept is None:
        return UNKNOWN
    return TRUSTED if kept == code_of(folders).digest else CHANGED


def trust(root: Path, digest: str) -> None:
    """Trust the code of a project as it is now; raises ``OSError`` where that cannot be kept."""
    _write({**_read(), os.path.realpath(root): digest})


def forget(root: Path) -> bool:
    """Trust the code of a project no more; say whether it was trusted."""
    kept = _read()
    was = kept.pop(os.path.realpath(root), None) is not None
    if was:
        _write(kept)
    return was


def _read() -> dict[str, str]:
    """What is trusted; a file that cannot be read trusts nothing."""
    try:
        kept = json.loads(read_bytes(user_folder() / _FILE))
    except (UnreadableError, ValueError, RecursionError):
        return {}
    found = kept.get("trusted") if isinstance(kept, dict) else None
    return {str(root): str(digest) for root, digest in found.items()} if isinstance(found, dict) else {}


def _write(kept: dict[str, str]) -> None:
    import tempfile  # noqa: PLC0415 -- 3 ms, for one command

    folder = user_folder()
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder, prefix=".trusted-")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump({"version": 1, "trusted": dict(sorted(kept.items()))}, file, indent=1)
    Path(name).replace(folder / _FILE)
