"""``readability/truncated-sentence``: a paragraph that breaks off, or a bracket or quotation that nothing closes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from acu_lint.api import OBJECT, Block, Document, Hit, measure
from acu_lint_rules.analysis.citations.own_voice import paragraphs
from acu_lint_rules.analysis.readability.counts import parts
from acu_lint_rules.analysis.text.patterns import lazy

_SHOWN = 3  # words
_IN_A_ROW = 3
_DEEP = 5  # brackets and quotations within each other
_LOOSE = frozenset(
    "and or but the a an of to for with in on at by from into than that which if because our your their".split()
)
_NOTE = lazy(r"\.\d{1,3}(?:[,–-]\d{1,3}){0,5}\Z")  # "…of all cases.3"
# What a sentence may lead to: a list, a table, code, a picture, a form, a component
_BREAK = lazy(
    r"(?:\s|</\w{1,20}>){0,20}(?:[-*•·]\s|\d{1,3}[.)]\s|[|{`~!>]"
    r"|<(?:[uod]l|table|img|figure|picture|pre|code|video|audio|iframe|form|svg|math|blockquote|br|input|select|[A-Z]))"
)
# A line that ends in a number to ring, hours, a postcode or an address of mail is no sentence.
_CONTACT = lazy(
    r"(?:(?!(?:19|20)\d\d\s?[–-]\s?(?:19|20)\d\d\Z)(?<![\w,.])\+?\(?\d(?:[\s()./–-]{0,2}\d){6,14}"
    r"|\d\s?(?:[ap]\.?m\.?)?\s?[–-]\s?\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?m\.?|\d[:.]\d\d\s?[–-]\s?\d{1,2}[:.]\d\d"
    r"|\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}|\b[A-Z]{2,3},?\s\d{4,5}|\b[A-Z][a-z]{2,20},?\s\d{5,6}|[\w.+-]{1,60}@[\w-]{1,60}\.\w{2,10})\Z"
)
_TAIL = 130  # characters at the end in which a number or an address stands
_LABEL = lazy(r"[^\W_][\w’'/&()-]{0,24}(?:\s[^\W_][\w’'/&()-]{0,24}){0,3}:\s")  # "Best time of day: ..."
_MARKED = lazy(r"[✓✔☑✅➤►▶•●▪→](?:.|\n){1,300}?[✓✔☑✅➤►▶•●▪→]")  # a list whose marks are signs
_AHEAD = frozenset({"following", "here", "here's"})
_BOLD = (("**", "**"), ("__", "__"), ("<b>", "</b>"), ("<strong>", "</strong>"))
_FEW = 10  # words behind a label, or on a button
_OPENING = ("“", '"', "„", "«", "‘", "'")
# Words of which a sentence of twelve has one; a phrase that says what somebody gets or what a picture shows has none
_VERBAL = frozenset(
    "am are is was were be been has have had do does did can could may might must shall should will would need needs"
    " make makes include includes offer offers display displays help helps provide provides use uses work works give"
    " gives take takes get gets find finds feel feels see sees know knows i you he she it we they this that these those"
    " there who which what when where if because not".split()
)
_SIGNS = lazy(r"[()“”„]|(?<!\d)\"")
_WORD_END = lazy(r"[\w.,!?;:…]")
_CLOSES = {")": "(", "”": '“„"', "“": "„"}


def check(doc: Document, *, words: int = 12) -> Iterator[Hit]:
    """Yield the end of each paragraph of ``words`` words or more that has no final punctuation, or breaks off.

    Left alone are what leads to a list, table, quotation or picture, lines that end in a name, an address, a number to
    ring or code, lines behind a label and phrases without a verb, references, quotations and conversations. A bracket
    or quotation that is not closed is a hit on its sign.
    """
    for block in paragraphs(doc):
        if len(block.folded) < words:
            continue
        text = block.text
        if _unfinished(text) and _breaks_off(doc, block):
            start = block.words[max(len(block.words) - _SHOWN, 0)].start
            if block.folded[-1] in _LOOSE or text[-1] in ",;-–—":
                yield Hit(block.span(start), {"end": text[start:]}, "loose")
            elif not _is_line(doc, block):
                yield Hit(block.span(start), {"end": text[start:]})
        elif (sign := _open(doc, block)) >= 0:
            yield Hit(block.span(sign, sign + 1), {"sign": text[sign]}, "open")
        elif block.index in _trailing(doc):
            start = block.words[max(len(block.words) - _SHOWN, 0)].start
            yield Hit(block.span(start), {"end": text[start:]}, "dots")


def _unfinished(text: str) -> bool:
    """Whether a text ends in a letter, a digit or a sign that something follows."""
    return text[-1].isalnum() or text[-1] in ",;:-–—_"


def _breaks_off(doc: Document, block: Block) -> bool:
    """Whether nothing that follows, and nothing in its last word, excuses the missing full stop."""
    last = block.words[len(block.words) - 1]
    if OBJECT in block.text[-3:] or last.text[:1].isupper() or _linked(doc, block, last.start):
        return False
    if _NOTE.search(block.text, last.start - 1) or _CONTACT.search(block.text, max(len(block.text) - _TAIL, 0)):
        return False
    if _listed(doc, block) or len(parts(block.sentences[-1])) > 1:  # or a list run into a paragraph
        return False
    return not _goes_on(doc, block) and not _BREAK.match(doc.source.text, block.span().end)


def _goes_on(doc: Document, block: Block) -> bool:
    """Whether the next block is the rest: a list, a table, a quotation, or what a colon leads to."""
    if block.index + 1 == len(doc.blocks):
        return False
    below = doc.blocks[block.index + 1]
    if below.kind not in {"paragraph", "heading"} or (block.text[-1] == ":" and _leads_to(below, block)):
        return True
    return block.text[-1] in ",–—" and below.text.startswith(_OPENING)


def _is_line(doc: Document, block: Block) -> bool:
    """Whether a paragraph is a line that is no sentence: behind a label, in a list without marks, on a card, a phrase.

    Where the next block goes on in small letters, a sentence was cut.
    """
    below = doc.blocks[block.index + 1].text if block.index + 1 < len(doc.blocks) else ""
    if below[:1].islower():
        return False
    if _MARKED.search(block.text) or _labelled(block) or _is_verse(block.text):
        return True
    if len(block.sentences) > 1:
        return False
    return bool(_LABEL.match(block.text)) or _VERBAL.isdisjoint(block.folded) or _is_card(doc, block)


def _labelled(block: Block) -> bool:
    """Whether a paragraph ends in a label and a few words ("Cost: a coin in the box at our door")."""
    _, colon, rest = block.sentences[-1].text.rpartition(": ")
    words = rest.lower().split()
    return bool(colon) and (len(words) <= _FEW or _VERBAL.isdisjoint(words))


def _is_verse(text: str) -> bool:
    """Whether a paragraph is made of three lines or more of which most have no full stop: a poem, a list of lines."""
    lines = [line.rstrip() for line in text.split("\n") if line.strip()]
    return len(lines) >= _IN_A_ROW and sum(_unfinished(line) for line in lines) * 2 > len(lines)


def _is_card(doc: Document, block: Block) -> bool:
    """Whether a sentence stands on a card: in bold, above a button, or in HTML as others do right below a heading."""
    below = doc.blocks[block.index + 1] if block.index + 1 < len(doc.blocks) else None
    if below and doc.linked(below, 0, 1) and len(below.words) <= _FEW:
        return True
    if _is_bold(doc.source.text, *block.span()):
        return True
    return doc.format == "html" and len(_taglines(doc)) >= _IN_A_ROW and block.index in _taglines(doc)


def _is_bold(source: str, start: int, end: int) -> bool:
    """Whether one pair of marks makes a range of the source bold, as in a line that stands for a heading."""
    before, inner = source[max(start - 8, 0) : start], source[start:end]
    return any(before.endswith(mark) and source.startswith(close, end) and mark not in inner for mark, close in _BOLD)


@measure
def _taglines(doc: Document) -> frozenset[int]:
    """The paragraphs of one sentence right below a heading that have no full stop."""
    return frozenset(
        block.index
        for above, block in pairwise(doc.blocks)
        if above.kind == "heading" and _loose(block) and len(block.sentences) == 1
    )


@measure
def _trailing(doc: Document) -> frozenset[int]:
    """The one paragraph that trails off in dots: several are excerpts, and one above a heading leads on to it."""
    found = [
        block
        for block in paragraphs(doc)
        if block.text.endswith(("...", "…")) and block.text.rstrip(" .…")[-1:].islower()
    ]
    below = doc.blocks[found[0].index + 1 :] if found else ()
    return frozenset(block.index for block in found if len(found) == 1 and not (below and below[0].kind != "paragraph"))


def _leads_to(below: Block, block: Block) -> bool:
    """Whether what follows a colon is a paragraph, or the heading of a section within the paragraph's own.

    "Here is how:" and "the following:" may lead to the sections beside its own.
    """
    own = len(block.path) - (not _AHEAD.isdisjoint(block.folded))
    return below.kind == "paragraph" or len(below.path) >= own


def _listed(doc: Document, block: Block) -> bool:
    """Whether the paragraph is of a list without marks: three in a row have no full stop, or a colon leads to it."""
    blocks = doc.blocks
    first = last = block.index
    while first > max(block.index - _IN_A_ROW, 0) and _loose(blocks[first - 1]):
        first -= 1
    while last < min(block.index + _IN_A_ROW, len(blocks) - 1) and _loose(blocks[last + 1]):
        last += 1
    led = first > 0 and blocks[first - 1].text.endswith(":")
    return led or last - first + 1 >= _IN_A_ROW


def _loose(block: Block) -> bool:
    """Whether a block is a paragraph without a full stop; a colon leads to a list and is none of it."""
    return block.kind == "paragraph" and block.text[-1] != ":" and _unfinished(block.text)


def _linked(doc: Document, block: Block, start: int) -> bool:
    """Whether a link covers what stands from ``start`` on."""
    return doc.linked(block, start, start + 1)


def _open(doc: Document, block: Block) -> int:
    """Where the bracket or quotation stands that nothing closes; -1: none does.

    A quotation that goes on in the next paragraph is closed there.
    """
    text = block.text
    if text.count("(") == text.count(")") and text.count("“") == text.count("”") and text.count('"') % 2 == 0:
        return -1
    opened: list[tuple[str, int]] = []
    for match in _SIGNS.finditer(text):
        sign = match.group()
        if sign == "“" and opened and _WORD_END.match(text, match.start() - 1):
            sign = "”"  # the wrong one, which closes all the same
        partners = _CLOSES.get(sign, '"“„' if sign == '"' else "")
        at = next(
            (
                number
                for number in range(len(opened) - 1, max(len(opened) - _DEEP, 0) - 1, -1)
                if opened[number][0] in partners
            ),
            -1,
        )
        if at >= 0:
            del opened[at:]
        elif sign not in ")”":
            opened.append((sign, match.start()))
    following = doc.blocks[block.index + 1].text[:1] if block.index + 1 < len(doc.blocks) else ""
    return next((start for sign, start in opened if sign == "(" or following not in {"“", '"', "„"}), -1)
