"""References that lead nowhere, are malformed, weak or old, and statements that contradict what is known."""

from __future__ import annotations

import datetime
import subprocess
import sys
import time
from collections.abc import Callable, Iterable

import pytest

from acu_lint.document.document import Document
from acu_lint.document.flavour import Flavour
from acu_lint.parse import parse
from acu_lint.rules.finding import Hit, Severity
from acu_lint_rules.analysis.citations import known_works
from acu_lint_rules.analysis.citations.index import cited, index
from acu_lint_rules.analysis.claims.claim import claims
from acu_lint_rules.citations import (
    broken_reference,
    known_evidence,
    malformed_identifier,
    missing,
    overstated_evidence,
    stale_source,
    unlinked_study,
    unsourced_statistic,
    vague_source,
    weak_source,
)
from acu_lint_rules.citations import format as citation_format
from tests.conftest import ROOT, document

LIST = "\n\n## References\n\n1. Roe J. Cups. J Rest. 2019;3:4-9.\n2. Doe A. Tape. J Rest. 2020;4:1-5.\n"
CHECKS: tuple[Callable[[Document], Iterable[Hit]], ...] = (
    broken_reference.check,
    citation_format.check,
    known_evidence.check,
    malformed_identifier.check,
    missing.check,
    overstated_evidence.check,
    stale_source.check,
    weak_source.check,
)


def found(check: Callable[[Document], Iterable[Hit]], text: str, name: str = "page.md") -> list[tuple[str, str]]:
    """Message and words of every finding."""
    doc = document(text, name)
    return [(hit.message, doc.source.text[hit.span[0] : hit.span[1]]) for hit in check(doc)]


# --- references that lead nowhere


def test_a_page_that_lost_its_list_gets_one_finding() -> None:
    text = "\n\n".join(f"Studies show that cupping helps {n}% of patients[[{n}]](#ref{n})." for n in range(1, 40))
    assert [message for message, _ in found(broken_reference.check, text)] == ["lost"]
    assert found(vague_source.check, text) == []
    assert found(unsourced_statistic.check, text) == []


def test_rules_that_ask_for_a_source_speak_up_where_no_marker_stands() -> None:
    text = "Cupping helps [1].\n\nTape helps [2].\n\nStudies show that massage helps sleep."
    assert [words for _, words in found(vague_source.check, text)] == ["Studies show"]


def test_a_lost_marker_excuses_its_sentence_only() -> None:
    text = f"A 2019 trial found less pain [7]. The rooms are warm. A 2018 trial found less nausea.{LIST}"
    assert [words for _, words in found(unlinked_study.check, text)] == ["A 2018 trial"]
    assert found(broken_reference.check, text)[0] == ("number", "[7]")


def test_one_finding_for_a_marker_that_is_used_often() -> None:
    text = "\n\n".join(["Cups help [1].", *["Tape helps [9]."] * 12]) + LIST
    hits = [hit for hit in broken_reference.check(document(text)) if hit.message == "number"]
    assert [hit.data["count"] for hit in hits] == [12]


@pytest.mark.parametrize(
    "text",
    [
        "Cups help [1, 2] and tape [1–2]." + LIST,
        "Cups help.^[An inline note] Tape helps.",
        "The area is 12 m² or 130 feet².",
        "Press <kbd>[1]</kbd> or choose [x] in the form.",
        "Cups help.* Tape helps.\n\n\\* In most people.",
        "# Top\n\n[Up](#top) [Top](#Top) [Part](#part-two)\n\n## Part *two*\n",
        "See [the café](#the-caf%C3%A9).\n\n## The café",
        "```\na[1] = b[7]\n```",
    ],
)
def test_what_is_no_broken_reference(text: str) -> None:
    assert [pair for pair in found(broken_reference.check, text) if pair[0] != "uncited"] == []


def test_author_year_needs_an_entry_where_there_is_a_list() -> None:
    text = "Cups help (Roe, 2019; Poe et al., 2021). They opened (May 2019)." + LIST.replace("1. ", "- ").replace(
        "2. ", "- "
    )
    assert found(broken_reference.check, text) == [("author", "Poe et al., 2021")]


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("It eased pain in [a trial][roe].", ["[a trial][roe]"]),
        ("It eased pain in [a trial][] and [a review][Doe].", ["[a trial][]", "[a review][Doe]"]),
        ("It eased pain in [a trial][the one].\n\n[doe]: https://doi.org/10.5555/ab.12", ["[a trial][the one]"]),
        ("It eased pain in [a trial][roe].\n\n[Roe]: https://doi.org/10.5555/ab.12", []),
        ("It eased the pain [sic][ed], and [the nurse][who was there] said so.", []),
        ("- [x][done] Wash the cups\n- [ ][open] Dry them", []),
        ("[row][column]We are open.[/column][/row]", []),
        ("The peptide [Nle4][Phe7]-MSH is one, table[row][cell] another.", []),
        ("Press \\[shift\\]\\[tab\\].", []),
        ("It eased pain in [a trial][roe].\n\n{% include links.md %}", []),
    ],
)
def test_a_label_needs_its_definition(text: str, broken: list[str]) -> None:
    assert [words for message, words in found(broken_reference.check, text) if message == "undefined"] == broken


def test_mkdocs_may_know_labels_that_the_page_does_not_define() -> None:
    doc = parse("a.md", "It eased pain in [a trial][roe].", today=datetime.date(2026, 1, 1), flavour=Flavour.MKDOCS)
    assert list(broken_reference.check(doc)) == []


def test_html_notes_lead_to_their_ids() -> None:
    note = '<p>Cups help a claim<a href="#ref3">[3]</a>.</p><ol><li id="ref{}">Roe J. Cups.</li></ol>'
    assert found(broken_reference.check, note.format(3), "page.html") == []
    assert [message for message, _ in found(broken_reference.check, note.format(4), "page.html")] == ["anchor"]
    doc = document(note.format(3), "page.html")
    assert cited(doc, doc.sentences[0])


def test_entries_that_nothing_cites_are_advice() -> None:
    text = "Cups help [1]. Tape helps [3]." + LIST + "3. Poe K. Baths. 2021."
    (hit,) = broken_reference.check(document(text))
    assert (hit.message, hit.severity, hit.data["match"]) == ("uncited", Severity.INFO, "2")


def test_an_own_post_counts_where_it_is_declared() -> None:
    page = "---\nurl: https://clinic.example/a\n{}---\n\nA claim ([post](https://clinic.example/data/2020))."
    plain, declared = (document(page.format(line)) for line in ("", "sources: ['https://clinic.example/data/2020']\n"))
    assert not cited(plain, plain.sentences[-1])
    assert cited(declared, declared.sentences[-1])


ROE, POE = "1. Roe J. Cups. 2019.\n", "2. Poe K. Baths. 2021.\n"
PARTS = {
    "small headings": f"## References\n\n#### Books\n\n{ROE}\n#### Trials\n\n{POE}",
    "bold lines": f"## References\n\n**Books**\n\n{ROE}\n__Trials:__\n\n{POE}",
    "lines with a colon": f"## References\n\nBooks:\n\n{ROE}\nTrials:\n\n{POE}",
    "bold lines below a bold line": f"**References**\n\n**Books**\n\n{ROE}\n*Trials*\n\n{POE}",
    "headings below a bold line": f"**References**\n\n#### Books\n\n{ROE}\n#### Trials\n\n{POE}",
    "headings beside that of the references": f"## References\n\n## Books\n\n{ROE}\n## Trials\n\n{POE}",
    "lists in a list": "## References\n\n- Books\n  - Roe J. Cups. 2019.\n- Trials\n  - Poe K. Baths. 2021.\n",
    "HTML in Markdown": f"## References\n\n<strong>Books</strong>\n\n{ROE}\n<b>Trials</b>\n\n{POE}",
}


@pytest.mark.parametrize("text", PARTS.values(), ids=PARTS.keys())
def test_a_list_may_have_parts_with_names(text: str) -> None:
    doc = document(f"Cups help [1]. Tape helps [2].\n\n{text}\n## Contact\n\nWe opened in 2019. Call us.\n")
    assert [words for _, words in found(broken_reference.check, doc.source.text)] == []
    assert [block.text for block in index(doc).listed] == ["Roe J. Cups. 2019.", "Poe K. Baths. 2021."]


def test_a_section_beside_an_empty_list_is_no_part_of_it() -> None:
    text = "Cups help.\n\n## References\n\n## Prices\n\nA session costs 40 pounds.\n\nWe opened in 2019.\n"
    assert [message for message, _ in found(broken_reference.check, text)] == ["empty"]


def test_a_section_called_sources_may_be_about_springs() -> None:
    section = "## Sources\n\n- Ginger grows in Asia[[1]](#ref1)\n- It is dug up[[2]](#ref2)"
    text = f"{section}\n\n## Use\n\nIt helps[[3]](#ref3)."
    assert [message for message, _ in found(broken_reference.check, text)] == ["lost"]


# --- identifiers

WRONG = {
    "doi:10.1016j.jpain.2017.11.005": "doi",
    "doi: 10.1016/ j.jpain.2017.11.005": "doi_space",
    "https://doi.org/https://doi.org/10.1016/j.jpain.2017.11.005": "doi_twice",
    "http://doi.org/doi:10.1016/j.jpain.2017.11.005": "doi_twice",
    "doi:10.xxxx/xxxxx": "invented",
    "doi:10.1234/acu.2020": "invented",
    "doi:10.1016/j.jpain.2017...": "cut",
    "PMID: 1234567890": "pmid_high",
    "PMID: 99999999": "pmid_high",
    "PMID 31A22": "pmid",
    "PMC123456789": "pmcid",
    "NCT049823150": "trial",
    "NCT00000000": "invented",
    "NCT 04982315": "gap",
    "EudraCT 2004-12-03": "trial",
    "DRKS0001234": "trial",
    "ISBN 978-3-16-148410-1": "isbn",
    "ISBN 3-16-148410-1": "isbn",
}


@pytest.mark.parametrize(("text", "message"), WRONG.items(), ids=WRONG)
def test_wrong_identifiers(text: str, message: str) -> None:
    found_here = found(malformed_identifier.check, f"Roe J. Cups. 2019. {text} and more.")
    assert [form for form, _ in found_here] == [message]


RIGHT = [
    "doi:10.1016/j.jpain.2017.11.005.",
    "(https://doi.org/10.1002/14651858.CD013814)",
    "10.1016/S0140-6736(05)66700-1",
    "https://doi.org/10/bnf4kz",
    "PMID: 29198932",
    "PMC5927830",
    "NCT04982315",
    "ISRCTN80764175",
    "ACTRN12605000000628",
    "ChiCTR-TRC-08000200",
    "EudraCT 2004-000446-20",
    "CRD42020123456",
    "ISBN 0-306-40615-2",
    "ISBN: 9783161484100",
]


@pytest.mark.parametrize("text", RIGHT)
def test_right_identifiers(text: str) -> None:
    assert found(malformed_identifier.check, f"Roe J. Cups. 2019. {text}") == []


def test_a_sign_behind_the_doi_of_a_link() -> None:
    assert found(malformed_identifier.check, "Cups help ([Roe](https://doi.org/10.1000/x.7.)).") == [
        ("doi_sign", "Roe")
    ]
    assert found(malformed_identifier.check, "https://doi.org/10.1000/x.7. Cups help.") == []


def test_a_wrong_address_behind_good_words() -> None:
    text = "Cups help ([Roe 2019](https://doi.org/doi:10.1000/x.2019.7))."
    (hit,) = malformed_identifier.check(document(text))
    assert hit.data["better"] == "https://doi.org/10.1000/x.2019.7"
    assert hit.expected == ()  # the words of the link are not the address


# --- known evidence


def test_every_record_can_be_read_and_followed() -> None:
    records = known_works.records()
    assert {record.superseded_by for record in records.values()} - {""} <= set(records)
    for record in records.values():
        assert record.who or record.authors
        assert record.therapy
        assert record.topic
        assert record.where or record.superseded_by or record.lapsed


def test_a_wrong_line_of_the_table_is_named() -> None:
    with pytest.raises(ValueError, match=r"roe2019.*yaer"):
        known_works._record("roe2019", ["name: x", "yaer: 2019"])


@pytest.mark.parametrize(
    "text",
    [
        "A 2023 Cochrane review of 40 trials looked at massage for back pain.",
        "A 2023 trial of acupuncture for back pain with 39 people found little.",
        "The 2020 Cochrane review of acupuncture for back pain (33 studies, 8,270 people) is long.",
        "More than 8,000 participants were in the 2020 Cochrane review of acupuncture for low back pain.",
        "There is no such thing as a 2023 Cochrane review of acupuncture for back pain with 39 trials.",
        "Mu et al. (2020) pooled 12 trials of zinc for colds.",
        "The nice staff recommends acupuncture for sciatica.",
        "Those who recommends acupuncture for back pain.",
        "NICE does not recommend acupuncture for sciatica.",
        "In 2009 NICE recommends acupuncture for sciatica.",
    ],
)
def test_what_contradicts_nothing(text: str) -> None:
    assert found(known_evidence.check, text) == []


def test_the_finding_names_the_true_work() -> None:
    doc = document("# Acupuncture for back pain\n\nA 2023 Cochrane review of 39 trials found strong effects.")
    (hit,) = known_evidence.check(doc)
    assert hit.data["year"] == 2020
    assert hit.data["size"] == "33 studies and 8,270 participants"
    assert hit.data["where"] == "doi:10.1002/14651858.CD013814"


# --- old, weak, overstated, missing


def test_a_guideline_ages_with_the_day_of_the_run() -> None:
    text = "A 2019 trial found that cupping eased pain."
    for year, count in ((2026, 0), (2031, 1)):
        doc = parse("page.md", text, today=datetime.date(year, 1, 1))
        assert len(list(stale_source.check(doc))) == count


def test_a_replaced_guideline_is_a_warning_and_an_old_study_advice() -> None:
    (replaced,) = stale_source.check(document("NICE recommends acupuncture for back pain (CG88)."))
    assert replaced.severity is None
    assert replaced.data["newer_year"] == 2016
    (old,) = stale_source.check(document("A 2004 trial found that cupping eased pain."))
    assert old.severity is Severity.INFO


def test_a_weak_link_beside_a_good_one_is_fine() -> None:
    weak = "[video](https://www.youtube.com/watch?v=1)"
    assert found(weak_source.check, f"Cupping relieves neck pain ({weak}).")
    assert not found(weak_source.check, f"Cupping relieves neck pain ({weak}; doi:10.1000/x.2019.7).")


def test_citing_takes_the_edge_off() -> None:
    claim = "Studies have proven that cupping eases pain"
    (plain,) = overstated_evidence.check(document(f"{claim}."))
    (linked,) = overstated_evidence.check(document(f"{claim} (PMID: 29198932)."))
    assert (plain.severity, linked.severity) == (Severity.ERROR, Severity.INFO)


def test_a_page_full_of_appeals_without_a_source_is_an_error() -> None:
    text = "# Cups\n\n" + "Studies show that cupping helps sleep. Experts agree that massage helps.\n\n" * 4
    (hit,) = missing.check(document(text))
    assert hit.severity is Severity.ERROR
    assert not list(missing.check(document(text + "See [the review](https://doi.org/10.1000/x.2019.7).")))


# --- hostile and heavy input

HOSTILE = {
    "markers": "a[1]" * 25_000,
    "notes": "a[^x]" * 20_000,
    "dois": "doi:10.1016 " * 9_000,
    "doi of one sign": "doi:10.1016/" + "(" * 100_000,
    "trials": "NCT 1 ISRCTN 2 " * 7_000,
    "isbn": "ISBN 1 2 3 4 5 6 7 8 " * 5_000,
    "brackets": "(" * 50_000 + "Roe 2019" + ")" * 50_000 + LIST,
    "links": "[a](#b) " * 12_000,
    "closing mark": "Studies show that massage eases pain [b](https://doi.org/10.1000/x.1). " * 1_200,
    "weak links": "[a](https://youtu.be/x) Massage eases pain. " * 800,
    "marks and links": "a[1] [b](https://clinic.example/x) doi:10.1016 " * 3_000,
    "numbers": "Cochrane Vickers et al. 2018 pooled 29 trials of acupuncture for back pain, " * 1_300,
    "grades": "high-quality evidence " * 5_000,
    "rats": "rats so cupping, " * 6_000,
    "headings": "## Sources\n\n" * 8_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_lines_take_linear_time(text: str) -> None:
    doc = document(text)
    for block in doc.blocks:
        assert block.sentences is not None
    claims(doc)  # has its own tests
    start = time.process_time()
    for check in CHECKS:
        list(check(doc))
    assert time.process_time() - start < 15  # seconds; quadratic time would be minutes


def test_the_library_for_isbns_is_loaded_for_an_isbn_only() -> None:
    code = (
        "import datetime, sys\n"
        f"sys.path[:0] = {[str(ROOT), str(ROOT / 'rules')]!r}\n"
        "from acu_lint.parse import parse\n"
        "from acu_lint_rules.citations.malformed_identifier import check\n"
        "for text in ('A DOI: doi:10.1000/x.1', 'ISBN 978-3-16-148410-0'):\n"
        "    list(check(parse('a.md', text, today=datetime.date(2026, 1, 1))))\n"
        "    print('stdnum' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
