"""Services that drip, flood, pack, redirect and lie: one line of trouble at most, and the references are listed."""

from __future__ import annotations

import gzip
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from acu_lint.references.verify.cache import Cache
from acu_lint.references.verify.client import Client, UnavailableError
from tests.conftest import AcuLint, Ran, Write
from tests.references.verify.loopback import Loopback

Answer = Callable[[BaseHTTPRequestHandler], object]

ARTICLE = "# Tea\n\nTea may help (doi:10.5555/tea.1). It may not (PMID: 1234567).\n"
GOOD = json.dumps({"message": {"DOI": "10.5555/tea.1", "title": ["Tea"]}, "header": {}, "result": {}}).encode()


class Hostile(Loopback):
    """A service that gives every question to one function."""

    protocol = "HTTP/1.1"

    def __init__(self) -> None:
        self.asked = 0
        self.answer: Answer = lambda handler: send(handler, 200, GOOD)
        self.closed = threading.Event()
        super().__init__()

    def respond(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked += 1
        handler.close_connection = True
        with suppress(OSError):
            self.answer(handler)

    def close(self) -> None:
        self.closed.set()
        super().close()

    def drip(self, handler: BaseHTTPRequestHandler, drop: bytes) -> None:
        """Send a few bytes again and again, each in time for a time-out of a socket."""
        while not self.closed.wait(0.05):
            handler.wfile.write(drop)


@pytest.fixture
def make() -> Iterator[Callable[[], Hostile]]:
    made: list[Hostile] = []

    def start() -> Hostile:
        made.append(Hostile())
        return made[-1]

    yield start
    for each in made:
        each.close()


@pytest.fixture
def service(make: Callable[[], Hostile]) -> Hostile:
    return make()


def send(handler: BaseHTTPRequestHandler, status: int, body: bytes, **headers: str) -> None:
    handler.send_response(status)
    for key, value in {"Content-Length": str(len(body)), **headers}.items():
        handler.send_header(key.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def run(acu_lint: AcuLint, service: Hostile, form: str = "text") -> Ran:
    env = {"ACU_LINT_CROSSREF": service.base, "ACU_LINT_PUBMED": service.base}
    return acu_lint("references", "--verify", "--format", form, "a.md", env=env)


def trouble_of(service: Hostile, **more: Any) -> str:
    """What a client says that is in a hurry, and cannot be satisfied."""
    limits = {"interval": 0, "backoff": 0.01, "timeout": 0.3, "limit": 0.6, **more}
    client = Client(Cache(None, days=1), crossref=service.base, pubmed=service.base, **limits)
    with pytest.raises(UnavailableError):
        client.get("crossref", "works/10.5555%2Ftea.1")
    (trouble,) = client.troubles
    return trouble.partition(" ")[2]


# --- one deadline, whatever comes in drops


STARTS = {
    "the status": b"",
    "a header": b"HTTP/1.1 200 OK\r\nX-Tea: ",
    "headers": b"HTTP/1.1 200 OK\r\n",
    "the body": b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n",
    "a body without a length": b"HTTP/1.1 200 OK\r\n\r\n",
    "chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
    "the size of a chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
    "trailers": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n",
    "interim answers": b"",
}
DROPS = {
    "a header": b"a",
    "headers": b"A: b\r\n",
    "chunks": b"1\r\n \r\n",
    "the size of a chunk": b"0",
    "trailers": b"A: b\r\n",
    "interim answers": b"HTTP/1.1 100 Continue\r\n\r\n",
}


@pytest.mark.slow
@pytest.mark.parametrize("what", STARTS)
def test_what_comes_in_drops_has_one_deadline(service: Hostile, what: str) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(STARTS[what])
        service.drip(handler, DROPS.get(what, b" "))

    service.answer = answer
    assert trouble_of(service) == "does not answer in time"
    assert service.asked == 1


def test_slow_redirects_share_the_deadline(service: Hostile) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(0.25)
        send(handler, 302, b"", Location=f"/{service.asked}")

    service.answer = answer
    assert trouble_of(service) == "does not answer in time"


def test_tries_and_pauses_share_the_deadline(service: Hostile) -> None:
    service.answer = lambda handler: send(handler, 503, b"", Retry_After="1")
    assert "fewer requests" in trouble_of(service)
    assert service.asked == 1


def test_a_service_that_drips_lets_the_other_be_asked(make: Callable[[], Hostile]) -> None:
    slow, good = make(), make()
    slow.answer = lambda handler: slow.drip(handler, b"H")
    client = Client(Cache(None, days=1), crossref=slow.base, pubmed=good.base, interval=0, limit=0.5)
    with pytest.raises(UnavailableError):
        client.get("crossref", "works/x")
    assert client.get("pubmed", "esummary.fcgi")["header"] == {}


# --- redirects


def test_a_redirect_within_the_service_is_followed(acu_lint: AcuLint, write: Write, service: Hostile) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        if handler.path.startswith("/new"):
            send(handler, 200, GOOD)
        else:
            send(handler, 301, b"", Location="/new")

    service.answer = answer
    write("a.md", ARTICLE)
    ran = run(acu_lint, service, "json")
    found = {each["kind"]: each["verification"]["status"] for each in ran.json["references"]}
    assert found["doi"] == "found"


@pytest.mark.parametrize(
    "where", ["//127.0.0.1:{port}/x", "http://localhost:{port}/", "file:///etc/hosts", "gopher://a/"]
)
def test_a_redirect_to_another_place_is_not_followed(
    acu_lint: AcuLint, write: Write, make: Callable[[], Hostile], where: str
) -> None:
    service, inner = make(), make()
    where = where.format(port=inner.port)
    service.answer = lambda handler: send(handler, 302, b"", Location=where)
    write("a.md", ARTICLE)
    ran = run(acu_lint, service)
    assert_one_line(ran)
    assert "leads to another place" in ran.errors
    assert inner.asked == 0


@pytest.mark.parametrize(
    ("come_from", "location", "followed"),
    [
        ("https://one.test/works/x", "http://one.test/works/y", False),
        ("http://one.test/works/x", "https://one.test/works/y", True),
        ("https://one.test/works/x", "https://two.test/", True),
        ("https://one.test/works/x", "https://one.test@three.test/", False),
        ("https://one.test/works/x", "https://one.test:8080/", False),
        ("https://one.test/works/x", "https://one.test\\@three.test/", False),
        ("https://one.test/works/x", "ftp://one.test/", False),
    ],
)
def test_redirects_stay_with_known_services_and_are_never_less_safe(
    come_from: str, location: str, followed: bool
) -> None:
    client = Client(Cache(None, days=1), crossref="https://one.test/", pubmed="https://two.test/")
    if followed:
        assert client._redirected(come_from, location) == location
    else:
        with pytest.raises(Exception, match="leads to another place"):
            client._redirected(come_from, location)


def test_redirects_end(service: Hostile) -> None:
    service.answer = lambda handler: send(handler, 302, b"", Location=handler.path)
    # A connection that is used again may just have been closed by the other side.
    assert trouble_of(service, limit=20) in {"leads in a circle", "cannot be reached"}


# --- floods and nonsense


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        handler.wfile.write(b" " * 100_000)


def reset(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    handler.connection.close()


def saying(body: bytes | str, status: int = 200, **headers: str) -> Answer:
    raw = body if isinstance(body, bytes) else body.encode()
    return lambda handler: send(handler, status, raw, **headers)


def bomb(times: int) -> Answer:
    """50 MB of spaces, packed so many times."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        packed = b" " * 50_000_000
        for _ in range(times):
            packed = gzip.compress(packed)
        send(handler, 200, packed, Content_Encoding=", ".join(["gzip"] * times))

    return answer


def message(**values: object) -> Answer:
    return saying(json.dumps({"message": values, "header": {}, "result": {}}))


NONSENSE: dict[str, Answer] = {
    "a body without end": endless,
    "a bomb": bomb(1),
    "bombs in a bomb": bomb(2),
    "deep JSON": saying("[" * 500_000),
    "deep JSON in its place": saying('{"message": ' + "[" * 900 + "]" * 900 + ', "header": 1}'),
    "a number that is too long": saying('{"message": {"DOI": "x", "volume": ' + "9" * 5000 + '}, "header": {}}'),
    "a page": saying("<html>", Content_Type="text/html"),
    "nothing": saying(""),
    "null": saying("null"),
    "half a character": saying(b'{"message": "\xc3'),
    "too short": lambda handler: handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n{"),
    "a chunk that is none": lambda handler: handler.wfile.write(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\n"
    ),
    "no HTTP": lambda handler: handler.wfile.write(b"SSH-2.0-x\r\n"),
    "too many headers": lambda handler: handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 500 + b"\r\n"),
    "a header that is too long": lambda handler: handler.wfile.write(b"HTTP/1.1 200 OK\r\nA: " + b"b" * 100_000),
    "a reset": reset,
    "a pause that is no number": saying("", 429, Retry_After="1e400"),
    "a pause until the end of time": saying("", 429, Retry_After="Fri, 31 Dec 9999 23:59:59 GMT"),
    "a pause of many digits": saying("", 503, Retry_After="9" * 4500),
    "a redirect to nowhere": saying("", 302, Location="http://[::1/"),
}


@pytest.mark.slow
@pytest.mark.parametrize("what", NONSENSE)
def test_nonsense_is_one_line(acu_lint: AcuLint, write: Write, service: Hostile, what: str) -> None:
    service.answer = NONSENSE[what]
    write("a.md", ARTICLE)
    assert_one_line(run(acu_lint, service))


def assert_one_line(ran: Ran) -> None:
    """The references are listed, and what is wrong is one line."""
    assert ran.status == 0
    assert "10.5555/tea.1" in ran.output
    assert len(ran.errors.splitlines()) == 1, ran.errors
    assert "not verified" in ran.errors


FORMS = ("json", "csl-json", "bibtex")
ODD: dict[str, Answer] = {
    "numbers": message(DOI="10.5555/tea.1", title=float("nan"), issued={"date-parts": [[float("inf")]]}, volume=True),
    "a year that is none": message(DOI="10.5555/tea.1", title=["Tea"], issued={"date-parts": [[10**4000]]}),
    "half a pair": message(DOI="10.5555/tea.1", title=["Tea \ud800"], author=[{"family": "\udfff"}]),
    "an entity": message(DOI="10.5555/tea.1", title=["&#" + "9" * 5000 + ";"]),
    "deep lists": saying('{"message": {"agency": {"label": ' + "[" * 900 + "]" * 900 + '}, "DOI": "a"}, "header": {}}'),
    "a long title": message(DOI="10.5555/tea.1", title=["Tea " * 500_000]),
    "a DOI that is none": message(DOI={"a": 1}),
    "types that are none": saying(
        '{"message": {"DOI": "a"}, "header": {}, "result": {"1234567": {"uid": "1", "title": "T", "pubtype": '
        + "[" * 900 + "]" * 900 + "}}}"
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("what", "form"), [*((each, "text") for each in ODD), *(("half a pair", each) for each in FORMS)]
)
def test_odd_values_do_no_harm(acu_lint: AcuLint, write: Write, service: Hostile, what: str, form: str) -> None:
    service.answer = ODD[what]
    write("a.md", ARTICLE)
    ran = run(acu_lint, service, form)
    assert ran.status == 0
    assert len(ran.errors.splitlines()) <= 1, ran.errors
    assert "10.5555/tea.1" in ran.output
    assert len(ran.output) < 20_000


def test_an_agency_can_be_anything(acu_lint: AcuLint, write: Write, service: Hostile) -> None:
    deep = b'{"message": {"agency": {"label": ' + b"[" * 900 + b"]" * 900 + b"}}}"
    service.answer = lambda handler: send(handler, 200 if handler.path.endswith("agency") else 404, deep)
    write("a.md", ARTICLE)
    ran = run(acu_lint, service)
    assert ran.status == 0
    assert "there is no DOI 10.5555/tea.1" in ran.output
