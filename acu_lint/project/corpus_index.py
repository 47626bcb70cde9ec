"""Where the corpus of a configuration is, how its articles are read, and where its index is kept."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from acu_lint import __version__
from acu_lint.corpus.corpus import Corpus
from acu_lint.corpus.extract import KeysOf
from acu_lint.corpus.index.refresh import Reader, Work, open_index
from acu_lint.corpus.index.store import Store
from acu_lint.corpus.listing import Listing, Scope, Started
from acu_lint.document.document import Document
from acu_lint.parse import format_of
from acu_lint.project.config import Config
from acu_lint.project.discovery import decode, discover
from acu_lint.project.file_kinds import Folders
from acu_lint.project.paths import own_globs
from acu_lint.system.folders import cache_folder
from acu_lint.system.run_context import RunContext
from acu_lint.system.tree import MEGABYTE, Tree, never_read, repository


def scope_of(config: Config) -> Scope | None:
    """Which files are the corpus: those that the configuration includes, else all that git lists; else none."""
    include = config.corpus.get("include")
    root = config.root if include else repository(config.root)
    if root is None:
        return None
    looked_at = Folders()
    included, left_out = own_globs(include or ()), own_globs(config.corpus.get("exclude", ()))

    def fits(name: str) -> bool:
        if never_read(name.split("/")[:-1]):
            return False
        if include and not included.match_file(name):
            return False
        path = root / name
        if left_out.match_file(name) or config.excludes(path):
            return False
        return not looked_at.of_file(path) or config.includes(path)

    patterns = (include, config.corpus.get("exclude"), config.merged("include"), config.merged("exclude"))
    said = (*patterns, config.value("max-file-size"))
    in_git = repository(root) is not None
    walk = (lambda: _below(root, config)) if include else None
    return Scope(root, fits, repr(said), in_git, walk, int(config.value("max-file-size") * MEGABYTE))


def _below(root: Path, config: Config) -> Iterable[str]:
    """All articles below a folder, where git cannot list them."""
    found = discover([os.fspath(root)], config)
    return [os.path.relpath(file, root).replace(os.sep, "/") for file in found.files]


def work_of(config: Config, listing: Listing, scope: Scope, keys: KeysOf | None, context: RunContext) -> Work:
    """What is to be done to bring an index in line with a listing; ``keys`` is a pack's extractor."""
    limit = config.value("max-file-size") * MEGABYTE
    key = f"{_named(keys) if keys else ''} {config.merged('include')} {config.value('skip-drafts')}"
    reader = Reader(decode, int(limit), keys, key, partial(_leaves_out, config, scope.root))
    return Work(listing, scope.fits, scope.key, reader, context.jobs, context.progress, context.tell)


def _leaves_out(config: Config, root: Path, doc: Document) -> bool:
    """Whether a document of a corpus is no article; its path is a name in the corpus."""
    return config.why_left_out(doc, root / doc.path) is not None


def _named(keys: KeysOf) -> str:
    """An extractor and the version of its keys: an index that was made with others is not used."""
    version = getattr(sys.modules.get(keys.__module__), "VERSION", "")
    return f"{keys.__module__}.{keys.__qualname__} {version} {__version__}"


class Articles:
    """The texts of an index, as its listing has them."""

    def __init__(self, store: Store, work: Work) -> None:
        self._store, self._listing, self._reader, self._fits = store, work.listing, work.reader, work.fits

    def name(self, path: str) -> str:
        """The name of a file, however its path is written."""
        return self._listing.name(path)

    def path(self, name: str) -> str:
        """The path of an article as a user would write it."""
        return self._listing.path(name)

    def text(self, name: str) -> str | None:
        """The text of an article; None where it cannot be read."""
        content = self._store.contents_of([name]).get(name)
        raw = self._listing.read(name, content) if content else None
        return None if raw is None else self._reader.text(raw)

    def unread(self) -> Sequence[str]:
        """The paths of files that are listed and cannot be read as articles."""
        listed = {os.fsdecode(name) for name, content in self._listing.ids().items() if content}
        fitting = [name for name in listed if format_of(name) and self._fits(name)]
        return sorted(map(self.path, set(fitting) - self._store.contents_of(fitting).keys()))


def open_corpus(
    config: Config,
    listed: tuple[Scope, Listing] | None,
    keys: KeysOf | None,
    context: RunContext,
    checked: Iterable[str],
) -> Corpus:
    """The articles of a corpus, from an index that is brought in line with them."""
    if listed is None:
        return Corpus()
    scope, listing = listed
    work = work_of(config, listing, scope, keys, context)
    store = open_index(work, cache_folder() if context.is_kept else None)
    shared = config.corpus.get("shared-blocks", ())
    return Corpus.of(store, Articles(store, work), checked=checked, shared_blocks=shared)


class _Given(Articles):
    """Articles that were named one by one: findings tell their paths as they were given."""

    def __init__(self, store: Store, work: Work, given: Mapping[str, str]) -> None:
        super().__init__(store, work)
        self._given = given

    def path(self, name: str) -> str:
        return self._given[name]


def open_files(config: Config, files: Iterable[str], tree: Tree, context: RunContext) -> Corpus:
    """A corpus of some files of a tree and no others, its index in memory."""
    root = Path.cwd()
    given = {os.path.relpath(file, root).replace(os.sep, "/"): file for file in files}
    scope = Scope(root, given.__contains__, "", in_git=False, walk=lambda: given, tree=tree)
    work = work_of(config, Started(scope).listing(), scope, None, context)
    store = open_index(work, None)
    return Corpus.of(store, _Given(store, work, given), shared_blocks=config.corpus.get("shared-blocks", ()))
