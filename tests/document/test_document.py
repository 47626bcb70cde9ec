"""What the document model promises to rules."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from acu_lint.document.document import Block, Piece
from acu_lint.document.measure import measure
from acu_lint.document.source import Source
from acu_lint.document.spelling import fold
from tests.conftest import document

TEXT = st.text(st.sampled_from("ab Zß’'-‑.?! 1,\"()İ😀\n"), max_size=80)


def block(text: str) -> Block:
    return Block("paragraph", [Piece(text, 0, len(text))])


@given(TEXT)
def test_folded_words_stand_for_the_words(text: str) -> None:
    one = block(text)
    assert len(one.folded) == len(one.words)
    assert all(
        folded == fold(word.text) for folded, word in zip(one.folded, one.words, strict=True) if "İ" not in word.text
    )


@given(TEXT)
def test_bounds_count_the_words_of_each_sentence(text: str) -> None:
    one = block(text)
    for sentence, first, last in zip(one.sentences, one.bounds, one.bounds[1:], strict=False):
        assert list(sentence.words) == list(one.words[first:last])
        assert all(sentence.start <= word.start and word.end <= sentence.end for word in sentence.words)


def test_the_first_word_of_a_sentence_is_one_of_its_words() -> None:
    one = block("First. Second one.")
    assert [[word.text for word in sentence.words] for sentence in one.sentences] == [["First"], ["Second", "one"]]


@given(st.text(st.sampled_from("ab\r\n\u2028\x0c"), max_size=30))
def test_lines_end_at_crlf_lf_and_cr_only(text: str) -> None:
    source = Source(text)
    assert [text[start - 1] in "\r\n" for start in source.lines[1:]] == [True] * (len(source.lines) - 1)
    assert len(source.lines) == text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1


def test_a_measure_is_computed_once() -> None:
    calls = []

    @measure
    def fact(doc: object) -> None:
        calls.append(doc)

    doc = document("text")
    fact(doc)
    fact(doc)
    assert len(calls) == 1


@given(st.lists(TEXT, max_size=4))
def test_what_a_document_lacks_none_of_its_blocks_has(texts: list[str]) -> None:
    doc = document("\n\n".join(texts))
    for one in doc.blocks:
        assert doc.word_types.issuperset(one.folded)
        assert one.text.lower() in doc.lowered
    doc.release()
    assert doc.word_types == {word for one in doc.blocks for word in one.folded}
