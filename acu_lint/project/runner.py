"""The way of a file through a run, from the top down.

``find_files`` finds the files; ``run`` and ``each`` do the same work with each of them, in one process or several, and
give the results in order; ``lint_file`` is that work; ``attempt`` makes sure that whatever goes wrong with a file costs
this file only.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

from acu_lint.document.document import Document
from acu_lint.project.discovery import IGNORED, Discovery, discover, left_out, never_entered, read
from acu_lint.project.file_kinds import Folders
from acu_lint.project.gitignore import is_ignored
from acu_lint.project.project import FileSettings, Options, Projects
from acu_lint.project.results import FileResult, Run, result_of
from acu_lint.rules.card import CardError
from acu_lint.rules.finding import Skipped
from acu_lint.system.errors import UsageError, our_fault
from acu_lint.system.processes import forks, tidy
from acu_lint.system.run_context import Progress, RunContext, Tick, silent
from acu_lint.system.tree import Tree, UnreadableError

# Bytes of text from which several processes pay: starting them costs as much time as reading half of this in one.
_PAYS_FORKED, _PAYS_STARTED = 100_000, 1_000_000
_OF_A_FILE = 500  # bytes of text that take as long as opening and closing a file
_PART = 64_000  # bytes of text that a worker takes at a time: at the end none waits long for another
_LOADS_ALL = 8_000  # bytes of text after which most of what rules load at their first use is there
_LARGE = 16  # a file that is more than this part of a worker's share of all text is begun before the others

T = TypeVar("T")


class NoArticleError(Exception):
    """A file that is not to be linted; ``skipped`` says why."""

    def __init__(self, skipped: Skipped) -> None:
        super().__init__(skipped.reason)
        self.skipped = skipped


class Runner:
    """One run: the projects that its files belong to, and what is done with each file."""

    def __init__(self, options: Options, context: RunContext | None = None) -> None:
        """``context`` is for a run that may compare articles: git then lists them from the first moment on."""
        self.projects = Projects(options, context)
        self.options = options
        self.trouble = self.projects.trouble
        self.tree = Tree(options.paths or ["."])
        self._context = context

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
        work: Callable[[Runner, str], FileResult] | None = None,
        *,
        jobs: int = 1,
        progress: Progress = silent,
    ) -> Run:
        """Lint files, or do other ``work`` with each, in ``jobs`` processes."""
        result = Run()
        for one in self.each(files, work or Runner.lint_file, jobs=jobs, progress=progress):
            result.add(one)
        result.sort()
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
        self._prepare(files, checked=files if once else ())
        sizes = [_size(file) for file in files] if jobs > 1 and len(files) > 1 else []
        chunks = (
            _in_processes(self, files, sizes, work, jobs, once=once)
            if _pays(sizes)
            else ([work(self, file)] for file in files)
        )
        # What stands within "with" is short: where memory is used up, CPython 3.11 goes round for ever at the end of a
        # block if the number of the instruction that failed is above 256, since it needs memory to keep it.
        with progress(len(files)) as tick:
            yield from _told(chunks, tick)

    def _prepare(self, files: Sequence[str], *, checked: Sequence[str]) -> None:
        self.projects.will_check(checked)
        if files:
            self.settings_for(self.first(files)).prepare()  # once, before there are workers
        gc.freeze()
        gc.disable()  # documents are released when they are done; looking for what is left takes a quarter

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


# --- several processes -------------------------------------------------------------------

_inherited: Runner | None = None  # by a forked worker


def _told(chunks: Iterable[list[T]], tick: Tick) -> Iterator[T]:
    """What chunks hold, one by one, with progress told; memory is looked over now and then."""
    for chunk in chunks:
        yield from chunk
        tick(len(chunk))
        tidy()


def _size(file: str) -> int:
    """What a file costs, in bytes of text, as far as that is known: it decides about time only."""
    with suppress(OSError, ValueError):
        return Path(file).stat().st_size + _OF_A_FILE
    return _OF_A_FILE


def _pays(sizes: Sequence[int]) -> bool:
    """Whether several processes are faster than one."""
    return sum(sizes) >= (_PAYS_FORKED if forks() else _PAYS_STARTED)


def _read_first(sizes: Sequence[int]) -> int:
    """How many files at the start are read before there are workers, so that these inherit all that is loaded then."""
    read = 0
    for number, size in enumerate(sizes):
        if read > _LOADS_ALL or size > _PART or not forks():
            return number
        read += size
    return len(sizes)


def _parts(files: Sequence[str], sizes: Sequence[int]) -> tuple[list[list[str]], list[int]]:
    """Files that a worker takes together, in order, and how many bytes each of these parts has."""
    parts: list[list[str]] = []
    bytes_of: list[int] = []
    for file, size in zip(files, sizes, strict=True):
        if parts and bytes_of[-1] + size <= _PART:
            parts[-1].append(file)
            bytes_of[-1] += size
        else:
            parts.append([file])
            bytes_of.append(size)
    return parts, bytes_of


def _large(sizes: Sequence[int], jobs: int) -> list[int]:
    """The places of the parts that take so long that a worker could be left alone with one, the largest first."""
    least = max(_PART, sum(sizes) // (_LARGE * jobs))
    return sorted((place for place, size in enumerate(sizes) if size > least), key=lambda place: -sizes[place])


def _in_processes(  # noqa: PLR0913 -- what ``each`` is told, and the sizes
    runner: Runner,
    files: Sequence[str],
    sizes: Sequence[int],
    work: Callable[[Runner, str], T],
    jobs: int,
    *,
    once: bool,
) -> Iterator[list[T]]:
    """Do the work on parts of the files in worker processes; results come in order.

    Forked workers share what is loaded already (rules, corpus); elsewhere each worker loads its own.
    """
    from acu_lint.system.processes import in_order  # noqa: PLC0415 -- only some runs need it

    global _inherited  # noqa: PLW0603 -- a forked worker has no other way to it
    _inherited = runner
    settings = runner.settings_for(runner.first(files))
    if settings.engine.compares:
        settings.project.compared_with()  # opened once, here, and not once in every worker
    here = _read_first(sizes)
    yield [work(runner, file) for file in files[:here]]
    parts, bytes_of = _parts(files[here:], sizes[here:])
    is_kept = runner._context.is_kept if runner._context else True
    start = partial(_started, runner.options, tuple(files) if once else (), work, is_kept=is_kept)
    do, lost = partial(_do_chunk, runner, work), partial(_tell_lost, runner)
    for results, faults in in_order(parts, start, do, lost, jobs=jobs, first=_large(bytes_of, jobs)):
        runner.trouble.faults.extend(faults)
        yield results


def _started(
    options: Options, checked: tuple[str, ...], work: Callable[[Runner, str], T], *, is_kept: bool
) -> Callable[[Sequence[str]], tuple[list[T], list[str]]]:
    """What a worker process does with a chunk of files."""
    runner = _inherited
    if runner is None:
        runner = Runner(options, RunContext(is_kept=is_kept))
        runner.projects.will_check(checked)
    return partial(_do_chunk, runner, work)


def _do_chunk(runner: Runner, work: Callable[[Runner, str], T], files: Sequence[str]) -> tuple[list[T], list[str]]:
    """What the work gives for each file of a chunk, and the faults so far."""
    return [work(runner, file) for file in files], runner.trouble.faults


def _tell_lost(runner: Runner, files: Sequence[str]) -> None:
    """Tell that a worker died that had these files."""
    from acu_lint.system.processes import told  # noqa: PLC0415 -- hardly ever needed

    tell = runner._context.tell if runner._context else runner.trouble.notes.append
    tell(told(files[0], files[-1]))
