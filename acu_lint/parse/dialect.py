"""What only some generators know, rewritten into what every Markdown parser knows.

The body of an admonition, of details or of a tab, which is indented, becomes a block quote: that is the one block
whose lines can be marked without counting columns. Lines that open and close a container go, their titles become
paragraphs. ``Rewritten`` knows where each character came from, and which quotes are none.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import dropwhile, pairwise
from typing import NamedTuple

from acu_lint.document.flavour import Flavour
from acu_lint.parse.build import Kind
from acu_lint.parse.mask import CITED, VOID, Mask, note_label
from acu_lint.system.patterns import compiled

_DEEPEST = 12  # containers within each other; those deeper down are read as text
_LONGEST_QUOTE = 2000  # lines of a quote that are looked at for containers
_LOOK = 200  # lines before and behind a line that are looked at for the list it belongs to
_BODY = 4  # columns by which a body is indented
_MARGIN = 3  # spaces; a line that begins with more is code

_NAMED = r"""(?:"[^\n]*"|'[^\n]*')"""
_ALL = frozenset(Flavour)
_PYTHON = frozenset({Flavour.ANY, Flavour.MKDOCS})
_DIVS = _PYTHON | {Flavour.DOCUSAURUS, Flavour.PANDOC}
TERMS = _PYTHON | {Flavour.HUGO, Flavour.JEKYLL, Flavour.KRAMDOWN, Flavour.PANDOC}
_WITHIN_HTML = _PYTHON | {Flavour.JEKYLL, Flavour.KRAMDOWN}

# How the lines look that a handler ``on_X`` takes, and in which flavours.
_LINES = {
    "container": (
        rf"(?:!!!|\?\?\?\+?)[ \t]*\w[\w \t-]*(?:{_NAMED})?[ \t]*\r?$|===[!+]?[ \t]+{_NAMED}[ \t]*\r?$",
        _PYTHON,
    ),
    "directive": (r":{3,}[^\n]*$", _DIVS),
    "block": (r"/{3,}(?![^\n/]*/)[^\n]*$", _PYTHON),
    "quoted": (r"(?P<marks>>[ \t>]*+)(?=!!!|\?\?\?|===|:::|///)[^\n]*$", _DIVS),
    "left_out": (r"(?:\[(?i:toc)\]|\[\[_?(?i:toc)_?\]\]|-{1,2}8<-{1,2}(?:[ \t]+\"[^\"\n]*\")?)[ \t]*\r?$", _ALL),
    "abbreviation": (r"\*\[[^\]\n]{1,100}\]:[^\n]*$", _WITHIN_HTML),
    "colon": (r":(?=\S)", TERMS),
    "hashes": (r"#{1,6}(?=[^\s#])[^\n]*$", frozenset({Flavour.MKDOCS, Flavour.KRAMDOWN})),
    "verse": (r"\|[ \t]+[^|\n]*$", frozenset({Flavour.ANY, Flavour.PANDOC})),
    "mark": (
        r"(?:\((?:@[\w-]*|[a-z]|[ivx]{2,4}|\d{1,3})\)|[a-z]\)|[ivx]{2,4}[.)]|#\.|[A-Z]\.(?=[ ]{2}))[ \t]+(?=\S)[^\n]*$",
        frozenset({Flavour.PANDOC}),
    ),
    "tex": (r"\\[a-zA-Z]+(?:\{[^{}\n]*\})*[ \t]*\r?$", frozenset({Flavour.PANDOC})),
    "end_tag": (r"</(?:article|aside|details|div|figure|section|table)>[ \t]*\r?$", _WITHIN_HTML),
    "html": (r"<\w[^<>\n]*\bmarkdown\b[^<>\n]*>[ \t]*\r?$", _WITHIN_HTML),
    "alert": (r">[ \t>]*+\[![^\]\n]{1,40}\]", _ALL),
}
_FENCE = r"[ \t>]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]++)*+(?P<ticks>`{3,}+(?=[^`\n]*$)|~{3,}+)"
# What follows the marks of a fence that is no code, in Markdown of MyST.
_TOLD = re.compile(
    r"\{(?:admonition|attention|caution|danger|dropdown|error|hint|important|margin|note|seealso|sidebar|tip|topic|warning)\}"
    r"[ \t]*(?P<title>[^\r\n]*)"
)
_MYST_OPTION = re.compile(r"[ \t]*:[a-z-]+:")
_ITEM = re.compile(r"[ \t]*(?:[-*+:]|\d{1,9}[.)]|\[\^[^\]\n]{1,100}\]:)[ \t]")
_MARK = re.compile(r"[^\s]+[ \t]+")
_AFTER_HTML = re.compile(r"[ \t]*(?:<|\r?\n?\Z)|(?: {4}|\t)")
_LEAD = re.compile(r"[ \t]*(?:(?:[-*+:]|\d{1,9}[.)])[ \t]+)*")
_BLANK = re.compile(rf"[ \t{VOID}]*\r?\n?")
_ATTRIBUTED = re.compile(r"[ \t]*\{[^\n]*\.callout-|(?<=\w)\{")  # of Quarto and remark; a div of Pandoc shows no title
_CONTAINER_TITLE = re.compile(r"""["'](.*)["'][ \t]*\r?\n?\Z""")
_OPENING = re.compile(r"[:/]{3,}[ \t]*(?:[A-Za-z][\w-]*)?")
_OPENING_TITLE = re.compile(r"\[([^\n]*)\]|[ \t]+\|?[ \t]*([^\s:{|][^\n{]*)")
_HTML_BLOCK = re.compile(r"/{3,}[ \t]*html\b")  # what follows names an element
_TITLE_ATTRIBUTE = re.compile(r"\btitle[ \t]*=[ \t]*(?:\"([^\"\n]+)\"|'([^'\n]+)')")
_OPTION = re.compile(r"[ \t]{4,}[a-z][\w-]*:")
_ALERT = re.compile(r"([ \t]*>[ \t>]*)\[![^\]\n]+\][+-]?[ \t]*([^\r\n]*)")
_DRESSED = f" \t\r\n{VOID}"


class _Line(NamedTuple):
    """A line, or what is left of it within containers: the marks put before it, its range."""

    prefix: str
    start: int
    end: int


class Rewritten(NamedTuple):
    """Markdown for the parser.

    ``kinds`` says at which offsets of it a quote or a paragraph begins that is of another kind; ``None`` stands for
    the kind of whatever is around. The lists say where in the text before each part of this one stood.
    """

    text: str
    kinds: Mapping[int, Kind | None]
    starts: Sequence[int]
    origins: Sequence[int]
    lengths: Sequence[int]

    def origin(self, offset: int) -> int:
        """Where what begins at an offset stood before."""
        return self._in_part(bisect_right(self.starts, offset) - 1, offset)

    def origin_of_end(self, offset: int) -> int:
        """Where what ends at an offset ended before."""
        return self._in_part(bisect_right(self.starts, max(offset - 1, 0)) - 1, offset)

    def _in_part(self, part: int, offset: int) -> int:
        return self.origins[part] + min(offset - self.starts[part], self.lengths[part])


def rewrite(masked: Mask, flavour: Flavour) -> Rewritten | None:
    """Rewrite a text; None where there is nothing to rewrite."""
    if not (masked.swaps or masked.moved or _marks(flavour).search("\n" + masked.text)):
        return None
    return _Rewriter(masked, flavour).run()


@cache
def _marks(flavour: Flavour) -> re.Pattern[str]:
    """What to look for in a text: whether it has any line that is rewritten. The line end makes the search quick."""
    return compiled(rf"\n[ \t]*+(?:(?:`{{3}}|~{{3}})[`~]*\{{|{_handled(flavour)})", re.MULTILINE)


@cache
def _line(flavour: Flavour) -> re.Pattern[str]:
    return compiled(rf"(?:(?P<fence>{_FENCE})|(?P<indent>[ \t]*+)(?:{_handled(flavour)}))", re.MULTILINE)


def _handled(flavour: Flavour) -> str:
    return "|".join(f"(?P<{name}>{look})" for name, (look, flavours) in _LINES.items() if flavour in flavours)


class _Writer:
    """A text in the making, which knows where its parts come from."""

    def __init__(self, masked: Mask) -> None:
        self._masked = masked
        self._swaps = [start for start, _, _ in masked.swaps]
        self._parts: list[str] = []
        self._starts: list[int] = []
        self._origins: list[int] = []
        self._lengths: list[int] = []
        self.size = 0
        self.swapped = 0  # where the last swap ended, maybe on a later line

    @property
    def fresh(self) -> bool:
        """Whether a line begins here."""
        return not self._parts or self._parts[-1].endswith("\n")

    def insert(self, text: str) -> None:
        """Add characters that no reader sees; they stand where the last part ended."""
        if text:
            self._add(text, self._origins[-1] + self._lengths[-1] if self._origins else 0, 0)

    def copy(self, start: int, end: int) -> None:
        """Add a range of the text, with what is to be swapped within it."""
        for index in range(bisect_left(self._swaps, start), bisect_left(self._swaps, end)):
            begin, stop, instead = self._masked.swaps[index]
            if begin >= start:
                self._keep(self._masked.text, start, begin)
                self.insert(instead)
                if instead.endswith("]") and self._masked.text.startswith(("[", "("), stop):
                    self._add(VOID, stop, 0)  # else the reference would be a link
                start = self.swapped = stop
        self._keep(self._masked.text, start, end)

    def copy_source(self, start: int, end: int) -> None:
        """Add a range of the text as it was before anything was blanked out."""
        self._keep(self._masked.source, start, end)

    def _keep(self, text: str, start: int, end: int) -> None:
        if start < end:
            self._add(text[start:end], start, end - start)

    def _add(self, text: str, origin: int, length: int) -> None:
        self._parts.append(text)
        if length and self._origins and self._origins[-1] + self._lengths[-1] == origin and self._lengths[-1]:
            self._lengths[-1] += length  # goes on where the last part ended
        else:
            self._starts.append(self.size)
            self._origins.append(origin)
            self._lengths.append(length)
        self.size += len(text)

    def done(self, kinds: Mapping[int, Kind | None]) -> Rewritten:
        """The whole text."""
        return Rewritten("".join(self._parts), kinds, self._starts or [0], self._origins or [0], self._lengths or [0])


class _Rewriter:
    """Goes through the lines; ``on_X`` takes the line of an index and returns the index of the next one to read."""

    def __init__(self, masked: Mask, flavour: Flavour) -> None:
        self.masked = masked
        self.text = masked.text
        self.out = _Writer(masked)
        self.kinds: dict[int, Kind | None] = {}
        self._look = _line(flavour)
        self._any = flavour is Flavour.ANY
        self._moved = [moved for moved in masked.moved if moved.kind != "metadata"]
        self._next = 0
        self._within = 0  # open HTML elements whose content is Markdown
        self._depth = 0

    def run(self) -> Rewritten:
        """Rewrite the whole text."""
        for _, _, instead in self.masked.swaps:
            if instead.startswith(f"[^{CITED}"):  # without a definition it would be no reference
                self.out.insert(f"{instead}: {VOID}\n\n")
        starts = [0, *(match.end() for match in re.finditer("\n", self.text))]
        lines = [_Line("", *ends) for ends in pairwise([*starts, len(self.text)])]
        self._read(lines)
        self._move(lines, len(lines), "")
        return self.out.done(self.kinds)

    def _read(self, lines: Sequence[_Line]) -> None:
        index = 0
        while index < len(lines):
            line = lines[index]
            match = self._look.match(self.text, line.start, line.end)
            name = match.lastgroup if match else ""
            if match and match["fence"] is not None:
                index = self._fence(lines, index, match)
            elif match and name:
                index = getattr(self, f"_on_{name}")(lines, index, match)
            else:
                index = self._plain(lines, index)

    def _plain(self, lines: Sequence[_Line], index: int) -> int:
        line = lines[index]
        if self._within and self.text.startswith("</", line.start):
            self._within -= 1
            self._blank(line)
        pending = self._next < len(self._moved) and self._moved[self._next].start < line.end
        if not (pending and _BLANK.fullmatch(self.text, line.start, line.end)):
            self._emit(line)
            return index + 1
        return self._dedent(lines, index + 1, self._move(lines, index + 1, line.prefix))

    def _emit(self, line: _Line) -> None:
        self.out.insert(line.prefix)
        self.out.copy(max(line.start, min(self.out.swapped, line.end)), line.end)

    def _fresh(self) -> None:
        """Begin a new line, where none was begun."""
        if not self.out.fresh:
            self.out.insert("\n")

    def _blank(self, line: _Line) -> None:
        """A line without text."""
        self.out.insert(line.prefix.rstrip() + "\n")

    def _title(self, lead: str, start: int, end: int, *, source: bool = False) -> None:
        """A title as a paragraph of its own."""
        self.out.insert(lead)
        self.kinds[self.out.size] = Kind("caption")
        (self.out.copy_source if source else self.out.copy)(start, end)
        self.out.insert(f"\n{lead.rstrip()}\n")

    def _move(self, lines: Sequence[_Line], index: int, prefix: str) -> int:
        """What a component is given, and notes within lines, behind the paragraph that they stand in.

        ``index`` is that of the first line after it. Returns the columns by which the last of them is indented.
        """
        lead = ""
        while self._next < len(self._moved) and self._moved[self._next].start < lines[index - 1].end:
            moved = self._moved[self._next]
            self._next += 1
            lead = prefix or self._lead_of(lines, index, moved.start)
            self._fresh()
            self.out.insert(f"{prefix.rstrip()}\n{lead}")
            if moved.kind == "footnote":
                self.out.insert(f"[^{note_label(moved.start)}]: ")
                self.out.copy(moved.start, moved.end)
            else:
                self.kinds[self.out.size] = Kind(moved.kind)
                self.out.copy_source(moved.start, moved.end)
            self.out.insert(f"\n{prefix.rstrip()}\n")
        return 0 if prefix else len(lead)

    def _lead_of(self, lines: Sequence[_Line], index: int, start: int) -> str:
        """The white space by which a paragraph before a line belongs to the item of a list that ``start`` stands in."""
        source = self.masked.source
        inside = _reach(source[source.rfind("\n", 0, start) + 1 : start])
        following = (self._text(line) for line in lines[index : index + _LOOK])
        inside = max(inside, next((_columns(text) for text in following if text.strip(_DRESSED)), 0))
        for line in reversed(lines[max(index - _LOOK, 0) : index]):
            text = self._text(line)
            if text.strip(_DRESSED):
                columns, reach = _columns(text), _reach(text)
                if columns < reach <= inside:
                    return " " * reach
                if not columns and columns == reach:
                    break
        return ""

    def _fence(self, lines: Sequence[_Line], index: int, match: re.Match[str]) -> int:
        """Fenced code stays as it is, to the end if nothing closes it."""
        ticks = match["ticks"]
        close = re.compile(rf"[ \t>]*+{ticks[0]}{{{len(ticks)},}}[ \t]*\r?\n?\Z")
        after = next((at for at in range(index + 1, len(lines)) if close.match(self._text(lines[at]))), len(lines))
        told = _TOLD.match(self.text, match.end("ticks"), lines[index].end)
        if told and self._any and after < len(lines) and self._depth < _DEEPEST:
            self._fenced_prose(lines[index:after], told)
            return after + 1
        for line in lines[index : after + 1]:
            self._emit(line)
        if after < len(lines):
            return after + 1
        self._fresh()
        self.out.insert(f"{lines[index].prefix}{ticks}\n")
        return len(lines)

    def _fenced_prose(self, lines: Sequence[_Line], told: re.Match[str]) -> None:
        """A directive of MyST, which looks like code: its title and its text without the options at its head."""
        self._blank(lines[0])
        if told["title"].strip(_DRESSED):
            self._title(lines[0].prefix, *told.span("title"))
        body = list(dropwhile(lambda line: _MYST_OPTION.match(self._text(line)), lines[1:]))
        self._depth += 1
        self._read(body)
        self._depth -= 1
        self._blank(lines[0])

    def _text(self, line: _Line) -> str:
        return self.text[line.start : line.end]

    def _on_container(self, lines: Sequence[_Line], index: int, match: re.Match[str]) -> int:
        """An admonition, details or a tab: a title and a body that is indented."""
        line, indent = lines[index], match["indent"]
        columns = _columns(indent)
        if self._depth >= _DEEPEST or (columns > _MARGIN and not self._in_list(lines, index, columns)):
            return self._plain(lines, index)
        lead = line.prefix + indent
        body, after = self._body(lines, index + 1, columns, lead)
        self._blank(line)
        self.out.insert(lead)
        self.kinds[self.out.size] = None
        self.out.insert(">\n")
        title = _CONTAINER_TITLE.search(self._text(line))
        if title and title[1].strip():
            self._title(lead + "> ", line.start + title.start(1), line.start + title.end(1))
        self._depth += 1
        self._read(body)
        self._depth -= 1
        self._fresh()
        self._blank(line)
        return after

    def _in_list(self, lines: Sequence[_Line], index: int, columns: int) -> bool:
        """Whether a line that is indented belongs to the item of a list above it."""
        for line in reversed(lines[max(index - _LOOK, 0) : index]):
            text = self._text(line)
            if text.strip() and _columns(text) < columns:
                return bool(_ITEM.match(text))
        return False

    def _body(self, lines: Sequence[_Line], index: int, columns: int, lead: str) -> tuple[list[_Line], int]:
        """The lines of a body, without its indentation, and the index of the line after it."""
        body: list[_Line] = []
        last = 0
        while index + len(body) < len(lines):
            line = lines[index + len(body)]
            text = self._text(line)
            if not text.strip():
                body.append(_Line(f"{lead}>", line.start + len(text.rstrip("\r\n")), line.end))
                continue
            cut = _cut(text, columns + _BODY)
            if not cut:
                break
            body.append(_Line(f"{lead}> ", line.start + cut, line.end))
            last = len(body)
        return body[:last], index + last

    def _on_directive(self, lines: Sequence[_Line], index: int, match: re.Match[str]) -> int:
        """A line that opens or closes a container whose body stands as it is."""
        self._border(lines, index, match)
        return self._dedent(lines, index + 1, _columns(match["indent"]))

    def _on_block(self, lines: Sequence[_Line], index: int, match: re.Match[str]) -> int:
        """As a directive; lines right below that set options are no text."""
        self._border(lines, index, match)
        index += 1
        while index < len(lines) and _OPTION.match(self.text, lines[index].start, lines[index].end):
            index += 1
        return index

    def _border(self, lines: Sequence[_Line], index: int, match: re.Match[str]) -> None:
        """A blank line where a container begins or ends, with its title if it has one."""
        line = lines[index]
        opening = _OPENING.match(self.text, match.end("indent"), line.end)
        start = opening.end() if opening else line.end
        within = _columns(match["indent"]) <= _MARGIN
        lead = line.prefix + (match["indent"] if within else self._lead_of(lines, index, match.end("indent")))
        rest = self.text[start : line.end]
        self._blank(line)
        source = self.masked.source
        shows = _ATTRIBUTED.match(source, start, line.end)
        attribute = _TITLE_ATTRIBUTE.search(source, start, line.end) if shows else None
        title = None if _HTML_BLOCK.match(self.text, match.end("indent"), line.end) else _OPENING_TITLE.match(rest)
        if attribute:
            self._title(lead, *attribute.span(attribute.lastindex or 0), source=True)
        elif title and title[title.lastindex or 0].strip(f"{_DRESSED}:"):
            begin, end = title.span(title.lastindex or 0)
            self._title(lead, start + begin, start + begin + len(rest[begin:end].rstrip(f"{_DRESSED}:")))
        else:
            self._blank(line)

    def _dedent(self, lines: Sequence[_Line], index: int, columns: int) -> int:
        """The first line of a body that would be code if nothing stood before it."""
        if index < len(lines):
            line = lines[index]
            cut = _cut(self._text(line), columns + _BODY)
            if cut:
                lead = self.text[line.start : line.start + cut].expandtabs(4)[:columns]
                return self._plain([line._replace(prefix=line.prefix + lead, start=line.start + cut)], 0) + index
        return index

    def _on_quoted(self, lines: Sequence[_Line], index: int, match: re.Match[str]) -> int:
        """A container within a quote: what stands behind the marks of the quote is read for itself."""
        marks = match["marks"].rstrip()
        quotes = re.compile(rf"(?:[ \t]*>[ ]?){{{marks.count('>')}}}")
        within: list[_Line] = []
        for line in lines[index : index + _LONGEST_QUOTE]:
            behind = quotes.match(self.text, line.start, line.end)
            if not behind:
                break
            within.append(_Line(line.prefix + match["indent"] + marks + " ", behind.end(), line.end))
        self._depth += 1
        if self._depth <= _DEEPEST:
            self._read(within)
        else:
            for line in within:
                self._emit(line)
        self._depth -= 1
        return index + max(len(within), 1)

    def _on_left_out(self, lines: Sequence[_Line], index: int, match: re.Match[str]) -> int:  # noqa: ARG002
        self._blank(lines[index])
        return index + 1

    _on_abbreviation = _on_tex = _on_left_out

    def _on_mark(self, lines: Sequence[_Line], index: int, match: re.Match[str]) -> int:
        """The mark of an item in a list of Pandoc: it becomes a hyphen."""
        line = lines[index]
        mark = _MARK.match(self.text, match.end("indent"), line.end)
        self.out.insert(line.prefix + match["indent"] + "- ")
        self.out.copy(mark.end() if mark else line.start, line.end)
        return index + 1

    def _on_end_tag(self, lines: Sequence[_Line], index: int, match: re.Match[str]) -> int:  # noqa: ARG002
        """What stands right below a closed element is Markdown again, if it is not indented."""
        after = self._plain(lines, index)
        if after < len(lines) and not _AFTER_HTML.match(self.text, lines[after].start, lines[after].end):
            self._blank(lines[index])
        return after

    def _on_colon(self, lines: Sequence[_Line], index: int, match: re.Match[str]) -> int:
        """A colon with a word right behind it defines no term."""
        line = lines[index]
        self.out.insert(line.prefix + match["indent"] + "\\")
        self.out.copy(match.end("indent"), line.end)
        return index + 1

    def _on_hashes(self, lines: Sequence[_Line], index: int, match: re.Match[str]) -> int:
        """A heading without a space behind its signs."""
        line = lines[index]
        start = match.end("indent")
        text = self.text[start : line.end]
        self.out.insert(line.prefix + match["indent"] + "#" * (len(text) - len(text.lstrip("#"))) + " ")
        self.out.copy(start + len(text) - len(text.lstrip("#")), line.end)
        return index + 1

    def _on_verse(self, lines: Sequence[_Line], index: int, match: re.Match[str]) -> int:
        """Lines that begin with a bar are kept apart from each other."""
        after = index
        while after < len(lines) and self._is_verse(lines[after]):
            after += 1
        if after == index + 1:
            return self._plain(lines, index)
        for line in lines[index:after]:
            text = self._text(line)
            begin = line.start + text.index("|") + 1
            self.out.insert(line.prefix + match["indent"])
            self.out.copy(begin + 1, line.start + len(text.rstrip("\r\n")))
            self.out.insert("\\\n" if line is not lines[after - 1] else "\n")
        return after

    def _is_verse(self, line: _Line) -> bool:
        match = self._look.match(self.text, line.start, line.end)
        return match is not None and match.lastgroup == "verse"

    def _on_html(self, lines: Sequence[_Line], index: int, match: re.Match[str]) -> int:  # noqa: ARG002
        """An element whose content is Markdown: a blank line keeps it from being read as HTML."""
        self._emit(lines[index])
        self._blank(lines[index])
        self._within += 1
        return index + 1

    def _on_alert(self, lines: Sequence[_Line], index: int, match: re.Match[str]) -> int:  # noqa: ARG002
        """A quote that begins with ``[!NOTE]`` is none; the marker is no text, what stands behind it a title."""
        line = lines[index]
        alert = _ALERT.match(self.text, line.start, line.end)
        if not alert or (index and self._quotes(lines[index - 1]) >= alert[1].count(">")):
            return self._plain(lines, index)
        self.out.insert(line.prefix)
        self.kinds[self.out.size + alert[1].rindex(">")] = None
        self.out.copy(line.start, line.start + len(alert[1]))
        if alert[2].strip(_DRESSED):
            self.kinds[self.out.size] = Kind("caption")
            self.out.copy(*alert.span(2))
        self.out.insert(f"\n{line.prefix}{alert[1].rstrip()}\n")
        return index + 1

    def _quotes(self, line: _Line) -> int:
        """How many quotes a line stands in."""
        text = self._text(line)
        return text.count(">", 0, len(text) - len(text.lstrip(" \t>")))


def _reach(text: str) -> int:
    """The column at which the text of a line begins, behind the marks of lists."""
    lead = _LEAD.match(text)
    return len(lead.group().expandtabs(4)) if lead else 0


def _columns(text: str) -> int:
    """How many columns the white space before a text takes."""
    lead = text[: len(text) - len(text.lstrip(" \t"))]
    return len(lead.expandtabs(4))


def _cut(text: str, columns: int) -> int:
    """How many characters of white space take up the columns at the head of a line; 0 where it has fewer."""
    reached = 0
    for count, char in enumerate(text, 1):
        if char not in " \t":
            return 0
        reached = reached // 4 * 4 + 4 if char == "\t" else reached + 1
        if reached >= columns:
            return count
    return 0
