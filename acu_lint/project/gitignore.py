"""What git ignores, told as git tells it: the last pattern that fits a file or folder itself decides.

A folder that is left out takes with it all that it holds, but for what git tracks. pathspec answers another question,
whether a pattern fits a path or a folder above it, and so leaves out the folders of a list such as ``*``, ``!*/``,
``!*.md``. The user's own list of all repositories (``core.excludesFile``) is not read: all who lint see the same files.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from acu_lint.parse import FORMATS
from acu_lint.system.errors import GitError
from acu_lint.system.tree import UnreadableError, read_bytes, repository

_ALL = range(256)
_MOST_DEEP = 2  # ``**`` in a pattern: each multiplies the time of a match by the depth of a path
_CLASSES: Mapping[bytes, Callable[[bytes], bool]] = {
    b"alnum": bytes.isalnum, b"alpha": bytes.isalpha, b"digit": bytes.isdigit, b"lower": bytes.islower,
    b"upper": bytes.isupper, b"space": bytes.isspace, b"blank": lambda sign: sign in b" \t",
    b"xdigit": lambda sign: sign in b"0123456789abcdefABCDEF", b"cntrl": lambda sign: sign < b" " or sign == b"\x7f",
    b"print": lambda sign: b" " <= sign <= b"~", b"graph": lambda sign: b"!" <= sign <= b"~",
    b"punct": lambda sign: b"!" <= sign <= b"~" and not sign.isalnum(),
}  # fmt: skip
_PART = re.compile(  # of a name: a class of signs, an escaped sign, stars, any sign, any other sign
    rb"\[(?P<no>[!^]?)(?P<set>\]?+(?:\[:\w*:\]|\\.|[^\]\\])*)\]|\\(?P<escaped>.)|(?P<stars>\*+)|(?P<any>\?)|(?P<sign>[^\\\[])",
    re.DOTALL,
)
_MEMBER = re.compile(rb"\[:(?P<name>\w*):\]|(?P<low>\\.|.)(?:-(?P<high>\\.|.))?", re.DOTALL)


class _Pattern(NamedTuple):
    """A line of a list: what it fits, and what becomes of that; one without a slash fits the name alone."""

    expression: re.Pattern[bytes]
    leaves_out: bool
    folders_only: bool
    by_name: bool


class IgnoreList:
    """The patterns of one file, for what is below its folder (a real path)."""

    def __init__(self, folder: Path, raw: bytes) -> None:
        self._folder = os.fsencode(folder)
        lines = raw.removeprefix(b"\xef\xbb\xbf").split(b"\n")
        self._patterns = [made for line in reversed(lines) if (made := _pattern(line.removesuffix(b"\r")))]

    def verdict(self, path: Path, *, is_folder: bool) -> bool | None:
        """Whether a path is left out or kept; None where no pattern fits it."""
        if not self._patterns:
            return None
        full = os.fsencode(path)
        if not full.startswith(self._folder.rstrip(b"/") + b"/"):  # reached through a link
            return None
        below = full[len(self._folder.rstrip(b"/")) + 1 :].replace(os.fsencode(os.sep), b"/")
        name = below.rpartition(b"/")[2]
        for expression, leaves_out, folders_only, by_name in self._patterns:
            if (is_folder or not folders_only) and expression.fullmatch(name if by_name else below):
                return leaves_out
        return None


def _pattern(line: bytes) -> _Pattern | None:
    """What a line says; None for a comment, and for what fits nothing or would take too long."""
    if line.startswith(b"#"):
        return None
    text = line.rstrip(b" ")
    if text != line and (len(text) - len(text.rstrip(b"\\"))) % 2:
        text += b" "  # that space is escaped
    is_kept = text.startswith(b"!")
    text = text[is_kept:]
    folders_only = text.endswith(b"/")
    text = text.removesuffix(b"/")
    by_name = b"/" not in text
    if not text:
        return None
    try:
        expression = _name(text) if by_name else _path(text.removeprefix(b"/"))
    except ValueError:
        return None
    return _Pattern(re.compile(expression, re.DOTALL), not is_kept, folders_only, by_name)


def _path(pattern: bytes) -> bytes:
    """The expression of a pattern with slashes; ``**`` between them is any number of folders.

    Raises ``ValueError`` where it is none.
    """
    *above, last = pattern.split(b"/")
    above = [
        part for part, before in zip(above, [b"", *above], strict=False) if not (_is_deep(part) and _is_deep(before))
    ]
    if sum(map(_is_deep, above)) > _MOST_DEEP:
        raise ValueError(pattern)
    made = b"".join(rb"(?:.*/)?" if _is_deep(part) else _name(part) + b"/" for part in above)
    return made + (rb".*" if _is_deep(last) else _name(last))


def _is_deep(part: bytes) -> bool:
    return len(part) > 1 and not part.strip(b"*")


def _name(pattern: bytes) -> bytes:
    """The expression of a pattern for one name; raises ``ValueError`` where it is none."""
    chunks = [b""]  # what stands between stars
    at = 0
    while at < len(pattern):
        part = _PART.match(pattern, at)
        if part is None:
            raise ValueError(pattern)
        at = part.end()
        if part["stars"]:
            chunks.append(b"")
        elif part["any"]:
            chunks[-1] += b"[^/]"
        elif part["set"] is not None:
            chunks[-1] += _set(part["set"], is_negated=bool(part["no"]))
        else:
            chunks[-1] += re.escape(part["escaped"] or part["sign"])
    first, *others = chunks
    if not others:
        return first
    # The first place where a chunk fits is as good as any later one, so nothing is tried twice.
    return first + b"".join(b"(?>[^/]*?%s)" % chunk for chunk in others[:-1]) + b"[^/]*" + others[-1]


def _set(members: bytes, *, is_negated: bool) -> bytes:
    """The expression of a class of signs, which never holds a slash."""
    found: set[int] = set()
    for member in _MEMBER.finditer(members):
        if member["name"] is not None:
            if member["name"] not in _CLASSES:
                raise ValueError(members)
            found.update(sign for sign in range(128) if _CLASSES[member["name"]](bytes([sign])))
        else:
            low = member["low"][-1]
            found.update(range(low, (member["high"][-1] if member["high"] else low) + 1))
    signs = (found ^ set(_ALL) if is_negated else found) - {ord("/")}
    return b"[%s]" % b"".join(b"\\x%02x" % sign for sign in sorted(signs)) if signs else b"(?!)"


# --- lists of a repository ---------------------------------------------------------------


def list_in(folder: Path) -> IgnoreList:
    """The list of a folder (a real path), empty where there is none; git follows no link here."""
    return IgnoreList(folder, _content(folder / ".gitignore"))


def lists_above(folder: Path) -> list[IgnoreList]:
    """The lists that count in a folder (a real path), those in it left out; what the last of them says counts most."""
    root = repository(folder)
    if root is None:
        return []
    own = IgnoreList(root, _content(root / ".git" / "info" / "exclude"))
    above = [each for each in reversed(folder.parents) if each.is_relative_to(root)]
    return [own, *(list_in(each) for each in above if os.path.isfile(each / ".gitignore"))]  # noqa: PTH113


def _content(file: Path) -> bytes:
    try:
        return b"" if file.is_symlink() else read_bytes(file)
    except UnreadableError:
        return b""


def is_left_out(path: Path, lists: Sequence[IgnoreList], *, is_folder: bool) -> bool:
    """Whether lists leave out a file or folder itself; the last list that has an opinion decides."""
    verdicts = (each.verdict(path, is_folder=is_folder) for each in reversed(lists))
    return bool(next((verdict for verdict in verdicts if verdict is not None), False))


def everything_in(folder: Path) -> IgnoreList:
    """A list that leaves out all that is in a folder."""
    return IgnoreList(folder, b"*")


class Tracked:
    """The articles that git keeps though a list leaves them out; git is asked once, where that matters."""

    def __init__(self, folder: Path) -> None:
        self._root = repository(folder)

    def has(self, path: Path) -> bool:
        """Whether git keeps a file, or a file in a folder."""
        return bool(self._root) and os.fspath(path) in self._paths

    @cached_property
    def _paths(self) -> frozenset[str]:
        return frozenset(self._asked()) if self._root else frozenset()

    def _asked(self) -> Iterator[str]:
        from acu_lint.system import git  # noqa: PLC0415 -- only where something is ignored

        root = self._root or Path()
        kinds = (f":(icase)*{ending}" for ending in FORMATS)
        try:
            names = git.ask(root, "ls-files", "-z", "-c", "-i", "--exclude-standard", "--", *kinds).split(b"\0")
        except GitError:  # told where articles are compared
            return
        for name in filter(None, names):
            file = root / os.fsdecode(name)
            yield os.fspath(file)
            yield from (os.fspath(above) for above in file.parents if above.is_relative_to(root))


def is_ignored(path: Path, *, is_folder: bool) -> bool:
    """Whether git ignores a file or folder, which need not be there, or a folder above it."""
    root = repository(path.parent) or path.parent
    lists = lists_above(root)
    below = [each for each in reversed(path.parents) if each.is_relative_to(root)]
    for folder in below:
        if folder != root and is_left_out(folder, lists, is_folder=True):
            return not Tracked(root).has(path)
        lists.append(list_in(folder))
    return is_left_out(path, lists, is_folder=is_folder) and not Tracked(root).has(path)
