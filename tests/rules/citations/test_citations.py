"""What counts as a citation, what it covers, and the rules that ask for one."""

from __future__ import annotations

import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from acu_lint.rules.finding import Severity
from acu_lint_rules.analysis.citations import identifiers
from acu_lint_rules.analysis.citations.index import cited, in_references
from acu_lint_rules.analysis.citations.sources import is_source
from acu_lint_rules.analysis.evidence.evidence import evidence
from acu_lint_rules.citations import unlinked_authority, unlinked_study, unsourced_statistic, vague_source
from tests.conftest import document

DOI = "https://doi.org/10.1000/trial.7"
RULES = (vague_source.check, unlinked_study.check, unlinked_authority.check, unsourced_statistic.check)


def first_cited(text: str, name: str = "page.md") -> bool:
    """Whether the first sentence with the word "claim" is cited."""
    doc = document(text, name)
    return cited(doc, next(sentence for sentence in doc.sentences if "claim" in sentence.text.lower()))


CITED = {
    "link in the sentence": f"A claim ([trial]({DOI})).",
    "bare address": f"A claim, see {DOI}.",
    "link behind the full stop": f"A claim. [12]({DOI}) More text follows here.",
    "link in the next sentence": f"A claim. The trial is [here]({DOI}).",
    "DOI": "A claim (doi:10.1000/trial.7).",
    "PubMed number": "A claim (PMID: 30000001).",
    "PubMed Central number": "A claim (PMC1234567).",
    "arXiv": "A claim (arXiv:2101.00001).",
    "trial registration": "A claim (NCT01234567).",
    "Chinese trial registration": "A claim (ChiCTR2000031234).",
    "bookshelf": "A claim (NBK599210).",
    "note within the line": "A claim.^[Roe J. A trial. 2019.]",
    "key of Pandoc": "A claim [@roe2019, p. 3].",
    "footnote": "A claim.[^a]\n\n[^a]: Roe J. A trial. 2019.",
    "number": "A claim [2].\n\n## References\n\n1. One.\n2. Two.",
    "range of numbers": "A claim [1–3].\n\n## References\n\n1. One.\n2. Two.\n3. Three.",
    "raised number": "A claim.²\n\n## Sources\n\n1. One.\n2. Two.",
    "glued number": "A claim about sleep.2 Other text.\n\n## References\n\n1. One.\n2. Two.",
    "link to a note": "A claim <sup>[1](#fn1)</sup>.\n\n## Notes\n\n1. One.",
    "numbered list under a bold line": "A claim [1].\n\n**References**\n\n1. Roe J. A trial. 2019.",
    "author and year": "A claim (Roe et al., 2019).\n\n## References\n\n- Roe J. A trial. 2019.",
    "author (year)": "Roe (2019) made a claim.\n\n## References\n\n- Roe J. A trial. 2019.",
    "number into the front matter": "---\nsources:\n  - https://doi.org/10.1000/a\n---\n\nA claim [1].",
    "source line": "A claim.\n\nSource: Roe J. A trial. 2019.",
    "source in brackets": "A claim (source: National Health Survey 2019).",
    "source at the end of the paragraph": "A claim. Source: National Health Survey 2019.",
    "source line below a list": "Facts:\n\n- A claim\n- another\n\nSource: National Health Survey 2019",
    "mark at the end of the paragraph": f"A claim. A second thing. A third thing ([trial]({DOI})).",
    "the work goes on": f"A trial had 60 people ([Roe]({DOI})). Half of them left. The trial made a claim.",
    "the work goes on in the next paragraph": f"A trial had 60 people ([Roe]({DOI})).\n\nIt made a claim.",
    "lead-in": f"What [one trial]({DOI}) found:\n\n- a claim\n- another",
    "lead-in above cited items": f"The claim rests on these:\n\n- [Roe 2019]({DOI})\n- Doe",
    "table row": f"| A | B |\n|---|---|\n| claim | [Roe]({DOI}) |",
    "table head": f"| A | Rate ([Roe]({DOI})) |\n|---|---|\n| claim | 7 |",
    "line below a table": "| A | B |\n|---|---|\n| claim | 7 |\n\nSource: Roe 2019",
    "heading above a cited paragraph": f"## A claim\n\nWords ([Roe]({DOI})).",
    "text of the references": "## References\n\n1. A claim about trials.",
}
NOT_CITED = {
    "nothing": "A claim.",
    "home page": "A claim ([Roe](https://example.org/)).",
    "home page in a language": "A claim ([WHO](https://www.who.int/en/)).",
    "own post": "A claim ([more](/blog/more)).",
    "own site": "---\ncanonical_url: https://clinic.example/blog/this\n---\n\nA claim ([more](https://www.clinic.example/x)).",
    "source of pain": "We go to the source: the muscle. A claim.",
    "fragment": "A claim ([more](#)).",
    "telephone": "A claim ([call](tel:+4912345)).",
    "mail": "A claim ([write](mailto:roe@clinic.example)).",
    "shop window": "A claim ([Book now](https://booking.example/slot/7)).",
    "network": "A claim ([post](https://www.facebook.com/clinic/posts/7)).",
    "number without a list": "A claim [2].",
    "number beyond the list": "A claim [7].\n\n## References\n\n1. One.\n2. Two.",
    "note that explains": "A claim.^[We mean the cup of glass, not that of bamboo.]",
    "footnote that explains": "A claim.[^a]\n\n[^a]: We mean the cup of glass, not that of bamboo.",
    "footnote without a note": "A claim.[^a]",
    "author who is not in the list": "A claim (Roe et al., 2019).\n\n## References\n\n- Doe J. A trial. 2019.",
    "other year": "A claim (Roe et al., 2018).\n\n## References\n\n- Doe J. A trial. 2019.",
    "list of references alone": "A claim.\n\n## References\n\n- Roe J. A trial. 2019.",
    "placeholder": "A claim (doi:10.1234/abc).",
    "unit": "A claim about 5 cm².\n\n## References\n\n- Only one.",
    "link three sentences on": f"A claim. Two. Three. See [Roe]({DOI}) there. Last words.",
    "other table row": f"| A | B |\n|---|---|\n| claim | 7 |\n| x | [Roe]({DOI}) |",
    "next list item": f"- A claim\n- Another ([Roe]({DOI}))",
}


@pytest.mark.parametrize("text", CITED.values(), ids=CITED)
def test_this_is_a_citation(text: str) -> None:
    assert first_cited(text)


@pytest.mark.parametrize("text", NOT_CITED.values(), ids=NOT_CITED)
def test_this_is_no_citation(text: str) -> None:
    assert not first_cited(text)


HTML = {
    "link": (f'<p>A claim (<a href="{DOI}">Roe</a>).</p>', True),
    "raised number": ("<p>A claim.<sup>1</sup></p><h2>References</h2><ol><li>One</li></ol>", True),
    "raised link": (
        '<p>A claim.<sup><a href="#ref1">1</a></sup></p><h2>References</h2><ol><li id="ref1">One</li></ol>',
        True,
    ),
    "caption": (
        "<table><caption>Source: Survey 2019</caption><tr><th>A</th><td>claim</td></tr></table>",
        True,
    ),
    "JSON-LD": (
        '<html><head><script type="application/ld+json">{"@type": "MedicalWebPage", "citation": ["Roe 2019"]}</script>'
        "</head><body><p>A claim [1].</p></body></html>",
        True,
    ),
    "own page": (
        '<html><head><link rel="canonical" href="https://clinic.example/a"></head>'
        '<body><p>A claim (<a href="https://clinic.example/b">b</a>).</p></body></html>',
        False,
    ),
    "no list": ("<p>A claim.<sup>1</sup></p>", False),
}


@pytest.mark.parametrize(("text", "expected"), HTML.values(), ids=HTML)
def test_citations_in_html(text: str, expected: bool) -> None:
    assert first_cited(text, "page.html") is expected


TEXT = {
    "address": (f"A claim ({DOI}).", True),
    "number": ("A claim [1].\n\nReferences\n\n1. Roe J. A trial. 2019.\n", True),
    "source line": ("A claim.\nSource: Survey 2019\n", True),
    "nothing": ("A claim.\n\nOther words.\n", False),
}


@pytest.mark.parametrize(("text", "expected"), TEXT.values(), ids=TEXT)
def test_citations_in_plain_text(text: str, expected: bool) -> None:
    assert first_cited(text, "page.txt") is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## References\n\n1. Roe J. A trial.\n", True),
        ("## Sources and further reading\n\nWords.\n", True),
        ("### Selected scientific references\n\nWords.\n", True),
        ("Roe J, Doe A. A trial. J Trials. 2019;3(2):10-14.\n", True),
        ("Roe, J. A., & Doe, B. (2019). A trial. Journal of Trials.\n", True),
        ("Roe J. A trial. J Trials. 2019;3(2):10-14.\n", True),
        ("“A trial.” Journal of Trials, 4 May 2019.\n", True),
        ("Source: Roe 2019\n", True),
        ("## A source of calm\n\nWords.\n", False),
        ("## Your references from past employers\n\nWords.\n", False),
        ("Vitamin D was found in 1922.\n", False),
        ("Vitamin D. It was found in 1922.\n", False),
        ("“It changed my life.” Maria, 2021\n", False),
    ],
)
def test_references_are_recognised(text: str, expected: bool) -> None:
    doc = document(text)
    assert in_references(doc, doc.blocks[-1]) is expected


def test_a_section_below_the_references_is_prose_again() -> None:
    doc = document("## References\n\n1. Roe.\n\n## Opening hours\n\nWords.\n")
    assert not in_references(doc, doc.blocks[-1])


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("https://www.nhs.uk/conditions/migraine/", True),
        ("//www.nhs.uk/conditions/migraine/", True),
        ("www.nhs.uk/conditions", True),
        ("https://pubmed.ncbi.nlm.nih.gov/?term=cupping", True),
        ("doi:10.1000/trial.7", True),
        ("https://www.nhs.uk", False),
        ("https://www.nhs.uk/#top", False),
        ("../other.md", False),
        ("https://[broken", False),
        ("javascript:void(0)", False),
        ("", False),
    ],
)
def test_where_a_link_may_lead(target: str, expected: bool) -> None:
    assert is_source(target) is expected


# --- identifiers


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("doi:10.1016/J.Jpain.2017.11.005.", "doi", "10.1016/j.jpain.2017.11.005"),
        ("(https://doi.org/10.1002/14651858.CD013814)", "doi", "10.1002/14651858.cd013814"),
        ("doi:10.1016/0140-6736(91)90001-X, too", "doi", "10.1016/0140-6736(91)90001-x"),
        ("https://doi.org/10.5555/ab.12/", "doi", "10.5555/ab.12"),
        ("(10.5555/ab.12/).", "doi", "10.5555/ab.12"),
        ("疼痛 10.5555／ab.12", "doi", "10.5555/ab.12"),
        ("https://publisher.test/10.5555/ab.12/figures/1", "doi", "10.5555/ab.12"),
        ("https://publisher.test/10.5555/ab.12/full/es", "doi", "10.5555/ab.12"),
        ("https://publisher.test/10.5555/ab.12.full.pdf+html", "doi", "10.5555/ab.12"),
        ("https://publisher.test/10.5555/ab.12;jsessionid=AB12.web", "doi", "10.5555/ab.12"),
        ("https://publisher.test/?id=10.5555/ab.12&type=printable", "doi", "10.5555/ab.12"),
        ("https://oxford.test/doi/10.1093/pain/abcd123/7654321", "doi", "10.1093/pain/abcd123"),
        ("https://preprints.test/10.1101/2021.02.03.21250001v2.full-text", "doi", "10.1101/2021.02.03.21250001"),
        ("10.1101/123456v1", "doi", "10.1101/123456"),
        ("10.5555/rs.3.rs-12/v1", "doi", "10.5555/rs.3.rs-12/v1"),
        ("1.10.5555/ab.12", "doi", "10.5555/ab.12"),
        ("PMID 123", "pmid", "123"),
        ("PMID: 30000001", "pmid", "30000001"),
        ("pubmed.ncbi.nlm.nih.gov/30000001/", "pmid", "30000001"),
        ("https://www.ncbi.nlm.nih.gov/pubmed/30000001", "pmid", "30000001"),
        ("PMC1234567", "pmcid", "PMC1234567"),
        ("arXiv:2101.00001v2", "arxiv", "2101.00001v2"),
        ("https://arxiv.org/abs/2101.00001", "arxiv", "2101.00001"),
        ("ISBN 978-0-306-40615-7", "isbn", "9780306406157"),
        ("ISRCTN12345678", "trial", "ISRCTN12345678"),
        ("EudraCT 2004-000446-20", "trial", "2004-000446-20"),
    ],
)
def test_identifiers(text: str, kind: str, value: str) -> None:
    assert [found[:2] for found in identifiers.find(text)] == [(kind, value)]


@pytest.mark.parametrize(
    "text",
    [
        "10.1000",
        "10.1000/",
        "PMIDs differ",
        "NCT123",
        "in 2019",
        "CD player",
        "10.0000/x",
        "1.10.2021/5.10.2021",
        "on 01.10.2021/x",
    ],
)
def test_these_are_no_identifiers(text: str) -> None:
    assert identifiers.find(text) == []


SUFFIX = st.from_regex(r"[a-z0-9]{1,8}(?:[./_-][a-z0-9]{1,8}){0,3}", fullmatch=True)


@given(
    registrant=st.integers(1001, 999_999_999), suffix=SUFFIX, before=st.text(max_size=8), end=st.sampled_from(".,;:)")
)
def test_a_doi_is_found_with_its_exact_span(registrant: int, suffix: str, before: str, end: str) -> None:
    doi = f"10.{registrant}/{suffix}"
    assume(not identifiers.find(before) and not doi.startswith(("10.1234/", "10.9999/")))
    text = f"{before} {doi}{end} Then more."
    (found,) = identifiers.find(text)
    assert (found.kind, found.value) == ("doi", doi)
    assert text[found.start : found.end] == doi


@given(suffix=SUFFIX)
def test_spellings_of_a_doi_are_equal(suffix: str) -> None:
    forms = (f"doi:10.5555/{suffix}", f"https://doi.org/10.5555/{suffix.upper()}", f"(10.5555/{suffix}).")
    assert len({identifiers.find(form)[0].value for form in forms}) == 1


PIECES = (
    "10.1000/a1 PMID 1234567 pubmed.ncbi.nlm.nih.gov/ ncbi.nlm.nih.gov/pubmed/ PMC 12345 arXiv: 2101.00001"
    " arxiv.org/abs/ ISBN 978-0-306-40615-7 NBK CD 123456 .pub2 NCT ISRCTN ACTRN DRKS CRD ChiCTR UMIN JapicCTI- jRCT"
    " PACTR CTRI/2020/01/ KCT NTR IRCT EudraCT 2004-000446-20 12345678 12345678901234 word ,"
).split()


@given(st.lists(st.sampled_from([*PIECES, " "]), max_size=12).map("".join))
def test_an_identifier_is_found_whatever_else_stands_in_the_text(text: str) -> None:
    assert identifiers.find(text) == identifiers.find(f"{text} (10.)")


@given(st.text())
def test_identifiers_never_fail_and_keep_inside_the_text(text: str) -> None:
    for found in identifiers.find(text):
        assert 0 <= found.start < found.end <= len(text)
        assert found.value


# --- evidence


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        (
            "Numerous recent studies have clearly shown less pain.",
            "vague",
            "Numerous recent studies have clearly shown",
        ),
        ("Studies of cupping and gua sha suggest less pain.", "vague", "Studies of cupping and gua sha suggest"),
        ("It is backed up by decades of clinical research.", "vague", "backed up by decades of clinical research"),
        ("The evidence is overwhelming.", "vague", "The evidence is overwhelming"),
        ("Cupping has long been known to loosen necks.", "vague", "has long been known to"),
        ("In animal trials, moxa eased pain.", "vague", "In animal trials"),
        ("A 2019 trial found less pain.", "study", "A 2019 trial"),
        ("In a recent survey, nurses slept better.", "vague", ""),
        ("A team of researchers from Northfield showed less pain.", "study", "team of researchers from Northfield"),
        ("According to a study in The Lancet, it works.", "study", "According to a study in The Lancet"),
        ("The Framingham Heart Study found a link.", "study", "Framingham Heart Study"),
        ("The World Health Organization (WHO) lists cupping.", "body", "World Health Organization (WHO) lists"),
        ("Yoga is endorsed by the Northern Spine Society.", "body", "endorsed by the Northern Spine Society"),
    ],
)
def test_evidence_is_named_by_its_words(text: str, kind: str, words: str) -> None:
    found = [(item.kind, item.sentence.text[item.start : item.end]) for item in evidence(document(text))]
    assert found == ([(kind, words)] if words else [])


@pytest.mark.parametrize(
    "text",
    [
        "No studies have shown that.",
        "There is no evidence that it works.",
        "Few trials show a benefit.",
        "Trials have shown no benefit.",
        "It has not been shown to work.",
        "More research is needed to show an effect.",
        "Do studies show that?",
        "If studies show a benefit, we will say so.",
        "Ask your doctor what research shows.",
        "Beware: 'studies show' is a myth-maker's phrase, and misleading.",
        "Practitioners believe that qi flows.",
        "A good trial would compare two needles.",
        "She is a member of the Northern Spine Society.",
        "The researchers left early.",
        "Our customers' reviews show five stars.",
        "We looked at 12 studies.",
        "I can show you the way.",
        "He was shown to the door.",
        "In 2019 we opened a second room for cupping.",
        "This study room is quiet.",
        "Who recommends massage to you is up to them.",
    ],
)
def test_careful_and_plain_sentences_stay_silent(text: str) -> None:
    assert evidence(document(text)) == ()


def test_exact_results_of_an_unlinked_study_are_an_error() -> None:
    (plain,) = unlinked_study.check(document("A small trial found less pain.\n"))
    (exact,) = unlinked_study.check(document("A small trial found 43% less pain.\n"))
    assert plain.severity is None
    assert exact.severity is Severity.ERROR


def test_a_study_that_stands_in_the_references_needs_no_marker() -> None:
    entry = "\n\n## References\n\n- Roe J. Cupping. Cochrane Database. 2018.\n"
    assert not list(unlinked_study.check(document(f"The 2018 Cochrane review found less pain.{entry}")))
    assert list(unlinked_study.check(document(f"The 2016 Cochrane review found less pain.{entry}")))


def test_a_number_belongs_to_the_evidence_of_its_sentence() -> None:
    doc = document("Studies show that cupping eases pain by 40%.\n\nA trial found 30% less pain.\n")
    assert not list(unsourced_statistic.check(doc))


def test_numbers_below_an_unlinked_study_are_not_reported_again() -> None:
    doc = document("A 2019 survey found that:\n\n- 40% of nurses have back pain\n- 30% sleep badly\n")
    assert len(list(unlinked_study.check(doc))) == 1
    assert not list(unsourced_statistic.check(doc))


def test_one_number_is_reported_per_sentence_and_table_row() -> None:
    doc = document(
        "Pain fell by 40% and stress by 20%.\n\n| Pain | Before | After |\n|---|---|---|\n| Neck | 70% | 30% |\n"
    )
    assert [hit.data["match"] for hit in unsourced_statistic.check(doc)] == ["40%", "70%"]


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("80% of our patients with migraine get better.", Severity.ERROR),
        ("Back pain affects millions of people.", Severity.INFO),
        ("Half of all adults have back pain.", Severity.INFO),
        ("Back pain affects 80% of adults.", None),
    ],
)
def test_severity_of_numbers(text: str, severity: Severity | None) -> None:
    assert [hit.severity for hit in unsourced_statistic.check(document(text), reader=False)] == [severity]


# --- hostile input


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    [
        "studies ", "the study ", "has been ", "many many ", "a 2019 ", "40% ", "one in ", "1,000 ", "according to ",
        "[1] ", "(Roe et al., 2019) ", "10.1000/", "https://", "Journal of ", "University of ", "WHO (NIH) ",
        "source: ", "\"", "Vitamin D, ", "²,", "a", "1", "'s ", "PMID ", "research on ", "n = ", "millions of the ",
    ],
)  # fmt: skip
def test_one_long_line_takes_linear_time(unit: str) -> None:
    line = unit * (100_000 // len(unit))
    doc = document(f"{line}\n\n## References\n\n1. Roe J. A trial. 2019.\n", "page.txt")
    for block in doc.blocks:
        assert block.sentences  # the reading of the text is not what is timed
    began = time.process_time()
    for check in RULES:
        list(check(doc))
    assert time.process_time() - began < 15  # quadratic time would be minutes


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "- 40% of adults have pain\n" * 4000,
        "| a | b |\n|---|---|\n" + "| pain | 40% |\n" * 4000,
        "Pain hits 40% of adults [7].\n\n" * 2000 + "## References\n\n" + "1. Roe J. A trial. 2019.\n" * 2000,
    ],
    ids=["list", "table", "references"],
)
def test_many_blocks_take_linear_time(text: str) -> None:
    doc = document(text)
    began = time.process_time()
    for check in RULES:
        list(check(doc))
    assert time.process_time() - began < 15
