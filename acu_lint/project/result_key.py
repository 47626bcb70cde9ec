"""What the results of a file depend on: its text and path, its settings, the code and lists of the rules, the machine.

All of this makes the key under which they are kept. What else is looked at is traced (``Trace``): the day, the site and
the corpus. Where something cannot be told there is no key, and the results are computed.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from acu_lint import __version__
from acu_lint.system.entries import Entries
from acu_lint.system.fingerprint import SIZE, STARTED, State, digest

if TYPE_CHECKING:
    from acu_lint.project.project import FileSettings, Project

_FORM = b"1"  # of what is kept
_NOT_RESULTS = frozenset({"fail-on"})  # settings that say nothing about findings


class Keys:
    """The keys of one run."""

    def __init__(self, entries: Entries) -> None:
        """``entries`` keep the fingerprints of folders, too."""
        self._entries = entries
        self._started = time.time_ns()
        self._states: dict[tuple[str, ...], bytes] = {}  # of the folders whose fingerprints are in keys
        self._of_settings: dict[int, tuple[FileSettings, bytes | None]] = {}

    def of_file(self, work: str, settings: FileSettings, path: str, text: str) -> bytes | None:
        """The key of what some work on a file gives; raises ``UsageError`` where its settings are wrong."""
        of_settings = self.of_settings(settings)
        if of_settings is None:
            return None
        flavour, _, anchors = settings.generator(path) or ("", "", None)
        config = settings.project.config
        told = (work, path, str(flavour), str(anchors), config.includes(Path(path)), config.of_draft(Path(path)))
        return digest(of_settings, repr(told).encode(errors="surrogatepass"), text.encode(errors="surrogatepass"))

    def of_settings(self, settings: FileSettings) -> bytes | None:
        """The key of settings: whatever holds for all files that they apply to."""
        if id(settings) not in self._of_settings:
            self._of_settings[id(settings)] = settings, self._key_of(settings)
        return self._of_settings[id(settings)][1]

    def hold(self) -> bool:
        """Whether code and lists are still those that the keys were made with."""
        try:
            return all(State(folders).digest == state for folders, state in self._states.items())
        except OSError:
            return False

    def _key_of(self, settings: FileSettings) -> bytes | None:
        project = settings.project
        rules = self._of_rules(project)
        if rules is None:
            return None
        layers = [
            (layer.origin, {key: value for key, value in layer.values.items() if key not in _NOT_RESULTS},
             str(layer.folder), layer.replaces)
            for layer in settings.layers
        ]  # fmt: skip
        try:
            here = os.getcwd()  # noqa: PTH109 -- as text
        except OSError:
            return None
        told = (str(project.config.root), here, project.has_corpus, settings.vocabulary, layers)
        return digest(_FORM, _machine(), rules, repr(told).encode(errors="surrogatepass"))

    def _of_rules(self, project: Project) -> bytes | None:
        """The fingerprint of all code and lists that a project's rules are made of; None where some are missing."""
        registry = project.registry
        packages = None if registry.faults or registry.local_faults else _packages(tuple(registry.modules))
        own = tuple(os.fspath(path) for path in project.config.rule_paths)
        if packages is None:
            return None
        parts = [self._fingerprint(packages, STARTED), self._fingerprint(own, self._started) if own else b""]
        return None if None in parts else digest(repr((project.trust, parts, list(registry.cards))).encode())

    def _fingerprint(self, folders: tuple[str, ...], used: int) -> bytes | None:
        """The fingerprint of folders that were first read at a moment, unless they may have changed since."""
        try:
            state = State(folders)
            if not state.is_older_than(used):
                return None
            self._states[folders] = state.digest
            key = digest(b"state", state.digest)
            kept = self._entries.get(key)
            if kept is None or len(kept) != SIZE:
                kept = state.fingerprint()
                self._entries.put(key, kept)
        except OSError:
            return None
        return kept


@cache
def _machine() -> bytes:
    """Our version, Python's, and the versions of all that is installed, as the names of its folders tell them."""
    told = (__version__, sys.version, sys.platform, sys.path, sorted(_distributions()))
    return repr(told).encode(errors="surrogatepass")


def _distributions() -> Iterator[str]:
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")  # noqa: PTH208 -- names alone
        except OSError:
            continue
        yield from (name for name in names if name.endswith((".dist-info", ".egg-info")))


@cache
def _packages(modules: tuple[str, ...]) -> tuple[str, ...] | None:
    """The folders of the engine and of the packages that some modules are in; None where one is no folder."""
    folders = [os.path.dirname(os.path.dirname(os.path.abspath(__file__)))]  # noqa: PTH100, PTH120
    for name in dict.fromkeys(module.partition(".")[0] for module in modules):
        try:
            spec = find_spec(name)
        except (ImportError, ValueError, AttributeError):
            return None
        if spec is None or not spec.submodule_search_locations:
            return None
        folders += spec.submodule_search_locations
    return tuple(folders) if all(map(os.path.isdir, folders)) else None
