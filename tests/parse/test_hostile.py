"""Texts made to break a parser: it neither fails nor takes more than linear time."""

import subprocess
import sys
import time

import pytest

from acu_lint.testing import TODAY
from tests.conftest import document

UNITS = [
    "[", "![", "*a ", "_*", "`", "<", "<a ", "<a b='\"", '<a "<" ', "<!--", "</", "<p>", "<ul><li>", "<td>",
    "<li>a<td>b", "<title>",
    "<script>", "<span itemprop=a>", "<sup>1", "&", "&a", "{", "{{", "{%", "{{<", "{#", "{`", "{/*", "{% raw %}",
    "{a=", "---\n", "- ",
    "> ", "|a|b|\n|-|-|\n", "[^1]", "export {", "export const a = {\n\n", "<A b={", "import ", "http://",
    "(http://a)))", "a b\n", "\r",
    "\\`", "😀", "• a\n",
]  # fmt: skip
FRONTS = ["---\na: ", "---\n", "+++\na = ", '{"a": ', "---\nx: &a "]
FRONT_UNITS = ["[", "{", '"', "- ", "&a [*a,", "? ", "'", "a: "]


def seconds(path: str, text: str) -> float:
    started = time.process_time()
    doc = document(text, path)
    for block in doc.blocks:
        assert block.sentences is not None
    return time.process_time() - started


@pytest.mark.slow
@pytest.mark.parametrize("path", ["a.md", "a.mdx", "a.html", "a.txt"])
@pytest.mark.parametrize("unit", UNITS)
def test_time_is_linear(path: str, unit: str) -> None:
    # 60 kB in linear time take well under a second; what is quadratic takes minutes.
    assert seconds(path, unit * (60_000 // len(unit))) < 15


@pytest.mark.parametrize("head", FRONTS)
@pytest.mark.parametrize("unit", FRONT_UNITS)
def test_front_matter_without_end(head: str, unit: str) -> None:
    fence = head[:3] if head[0] != "{" else "}"
    assert seconds("a.md", head + unit * 5000 + f"\n{fence}\nText\n") < 15


def test_aliases_do_not_blow_up() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]" for i in range(1, 40)]
    doc = document("---\n" + "\n".join(lines) + "\n---\nBody\n")
    assert "aliases" in doc.problems[0].message
    assert [block.text for block in doc.blocks] == ["Body"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    ["> " * 10_000 + "deep", "- " * 10_000 + "deep", "".join("  " * i + "- a\n" for i in range(1000)),
    "[" * 10_000 + "](x)" * 10_000,
     "*" * 10_000 + "deep" + "*" * 10_000, "<div>" * 10_000 + "deep", "<ul><li>" * 10_000 + "deep",
     "<b>" * 10_000 + "deep"],
)  # fmt: skip
def test_deep_nesting(text: str) -> None:
    # In a process of its own: an overflow of the stack would take this one down.
    code = (
        "import sys, datetime; from acu_lint.parse import parse; text = sys.stdin.read()\n"
        f"for path in ('a.md', 'a.mdx', 'a.html', 'a.txt'): parse(path, text, today={TODAY!r})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=text, text=True, capture_output=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.slow
@pytest.mark.parametrize("path", ["a.md", "a.mdx", "a.html", "a.txt"])
def test_a_megabyte_on_one_line(path: str) -> None:
    doc = document("Tea may help some people. " * 40_000, path)
    assert len(doc.sentences) == 40_000


@pytest.mark.parametrize("path", ["a.md", "a.mdx", "a.html", "a.txt"])
@pytest.mark.parametrize(
    "text", ["", "\ufeff", "\0", "\n\n", "a\0b", "<", "{", "---", "---\n---", "+++\n+++\n", ";;;\n;;;"]
)
def test_next_to_nothing(path: str, text: str) -> None:
    doc = document(text, path)
    assert doc.whole.end <= len(text)
