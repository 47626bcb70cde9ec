"""Apply the edits that findings carry: to a text, round after round, and to files, so that nothing is ever lost."""

from __future__ import annotations

import os
import tempfile
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from difflib import unified_diff
from pathlib import Path

from acu_lint.project.results import FileResult, result_of
from acu_lint.project.runner import Runner
from acu_lint.rules.finding import Change, Edit, Finding, Skipped, edits_overlap
from acu_lint.system.tree import UnreadableError, read_bytes

_ROUNDS = 100  # a mend can uncover another; two or three rounds are usual
_LEFT = "it is left as it was"


class NotWrittenError(Exception):
    """A mended text that could not be put in its file's place; the text says why."""


@dataclass(frozen=True, slots=True)
class Mended:
    """A text before and after its findings were mended, and what is to be said about it then and now.

    ``count`` is how many findings were mended. ``endless`` names rules whose edits bring about each other; the text is
    then the one that was given.
    """

    path: str
    before: str
    after: str
    then: FileResult
    now: FileResult
    count: int = 0
    endless: tuple[str, ...] = ()

    def written(self) -> FileResult:
        """What is to be said once the text has taken the other's place."""
        return self.now._replace(change=self._change())

    def kept(self, trouble: str) -> FileResult:
        """What is to be said where the text could not take the other's place."""
        return self.then._replace(change=Change(self.path, trouble=f"{trouble}; {_LEFT}"))

    def shown(self) -> FileResult:
        """What is to be said where the other text stays, and only the difference is shown."""
        change = self._change()
        diff = "".join(diff_of(self.path, self.before, self.after))
        return self.then._replace(change=replace(change, diff=diff) if change else None)

    def _change(self) -> Change | None:
        if self.endless:
            trouble = f"the edits of {' and '.join(self.endless)} never come to an end"
            return Change(self.path, trouble=f"{trouble}; {_LEFT}")
        return Change(self.path, self.count) if self.count else None


# --- texts


def mend(runner: Runner, path: str, text: str) -> Mended:
    """Lint and mend a text as the file at ``path``, until there is nothing more to mend."""
    then = now = runner.lint_text(path, text)
    after, count = text, 0
    seen: list[str] = []
    rules: list[set[str]] = []  # whose edits led on from each text seen
    while (findings := chosen(after, now.findings)) and len(seen) < _ROUNDS and after not in seen:
        seen.append(after)
        rules.append({finding.rule for finding in findings})
        after = applied(after, (edit for finding in findings for edit in finding.edits))
        count += len(findings)
        now = runner.lint_text(path, after)
    if not findings:
        return Mended(path, text, after, then, now, count)
    since = seen.index(after) if after in seen else -1
    return Mended(path, text, text, then, then, endless=tuple(sorted(set().union(*rules[since:]))))


def chosen(text: str, findings: Iterable[Finding]) -> list[Finding]:
    """The findings whose edits can be applied together: of those that overlap the first, each with all its edits."""
    kept: list[Finding] = []
    taken: list[tuple[int, int]] = []  # ranges that edits change, sorted
    for finding in findings:
        if not any(text[slice(*edit.span)] != edit.text for edit in finding.edits) or edits_overlap(finding.edits):
            continue
        spans = [(edit.span.start, edit.span.end) for edit in finding.edits]
        if not any(_collides(taken, *span) for span in spans):
            kept.append(finding)
            for span in spans:
                taken.insert(bisect_left(taken, span), span)
    return kept


def _collides(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a range shares characters with one of those taken, lies within it, or inserts at the same place."""
    at = bisect_left(taken, (start, end))
    if at < len(taken) and (taken[at] == (start, end) or taken[at][0] < end):
        return True
    return at > 0 and taken[at - 1][1] > start


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text with some edits made, none of which overlap; all else is kept as it is."""
    parts = []
    end = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        parts += [text[end : edit.span.start], edit.text]
        end = edit.span.end
    return "".join([*parts, text[end:]])


# --- files


def fix_file(runner: Runner, path: str) -> FileResult:
    """Mend a file; the findings are those that remain."""
    mended = runner.attempt(path, lambda: mend(runner, path, runner.read(path)))
    if isinstance(mended, Skipped):
        return FileResult(skipped=mended)
    if mended.after != mended.before:
        try:
            put(path, mended.before, mended.after)
        except NotWrittenError as error:
            return mended.kept(str(error))
    return mended.written()


def diff_file(runner: Runner, path: str) -> FileResult:
    """Show what ``fix_file`` would change; the findings are those of the file as it is."""
    return result_of(runner.attempt(path, lambda: mend(runner, path, runner.read(path)).shown()))


def put(path: str, before: str, after: str) -> None:
    """Put a text in the place of another one, in one step: at any moment the file holds the one or the other.

    Permissions are kept. Raises ``NotWrittenError`` where that cannot be done, where the file is a link, or where it no
    longer holds ``before``.
    """
    target = os.path.abspath(path)  # noqa: PTH100 -- resolve() would follow links
    if os.path.islink(target):  # noqa: PTH114
        real = os.path.realpath(target)
        raise NotWrittenError(f"it is a link, and nothing is written through one: name {real} itself")
    try:
        _writable(target)
        handle, temporary = tempfile.mkstemp(prefix=".acu-lint-", suffix=".tmp", dir=Path(target).parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(after.encode())
                file.flush()
                os.fsync(handle)
            _make_alike(temporary, target)
            if read_bytes(target, len(before.encode())) != before.encode():
                raise NotWrittenError("it was changed while it was being linted")
            os.replace(temporary, target)  # noqa: PTH105 -- a text is what the rest works with
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary)  # noqa: PTH108
            raise
    except OSError as error:
        raise NotWrittenError(f"cannot be written: {error.strerror}") from None
    except UnreadableError:
        raise NotWrittenError("it was changed while it was being linted") from None


def _writable(target: str) -> None:
    """Refuse a file that may not be written: replacing it would need leave for the folder only."""
    if not os.stat(target).st_mode & 0o222 or not os.access(target, os.W_OK):  # noqa: PTH116
        raise NotWrittenError("the file is read-only")


def _make_alike(new: str, old: str) -> None:
    """Give one file the owner (where that is allowed) and the permissions of another."""
    state = os.stat(old)  # noqa: PTH116
    if hasattr(os, "chown"):
        with suppress(OSError):
            os.chown(new, state.st_uid, state.st_gid)
    os.chmod(new, state.st_mode & 0o7777)  # noqa: PTH101


# --- diffs


def diff_of(path: str, before: str, after: str) -> Iterator[str]:
    """A unified diff as ``git apply`` reads it, line by line; nothing where the texts are equal."""
    name = path.removeprefix("./").lstrip("/")
    for line in unified_diff(_lines(before), _lines(after), _quoted(f"a/{name}"), _quoted(f"b/{name}")):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _quoted(name: str) -> str:
    """A name as git writes it: in quotes where a sign in it could be taken for something else."""
    if name.isprintable() and not set(name) & {'"', "\\"}:
        return name
    plain = {byte: chr(byte) for byte in range(32, 127) if chr(byte) not in '"\\'}
    return '"' + "".join(plain.get(byte, f"\\{byte:03o}") for byte in os.fsencode(name)) + '"'


def _lines(text: str) -> list[str]:
    """Lines as diffs count them: only a line feed ends one, what else stands there is part of the line."""
    return [line for line in text.replace("\n", "\n\0").split("\0") if line]
