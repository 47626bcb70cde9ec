"""The sources of articles in the formats of reference managers."""

from __future__ import annotations

import json
import re

from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st

from acu_lint.document.source import Span
from acu_lint.references.records import Reference
from acu_lint.references.verify.record import Record, Verdict
from acu_lint.references.works import Library, Place, Work
from acu_lint.report.references import as_bibtex, as_csl
from tests.conftest import AcuLint, Write
from tests.references.articles import ARTICLE, BREATH, KNEE, REVIEW


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
