"""The real command in processes of their own that need no start: a server has loaded it, and forks for each call.

The server has imported what the commands import, and has checked some examples, so that words and patterns are read. It
knows no project. A call becomes ``python -m acu_lint`` in a fork, with folder, environment and streams of its own. What
Python reads when it starts needs a process that starts: ``PYTHON...`` in its environment.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import io
import json
import os
import pkgutil
import random
import runpy
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

SECONDS = 120  # of a call, after which it hangs
HEAVY = ("sklearn.feature_extraction.text", "textstat", "stdnum.isbn")  # imported where they are used
APART = ("acu_lint.__main__", "acu_lint.cluster")  # runs when it is imported; is of an extra


class Server:
    """Is there from its first call until it is closed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def run(self, arguments: Sequence[str], stdin: bytes, env: Mapping[str, str]) -> subprocess.CompletedProcess[bytes]:
        """Run the command in the working folder; raises ``TimeoutExpired``."""
        process = self._process = self._process or subprocess.Popen(
            [sys.executable, "-m", "tests.warm"],
            cwd=Path(__file__).parent.parent,
            env={**env, "OPENBLAS_NUM_THREADS": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert process.stdin
        assert process.stdout
        with ExitStack() as stack:
            files = [stack.enter_context(tempfile.NamedTemporaryFile()) for _ in range(3)]
            files[0].write(stdin)
            files[0].flush()
            call = {"arguments": arguments, "env": dict(env), "folder": str(Path.cwd())}
            process.stdin.write(json.dumps({**call, "files": [file.name for file in files]}).encode() + b"\n")
            process.stdin.flush()
            status = int(process.stdout.readline())
            if status == -signal.SIGALRM:
                raise subprocess.TimeoutExpired(list(arguments), SECONDS)
            return subprocess.CompletedProcess(arguments, status, files[1].read(), files[2].read())

    def close(self) -> None:
        if self._process:
            self._process.communicate()


def load() -> None:
    """Import the command and the rules, and run the rules."""
    for name in ("acu_lint", "acu_lint_rules"):
        for module in pkgutil.walk_packages(importlib.import_module(name).__path__, f"{name}."):
            if not module.name.startswith(APART):
                importlib.import_module(module.name)
    for name in HEAVY:
        importlib.import_module(name)
    testing = importlib.import_module("acu_lint.testing")
    pack = testing.load_pack()
    for card in pack.cards.values():
        testing.verify(next(iter(testing.cases([card]))), pack)
    gc.collect()
    gc.freeze()


def become(call: Mapping[str, Any]) -> None:
    """Make this process one that was started for a call."""
    for handle, (name, flags) in enumerate(zip(call["files"], (os.O_RDONLY, os.O_WRONLY, os.O_WRONLY), strict=True)):
        opened = os.open(name, flags)
        os.dup2(opened, handle)
        os.close(opened)
    sys.stdin = io.TextIOWrapper(open(0, "rb", closefd=False), encoding="utf-8")  # noqa: SIM115 -- a handle
    sys.stdout = io.TextIOWrapper(open(1, "wb", closefd=False), encoding="utf-8")  # noqa: SIM115
    sys.stderr = io.TextIOWrapper(
        open(2, "wb", closefd=False),  # noqa: SIM115
        encoding="utf-8", errors="backslashreplace", line_buffering=True,
    )  # fmt: skip
    os.chdir(call["folder"])
    os.environ.clear()
    os.environ.update(call["env"])
    sys.argv = ["acu_lint", *call["arguments"]]
    sys.path[0] = call["folder"]
    random.seed()
    signal.alarm(SECONDS)


def serve() -> bool:
    """Answer calls with the status of the process; true in a process that is to run the command."""
    load()
    for line in iter(sys.stdin.buffer.readline, b""):
        child = os.fork()
        if not child:
            become(json.loads(line))
            return True
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()
    return False


def run() -> None:
    """Run the command and end this process, all but the modules, whose end would take as long as their start."""
    status = 0
    try:
        runpy.run_module("acu_lint", run_name="__main__", alter_sys=True)
    except SystemExit as end:
        status = int(end.code or 0)
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__" and serve():
    run()
