"""git, asked safely: nothing that a repository says about itself makes git run a command.

Every call of git in acu-lint goes through ``start`` or ``ask``. ``docs/security.md`` lists what git can run for each
subcommand used, and why it does not here.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from acu_lint.system.errors import GitError
from acu_lint.system.tree import repository

_MEMORY = 1 << 30  # bytes of its own: a history can be made that takes any number
SECONDS = 60.0  # a repository that needs longer is not waited for
# What a repository's own configuration can make git run, turned off; and what would read files elsewhere.
_SETTINGS = (
    "safe.bareRepository=explicit",
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.pager=cat",
    "core.askPass=",
    "core.sshCommand=false",
    "core.gitProxy=",
    "core.alternateRefsCommand=",
    "credential.helper=",
    "diff.external=",
    "diff.orderFile=/dev/null",
    "i18n.logOutputEncoding=UTF-8",
    "log.showSignature=false",
    "log.mailmap=false",
    "gpg.program=",
    "gpg.openpgp.program=",
    "gpg.x509.program=",
    "gpg.ssh.program=",
    "submodule.recurse=false",
    "protocol.allow=never",
)
# Where the user's own configuration is; all other variables of git would lead it to another repository or program.
_KEPT = ("GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM", "GIT_CONFIG_")
_SET = {
    "GIT_ALLOW_PROTOCOL": "",  # overrides what a repository says about single protocols
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",  # so that _mend knows its messages
}
_UNSET = ("clean=", "smudge=", "process=", "required=false")


def ask(folder: Path, *arguments: str, seconds: float = SECONDS) -> bytes:
    """What a git command prints in a folder; names among the arguments stand behind ``--``.

    Raises ``GitError`` where git is missing, fails, or takes more than ``seconds``.
    """
    return output_of(start(folder, *arguments, errors=subprocess.PIPE), folder, seconds=seconds)


def start(
    folder: Path,
    *arguments: str,
    input: int = subprocess.DEVNULL,
    output: int = subprocess.PIPE,
    errors: int = subprocess.DEVNULL,
    index: str = "",
) -> subprocess.Popen[bytes]:
    """Start a git command in a folder; ``index`` names another file than the repository's own index.

    Raises ``GitError`` where git cannot be started.
    """
    settings = (part for setting in _SETTINGS for part in ("-c", setting))
    command = ["git", "-C", os.fspath(folder), "--no-pager", *settings, *arguments]
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name.startswith(_KEPT)}
    env |= _SET | ({"GIT_INDEX_FILE": index} if index else {})
    if root := repository(folder):
        env["GIT_WORK_TREE"] = os.fspath(root)  # whatever core.worktree says
    try:
        process = subprocess.Popen(command, stdin=input, stdout=output, stderr=errors, env=env)  # noqa: S603 -- no shell
        _bound(process)
        return process
    except OSError as error:
        why = "is not installed" if isinstance(error, FileNotFoundError) else f"cannot be started: {error.strerror}"
        raise GitError(f"git {why}; acu-lint needs it to list the articles of a repository") from None


def _bound(process: subprocess.Popen[bytes]) -> None:
    """See that a process does not outlive this one, nor takes more than ``_MEMORY``."""
    atexit.register(process.kill)
    if sys.platform == "linux":
        import resource  # noqa: PLC0415

        with suppress(OSError, ValueError):  # it may have ended
            resource.prlimit(process.pid, resource.RLIMIT_DATA, (_MEMORY, _MEMORY))


def output_of(process: subprocess.Popen[bytes], folder: Path, *, seconds: float = SECONDS) -> bytes:
    """Wait for a command that was started in a folder, and return what it printed.

    Raises ``GitError`` where it fails, or takes more than ``seconds``.
    """
    try:
        printed, errors = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise GitError(f"git gives no answer in {folder} within {seconds:g} s; try 'git status' there") from None
    if process.returncode:
        raise GitError(_mend(errors or b"", folder))
    return printed or b""


def without_filters(folder: Path) -> list[str]:
    """Arguments that turn off every content filter (as of git-lfs) that some configuration defines.

    git runs a filter's command where it compares a file with what it keeps, and the attributes that choose filters
    are files of the repository. A filter can only be turned off by its name. Raises ``GitError``.
    """
    names = ask(folder, "config", "--null", "--name-only", "--list").split(b"\0")
    return [part for name in _filters(names) for setting in _UNSET for part in ("-c", f"{name}.{setting}")]


def _filters(names: Iterable[bytes]) -> Iterator[str]:
    """The sections ``filter.NAME`` among the names of some settings."""
    for name in sorted({os.fsdecode(name).rpartition(".")[0] for name in names if name.startswith(b"filter.")}):
        if "=" in name:  # it could not be told from its value
            raise GitError(f"git's configuration defines a filter with '=' in its name ({name}): rename or remove it")
        yield name


def _mend(errors: bytes, folder: Path) -> str:
    """Why git failed and what helps, in one line that repeats nothing of what stands in files."""
    if b"dubious ownership" in errors:
        return (
            f"git does not read the repository of {folder}, because it belongs to another user; "
            f"if you trust it: git config --global --add safe.directory {repository(folder) or folder}"
        )
    if b"bare repository" in errors:
        return f"{folder} is a git repository (HEAD, objects, refs) within another one, which git rightly refuses"
    if b"not a git repository" in errors:
        return f"the .git above {folder} is no repository that git can read; mend or remove it"
    return f"git cannot read the repository of {folder}; 'git status' there says why"
