"""Blanks out template tags and JSX; the length stays, so every offset stays true.

A tag on a line of its own becomes an empty line. Within a line it becomes a run of ``VOID``, which
``Builder`` leaves out, or a run of ``OBJECT`` where it stands for a value. Code is left as it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from functools import cache, cached_property
from typing import NamedTuple

from acu_lint.document.document import OBJECT, Comment
from acu_lint.document.flavour import Flavour
from acu_lint.document.source import Span
from acu_lint.system.patterns import compiled

VOID = "\N{AEGEAN CHECK MARK}"  # punctuation to a Markdown parser, and found in no article

CODE = (
    r"(?P<fence>^[ \t>]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]++)*+(?P<ticks>`{3,}+(?=[^`\n]*+$)|~{3,}+))"
    r"|(?P<code>`++)"
)
_TEMPLATE = r"|(?P<comment><!--)|(?P<brace>\{(?=[%{#:.\w]|[ \t](?:[.#]|\w+=)))"
_MARKDOWN = rf"\\[`^=:\[%]|{CODE}{_TEMPLATE}"
_PYTHON = frozenset({Flavour.ANY, Flavour.MKDOCS})
_NOTES = frozenset({Flavour.ANY, Flavour.OBSIDIAN})
_ANYWHERE = frozenset(Flavour)
# Marks within a line that only some generators know, each behind its first sign, which is one of _FIRST; a handler
# ``on_X`` takes each.
_FIRST = r"[\^=~:\[!%{+$]"  # a single set of characters, because a search for one of a set is the quickest there is
_INLINE = {
    "note": (r"(?<=\^)\[(?!\^)", _NOTES | {Flavour.PANDOC}),
    "highlight": (
        r"(?<![=\w]=)(?<==)=(?=[^\s=])[^=\n]{1,400}(?<=\S)==(?![=\w])|(?<=\^)\^(?=[^\s^])[^^\n]{1,400}(?<=\S)\^\^(?!\^)",
        _PYTHON | _NOTES | {Flavour.HUGO},
    ),
    "raised": (r"(?<=\w\^)[^\s^\[]{1,20}\^(?!\^)|(?<=\w~)[^\s~]{1,20}~(?!~)", _PYTHON | {Flavour.HUGO, Flavour.PANDOC}),
    "smiley": (r"(?<![\w:/]:)(?<=:)[a-z][a-z0-9_+-]{0,40}:(?![\w:/])", _ANYWHERE - {Flavour.PANDOC}),
    "wiki": (
        r"(?:(?<=\[)|(?<=(?P<embed>!))\[)\[(?!\d+\]|_?(?:TOC|toc)_?\])"
        r"(?P<page>[^\[\]|\n]{1,200}\|)?[^\[\]|\n]{1,300}\]\](?!\()",
        _NOTES,
    ),
    "remark": (
        r"(?<![\w:]:)(?<=:):?[a-z][\w-]{0,40}\[[^\[\]\n]{0,400}\]",
        frozenset({Flavour.ANY, Flavour.DOCUSAURUS}),
    ),
    "critic": (r"(?<=\{)(?P<edit>\+\+|--|~~|==|>>)", _PYTHON),
    "cited": (
        r"(?<=\[)(?:see |cf\. |e\.g\. )?-?@[\w{](?:[^\[\]\n]|\n(?!\s*\n)){0,200}\](?![(:\]\[])",
        frozenset({Flavour.ANY, Flavour.PANDOC}),
    ),
    "keys": (r"(?<=\+)\+[\w\"-][\w\" +-]{0,40}\+\+(?!\+)", frozenset({Flavour.MKDOCS})),
    "formula": (r"(?<=\$)\$[ \t]*\r?\n(?:[^$\n]*\n){1,60}?[ \t]*\$\$", _ANYWHERE),
    "private": (r"(?<![\w%]%)(?<=%)%(?=[^%])", _NOTES),
    # a definition that no link can mean, which stands for a comment
    "aside": (
        r"(?<=\[)[^\[\]\n]{1,40}\]:[ \t]{1,9}(?:#|<>)[ \t]{1,9}"
        r"(?P<words>\([^\n]{0,500}\)|\"[^\"\n]{0,500}\"|'[^'\n]{0,500}')[ \t]*+\r?$",
        _ANYWHERE,
    ),
    "dressed": (r"(?<=\[)[^\[\]\n]{1,400}\](?=\{[.#][^{}\n]{1,200}\})", _PYTHON | {Flavour.PANDOC}),
}
_HTML = rf"(?P<element><(?P<name>script|style)\b){_TEMPLATE}"
_LONE_RETURN = re.compile(r"\r(?!\n)")
_BLANK = re.compile(r"\n[ \t]*\r?(?:\n|\Z)")
_WORD = re.compile(r"\w")
LONE_TAG = rf"^[ \t]*+{VOID}[{VOID} \t]*+(?=\r?$)"
_LANG = re.compile(r"[\s{:]lang=[\"']?([\w-]+)")
_LINE_END = re.compile(r"[ \t]*\r?(?:\n|\Z)")
_DEFINITION = re.compile(r"[ ]{0,3}\[[^\]\n]+\]:[ \t]*\S")
_LIST_ABOVE = re.compile(r"^(?:[*+-]|\d+\.)[ \t][^\n]*\n\Z", re.MULTILINE)
_RUN = re.compile(rf"{VOID}+|{OBJECT}+")
_KEY_DEFINED = re.compile(r"^[ ]{0,3}\[-?@[^\]\n]{1,100}\]:", re.MULTILINE)
CITED = "@"  # labels of citations by key begin with it
_BRACKETS = re.compile(r"\\.|[\[\]]")
_LONGEST_NOTE = 4000  # characters

# A named string of a tag, and strings that are not named: shortcodes may take a title so.
NAMED = re.compile(r"""([A-Za-z_][\w-]*)\s*=\s*(["'])((?:(?!\2)[^\\])*+)\2""")
_LAST_WORD = re.compile(r"(?:[A-Z][a-z]*|[a-z]+)\Z")
# Names of what a component is given that readers see, or the last words of such names.
_SHOWN = frozenset(
    "a alt answer benefit blurb body caption claim content copy desc description eyebrow footer heading headline intro"
    " kicker label lead message note q question quote review subheading subtitle summary tagline testimonial text"
    " title"
    .split()
)  # fmt: skip
_NEVER_SHOWN = frozenset({"className", "class", "style", "d", "href", "id", "key", "src", "srcSet", "sizes", "points"})
_SENTENCE = re.compile(r"[\"“‘']?[A-Z0-9](?:[^\s]*+\s++){2,}[^\s]*[.!?…][\"”’']?\Z")
_UNNAMED = re.compile(r"""(?<![=\w])(["'`])([A-Z][^\W\d_]*(?:[ ,&’'–-]+[^\W_]+)*[.?!]?)\1""")

_REMARK = re.compile(r"\{\{[-~]?(?:\s?/\*|!)|\{%-?\s?#")  # comments of Hugo, Handlebars and Liquid
_OPEN = re.compile(r"\{%-?\s*+(\w++)|\{\{[<%]\s*+(\w++)")
_BODIES = frozenset({
    "chart", "comment", "highlight", "javascript", "katex", "math", "mermaid", "raw", "schema", "stylesheet",
    "verbatim",
})  # fmt: skip
_PAIR = r"""(?:[.#][\w:-]++|[\w:-]++=(?:"[^"{}\n]*+"|'[^'{}\n]*+'|[^\s{}"']++))"""
_ATTRIBUTES = re.compile(
    rf"\{{(?::?[ \t]*+)?{_PAIR}(?:[ \t]++{_PAIR})*+[ \t]*+\}}"  # {{.class #id key="value"}}
    r"|\{:{1,2}/?[^{}\n]{0,200}\}"  # {:toc} {::options} {:/comment}
)


class Moved(NamedTuple):
    """A range whose text is a block of its own, and what kind of block: a footnote, or what a component is given."""

    start: int
    end: int
    kind: str


class Mask(NamedTuple):
    """A text ready to be parsed, the text it came from, and comments met on the way.

    ``swaps`` are ranges in order and what stands for each in the eyes of Markdown's parser, ``moved`` is text that
    becomes blocks of its own, ``langs`` are places whose block says its language.
    """

    text: str
    source: str
    comments: tuple[Comment, ...] = ()
    swaps: tuple[tuple[int, int, str], ...] = ()
    moved: tuple[Moved, ...] = ()
    langs: tuple[tuple[int, str], ...] = ()

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
    own_line = re.compile(rf"{LONE_TAG}(?!\r?\n(?: {{4}}|\t)[ \t]*+\S)", re.MULTILINE)  # what follows would be code

    def __init__(self, text: str, begin: int, flavour: Flavour) -> None:
        self.source = text
        self.flavour = flavour
        self.text = line_ends(text)
        self.begin = begin
        self.holes: list[tuple[int, int, str]] = []
        self.comments: list[Comment] = []
        self.swaps: list[tuple[int, int, str]] = []
        self.moved: list[Moved] = []
        self.langs: list[tuple[int, str]] = []
        self._ahead: dict[str, Ahead] = {}
        self._ticks: dict[int, list[int]] | None = None

    def run(self) -> Mask:
        """Blank out the tags; what stands before ``begin`` becomes empty lines."""
        tokens = _pattern(self.tokens, self.flavour)
        steps: dict[str, Callable[[re.Match[str]], int]] = {
            name: getattr(self, f"on_{name}") for name in tokens.groupindex if hasattr(self, f"on_{name}")
        }
        position = self.begin
        while match := tokens.search(self.text, position):
            step = steps.get(match.lastgroup or "")
            position = max(step(match) if step else match.end(), match.start() + 1)
        return Mask(
            self._filled(), self.source, tuple(self.comments), tuple(self.swaps), tuple(self.moved), tuple(self.langs)
        )

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
        if attributes.group() == "{:toc}" and (item := _LIST_ABOVE.search(self.text, max(start - 200, 0), start)):
            start = item.start()  # a list of one item, which the contents replace
        self._note_lang(attributes)
        line = self.text.rfind("\n", 0, start) + 1
        fill = " " if _DEFINITION.match(self.text, line, start) else VOID  # a sign behind it would make it text
        return self.hole(start, attributes.end(), fill)

    def on_note(self, match: re.Match[str]) -> int:
        """A footnote that stands where it belongs: a reference takes its place."""
        start, end = match.start(), self._bracket_end(match.end())
        if end and (not self.swaps or self.swaps[-1][1] <= start):
            self.swaps.append((start, end, f"[^{note_label(start + 2)}]"))
            self.moved.append(Moved(start + 2, end - 1, "footnote"))
        return match.end()

    def _bracket_end(self, position: int) -> int:
        """Where the bracket ends that opened before a position (0: nowhere in its paragraph)."""
        last = min(self.ahead(_BLANK, position)[0], position + _LONGEST_NOTE)
        depth = 1
        for match in _BRACKETS.finditer(self.text, position, last):
            depth += {"[": 1, "]": -1}.get(match.group(), 0)
            if not depth:
                return match.end()
        return 0

    def on_cited(self, match: re.Match[str]) -> int:
        """A citation by its key, as Pandoc has it: a reference takes its place, for the key is no text."""
        if self._defines_keys:
            return match.end()
        self.swaps.append((*match.span(), f"[^{CITED}{len(self.swaps) + 1}]"))
        return match.end()

    @cached_property
    def _defines_keys(self) -> bool:
        """Whether keys are the names of links in this text, not those of Pandoc's citations."""
        return _KEY_DEFINED.search(self.text) is not None

    def on_keys(self, match: re.Match[str]) -> int:
        """Blank out keys to press, as code is."""
        return self.hole(*match.span(), OBJECT)

    def on_highlight(self, match: re.Match[str]) -> int:
        """Blank out the two signs before and behind some words."""
        self.hole(match.end() - 2, match.end())
        return self.hole(match.start(), match.start() + 2)

    def on_dressed(self, match: re.Match[str]) -> int:
        """Blank out the first and the last sign: brackets before attributes, marks of what is raised or lowered."""
        self.hole(match.start(), match.start() + 1)
        return self.hole(match.end() - 1, match.end())

    on_raised = on_dressed

    def on_smiley(self, match: re.Match[str]) -> int:
        """Blank out all of it: the code of an emoji or icon, a formula on lines of its own."""
        return self.hole(*match.span())

    on_formula = on_smiley

    def on_wiki(self, match: re.Match[str]) -> int:
        """Blank out the marks of a link between notes, the name of its page, and all of what is embedded."""
        if match["embed"]:
            return self.hole(*match.span())
        self.hole(match.start(), match.end("page") if match["page"] else match.start() + 2)
        return self.hole(match.end() - 2, match.end())

    def on_remark(self, match: re.Match[str]) -> int:
        """Blank out the marks of a directive within a line."""
        self.hole(match.start(), self.text.index("[", match.start()) + 1)
        return self.hole(match.end() - 1, match.end())

    def on_critic(self, match: re.Match[str]) -> int:
        """Blank out the marks of an edit, and what it takes out or remarks."""
        sign, start, inner = match["edit"], match.start(), match.end()
        close = {">>": "<<}"}.get(sign, f"{sign}}}")
        stop, end = self.ahead(close, inner)
        if stop == len(self.text) or self.ahead(_BLANK, start)[0] < stop:
            return inner
        if sign in {"--", ">>"}:
            return self.hole(start, end)
        replaced = self.text.find("~>", inner, stop) if sign == "~~" else -1
        self.hole(start, replaced + 2 if replaced >= 0 else inner)
        return self.hole(stop, end)

    def on_private(self, match: re.Match[str]) -> int:
        """Blank out a comment of Obsidian."""
        begin, end = self.ahead("%%", match.end())
        return self._note(match.start(), match.end(), begin, end) if begin < len(self.text) else match.end()

    def on_aside(self, match: re.Match[str]) -> int:
        """Take down a comment in the form of a definition, which is not shown anyhow."""
        inner, stop = match.span("words")
        start = match.start()
        if not self.text[self.text.rfind("\n", max(start - 20, 0), start) + 1 : start].strip(" \t>"):
            self.comments.append(Comment(self.text[inner + 1 : stop - 1], Span(start, stop)))
        return match.end()

    def _note_lang(self, attributes: re.Match[str]) -> None:
        """The language of a block, where a list of attributes ends it and not only some words of it."""
        lang = _LANG.search(attributes.group())
        ends = _LINE_END.match(self.text, attributes.end())
        if lang and ends and self.text[attributes.start() - 1 : attributes.start()] not in set(")]*_`"):
            self.langs.append((attributes.start(), lang[1]))

    def _tag(self, start: int) -> int:
        """Blank out ``{% %}``, ``{{ }}``, ``{{< >}}`` or ``{{% %}}``, with its body if that is no prose."""
        head = self.text[start : start + 3]
        close = {"{{<": ">}}", "{{%": "%}}", "{{{": "}}}", "{{/": "*/}}"}.get(head, "%}" if head[1] == "%" else "}}")
        begin, end = self.ahead(close, start + 2)
        if begin == len(self.text) or self.ahead(_BLANK, start)[0] < begin:
            return start + 2
        if head == "{{/":
            return self._note(start, start + 4, begin, end)
        if remark := _REMARK.match(self.text, start):
            return self._note(start, remark.end(), max(begin, remark.end()), end)
        name = _OPEN.match(self.text, start)
        word = (name[1] or name[2]) if name else ""
        if word in _BODIES:
            body = self.ahead(re.compile(rf"\{{%-?\s*end{word}\s*-?%\}}|\{{\{{[<%]\s*/\s*{word}\s*[>%]\}}\}}"), end)
            if body[0] < len(self.text):
                return self._note(start, end, *body) if word == "comment" else self.hole(start, body[1])
        if self.tokens is not _HTML and (head[1] == "%" or head in {"{{<", "{{%"}):
            self._read_shortcode(start, end)
        return self.hole(start, end, self._fill(start, end, OBJECT if head[1] == "{" and head[2] not in "<%" else VOID))

    def _read_shortcode(self, start: int, end: int) -> None:
        self.read_strings(NAMED, start, end)
        if self.text[start + 1] == "{":
            for match in _UNNAMED.finditer(self.text, start, end):
                self.moved.append(Moved(*match.span(2), "caption"))

    def read_strings(self, pattern: re.Pattern[str], start: int, end: int) -> None:
        """Note the named strings of a tag that readers see."""
        for match in pattern.finditer(self.text, start, end):
            self.note_shown(match[1], match, 0)

    def note_shown(self, name: str, match: re.Match[str] | None, offset: int) -> None:
        """Note a string, the third group of a match, where its name or its shape says that readers see it."""
        if match is None or not (words := match[3].strip()):
            return
        last = _LAST_WORD.search(name)
        shown = last is not None and last.group().lower() in _SHOWN
        sentence = bool(_SENTENCE.match(words))
        if shown or (sentence and name not in _NEVER_SHOWN):
            kind = "alt" if name == "alt" else "paragraph" if sentence else "caption"
            self.moved.append(Moved(offset + match.start(3), offset + match.end(3), kind))

    def _fill(self, start: int, end: int, fill: str) -> str:
        """What to fill a hole with: an object where words would join."""
        joins = _WORD.match(self.text[start - 1 : start]) and _WORD.match(self.text, end)
        return OBJECT if joins else fill

    def _note(self, start: int, inner: int, stop: int, end: int) -> int:
        self.comments.append(Comment(self.text[inner:stop], Span(start, end)))
        return self.hole(start, end)

    def _filled(self) -> str:
        parts, at = ["\n" * self.begin], self.begin
        for start, end, fill in sorted(self.holes):
            if start < at:
                continue
            parts.append(self.text[at:start])
            parts.append(re.sub(r"[^\r\n]", fill, self.text[start:end]))
            at = end
        parts.append(self.text[at:])
        text = "".join(parts)
        return self.own_line.sub(lambda match: " " * len(match.group()), text) if self.holes else text


class _HtmlScanner(Scanner):
    tokens = _HTML


@cache
def _pattern(tokens: str, flavour: Flavour) -> re.Pattern[str]:
    """What a scanner stops at: its tokens and, in Markdown, the marks of a flavour."""
    if tokens is _HTML:
        return compiled(tokens, re.IGNORECASE)
    return compiled(f"{tokens}|{_inline(flavour)}", re.MULTILINE)


@cache
def _any_inline(flavour: Flavour) -> re.Pattern[str]:
    return compiled(_inline(flavour), re.MULTILINE)


def _inline(flavour: Flavour) -> str:
    marks = "|".join(f"(?P<{name}>{look})" for name, (look, flavours) in _INLINE.items() if flavour in flavours)
    return f"{_FIRST}(?:{marks})"


def note_label(start: int) -> str:
    """The label of a footnote that has none because it stands where it belongs; its text begins at ``start``."""
    return f"inline-note-{start}"


def line_ends(text: str) -> str:
    """A text whose lines all end as Markdown's parser knows it; a lone carriage return is none to it."""
    return _LONE_RETURN.sub("\n", text) if "\r" in text else text


def plain(text: str, begin: int) -> Mask:
    """A text as it is, but that what stands before ``begin`` becomes empty lines."""
    rest = line_ends(text)
    return Mask("\n" * begin + rest[begin:] if begin else rest, text)


def markdown(text: str, begin: int, flavour: Flavour) -> Mask:
    """Blank out Liquid, Hugo and Nunjucks tags, attribute lists and the marks of a flavour in Markdown."""
    marked = text.find("{", begin) >= 0 or _any_inline(flavour).search(text, begin)
    return Scanner(text, begin, flavour).run() if marked else plain(text, begin)


def html(text: str, begin: int) -> Mask:
    """Blank out template tags in HTML."""
    tagged = any(text.find(sign, begin) >= 0 for sign in ("{{", "{%", "{#"))
    return _HtmlScanner(text, begin, Flavour.ANY).run() if tagged else plain(text, begin)
