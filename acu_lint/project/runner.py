"""The way of a file through a run, from the top down.

``find_files`` finds the files; ``run`` and ``each`` do the same work with each of them, in one process or several, and
give the results in order; ``lint_file`` is that work; ``attempt`` makes sure that whatever goes wrong with a file costs
this file only.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from acu_lint.document.document import Document
from acu_lint.project.discovery import IGNORED, Discovery, discover, left_out, never_entered, read
from acu_lint.project.file_kinds import Folders
from acu_lint.project.gitignore import is_ignored
from acu_lint.project.project import FileSettings, Options, Projects
from acu_lint.project.result_cache import Looked, Made, ResultCache, Work, unpacked
from acu_lint.project.results import FileResult, Run, result_of, result_of_findings
from acu_lint.project.workers import Part, in_processes, pays, size_of
from acu_lint.rules.card import CardError
from acu_lint.rules.finding import Finding, Skipped
from acu_lint.system.errors import UsageError, our_fault
from acu_lint.system.folders import cache_folder
from acu_lint.system.processes import tidy
from acu_lint.system.run_context import Progress, RunContext, Tick, silent
from acu_lint.system.tree import Tree, UnreadableError

T = TypeVar("T")


class NoArticleError(Exception):
    """A file that is not to be linted; ``skipped`` says why."""

    def __init__(self, skipped: Skipped) -> None:
        super().__init__(skipped.reason)
        self.skipped = skipped


class Runner:
    """One run: the projects that its files belong to, and what is done with each file."""

    def __init__(self, options: Options, context: RunContext | None = None, *, keeps_results: bool = False) -> None:
        """``context`` is for a run that may compare articles: git then lists them from the first moment on.

        With ``keeps_results`` what comes of a file is kept in the user's cache folder (see ``kept_each``).
        """
        self.projects = Projects(options, context)
        if keeps_results:
            self.projects.results = ResultCache(cache_folder())
        self.options = options
        self.trouble = self.projects.trouble
        self.tree = Tree(options.paths or ["."])
        self.is_worker = False  # of another process, to which its results are sent
        self.context = context

    # --- which files ---------------------------------------------------------------------

    def find_files(self) -> Discovery:
        """The files among what the user named, by default those of the working folder."""
        by_hand = os.environ.get("PRE_COMMIT") != "1"  # a hook names all files of a commit
        return discover(self.options.paths or ["."], self.projects, self.tree, by_hand=by_hand)

    def left_out(self, path: str) -> Skipped | None:
        """Why a run over its folder does not read a file, as far as its name and its folders tell."""
        full = Path(os.path.abspath(path))  # noqa: PTH100 -- resolve() would follow links
        if self.projects.excludes(Path(path)):
            return Skipped(path, "'exclude' leaves it out", unread=False)
        if never := never_entered(full):
            return Skipped(path, f"it is in '{never}', which is not read", unread=False)
        if is_ignored(full, is_folder=False):
            return Skipped(path, IGNORED, unread=False)
        why = Folders().of_file(full)
        return left_out(path, why) if why and not self.projects.includes(Path(path)) else None

    def unmatched(self, found: Discovery) -> list[str]:
        """A line for each pattern of a configuration that matches none of the files that were found."""
        configs = [config for config in self.projects.configs if config.own]
        if not configs:
            return []
        from acu_lint.project.unmatched import unmatched  # noqa: PLC0415 -- only where there is a configuration file

        return [line for config in configs for line in unmatched(config, found, self.options.paths or ["."])]

    # --- all files -----------------------------------------------------------------------

    def run(
        self,
        files: Sequence[str],
        work: Callable[[Runner, str], FileResult] | Work[tuple[Finding, ...]] | None = None,
        *,
        jobs: int = 1,
        progress: Progress = silent,
    ) -> Run:
        """Lint files, or do other ``work`` with each, in ``jobs`` processes."""
        result = Run()
        if isinstance(work, Work):
            for found in self.kept_each(files, work, jobs=jobs, progress=progress):
                result.add(result_of_findings(found))
        else:
            for one in self.each(files, work or Runner.lint_file, jobs=jobs, progress=progress):
                result.add(one)
        result.findings.sort(key=lambda finding: finding.sort_key)
        return result

    def each(
        self,
        files: Sequence[str],
        work: Callable[[Runner, str], T],
        *,
        jobs: int = 1,
        progress: Progress = silent,
        once: bool = True,
    ) -> Iterator[T]:
        """What ``work`` gives for each file, in order, in ``jobs`` processes.

        ``work`` is a function at the top of a module, so that another process can find it by its name. With ``once``
        a pair of two of the files that are alike is told on one of them only.
        """
        self.projects.will_check(files if once else ())
        # What stands within "with" is short: where memory is used up, CPython 3.11 goes round for ever at the end of a
        # block if the number of the instruction that failed is above 256, since it needs memory to keep it.
        with progress(len(files)) as tick:
            yield from self._done(files, files, work, tick, jobs=jobs, once=once)

    def kept_each(
        self,
        files: Sequence[str],
        work: Work[T],
        *,
        jobs: int = 1,
        progress: Progress = silent,
        once: bool = True,
    ) -> Iterator[T | Skipped]:
        """As ``each``, for work whose results are kept: all files are looked up first, and only the others are read."""
        self.projects.will_check(files if once else ())
        _quiet_memory()
        results = self.projects.results
        looked = self._looked_up(files, work) if results else {}
        parts = [(file, looked[file].body if file in looked else b"") for file in files if not _holds(looked, file)]
        with progress(len(files)) as tick:
            made = self._done(parts, files, partial(_make, work), tick, jobs=jobs, once=once, rules=work.rules)
            yield from self._in_turn(files, work, looked, made, tick)

    def _in_turn(
        self, files: Sequence[str], work: Work[T], looked: Mapping[str, Looked], made: Iterator[Made[T]], tick: Tick
    ) -> Iterator[T | Skipped]:
        """What comes of each file: from the entries that hold, or what is ``made`` of the others, in their order."""
        results = self.projects.results
        try:
            for file in files:
                kept: Any = unpacked(work, file, looked[file].body) if _holds(looked, file) else None
                if kept is not None:
                    tick(1)
                    yield kept
                    continue
                one = _make(work, self, (file, b"")) if _holds(looked, file) else next(made)
                if results:
                    results.keep(one)
                new: Any = _new(work, one)
                yield new
        finally:
            if results:
                results.close()

    def _looked_up(self, files: Sequence[str], work: Work[T]) -> dict[str, Looked]:
        """What is kept of files and can be used."""
        found = {}
        for file in files:
            with suppress(Exception):  # whoever reads the file meets it again
                if one := self._look_up(file, work, self.read(file)):
                    found[file] = one
        return found

    def _look_up(self, path: str, work: Work[T], text: str) -> Looked | None:
        results = self.projects.results
        if results:
            with suppress(Exception):  # whoever does the work meets it again, and tells of it
                return results.look_up(work.name, self.settings_for(path), path, text)
        return None

    def kept_text(self, path: str, text: str, work: Work[T]) -> T | Skipped:
        """What comes of a text as the file at ``path``, if it is kept from there; raises what ``attempt`` catches."""
        results = self.projects.results
        looked = self._look_up(path, work, text)
        if looked and looked.holds and (found := unpacked(work, path, looked.body)) is not None:
            return found
        made = self._made(path, text, work, looked.body if looked else b"")
        if results:
            results.keep(made)
            results.close()
        return _new(work, made)

    def _made(self, path: str, text: str, work: Work[T], old: bytes) -> Made[T]:
        """Do some work on a text; ``old`` is an entry that holds but for the corpus."""
        settings = self.settings_for(path)
        if results := self.projects.results:
            return results.make(work, settings, path, text, old)
        doc = settings.document(path, text)
        result = settings.left_out(doc) or work.do(settings, doc)
        doc.release()
        return Made(path, result)

    def _done(  # noqa: PLR0913 -- how the parts of a run are done
        self,
        parts: Sequence[Part],
        files: Sequence[str],
        work: Callable[[Runner, Part], T],
        tick: Tick,
        *,
        jobs: int,
        once: bool,
        rules: bool = True,
    ) -> Iterator[T]:
        """What ``work`` gives for each part, in order, in ``jobs`` processes; each part is about one of the files."""
        if not parts:
            return
        if rules:
            self.settings_for(self.first(files)).prepare()
        _quiet_memory()
        sizes = [size_of(part) for part in parts] if jobs > 1 and len(parts) > 1 else []
        if pays(sizes):
            chunks: Iterable[list[T]] = in_processes(self, parts, sizes, files, work, jobs, once=once)
        else:
            chunks = ([work(self, part)] for part in parts)
        yield from _told(chunks, tick)

    def first(self, files: Sequence[str]) -> str:
        """The first file whose settings can be used, or the first of all."""
        for file in files:
            with suppress(UsageError):
                self.settings_for(file).prepare()
                return file
        return files[0]

    # --- one file ------------------------------------------------------------------------

    def lint_file(self, path: str) -> FileResult:
        """Lint a file; what cannot be read is skipped with the reason."""
        return result_of(self.attempt(path, lambda: self.lint_text(path, self.read(path))))

    def attempt(self, path: str, work: Callable[[], T]) -> T | Skipped:
        """What comes of work on a file; whatever goes wrong costs this file only, and is a fault if it is not its."""
        try:
            return work()
        except UnreadableError as error:
            return Skipped(path, str(error))
        except NoArticleError as error:
            return error.skipped
        except (UsageError, CardError) as error:  # the settings or rules of its folder
            self.trouble.faults.append(str(error))
            return Skipped(path, str(error))
        except Exception as error:  # noqa: BLE001 -- the other files are linted all the same
            told = our_fault(error)
            self.trouble.faults.append(f"{path}: {told}")
            return Skipped(path, told)

    def read(self, path: str) -> str:
        """The text of a file; raises ``UnreadableError``, also for one outside of the tree that the user named."""
        if why := self.tree.why_not(path):
            raise UnreadableError(why)
        return read(path, max_megabytes=self.projects.of(path).config.value("max-file-size"))

    def lint_text(self, path: str, text: str) -> FileResult:
        """Lint a text as the file at ``path``."""
        settings = self.settings_for(path)
        doc = settings.document(path, text)
        if skipped := settings.left_out(doc):
            return FileResult(skipped=skipped)
        findings = tuple(settings.engine.check(doc))
        doc.release()
        return FileResult(findings)

    # --- for commands that do something else with a file ---------------------------------

    def settings_for(self, path: str) -> FileSettings:
        """The settings of a file; raises ``UsageError``."""
        return self.projects.settings_for(path)

    def article(self, path: str) -> Document:
        """The document of a file that is an article; raises what ``attempt`` catches."""
        doc = self._document(path)
        if skipped := self.settings_for(path).left_out(doc):
            raise NoArticleError(skipped)
        return doc

    def parse(self, path: str) -> Document | Skipped:
        """The document of a file, an article or not, or why there is none."""
        return self.attempt(path, lambda: self._document(path))

    def _document(self, path: str) -> Document:
        text = self.read(path)
        return self.settings_for(path).document(path, text)


# --- work whose results are kept ---------------------------------------------------------


def _holds(looked: Mapping[str, Looked], file: str) -> bool:
    return file in looked and looked[file].holds


def _make(work: Work[T], runner: Runner, part: tuple[str, bytes]) -> Made[T]:
    """What comes of a file, of which an entry is given that holds but for the corpus, or nothing."""
    path, old = part
    made = runner.attempt(path, lambda: runner._made(path, runner.read(path), work, old))
    if isinstance(made, Skipped):
        return Made(path, made)
    if made.body:
        return made._replace(result=None) if runner.is_worker else made
    if work.light is None or made.result is None or isinstance(made.result, Skipped):
        return made
    return made._replace(result=work.light(made.result))


def _new(work: Work[T], made: Made[T]) -> T | Skipped:
    """The result of what was made."""
    if made.result is not None and not (work.light and made.body):
        return made.result
    found = unpacked(work, made.path, made.body)
    if found is None:
        raise ValueError("what was kept just now cannot be read")
    return found


def _quiet_memory() -> None:
    gc.freeze()
    gc.disable()  # documents are released when they are done; looking for what is left takes a quarter


def _told(chunks: Iterable[list[T]], tick: Tick) -> Iterator[T]:
    """What chunks hold, one by one, with progress told; memory is looked over now and then."""
    for chunk in chunks:
        yield from chunk
        tick(len(chunk))
        tidy()
