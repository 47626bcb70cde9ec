"""Crossref and PubMed on this machine: what they answer, and what is asked."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from acu_lint.document.source import Span
from acu_lint.references.records import Reference
from acu_lint.references.verify.ask import verify
from acu_lint.references.verify.cache import Cache
from acu_lint.references.verify.client import Client
from acu_lint.references.verify.record import Verdict
from acu_lint.references.works import Place, Work
from tests.references.verify.loopback import Loopback


class Service(Loopback):
    """Crossref and PubMed on loopback: answers by path, each used once but the last; what was asked is kept."""

    def __init__(self) -> None:
        self.answers: dict[str, list[Any]] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        super().__init__()

    def respond(self, handler: BaseHTTPRequestHandler) -> None:
        url = urlsplit(handler.path)
        name = unquote(url.path.strip("/"))
        self.asked.append(name)
        self.headers.append({**handler.headers, **{key: value[0] for key, value in parse_qs(url.query).items()}})
        queue = self.answers.get(name, [404])
        found = queue.pop(0) if len(queue) > 1 else queue[0]
        status, headers, body = (found, {}, b"Resource not found.") if isinstance(found, int) else (200, {}, found)
        if isinstance(found, tuple):
            status, headers, body = found
        if body == b"close":
            handler.close_connection = True
            handler.connection.close()
            return
        if callable(body):
            body = body()
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        handler.send_response(status)
        for key, value in headers.items():
            handler.send_header(key, value)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)


def crossref(doi: str, title: str, year: int, /, **more: object) -> dict[str, object]:
    """An answer of Crossref, in the shape of api.crossref.org/works/DOI."""
    message = {
        "DOI": doi,
        "type": "journal-article",
        "title": [title],
        "container-title": ["Journal of the Knee"],
        "author": [{"given": "Jane", "family": "Roe", "sequence": "first", "affiliation": []}],
        "issued": {"date-parts": [[year, 5]]},
        "published-print": {"date-parts": [[year, 5]]},
        "volume": "4",
        "issue": "2",
        "page": "11-20",
        **more,
    }
    return {"status": "ok", "message-type": "work", "message-version": "1.0.0", "message": message}


def pubmed(*entries: dict[str, object]) -> dict[str, object]:
    """An answer of PubMed, in the shape of esummary.fcgi with retmode=json."""
    result = {"uids": [entry["uid"] for entry in entries], **{str(entry["uid"]): entry for entry in entries}}
    return {"header": {"type": "esummary", "version": "0.3"}, "result": result}


def summary(uid: str, title: str, date: str, *types: str, doi: str = "") -> dict[str, object]:
    return {
        "uid": uid,
        "pubdate": date,
        "epubdate": "",
        "source": "Breath J",
        "fulljournalname": "The breath journal",
        "authors": [{"name": "Doe J", "authtype": "Author", "clusterid": ""}],
        "title": f"{title}.",
        "pubtype": ["Journal Article", *types],
        "articleids": [{"idtype": "pubmed", "value": uid}, {"idtype": "doi", "value": doi}],
    }


SUMMARY = "esummary.fcgi"


def asking(service: Service, cache: Path | None = None, **more: Any) -> Client:
    return Client(
        Cache(cache, days=1), crossref=service.base, pubmed=service.base,
        **{"interval": 0, "backoff": 0.01, "timeout": 0.4, **more},
    )  # fmt: skip


def cited(kind: str, value: str, title: str = "", years: tuple[int, ...] = (), **also: str) -> Work:
    reference = Reference(kind, value, "words", Span(0, 1), title, years, also=tuple(also.items()))
    return Work([Place("a.md", 0, 1, 1, 1, reference)])


def verdict_of(service: Service, work: Work, **more: Any) -> tuple[Verdict, Client]:
    client = asking(service, **more)
    return verify([work], client)[0], client


TITLE = "Needling for knee pain in older adults: a trial"
