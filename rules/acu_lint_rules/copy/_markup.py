"""Markup and broken characters that readers see."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from acu_lint.api import PROSE, Block, Document, Edit, Severity, Span
from acu_lint_rules.analysis.text.patterns import lazy
from acu_lint_rules.copy._left import Left, sentence_at

_BUILDERS = r"(?:vc|et_pb|fusion|su)_\w{1,30}"
_SHORTCODES = (
    rf"{_BUILDERS}|gallery|caption|contact-form-7|embed|audio|video|playlist|"
    r"wpforms|ninja_form|gravityform|elementor-template|rev_slider|shortcode|embedyt|smartslider3|button|divider"
)
_TAGS = r"br|p|b|i|u|em|strong|span|div|ul|ol|li|h[1-6]|a|img|table|tr|td|th|sup|sub|hr|font|center|iframe|blockquote"
_EMPHASIS = r"(?<![\w*])(\*{1,3})(?=[^\s*])[^*\n]{1,300}(?<=\S)\1(?![\w*])"
_TEXT_MARKS = lazy(rf"{_EMPHASIS}|^#{{1,6}}[ \t](?=\S)", re.M)
_HEADING_MARKS = lazy(r"^#{1,6}[ \t](?=\S)", re.M)
_MARKDOWN = 2  # headings that make a plain text one that is written in Markdown
_MARKS_BEFORE = 7  # characters: "###### "
_MARKS_BEHIND = 3  # characters: "***"
_MARKUP = (
    rf"{_EMPHASIS}|</?(?:{_TAGS})(?:\s[^<>]{{0,200}})?/?>"
    r"|&(?:nbsp|amp|quot|apos|lt|gt|[lr][sd]quo|[nm]dash|hellip|#\d{2,5});"
    rf"|\[/?(?:{_SHORTCODES})(?:\s[^\[\]\n]{{0,200}})?/?\]"
    r"|^#{1,6}\s(?=\w)|\[[^\[\]\n]{1,100}\]\((?:https?://|/)[^()\s]{1,300}\)|(?<![\w\\:/])\\[nrt](?=[\sA-Z]|$)"
)
# In Markdown a lone word in brackets may be a marker of the generator, so a name needs its attributes or its end
_SHORTCODE = lazy(
    rf"\[{_BUILDERS}(?:\s[^\[\]\n]{{0,200}})?\]|\[(?:{_SHORTCODES})\s[a-z_]{{2,20}}=[^\[\]\n]{{1,200}}\]"
    rf"|\[/(?:{_SHORTCODES})\]",
    re.I,
)
_MOJIBAKE = lazy(r"\w{0,20}(?:â€[\x80-\u2122]?|Ã[\x80-\xbf]|Â[\xa0-\xbf]|ï»¿)\w{0,20}")
_MARKUP_SIGNS = "*<&[#\\"
_BROKEN_SIGNS = "âÃÂï"
_ENTITIES = {
    "&nbsp;": " ", "&amp;": "&", "&quot;": '"', "&apos;": "'", "&lsquo;": "‘", "&rsquo;": "’", "&ldquo;": "“",
    "&rdquo;": "”", "&ndash;": "–", "&mdash;": "—", "&hellip;": "…", "&#38;": "&", "&#39;": "'", "&#160;": " ",
    "&#8211;": "–", "&#8212;": "—", "&#8216;": "‘", "&#8217;": "’", "&#8220;": "“", "&#8221;": "”", "&#8230;": "…",
}  # fmt: skip
_ROWS = 2  # rows of numbers that make a flattened table


def markup(doc: Document) -> Iterator[Left]:
    """Find markup and broken characters that a reader sees; in Markdown only shortcodes and the latter."""
    source = doc.source.text
    if any(sign in source for sign in _BROKEN_SIGNS):
        yield from _matches(doc, _MOJIBAKE, _BROKEN_SIGNS)
    if doc.format in {"text", "html"}:
        written = _written_in_markdown(doc)
        for left in (*_matches(doc, re.compile(_MARKUP, re.I), _MARKUP_SIGNS), *_marks_in_text(doc)):
            if written is None or source[left.span.start] not in "*#":
                yield left
        if written is not None:
            yield written
    elif "[" in source:
        yield from _matches(doc, _SHORTCODE, "[", Severity.WARNING)
    if doc.format == "text":
        yield from _flat_tables(doc)


def _written_in_markdown(doc: Document) -> Left | None:
    """The first heading of a plain text that is written in Markdown throughout: that is one fault, not many."""
    if doc.format != "text" or len(_HEADING_MARKS.findall(doc.source.text)) < _MARKDOWN:
        return None
    return next((left._replace(kind="markdown") for left in _marks_in_text(doc)), None)


def _matches(doc: Document, pattern: re.Pattern[str], signs: str, severity: Severity = Severity.INFO) -> Iterator[Left]:
    """Find a pattern in the blocks that hold one of its signs; the first of a sentence mends all of it."""
    for block in doc.blocks:
        if any(sign in block.text for sign in signs):
            found: dict[int, list[re.Match[str]]] = {}
            for match in pattern.finditer(block.text):
                found.setdefault(sentence_at(block, match.start()).start, []).append(match)
            for matches in found.values():
                edits = [edit for match in matches if (edit := _mend(doc, block, match)) is not None]
                first = matches[0]
                sentence, span = sentence_at(block, first.start()), block.span(*first.span())
                yield Left(sentence, span, "markup", severity, edits=tuple(edits))


def _mend(doc: Document, block: Block, match: re.Match[str]) -> Edit | None:
    """Write what broken characters, or in plain text an entity, stood for; None where that is not certain."""
    words, span = match.group(), block.span(*match.span())
    if doc.source.text[slice(*span)] != words:
        return None
    meant = _entity(words, block.text[match.end() : match.end() + 1]) if words[0] == "&" else _decoded(words)
    return Edit(span, meant) if meant else None


def _entity(words: str, after: str) -> str:
    """The character that an entity stands for; empty for those that would be markup again."""
    if words == "&amp;" and (after.isalnum() or after == "#"):
        return ""
    return _ENTITIES.get(words.lower(), "")


def _decoded(words: str) -> str:
    """UTF-8 that was read as Windows-1252, read again as what it is; empty where it is not that."""
    try:
        raw = b"".join(bytes([ord(char)]) if "\x80" <= char <= "\x9f" else char.encode("cp1252") for char in words)
        meant = raw.decode()
    except UnicodeError:
        return ""
    return meant if meant != words and meant.isprintable() and not _MOJIBAKE.search(meant) else ""


def _marks_in_text(doc: Document) -> Iterator[Left]:
    """Find emphasis and heading marks in plain text, where they stand around the text of the blocks."""
    source = doc.source.text
    if doc.format != "text" or ("*" not in source and "#" not in source):
        return
    for block in doc.blocks:
        begin, end = block.span()
        marks = _TEXT_MARKS.finditer(source, max(begin - _MARKS_BEFORE, 0), min(end + _MARKS_BEHIND, len(source)))
        spans = [Span(*match.span()) for match in marks if match.end() >= begin]
        ends = [sentence.span().end for sentence in block.sentences] if spans else []
        for span in spans:
            place = block.sentences[min(bisect_right(ends, span.start), len(ends) - 1)]
            yield Left(place, span, "markup", Severity.INFO)


def _flat_tables(doc: Document) -> Iterator[Left]:
    """Find a line of column names above lines of numbers: a table that lost its columns."""
    rows = 0
    for block in reversed(doc.blocks):
        open_line = block.kind in PROSE | {"heading"} and block.text.rstrip()[-1:] not in ".!?:;,"
        if open_line and len(block.words) > 3 and len(re.findall(r"(?<!\w)[\d≥≤<>~]{0,9}\d", block.text[:300])) > 1:
            if rows >= _ROWS and _column_names(block):
                yield Left(block.sentences[0], block.span(), "table", Severity.INFO)
                rows = 0
                continue
            rows += 1
        else:
            if open_line and rows >= _ROWS and _column_names(block):
                yield Left(block.sentences[0], block.span(), "table", Severity.INFO)
            rows = 0


def _column_names(block: Block) -> bool:
    words = [word.text for word in block.words if word.text[0].isalpha()]
    return len(words) >= 6 and 2 * sum(word[0].isupper() for word in words) >= len(words)
