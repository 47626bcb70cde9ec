"""The results of files, kept in the user's cache folder, so that what did not change is not computed again.

An entry is found by a key (``result_key.py``) and says what else was looked at when it was made: the day, parts of the
site, the state of the corpus. Only where these are the same now it holds. Where nothing but the corpus is another, the
rules that compare articles run again; if they find what they found then, all the rest holds.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from acu_lint.project.result_key import Keys
from acu_lint.rules.finding import Skipped
from acu_lint.system.entries import Entries
from acu_lint.system.errors import UsageError
from acu_lint.system.fingerprint import digest

if TYPE_CHECKING:
    from acu_lint.document.document import Document
    from acu_lint.project.project import FileSettings, Project

T = TypeVar("T")
NAME = "results.sqlite"  # with other tables it would have another name, or two versions would remove each other's
_LARGEST = 50_000_000  # bytes of what an entry holds when it is unpacked
_SKIPPED = b"skipped"


@dataclass(frozen=True)
class Work(Generic[T]):
    """Something that is done with every article, and how what comes of it is kept.

    ``name`` says what is done, and with which options. ``encode`` gives None for what cannot be kept; ``decode`` takes
    the path and what ``encode`` gave, and raises ``ValueError``, ``TypeError``, ``LookupError`` or ``AttributeError``
    for what ``encode`` never gives. All are functions at the top of a module. Where ``decode`` gives less than a result
    is, ``light`` makes the same of results that are new; ``rules`` says that the work asks them.
    """

    name: str
    do: Callable[[FileSettings, Document], T]
    encode: Callable[[T], bytes | None]
    decode: Callable[[str, bytes], T]
    light: Callable[[T], T] | None = None
    rules: bool = True


class Looked(NamedTuple):
    """What was found of a file: an entry, and whether it holds whatever the corpus is like by now."""

    body: bytes
    holds: bool


class Made(NamedTuple, Generic[T]):
    """What came of the file at ``path``: a result or, where another process made it, the ``body`` that holds it.

    ``key`` is empty where it is not to be kept.
    """

    path: str
    result: T | Skipped | None
    key: bytes = b""
    body: bytes = b""


class ResultCache:
    """The kept results of one run."""

    def __init__(self, folder: Path) -> None:
        self.entries = Entries(folder / NAME)
        self._keys = Keys(self.entries)

    # --- looking up ----------------------------------------------------------------------

    def look_up(self, work: str, settings: FileSettings, path: str, text: str) -> Looked | None:
        """What is kept of a file and can still be used; raises ``UsageError`` where its settings are wrong."""
        key = self._keys.of_file(work, settings, path, text)
        body = self.entries.get(key) if key else None
        if body is None:
            return None
        told = _head(body)
        if told is None or not _is_as_then(settings.project, path, told):
            return None
        return Looked(body, told["corpus"] is None or told["corpus"] == settings.project.corpus_state)

    def knows(self, settings: FileSettings) -> bool:
        """Whether rules were made ready with these settings before, and nothing was wrong."""
        try:
            key = self._keys.of_settings(settings)
        except UsageError:
            return False
        return key is not None and self.entries.get(digest(b"ready", key)) is not None

    # --- keeping -------------------------------------------------------------------------

    def note_ready(self, settings: FileSettings) -> None:
        """Remember that rules can be made ready with some settings."""
        if key := self._keys.of_settings(settings):
            self.entries.put(digest(b"ready", key), b"")

    def make(self, work: Work[T], settings: FileSettings, path: str, text: str, old: bytes = b"") -> Made[T]:
        """Do the work on a text, or see that an ``old`` entry still holds for it."""
        key = self._keys.of_file(work.name, settings, path, text)
        doc = settings.document(path, text)
        told = _head(old) if old else None
        if key and told and told["compared"] == _digest_of(settings.engine.compared(doc)) and not doc.trace.failed:
            body = _with_head(_head_of(settings, doc, told), old.partition(b"\n")[2])
            doc.release()
            return Made(path, None, key if body else b"", body or old)
        skipped = settings.left_out(doc)
        result: T | Skipped = skipped or work.do(settings, doc)
        content = _packed(work, result) if key and not doc.trace.failed and not settings.engine_faults else None
        body = _with_head(_head_of(settings, doc), content) if content else b""
        doc.release()
        return Made(path, result, key, body) if key and body else Made(path, result)

    def keep(self, made: Made[Any]) -> None:
        """Keep what came of a file."""
        if made.key:
            self.entries.put(made.key, made.body)
            if self.entries.is_due:
                self.flush()

    def flush(self) -> None:
        """Write what is new, unless code or lists have changed since this run began."""
        if self.entries.has_new and not self._keys.hold():
            self.entries.drop()
        self.entries.flush()

    def close(self) -> None:
        """Write what is new and close the file, as before other processes are started; it may be used again."""
        self.flush()
        self.entries.close()


def unpacked(work: Work[T], path: str, body: bytes) -> T | Skipped | None:
    """What the body of an entry holds; None where it holds nothing that anybody wrote there."""
    try:
        unpack = zlib.decompressobj()
        content = unpack.decompress(body.partition(b"\n")[2], _LARGEST)
        if not unpack.eof:
            return None
        kind, _, rest = content.partition(b"\n")
        return Skipped(path, *_skipped(rest)) if kind == _SKIPPED else work.decode(path, rest)
    except (zlib.error, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return None


def _packed(work: Work[T], result: T | Skipped) -> bytes | None:
    if isinstance(result, Skipped):
        content: bytes | None = b"%s\n%s" % (_SKIPPED, json.dumps(result[1:]).encode())
    else:
        content = work.encode(result)
        content = None if content is None else b"\n" + content
    return None if content is None else zlib.compress(content, 1)


def _skipped(content: bytes) -> tuple[str, bool, str]:
    reason, unread, kind = json.loads(content)
    if not isinstance(reason, str) or not isinstance(unread, bool) or not isinstance(kind, str):
        raise TypeError
    return reason, unread, kind


# --- what was looked at ------------------------------------------------------------------


def _head(body: bytes) -> dict[str, Any] | None:
    """What an entry says of what was looked at; None where nobody wrote that."""
    try:
        told = json.loads(body[: body.index(b"\n")])
    except (ValueError, RecursionError):
        return None
    is_one = isinstance(told, dict) and told.keys() == {"today", "site", "corpus", "compared"}
    return told if is_one and isinstance(told["site"], dict) else None


def _with_head(head: dict[str, Any] | None, content: bytes) -> bytes:
    return b"" if head is None else b"%s\n%s" % (json.dumps(head).encode(), content)


def _head_of(settings: FileSettings, doc: Document, told: dict[str, Any] | None = None) -> dict[str, Any] | None:
    """What was looked at for a document, now and, as an entry has ``told``, before; None where that is unknown."""
    project, trace = settings.project, doc.trace
    head: dict[str, Any] = {"today": None, "site": {}, "corpus": None, "compared": None} | (told or {})
    if trace.today:
        head["today"] = project.today.isoformat()
    if trace.site:
        site = project.sites.of(doc.path)
        head["site"] |= {part: site.digest(part) for part in site.parts()}
    if trace.compared is not None:
        head["compared"] = _digest_of(trace.compared)
        head["corpus"] = project.corpus_state
        if head["corpus"] is None:
            return None
    return head


def _is_as_then(project: Project, path: str, told: dict[str, Any]) -> bool:
    """Whether the day and the site are those of an entry."""
    if told["today"] not in (None, project.today.isoformat()):
        return False
    if not told["site"]:
        return True
    site = project.sites.of(path)
    return all(part in site.PARTS and site.digest(part) == was for part, was in told["site"].items())


def _digest_of(compared: object) -> str:
    return digest(repr(compared).encode(errors="surrogatepass")).hex()
