"""A run in several processes: which files a worker takes together, and what it does with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from acu_lint.system.processes import forks
from acu_lint.system.run_context import RunContext

if TYPE_CHECKING:
    from acu_lint.project.project import Options
    from acu_lint.project.runner import Runner

# Bytes of text from which several processes pay: starting them costs as much time as reading half of this in one.
_PAYS_FORKED, _PAYS_STARTED = 100_000, 1_000_000
_OF_A_FILE = 500  # bytes of text that take as long as opening and closing a file
_CHUNK = 64_000  # bytes of text that a worker takes at a time: at the end none waits long for another
_LOADS_ALL = 8_000  # bytes of text after which most of what rules load at their first use is there
_LARGE = 16  # a file that is more than this part of a worker's share of all text is begun before the others

T = TypeVar("T")
Part = TypeVar("Part", str, tuple[str, bytes])  # a file, and what is kept of it

_inherited: Runner | None = None  # by a forked worker


def size_of(part: str | tuple[str, bytes]) -> int:
    """What a file costs, in bytes of text, as far as that is known: it decides about time only."""
    with suppress(OSError, ValueError):
        return Path(_file(part)).stat().st_size + _OF_A_FILE
    return _OF_A_FILE


def pays(sizes: Sequence[int]) -> bool:
    """Whether several processes are faster than one; ``sizes`` are those of the files, none where one is asked for."""
    return sum(sizes) >= (_PAYS_FORKED if forks() else _PAYS_STARTED)


def in_processes(  # noqa: PLR0913, PLR0917 -- how the parts of a run are done
    runner: Runner,
    parts: Sequence[Part],
    sizes: Sequence[int],
    files: Sequence[str],
    work: Callable[[Runner, Part], T],
    jobs: int,
    *,
    once: bool,
) -> Iterator[list[T]]:
    """Do the work on parts, each about one of the files, in worker processes; results come in order, in chunks.

    Forked workers share what is loaded already (rules, corpus); elsewhere each worker loads its own.
    """
    from acu_lint.system.processes import in_order  # noqa: PLC0415 -- only some runs need it

    global _inherited  # noqa: PLW0603 -- a forked worker has no other way to it
    _inherited = runner
    settings = runner.settings_for(runner.first(files))
    if settings.engine.compares:  # rules are made ready once, before there are workers
        settings.project.compared_with()  # opened once, here, and not once in every worker
    here = _read_first(sizes)
    yield [work(runner, part) for part in parts[:here]]
    if runner.projects.results:
        runner.projects.results.close()  # no other process may inherit it
    chunks, bytes_of = _chunks(parts[here:], sizes[here:])
    context = RunContext(is_kept=runner.context.is_kept if runner.context else True)
    checked = runner.projects.checked if once else ()
    start = partial(_started, runner.options, context, checked, work, keeps_results=bool(runner.projects.results))
    do, lost = partial(_do_chunk, runner, work), partial(_tell_lost, runner)
    for results, faults in in_order(chunks, start, do, lost, jobs=jobs, first=_large(bytes_of, jobs)):
        runner.trouble.faults.extend(faults)
        yield results


def _read_first(sizes: Sequence[int]) -> int:
    """How many files at the start are read before there are workers, so that these inherit all that is loaded then."""
    read = 0
    for number, size in enumerate(sizes):
        if read > _LOADS_ALL or size > _CHUNK or not forks():
            return number
        read += size
    return len(sizes)


def _chunks(parts: Sequence[Part], sizes: Sequence[int]) -> tuple[list[list[Part]], list[int]]:
    """Parts that a worker takes together, in order, and how many bytes each of these chunks has."""
    chunks: list[list[Part]] = []
    bytes_of: list[int] = []
    for part, size in zip(parts, sizes, strict=True):
        if chunks and bytes_of[-1] + size <= _CHUNK:
            chunks[-1].append(part)
            bytes_of[-1] += size
        else:
            chunks.append([part])
            bytes_of.append(size)
    return chunks, bytes_of


def _large(sizes: Sequence[int], jobs: int) -> list[int]:
    """The places of the chunks that take so long that a worker could be left alone with one, the largest first."""
    least = max(_CHUNK, sum(sizes) // (_LARGE * jobs))
    return sorted((place for place, size in enumerate(sizes) if size > least), key=lambda place: -sizes[place])


def _started(
    options: Options,
    context: RunContext,
    checked: Iterable[str],
    work: Callable[[Runner, Part], T],
    *,
    keeps_results: bool,
) -> Callable[[Sequence[Part]], tuple[list[T], list[str]]]:
    """What a worker process does with a chunk of parts."""
    runner = _inherited
    if runner is None:
        from acu_lint.project.runner import Runner  # noqa: PLC0415 -- which imports this module

        runner = Runner(options, context, keeps_results=keeps_results)
        runner.projects.will_check(checked)
    runner.is_worker = True
    return partial(_do_chunk, runner, work)


def _do_chunk(runner: Runner, work: Callable[[Runner, Part], T], parts: Sequence[Part]) -> tuple[list[T], list[str]]:
    """What the work gives for each part of a chunk, and the faults so far."""
    return [work(runner, part) for part in parts], runner.trouble.faults


def _tell_lost(runner: Runner, parts: Sequence[str | tuple[str, bytes]]) -> None:
    """Tell that a worker died that had these files."""
    from acu_lint.system.processes import told  # noqa: PLC0415 -- hardly ever needed

    tell = runner.context.tell if runner.context else runner.trouble.notes.append
    tell(told(_file(parts[0]), _file(parts[-1])))


def _file(part: str | tuple[str, bytes]) -> str:
    return part if isinstance(part, str) else part[0]
