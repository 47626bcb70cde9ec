"""Find the rules: the first-party pack, other packages' packs, and the project's own cards."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple

from acu_lint import CORE
from acu_lint.document import measure
from acu_lint.document.document import Document
from acu_lint.rules.card import Card, CardError, build, content_of, read
from acu_lint.rules.kinds import Check, check_texts
from acu_lint.system.errors import UsageError, did_you_mean, our_fault
from acu_lint.system.prepared import prepared
from acu_lint.system.processes import Ended
from acu_lint.system.tree import Tree, UnreadableError, read_bytes

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

GROUP = "acu_lint.rules"
LOCAL = "project"
_MEASURES = "measures.yml"
_EXTRACTORS = "extractors.yml"
Loader = Callable[[], Callable[..., Any]]  # imports a function
_OWN_MEASURES = {"words": measure.words, "sentences": measure.sentences}


class Pack(NamedTuple):
    """A pack that was looked for: its name, where it is, and why it is left out (if it is)."""

    name: str
    origin: str
    cards: int = 0
    fault: str = ""


@dataclass
class Registry:
    """Rules by id, the packs they came from, and what could not be loaded."""

    cards: dict[str, Card] = field(default_factory=dict)
    packs: list[Pack] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)  # a stranger's: told, nothing else
    local_faults: list[str] = field(default_factory=list)  # the project's own: the run ends with status 2
    measure_loaders: dict[str, Loader] = field(default_factory=dict)
    extractor_loaders: dict[str, Loader] = field(default_factory=dict)
    may_run_local_code: bool = False
    refused: list[str] = field(default_factory=list)  # code of the project that may not run: the names of its files
    examples: bool = True  # whether packages' cards are read with their examples
    modules: list[str] = field(default_factory=list)  # of the packages that have the rules
    _folders: dict[str, Path] = field(default_factory=dict)  # rule of the project -> the rule path that it is below

    @classmethod
    def load(
        cls,
        rule_paths: Sequence[Path] = (),
        *,
        may_run_local_code: bool = False,
        require_packs: Sequence[str] = (),
        examples: bool = True,
    ) -> Registry:
        """Load all packs and the cards below ``rule_paths``; what fails is told and stops nothing.

        Raises ``UsageError`` where a rule path is not there or a required pack cannot be used.
        """
        registry = cls(may_run_local_code=may_run_local_code, examples=examples)
        if importlib.util.find_spec(CORE):
            registry.add_package("core", CORE)
        for name, module in _installed():
            registry.add_package(name, module)
        for path in rule_paths:
            if not os.path.isdir(path):  # noqa: PTH112 -- a Path would raise for a name that is too long
                raise UsageError(f"rule-paths: there is no folder {path}")
            registry.add_local(path)
        registry.require(require_packs)
        return registry

    def require(self, names: Sequence[str]) -> None:
        """Raise ``UsageError`` unless every named pack is loaded."""
        packs = {pack.name: pack for pack in self.packs}
        for name in names:
            if name not in packs:
                raise UsageError(f"require-packs: the pack '{name}' is not installed{did_you_mean(name, packs)}")
            if packs[name].fault:
                raise UsageError(f"require-packs: the pack '{name}' is broken: {packs[name].fault}")

    def add_package(self, name: str, module: str) -> None:
        """Add the cards of an importable package; one that raises is left out."""
        self.modules.append(module)
        try:
            root = _root(module)
        except Ended:
            raise
        except (Exception, SystemExit) as error:  # noqa: BLE001 -- a stranger's import may raise anything
            fault = f"{type(error).__name__}: {error}"
            self.packs.append(Pack(name, module, fault=fault))
            self.faults.append(f"the rule pack '{name}' ({module}) is left out: {fault}")
        else:
            kept = _kept_cards(root) if module == CORE and not self.examples else []
            self.add_folder(name, root, self.faults, kept)

    def add_folder(self, name: str, root: Traversable, faults: list[str], kept: Sequence[Card] = ()) -> None:
        """Add every card below a folder of a package, which may have been ``kept``.

        Faulty cards, and that it has none, are told in ``faults``.
        """
        before = len(self.cards)
        self.cards.update({card.id: card for card in kept})
        files = [] if kept else list(_cards(root))
        for file in files:
            try:
                self.add(read(file, examples=self.examples))
            except (CardError, OSError) as error:
                faults.append(str(error))
        tables = [(table, loaders) for key, loaders in self._tables().items() if (table := root / key).is_file()]
        for table, loaders in tables:
            functions = _functions_in(table.read_text(encoding="utf-8"))
            loaders.update({key: partial(_function, target) for key, target in functions.items()})
        fault = ""
        if not (files or kept or tables):  # a pack of measures alone is in order
            fault = f"no .yml file is below {root}; ship the cards in its wheel"
            faults.append(f"the rule pack '{name}' has no rules: {fault}")
        self.packs.append(Pack(name, str(root), len(self.cards) - before, fault))

    def add_local(self, root: Path) -> None:
        """Add the cards, measures and extractors of the project; what names code that may not run is left out."""
        before = len(self.cards)
        try:
            files = [Path(str(file)) for file in _cards(root)]
        except OSError as error:
            raise UsageError(f"rule-paths: {error.filename} cannot be read: {error.strerror}") from None
        except RecursionError:
            raise UsageError(f"rule-paths: the folders below {root} are nested too deeply") from None
        for file in files:
            with self._telling(file):
                card = read(file, _own_bytes(file), examples=True)
                check_texts(card)
                if card.kind != "python" or self._is_usable(str(card.body), file):
                    self.add(card)
                    self._folders[card.id] = root
        self.packs.append(Pack(LOCAL, str(root), len(self.cards) - before))
        for file_name, loaders in self._tables().items():
            table = root / file_name
            if table.is_file():
                self._add_local_functions(table, loaders)

    def _tables(self) -> Mapping[str, dict[str, Loader]]:
        return {_MEASURES: self.measure_loaders, _EXTRACTORS: self.extractor_loaders}

    def _add_local_functions(self, table: Path, loaders: dict[str, Loader]) -> None:
        with self._telling(table):
            for name, target in _functions_in(_own_bytes(table).decode("utf-8", "replace")).items():
                if self._is_usable(target, table):
                    loaders[name] = cache(partial(self._local_function, target, table, table.parent))

    @contextmanager
    def _telling(self, file: Path) -> Iterator[None]:
        """Tell what is wrong with a file of the project; the others are read all the same."""
        try:
            yield
        except UnreadableError as error:
            self.local_faults.append(f"{file}: {error}")
        except CardError as error:
            self.local_faults.append(str(error))
        except Exception as error:  # noqa: BLE001 -- it costs this file only
            self.local_faults.append(f"{file}: {our_fault(error)}")

    def _is_usable(self, target: str, file: Path) -> bool:
        """Whether a function that the project names may run; raises ``CardError`` for one that never may."""
        module = target.partition(":")[0]
        if module.endswith(".py"):
            if not self.may_run_local_code:
                self.refused.append(f"{file.parent / module}")
            return self.may_run_local_code
        if not _is_of_a_pack(module):
            raise CardError(f"{file}: '{target}' is no function of an installed rule pack, nor FILE.py:FUNCTION")
        return True

    def add(self, card: Card) -> None:
        """Add a card; raises ``CardError`` where its id is taken."""
        if card.id in self.cards:
            raise CardError(f"{card.origin}:1: the rule {card.id} is already defined by {self.cards[card.id].origin}")
        self.cards[card.id] = card

    def check_of(self, card: Card) -> Check:
        """The function of a rule; importing it may raise anything."""
        if card.kind != "python":
            made: Check = import_module(f"acu_lint.rules.kinds.{card.kind}").make(card, self.measures)
            return made
        root = self._folders.get(card.id)
        return (
            _function(str(card.body)) if root is None else self._local_function(str(card.body), Path(card.origin), root)
        )

    def _local_function(self, target: str, file: Path, root: Path) -> Callable[..., Any]:
        """A function that a file of the project names; raises ``CardError``, and whatever its module raises."""
        module, _, name = target.partition(":")
        if not module.endswith(".py"):
            function = _function(target)
            if not _is_of_a_pack(str(getattr(function, "__module__", ""))):
                raise CardError(f"{file}: '{target}' is no function of an installed rule pack")
            return function
        path = file.parent / module
        if not path.resolve().is_relative_to(root.resolve()):
            raise CardError(f"{file}: {path} is not below {root}, whose files alone can be trusted")
        # Compiled from the very text that was trusted: a module of the cache could hold anything.
        made = ModuleType(f"acu_lint_local_{path.stem}")
        made.__file__ = os.fspath(path)
        exec(compile(read_bytes(path), os.fspath(path), "exec"), made.__dict__)  # noqa: S102 -- with the user's consent
        found: Callable[..., Any] = getattr(made, name)
        return found

    @cached_property
    def measures(self) -> Mapping[str, Callable[[Document], Any]]:
        """The measures by name; a pack's is imported at its first use."""
        return {**_OWN_MEASURES, **{name: _late(loader) for name, loader in self.measure_loaders.items()}}

    def extractor(self, name: str) -> Callable[..., Any] | None:
        """The function that gives records of a document to a command, as ``references`` does; None: no pack has it."""
        return self.extractor_loaders[name]() if name in self.extractor_loaders else None


def _installed() -> list[tuple[str, str]]:
    """Name and package of the packs of other distributions, sorted."""
    if not any(map(_has_packs, sys.path)):
        return []
    from importlib.metadata import entry_points  # noqa: PLC0415 -- 15 ms that a run pays only where there is a pack

    return sorted((point.name, point.value) for point in entry_points(group=GROUP) if point.value != CORE)


def _is_of_a_pack(module: str) -> bool:
    """Whether a module belongs to an installed pack, the only code that the project's own cards may name."""
    packages = (CORE, *(package for _, package in _installed()))
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def _has_packs(folder: str) -> bool:
    """Whether a place on the import path may hold another distribution's pack; a quick look at its metadata."""
    try:
        names = os.listdir(folder or ".")  # noqa: PTH208 -- half the time, and this is start-up
    except NotADirectoryError:
        return True  # an archive: importlib.metadata can look into it
    except OSError:
        return False
    infos = (name for name in names if name.endswith((".dist-info", ".egg-info")) and not name.startswith("acu_lint-"))
    return any(_names_group(Path(folder, name, "entry_points.txt")) for name in infos)


def _names_group(file: Path) -> bool:
    try:
        return f"[{GROUP}]".encode() in file.read_bytes()
    except OSError:
        return False


def _root(module: str) -> Traversable:
    """The folder of a package's files, also of one in a zip archive."""
    folder = Path(import_module(module).__path__[0])
    if folder.is_dir():
        return folder
    from importlib.resources import files  # noqa: PLC0415 -- 12 ms that few packs need

    return files(module)


def _cards(root: Traversable) -> Iterator[Traversable]:
    """The card files below a folder, in a fixed order, without following links in circles."""
    for item in sorted(root.iterdir(), key=lambda entry: entry.name):
        if item.is_dir() and not (isinstance(item, Path) and item.is_symlink()):
            yield from _cards(item)
        elif item.name.endswith((".yml", ".yaml")) and item.name not in {_MEASURES, _EXTRACTORS}:
            yield item


def _kept_cards(root: Traversable) -> list[Card]:
    """The cards of the first-party pack without examples, as they were last read; none where one is at fault."""

    def contents() -> str:
        return json.dumps([(os.path.relpath(str(file), str(root)), content_of(file)) for file in _cards(root)])

    try:
        kept = json.loads(prepared("cards", contents))
        return [build(content, os.path.join(str(root), name)) for name, content in kept]  # noqa: PTH118 -- as listed
    except (CardError, OSError, TypeError, ValueError):
        return []


def _own_bytes(file: Path) -> bytes:
    """The content of a file of the project; raises ``UnreadableError``, also for a link that leads elsewhere."""
    if why := Tree([file.parent]).why_not(os.fspath(file)):
        raise UnreadableError(why)
    return read_bytes(file)


def _functions_in(text: str) -> dict[str, str]:
    """The lines ``name: module:function`` of a pack's measures or extractors."""
    rows = (line.partition(": ") for line in text.splitlines())
    return {name.strip(): target.strip() for name, _, target in rows if target and not name.startswith("#")}


def _late(loader: Loader) -> Callable[[Document], Any]:
    """A function that is imported when it is first called."""

    def call(doc: Document) -> Any:
        return loader()(doc)

    return call


def _function(target: str) -> Callable[..., Any]:
    module, _, name = target.partition(":")
    function: Callable[..., Any] = getattr(import_module(module), name)
    return function
