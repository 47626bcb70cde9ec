"""What the two services say of a work."""

from __future__ import annotations

from typing import Any

import pytest

from acu_lint.references.verify.ask import verify
from tests.references.articles import KNEE
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
