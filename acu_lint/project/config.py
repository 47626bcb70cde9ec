"""The configuration: where it stands, its layers, and which of them apply to a file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from acu_lint.document.document import Document
from acu_lint.project.file_kinds import Kind, NoArticle
from acu_lint.project.paths import OwnGlobs, own_globs, relative, shown
from acu_lint.project.sites import Sites
from acu_lint.system.errors import UsageError
from acu_lint.system.tree import Tree, UnreadableError, read_bytes, repository

FILE = "acu-lint.toml"
_MISNAMED = (".acu-lint.toml", "acu_lint.toml", ".acu_lint.toml")
COMMAND_LINE = "command line"
_PROJECT, _PROJECT_KEY = "pyproject.toml", "acu-lint"
DEFAULTS: Mapping[str, Any] = {"skip-drafts": False, "max-file-size": 10, "fail-on": "error"}


class Layer(NamedTuple):
    """One place that settings come from, named for ``acu-lint config``."""

    origin: str
    values: Mapping[str, Any]
    folder: Path
    replaces: bool = True  # whether its ``select`` replaces the rules chosen so far, or adds to them


@dataclass(frozen=True)
class Config:
    """The layers of one configuration, lowest first; globs are relative to ``root``."""

    root: Path
    layers: tuple[Layer, ...] = (Layer("default", DEFAULTS, Path()),)

    def value(self, key: str) -> Any:
        """The value of a top-level key from the highest layer that has it."""
        return next((layer.values[key] for layer in reversed(self.layers) if key in layer.values), None)

    def merged(self, key: str) -> list[str]:
        """A list key, all layers added up."""
        return [item for layer in self.layers for item in layer.values.get(key, ())]

    @property
    def own(self) -> Layer | None:
        """The layer of the configuration file itself, without what it extends."""
        files = [layer for layer in self.layers[1:] if layer.origin != COMMAND_LINE]
        return files[-1] if files else None

    @property
    def rule_paths(self) -> tuple[Path, ...]:
        """Folders of the project's own cards, each relative to the file that names it."""
        return tuple(layer.folder / path for layer in self.layers for path in layer.values.get("rule-paths", ()))

    @property
    def corpus(self) -> Mapping[str, Sequence[str]]:
        """The globs ``include`` and ``exclude`` of the corpus, and ``shared-blocks``; empty by default."""
        return self.value("corpus") or {}

    @cached_property
    def _excluded(self) -> OwnGlobs:
        return own_globs(self.merged("exclude"))

    def excludes(self, path: Path, *, is_folder: bool = False) -> bool:
        """Whether ``exclude`` leaves out a file, or a folder with all that is in it."""
        patterns = self.merged("exclude")
        if not patterns or (is_folder and any(pattern.startswith("!") for pattern in patterns)):
            return False
        return self._excluded.match_file(relative(path, self.root))

    @cached_property
    def _included(self) -> OwnGlobs:
        return own_globs(self.merged("include"))

    def includes(self, path: Path) -> bool:
        """Whether ``include`` says that a file is an article, whatever it looks like."""
        patterns = self.merged("include")
        return bool(patterns) and self._included.match_file(relative(path, self.root))

    def why_left_out(self, doc: Document, path: Path) -> NoArticle | None:
        """Why a document that is at a path is not linted, by what stands in it."""
        from acu_lint.project.text_kinds import why_left_out  # noqa: PLC0415 -- the command 'config' reads no documents

        included, drafts = self.includes(path), self.value("skip-drafts")
        if told := self.of_draft(path):
            return NoArticle(Kind.DRAFT, f"{told} names it ('skip-drafts' is on)")
        return why_left_out(doc, relative(path, self.root), is_included=included, skip_drafts=drafts)

    def of_draft(self, path: Path) -> str:
        """Where the generator of a site is told that a file is a draft; nothing where drafts are linted."""
        if not self.value("skip-drafts"):
            return ""
        return self._sites.of_draft(Path(os.path.abspath(path)))  # noqa: PTH100 -- links stay

    @cached_property
    def _sites(self) -> Sites:
        return Sites()

    @cached_property
    def _overrides(self) -> list[tuple[Any, Layer]]:
        found = []
        for layer in self.layers:
            for number, values in enumerate(layer.values.get("overrides", ()), 1):
                label = f"{layer.origin}, override {number}"
                found.append((own_globs(values["files"]), Layer(label, values, layer.folder, replaces=False)))
        return found

    def overrides_of(self, path: str) -> tuple[int, ...]:
        """The numbers of the overrides that apply to a file."""
        if not self._overrides:
            return ()
        name = relative(Path(path), self.root)
        return tuple(i for i, (patterns, _) in enumerate(self._overrides) if patterns.match_file(name))

    def layers_with(self, overrides: Sequence[int]) -> tuple[Layer, ...]:
        """All layers of files to which some overrides apply, lowest first: those of files, overrides, command line."""
        last = [layer for layer in self.layers if layer.origin == COMMAND_LINE]
        below = [layer for layer in self.layers if layer.origin != COMMAND_LINE]
        return (*below, *(self._overrides[i][1] for i in overrides), *last)

    def layers_for(self, path: str) -> tuple[Layer, ...]:
        """All layers that apply to a file, lowest first."""
        return self.layers_with(self.overrides_of(path))


# --- reading files -----------------------------------------------------------------------


def find(folder: Path) -> Path | None:
    """The nearest configuration file from a folder upwards, as far as the root of the repository."""
    for here in (folder, *folder.parents):
        if os.path.lexists(here / FILE):
            return _own(here / FILE)
        if os.path.isfile(here / _PROJECT) and _configures(_own(here / _PROJECT)):  # noqa: PTH113
            return here / _PROJECT
        if name := next((name for name in _MISNAMED if os.path.lexists(here / name)), ""):
            raise UsageError(f"{shown(here / name)}: nothing reads a file of this name: call it {FILE}")
        if os.path.lexists(here / ".git"):
            return None
    return None


def _configures(file: Path) -> bool:
    """Whether a pyproject.toml has our table; raises ``UsageError`` where its name is written in another way."""
    tables = _tables(_toml(file), "tool")
    for name in () if _PROJECT_KEY in tables else tables:
        if re.sub(r"[^a-z]", "", name.lower()) == "aculint":
            raise UsageError(f"{shown(file)}: nothing reads [tool.{name}]: write [tool.{_PROJECT_KEY}]")
    return _PROJECT_KEY in tables


def _own(file: Path) -> Path:
    """A file that configures its own tree; raises ``UsageError`` for a link that leads elsewhere."""
    if why := Tree([file.parent]).why_not(os.fspath(file)):
        raise UsageError(f"{shown(file)}: {why}")
    return file


def _tables(values: Mapping[str, Any], *keys: str) -> Mapping[str, Any]:
    """The table within tables; empty where there is none."""
    for key in keys:
        inner = values.get(key)
        values = inner if isinstance(inner, dict) else {}
    return values


def load(file: Path | None, *, root: Path | None = None, command_line: Mapping[str, Any] | None = None) -> Config:
    """Read a configuration file and what it extends; None means defaults alone.

    Globs are relative to the folder of the file, or without one to ``root`` (by default the working folder).
    Raises ``UsageError`` that names file, line and mend.
    """
    layers = list(Config(Path()).layers)
    if file is not None:
        layers += _layers(file, (), _base_of(file))
    given = {key: value for key, value in (command_line or {}).items() if value}
    if given:
        layers.append(Layer(COMMAND_LINE, given, Path.cwd()))
    return Config(file.resolve().parent if file else root or Path.cwd(), tuple(layers))


def _base_of(file: Path) -> Path:
    """The folder that a configuration may name files in: its repository or, without one, its own."""
    folder = file.resolve().parent
    return repository(folder) or folder


def _layers(file: Path, above: tuple[Path, ...], base: Path) -> list[Layer]:
    """The layer of a file, below it those it extends."""
    file = file.resolve()
    if file in above:
        raise UsageError(f"{shown(file)}: 'extend' goes in a circle")
    values = _toml(file)
    if file.name == _PROJECT:
        values = dict(_tables(values, "tool", _PROJECT_KEY))
    from acu_lint.project.schema import Checker  # noqa: PLC0415 -- only where there is a configuration file

    checker = Checker(file)
    checker.check(values)
    for key, name in _named_files(values):
        checker.inside(key, name, base)
    layers = []
    if "extend" in values:
        layers = _layers(checker.inside("extend", values["extend"], base), (*above, file), base)
    return [*layers, Layer(shown(file), values, file.parent)]


def _named_files(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The files and folders that a configuration names, beside those it extends, and the key of each."""
    yield from (("rule-paths", path) for path in values.get("rule-paths", ()))
    for table in (values, *values.get("overrides", ())):
        if name := table.get("vocabulary", {}).get("approved-claims"):
            yield "approved-claims", name


def _toml(file: Path) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 -- only where there is a configuration file

    from acu_lint.parse.toml_values import check_dots  # noqa: PLC0415
    from acu_lint.parse.values import BrokenError  # noqa: PLC0415

    try:
        text = read_bytes(file).decode("utf-8-sig")
        check_dots(text, 0)
        return tomllib.loads(text.replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        raise UsageError(f"{shown(file)}: not UTF-8 (byte {error.start}); save it as UTF-8") from None
    except UnreadableError as error:
        raise UsageError(f"{shown(file)}: {error}") from None
    except (RecursionError, BrokenError):
        raise UsageError(f"{shown(file)}: broken TOML: tables or lists are nested too deeply") from None
    except ValueError as error:  # what tomllib raises, and a number of too many digits
        slash = "; between folders write '/'" if "\\" in str(error) or "hex" in str(error) else ""
        raise UsageError(f"{shown(file)}: broken TOML: {error}{slash}") from None
