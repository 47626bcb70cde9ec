"""A polite client: one request at a time and not too fast, bounded tries and waits, and it knows when to give up.

What a service sends is a stranger's: it may come in drops or without end, be packed, lead elsewhere or be nonsense.
So every answer has one deadline and a largest size, and nothing of it reaches a message.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urlencode, urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError, ReadTimeoutError
from urllib3.util import Retry

from acu_lint import __version__
from acu_lint.references.verify.cache import Cache

CROSSREF = "https://api.crossref.org/"
PUBMED = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/"
_AGAIN = (429, 500, 502, 503, 504)
_PATIENCE = 3  # wrong answers in a row after which a service is left alone
_LONGEST_WAIT = 30  # seconds that we wait where a service asks for it; where it asks for more, we leave
_LARGEST = 8_000_000  # bytes of an answer; as JSON they can take twenty times the memory
_CHUNK = 1 << 16
_REDIRECTS = 5
_UNREADABLE = "gives answers that cannot be read"

T = TypeVar("T")


class UnavailableError(Exception):
    """A service gives no usable answer to a question."""


class _RefusedError(Exception):
    """A service answers with a status that is no answer, or asks for a longer pause than we make (``for_good``)."""

    def __init__(self, told: str, *, for_good: bool = False) -> None:
        super().__init__(told)
        self.for_good = for_good


class _Reply(NamedTuple):
    """What a service sent: the status, the pause that it asks for in seconds, and the body where the status is 200."""

    status: int
    pause: float
    body: bytes


@dataclass
class _Service:
    """A service: its address, the key that all its answers have, when it was last asked, what is wrong with it.

    Each has a session of its own, because a thread that was given up may still use it.
    """

    base: str
    sign: str
    session: requests.Session
    last: float = float("-inf")
    failures: int = 0
    trouble: str = ""

    @property
    def host(self) -> str:
        return urlsplit(self.base).netloc


@dataclass
class Client:
    """Ask Crossref and PubMed; ``contact`` is the address that they may write to.

    ``interval`` is the least time between two requests to one service (NCBI allows three a second, Crossref five),
    ``timeout`` the longest silence, ``limit`` the longest that one answer may take with all its tries, pauses and
    redirects, ``backoff`` the first pause before another try, all in seconds; ``tries`` counts the first one too.
    """

    cache: Cache
    contact: str = ""
    crossref: str = CROSSREF
    pubmed: str = PUBMED
    interval: float = 0.35
    timeout: float = 10
    limit: float = 40
    backoff: float = 1
    tries: int = 3
    _services: dict[str, _Service] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self._services = {
            "crossref": _Service(self.crossref, "message", self._session()),
            "pubmed": _Service(self.pubmed, "header", self._session()),
        }

    def _session(self) -> requests.Session:
        session = requests.Session()
        who = f"; mailto:{self.contact}" if self.contact else ""
        session.headers["User-Agent"] = f"acu-lint/{__version__} (link checker of health articles{who})"
        session.headers["Accept"] = "application/json"
        session.headers["Accept-Encoding"] = "identity"  # a packed answer may be a thousand times as large as it looks
        return session

    @property
    def troubles(self) -> list[str]:
        """Why services did not answer, one line each."""
        return [service.trouble for service in self._services.values() if service.trouble]

    def get(self, name: str, path: str, query: Mapping[str, str] | None = None) -> Any:
        """The JSON answer to a question; None where the service knows of no such thing (404).

        Raises ``UnavailableError`` where there is no usable answer.
        """
        service = self._services[name]
        if service.failures >= _PATIENCE:
            raise UnavailableError(service.trouble)
        extra = {"tool": "acu-lint", "email": self.contact} if self.contact and name == "pubmed" else {}
        try:
            answer = self._ask(service, path, {**(query or {}), **extra})
        except (requests.ConnectionError, requests.Timeout) as error:  # also where a proxy fails
            slow = isinstance(error, requests.Timeout) or isinstance(_cause(error), ReadTimeoutError)
            trouble = "does not answer in time" if slow else "cannot be reached"
            raise self._failed(service, trouble, for_good=True) from error
        except _RefusedError as error:
            raise self._failed(service, str(error), for_good=error.for_good) from error
        except (requests.RequestException, HTTPError, ValueError, RecursionError) as error:
            raise self._failed(service, _UNREADABLE) from error
        service.failures = 0
        return answer

    def unreadable(self, name: str) -> UnavailableError:
        """Note that what ``get`` gave is no answer after all; gives the error to raise."""
        return self._failed(self._services[name], _UNREADABLE)

    def _failed(self, service: _Service, trouble: str, *, for_good: bool = False) -> UnavailableError:
        """Note a failure; after some in a row, or one that will not pass, the service is asked no more."""
        service.failures = _PATIENCE if for_good else service.failures + 1
        service.trouble = f"{service.host} {trouble}"
        return UnavailableError(service.trouble)

    # --- one question: tries and pauses

    def _ask(self, service: _Service, path: str, query: Mapping[str, str]) -> Any:
        address = service.base + path + (f"?{urlencode(query)}" if query else "")
        end = time.monotonic() + self.limit
        for again in range(self.tries):
            time.sleep(max(0.0, service.last + self.interval - time.monotonic()))
            pause = self.backoff * (2**again - 1)
            try:
                reply = _by(end, partial(self._fetch, service, address, end))
            except (requests.ConnectionError, requests.Timeout):
                if again == self.tries - 1 or time.monotonic() + pause > end:
                    raise
            else:
                if reply.status not in _AGAIN or again == self.tries - 1:
                    break
                pause = max(pause, reply.pause)
                if pause > min(_LONGEST_WAIT, end - time.monotonic()):
                    break
            finally:
                service.last = time.monotonic()
            time.sleep(pause)
        return _read(reply, service.sign)

    # --- one try, in a thread of its own

    def _fetch(self, service: _Service, address: str, end: float) -> _Reply:
        """What a service sends, redirects to known services followed."""
        for _ in range(_REDIRECTS):
            with service.session.get(address, timeout=self.timeout, stream=True, allow_redirects=False) as answer:
                if not answer.is_redirect:
                    body = _body(answer, end) if answer.status_code == 200 else b""
                    return _Reply(answer.status_code, _pause(answer), body)
                address = self._redirected(address, answer.headers["Location"])
        raise _RefusedError("leads in a circle")

    def _redirected(self, address: str, location: str) -> str:
        """The address that a service leads to; raises ``_RefusedError`` unless it is a known service's, as safe."""
        target = urlsplit(urljoin(address, location))
        known = {service.host for service in self._services.values()}
        safe = {"https", urlsplit(address).scheme}
        if target.netloc not in known or target.scheme not in safe:
            raise _RefusedError("leads to another place, where nothing is asked")
        return target.geturl()


def _by(end: float, work: Callable[[], T]) -> T:
    """What ``work`` gives, or ``requests.Timeout`` at the moment ``end``.

    The work is done in a thread, since no time-out of a socket covers an address that is looked up, or the lines of a
    header that come one by one. A thread that is too slow is left to itself; it does not keep the process alive.
    """
    done: Future[T] = Future()

    def run() -> None:
        try:
            done.set_result(work())
        except BaseException as error:  # noqa: BLE001 -- it is raised again, where somebody waits for it
            done.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    try:
        return done.result(max(0.0, end - time.monotonic()))
    except TimeoutError:
        raise requests.Timeout("too slow") from None


def _body(answer: requests.Response, end: float) -> bytes:
    """The whole answer; raises ``ValueError`` where it is packed or too large."""
    if answer.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise ValueError("packed")
    body = bytearray()
    for chunk in answer.iter_content(_CHUNK):
        body += chunk
        if len(body) > _LARGEST:
            raise ValueError("too large")
        if time.monotonic() > end:
            raise requests.ReadTimeout("too slow")
    return bytes(body)


def _pause(answer: requests.Response) -> float:
    """The pause that a service asks for, in seconds; 0 where it asks for none, or in a way that cannot be read."""
    try:
        return max(0.0, Retry().parse_retry_after(answer.headers.get("Retry-After", "0")))
    except (HTTPError, ValueError, OverflowError):
        return 0.0


def _read(reply: _Reply, sign: str) -> Any:
    """The JSON of a reply, which has the key ``sign``; None for 404."""
    if reply.status == 404:
        return None
    if reply.status != 200 and (reply.status == 429 or reply.pause):
        raise _RefusedError("asks for fewer requests; try again later", for_good=True)
    if reply.status != 200:
        raise _RefusedError(f"answers with status {reply.status}")
    found = json.loads(reply.body)
    if not isinstance(found, dict) or sign not in found:
        raise ValueError("not what the service is known to say")
    return found


def _cause(error: requests.RequestException) -> object:
    """What is behind an error of a connection."""
    inner = error.args[0] if error.args else None
    return getattr(inner, "reason", inner)
