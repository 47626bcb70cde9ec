"""MDX to blocks: modules, expressions and JSX are blanked out, the rest is Markdown."""

from __future__ import annotations

import re

from acu_lint.document.document import OBJECT, Comment, Parsed
from acu_lint.document.flavour import Flavour
from acu_lint.document.source import Source, Span
from acu_lint.parse import dialect, frontmatter, markdown
from acu_lint.parse.mask import CODE, LONE_TAG, NAMED, VOID, Mask, Moved, Scanner

_TOKENS = (
    rf"\\[`{{<^=:\[%]|{CODE}|(?P<comment><!--)|(?P<module>^(?:import|export)\b)"
    r"|(?P<expression>\{)|(?P<tag></?(?:(?P<name>[A-Za-z][\w.-]*+(?::[\w.-]++)?+)(?=[\s/>])|(?=>)))"
)
# Elements that tell more than their text does; Markdown's HTML reader takes care of them.
_HTML = frozenset(
    "a abbr aside b blockquote br button caption cite code col colgroup dd del details dl dt em figcaption form h1 h2"
    " h3 h4 h5 h6 hr i iframe img ins kbd li mark nav noscript ol p pre q s samp script select small strong style sub"
    " summary sup svg table tbody td template textarea tfoot th thead tr u ul var wbr".split()
)
_LANG = re.compile(r"\slang\s*=")
_MODULE = re.compile(
    r"import\s*(?:[\"']|[\w$*{][^;\"'`]{0,2000}?\bfrom\s*[\"'])"
    r"|export\s+(?:default|const|let|var|function|async|class|type|interface|enum)\b|export\s*[{*]"
)
_SCRIPT = re.compile(
    r"""\\.|"(?:[^"\\\n]|\\.)*+"|'(?:[^'\\\n]|\\.)*+'|`(?:[^`\\]|\\.)*+`|(?<!:)//[^\n]*+|/\*|[{}()\[\]\n]""", re.DOTALL
)
_METADATA = re.compile(r"export\s+const\s+(?:metadata|meta|front[mM]atter)\b[^={]{0,100}=\s*\{(?=.*\})", re.DOTALL)
_BLANK_LINE = re.compile(r"\n[ \t]*\r?(?:\n|\Z)")
_GOES_ON = re.compile(r"[=,({\[+*/&|?:.<-][ \t\r]*\Z")
_TAG = re.compile(r"""[^"'{<>]++|"[^"]*+"|'[^']*+'|(?P<brace>\{)|(?P<end>>)|(?P<bad>[<"'])""")
_NOTE = re.compile(r"\{\s*+/\*(.*)\*/\s*+\}\Z", re.DOTALL)
_STRING = re.compile(r"""(\{\s*+(["'`]))([^"'`\\\n{}]*+)(\2\s*+\})\Z""")
_PROP_NAME = re.compile(r"([A-Za-z_][\w-]*)\s*=\s*\Z")
_PAIR = re.compile(r"""([A-Za-z_][\w-]*)["']?\s*:\s*(["'`])((?:(?!\2)[^\\\n])*+)\2""")
_LISTED = re.compile(r"""(?<=[\[,])\s*(["'`])([A-Z][^\s"'`\\]*+[ ](?:(?!\1)[^\\\n])++)\1\s*(?=[\],])""")
_DATA = re.compile(r"export\s+const\s+\w+\s*(?::[^=\n]{0,100})?=\s*(?=[\[{])")
_WITHIN_TAGS = re.compile(r"<(?:\w[^<>]*)?>\s*([^<>{}]*\w[^<>{}]*?)\s*(?=[<{])")
_SIMPLE = re.compile(r"\{[^{}\n]*+\}")
_INDENT = re.compile(r"^(?: {4}|\t)[ \t]*+\S", re.MULTILINE)
_PASSES = 3  # what is no code any more may show that what is within it would be
_MARGIN = re.compile(r"^[ \t]++(?=\S)", re.MULTILINE)


class _MdxScanner(Scanner):
    """Collects modules, expressions and tags."""

    tokens = _TOKENS
    own_line = re.compile(LONE_TAG, re.MULTILINE)  # no code can follow
    _balanced = True  # until a brace was found that is never closed
    _module_end = -1
    _tags = True
    _kept = _HTML

    def on_module(self, match: re.Match[str]) -> int:
        """Blank out an import or export, to the end of its last line."""
        start = match.start()
        before = self.text[max(start - 3, 0) : start].replace("\r", "")
        opens = start <= self.begin or before.endswith("\n\n") or before == "\n" or start == self._module_end
        if not (opens and _MODULE.match(self.text, start)):
            return match.end()
        end = self._statement_end(start)
        self._module_end = min(end + 1, len(self.text))
        if about := _METADATA.match(self.text, start, end):
            self.moved.append(Moved(about.end() - 1, self.text.rindex("}", start, end) + 1, "metadata"))
        elif data := _DATA.match(self.text, start, end):
            self._read_values(data.end(), end)
        return self.hole(start, end)

    def _statement_end(self, start: int) -> int:
        """Where a statement ends: a line end outside brackets with nothing left open."""
        if not self._balanced:
            return self.ahead(_BLANK_LINE, start)[0]
        depth, position = 0, start
        while match := _SCRIPT.search(self.text, position):
            position = match.end()
            sign = match.group()
            if sign == "/*":
                position = self.ahead("*/", position)[1]
            elif sign in {"{", "(", "["}:
                depth += 1
            elif sign in {"}", ")", "]"}:
                depth -= 1
            elif sign == "\n" and depth <= 0 and self._complete(start, match.start()):
                return match.start()
        self._balanced = depth <= 0
        return len(self.text) if self._balanced else self.ahead(_BLANK_LINE, start)[0]

    def _complete(self, start: int, end: int) -> bool:
        line = self.text[max(start, self.text.rfind("\n", start, end)) : end]
        after = self.text[end + 1 : end + 2]
        return not _GOES_ON.search(line) and after not in {" ", "\t", ".", ")", "}", "]", "?", ":"}

    def on_expression(self, match: re.Match[str]) -> int:
        """Blank out an expression; a comment is kept, a string is prose."""
        start = match.start()
        end = self._brace_end(start)
        if end < 0:
            return start + 1
        text = self.text[start:end]
        note, string = _NOTE.match(text), _STRING.match(text)
        if note:
            self.comments.append(Comment(note[1], Span(start, end)))
            return self.hole(start, end)
        if string and string[3].strip():
            self.hole(start, start + string.end(1))
            return self.hole(start + string.start(4), end)
        if string:
            return self.hole(start, end, OBJECT) if not string[3] else self._space(start, end)
        self._read_elements(start, end)
        return self.hole(start, end, VOID if "\n" in text else OBJECT)

    def _space(self, start: int, end: int) -> int:
        self.hole(start, start + 1, " ")
        return self.hole(start + 1, end)

    def _brace_end(self, start: int) -> int:
        """Where the expression that opens at ``start`` ends, or -1."""
        if not self._balanced:
            match = _SIMPLE.match(self.text, start)
            return match.end() if match else -1
        depth, position = 0, start
        while match := _SCRIPT.search(self.text, position):
            position = match.end()
            sign = match.group()
            if sign == "/*":
                position = self.ahead("*/", position)[1]
            elif sign == "{":
                depth += 1
            elif sign == "}":
                depth -= 1
                if not depth:
                    return position
        self._balanced = False
        return self._brace_end(start)

    def on_tag(self, match: re.Match[str]) -> int:
        """Blank out a tag; of an HTML element that matters, only the expressions."""
        braces: list[tuple[int, int]] = []
        end = self._tag_end(match.end(), braces) if self._tags else -1
        if end < 0:
            return match.end()
        if _LANG.search(self.text, match.end(), end):
            self._kept = self._kept | {match["name"]}  # its end tag, and those of the same name, count as well
        if match["name"] in self._kept:
            for start, stop in braces:
                self.hole(start, stop)
            return end
        if (match["name"] or "")[:1].isupper():
            self._read_props(match.end(), end, braces)
        return self.hole(match.start(), end)

    def _read_props(self, start: int, end: int, braces: list[tuple[int, int]]) -> None:
        """Note what a component is given to show: strings, also those within objects and lists."""
        at = start
        for begin, stop in [*braces, (end, end)]:
            self.read_strings(NAMED, at, begin)
            at = begin
            if name := _PROP_NAME.search(self.text, max(start, begin - 60), begin):
                self.note_shown(name[1], _STRING.match(self.text[begin:stop]), begin)
            self._read_values(begin, stop)
            at = stop

    def _read_values(self, start: int, end: int) -> None:
        """Note what objects, lists and elements of JavaScript hold for readers."""
        self.read_strings(_PAIR, start, end)
        for match in _LISTED.finditer(self.text, start, end):
            self.moved.append(Moved(*match.span(2), "caption"))
        self._read_elements(start, end)

    def _read_elements(self, start: int, end: int) -> None:
        for words in _WITHIN_TAGS.finditer(self.text, start, end):
            self.moved.append(Moved(*words.span(1), "paragraph"))

    def _tag_end(self, position: int, braces: list[tuple[int, int]]) -> int:
        while match := _TAG.match(self.text, position):
            if match["end"]:
                return match.end()
            if match["bad"]:
                return -1
            position = match.end()
            if match["brace"]:
                position = self._brace_end(match.start())
                if position < 0:
                    return -1
                braces.append((match.start(), position))
        self._tags = False
        return -1


def parse(source: Source, flavour: Flavour = Flavour.ANY) -> Parsed:
    """Parse an MDX file."""
    front = frontmatter.read(source)
    masked = blank_out(source.text, front.end, flavour)
    exported = next((moved for moved in masked.moved if moved.kind == "metadata"), None)
    if exported and not front.meta.data:
        front = frontmatter.exported(source, exported.start, exported.end)
    return markdown.convert(masked, front, flavour)


def blank_out(text: str, begin: int, flavour: Flavour) -> Mask:
    """Blank out all that is not Markdown."""
    return _unindent(_MdxScanner(text, begin, flavour).run(), flavour)


def _unindent(mask: Mask, flavour: Flavour) -> Mask:
    """MDX knows no indented code, so the indentation that would make some is left out."""
    for _ in range(_PASSES if _INDENT.search(mask.text) else 0):
        rewritten = dialect.rewrite(mask, flavour)
        text = rewritten.text if rewritten else mask.text
        found = [match.span() for code in markdown.indented_code(text) for match in _MARGIN.finditer(text, *code)]
        if rewritten:
            found = [(rewritten.origin(begin), rewritten.origin_of_end(end)) for begin, end in found]
        margins = {(begin, end, "") for begin, end in found if begin < end}
        if not margins:
            break
        mask = mask._replace(swaps=tuple(sorted({*mask.swaps, *margins})))
    return mask
