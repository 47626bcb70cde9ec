"""Properties of every parser: whatever the text, spans lead back to where the text came from."""

from __future__ import annotations

import html
import re
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from acu_lint.document.document import META, OBJECT, Block, Document
from acu_lint.document.flavour import Flavour
from acu_lint.document.sentences import split
from acu_lint.parse import mask, mdx
from tests.conftest import document

PATHS = ("a.md", "a.mdx", "a.html", "a.txt")

WORDS = st.sampled_from(
    ["Tea", "helps", "colds.", "Dr.", "J. K.", "0.5", "e.g.", "naïve", "😀", "漢字", "a&b", "x<y", "U.S.", "“so”",
    "(see", "it's",
     "&amp;", "&eacute;", "&#8217;", "&nbsp;", "&copy", "&bogus;", "\\*", "\\_", "\u00a0", "\u00ad", "*", "**",
     "_", "`", "``", "~~",
     "[", "](", ")", "![", "[^1]", "[^1]: ", "<b>", "</b>", "<a href='u'>", "</a>", "<br>", "<!--", "-->", "<p>",
     "</p>", "<div>",
     "</div>", "<sup>1</sup>", "<td>", "<li>", "<ul>", "</ul>", "<script>", "</script>",
     "<img alt='a &amp; b' src=x>", "<span hidden>",
     "{{ x }}", "{{< s >}}", "{% if x %}", "{% raw %}", "{% endraw %}", "{: .x}", "{#id}", "{", "}", "{/* c */}",
     "<Tip a={b}>",
     "</Tip>", "import a from 'b'", "export", "https://x.example/a?b=1.", "www.x.example", "<https://x.example>"]
)  # fmt: skip
LEADS = st.sampled_from(
    [
        "",
        "",
        "# ",
        "## ",
        "- ",
        "  - ",
        "1. ",
        "> ",
        "> > ",
        "> - ",
        "    ",
        "\t",
        "| ",
        "```\n",
        "~~~",
        "---\n",
        "===",
        "- [ ] ",
        "• ",
    ]
)
ENDS = st.sampled_from(["\n", "\n\n", "\r\n", "\r\n\r\n", "\n", "  \n", "\\\n", " | \n|--|--|\n| ", "\r"])
LINES = st.builds(lambda lead, words, end: lead + " ".join(words) + end, LEADS, st.lists(WORDS, max_size=7), ENDS)
FRONT = st.sampled_from(
    ["", "", "", "---\ntitle: Té & so\ndescription: >\n  It\n  folds\n---\n",
    '---\r\ntitle: "a \\"b\\" \\u00e9 c"\r\n---\r\n',
     "+++\ntitle = 'Tea'\n+++\n", '{"title": "a\\nb \\u00e9"}\n', "---\ntitle: a: b\n---\n", "---\n",
     "---\ntitle: 'it''s'\n"]
)  # fmt: skip
TEXTS = st.builds(
    lambda mark, front, lines: mark + front + "".join(lines),
    st.sampled_from(["", "\ufeff"]),
    FRONT,
    st.lists(LINES, max_size=12),
)
ANYTHING = st.text(st.characters(codec="utf-8"), max_size=120)
RELAXED = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))

# What may stand between the letters of a word, or for one of them, in the source.
CROSSING = re.compile(
    r"""<[^<>]*>|<!--.*?-->|&\#?\w+;?|\\|[*_~`\[\]()!]|\]\([^)]*\)|\{.*?\}|[\u00ad\u200b\u2060\ufeff]|''|\s+""",
    re.DOTALL,
)


BETWEEN = re.compile(r"[\s·|∙⋅‧]*")  # no part of a sentence: white space, and signs between facts


def explained(text: str, raw: str) -> bool:
    """Whether source text can be read as a word: the same, or markup, entities and escapes apart."""
    if text == raw or OBJECT in text:
        return True
    unescaped = html.unescape(raw)
    bare = CROSSING.sub("", unescaped)
    plain = unicodedata.normalize("NFKC", bare)  # ligatures, accents behind their letter, full-width letters
    return text in {bare, plain} or set(text) <= set(unescaped) or bool(re.search(r"\\[uxnU]", raw)) or "\ufffd" in text


def check(doc: Document) -> None:
    source = doc.source.text
    for block in doc.blocks:
        span = block.span()
        assert 0 <= span.start <= span.end <= len(source)
        assert block.text.strip() == block.text != ""
        for word in block.words:
            start, end = block.span(word.start, word.end)
            assert span.start <= start < end <= span.end
            # Where the words of a value of broken front matter cannot be found, its first line stands for each.
            lost = block.kind in META and len(block.words) > 1 and (start, end) == span
            assert lost or explained(word.text, source[start:end]), (word, source[start:end])
        check_sentences(block)
    for link in doc.links:
        text = doc.blocks[link.block].text
        assert 0 <= link.start <= link.end <= len(text)
        assert link.kind == "footnote" or link.start < link.end
        assert 0 <= link.span.start < link.span.end <= len(source)
    spans = [thing.span for things in (doc.images, doc.comments, doc.problems) for thing in things]
    for begin, stop in spans:
        assert 0 <= begin <= stop <= len(source)
    for name, place in doc.meta.spans.items():
        assert 0 <= place.start <= place.end <= len(source), name


def check_sentences(block: Block) -> None:
    last = 0
    for sentence in block.sentences:
        assert last <= sentence.start < sentence.end <= len(block.text)
        assert BETWEEN.fullmatch(block.text[last : sentence.start])
        assert sentence.text.strip() == sentence.text
        last = sentence.end
    assert BETWEEN.fullmatch(block.text[last:])


@RELAXED
@given(st.sampled_from(PATHS), TEXTS)
def test_every_span_is_explained_by_the_source(path: str, text: str) -> None:
    check(document(text, path))


@RELAXED
@given(st.sampled_from(PATHS), ANYTHING)
def test_no_text_breaks_a_parser(path: str, text: str) -> None:
    check(document(text, path))


@RELAXED
@given(TEXTS | ANYTHING, st.integers(0, 5))
def test_masks_keep_the_length_and_the_line_ends(text: str, begin: int) -> None:
    begin = min(begin, len(text))
    lines = text.replace("\r\n", "\n\n").replace("\r", "\n")
    for made in (
        mask.markdown(text, begin, Flavour.ANY),
        mask.html(text, begin),
        mdx.blank_out(text, begin, Flavour.ANY),
    ):
        assert len(made.text) == len(text)
        where = [i for i, char in enumerate(lines) if char == "\n" and i >= begin]
        assert all(made.text[i] in "\r\n" for i in where)


@RELAXED
@given(ANYTHING | st.lists(WORDS, max_size=20).map(" ".join))
def test_sentences_are_ordered_and_leave_only_space_out(text: str) -> None:
    last = 0
    for start, end in split(text):
        assert last <= start < end <= len(text)
        assert text[last:start].strip() == ""
        assert text[start:end].strip() == text[start:end]
        last = end
    assert text[last:].strip() == ""


VALUES = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_categories=["Cc", "Cf"]), min_size=1, max_size=30
).filter(lambda text: text.strip() and html.unescape(text) == text)  # an entity is read as what it stands for


@pytest.mark.parametrize("kind", ["yaml-double", "yaml-single", "toml-basic", "json"])
@RELAXED
@given(value=VALUES, other=VALUES)
def test_values_lead_back_to_their_text(kind: str, value: str, other: str) -> None:
    text = _front(kind, value, other)
    doc = document(text)
    assert doc.meta.data["title"] == value
    assert doc.meta.data["seo"]["x"] == other
    for key, wanted in (("title", value), ("seo.x", other)):
        start, end = doc.meta.spans[key]
        raw = text[start:end]
        assert raw == wanted or "\\" in raw or "''" in raw
    title = next(block for block in doc.blocks if block.kind == "title")
    assert title.text == value.replace("\u00a0", " ").strip()
    for word in title.words:
        start, end = title.span(word.start, word.end)
        raw = text[start:end]
        assert word.text == raw or "\\" in raw or "''" in raw


def _front(kind: str, value: str, other: str) -> str:
    if kind == "yaml-single":
        one, two = (f"'{item.replace(chr(39), chr(39) * 2)}'" for item in (value, other))
        return f"---\ntitle: {one}\nseo:\n  x: {two}\n---\nBody\n"
    one, two = ('"' + item.replace("\\", "\\\\").replace('"', '\\"') + '"' for item in (value, other))
    if kind == "yaml-double":
        return f"---\ntitle: {one}\nseo:\n  x: {two}\n---\nBody\n"
    if kind == "toml-basic":
        return f"+++\ntitle = {one}\n[seo]\nx = {two}\n+++\nBody\n"
    return f'{{\n"seo": {{"x": {two}}},\n"title": {one}\n}}\nBody\n'


def test_words_of_broken_front_matter_stand_where_they_are() -> None:
    check(document("---\ntitle: 'it''s'\n    [^1]:  Tea\n"))
