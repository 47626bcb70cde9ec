"""Services that are busy, slow, broken or out of reach."""

from __future__ import annotations

import time

import pytest

from acu_lint.references.verify.ask import verify
from acu_lint.references.verify.cache import Cache
from acu_lint.references.verify.client import Client
from tests.references.articles import BREATH, KNEE
from tests.references.verify.services import (
    SUMMARY,
    TITLE,
    Service,
    asking,
    cited,
    crossref,
    pubmed,
    summary,
    verdict_of,
)


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
