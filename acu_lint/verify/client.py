"""A polite client: one request at a time and not too fast, bounded tries and waits, and it knows when to give up."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import BaseHTTPResponse
from urllib3.exceptions import ReadTimeoutError
from urllib3.util import Retry

from .. import __version__
from .cache import Cache

CROSSREF = "https://api.crossref.org/"
PUBMED = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/"
_AGAIN = (429, 500, 502, 503, 504)
_PATIENCE = 3  # wrong answers in a row after which a service is left alone
_LONGEST_WAIT = 30  # seconds that we wait where a service asks for it; where it asks for more, we leave
_LARGEST = 20_000_000  # bytes of an answer
_CHUNK = 1 << 16


class UnavailableError(Exception):
    """A service gives no usable answer to a question."""


class _RefusedError(Exception):
    """A service answers with a status that is no answer, or asks for a longer pause than we make."""


class _Patient(Retry):
    """Try again after the pause that the service asks for, unless it is too long."""

    def get_retry_after(self, response: BaseHTTPResponse) -> float | None:
        """The pause in seconds; raises ``_RefusedError`` where it is too long."""
        seconds = super().get_retry_after(response)
        if seconds is not None and seconds > _LONGEST_WAIT:
            raise _RefusedError("asks for fewer requests; try again later")
        return seconds


@dataclass
class _Service:
    """A service: its address, the key that all its answers have, when it was last asked, what is wrong with it."""

    base: str
    sign: str
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
    ``timeout`` the longest wait for an answer, ``backoff`` the first pause before another try, all in seconds;
    ``tries`` counts the first one too.
    """

    cache: Cache
    contact: str = ""
    crossref: str = CROSSREF
    pubmed: str = PUBMED
    interval: float = 0.35
    timeout: float = 10
    backoff: float = 1
    tries: int = 3
    _session: requests.Session = field(default_factory=requests.Session, repr=False)
    _services: dict[str, _Service] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        retry = _Patient(
            self.tries - 1,
            connect=1,
            status_forcelist=_AGAIN,
            backoff_factor=self.backoff,
            backoff_max=_LONGEST_WAIT,
            raise_on_status=False,
        )
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=retry))
        who = f"; mailto:{self.contact}" if self.contact else ""
        self._session.headers["User-Agent"] = f"acu-lint/{__version__} (link checker of health articles{who})"
        self._session.headers["Accept"] = "application/json"
        self._services = {"crossref": _Service(self.crossref, "message"), "pubmed": _Service(self.pubmed, "header")}

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
            raise self._failed(service, str(error), for_good="fewer" in str(error)) from error
        except (requests.RequestException, ValueError, RecursionError) as error:
            raise self._failed(service, "gives answers that cannot be read") from error
        service.failures = 0
        return answer

    def _failed(self, service: _Service, trouble: str, *, for_good: bool = False) -> UnavailableError:
        """Note a failure; after some in a row, or one that will not pass, the service is asked no more."""
        service.failures = _PATIENCE if for_good else service.failures + 1
        service.trouble = f"{service.host} {trouble}"
        return UnavailableError(service.trouble)

    def _ask(self, service: _Service, path: str, query: Mapping[str, str]) -> Any:
        time.sleep(max(0.0, service.last + self.interval - time.monotonic()))
        try:
            answer = self._session.get(service.base + path, params=query, timeout=self.timeout, stream=True)
            with answer:
                if answer.status_code == 404:
                    return None
                if answer.status_code != 200:
                    busy = answer.status_code == 429
                    raise _RefusedError(
                        "asks for fewer requests; try again later"
                        if busy
                        else f"answers with status {answer.status_code}"
                    )
                found = json.loads(self._body(answer))
                if not isinstance(found, dict) or service.sign not in found:
                    raise ValueError("not what the service is known to say")
                return found
        finally:
            service.last = time.monotonic()

    def _body(self, answer: requests.Response) -> bytes:
        """The whole answer, unless it is too large or comes in drops."""
        body, end = bytearray(), time.monotonic() + 3 * self.timeout
        for chunk in answer.iter_content(_CHUNK):
            body += chunk
            if len(body) > _LARGEST:
                raise ValueError("too large")
            if time.monotonic() > end:
                raise requests.ReadTimeout("too slow")
        return bytes(body)


def _cause(error: requests.RequestException) -> object:
    """What is behind the error that is left after the last try."""
    inner = error.args[0] if error.args else None
    return getattr(inner, "reason", inner)
