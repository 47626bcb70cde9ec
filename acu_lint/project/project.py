"""Projects: a configuration with its rules, its corpus and its settings for files, each made when first needed."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from acu_lint.document.document import Document
from acu_lint.document.flavour import Flavour
from acu_lint.document.vocabulary import Vocabulary
from acu_lint.engine.engine import Engine
from acu_lint.parse import parse
from acu_lint.project.config import Config, Layer, find, load
from acu_lint.project.discovery import left_out
from acu_lint.project.flavours import Flavours, Generator
from acu_lint.project.paths import shown
from acu_lint.project.settings import check_names, settings_of, shared_of, vocabulary_of
from acu_lint.project.site_files import SiteFiles
from acu_lint.project.trust import CHANGED, TRUSTED, state_of
from acu_lint.rules.finding import Skipped
from acu_lint.rules.options import taken, validated
from acu_lint.rules.registry import Registry
from acu_lint.system.errors import GitError, UsageError, our_fault
from acu_lint.system.fingerprint import digest
from acu_lint.system.run_context import RunContext
from acu_lint.system.tree import repository

if TYPE_CHECKING:
    from acu_lint.corpus.corpus import Corpus
    from acu_lint.corpus.listing import Listing, Scope, Started
    from acu_lint.project.result_cache import ResultCache


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says, the same for every file.

    ``paths`` are the files and folders that were named; ``config`` is a file named by the user; ``isolated`` means no
    configuration file at all; ``examples`` asks for the examples on the rules' cards as well. ``allow_local_code`` is
    consent to run the code of the linted repository.
    """

    paths: tuple[str, ...] = ()
    config: Path | None = None
    isolated: bool = False
    allow_local_code: bool = False
    command_line: Mapping[str, Any] = field(default_factory=dict)
    today: datetime.date = field(default_factory=datetime.date.today)
    examples: bool = False


class Trouble:
    """What a run has to tell beside its findings."""

    def __init__(self) -> None:
        self.notes: list[str] = []  # a stranger's broken pack: told once, nothing else
        self.faults: list[str] = []  # what the user can mend, and what broke down: the run ends with status 2


class Projects:
    """The projects of a run: that of a file has the configuration that was named, else the nearest above the file."""

    def __init__(self, options: Options, context: RunContext | None = None) -> None:
        """``context`` is for a run that may compare articles: git then lists them from the first moment on."""
        self.options = options
        self.context = context
        self.trouble = Trouble()
        self.results: ResultCache | None = None
        self.checked: frozenset[str] = frozenset()
        self._of_folder: dict[Path, Project | UsageError] = {}
        self._loaded: dict[Path, Project | UsageError] = {}

    @property
    def here(self) -> Project:
        """The project of files in the working folder; raises ``UsageError``."""
        return self.of("./x")

    def of(self, path: str) -> Project:
        """The project of a file, which need not exist; raises ``UsageError`` where its configuration is wrong."""
        folder = Path(os.path.abspath(path)).parent  # noqa: PTH100 -- resolve() would follow links
        if folder not in self._of_folder:
            file = self.options.config
            if file is None and not self.options.isolated:
                file = find(folder)
            # Without a file the settings are the same everywhere, but an article is compared with its own repository.
            root = file or repository(folder) or Path(folder.anchor)
            if root not in self._loaded:
                self._loaded[root] = self._load(file, root)
            self._of_folder[folder] = self._loaded[root]
        found = self._of_folder[folder]
        if isinstance(found, UsageError):
            raise found
        return found

    def _load(self, file: Path | None, root: Path) -> Project | UsageError:
        """The project of a configuration file, or what is wrong with it."""
        try:
            config = load(file, root=root, command_line=self.options.command_line)
            project = Project(config, self)
            if self.context:
                project.start_listing()
            project.check_names()
        except UsageError as error:
            return error
        except Exception as error:  # noqa: BLE001 -- it costs the files below it only
            return UsageError(f"{shown(file or root)}: {our_fault(error)}")
        return project

    @property
    def configs(self) -> list[Config]:
        """The configurations of all projects that were met so far."""
        return [project.config for project in self._loaded.values() if isinstance(project, Project)]

    def settings_for(self, path: str) -> FileSettings:
        """The settings of a file; raises ``UsageError``."""
        return self.of(path).settings_for(path)

    def excludes(self, path: Path, *, is_folder: bool = False) -> bool:
        """Whether the configuration leaves a file or folder out; one that cannot be used is told with its files."""
        try:
            return self.of(str(path)).config.excludes(path, is_folder=is_folder)
        except UsageError:
            return False

    def includes(self, path: Path) -> bool:
        """Whether the configuration says that a file is an article, whatever it looks like."""
        try:
            return self.of(str(path)).config.includes(path)
        except UsageError:
            return False

    def will_check(self, files: Iterable[str]) -> None:
        """Tell which files this run lints, so that a pair of duplicates is reported once."""
        self.checked = frozenset(files)

    def mend_indexes(self) -> None:
        """Remove the index of each corpus that is damaged, which breaks the rules that read it."""
        for project in self._loaded.values():
            if isinstance(project, Project):
                project.mend_index()


class Project:
    """One configuration: its rules, its corpus, and the settings of its files."""

    def __init__(self, config: Config, projects: Projects) -> None:
        """``projects`` are those of the run, whose options and trouble they share."""
        self.config = config
        self._projects = projects
        self._corpus: Corpus | None = None
        self._state: tuple[frozenset[str], str | None] | None = None
        self._settings: dict[tuple[int, ...], FileSettings] = {}
        self.flavours = Flavours()
        self.sites = SiteFiles(projects.options.paths)

    # --- rules ---------------------------------------------------------------------------

    @cached_property
    def registry(self) -> Registry:
        """The rules that the configuration can use."""
        config, options, trouble = self.config, self._projects.options, self._projects.trouble
        registry = Registry.load(
            config.rule_paths,
            may_run_local_code=self.trust == TRUSTED,
            require_packs=tuple(config.merged("require-packs")),
            examples=options.examples,
        )
        if registry.refused:
            registry.local_faults.append(_refusal(config.root, registry.refused, self.trust))
        trouble.notes.extend([note for note in registry.faults if note not in trouble.notes])
        trouble.faults.extend(registry.local_faults)
        return registry

    @cached_property
    def trust(self) -> str:
        """Whether code of the linted repository may run: with the user's consent, never with the repository's own."""
        if self._projects.options.allow_local_code or not self.config.rule_paths:
            return TRUSTED
        return state_of(self.config.root, self.config.rule_paths)

    def check_names(self) -> None:
        """Check the rules that the configuration names, unless a missing one may be one that could not be loaded.

        Raises ``UsageError``.
        """
        registry = self.registry
        if not registry.faults and not registry.local_faults:
            check_names(self.config, registry.cards)

    # --- settings of files ---------------------------------------------------------------

    def settings_for(self, path: str) -> FileSettings:
        """The settings of a file: the same object for all files that the same overrides apply to."""
        overrides = self.config.overrides_of(path)
        if overrides not in self._settings:
            self._settings[overrides] = FileSettings(self, self.config.layers_with(overrides))
        return self._settings[overrides]

    @property
    def today(self) -> datetime.date:
        """The day of the run."""
        return self._projects.options.today

    @property
    def results(self) -> ResultCache | None:
        """The results that are kept from run to run, where they are to be used."""
        return self._projects.results

    def add_fault(self, *faults: str) -> None:
        """Note what the user can mend."""
        self._projects.trouble.faults.extend(faults)

    # --- the corpus ----------------------------------------------------------------------

    @cached_property
    def has_corpus(self) -> bool:
        """Whether the configuration names a corpus, or git knows one."""
        return bool(self.config.corpus.get("include")) or repository(self.config.root) is not None

    @cached_property
    def scope(self) -> Scope | None:
        """Which files are the corpus, where the configuration names one or git knows one."""
        if not self.has_corpus:
            return None
        from acu_lint.project.corpus_index import scope_of  # noqa: PLC0415 -- only where articles may be compared

        return scope_of(self.config)

    def start_listing(self) -> None:
        """Let git list the articles of the corpus, if there is one, while this process does something else."""
        _ = self._listing

    @cached_property
    def _listing(self) -> Started | None:
        if self.scope is None:
            return None
        from acu_lint.corpus.listing import Started  # noqa: PLC0415 -- only where articles may be compared

        return Started(self.scope)

    @property
    def listing(self) -> Listing | None:
        """The articles of the corpus, where there is one; raises ``GitError`` where git refuses to list them."""
        if isinstance(self._listed, GitError):
            raise self._listed
        return self._listed

    @cached_property
    def _listed(self) -> Listing | GitError | None:
        try:
            return self._listing.listing() if self._listing else None
        except GitError as error:
            return error

    @property
    def corpus_state(self) -> str | None:
        """What rules that compare articles depend on beside the article, in short; None where that is unknown."""
        checked = self._projects.checked
        if self._state is None or self._state[0] is not checked:
            self._state = checked, self._state_of(checked)
        return self._state[1]

    def _state_of(self, checked: frozenset[str]) -> str | None:
        try:
            listing = self.listing
        except GitError:
            return None
        if listing is None or self.scope is None:
            return None
        names = "\0".join(sorted(checked))
        told = (str(listing.root), self.scope.key, listing.in_git, names)
        return digest(repr(told).encode(errors="surrogatepass"), listing.tracked, listing.changed).hex()

    @property
    def corpus(self) -> Corpus:
        """The articles that the configuration names, whatever files are linted.

        Raises ``GitError`` where git refuses to list them.
        """
        if self._corpus is None:
            from acu_lint.project.corpus_index import open_corpus  # noqa: PLC0415 -- only where articles are compared

            projects = self._projects
            keys = self.registry.extractor("index_keys")
            context = projects.context or RunContext()
            listed = (self.scope, self.listing) if self.scope and self.listing else None
            self._corpus = open_corpus(self.config, listed, keys, context, projects.checked)
        return self._corpus

    def compared_with(self) -> Corpus:
        """The corpus that files are compared with; where git refuses to list it that is a fault, and it is empty."""
        try:
            return self.corpus
        except GitError as error:
            from acu_lint.corpus.corpus import Corpus  # noqa: PLC0415 -- only where articles are compared

            self.add_fault(f"articles are not compared with each other: {error}")
            self._corpus = Corpus()
            return self._corpus

    def mend_index(self) -> None:
        """Remove the index of the corpus if it was opened and is damaged."""
        from acu_lint.corpus.index.file import remove_damaged  # noqa: PLC0415 -- hardly ever needed

        file = self._corpus.store.file if self._corpus is not None else None
        if file and remove_damaged(file):
            self._projects.trouble.notes.append(
                "the index of the articles was damaged and is removed: run acu-lint again"
            )


class FileSettings:
    """What holds for those files of a project that the same layers apply to."""

    def __init__(self, project: Project, layers: Sequence[Layer]) -> None:
        self.project = project
        self.layers = layers

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of the project; raises ``UsageError`` for a file of approved claims that cannot be used."""
        return vocabulary_of(self.layers)

    @cached_property
    def engine(self) -> Engine:
        """The rules made ready; raises ``UsageError`` for wrong options."""
        project = self.project
        settings = settings_of(project.registry.cards.values(), self.layers)
        engine = Engine(project.registry, settings, project.compared_with if project.scope else None)
        project.add_fault(*engine.faults)
        return engine

    def prepare(self) -> None:
        """Make the rules ready now, or know that they can be; raises ``UsageError`` for wrong options."""
        results = self.project.results
        if results is None:
            _ = self.engine
        elif not results.knows(self) and not self.engine.faults:
            results.note_ready(self)

    @property
    def engine_faults(self) -> bool:
        """Whether rules that were made ready are not all there."""
        return "engine" in self.__dict__ and bool(self.engine.faults)

    def generator(self, path: str) -> Generator | None:
        """What makes pages of a file: the generator that is set, else the one that the repository tells."""
        found = self.project.flavours.of(path)
        layer = next((layer for layer in reversed(self.layers) if "flavour" in layer.values), None)
        if layer is None:
            return found
        flavour = Flavour(layer.values["flavour"])
        return Generator(flavour, layer.origin, found.anchors if found and found.flavour is flavour else flavour)

    def document(self, path: str, text: str) -> Document:
        """The document of a text, with the words of its project and in the flavour of its generator."""
        project = self.project
        flavour, _, anchors = self.generator(path) or (Flavour.ANY, "", None)
        return parse(
            path, text, today=project.today, vocabulary=self.vocabulary, flavour=flavour, anchors=anchors,
            site=project.sites.of(path),
        )  # fmt: skip

    def left_out(self, doc: Document) -> Skipped | None:
        """Why a document is not linted: it is no article, or a draft, and the configuration leaves drafts out."""
        why = self.project.config.why_left_out(doc, Path(doc.path))
        return left_out(doc.path, why) if why else None

    def extract(self, name: str, doc: Document) -> Any:
        """What a pack's extractor says about a document, with the options of these settings; None: no pack has it."""
        function = self.project.registry.extractor(name)
        if function is None:
            return None
        options = taken(function, shared_of(self.layers))
        return function(doc, **validated(name, function, options))


def _refusal(root: Path, refused: Sequence[str], state: str) -> str:
    """One line about code of the project that is not run, and how it can be."""
    files = list(dict.fromkeys(refused))
    names = f"{files[0]} and {len(files) - 1} more" if len(files) > 1 else files[0]
    why = "it has changed since you trusted it" if state == CHANGED else "only you can allow that, no repository can"
    return f"{names}: not run, because {why}: read it, then run 'acu-lint trust {root}', or add --allow-local-code"
