"""Find the rules: the first-party pack, other packages' packs, and the project's own cards."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from . import measure
from .card import Card, CardError, read
from .document import Document
from .errors import UsageError, did_you_mean
from .kinds import Check

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

GROUP = "acu_lint.rules"
CORE = "acu_lint_rules"
LOCAL = "project"
_MEASURES = "measures.yml"
_EXTRACTORS = "extractors.yml"
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
    measure_names: dict[str, str] = field(default_factory=dict)
    extractor_names: dict[str, str] = field(default_factory=dict)
    allow_local_code: bool = False
    examples: bool = True  # whether packages' cards are read with their examples

    @classmethod
    def load(
        cls,
        rule_paths: Sequence[Path] = (),
        *,
        allow_local_code: bool = False,
        require_packs: Sequence[str] = (),
        examples: bool = True,
    ) -> Registry:
        """Load all packs and the cards below ``rule_paths``; what fails is told and stops nothing.

        Raises ``UsageError`` where a rule path is not there or a required pack cannot be used.
        """
        registry = cls(allow_local_code=allow_local_code, examples=examples)
        if importlib.util.find_spec(CORE):
            registry.add_package("core", CORE)
        for name, module in _installed():
            registry.add_package(name, module)
        for path in rule_paths:
            if not path.is_dir():
                raise UsageError(f"rule-paths: there is no folder {path}")
            registry.add_folder(LOCAL, path, registry.local_faults)
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
        try:
            root = _root(module)
        except (Exception, SystemExit) as error:  # noqa: BLE001 -- a stranger's import may raise anything
            fault = f"{type(error).__name__}: {error}"
            self.packs.append(Pack(name, module, fault=fault))
            self.faults.append(f"the rule pack '{name}' ({module}) is left out: {fault}")
        else:
            self.add_folder(name, root, self.faults)

    def add_folder(self, name: str, root: Traversable, faults: list[str]) -> None:
        """Add every card below a folder; faulty cards are left out and told in ``faults``."""
        before = len(self.cards)
        for file in _cards(root):
            try:
                self.add(read(file, examples=self.examples or faults is self.local_faults))
            except (CardError, OSError) as error:
                faults.append(str(error))
        self.packs.append(Pack(name, str(root), len(self.cards) - before))
        for file_name, names in ((_MEASURES, self.measure_names), (_EXTRACTORS, self.extractor_names)):
            if (table := root / file_name).is_file():
                names.update(_read_functions(table))

    def add(self, card: Card) -> None:
        """Add a card; raises ``CardError`` where its id is taken."""
        if card.id in self.cards:
            raise CardError(f"{card.origin}:1: the rule {card.id} is already defined by {self.cards[card.id].origin}")
        self.cards[card.id] = card

    def check_of(self, card: Card) -> Check:
        """The function of a rule; importing it may raise anything."""
        if card.kind != "python":
            made: Check = import_module(f".kinds.{card.kind}", __package__).make(card, self.measures)
            return made
        module, _, name = str(card.body).partition(":")
        if module.endswith(".py"):
            return self._local_check(card, module, name)
        function: Check = getattr(import_module(module), name)
        return function

    def _local_check(self, card: Card, file: str, name: str) -> Check:
        if not self.allow_local_code:
            raise CardError(f"{card.origin}: rules in Python need 'allow-local-code = true' in the configuration")
        path = Path(card.origin).parent / file
        spec = importlib.util.spec_from_file_location(f"acu_lint_local_{path.stem}", path)
        if spec is None or spec.loader is None:
            raise CardError(f"{card.origin}: cannot import {path}")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        function: Check = getattr(module, name)
        return function

    @cached_property
    def measures(self) -> Mapping[str, Callable[[Document], Any]]:
        """The measures by name; a pack's is imported at its first use."""
        return {**_OWN_MEASURES, **{name: _late(target) for name, target in self.measure_names.items()}}

    def extractor(self, name: str) -> Callable[..., Any] | None:
        """The function that gives records of a document to a command, as ``references`` does; None: no pack has it."""
        return _function(self.extractor_names[name]) if name in self.extractor_names else None


def _installed() -> list[tuple[str, str]]:
    """Name and package of the packs of other distributions, sorted."""
    if not any(map(_has_packs, sys.path)):
        return []
    from importlib.metadata import entry_points  # noqa: PLC0415 -- 15 ms that a run pays only where there is a pack

    return sorted((point.name, point.value) for point in entry_points(group=GROUP) if point.value != CORE)


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


def _read_functions(file: Traversable) -> dict[str, str]:
    """The lines ``name: module:function`` of a pack's measures or extractors."""
    rows = (line.partition(": ") for line in file.read_text(encoding="utf-8").splitlines())
    return {name.strip(): target.strip() for name, _, target in rows if target and not name.startswith("#")}


def _late(target: str) -> Callable[[Document], Any]:
    """A function that is imported when it is first called."""

    def call(doc: Document) -> Any:
        return _function(target)(doc)

    return call


def _function(target: str) -> Callable[..., Any]:
    module, _, name = target.partition(":")
    function: Callable[..., Any] = getattr(import_module(module), name)
    return function
