"""Front matter: what is read, where it stands, and what is said when it is broken."""

import datetime

import pytest

from acu_lint.document import Document
from acu_lint.parse import parse


def read(text: str, path: str = "a.md") -> Document:
    return parse(path, text, today=datetime.date(2026, 11, 21))


JSON = '{"title": "Tea", "author": {"name": "Ann"}, "date": "2026-01-02", "keywords": ["tea", "green tea"]}\n'
YAML = "title: Tea\nauthor:\n  name: Ann\ndate: 2026-01-02\nkeywords: [tea, 'green tea']\n"
TOML = "title = 'Tea'\ndate = 2026-01-02\nkeywords = ['tea', \"green tea\"]\n[author]\nname = 'Ann'\n"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"---\n{YAML}---\nBody\n", "yaml"),
        (f"+++\n{TOML}+++\nBody\n", "toml"),
        (f"{JSON}Body\n", "json"),
        (f";;;\n{JSON};;;\nBody\n", "json"),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_values_and_their_places(text: str, kind: str, ends: str) -> None:
    text = text.replace("\n", ends)
    doc = read(text)
    assert doc.meta.format == kind
    assert doc.meta.data["author"] == {"name": "Ann"}
    places = {key: text[slice(*span)] for key, span in doc.meta.spans.items()}
    assert places == {
        "title": "Tea", "author.name": "Ann", "date": "2026-01-02", "keywords.0": "tea", "keywords.1": "green tea",
    }  # fmt: skip
    assert [(block.kind, block.text) for block in doc.blocks] == [("title", "Tea"), ("paragraph", "Body")]
    assert not doc.problems


def test_other_names_of_title_and_description() -> None:
    doc = read("---\nexcerpt: Short\ntitle: Tea\nseo:\n  title: Green tea\n  description: Long\n---\n")
    assert [(block.kind, block.text) for block in doc.blocks] == [
        ("title", "Tea"), ("title", "Green tea"), ("description", "Long"), ("description", "Short"),
    ]  # fmt: skip


def test_words_of_folded_and_escaped_values_keep_their_places() -> None:
    text = '---\ntitle: "It\\u2019s \\"tea\\" time"\ndescription: >-\n  Tea is\n  old.\n\n  Very old.\n---\n'
    doc = read(text)
    words = {word.text: text[slice(*block.span(word.start, word.end))] for block in doc.blocks for word in block.words}
    assert words == {
        "It’s": "It\\u2019s", "tea": "tea", "time": "time", "Tea": "Tea", "is": "is", "old": "old", "Very": "Very",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("front", "line", "hint"),
    [
        ("---\nslug: x\ntitle: Tea: a guide\n---\n", 3, "put the value in quotes"),
        ('---\ntitle: "Tea\nslug: x\n---\n', 2, "close it"),
        ("---\ntitle: Tea\n\tslug: x\n---\n", 3, "indent"),
        ("---\ntitle: @tea\n---\n", 2, "quotes"),
        ("---\ntitle: {{ tea }}\n---\n", 2, "quotes"),
        ('---\ntitle: "C:\\tea\\q"\n---\n', 2, "backslash"),
        ("---\ntitle: Tea\ndate: 2026-02-31\n---\n", 3, "date"),
        ("---\ntitle: *tea\n---\n", 2, "quotes"),
        ("+++\ntitle = 'Tea'\nslug = x\n+++\n", 3, "quotes"),
        ('{\n"title": "Tea",\n"slug": x\n}\n', 3, "check quotes"),
    ],
)
def test_broken_front_matter_names_line_and_mend(front: str, line: int, hint: str) -> None:
    doc = read(front + "# Body\n\nThe rest.\n")
    (problem,) = doc.problems
    assert f"line {line}" in problem.message
    assert hint in problem.message
    assert "\n" not in problem.message
    assert doc.source.position(problem.span.start)[0] == line
    assert [block.text for block in doc.blocks] == ["Body", "The rest."]


def test_a_key_given_twice() -> None:
    doc = read("---\ntitle: One\ntitle: Two\n---\nBody\n")
    assert "'title' is given twice" in doc.problems[0].message
    assert "line 3" in doc.problems[0].message
    assert doc.title is not None
    assert doc.title.text == "Two"
    assert doc.source.text[slice(*doc.title.span())] == "Two"


def test_front_matter_never_closed() -> None:
    doc = read("---\ntitle: Tea\nslug: tea\n\nThe text.\n")
    assert "never closed" in doc.problems[0].message
    assert [block.text for block in doc.blocks] == ["The text."]


@pytest.mark.parametrize(
    "text", ["---\n\nTea helps.\n\n---\n\nMore.\n", "{{ tea }} helps\n", "{% include tea %}\nTea\n", "---\n"]
)
def test_what_only_looks_like_front_matter(text: str) -> None:
    doc = read(text)
    assert doc.meta.format == ""
    assert not doc.problems


def test_no_pairs() -> None:
    assert "key: value" in read("---\n- tea\n- honey\n---\nBody\n").problems[0].message


def test_html_and_mdx_have_front_matter_too() -> None:
    for path in ("a.html", "a.mdx"):
        doc = read("---\ntitle: Tea\n---\n<p>Body</p>\n", path)
        assert [block.text for block in doc.blocks] == ["Tea", "Body"]
