"""Work in several processes: one that dies costs its own part only, and none outlives the one that started it.

The executor of the standard library gives up all work when one worker dies. Here each worker has a pipe of its own, so
that it is known what was lost: that is done again in this process, which has the memory of the dead one to itself.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

_AHEAD = 4  # chunks for each worker that wait or are done before they are asked for
_MUCH = 30_000  # containers, of some 200 bytes each
_WATCHER = "signals"
_GRACE = 0.3  # seconds in which a process that is told to end may tidy up
_ORPHAN_GRACE = 1.0  # the same for a worker whose parent was killed: nobody waits for it

_ENDING = (signal.SIGINT, signal.SIGTERM)

Part = TypeVar("Part")
Result = TypeVar("Result")

_running: set[int] = set()  # the ids of the workers of this process


class _LostError(Exception):
    """The worker died that had this part."""


class _NoneLeftError(_LostError):
    """All workers died before this part was given to one."""


def in_order(  # noqa: PLR0913 -- the part, the work and who does it
    parts: Sequence[Part],
    start: Callable[[], Callable[[Part], Result]],
    here: Callable[[Part], Result],
    lost: Callable[[Part], object],
    *,
    jobs: int,
    first: Sequence[int] = (),
) -> Iterator[Result]:
    """What a function gives for each part, in order, computed in ``jobs`` processes.

    A worker that is free takes the next part: the ``first`` ones (their places among the parts), then the others in
    order, a few ahead of what is asked for. So what waits for its turn is bounded by ``first``, which should hold those
    that take so long that the last worker would be left alone with one. ``start`` gives the function in a worker; where
    processes cannot be forked it is pickled. ``here`` is the same function for this process: it does the part of a
    worker that died, after ``lost`` was told of it, and all that is left when no worker is. An exception of the
    function is raised here.
    """
    with _crew(start, min(jobs, len(parts))) as do:
        answers = {place: do(parts[place]) for place in first}
        others = deque(place for place in range(len(parts)) if place not in answers)
        for now, part in enumerate(parts):
            while others and others[0] < now + _AHEAD * jobs:
                place = others.popleft()
                answers[place] = do(parts[place])
            try:
                result = answers.pop(now)()
            except _LostError as error:
                if not isinstance(error, _NoneLeftError):
                    lost(part)
                result = here(part)
            yield result


def forks() -> bool:
    """Whether workers are forked, which costs some 10 ms and shares what is loaded; else each is started anew.

    Linux only: the libraries of macOS may break down in a forked process, and Windows cannot fork. And not beside other
    threads than the one that waits for signals, since a lock that one of them holds would never be released.
    """
    alone = threading.active_count() - sum(thread.name == _WATCHER for thread in threading.enumerate()) == 1
    return sys.platform == "linux" and alone


def tidy() -> None:
    """Collect garbage where much may have piled up, for work that is done with the collector turned off.

    What parsers leave behind are circles, some 60 KB an article. The interpreter counts the containers that were made
    and are still there. What is no garbage now (lists of words, results) is never looked at again.
    """
    if gc.get_count()[0] > _MUCH:
        gc.collect()
        gc.freeze()


def told(first: str, last: str) -> str:
    """A line for the user about a worker that died with files from ``first`` to ``last``."""
    files = first if first == last else f"{first} to {last}"
    return f"a process that read {files} was killed (no memory left?); what it had to do is done again"


@contextmanager
def _crew(start: Callable[[], Callable[[Any], Any]], size: int) -> Iterator[Callable[[Any], Callable[[], Any]]]:
    """Workers, as a function that gives one of them a part and returns a function that waits for what comes of it."""
    import multiprocessing  # noqa: PLC0415 -- only some runs need it
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

    context = multiprocessing.get_context("fork" if forks() else "spawn")
    workers: list[_Worker] = []
    threads = ThreadPoolExecutor(size)  # one for each worker: they wait, and empty the pipes
    try:
        while len(workers) < size:  # before the first thread is there
            workers.append(_Worker(context, start))
        idle = _Idle(workers)
        yield lambda part: threads.submit(idle.ask, part).result
        for worker in workers:
            worker.dismiss()
    finally:
        _end(workers)
        threads.shutdown(cancel_futures=True)


class _Worker:
    """A process that answers; it ends when its pipe is closed."""

    def __init__(self, context: Any, start: Callable[[], Callable[[Any], Any]]) -> None:
        self._pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=_serve, args=(theirs, start))
        with _held_back():
            self.process.start()
        theirs.close()  # or the end of the worker would not be noticed
        _running.add(self.process.pid or 0)

    def ask(self, part: object) -> tuple[bool, Any]:
        """What ``_answer`` gives for a part; raises ``EOFError`` or ``OSError`` where the worker died."""
        self._pipe.send(part)
        answer: tuple[bool, Any] = self._pipe.recv()
        return answer

    def dismiss(self) -> None:
        """Let the worker end by itself; it must not be at work."""
        self._pipe.close()


class _Idle:
    """The workers that have nothing to do. Those that died are not replaced: memory is what they mostly die of."""

    def __init__(self, workers: Sequence[_Worker]) -> None:
        from queue import SimpleQueue  # noqa: PLC0415

        self._queue: SimpleQueue[_Worker | None] = SimpleQueue()
        self._alive = len(workers)
        self._lock = threading.Lock()
        for worker in workers:
            self._queue.put(worker)

    def ask(self, part: object) -> Any:
        """What the next worker that is free makes of a part; raises what that raised, and ``_LostError``."""
        worker = self._queue.get()
        if worker is None:
            self._queue.put(None)  # so that nobody waits for ever
            raise _NoneLeftError
        try:
            is_done, answer = worker.ask(part)
        except (EOFError, OSError):
            with self._lock:
                self._alive -= 1
                if not self._alive:
                    self._queue.put(None)
            raise _LostError from None
        self._queue.put(worker)
        if not is_done:
            raise answer
        return answer


def _end(workers: Sequence[_Worker]) -> None:
    """End workers, idle or not, and wait until they are gone."""
    until = time.monotonic() + _GRACE
    for worker in workers:
        if worker.process.exitcode is None:
            worker.process.terminate()
    for worker in workers:
        worker.process.join(max(0.0, until - time.monotonic()))
        worker.process.kill()
        worker.process.join()
        _running.discard(worker.process.pid or 0)


# --- in a worker -------------------------------------------------------------------------


def _serve(pipe: Connection, start: Callable[[], Callable[[Any], Any]]) -> None:
    """Answer until the pipe is closed."""
    _running.clear()
    signal.set_wakeup_fd(-1)  # the one of the parent
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes: the parent tells what to do
    signal.signal(signal.SIGTERM, _raise)
    _mask("SIG_UNBLOCK")
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.freeze()
    gc.disable()  # looking for garbage all the time takes a quarter of it
    function = start()
    with suppress(EOFError, OSError):
        while True:
            pipe.send(_answer(function, pipe.recv()))
            tidy()


def _answer(function: Callable[[Any], Any], part: object) -> tuple[bool, Any]:
    """Whether a function came to its end, and what it gave or raised."""
    try:
        return True, function(part)
    except Exception as error:  # noqa: BLE001 -- it is raised in the parent
        import traceback  # noqa: PLC0415

        error.add_note(traceback.format_exc())
        return False, error


def _end_with_parent() -> None:
    """End this process when the one that started it does, which may have been killed."""
    import multiprocessing  # noqa: PLC0415

    if parent := multiprocessing.parent_process():
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(_ORPHAN_GRACE)
        os._exit(1)


# --- signals -----------------------------------------------------------------------------


class Ended(SystemExit):
    """A signal ends the program; unlike an exit that a stranger's code asks for, it may not be caught."""


def end_on_signals() -> None:
    """Let Ctrl-C and SIGTERM end this process and its workers within half a second, with status 130 and 143.

    Call it once, in the main thread. ``Ended`` is raised there, so that what was begun is tidied up (a file half
    written, a change of an index); what does not end in time is ended. A signal that is ignored stays ignored.
    """
    for number in _ENDING:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _raise)
    if sys.platform != "win32":  # where signals cannot be read from a pipe
        read, write = os.pipe()
        os.set_blocking(write, False)
        signal.set_wakeup_fd(write, warn_on_full_buffer=False)
        threading.Thread(target=_watch, args=(read,), name=_WATCHER, daemon=True).start()


def _mask(how: str) -> None:
    """Block or unblock the signals that end a process, in this thread."""
    if hasattr(signal, "pthread_sigmask"):  # not on Windows
        signal.pthread_sigmask(getattr(signal, how), _ENDING)


@contextmanager
def _held_back() -> Iterator[None]:
    """Let signals wait: between two processes, an exception would go where none can be raised."""
    _mask("SIG_BLOCK")
    try:
        yield
    finally:
        _mask("SIG_UNBLOCK")


def _raise(number: int, _: object) -> None:
    for each in _ENDING:
        signal.signal(each, signal.SIG_IGN)  # a second one must not disturb the tidying up
    sys.unraisablehook = _silent  # wherever it is raised, nobody wants to read a traceback
    raise Ended(128 + number)


def _silent(_: object) -> None:
    pass


def _watch(wakeup: int) -> None:
    """Wait for a signal, and end this process soon after it even if its main thread is busy."""
    _mask("SIG_BLOCK")  # the main thread takes them, which may hold them back
    while (number := os.read(wakeup, 1)[0]) not in _ENDING:
        pass
    for kind, grace in ((signal.SIGTERM, _GRACE), (signal.SIGKILL, 0)):
        for worker in tuple(_running):
            with suppress(OSError):
                os.kill(worker, kind)
        time.sleep(grace)
    os._exit(128 + number)
