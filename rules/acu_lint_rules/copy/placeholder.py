"""Dummy text and gaps of a template that nobody filled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from acu_lint.api import Block, Document, Hit, Span
from acu_lint_rules.analysis.text.patterns import lazy
from acu_lint_rules.analysis.text.rare_phrases import blocks_with, phrases_of, quoted, vocabulary
from acu_lint_rules.copy._left import sentence_at

# What a gap in square brackets asks for
_WHAT = (
    r"(?:your|insert|add|enter|replace|fill\sin|put)\b[^\[\]\n]{0,120}|(?:image|photo|picture|video|link):[^\[\]\n]{1,60}|(?:(?:clinic|company|business|practice|brand|product)"
    r"(?:['’]s)?|practitioner|doctor(?:['’]s)?|therapist|patient(?:['’]s)?|author|first|last|full|city|town|street)\s"
    r"name(?:\shere)?|(?:clinic|company|city|town|suburb|state|county|region|location|address|phone|telephone|phone\snumber"
    r"|email|e-mail|website|url|link|name|date|year|title|keyword|focus\skeyword|topic|image|photo|video|placeholder|source"
    r"|sources|citation|citation\sneeded|reference|ref|x+|tk|tbc|tbd|todo|xx+)"
)
_BRACKETS = lazy(rf"(?<![\w\]!\\])\[(?:{_WHAT})\](?![(\[:])", re.I)
_VARIABLES = lazy(
    r"(?<!\w)#(?:REF!|VALUE!|NAME\?|DIV/0!)|(?<!\w)%{1,2}[a-z][a-z_]{2,30}%{1,2}(?!\w)|\$\{[\w.]{2,40}\}|\$(?:city|name|clinic|keyword|location|company)\b"
)
_BRACES = lazy(
    r"\{(\{)?\s{0,3}((?:focus_?|main_?|primary_?)?keyword|keyphrase|city|town|location|suburb|state|clinic|clinic_?name|company"
    r"|company_?name|business_?name|brand|first_?name|last_?name|name|condition|service)\s{0,3}(?(1)\}\}|\})",
    re.I,
)
_SAID_BY_READER = lazy(r"\b(?:I|I['’]m|I['’]ve|[Mm]y)\b")
_SHOUTED = lazy(r"\b(?:TODO|FIXME|TBD|TBC|TKTK|XXX+)\b(?!-)")
_SHOUTS = frozenset("todo fixme tbd tbc tktk xxx xxxx xxxxx".split())
_MEANT = lazy(
    r"\b(?:syndrome|female|girl|woman|women|m[ae]n\b|boy|chromosom|karyotyp|trisomy|triple\sx|super\sbowl|chapter|volume|rated"
    r"|sizes?\b)",
    re.I,
)
_CODE = lazy(r"\d\d,\s?\Z")  # "47,XXX"
_NEAR = 25  # characters around "XXX" in which a word may say what it is
_QUESTIONS = lazy(r"\?{3,20}")
_DOTS = lazy(r"[\s.…_?-]{1,20}")


def check(doc: Document) -> Iterator[Hit]:
    """Find dummy text, gaps in brackets and notes to the writer: one finding per sentence."""
    seen: set[tuple[int, int]] = set()
    found = [*_phrases(doc), *_gaps(doc), *_notes(doc)]
    for block, start, end in sorted(found, key=lambda each: (each[0].index, each[1])):
        sentence = sentence_at(block, start)
        place = (block.index, sentence.start if sentence.start <= start < sentence.end else start)
        if place not in seen and not quoted(block.text, start, end):
            seen.add(place)
            yield Hit(block.span(start, end), {"match": block.text[start:end]})
    for match in _BRACES.finditer(doc.source.text) if "{" in doc.source.text else ():
        if match[2] not in doc.meta.data and (match[1] or doc.format != "mdx"):  # there one brace is a script
            yield Hit(Span(*match.span()), {"match": match.group()})


_Found = tuple[Block, int, int]


def _phrases(doc: Document) -> Iterator[_Found]:
    """Dummy text by its words."""
    for block, found in phrases_of(doc, "placeholder"):
        alone = found.section != "alone" or (found.first == 0 and found.last == len(block.words))
        if alone and not (found.section == "capital" and block.words[found.first].text[0].islower()):
            yield block, block.words[found.first].start, block.words[found.last - 1].end


def _gaps(doc: Document) -> Iterator[_Found]:
    """Names in brackets, variables that were not replaced, and headings of dots."""
    for block in doc.blocks:
        if "[" in block.text:
            yield from ((block, *m.span()) for m in _BRACKETS.finditer(block.text) if not _is_text(doc, block, m))
        if "%" in block.text or "$" in block.text or "#" in block.text:
            yield from ((block, *match.span()) for match in _VARIABLES.finditer(block.text))
        if len(block.text) <= 20 and (_DOTS if block.kind == "heading" else _QUESTIONS).fullmatch(block.text):
            yield block, 0, len(block.text)


def _is_text(doc: Document, block: Block, match: re.Match[str]) -> bool:
    """Whether brackets stand around the words of a link, or a gap is the reader's to fill: "I am away on [date]"."""
    if doc.linked(block, *match.span()):
        return True
    return match.group().islower() and _is_reader(sentence_at(block, match.start()).text)


@lru_cache(maxsize=4)  # a sentence may have thousands of gaps
def _is_reader(sentence: str) -> bool:
    """Whether the one who fills the gaps speaks in a sentence."""
    return _SAID_BY_READER.search(sentence) is not None


def _notes(doc: Document) -> Iterator[_Found]:
    """'TODO' and the like, in capitals among other words."""
    if _SHOUTS.isdisjoint(vocabulary(doc)):
        return
    for block, _ in blocks_with(doc, _SHOUTS):
        if block.text.isupper() and len(block.words) > 1 and ":" not in block.text:
            continue
        for match in _SHOUTED.finditer(block.text):
            if not (match.group().startswith("X") and _is_code(block.text, *match.span())):
                yield block, *match.span()


def _is_code(text: str, start: int, end: int) -> bool:
    """Whether a row of X is a karyotype, a size or a number, by what stands around it."""
    before, after = text[max(start - _NEAR, 0) : start], text[end : end + _NEAR]
    return bool(_CODE.search(before) or _MEANT.search(before) or _MEANT.search(after))
