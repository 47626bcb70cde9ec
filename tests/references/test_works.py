"""The sources of articles: what they cite and name, and what leads nowhere."""

from __future__ import annotations

import pytest

from tests.conftest import AcuLint, Write
from tests.references.articles import ARTICLE, BREATH, KNEE, REVIEW, lines, listed


def test_every_citation_is_listed_where_it_is_used(acu_lint: AcuLint, write: Write) -> None:
    write("a.md", ARTICLE)
    found = listed(acu_lint("references", "--format", "json", "a.md"))
    assert lines(found["doi", REVIEW]) == [3]
    assert lines(found["doi", KNEE]) == [8, 8, 12]  # "([1](#fn1))", "Roe (2019)", the entry
    assert lines(found["doi", BREATH]) == [3, 13]
    assert found["doi", BREATH]["identifiers"] == {"doi": BREATH, "pmid": "7654321"}
    assert found["doi", BREATH]["title"] == "Slow breathing for mild headache: a pilot study"
    assert found["trial", "NCT01234567"]["state"] == "linked"
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
    assert named["named-study", "A 2018 review"] == "linked"


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
        ("doi:10.5555/(SICI)1-2(1999)5:1<2::AID-X>3.0.CO;2-K", "doi", "10.5555/(sici)1-2(1999)5:1<2::aid-x>3.0.co;2-k"),
        ("doi:10.5555/1-2(1999)5<2:X>2.0.CO;2", "doi", "10.5555/1-2(1999)5<2:x>2.0.co;2"),
        ("10.5555/1-2(1999)5[2:X]2.0.CO;2, p. 4", "doi", "10.5555/1-2(1999)5[2:x]2.0.co;2"),
        ("doi:10.5555/1-2(1999)5&lt;2:X&gt;2.3.CO;2-#", "doi", "10.5555/1-2(1999)5<2:x>2.3.co;2-#"),
        ("https://doi.org/10.5555/1-2(1999)5<2:X>2.0.TX;2-9.", "doi", "10.5555/1-2(1999)5<2:x>2.0.tx;2-9"),
        ("https://doi.org/10.5555/1-2(1999)5%3C2:X%3E2.0.TX;2-%23", "doi", "10.5555/1-2(1999)5<2:x>2.0.tx;2-#"),
        ("[x](https://doi.org/10.5555/1-2(1999)5%3C2:X%3E2.0.CO;2-K)", "doi", "10.5555/1-2(1999)5<2:x>2.0.co;2-k"),
        ("[x](https://doi.org/10.5555/1-2(1999)5<2:X>2.0.CO;2-K)", "doi", "10.5555/1-2(1999)5<2:x>2.0.co;2-k"),
        ("*doi:10.5555/ab.12*<br>next", "doi", "10.5555/ab.12"),
        ("[x](https://doi.org/10.5555/ab.12#abstract)", "doi", "10.5555/ab.12"),
        ("https://publisher.test/doi/10.5555/ab.12#section-2", "doi", "10.5555/ab.12"),
        ("doi:10.5555/ab.12#abstract", "doi", "10.5555/ab.12"),
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


@pytest.mark.parametrize(
    "between", ["、", "，doi：", "。https://doi.org/", "（doi:", "」「", "；", ";", ",", "”，“", "和"]
)
def test_identifiers_that_a_sign_joins_are_two(acu_lint: AcuLint, write: Write, between: str) -> None:
    write("a.md", f"疼痛 https://doi.org/10.5555/one.1{between}10.5555/two.2。\n")
    write("b.md", f"疼痛（doi:10.5555/one.1{between}10.5555/two.2）。\n")
    for path in ("a.md", "b.md"):
        values = {value for _, value in listed(acu_lint("references", "--format", "json", path))}
        assert {"10.5555/one.1", "10.5555/two.2"} <= values


def test_an_old_identifier_has_an_address_that_works(acu_lint: AcuLint, write: Write) -> None:
    write("a.md", "Pain passes (doi:10.5555/1-2(1999)5<2:X>2.0.CO;2-#).\n")
    (one,) = acu_lint("references", "--format", "json", "a.md").json["references"]
    assert one["url"] == "https://doi.org/10.5555/1-2(1999)5%3C2:x%3E2.0.co;2-%23"


def test_a_note_of_two_paragraphs_is_one_source(acu_lint: AcuLint, write: Write) -> None:
    write("a.md", "Pain passes.[^s]\n\n[^s]: Roe J. Cups and\n    tape.\n\n    J Rest 2019. doi:10.5555/ab.12\n")
    (one,) = acu_lint("references", "--format", "json", "a.md").json["references"]
    assert (one["kind"], one["value"], one["state"]) == ("doi", "10.5555/ab.12", "linked")
    assert [place["text"][:11] for place in one["places"]] == ["[^s]", "Roe J. Cups"]


def test_a_place_ends_where_its_address_ends(acu_lint: AcuLint, write: Write) -> None:
    text = "Pain passes (https://leaflets.test/pain), as we read in <https://doi.org/10.5555/ab.12>.\n"
    write("a.md", text)
    found = acu_lint("references", "--format", "json", "a.md").json["references"]
    words = {place["text"] for one in found for place in one["places"]}
    assert words == {"https://leaflets.test/pain", "https://doi.org/10.5555/ab.12"}


def test_an_entry_goes_by_its_words_not_by_its_number(acu_lint: AcuLint, write: Write) -> None:
    for name, number in (("a.md", "[1]"), ("b.md", "[2]")):
        write(name, f"Pain passes {number}.\n\n## References\n\n{number} Roe J. Cups and tape. J Rest. 2019;3:4-9.\n")
    (one,) = acu_lint("references", "--format", "json", "a.md", "b.md").json["references"]
    assert one["value"] == "roe j. cups and tape. j rest. 2019;3:4-9."


@pytest.mark.parametrize(
    "link", ["[cups](doi.org/10.5555/ab.12)", "[cups](https//leaflets.test/x)", "[cups](www.leaflets.test/x)"]
)
def test_a_link_without_a_scheme_is_broken(acu_lint: AcuLint, write: Write, link: str) -> None:
    write("a.md", f"Pain passes with {link} for most.\n")
    (one,) = acu_lint("references", "--format", "json", "a.md").json["references"]
    assert one["state"] == "broken"
    assert "write https://" in one["faults"][0]


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


def test_a_contact_that_is_no_address_is_refused(acu_lint: AcuLint, write: Write) -> None:
    write("acu-lint.toml", 'contact = "the editor\\r\\nX: y"\n')
    write("a.md", ARTICLE)
    ran = acu_lint("references", "a.md")
    assert ran.status == 2
    assert "acu-lint.toml:1: 'contact' takes an e-mail address" in ran.errors
