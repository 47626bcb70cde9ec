"""How hard an article is to read, section by section, and which sentences make it so: for ``acu-lint score``."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from heapq import nlargest
from itertools import groupby
from operator import itemgetter

from acu_lint.api import Block, Document
from acu_lint_rules.analysis.page.audience import TARGETS, Audience, audience_of
from acu_lint_rules.analysis.readability import counts
from acu_lint_rules.analysis.readability.counts import Counts, SentenceCounts
from acu_lint_rules.analysis.readability.passive import passive_sentences
from acu_lint_rules.analysis.readability.plain_words import jargon, plain_words

HARDEST = 10  # sentences told
_GRADED = 30  # words; the scores of fewer say nothing
_SENTENCE = 8  # words; a shorter sentence is not what makes a text hard
_MANY_WORDS = 20  # of a sentence: more than plain-language guidance asks for
_NO_TARGET = 16.0  # grade of a sentence that is hard for professionals too
_LONG_WORD = 4  # syllables
_TELLING = 3  # long words that are worth telling, and that are named
_SCORES = {
    "grade": counts.grade_of,
    "flesch": counts.ease_of,
    "smog": counts.smog_of,
    "dale_chall": counts.dale_chall_of,
    "fog": counts.fog_of,
}
_EXCERPT = 120  # code points of a sentence
_JOINTS = 4  # commas, semicolons and brackets of a sentence that is told to be nested


def reading(doc: Document, *, audience: Audience = "general") -> dict[str, object]:
    """The record of an article that ``FileSettings.extract("reading", doc)`` gives: JSON values only.

    * ``audience``: patients, general or professionals: what front matter or JSON-LD says, else the option.
    * ``target``: the grade that guidance asks for with this audience (6, 8); None for professionals.
    * ``limit``: the grade from which ``readability/grade`` warns (8.5, 10.5); None for professionals.
    * ``words``, ``sentences``: of the prose that is graded (no headings, tables, references, whole numbers).
    * ``grade`` (Flesch-Kincaid), ``flesch`` (reading ease, 100 easy to 0 hard), ``smog``, ``dale_chall``, ``fog``:
      rounded to one decimal; None below 30 words. Below 30 sentences smog is rough.
    * ``sections``: one for each heading that has prose of its own (subsections are sections), in the order of the
      text: ``heading`` ("" before the first), ``level`` (0 there, else 1 to 6), ``offset`` and ``line`` of the heading
      (of the first sentence where there is none), ``words``, ``sentences`` and the same five scores.
    * ``hardest``: at most ten sentences that are harder than the target, hardest first: ``text`` (shortened),
      ``start``, ``end`` (code points of the source), ``line``, ``words``, ``grade`` (of the sentence alone) and
      ``why``, short phrases such as "41 words" or "passive: 'is performed'", at least one.

    In other languages than English the scores mean nothing; the caller asks ``language(doc)``.
    """
    made = counts.counts(doc)
    who = audience_of(doc, audience)
    target = TARGETS[who]
    return {
        "audience": who,
        "target": target.grade,
        "limit": target.warning if target.grade else None,
        **_scores(made),
        "sections": [_section(doc, head, rows) for head, rows in _sections(doc)],
        "hardest": list(_hardest(doc, made, target.grade or _NO_TARGET)),
    }


def _scores(made: Counts) -> dict[str, object]:
    graded = made.words >= _GRADED
    scores = {name: round(score(made), 1) if graded else None for name, score in _SCORES.items()}
    return {"words": made.words, "sentences": made.sentences, **scores}


def _sections(doc: Document) -> Iterator[tuple[Block | None, tuple[SentenceCounts, ...]]]:
    """The sentences below each heading that has any."""
    heads = [block for block in doc.blocks if block.kind == "heading"]
    places = [head.index for head in heads]
    rows = counts.counted(doc)
    for number, part in groupby(rows, key=lambda row: bisect_right(places, row.sentence.block.index)):
        yield heads[number - 1] if number else None, tuple(part)


def _section(doc: Document, head: Block | None, rows: tuple[SentenceCounts, ...]) -> Mapping[str, object]:
    offset = (head or rows[0].sentence).span().start
    return {
        "heading": head.text if head else "",
        "level": head.level if head else 0,
        "offset": offset,
        "line": doc.source.position(offset)[0],
        **_scores(counts.added_up(rows)),
    }


def _hardest(doc: Document, made: Counts, above: float) -> Iterator[Mapping[str, object]]:
    for grade, row in hardest(made, HARDEST):
        if grade > above:
            start, end = row.sentence.span()
            yield {
                "text": _short(row.sentence.text),
                "start": start,
                "end": end,
                "line": doc.source.position(start)[0],
                "words": len(row.words),
                "grade": round(grade, 1),
                "why": _why(row),
            }


def hardest(made: Counts, number: int) -> Sequence[tuple[float, SentenceCounts]]:
    """The sentences with the highest grades of their own, with the grade, hardest first."""
    rows = [row for row in made.rows if len(row.words) >= _SENTENCE * row.sentences]
    graded = zip(map(counts.grade_of_row, rows), rows, strict=True)
    return nlargest(number, graded, key=itemgetter(0))


def _why(row: SentenceCounts) -> Sequence[str]:
    """What makes a sentence hard; its length where nothing else does."""
    return list(_reasons(row)) or [f"{len(row.words)} words"]


def _reasons(row: SentenceCounts) -> Iterator[str]:
    if len(row.words) > _MANY_WORDS * row.sentences:
        yield f"{len(row.words)} words"
    long = list(dict.fromkeys(word for word, size in zip(row.words, row.syllables, strict=True) if size >= _LONG_WORD))
    if long:
        yield f"{len(long)} long word{'s' * (len(long) > 1)}: {', '.join(long[:_TELLING])}"
    if verb := _passive(row):
        yield f"passive: '{verb}'"
    yield from _wordings(row)
    text = row.sentence.text
    if sum(map(text.count, ",;(—")) >= _JOINTS:
        yield "many parts"


def _wordings(row: SentenceCounts) -> Iterator[str]:
    """The formal words and the terms of a sentence, with plain words for them."""
    for name, wordings in (("formal", plain_words()), ("to explain", jargon())):
        if wordings.keys.isdisjoint(row.words):
            continue
        terms = dict.fromkeys(found.term for found in wordings.matcher.scan(row.words))
        shown = [f"'{term}' ({wordings.table[term].plain})" for term in terms if wordings.table[term].plain]
        if shown:
            yield f"{name}: {', '.join(shown[:_TELLING])}"


def _passive(row: SentenceCounts) -> str:
    block = row.sentence.block
    for number, first, last in passive_sentences(block):
        if block.sentences[number] is row.sentence:
            return block.text[block.words[first].start : block.words[last - 1].end]
    return ""


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _EXCERPT else f"{flat[:_EXCERPT].rsplit(' ', 1)[0]} …"
