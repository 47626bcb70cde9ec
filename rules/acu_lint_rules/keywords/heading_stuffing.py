"""keywords/heading-stuffing: the same keyphrase stands in most headings, or is stacked in the title."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from acu_lint.api import Block, Document, Hit, Related, Severity
from acu_lint_rules.analysis.citations.index import in_references
from acu_lint_rules.analysis.keyphrases.chosen import declared
from acu_lint_rules.analysis.keyphrases.phrases import stems_of
from acu_lint_rules.analysis.keyphrases.places import strung
from acu_lint_rules.analysis.keyphrases.queries import ADVERBS, therapy_words
from acu_lint_rules.analysis.keyphrases.stuffing import condition_heads, is_query
from acu_lint_rules.analysis.keyphrases.text import is_content, words_of
from acu_lint_rules.analysis.text.inflection import stem
from acu_lint_rules.analysis.text.lexicon import fold, folded, matcher, terms
from acu_lint_rules.analysis.text.patterns import lazy
from acu_lint_rules.analysis.text.sentence import asks
from acu_lint_rules.analysis.text.templates import has_template

_PARTS = lazy(r"[|•·;,/]|\s[-–—]\s")
_BREAK = lazy(r"[^\w\s'’-]|\s-\s")
_PART_WORDS = 6
_JOINS = frozenset("for of in near".split())  # what joins the words of a query
_LONGEST = 20  # words of a heading that are read
_PHRASE = 6  # words of a phrase
_START = 3  # words that headings in a row begin with
_IN_A_ROW = 3
_SERIES = frozenset(terms("keywords", "series"))


def check(doc: Document, *, least: int = 4, share: float = 0.6, serious: float = 0.75) -> Iterator[Hit]:
    """Report a title that stacks keywords, and headings of which most have one keyphrase or begin alike.

    ``least``: headings below which nothing is said; ``share``: the share of them, 0 to 1, above which it is advice,
    and ``serious`` the one above which it is a warning where the phrase is a search query. Questions do not count.
    """
    for block in doc.blocks:
        if block.kind == "title" or block is doc.title:
            yield from _title(doc, block)
    headings = [
        block
        for block in doc.blocks
        if block.kind == "heading"
        and block is not doc.title
        and block.level
        and not (asks(block.text) or has_template(block.text))
    ]
    if len(headings) >= _IN_A_ROW:
        headings = [block for block in headings if not in_references(doc, block)]
        hit = _overused(doc, headings, share, serious) if len(headings) >= least else None
        hit = _towns(headings, least) or hit or _alike(doc, headings)
        if hit:
            yield hit


# --- the headings


def _overused(doc: Document, headings: Sequence[Block], share: float, serious: float) -> Hit | None:
    """Find the longest phrase that more than ``share`` of the headings have."""
    phrases = list(_phrases(doc, headings))
    if not phrases:
        return None
    stems = [_stems(doc, block) for block in headings]
    best: tuple[int, int, str, frozenset[str]] = (0, 0, "", frozenset())
    for phrase in phrases:
        wanted = frozenset(stems_of(phrase))
        count = sum(wanted <= own for own in stems)
        if len(wanted) > 1 and count > share * len(headings):
            best = max(best, (len(wanted), count, phrase, wanted))
    _, count, phrase, wanted = best
    if not phrase:
        return None
    having = [block for block, own in zip(headings, stems, strict=True) if wanted <= own]
    chosen = any(frozenset(stems_of(each)) == wanted for each in declared(doc))
    sold = chosen or is_query(phrase, stems_of(phrase))
    severity = Severity.WARNING if sold and count > serious * len(headings) else Severity.INFO
    data = {"phrase": phrase, "count": count, "total": len(headings)}
    return _hit(having, data, "default", severity)


def _phrases(doc: Document, headings: Sequence[Block]) -> Iterator[str]:
    """Yield what may be overused: the chosen keyphrases, and runs of words that come back in headings.

    The name of a complaint is none: an article about back pain has to name it.
    """
    yield from declared(doc)
    rows = [folded(doc)[block.index][:_LONGEST] for block in headings]
    counts = Counter(chain.from_iterable(rows))
    often = {word for word, count in counts.items() if count >= _IN_A_ROW and is_content(word)}
    found: Counter[tuple[str, ...]] = Counter()
    for block, words in zip(headings, rows, strict=True) if often else ():
        ends = [index for index, word in enumerate(words) if word in often]
        grams = ((a, b) for a in ends for b in ends if 0 < b - a < _PHRASE and _joined(block, a, b))
        found.update({words[a : b + 1] for a, b in grams})
    for words, count in found.items():
        phrase = " ".join(words)
        if count >= _IN_A_ROW and not _is_condition(phrase):
            yield phrase


def _joined(block: Block, first: int, last: int) -> bool:
    """Whether nothing but spaces and hyphens stands between the words of a heading."""
    return not _BREAK.search(block.text, block.words[first].end, block.words[last].start)


def _is_condition(phrase: str) -> bool:
    words = [fold(word) for word in phrase.split()]
    return sum(each.last - each.first for each in matcher("conditions").scan(words)) == len(words)


def _stems(doc: Document, block: Block) -> frozenset[str]:
    return frozenset(stem(word) for word in folded(doc)[block.index])


def _alike(doc: Document, headings: Sequence[Block]) -> Hit | None:
    """Find three headings of one level in a row that begin with the same three words, two of them telling."""
    run: list[Block] = []
    before: tuple[str, ...] = ()
    for block in headings:
        start = _begin(doc, block)
        same = start and start == before and block.level == run[-1].level
        run, before = [*run, block] if same else [block], start
        if len(run) == _IN_A_ROW:
            words = " ".join(word.text for word in run[0].words[:_START])
            return _hit(run, {"phrase": words, "count": _IN_A_ROW, "total": len(headings)}, "alike", Severity.INFO)
    return None


def _towns(headings: Sequence[Block], least: int) -> Hit | None:
    """Find one service that ``least`` headings name with another place each."""
    service, towns = strung(block.text for block in headings)
    if towns < least:
        return None
    having = [block for block in headings if block.text.casefold().strip().startswith(service.casefold())]
    return _hit(having, {"phrase": service, "count": towns, "total": len(headings)}, "towns", Severity.WARNING)


def _begin(doc: Document, block: Block) -> tuple[str, ...]:
    """The first three words of a heading, or nothing where they say little or number a series."""
    words = folded(doc)[block.index][:_START]
    if len(words) < _START or sum(map(is_content, words)) < 2 or not _SERIES.isdisjoint(words):
        return ()
    return words


def _hit(blocks: Sequence[Block], data: dict[str, object], message: str, severity: Severity) -> Hit:
    related = tuple(Related(block.span(), f"here too: '{block.text.strip()}'") for block in blocks[1:])
    return Hit(blocks[0].span(), data, message, severity, related=related)


# --- the title


def _title(doc: Document, block: Block) -> Iterator[Hit]:
    """Report a title in which segments repeat a query, a word comes three times, or a query ends in an adverb."""
    text = block.text.strip()
    if asks(text) or len(block.words) < 4 or has_template(text):
        return
    words = folded(doc)[block.index]
    again = _stacked_segments(text) or _often(words)
    if again:
        yield Hit(block.span(), {"match": text, "word": again}, "stacked", Severity.WARNING)
    elif _dangling(words):
        yield Hit(block.span(), {"match": text, "word": words[-1]}, "dangling", Severity.WARNING)


def _stacked_segments(text: str) -> str:
    """A telling word that three short segments of a title share; a brand or a path shares none in so many.

    Where the segments are phrases ("massage for runners"), it has to be a therapy: others are said for effect.
    """
    parts = [part for part in _PARTS.split(text) if part.strip()]
    if len(parts) < _IN_A_ROW:
        return ""
    segments = [[fold(word) for word in part.split()] for part in parts]
    short = [words for words in segments if len(words) <= _PART_WORDS and all(map(_in_a_query, words))]
    if len(short) < _IN_A_ROW:
        return ""
    shared = Counter(
        each for words in short for each in dict.fromkeys(stem(word) for word in words if is_content(word))
    )
    word, count = shared.most_common(1)[0] if shared else ("", 0)
    plain = all(is_content(each) for words in short for each in words)
    return word if count >= _IN_A_ROW and (plain or word in therapy_words()) else ""


def _in_a_query(word: str) -> bool:
    return is_content(word) or word in _JOINS


def _often(words: Sequence[str]) -> str:
    """A telling word that stands three times in a title that is a row of nouns."""
    count = Counter(stem(word) for word in words if is_content(word))
    plain = sum(map(is_content, words)) >= len(words) - 1
    return next((word for word, number in count.most_common(1) if number >= _IN_A_ROW and plain), "")


def _dangling(words: Sequence[str]) -> bool:
    """Whether a title is a therapy, a condition, two things on offer and an adverb: no verb holds them together."""
    stems = {stem(word) for word in words}
    return (
        words[-1] in ADVERBS
        and len(stems & (words_of("offers") - therapy_words())) >= 2
        and not stems.isdisjoint(therapy_words())
        and not stems.isdisjoint(condition_heads())
        and stems.isdisjoint(words_of("verbs"))
    )
