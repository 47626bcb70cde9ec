"""Blanks out template tags and JSX; the length stays, so every offset stays true.

A tag on a line of its own becomes an empty line. Within a line it becomes a run of ``VOID``, which
``Builder`` leaves out, or a run of ``OBJECT`` where it stands for a value. Code is left as it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from typing import NamedTuple

from acu_lint.document.document import OBJECT, Comment
from acu_lint.document.source import Span

VOID = "\N{AEGEAN CHECK MARK}"  # punctuation to a Markdown parser, and found in no article

CODE = (
    r"(?P<fence>^[ \t>]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]++)*+(?P<ticks>`{3,}+(?=[^`\n]*+$)|~{3,}+))"
    r"|(?P<code>`++)"
)
_TEMPLATE = r"|(?P<comment><!--)|(?P<brace>\{(?=[%{#:.\w]))"
_MARKDOWN = re.compile(rf"\\`|{CODE}{_TEMPLATE}", re.MULTILINE)
_HTML = re.compile(rf"(?P<element><(?P<name>script|style)\b){_TEMPLATE}", re.IGNORECASE)
_LONE_RETURN = re.compile(r"\r(?!\n)")
_BLANK = re.compile(r"\n[ \t]*\r?(?:\n|\Z)")
_WORD = re.compile(r"\w")
_OWN_LINE = re.compile(rf"^[ \t]*+{VOID}[{VOID} \t]*+(?=\r?$)(?!\r?\n(?: {{4}}|\t)[ \t]*+\S)", re.MULTILINE)
_RUN = re.compile(rf"{VOID}+|{OBJECT}+")

_OPEN = re.compile(r"\{%-?\s*+(\w++)|\{\{[<%]\s*+(\w++)")
_BODIES = frozenset({
    "chart", "comment", "highlight", "javascript", "katex", "math", "mermaid", "raw", "schema", "stylesheet",
    "verbatim",
})  # fmt: skip
_PAIR = r"""(?:[.#][\w:-]++|[\w:-]++=(?:"[^"{}\n]*+"|'[^'{}\n]*+'|[^\s{}"']++))"""
_ATTRIBUTES = re.compile(
    rf"\{{(?::[ \t]*+)?{_PAIR}(?:[ \t]++{_PAIR})*+[ \t]*+\}}"  # {{.class #id key="value"}}
    r"|\{:{1,2}/?[^{}\n]{0,200}\}"  # {:toc} {::options} {:/comment}
)


class Mask(NamedTuple):
    """A text ready to be parsed, the text it came from, and comments met on the way."""

    text: str
    source: str
    comments: tuple[Comment, ...] = ()

    def original(self, value: str, start: int, end: int) -> str:
        """A value found between two offsets, such as a link's target, as the source has it."""
        if VOID not in value and OBJECT not in value:
            return value
        runs = _RUN.finditer(self.text, start, end)
        parts, at = [], 0
        for hole in _RUN.finditer(value):
            run = next((run for run in runs if run.group() == hole.group()), None)
            parts.append(value[at : hole.start()])
            parts.append(self.source[slice(*run.span())] if run else "{{…}}")
            at = hole.end()
        return "".join(parts) + value[at:]


class Ahead:
    """Finds the next match of a pattern; linear in all when asked for ever later positions."""

    def __init__(self, text: str, pattern: str | re.Pattern[str]) -> None:
        self._text = text
        self._pattern = re.compile(re.escape(pattern)) if isinstance(pattern, str) else pattern
        self._found = (-1, -1)
        self._end = False

    def find(self, position: int) -> tuple[int, int]:
        """Start and end of the first match at or after a position, or the end of the text twice."""
        if self._found[0] < position and not self._end:
            match = self._pattern.search(self._text, position)
            self._end = match is None
            if match:
                self._found = match.span()
        return (len(self._text), len(self._text)) if self._end else self._found


class Scanner:
    """Walks over a text from tag to tag, past the code, and collects what to blank out."""

    tokens = _MARKDOWN

    def __init__(self, text: str, begin: int) -> None:
        self.source = text
        self.text = line_ends(text)
        self.begin = begin
        self.holes: list[tuple[int, int, str]] = []
        self.comments: list[Comment] = []
        self._ahead: dict[str, Ahead] = {}
        self._ticks: dict[int, list[int]] | None = None

    def run(self) -> Mask:
        """Blank out the tags; what stands before ``begin`` becomes empty lines."""
        steps: dict[str, Callable[[re.Match[str]], int]] = {
            name: getattr(self, f"on_{name}") for name in self.tokens.groupindex if hasattr(self, f"on_{name}")
        }
        position = self.begin
        while match := self.tokens.search(self.text, position):
            step = steps.get(match.lastgroup or "")
            position = max(step(match) if step else match.end(), match.start() + 1)
        return Mask(self._filled(), self.source, tuple(self.comments))

    def ahead(self, pattern: str | re.Pattern[str], position: int) -> tuple[int, int]:
        """Where a pattern comes next."""
        key = pattern if isinstance(pattern, str) else pattern.pattern
        if key not in self._ahead:
            self._ahead[key] = Ahead(self.text, pattern)
        return self._ahead[key].find(position)

    def hole(self, start: int, end: int, fill: str = VOID) -> int:
        """Blank out a range."""
        self.holes.append((start, end, fill))
        return end

    def on_fence(self, match: re.Match[str]) -> int:
        """Step over fenced code, to the end of the text if it is not closed."""
        ticks = match["ticks"]
        close = re.compile(rf"^[ \t>]*+{ticks[0]}{{{len(ticks)},}}[ \t]*+\r?$", re.MULTILINE)
        return self.ahead(close, match.end())[1]

    def on_code(self, match: re.Match[str]) -> int:
        """Step over a code span: to the next run of as many backticks in the paragraph."""
        if self._ticks is None:
            self._ticks = {}
            for run in re.finditer("`+", self.text):
                self._ticks.setdefault(len(run.group()), []).append(run.start())
        places = self._ticks.get(len(match.group()), [])
        index = bisect_left(places, match.end())
        if index < len(places) and places[index] < self.ahead(_BLANK, match.end())[0]:
            return places[index] + len(match.group())
        return match.end()

    def on_comment(self, match: re.Match[str]) -> int:
        """Step over an HTML comment."""
        start, end = self.ahead("-->", match.end())
        return end if start < len(self.text) else match.end()

    def on_element(self, match: re.Match[str]) -> int:
        """Step over a script or a style sheet."""
        return self.ahead(re.compile(f"</{match['name'].lower()}", re.IGNORECASE), match.end())[1]

    def on_brace(self, match: re.Match[str]) -> int:
        """Blank out a template tag or an attribute list."""
        start = match.start()
        after = self.text[start + 1]
        if after in "%{":
            return self._tag(start)
        if after == "#" and self.text[start + 2 : start + 3] in {" ", "-", "\n", "\t", "\r"}:
            close = self.ahead("#}", start + 2)
            return self._note(start, start + 2, *close) if close[0] < len(self.text) else start + 2
        attributes = _ATTRIBUTES.match(self.text, start)
        if not attributes:
            return start + 1
        if attributes.group() == "{::comment}":
            close = self.ahead(re.compile(r"\{:/(?:comment)?\}"), attributes.end())
            return self._note(start, attributes.end(), *close)
        return self.hole(start, attributes.end())

    def _tag(self, start: int) -> int:
        """Blank out ``{% %}``, ``{{ }}``, ``{{< >}}`` or ``{{% %}}``, with its body if that is no prose."""
        head = self.text[start : start + 3]
        close = {"{{<": ">}}", "{{%": "%}}", "{{{": "}}}", "{{/": "*/}}"}.get(head, "%}" if head[1] == "%" else "}}")
        begin, end = self.ahead(close, start + 2)
        if begin == len(self.text) or self.ahead(_BLANK, start)[0] < begin:
            return start + 2
        if head == "{{/":
            return self._note(start, start + 4, begin, end)
        name = _OPEN.match(self.text, start)
        word = (name[1] or name[2]) if name else ""
        if word in _BODIES:
            body = self.ahead(re.compile(rf"\{{%-?\s*end{word}\s*-?%\}}|\{{\{{[<%]\s*/\s*{word}\s*[>%]\}}\}}"), end)
            if body[0] < len(self.text):
                return self._note(start, end, *body) if word == "comment" else self.hole(start, body[1])
        return self.hole(start, end, self._fill(start, end, OBJECT if head[1] == "{" and head[2] not in "<%" else VOID))

    def _fill(self, start: int, end: int, fill: str) -> str:
        """What to fill a hole with: an object where words would join."""
        joins = _WORD.match(self.text[start - 1 : start]) and _WORD.match(self.text, end)
        return OBJECT if joins else fill

    def _note(self, start: int, inner: int, stop: int, end: int) -> int:
        self.comments.append(Comment(self.text[inner:stop], Span(start, end)))
        return self.hole(start, end)

    def _filled(self) -> str:
        parts, at = ["\n" * self.begin], self.begin
        for start, end, fill in self.holes:
            parts.append(self.text[at:start])
            parts.append(re.sub(r"[^\r\n]", fill, self.text[start:end]))
            at = end
        parts.append(self.text[at:])
        text = "".join(parts)
        return _OWN_LINE.sub(lambda match: " " * len(match.group()), text) if self.holes else text


class _HtmlScanner(Scanner):
    tokens = _HTML


def line_ends(text: str) -> str:
    """A text whose lines all end as Markdown's parser knows it; a lone carriage return is none to it."""
    return _LONE_RETURN.sub("\n", text) if "\r" in text else text


def plain(text: str, begin: int) -> Mask:
    """A text as it is, but that what stands before ``begin`` becomes empty lines."""
    rest = line_ends(text)
    return Mask("\n" * begin + rest[begin:] if begin else rest, text)


def markdown(text: str, begin: int) -> Mask:
    """Blank out Liquid, Hugo and Nunjucks tags and attribute lists in Markdown."""
    return Scanner(text, begin).run() if text.find("{", begin) >= 0 else plain(text, begin)


def html(text: str, begin: int) -> Mask:
    """Blank out template tags in HTML."""
    tagged = any(text.find(sign, begin) >= 0 for sign in ("{{", "{%", "{#"))
    return _HtmlScanner(text, begin).run() if tagged else plain(text, begin)
