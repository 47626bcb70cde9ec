"""Words that people read as one are compared as one, and each keeps its place in the file."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acu_lint.document.spelling import accents, fold, hyphenated
from tests.conftest import document

ODD = st.text(st.sampled_from("abßéÉe\u0301\u0308\ufb01İøæЙ漢ア한¼²-‐’ʼ´ .,"), max_size=30)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Sjögren", "sjogren"),
        ("Sjo\u0308gren", "sjogren"),
        ("MÉNIÈRE’S", "meniere's"),
        ("don´t", "don't"),
        ("donʼt", "don't"),
        ("ﬁbre", "fibre"),
        ("ﬂuﬀy", "fluffy"),
        ("ｃｕｐ", "cup"),
        ("well‐being", "well-being"),
        ("well‑being", "well-being"),
        ("fœtus", "foetus"),
        ("Straße", "strasse"),
        ("smørrebrød", "smorrebrod"),
        ("İzmir", "izmir"),
        ("asthma²", "asthma"),
        ("²", "2"),
        ("Йога", "йога"),
        ("И\u0306ога", "йога"),
        ("が", "が"),
    ],
)
def test_one_spelling(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(ODD)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ODD)
def test_composed_and_decomposed_letters_are_one(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


def test_a_heap_of_accents_takes_no_time() -> None:
    start = time.perf_counter()
    for text in ("a" + "\u0301\u0323" * 50_000, "a\u0301\u0323" * 50_000):
        fold(text)
        accents(text)
        assert document(text).blocks[0].folded
    assert time.perf_counter() - start < 5


def test_hyphen_or_space() -> None:
    ways = {("follow-up", "visit"), ("follow", "up", "visit"), ("follow", "up-visit"), ("follow-up-visit",)}
    assert hyphenated(["follow-up", "visit"]) == ways
    assert hyphenated(["follow", "up", "visit"]) == ways
    assert hyphenated(["visit"]) == {("visit",)}


FILES = {
    "a.md": "The {} marks.\n",
    "a.mdx": "The {} marks.\n",
    "a.html": "<main><p>The {} marks.</p></main>",
    "a.txt": "The {} marks.\n",
    "b.md": "---\ntitle: The {} marks\n---\n",
    "b.html": "<title>The {} marks</title>",
}


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("cafe\u0301", "café"),
        ("ﬁrm", "firm"),
        ("ｆｉｒｍ", "firm"),
        ("𝗳𝗶𝗿𝗺", "firm"),
        ("so‐so", "so-so"),
        ("fi\u00adrm", "firm"),
        ("fi\u200brm", "firm"),
        ("fi\u200crm", "firm"),
        ("fi\u200drm", "firm"),
        ("fi\u2063rm", "firm"),
        ("fi\u180erm", "firm"),
        ("fi\u200erm", "firm"),
        ("fi\ufe0frm", "firm"),
    ],
)
def test_text_is_what_people_read_and_knows_its_place(path: str, written: str, read: str) -> None:
    text = FILES[path].format(written)
    doc = document(text, path)
    (block,) = (block for block in doc.blocks if block.text.startswith(f"The {read} marks"))
    word = block.words[1]
    assert word.text == read
    assert text[slice(*block.span(word.start, word.end))] == written


@pytest.mark.parametrize("text", ["👩\u200d🔬 tests", "❤\ufe0f\u200d🔥 tests", "می\u200cخواهم tests"])
def test_joiners_that_mean_something_stay(text: str) -> None:
    assert document(text).blocks[0].text == text


def test_marks_of_other_writing_stay() -> None:
    assert document("看，这（里）。").blocks[0].text == "看，这（里）。"


@pytest.mark.parametrize("text", ["We sell cafe&#769;s.", "We sell cafe\u0301s.", "We sell caf&eacute;s."])
def test_an_accent_does_not_part_a_word(text: str) -> None:
    assert document(text).blocks[0].folded == ("we", "sell", "cafes")
