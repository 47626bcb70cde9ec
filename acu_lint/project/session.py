"""One run: configurations found, rules loaded, files linted, in one process or several."""

from __future__ import annotations

import datetime
import gc
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from acu_lint.document.document import Document
from acu_lint.document.vocabulary import Vocabulary
from acu_lint.engine.engine import FAILED, Engine
from acu_lint.parse import parse
from acu_lint.project import config as configuration
from acu_lint.project import settings as meaning
from acu_lint.project.config import Config
from acu_lint.project.discovery import Discovery, discover, read
from acu_lint.project.paths import shown
from acu_lint.project.trust import CHANGED, TRUSTED, state_of
from acu_lint.rules.card import CardError
from acu_lint.rules.finding import Change, Finding, Severity, Skipped
from acu_lint.rules.options import taken, validated
from acu_lint.rules.registry import Registry
from acu_lint.system.errors import GitError, UsageError, our_fault
from acu_lint.system.run_context import RunContext
from acu_lint.system.tree import Tree, UnreadableError, repository

if TYPE_CHECKING:
    from acu_lint.corpus.corpus import Corpus
    from acu_lint.corpus.listing import Scope, Started

# Starting workers costs some 50 ms, a file of 10 KB some 5 ms: below this many files one process is faster.
_MIN_FILES_FOR_JOBS = 40


_FILES_BETWEEN_COLLECTIONS = 100  # what parsers leave behind is some 60 KB an article

T = TypeVar("T")


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


@dataclass(frozen=True, slots=True)
class FileResult:
    """What came of one file: findings, or why it was skipped; and what was mended in it."""

    findings: tuple[Finding, ...] = ()
    skipped: Skipped | None = None
    change: Change | None = None


def result_of(one: FileResult | Skipped) -> FileResult:
    """What came of a file that may have been skipped."""
    return FileResult(skipped=one) if isinstance(one, Skipped) else one


@dataclass
class Run:
    """What came of a whole run."""

    findings: list[Finding] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    files: int = 0
    changes: list[Change] = field(default_factory=list)

    def count(self, severity: Severity) -> int:
        """How many findings have a severity."""
        return sum(finding.severity is severity for finding in self.findings)

    @property
    def rule_failed(self) -> bool:
        """Whether a rule broke down on some file."""
        return any(finding.rule == FAILED for finding in self.findings)


class Session:
    """Configurations, rules and engines of one run, each loaded when the first file needs it."""

    def __init__(self, options: Options, context: RunContext | None = None) -> None:
        """``context`` is for a run that may compare articles: git then lists them from the first moment on."""
        self.options = options
        self.tree = Tree(options.paths or ["."])
        self._context = context
        self._scopes: dict[int, Scope | None] = {}
        self._started: dict[int, Started] = {}
        self.notes: list[str] = []  # a stranger's broken pack: told once, nothing else
        self.faults: list[str] = []  # what the user can mend, and what broke down: the run ends with status 2
        self._configs: dict[Path, Config | UsageError] = {}
        self._loaded: dict[Path, Config | UsageError] = {}
        self._registries: dict[tuple[Any, ...], Registry] = {}
        self._engines: dict[tuple[int, tuple[int, ...]], Engine] = {}
        self._vocabularies: dict[tuple[int, tuple[int, ...]], Vocabulary] = {}
        self._corpora: dict[int, Corpus] = {}
        self._checked: frozenset[str] = frozenset()

    def config_for(self, path: str) -> Config:
        """The configuration of a file: the named one, else the nearest above it; raises ``UsageError``."""
        folder = Path(os.path.abspath(path)).parent  # noqa: PTH100 -- resolve() would follow links
        if folder not in self._configs:
            file = self.options.config
            if file is None and not self.options.isolated:
                file = configuration.find(folder)
            # Without a file the settings are the same everywhere, but an article is compared with its own repository.
            key = file or repository(folder) or Path(folder.anchor)
            if key not in self._loaded:
                self._loaded[key] = self._load(file, key)
            self._configs[folder] = self._loaded[key]
        found = self._configs[folder]
        if isinstance(found, UsageError):
            raise found
        return found

    def _load(self, file: Path | None, root: Path) -> Config | UsageError:
        """Read a configuration file, or what is wrong with it."""
        try:
            config = configuration.load(file, root=root, command_line=self.options.command_line)
            if self._context:
                self._start_listing(config)
            self._check_names(config)
        except UsageError as error:
            return error
        except Exception as error:  # noqa: BLE001 -- it costs the files below it only
            return UsageError(f"{shown(file or root)}: {our_fault(error)}")
        return config

    def registry_of(self, config: Config) -> Registry:
        """The rules that a configuration can use; configurations with the same packs share them."""
        required = tuple(config.merged("require-packs"))
        key = (config.root, config.rule_paths, required)
        if key not in self._registries:
            trusted = self.trust_in(config)
            registry = Registry.load(
                config.rule_paths,
                may_run_local_code=trusted == TRUSTED,
                require_packs=required,
                examples=self.options.examples,
            )
            if registry.refused:
                registry.local_faults.append(_refusal(config.root, registry.refused, trusted))
            self._registries[key] = registry
            self.notes += [note for note in registry.faults if note not in self.notes]
            self.faults += registry.local_faults
        return self._registries[key]

    def trust_in(self, config: Config) -> str:
        """Whether code of the linted repository may run: with the user's consent, never with the repository's own."""
        if self.options.allow_local_code or not config.rule_paths:
            return TRUSTED
        return state_of(config.root, config.rule_paths)

    def _check_names(self, config: Config) -> None:
        """Check the rules that a configuration names, unless a missing rule may be one that could not be loaded."""
        registry = self.registry_of(config)
        if not registry.faults and not registry.local_faults:
            meaning.check_names(config, registry.cards)

    def engine_for(self, path: str) -> Engine:
        """The engine with the settings of a file."""
        config = self.config_for(path)
        layers = config.layers_for(path)
        key = (id(config), config.overrides_of(path))
        if key not in self._engines:
            registry = self.registry_of(config)
            settings = meaning.settings_of(registry.cards.values(), layers)
            opener = partial(self.compared_with, config) if self._scope_of(config) else None
            self._engines[key] = Engine(registry, settings, opener)
            self.faults += self._engines[key].faults
        return self._engines[key]

    def first(self, files: Sequence[str]) -> str:
        """The first file whose settings can be used, or the first of all."""
        for file in files:
            with suppress(UsageError):
                self.engine_for(file)
                return file
        return files[0]

    def vocabulary_for(self, path: str) -> Vocabulary:
        """The words of the project for a file."""
        config = self.config_for(path)
        key = (id(config), config.overrides_of(path))
        if key not in self._vocabularies:
            self._vocabularies[key] = meaning.vocabulary_of(config.layers_for(path))
        return self._vocabularies[key]

    def compared_with(self, config: Config) -> Corpus:
        """The corpus that files are compared with; where git refuses to list it that is a fault, and it is empty."""
        try:
            return self.corpus_of(config)
        except GitError as error:
            from acu_lint.corpus.corpus import Corpus  # noqa: PLC0415 -- only where articles are compared

            self.faults.append(f"articles are not compared with each other: {error}")
            self._corpora[id(config)] = Corpus()
            return self._corpora[id(config)]

    def corpus_of(self, config: Config) -> Corpus:
        """The articles that the configuration names, whatever files are linted.

        Raises ``GitError`` where git refuses to list them.
        """
        if id(config) not in self._corpora:
            from acu_lint.project.corpus_index import open_corpus  # noqa: PLC0415 -- only where articles are compared

            self._start_listing(config)
            keys = self.registry_of(config).extractor("index_keys")
            started = self._started.get(id(config))
            context = self._context or RunContext()
            self._corpora[id(config)] = open_corpus(config, started, keys, context, self._checked)
        return self._corpora[id(config)]

    def has_corpus(self, config: Config) -> bool:
        """Whether a configuration names a corpus, or git knows one."""
        return self._scope_of(config) is not None

    def mend_index(self) -> None:
        """Remove the index of a corpus if it is damaged, which breaks the rules that read it."""
        from acu_lint.corpus.index.store import remove_damaged  # noqa: PLC0415 -- hardly ever needed

        for corpus in self._corpora.values():
            file = corpus.store.file
            if file and remove_damaged(file):
                self.notes.append("the index of the articles was damaged and is removed: run acu-lint again")

    def _scope_of(self, config: Config) -> Scope | None:
        """Which files are the corpus, where the configuration names one or git knows one."""
        if not config.corpus.get("include") and not repository(config.root):
            return None
        if id(config) not in self._scopes:
            from acu_lint.project.corpus_index import scope_of  # noqa: PLC0415 -- only where articles may be compared

            self._scopes[id(config)] = scope_of(config)
        return self._scopes[id(config)]

    def _start_listing(self, config: Config) -> None:
        """Let git list the articles of the corpus, if there is one, while this process does something else."""
        scope = self._scope_of(config)
        if scope and id(config) not in self._started:
            from acu_lint.corpus.listing import Started  # noqa: PLC0415

            self._started[id(config)] = Started(scope)

    def will_check(self, files: Iterable[str]) -> None:
        """Tell which files this run lints, so that a pair of duplicates is reported once."""
        self._checked = frozenset(files)

    def excludes(self, path: Path) -> bool:
        """Whether the configuration leaves a file or folder out; one that cannot be used is told with its files."""
        try:
            return self.config_for(str(path)).excludes(path)
        except UsageError:
            return False

    def read(self, path: str) -> str:
        """The text of a file; raises ``UnreadableError``, also for one outside of the tree that the user named."""
        if why := self.tree.why_not(path):
            raise UnreadableError(why)
        return read(path, max_megabytes=self.config_for(path).value("max-file-size"))

    def attempt(self, path: str, work: Callable[[], T]) -> T | Skipped:
        """What comes of work on a file; whatever goes wrong costs this file only, and is a fault if it is not its."""
        try:
            return work()
        except UnreadableError as error:
            return Skipped(path, str(error))
        except (UsageError, CardError) as error:  # the settings or rules of its folder
            self.faults.append(str(error))
            return Skipped(path, str(error))
        except Exception as error:  # noqa: BLE001 -- the other files are linted all the same
            told = our_fault(error)
            self.faults.append(f"{path}: {told}")
            return Skipped(path, told)

    def parse(self, path: str) -> Document | Skipped:
        """The document of a file, or why there is none."""
        return self.attempt(path, lambda: self.document(path, self.read(path)))

    def document(self, path: str, text: str) -> Document:
        """The document of a text, with the words of its project."""
        return parse(path, text, today=self.options.today, vocabulary=self.vocabulary_for(path))

    def extract(self, name: str, doc: Document) -> Any:
        """What a pack's extractor says about a document, as the settings of its path say; None: no pack has it."""
        config = self.config_for(doc.path)
        function = self.registry_of(config).extractor(name)
        if function is None:
            return None
        options = taken(function, meaning.shared_of(config.layers_for(doc.path)))
        return function(doc, **validated(name, function, options))

    def lint_file(self, path: str) -> FileResult:
        """Lint a file; what cannot be read is skipped with the reason."""
        return result_of(self.attempt(path, lambda: self.lint_text(path, self.read(path))))

    def lint_text(self, path: str, text: str) -> FileResult:
        """Lint a text as the file at ``path``."""
        doc = self.document(path, text)
        if self.config_for(path).value("skip-drafts") and is_draft(doc):
            return FileResult(skipped=Skipped(path, "a draft ('skip-drafts' is on)", unread=False))
        findings = tuple(self.engine_for(path).check(doc))
        doc.release()
        return FileResult(findings)


def _refusal(root: Path, refused: Sequence[str], state: str) -> str:
    """One line about code of the project that is not run, and how it can be."""
    files = list(dict.fromkeys(refused))
    names = f"{files[0]} and {len(files) - 1} more" if len(files) > 1 else files[0]
    why = "it has changed since you trusted it" if state == CHANGED else "only you can allow that, no repository can"
    return f"{names}: not run, because {why}: read it, then run 'acu-lint trust {root}', or add --allow-local-code"


def is_draft(doc: Document) -> bool:
    """Whether front matter says that an article is not published yet."""
    return doc.meta.data.get("draft") is True or doc.meta.data.get("published") is False


def find_files(session: Session) -> Discovery:
    """The files to lint among what the user named, by default those of the working folder."""
    return discover(session.options.paths or ["."], session.excludes, session.tree)


def run(
    session: Session,
    files: Sequence[str],
    work: Callable[[Session, str], FileResult] = Session.lint_file,
    *,
    jobs: int = 1,
    tick: Callable[[int], object] = int,
) -> Run:
    """Lint files, or do ``work`` with each, in ``jobs`` processes; ``tick`` is told how many more are done."""
    result = Run(files=len(files))
    for chunk in each(session, files, work, jobs=jobs):
        for one in chunk:
            result.findings += one.findings
            if one.skipped:
                result.skipped.append(one.skipped)
            if one.change:
                result.changes.append(one.change)
        tick(len(chunk))
    result.files -= len(result.skipped)
    result.findings.sort(key=lambda finding: finding.sort_key)
    return result


def each(session: Session, files: Sequence[str], work: Callable[[Session, str], T], *, jobs: int) -> Iterator[list[T]]:
    """What ``work`` gives for each file, in order and in chunks, in ``jobs`` processes.

    ``work`` is a function at the top of a module, so that another process can find it by its name.
    """
    session.will_check(files)
    if files:
        session.engine_for(session.first(files))
    gc.freeze()
    gc.disable()  # documents are released when they are done; looking for what they left behind takes a quarter
    parallel = jobs > 1 and len(files) >= _MIN_FILES_FOR_JOBS
    chunks = _in_processes(session, files, work, jobs) if parallel else ([work(session, file)] for file in files)
    for number, chunk in enumerate(chunks, 1):
        yield chunk
        if number % _FILES_BETWEEN_COLLECTIONS == 0:
            gc.collect()


# --- several processes -------------------------------------------------------------------

_worker: Session | None = None  # what a forked worker inherits


def _in_processes(
    session: Session, files: Sequence[str], work: Callable[[Session, str], T], jobs: int
) -> Iterator[list[T]]:
    """Do the work on chunks of files in worker processes, in order.

    Forked workers share what is loaded already (rules, corpus); elsewhere each worker loads its own.
    """
    from acu_lint.system.processes import in_order  # noqa: PLC0415 -- only some runs need it

    global _worker  # noqa: PLW0603 -- what a forked worker inherits
    _worker = session
    first = session.first(files)
    if session.engine_for(first).compares:
        session.compared_with(session.config_for(first))  # opened once, here, and not once in every worker
    size = max(1, min(50, len(files) // (jobs * 4)))
    chunks = [files[at : at + size] for at in range(0, len(files), size)]
    start = partial(_started, session.options, tuple(files), work)
    do, lost = partial(_do_chunk, session, work), partial(_tell_lost, session)
    for results, faults in in_order(chunks, start, do, lost, jobs=jobs):
        session.faults += faults
        yield results


def _started(
    options: Options, files: tuple[str, ...], work: Callable[[Session, str], T]
) -> Callable[[Sequence[str]], tuple[list[T], list[str]]]:
    """What a worker process does with a chunk of files."""
    session = _worker
    if session is None:
        session = Session(options)
        session.will_check(files)
    return partial(_do_chunk, session, work)


def _do_chunk(session: Session, work: Callable[[Session, str], T], files: Sequence[str]) -> tuple[list[T], list[str]]:
    return [work(session, file) for file in files], session.faults


def _tell_lost(session: Session, files: Sequence[str]) -> None:
    from acu_lint.system.processes import told  # noqa: PLC0415

    tell = session._context.tell if session._context else session.notes.append
    tell(told(files[0], files[-1]))
