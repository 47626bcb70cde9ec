"""The bibliography of articles: what they cite and name, what leads nowhere, and what the two services say of it."""

from __future__ import annotations

import json
import os
import re
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st

from acu_lint.document.source import Span
from acu_lint.references.records import Reference
from acu_lint.references.verify.ask import verify
from acu_lint.references.verify.cache import Cache
from acu_lint.references.verify.client import Client
from acu_lint.references.verify.record import Record, Verdict
from acu_lint.references.works import Library, Place, Work
from acu_lint.report.references import as_bibtex, as_csl
from tests.conftest import ROOT, AcuLint, Ran, Write

KNEE, BREATH, REVIEW = "10.5555/knee.2019.11", "10.5555/breath.1", "10.5555/review.2018.1"
ARTICLE = f"""\
# Needles and knees

A 2018 [review of needling](https://doi.org/{REVIEW.upper()}?via=x) found less pain.[^old] Slow breathing may help [2].

A 2021 study in Headache Medicine found 40% less pain. According to the Elbow Society and the World Health
Organization (WHO), acupuncture relieves pain.

The trial NCT01234567 goes on ([1](#fn1)), as Roe (2019) explains. The pain lasts less long.[9]

## References

1. Roe J, Poe A. Needling for knee pain in older adults: a trial. J Knee. 2019;4(2):11-20. doi:{KNEE}
2. Doe J. Slow breathing for mild headache: a pilot study. Breath J. 2017;1:1-9. PMID: 7654321. doi:{BREATH}
3. Poe E. Sleeping well at last. Some Press; 2005.

[^old]: See <https://www.knees.test/guide/?utm_source=mail&page=2#top>.
"""


def listed(ran: Ran) -> dict[tuple[str, str], Any]:
    """What ``--format json`` lists, by kind and value."""
    assert ran.status == 0, ran.errors
    return {(each["kind"], each["value"]): each for each in ran.json["references"]}


def lines(entry: Any) -> list[int]:
    return [place["start"]["line"] for place in entry["places"]]


# --- what an article cites and names


def test_every_citation_is_listed_where_it_is_used(acu_lint: AcuLint, write: Write) -> None:
    write("a.md", ARTICLE)
    found = listed(acu_lint("references", "--format", "json", "a.md"))
    assert lines(found["doi", REVIEW]) == [3]
    assert lines(found["doi", KNEE]) == [8, 8, 12]  # "([1](#fn1))", "Roe (2019)", the entry
    assert lines(found["doi", BREATH]) == [3, 13]
    assert found["doi", BREATH]["identifiers"] == {"doi": BREATH, "pmid": "7654321"}
    assert found["doi", BREATH]["title"] == "Slow breathing for mild headache: a pilot study"
    assert found["trial", "NCT01234567"]["state"] == "ok"
    assert lines(found["link", "knees.test/guide?page=2"]) == [3, 16]
    (entry,) = (each for (kind, _), each in found.items() if kind == "entry" and each["value"])
    assert (entry["state"], entry["title"], entry["years"]) == ("unlinked", "Sleeping well at last", [2005])


def test_names_without_a_link_are_unlinked(acu_lint: AcuLint, write: Write) -> None:
    write("a.md", ARTICLE)
    found = listed(acu_lint("references", "--format", "json", "a.md"))
    named = {(each["kind"], each["text"]): each["state"] for each in found.values()}
    assert named["named-study", "A 2021 study in Headache Medicine"] == "unlinked"
    assert named["journal", "Headache Medicine"] == "unlinked"
    assert named["body", "Elbow Society"] == "unlinked"
    assert found["body", "world health organization"]["state"] == "unlinked"
    assert named["named-study", "A 2018 review"] == "ok"


def test_a_marker_without_an_entry_is_broken(acu_lint: AcuLint, write: Write) -> None:
    write("a.md", ARTICLE)
    broken = [each for each in listed(acu_lint("references", "--format", "json", "a.md")).values() if each["faults"]]
    assert [(each["text"], each["state"], lines(each)) for each in broken] == [("[9]", "broken", [8])]
    assert "no entry" in acu_lint("references", "a.md").output


def test_an_identifier_that_cannot_be_right_is_broken(acu_lint: AcuLint, write: Write) -> None:
    write("a.md", "Pain passes (ISBN 978-3-16-148410-7). It fades (PMID: 12x45).\n")
    broken = acu_lint("references", "--format", "json", "a.md").json["references"]
    assert [(each["kind"], each["state"]) for each in broken] == [("pmid", "broken"), ("isbn", "broken")]
    assert broken[1]["faults"] == ["not a valid ISBN"]


def test_places_are_exact(acu_lint: AcuLint, write: Write) -> None:
    text = "\ufeff😀 Über [this study](https://doi.org/10.5555/abc) &amp; more.\r\n"
    write("a.md", text)
    found = listed(acu_lint("references", "--format", "json", "a.md"))
    (place,) = found["doi", "10.5555/abc"]["places"]
    assert text[place["start"]["offset"] : place["end"]["offset"]] == place["text"] == "this study"


@pytest.mark.parametrize(
    ("written", "kind", "value"),
    [
        ("[x](https://pubmed.ncbi.nlm.nih.gov/123456/)", "pmid", "123456"),
        ("[x](https://www.ncbi.nlm.nih.gov/pmc/articles/PMC123456/)", "pmcid", "PMC123456"),
        ("[x](https://publisher.test/doi/10.5555/ab.12/full)", "doi", "10.5555/ab.12"),
        ("[x](https://doi.org/10.5555%2Fab.12)", "doi", "10.5555/ab.12"),
        ("Cochrane CD123456.pub2", "doi", "10.1002/14651858.cd123456.pub2"),
        ("arXiv:2101.00001", "arxiv", "2101.00001"),
        ("ISBN 978-3-16-148410-0", "isbn", "9783161484100"),
        ("[x](https://clinicaltrials.gov/study/NCT01234567)", "trial", "NCT01234567"),
        ("[x](http://www.leaflets.test/pain/#more)", "link", "leaflets.test/pain"),
    ],
)
def test_one_source_has_one_name(acu_lint: AcuLint, write: Write, written: str, kind: str, value: str) -> None:
    write("a.md", f"Pain passes ({written}).\n")
    assert (kind, value) in listed(acu_lint("references", "--format", "json", "a.md"))


def test_declared_sources_count(acu_lint: AcuLint, write: Write) -> None:
    write("a.md", f'---\ntitle: Pain\nsources:\n  - "Roe J. Pain in the knee. 2019. doi:{KNEE}"\n---\n\nPain passes.\n')
    assert lines(listed(acu_lint("references", "--format", "json", "a.md"))["doi", KNEE]) == [4]


def test_a_site_shows_what_is_shared_and_what_has_no_source(acu_lint: AcuLint, write: Write) -> None:
    write("site/a.md", ARTICLE)
    write("site/b.html", f'<h1>Knees</h1><p>Less pain <a href="https://dx.doi.org/{KNEE}">was found</a>.</p>')
    write("site/c.md", "# Needles\n\nStudies show that acupuncture relieves pain in 80% of people.\n")
    write("site/d.md", "# Opening hours\n\nWe open at nine.\n")
    answer = acu_lint("references", "--format", "json", "site").json
    ids = {each["id"]: each["value"] for each in answer["references"]}
    assert [ids[key] for key in answer["shared"]] == [KNEE]
    assert answer["unsourced"] == ["site/c.md"]
    assert [(each["path"], each["sourced"]) for each in answer["documents"] if each["claims"]][-1] == (
        "site/c.md",
        False,
    )
    text = acu_lint("references", "site").output
    assert "Articles with claims but no source:\n  site/c.md\n" in text
    assert f"Sources that several articles share:\n  {KNEE}\n" in text


def test_entries_that_disagree_stay_apart(acu_lint: AcuLint, write: Write) -> None:
    write("a.md", "Pain passes.\n\n## References\n\n1. Roe J. On pain. 2019. PMID: 111. doi:10.5555/one\n")
    write("b.md", "Pain passes.\n\n## References\n\n1. Roe J. On pain. 2019. PMID: 111. doi:10.5555/two\n")
    found = listed(acu_lint("references", "--format", "json"))
    assert {("doi", "10.5555/one"), ("doi", "10.5555/two")} <= set(found)


def test_stats_does_not_print_references(acu_lint: AcuLint, write: Write) -> None:
    write("a.md", ARTICLE)
    (row,) = acu_lint("stats", "--format", "json", "a.md").json["documents"]
    assert "references" not in row


def test_an_article_without_sources_is_no_error(acu_lint: AcuLint, write: Write) -> None:
    write("a.md", "We open at nine.\n")
    ran = acu_lint("references", "a.md")
    assert (ran.status, ran.output) == (0, "0 sources in 1 article: 0 unlinked, 0 broken.\n")
    assert acu_lint("references", "--format", "csl-json", "a.md").json == []
    assert acu_lint("references", "b.md").status == 2


# --- for reference managers


def test_csl_json_has_what_a_reference_manager_needs(acu_lint: AcuLint, write: Write) -> None:
    write("a.md", ARTICLE)
    items = acu_lint("references", "--format", "csl-json", "a.md").json
    (breath,) = (item for item in items if item.get("DOI") == BREATH)
    assert breath["type"] == "article-journal"
    assert breath["title"] == "Slow breathing for mild headache: a pilot study"
    assert breath["issued"] == {"date-parts": [[2017]]}
    assert breath["PMID"] == "7654321"
    assert len({item["id"] for item in items}) == len(items) == 6  # names and broken markers are left out


def test_bibtex_can_be_read(acu_lint: AcuLint, write: Write) -> None:
    write("a.md", ARTICLE)
    library = parse_string(acu_lint("references", "--format", "bibtex", "a.md").output)
    assert library.failed_blocks == []
    assert {entry["doi"] for entry in library.entries if "doi" in entry} == {KNEE, BREATH, REVIEW}
    assert len(library.entries) == 6


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40) | st.text(
    '\\{}%&#$_^~"@,= a', max_size=30
)
_COMMAND = re.compile(r"\\text(backslash|braceleft|braceright|asciitilde|asciicircum)\{\}|\\([#$%&_])")
_SIGNS = {"backslash": "\\", "braceleft": "{", "braceright": "}", "asciitilde": "~", "asciicircum": "^"}


def unescaped(text: str) -> str:
    return _COMMAND.sub(lambda found: _SIGNS.get(found[1], found[2]), text)


def visible(text: str) -> str:
    return " ".join("".join(" " if ord(sign) < 32 or 127 <= ord(sign) < 160 else sign for sign in text).split())


def work(title: str, value: str) -> Work:
    return Work([Place("a.md", 0, 1, 1, 1, Reference("doi", value, "words", Span(0, 1), title, (2019,), url=value))])


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=6))
def test_bibtex_keeps_every_text_and_every_key_once(found: list[tuple[str, str, str]]) -> None:
    works = [work(title, value) for title, value, _ in found]
    verdicts = {
        at: Verdict("found", Record(title=title, authors=(author,), years=(2019,)))
        for at, (title, _, author) in enumerate(found)
    }
    library = parse_string(as_bibtex(Library(works), verdicts))
    assert library.failed_blocks == []
    assert len({entry.key for entry in library.entries}) == len(works)
    for entry, (title, *_) in zip(library.entries, found, strict=True):
        wanted = visible(title) if title else "words"
        assert unescaped(entry["title"][1:-1]) == wanted
    items = json.loads(as_csl(Library(works), verdicts))
    assert [item["id"] for item in items] == [entry.key for entry in library.entries]


# --- what the services say


class Service:
    """Crossref and PubMed on loopback: answers by path, each used once but the last; what was asked is kept."""

    def __init__(self) -> None:
        self.answers: dict[str, list[Any]] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                service.answer(self)

            def log_message(self, format: str, *args: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a client that went away
        self.base = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
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


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    service = Service()
    yield service
    service.server.shutdown()
    service.server.server_close()


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


def test_a_work_that_fits_the_text_is_found(service: Service) -> None:
    service.answers[f"works/{KNEE}"] = [crossref(KNEE, f"{TITLE} &amp; <i>more</i>", 2019)]
    verdict, client = verdict_of(service, cited("doi", KNEE, TITLE, (2019,)))
    assert (verdict.status, verdict.faults, client.troubles) == ("found", (), [])
    assert verdict.record.title == f"{TITLE} & more"


def test_a_wrong_title_and_a_wrong_year_are_told(service: Service) -> None:
    service.answers[f"works/{KNEE}"] = [crossref(KNEE, "Growing tomatoes under glass in spring", 2011)]
    verdict, _ = verdict_of(service, cited("doi", KNEE, TITLE, (2019,)))
    assert verdict.status == "found"
    assert [fault[:11] for fault in verdict.faults] == ["a.md:1 says", "a.md:1 says"]
    assert "2011" in verdict.faults[0]
    assert "tomatoes" in verdict.faults[1]


@pytest.mark.parametrize("year", [2018, 2019])
def test_either_year_of_a_work_fits(service: Service, year: int) -> None:
    online = {"published-online": {"date-parts": [[2018, 12, 30]]}}
    service.answers[f"works/{KNEE}"] = [crossref(KNEE, TITLE, 2019, **online)]
    assert verdict_of(service, cited("doi", KNEE, "", (year,)))[0].faults == ()


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"updated-by": [{"DOI": "10.5555/notice", "type": "retraction", "label": "Retraction"}]}, "retracted"),
        ({"updated-by": [{"DOI": "10.5555/notice", "type": "correction", "label": "Correction"}]}, "found"),
        ({"title": [f"RETRACTED: {TITLE}"]}, "retracted"),
        ({"update-to": [{"DOI": "10.5555/old", "type": "retraction", "label": "Retraction"}]}, "found"),
    ],
)
def test_crossref_knows_retractions(service: Service, more: dict[str, Any], status: str) -> None:
    service.answers[f"works/{KNEE}"] = [crossref(KNEE, TITLE, 2019, **more)]
    verdict, _ = verdict_of(service, cited("doi", KNEE))
    assert verdict.status == status
    assert any("retract" in fault for fault in verdict.faults) == (
        more.get("updated-by", [{}])[0].get("type") != "correction"
    )


def test_pubmed_knows_retractions_and_is_asked_once_for_all(service: Service) -> None:
    service.answers[SUMMARY] = [
        pubmed(
            summary("111", TITLE, "2019 May", "Retracted Publication"),
            summary("222", TITLE, "2018 Dec 3", doi="10.5555/OTHER"),
            {"uid": "333", "error": "cannot get document summary"},
        )
    ]
    works = [cited("pmid", "111"), cited("doi", KNEE, pmid="222"), cited("pmid", "333"), cited("pmid", "444")]
    verdicts = verify(works, asking(service))
    assert [verdicts[at].status for at in range(4)] == ["retracted", "missing", "missing", "not verified"]
    assert service.asked.count(SUMMARY) == 1
    assert service.headers[0]["id"] == "111,222,333,444"
    assert "PMID 222 has the DOI 10.5555/other, not 10.5555/knee.2019.11" in verdicts[1].faults
    assert verdicts[2].faults == ("there is no PMID 333",)


def test_a_pmc_number_leads_to_the_doi(service: Service) -> None:
    service.answers[SUMMARY] = [pubmed(summary("77", TITLE, "2019", doi=KNEE))]
    service.answers[f"works/{KNEE}"] = [crossref(KNEE, TITLE, 2019, **{"updated-by": [{"type": "retraction"}]})]
    assert verdict_of(service, cited("pmcid", "PMC77"))[0].status == "retracted"
    assert service.headers[0]["db"] == "pmc"


def test_a_doi_of_another_agency_exists(service: Service) -> None:
    service.answers[f"works/{KNEE}/agency"] = [
        {"status": "ok", "message": {"agency": {"id": "datacite", "label": "DataCite"}}}
    ]
    verdict, _ = verdict_of(service, cited("doi", KNEE, TITLE, (2019,)))
    assert (verdict.status, verdict.record.agency, verdict.faults) == ("found", "DataCite", ())


def test_a_doi_that_nobody_knows_is_missing(service: Service) -> None:
    verdict, client = verdict_of(service, cited("doi", KNEE))
    assert (verdict.status, verdict.faults, client.troubles) == ("missing", (f"there is no DOI {KNEE}",), [])


def test_works_without_an_identifier_are_not_asked_about(service: Service) -> None:
    assert verify([cited("link", "knees.test/guide"), cited("isbn", "9783161484100")], asking(service)) == {}
    assert service.asked == []


# --- faults of the network


def test_a_busy_service_is_asked_again_after_the_pause_it_asks_for(service: Service) -> None:
    service.answers[f"works/{KNEE}"] = [(429, {"Retry-After": "1"}, b""), crossref(KNEE, TITLE, 2019)]
    start = time.monotonic()
    verdict, _ = verdict_of(service, cited("doi", KNEE))
    assert verdict.status == "found"
    assert time.monotonic() - start >= 1


def test_a_service_that_asks_for_a_long_pause_is_left_alone(service: Service) -> None:
    service.answers[f"works/{KNEE}"] = [(429, {"Retry-After": "3600"}, b"")]
    client = asking(service)
    verdicts = verify([cited("doi", KNEE), cited("doi", BREATH)], client)
    assert [each.status for each in verdicts.values()] == ["not verified", "not verified"]
    assert service.asked == [f"works/{KNEE}"]
    assert "fewer requests" in client.troubles[0]


def test_a_passing_error_is_tried_again_and_tries_are_bounded(service: Service) -> None:
    service.answers[f"works/{KNEE}"] = [500, 503, crossref(KNEE, TITLE, 2019)]
    assert verdict_of(service, cited("doi", KNEE))[0].status == "found"
    service.asked.clear()
    service.answers[f"works/{KNEE}"] = [500]
    verdict, client = verdict_of(service, cited("doi", KNEE))
    assert (verdict.status, len(service.asked)) == ("not verified", 3)
    assert "status 500" in client.troubles[0]


def test_one_bad_answer_does_not_keep_others_from_being_asked(service: Service) -> None:
    service.answers |= {f"works/{KNEE}": [500], f"works/{BREATH}": [crossref(BREATH, TITLE, 2019)]}
    verdicts = verify([cited("doi", KNEE), cited("doi", BREATH)], asking(service))
    assert [each.status for each in verdicts.values()] == ["not verified", "found"]


@pytest.mark.parametrize(
    "answer",
    [b"<html>maintenance</html>", b"", b"\xff\xfe", b"[" * 100_000, [], {"status": "ok"}, {"message": 7, "header": 7},
     {"message": {"DOI": [], "title": {}}}, {"header": {}, "result": [1]}, {"header": {}, "result": {"111": "x"}}],
)  # fmt: skip
def test_garbage_is_no_answer(service: Service, answer: object) -> None:
    service.answers = {f"works/{KNEE}": [answer], SUMMARY: [answer]}
    client = asking(service)
    verdicts = verify([cited("doi", KNEE), cited("pmid", "111")], client)
    assert [each.status for each in verdicts.values()] == ["not verified", "not verified"]
    if not isinstance(answer, dict) or "header" not in answer:
        assert any("cannot be read" in trouble for trouble in client.troubles)


def test_odd_values_in_an_answer_are_skipped(service: Service) -> None:
    odd = {
        "title": [],
        "author": [7, {"family": None}],
        "issued": {"date-parts": [[None]]},
        "updated-by": "x",
        "volume": {},
    }
    service.answers[f"works/{KNEE}"] = [crossref(KNEE, TITLE, 2019, **odd)]
    verdict, _ = verdict_of(service, cited("doi", KNEE, TITLE, (2019,)))
    assert (verdict.status, verdict.record.authors, verdict.record.years) == ("found", (), (2019,))


def test_a_slow_service_is_left_alone(service: Service) -> None:
    def late() -> bytes:
        time.sleep(0.6)
        return b"{}"

    service.answers = {f"works/{doi}": [(200, {}, late)] for doi in (KNEE, BREATH)}
    client = asking(service, timeout=0.15, tries=2)
    verdicts = verify([cited("doi", KNEE), cited("doi", BREATH)], client)
    assert [each.status for each in verdicts.values()] == ["not verified", "not verified"]
    assert set(service.asked) == {f"works/{KNEE}"}
    assert "in time" in client.troubles[0]


def test_a_closed_connection_is_tried_again(service: Service) -> None:
    service.answers[f"works/{KNEE}"] = [(200, {}, b"close"), crossref(KNEE, TITLE, 2019)]
    assert verdict_of(service, cited("doi", KNEE))[0].status == "found"


def test_requests_say_who_asks_and_keep_their_distance(service: Service) -> None:
    service.answers = {SUMMARY: [pubmed(summary("111", TITLE, "2019"))]}
    client = asking(service, contact="editor@knees.test", interval=0.2)
    start = time.monotonic()
    verify([cited("doi", KNEE), cited("pmid", "111")], client)  # DOI and agency at Crossref, PubMed in between
    assert time.monotonic() - start >= 0.2
    assert all("mailto:editor@knees.test" in headers["User-Agent"] for headers in service.headers)
    assert service.headers[0]["email"] == "editor@knees.test"


def test_a_proxy_is_honoured(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", service.base)
    monkeypatch.setenv("no_proxy", "")
    client = Client(Cache(None, days=1), crossref="http://crossref.invalid/", interval=0)
    service.answers[f"works/{KNEE}"] = [crossref(KNEE, TITLE, 2019)]
    assert verify([cited("doi", KNEE)], client)[0].status == "found"


# --- the cache


def test_what_is_known_is_not_asked_again_until_it_is_old(service: Service, tmp_path: Path) -> None:
    service.answers = {f"works/{KNEE}": [crossref(KNEE, TITLE, 2019)], SUMMARY: [pubmed(summary("111", TITLE, "2019"))]}
    works = [cited("doi", KNEE), cited("pmid", "111")]
    first = verify(works, asking(service, tmp_path))
    asked = len(service.asked)
    assert verify(works, asking(service, tmp_path)) == first
    assert len(service.asked) == asked == 2
    for file in tmp_path.iterdir():
        kept = json.loads(file.read_text())
        file.write_text(json.dumps({**kept, "time": kept["time"] - 90_000}))
    verify(works, asking(service, tmp_path))
    assert len(service.asked) == 2 * asked


def test_what_was_missing_is_asked_again(service: Service, tmp_path: Path) -> None:
    assert verify([cited("doi", KNEE)], asking(service, tmp_path))[0].status == "missing"
    service.answers[f"works/{KNEE}"] = [crossref(KNEE, TITLE, 2019)]
    assert verify([cited("doi", KNEE)], asking(service, tmp_path))[0].status == "found"


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"version": 1}', b"\xff", b"cut"])
def test_a_damaged_cache_is_rebuilt(service: Service, tmp_path: Path, damage: bytes) -> None:
    service.answers[f"works/{KNEE}"] = [crossref(KNEE, TITLE, 2019)]
    verify([cited("doi", KNEE)], asking(service, tmp_path))
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[:-20] if damage == b"cut" else damage)
    assert verify([cited("doi", KNEE)], asking(service, tmp_path))[0].status == "found"
    assert json.loads(file.read_bytes())["record"] == json.loads(whole)["record"]


def test_a_kept_record_of_another_form_is_replaced(service: Service, tmp_path: Path) -> None:
    service.answers[f"works/{KNEE}"] = [crossref(KNEE, TITLE, 2019)]
    Cache(tmp_path, days=1).put(f"doi:{KNEE}", {"title": "old form"})
    assert verify([cited("doi", KNEE)], asking(service, tmp_path))[0].record.title == TITLE


def test_an_interrupted_write_leaves_the_old_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path, days=1)
    cache.put("key", {"title": "old"})

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", interrupted)
        with pytest.raises(KeyboardInterrupt):
            cache.put("key", {"title": "new"})
    assert cache.get("key") == {"title": "old"}


def test_without_a_place_to_write_nothing_is_kept(service: Service, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    service.answers[f"works/{KNEE}"] = [crossref(KNEE, TITLE, 2019)]
    assert verify([cited("doi", KNEE)], asking(service, tmp_path / "file"))[0].status == "found"


# --- the command


def environment(service: Service, tmp_path: Path) -> dict[str, str]:
    return {
        "ACU_LINT_CROSSREF": service.base, "ACU_LINT_PUBMED": service.base, "ACU_LINT_CACHE": str(tmp_path / "cache"),
        "no_proxy": "127.0.0.1",
    }  # fmt: skip


def test_verify_tells_what_does_not_fit(acu_lint: AcuLint, write: Write, service: Service, tmp_path: Path) -> None:
    service.answers = {
        f"works/{KNEE}": [crossref(KNEE, TITLE, 2019)],
        f"works/{BREATH}": [crossref(BREATH, "Slow breathing for mild headache: a pilot study", 2016)],
        SUMMARY: [
            pubmed(summary("7654321", "Slow breathing for mild headache: a pilot study", "2016 Jan", doi=BREATH))
        ],
    }
    write("acu-lint.toml", 'contact = "editor@knees.test"\n')
    write("a.md", ARTICLE)
    env = environment(service, tmp_path)
    ran = acu_lint("references", "--verify", "a.md", env=env)
    assert (ran.status, ran.errors) == (0, "")
    assert "a.md:13 says 2017, it was published in 2016" in ran.output
    assert f"there is no DOI {REVIEW}" in ran.output
    assert "mailto:editor@knees.test" in service.headers[0]["User-Agent"]
    bibtex = acu_lint("references", "--verify", "--format", "bibtex", "a.md", env=env).output
    (knee,) = (entry for entry in parse_string(bibtex).entries if entry.get("doi", None) and entry["doi"] == KNEE)
    assert (knee.key, knee["author"], knee["volume"]) == ("roe2019", "Roe, Jane", "4")


def test_offline_is_one_line_and_no_failure(acu_lint: AcuLint, write: Write, service: Service, tmp_path: Path) -> None:
    write("a.md", ARTICLE)
    dead = {
        **environment(service, tmp_path),
        "ACU_LINT_CROSSREF": "http://127.0.0.1:9/",
        "ACU_LINT_PUBMED": "http://127.0.0.1:9/",
    }
    ran = acu_lint("references", "--verify", "--format", "json", "a.md", env=dead)
    assert ran.status == 0
    assert len(ran.errors.splitlines()) == 1
    assert "cannot be reached" in ran.errors
    assert "3 of 3 sources not verified" in ran.errors
    assert listed(ran)["doi", KNEE]["verification"]["status"] == "not verified"


def test_without_verify_nothing_is_asked(acu_lint: AcuLint, write: Write, service: Service, tmp_path: Path) -> None:
    write("a.md", ARTICLE)
    ran = acu_lint("references", "--format", "json", "a.md", env=environment(service, tmp_path))
    assert all(each["verification"] is None for each in ran.json["references"])
    assert service.asked == []


def test_without_the_extra_the_command_says_what_to_install(acu_lint: AcuLint, write: Write, tmp_path: Path) -> None:
    write("a.md", ARTICLE)
    write("missing/sitecustomize.py", "import sys\nsys.modules['requests'] = None\n")
    code = ROOT
    env = {"PYTHONPATH": os.pathsep.join([str(tmp_path / "missing"), str(code), str(code / "rules")])}
    ran = acu_lint("references", "--verify", "a.md", env=env)
    assert ran.status == 2
    assert "acu-lint[verify]" in ran.errors
    assert acu_lint("references", "a.md", env=env).status == 0


def test_a_contact_that_is_no_address_is_refused(acu_lint: AcuLint, write: Write) -> None:
    write("acu-lint.toml", 'contact = "the editor\\r\\nX: y"\n')
    write("a.md", ARTICLE)
    ran = acu_lint("references", "a.md")
    assert ran.status == 2
    assert "acu-lint.toml:1: 'contact' takes an e-mail address" in ran.errors
