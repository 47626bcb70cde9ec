"""Which articles a corpus has, and what each of them holds: the listing of a working tree, by content and not by time.

In a git repository git lists the articles with the ids of their contents, which takes milliseconds and reads no file.
Elsewhere every file is read. Names are relative to the root of the corpus, with ``/`` between folders.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Timer
from typing import Any

from acu_lint.parse import FORMATS
from acu_lint.system import git
from acu_lint.system.errors import GitError
from acu_lint.system.tree import MEGABYTE, Tree, UnreadableError, read_bytes

_SUFFIXES = tuple(f":(icase)*{suffix}" for suffix in FORMATS)
_FILE = b"100"  # the mode of a file, executable or not; links are 120000, submodules 160000


@dataclass(frozen=True)
class Scope:
    """Which files below a root belong to a corpus.

    ``fits`` decides by name; ``key`` says the same in words, so that a change of it is noticed. ``in_git`` says that
    they are in a repository; ``walk`` gives the names of all files where git cannot. Files of more than ``limit`` bytes
    are no articles.
    """

    root: Path
    fits: Callable[[str], bool]
    key: str
    in_git: bool
    walk: Callable[[], Iterable[str]] | None = None
    limit: int = 10 * MEGABYTE
    tree: Tree | None = None  # where files may be, if not below the root


@dataclass
class Listing:
    """The articles of a corpus as they stand.

    ``tracked`` are lines of git (mode, id and stage, a tab, the name), each ended by a NUL; ``changed`` are further
    lines that replace them or, where the id is nothing but zeros, take them away. Two listings that are equal byte for
    byte have the same articles.
    """

    root: Path
    tracked: bytes
    changed: bytes
    in_git: bool
    limit: int = 10 * MEGABYTE  # bytes of an article
    tree: Tree | None = None  # where files may be, if not below the root
    _blobs: dict[int, Blobs] = field(default_factory=dict, repr=False)

    @cached_property
    def _tree(self) -> Tree:
        return self.tree or Tree([self.root])

    def ids(self) -> dict[bytes, bytes]:
        """The content id of every name."""
        return _ids(self.tracked.split(b"\0")) | _ids(self.changed.split(b"\0"))

    def differing(self, tracked: bytes, changed: bytes) -> dict[bytes, bytes]:
        """The names whose lines differ from those of another listing, with their content ids here (empty: gone)."""
        old, new = uncommon(tracked, self.tracked)
        mine = _ids(self.changed.split(b"\0"))
        before = _ids(changed.split(b"\0"))
        found = dict.fromkeys(_ids(old), b"") | _ids(new)
        for name in before.keys() - mine.keys() - found.keys():
            found[name] = _id_of(self.tracked, name)
        return found | mine

    def name(self, path: str) -> str:
        """The name of a file, wherever the working folder is."""
        full = os.path.abspath(path)  # noqa: PTH100 -- resolve() would follow links
        return os.path.relpath(full, self.root).replace(os.sep, "/")

    def path(self, name: str) -> str:
        """Where the file of a name is, as a user would write it: relative where it is below the working folder."""
        full = os.path.join(self.root, name)  # noqa: PTH118
        here = os.getcwd() + os.sep  # noqa: PTH109
        return (full[len(here) :] if full.startswith(here) else full).replace(os.sep, "/")

    def read(self, name: str, content: bytes) -> bytes | None:
        """What the listing means by a name: the file or, where that has changed since, what git keeps of it."""
        raw = _content(self._tree, os.path.join(self.root, name), self.limit)  # noqa: PTH118
        if raw is not None and (not self.in_git or content_id(raw, len(content)) == content):
            return raw
        kept = self._git_blob(content) if self.in_git else None
        return raw if kept is None else kept

    def line(self, name: bytes, size: int) -> bytes:
        """A line as git writes it for a file on disk; nothing where there is no such file, or it is a link."""
        path = os.path.join(self.root, os.fsdecode(name))  # noqa: PTH118
        raw = None if os.path.islink(path) else _content(self._tree, path, self.limit)  # noqa: PTH114
        return b"" if raw is None else b"100644 %s 0\t%s\0" % (content_id(raw, size).hex().encode(), name)

    def _git_blob(self, content: bytes) -> bytes | None:
        blobs = self._blobs.get(os.getpid())
        if blobs is None:
            blobs = self._blobs[os.getpid()] = Blobs(self.root, self.limit)
        return blobs.read(content)

    def close(self) -> None:
        """End what reads from git."""
        blobs = self._blobs.pop(os.getpid(), None)
        if blobs:
            blobs.close()

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_blobs": {}}


class Started:
    """A listing that git is making while this process does something else."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self._tracked: _Git | None = None
        self._changed: _Git | None = None
        self._trouble: GitError | None = None
        if scope.in_git:
            try:
                self._start(scope.root)
            except GitError as error:
                self._trouble = error

    def _start(self, root: Path) -> None:
        in_hook = os.environ.get("PRE_COMMIT") == "1"  # the working tree is what is to be committed
        index = os.environ.get("GIT_INDEX_FILE", "") if in_hook else ""
        self._tracked = _Git(root, "ls-files", "-s", "-z", "--", *_SUFFIXES, index=index)
        if not in_hook:
            changed = ("ls-files", "-z", "-m", "-o", "--exclude-standard", "--", *_SUFFIXES)
            self._changed = _Git(root, *git.without_filters(root), *changed)

    def listing(self) -> Listing:
        """The listing; raises ``GitError`` where git cannot make it and nothing else says which articles there are."""
        if self.scope.in_git:
            try:
                return self._by_git()
            except GitError:
                if self.scope.walk is None:
                    raise
        root, names = self.scope.root, self.scope.walk() if self.scope.walk else ()
        listed = Listing(root, b"", b"", in_git=False, limit=self.scope.limit, tree=self.scope.tree)
        listed.tracked = b"".join(sorted(listed.line(os.fsencode(name), 20) for name in names))
        return listed

    def _by_git(self) -> Listing:
        if self._trouble:
            raise self._trouble
        tracked = self._tracked.output() if self._tracked else b""
        changed = self._changed.output() if self._changed else b""
        listed = Listing(self.scope.root, tracked, b"", in_git=True, limit=self.scope.limit)
        listed.changed = b"".join(_changed_lines(listed, changed))
        return listed


class _Git:
    """A git command that runs in the background."""

    def __init__(self, folder: Path, *arguments: str, index: str = "") -> None:
        # A pipe holds 64 KB: git would wait until it is read. A file in memory takes all at once.
        self._folder = folder
        self._memory = os.memfd_create("acu-lint") if sys.platform == "linux" else subprocess.PIPE
        self._process = git.start(folder, *arguments, output=self._memory, errors=subprocess.PIPE, index=index)

    def output(self) -> bytes:
        """What the command printed; raises ``GitError`` where it failed."""
        printed = git.output_of(self._process, self._folder)
        if self._memory != subprocess.PIPE:
            os.lseek(self._memory, 0, os.SEEK_SET)
            with os.fdopen(self._memory, "rb") as file:
                printed = file.read()
        return printed


class Blobs:
    """Contents that git keeps, of at most ``limit`` bytes each, read through one process."""

    def __init__(self, folder: Path, limit: int) -> None:
        self._folder, self._limit = folder, limit
        self._start()

    def _start(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        with suppress(GitError):
            self._process = git.start(self._folder, "cat-file", "--batch", input=subprocess.PIPE)

    def read(self, content: bytes) -> bytes | None:
        """The content with an id; None where git does not have it."""
        if self._process is None or self._process.stdin is None or self._process.stdout is None:
            return None
        patience = Timer(git.SECONDS, self._process.kill)
        patience.start()
        try:
            self._process.stdin.write(content.hex().encode() + b"\n")
            self._process.stdin.flush()
            header = self._process.stdout.readline().split()
            if len(header) != 3:
                return None
            if header[1] == b"blob" and int(header[2]) <= self._limit:
                return self._process.stdout.read(int(header[2]) + 1)[:-1]
            self._process.kill()  # it would print all of it
            self._process.communicate()
            self._start()
            return None
        except OSError:
            return None
        finally:
            patience.cancel()

    def close(self) -> None:
        """End the process."""
        if self._process:
            self._process.communicate()


def content_id(raw: bytes, size: int = 20) -> bytes:
    """The id that git gives to a content: 20 bytes, or 32 in a repository of that kind."""
    import hashlib  # noqa: PLC0415 -- 4 ms, and most runs need none

    make = hashlib.sha1 if size == 20 else hashlib.sha256
    return make(b"blob %d\0" % len(raw) + raw, usedforsecurity=False).digest()


def _changed_lines(listing: Listing, changed: bytes) -> Iterator[bytes]:
    """Lines for the names that git says have changed, or does not know yet."""
    size = _id_size(listing.tracked)
    for name in sorted(set(changed.split(b"\0")) - {b""}):
        yield listing.line(name, size) or b"000000 %s 0\t%s\0" % (b"00" * size, name)


def _content(tree: Tree, path: str, limit: int) -> bytes | None:
    """What stands in a file; None where it cannot be read, or is not to be read."""
    try:
        return None if tree.why_not(path) else read_bytes(path, limit)
    except UnreadableError:
        return None


def _ids(lines: Iterable[bytes]) -> dict[bytes, bytes]:
    """The content ids of names; empty for what is no file."""
    found = {}
    for line in lines:
        if line:
            head, _, name = line.partition(b"\t")
            found[name] = bytes.fromhex(head.split()[1].decode()) if head.startswith(_FILE) else b""
    return found


def _id_of(lines: bytes, name: bytes) -> bytes:
    """The content id of one name; empty where there is none."""
    at = lines.find(b"\t%s\0" % name)
    return b"" if at < 0 else _ids([lines[lines.rfind(b"\0", 0, at) + 1 : at + 1 + len(name)]]).get(name, b"")


def _id_size(lines: bytes) -> int:
    """How many bytes the ids of a listing have."""
    return len(lines.split(b" ", 2)[1]) // 2 if lines else 20


def uncommon(old: bytes, new: bytes) -> tuple[Sequence[bytes], Sequence[bytes]]:
    """The lines of two listings without those that both begin and end with, and without equal ones between."""
    if old == new:
        return (), ()
    start = old.rfind(b"\0", 0, _common(old, new)) + 1
    old, new = old[start:], new[start:]
    end = _common(old, new, from_end=True)
    end -= old.find(b"\0", len(old) - end) + 1 - (len(old) - end) if end else 0  # where a line begins in both
    before, after = (set(lines[: len(lines) - end].split(b"\0")) for lines in (old, new))
    return tuple(before - after), tuple(after - before)


def _common(one: bytes, two: bytes, *, from_end: bool = False) -> int:
    """How many bytes two texts have in common at their start, or at their end."""
    low, high = 0, min(len(one), len(two))
    while low < high:
        middle = (low + high + 1) // 2
        if from_end:
            equal = one[len(one) - middle : len(one) - low] == two[len(two) - middle : len(two) - low]
        else:
            equal = one[low:middle] == two[low:middle]
        low, high = (middle, high) if equal else (low, middle - 1)
    return low
