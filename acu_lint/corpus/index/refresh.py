"""Bring an index in line with a listing: only articles whose content differs are read, in several processes if many."""

from __future__ import annotations

import datetime
import gc
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from acu_lint.corpus.article import Article
from acu_lint.corpus.extract import HASHING, VERSION, Extract, KeysOf, extract, word_hash
from acu_lint.corpus.index.file import remove_damaged
from acu_lint.corpus.index.store import Store
from acu_lint.corpus.listing import Listing
from acu_lint.document.document import Document
from acu_lint.parse import format_of, parse
from acu_lint.system.database import is_damage, remove
from acu_lint.system.folders import make_private
from acu_lint.system.run_context import Progress, silent

_FEW = 100  # articles that one process reads while another may write the index
_CHUNK = 50  # articles
_TRIES = 5
_OLD = 30 * 86_400  # seconds


@dataclass(frozen=True)
class Reader:
    """How the bytes of an article become numbers; raises nothing, and gives None for what is no article.

    ``decode`` raises ``ValueError`` for what is no text, files of more than ``limit`` bytes are left out. ``keys`` is
    a pack's extractor, a function of text and format alone. ``leaves_out`` says which documents are no articles,
    whatever their names. ``key`` says in words what both do, so that others make another index.
    """

    decode: Callable[[bytes], str]
    limit: int = 10_000_000
    keys: KeysOf | None = None
    key: str = ""
    leaves_out: Callable[[Document], object] | None = None

    @property
    def version(self) -> str:
        """Changes with everything that may change the numbers of an article."""
        return f"{word_hash(f'{VERSION} {HASHING} {self.key}'):016x}"

    def text(self, raw: bytes) -> str | None:
        """The text of an article; None where it is none."""
        if len(raw) > self.limit:
            return None
        try:
            return self.decode(raw)
        except ValueError:
            return None

    def numbers(self, name: str, raw: bytes) -> Extract | None:
        """The numbers of an article."""
        text = self.text(raw)
        if text is None:
            return None
        doc = parse(name, text, today=datetime.date.min)
        if self.leaves_out and self.leaves_out(doc):
            return None
        found = extract(Article(doc), self.keys(doc) if self.keys else ())
        doc.release()
        return found


@dataclass
class Work:
    """What a refresh needs to know beside the store.

    ``key`` says what ``fits`` does, so that a change of it is noticed. ``progress`` is told how many articles will be
    read, and gives a function that is told how many more are; ``tell`` hears one line about what went wrong.
    """

    listing: Listing
    fits: Callable[[str], bool]
    key: str
    reader: Reader
    jobs: int = 1
    progress: Progress = silent
    tell: Callable[[str], object] = str


def open_index(work: Work, folder: Path | None) -> Store:
    """The index of a listing: kept in a folder, or in memory where there is none or it cannot be written."""
    if folder is None:
        return _opened(None, work)
    file = index_file(folder, work)
    try:
        make_private(folder)
        if not file.exists():
            _clear_away(folder, work.listing.root)
        return _mended(file, work)
    except sqlite3.Error as error:
        trouble = str(error)
    except OSError as error:
        trouble = str(error.strerror)
    work.tell(f"the index cannot be kept in {folder} ({trouble}): it was made in memory, for this run only")
    return _opened(None, work)


def _mended(file: Path, work: Work) -> Store:
    """The index in a file, which is made anew where it is damaged."""
    for mend in (remove_damaged, remove):  # another process may have been faster; or nothing is seen but in use
        try:
            return _opened(file, work)
        except sqlite3.DatabaseError as error:
            if not is_damage(error, file):
                raise
        if mend(file) is not False:
            work.tell("the index of the articles was damaged: it is made anew")
    return _opened(file, work)


def index_file(folder: Path, work: Work) -> Path:
    """Where the index of a listing is kept: one file for each root and version."""
    return folder / f"{prefix(work.listing.root)}{work.reader.version}.sqlite"


def prefix(root: Path) -> str:
    """How the names of all indexes of a root begin."""
    return f"index-{word_hash(os.fspath(root)):016x}-"


def _clear_away(folder: Path, root: Path) -> None:
    """Remove the indexes of other versions that nothing was written to for long."""
    for file in folder.glob(f"{prefix(root)}*.sqlite"):
        if time.time() - file.stat().st_mtime > _OLD:
            remove(file)


def _opened(file: Path | None, work: Work) -> Store:
    store = Store(file)
    try:
        refresh(store, work)
    except BaseException:
        store.close()
        raise
    store.renew = partial(refresh, store, work)
    return store


def refresh(store: Store, work: Work) -> None:
    """Bring a store in line with a listing, and keep seeing it so, whatever other processes write."""
    for _ in range(_TRIES):
        store.pin()
        if _is_done(store, work):
            return
        store.unpin()
        _apply(store, work)
    raise sqlite3.OperationalError("other processes write it all the time")


def changes(store: Store, work: Work) -> dict[str, bytes]:
    """What a store has to take in: names with the ids of their contents; empty for what has to go."""
    listing = work.listing
    if store.note("key") == work.key:
        tracked = listing.tracked if store.has_note("tracked", listing.tracked) else store.note("tracked")
        differing = listing.differing(tracked, store.note("changed"))
        known = store.contents_of(map(os.fsdecode, differing))
    else:
        differing = listing.ids()
        known = store.contents()
    wanted = {
        name: content
        for raw, content in differing.items()
        if content and format_of(name := os.fsdecode(raw)) and work.fits(name)
    }
    gone = {name: b"" for name in known if name not in wanted}
    return gone | {name: content for name, content in wanted.items() if known.get(name) != content}


def _is_done(store: Store, work: Work) -> bool:
    listing = work.listing
    wanted = {"key": work.key, "changed": listing.changed, "tracked": listing.tracked}
    return all(store.has_note(key, value) for key, value in wanted.items())


def _apply(store: Store, work: Work) -> None:
    """Take the changes in: few articles are read before the index is locked, many afterwards, by one process only."""
    generation = store.generation
    change = changes(store, work)
    moved = _moved(store, change)
    new = {name: content for name, content in change.items() if content and name not in moved}
    ready = list(_read(work, new)) if len(new) <= _FEW else None
    with store.writing(work.tell) as writer:
        if store.generation != generation:
            return  # another process was faster: look again
        for name, old in moved.items():
            writer.rename(old, name)
        for name in change.keys() - moved.keys() - set(moved.values()):
            writer.remove(name)
        for name, content, numbers in _read(work, new) if ready is None else ready:
            if numbers:
                writer.add(name, content, numbers)
        writer.put("tracked", work.listing.tracked)
        writer.put("changed", work.listing.changed)
        writer.put("key", work.key)
        writer.put("time", time.time())


def _moved(store: Store, change: Mapping[str, bytes]) -> dict[str, str]:
    """The new names of articles that only have another name now, and the old ones."""
    gone = [name for name, content in change.items() if not content]
    if not gone:
        return {}
    kept = {(content, format_of(name)): name for name, content in store.contents_of(sorted(gone)).items()}
    known = store.contents_of(change)
    arrived = ((name, content) for name, content in sorted(change.items()) if content and name not in known)
    return {name: old for name, content in arrived if (old := kept.pop((content, format_of(name)), None))}


# --- reading -----------------------------------------------------------------------------

Read = tuple[str, bytes, Extract | None]  # name, content id, numbers


def _read(work: Work, new: Mapping[str, bytes]) -> Iterator[Read]:
    """Read articles, with as many processes as pay."""
    chunks = [list(part) for part in _parts(list(new.items()))]
    with work.progress(len(new)) as tick:
        for found in _in_processes(work, chunks) if work.jobs > 1 and len(new) > _FEW else _here(work, chunks):
            yield from found
            tick(len(found))
    work.listing.close()


def _parts(names: Sequence[tuple[str, bytes]]) -> Iterator[Sequence[tuple[str, bytes]]]:
    return (names[at : at + _CHUNK] for at in range(0, len(names), _CHUNK))


def _here(work: Work, chunks: Sequence[Sequence[tuple[str, bytes]]]) -> Iterator[list[Read]]:
    was_on = gc.isenabled()
    gc.disable()  # what parsers leave behind is collected after each chunk: looking for it takes a quarter of the time
    try:
        for chunk in chunks:
            yield _numbers(work, chunk)
            if len(chunks) > 1:
                gc.collect()
    finally:
        if was_on:
            gc.enable()


def _numbers(work: Work, chunk: Sequence[tuple[str, bytes]]) -> list[Read]:
    found = []
    for name, content in chunk:
        raw = work.listing.read(name, content)
        found.append((name, content, None if raw is None else work.reader.numbers(name, raw)))
    return found


def _in_processes(work: Work, chunks: Sequence[Sequence[tuple[str, bytes]]]) -> Iterator[list[Read]]:
    from acu_lint.system.processes import in_order  # noqa: PLC0415 -- only a first build needs it

    shared = replace(work, progress=silent, tell=str, fits=bool)  # functions that may have no name elsewhere
    return in_order(
        chunks, partial(_reader, shared), partial(_numbers, work), partial(_tell_lost, work), jobs=work.jobs
    )


def _reader(work: Work) -> Callable[[Sequence[tuple[str, bytes]]], list[Read]]:
    return partial(_numbers, work)


def _tell_lost(work: Work, chunk: Sequence[tuple[str, bytes]]) -> None:
    from acu_lint.system.processes import told  # noqa: PLC0415

    work.tell(told(chunk[0][0], chunk[-1][0]))
