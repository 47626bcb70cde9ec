"""Title and description in front matter: in whatever style they are written, every word has its place."""

import json
import re
import tomllib

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from acu_lint.document.document import Block, Document
from tests.conftest import document

# Quotes, backslashes, signs that YAML, TOML or JSON keep for themselves, wide and combined characters.
_WORD = st.text(st.sampled_from("aZé'\"\\#:-,&*!>|[]{}%@`=.7n😀\u20d7\u00df"), min_size=1, max_size=6)
_SPACE = st.sampled_from([" ", " ", " ", "  ", "\t", "\n", "\n\n", " \n  ", "\n\n\n "])


@st.composite
def _texts(draw: st.DrawFn) -> str:
    """A few words with white space between them."""
    words = draw(st.lists(_WORD, min_size=1, max_size=8))
    spaces = [draw(_SPACE) for _ in words[1:]]
    return "".join(part for pair in zip(words, [*spaces, ""], strict=True) for part in pair)


def title(doc: Document) -> Block:
    """The title of front matter; an article without one fails the test."""
    assert not doc.problems, doc.problems[0].message
    (block,) = (block for block in doc.blocks if block.kind == "title")
    return block


def assert_words_stand_there(text: str, value: str, written: dict[str, set[str]] | None = None) -> None:
    """Parse a file and require the title, and that each of its words reads the same in the file.

    ``written`` gives what else a character of a word may be written as; a backslash may continue the line anywhere.
    """
    block = title(document(text))
    assert block.text == value.strip()
    for word in re.finditer(r"\S+", block.text):
        span = block.span(*word.span())
        found, ways = text[slice(*span)], written or {}
        pattern = r"(?:\\\s+)*".join(
            "(?:" + "|".join(map(re.escape, sorted({char, *ways.get(char, ())}))) + ")" for char in word[0]
        )
        assert re.fullmatch(pattern, found), (word[0], found)


def yaml_title(text: str) -> str | None:
    """What PyYAML reads as the title of a file, None where it reads no text."""
    try:
        data = yaml.safe_load(re.split(r"(?m)^---[^\S\n]*$", text.replace("\r\n", "\n"))[1])
    except yaml.YAMLError:
        return None
    value = data.get("title") if isinstance(data, dict) else None
    return value if isinstance(value, str) and value.strip() else None


# --- YAML


@given(
    _texts(),
    st.sampled_from([">", ">-", ">+", "|", "|-", "|+", "> # folded", "|-\t# kept", "!!str >-", "&t |"]),
    st.integers(-4, 4).filter(bool),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", "\n", "\n\n", "   \n", "# no part of it\n"]),
)
def test_block_scalars(text: str, head: str, indent: int, ends: str, after: str) -> None:
    if indent < 0:  # the header says how far the text is indented
        indent = -indent
        head = re.sub(r"[>|]", rf"\g<0>{indent}", head, count=1)
    body = "\n".join(" " * indent + line if line.strip() else line for line in text.split("\n"))
    page = f"---\nslug: x\ntitle: {head}\n{body}\n{after}date: 2026-01-01\n---\nBody\n".replace("\n", ends)
    value = yaml_title(page)
    if value is not None:
        assert value.split() == text.split()
        assert_words_stand_there(page, value)


@given(_texts(), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["title: ", "title:\n  ", "title: &a\n "]))
def test_single_quotes_and_plain_lines(text: str, ends: str, key: str) -> None:
    lines = text.replace("\n", "\n  ")
    single = "'{}'".format(lines.replace("'", "''"))
    for written, ways in ((single, {"'": {"''"}}), (lines, None)):
        page = f"---\n{key}{written}\nslug: x\n---\nBody\n".replace("\n", ends)
        value = yaml_title(page)
        if value is not None:
            assert_words_stand_there(page, value, ways)


@st.composite
def _escaped(draw: st.DrawFn, text: str, ways: dict[str, set[str]]) -> str:
    """The text as it stands in double quotes, some of its characters as escapes, all of which ``ways`` holds."""
    parts = []
    for char in text:
        must = {'"': '\\"', "\\": "\\\\", "\t": "\\t", "\n": "\\n"}
        forms = sorted(ways.get(char, ()) or {must.get(char, char)})
        parts.append(draw(st.sampled_from(forms if char in must else [char, char, *forms])))
    return "".join(parts)


_HEX = {char: {f"\\U{ord(char):08x}"} for char in "aZé7n😀\u20d7\u00df"}
_SHORT = {char: {f"\\u{ord(char):04x}"} for char in "aZé7n\u20d7\u00df"}
_QUOTES = {'"': {'\\"'}, "\\": {"\\\\"}}


@given(st.data(), _texts(), st.sampled_from(["\n", "\r\n"]))
def test_double_quotes_with_escapes_folds_and_continued_lines(data: st.DataObject, text: str, ends: str) -> None:
    ways = {**{char: {*_HEX[char], *_SHORT.get(char, ())} for char in _HEX}, **_QUOTES}
    written = data.draw(_escaped(text, ways))
    cut = data.draw(st.sampled_from([" ", "\n   ", " \\\n  ", "\\\n  \\ ", "\\\n \n   ", "\n\n  ", "\\ \n  "]))
    page = f'---\ntitle: "{written.replace(" ", cut)}"\nslug: x\n---\nBody\n'.replace("\n", ends)
    value = yaml_title(page)
    assert value is not None
    assert_words_stand_there(page, value, ways)


def test_a_word_over_two_lines() -> None:
    page = '---\ntitle: "Acu\\\n  puncture \\\n  today"\n---\n'
    block = title(document(page))
    assert block.text == "Acupuncture today"
    assert page[slice(*block.span(0, 11))] == "Acu\\\n  puncture"
    assert page[slice(*block.span(12))] == "today"


@pytest.mark.parametrize("pad", ["  ", "    "])
def test_block_scalars_below_other_keys(pad: str) -> None:
    page = f"---\nseo:\n{pad}title: >2\n{pad}    Tea  \n{pad}  is\n\n{pad}  warm\n---\n"
    assert_words_stand_there(page, "Tea  \nis\nwarm")


# --- TOML


def toml_title(text: str) -> str:
    return str(tomllib.loads(text.replace("\r\n", "\n").split("+++\n")[1])["title"])


@given(st.data(), _texts(), st.sampled_from(["\n", "\r\n"]), st.sampled_from(['"', '"""']))
def test_toml_in_double_quotes(data: st.DataObject, text: str, ends: str, quote: str) -> None:
    ways = {**{char: {*_HEX[char], *_SHORT.get(char, ())} for char in _HEX}, **_QUOTES}
    written = data.draw(_escaped(text, ways))
    if quote == '"""':
        cut = data.draw(st.sampled_from([" ", "\n", "  \n  ", " \\\n  ", " \\  \n\n  ", "\\\n", "\n\\\n"]))
        written = data.draw(st.sampled_from(["", "\n"])) + written.replace(" ", cut)
    page = f'+++\nslug = "x"\ntitle = {quote}{written}{quote} # so\n+++\nBody\n'.replace("\n", ends)
    if (value := toml_title(page)).strip():
        assert_words_stand_there(page, value, ways)


@given(_texts(), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\n", "\n\n  "]))
def test_toml_in_single_quotes(text: str, ends: str, before: str) -> None:
    text = re.sub("'+", "'", text)
    for written in (f"'''{before}{text}'''", "'{}'".format(re.sub(r"['\n]", " ", text))):
        page = f"+++\nslug = 'x'\ntitle = {written}\n+++\nBody\n".replace("\n", ends)
        if (value := toml_title(page)).strip():
            assert_words_stand_there(page, value)


@pytest.mark.parametrize(
    "before",
    [
        "x = [\n  ['a'],\n  ['b'], # ]\n]",
        "x = {a = 'b', c = {d = ['}']}}",
        "'a=b' = 1",
        '"a\\"b" = """\ntitle = "no"\n"""',
        "x = [{title = 'no'}, {a.b = 1979-05-27 07:32:00-08:00}]",
        "x = [\n  '''\ntitle = 'no'\n''',\n]",
    ],
)
def test_toml_values_before_the_title(before: str) -> None:
    page = f'+++\n{before}\ntitle = """Green \\\n  tea"""\n[seo]\ntitle = "So"\n+++\n'
    blocks = [block for block in document(page).blocks if block.kind == "title"]
    assert [block.text for block in blocks] == ["Green tea", "So"]
    assert [page[slice(*block.span(0, 2))] for block in blocks] == ["Gr", "So"]
    assert page[slice(*blocks[0].span(6))] == "tea"


def test_toml_title_in_an_inline_table() -> None:
    page = "+++\nseo = {title = 'Tea', description = 'Old'}\n+++\n"
    assert {block.text: page[slice(*block.span())] for block in document(page).blocks} == {"Tea": "Tea", "Old": "Old"}


def test_toml_quotes_at_the_end_of_a_long_text() -> None:
    assert_words_stand_there('+++\ntitle = """Say "tea""""\n+++\n', 'Say "tea"')
    assert_words_stand_there("+++\ntitle = '''It's 'tea''''\n+++\n", "It's 'tea'")


# --- JSON


@given(_texts(), st.sampled_from([None, 1]), st.sampled_from(["ascii", "utf-8"]))
def test_json(text: str, indent: int | None, encoding: str) -> None:
    page = json.dumps({"slug": "x", "title": text}, ensure_ascii=encoding == "ascii", indent=indent) + "\nBody\n"
    ways = {char: {json.dumps(char)[1:-1], json.dumps(char, ensure_ascii=False)[1:-1]} for char in text}
    assert_words_stand_there(page, text, ways)


def test_half_a_character_in_json_is_shown_as_a_sign() -> None:
    page = '{"title": "Tea \\ud800 cures \\ud83d\\ude00 pain"}\n'
    block = title(document(page))
    assert block.text == "Tea \ufffd cures 😀 pain"
    assert page[slice(*block.span(6, 11))] == "cures"
    assert page[slice(*block.span(12, 13))] == "\\ud83d\\ude00"


# --- a value that stands elsewhere


def test_a_value_that_is_not_found_is_shown_by_its_first_line() -> None:
    page = json.dumps({"seo.title": "tea " * 500, "seo": {"title": "other " * 500}}) + "\n"
    block = title(document(page))
    assert block.text == ("tea " * 500).strip()
    assert all(page[slice(*block.span(word.start, word.end))] in page[:4000] for word in block.words)
    assert max(block.span(word.start, word.end).end - block.span(word.start).start for word in block.words) <= 80
