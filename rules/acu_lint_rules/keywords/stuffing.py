"""keywords/stuffing: a phrase is repeated until the text reads as written for a search engine.

Density alone never decides: a clean article about back pain names it as often as a stuffed one. What decides is that
a query breaks the grammar again and again, that one place stands behind every service, that a phrase fills a text
that sells something, that a whole query comes back word for word or in ever new variants, that it is crowded into a
few lines, or, in a short text, that the score of ``analysis.keyphrases.stuffing`` is high.

There is one finding for each keyphrase. It stands on the first place that breaks a sentence, else on the first one
in the body, and not on the title: the title is seldom what has to be mended, and the caret should show words that
have to be. Every other place is in ``related``, each with what is wrong there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from acu_lint.api import Document, Hit, Related, Severity
from acu_lint_rules.analysis.keyphrases.overuse import advises, filling, is_name, placed, sells
from acu_lint_rules.analysis.keyphrases.phrases import (
    Keyphrase,
    phrase_of,
    phrase_with,
    present,
    repeated,
    stems_of,
    wordings,
)
from acu_lint_rules.analysis.keyphrases.queries import Query, queries, therapy_words
from acu_lint_rules.analysis.keyphrases.stuffing import (  # fmt: skip
    Variant,
    family,
    heaviest,
    is_query,
    query_phrases,
    stuffing_score,
    surprise,
    usual_count,
    variants,
    wording,
)
from acu_lint_rules.analysis.keyphrases.text import Occurrence, Text, text, words_of
from acu_lint_rules.analysis.text.lexicon import terms

SHORT = 150  # words up to which the score decides: the length of the texts that it was fitted on
LEAST = 40  # words below which nothing can be said about a text as a whole
PER_THOUSAND = 3  # exact repetitions of a long phrase
FILLED = 10.0  # per cent of the words that belong to a phrase which fills a text
CROWD = 60  # words within which a phrase that stands four times is crowded
TIGHT = 8  # words to each of three places that are crowded
_READER = frozenset("you your yours you're we our us".split())
_STOCK = frozenset(terms("keywords", "stock"))
_STOCK_HEADS = frozenset(terms("keywords", "stock-heads"))
_TYPED = words_of("query-words") - {"clinic", "me"}  # which names have too
_MAX_RELATED = 200  # more places than a person would read
_NUMBERS = "none one two three four five six seven eight nine ten eleven twelve".split()
_ELSEWHERE = {
    "title": "here, in the title", "description": "here, in the description",
    "alt": "here, in the description of an image",
}  # fmt: skip
_WRONG = {
    "clause": "here it breaks the sentence", "adverb": "here it breaks the sentence",
    "question": "here it is pasted into the sentence", "line": "here it is a line of its own",
    "run": "here it stands in a row of queries", "near": "only a searcher says",
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One keyphrase that is stuffed: how it shows, how bad it is, its words and its places."""

    message: str
    phrase: str
    places: tuple[Occurrence, ...]
    severity: Severity = Severity.WARNING
    stems: frozenset[str] = frozenset()


def check(
    doc: Document, *, repeats: int = 4, variety: int = 8, deviations: float = 2.0, threshold: float = 0.5
) -> Iterator[Hit]:
    """Report each stuffed keyphrase once.

    ``repeats``: places of a phrase of four words and more, word for word; ``variety``: different variants of one
    query; ``deviations``: how far above the usual its count is; ``threshold``: the score, 0 to 1, from which a text
    of up to 150 words is reported.
    """
    row = text(doc)
    if not row.size:
        return
    done: list[frozenset[str]] = []
    cases = [*_broken(doc, row), *_placed(doc, row), *_surprises(doc, row, deviations)]
    cases += [*_repetitions(doc, row, repeats), *_rotation(doc, row, variety), *_crowds(doc, row)]
    cases += _short(doc, row, threshold)
    for case in sorted(cases, key=lambda each: -each.severity):
        if case.places and not any(case.stems & stems for stems in done):
            done.append(case.stems)
            yield _hit(doc, case)


def _hit(doc: Document, case: Case) -> Hit:
    """Put the finding on the first place that breaks a sentence, else on the first in the body."""
    wrong = _wrong(doc, case.places)
    worst = [each for each in case.places if each in wrong]
    body = [each for each in case.places if each.block.kind != "heading"]
    anchor = (worst or body or case.places)[0]
    others = [each for each in case.places if each is not anchor][:_MAX_RELATED]
    related = [Related(each.span, f"{_where(each, wrong)}: '{each.text}'") for each in others]
    related += [
        Related(block.span(), f"{_ELSEWHERE[block.kind]}: '{block.text}'")
        for block in doc.blocks
        if block.kind in _ELSEWHERE and present(case.phrase, block.text) == 1
    ]
    return Hit(anchor.span, _data(doc, case, wrong), case.message, case.severity, related=tuple(related))


def _wrong(doc: Document, places: Sequence[Occurrence]) -> dict[Occurrence, Query]:
    """The places that stand in a pasted query, each with the query."""
    by_block: dict[int, list[Occurrence]] = defaultdict(list)
    for each in sorted(places, key=lambda place: place.first):
        by_block[each.block.index].append(each)
    found = {}
    for query in queries(doc):
        near = by_block.get(query.block.index, [])
        for each in near[bisect_right(near, query.start, key=lambda place: place.end) :]:
            if each.start >= query.end:
                break
            found[each] = query
    return found


def _alone(query: Query) -> bool:
    """Whether a query is all that its paragraph says."""
    words = query.block.text[query.start : query.end]
    return query.block.kind == "paragraph" and words == query.block.text.strip()


def _where(each: Occurrence, wrong: dict[Occurrence, Query]) -> str:
    if each in wrong:
        return _WRONG[wrong[each].kind]
    return "here, in a heading" if each.block.kind == "heading" else "here"


def _data(doc: Document, case: Case, wrong: dict[Occurrence, Query]) -> dict[str, object]:
    """What the message needs, and what else explains the finding."""
    row = text(doc)
    kinds = Counter(query.kind for query in wrong.values())
    variety = len({wording(row, each) for each in case.places})
    headings = len({each.block.index for each in case.places if each.block.kind == "heading"})
    size = sum(each.last - each.first + 1 for each in case.places)
    data: dict[str, object] = {
        "phrase": case.phrase, "count": len(case.places), "words": f"{row.size:,}", "variants": variety,
        "broken": kinds["clause"] + kinds["adverb"], "lines": sum(map(_alone, wrong.values())), "lists": kinds["run"],
        "headings": headings, "density": round(100 * size / row.size, 1),
        "usual": max(round(usual_count(row.size, len(case.stems))), 1), "score": stuffing_score(doc),
    }  # fmt: skip
    return data | {"what": _what(case.phrase, len(case.places), variety), "more": _more(data)}


def _what(phrase: str, count: int, variety: int) -> str:
    """'9 variants of 'knee massage'', or how often the one wording stands there."""
    return f"{variety} variants of '{phrase}'" if variety > 1 else f"'{phrase}' {count} times"


def _more(data: dict[str, object]) -> str:
    """What is wrong with some of the places, as the end of a sentence."""
    told = [
        (data["broken"], "{} of them break the sentence", "{} of them breaks the sentence"),
        (data["lines"], "{} stand as a line of their own", "{} stands as a line of its own"),
        (data["lists"], "{} stand in a row of queries", "{} stands in a row of queries"),
    ]
    parts = [(one if n == 1 else many).format(_spelled(n)) for n, many, one in told if isinstance(n, int) and n]
    return "; " + ", ".join(parts) if parts else ""


def _spelled(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


# --- the signs ---------------------------------------------------------------------------


def _broken(doc: Document, row: Text) -> Iterator[Case]:
    """A query that is pasted into two sentences or more, with every other place of its words."""
    pasted: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for query in queries(doc):
        if query.kind in {"clause", "line"}:
            words = query.block.text[query.start : query.end].lower()
            pasted[stems_of(words)].append(words)
    for stems, said in pasted.items():
        found = phrase_of(row, said[0])
        if len(said) > 1 and found.occurrences:
            severity = Severity.ERROR if found.count >= 4 else Severity.WARNING
            yield Case("broken", said[0], family(doc, found), severity, frozenset(stems))


def _placed(doc: Document, row: Text) -> Iterator[Case]:
    """One service after another with the same place, in a text that sells."""
    found = placed(doc) if sells(row) else ()
    if found:
        whole = [each for each in found if " in " in each.text or " near " in each.text] or found
        usual = Counter(wording(row, each) for each in whole).most_common(1)[0][0]
        named = next(each.text for each in whole if wording(row, each) == usual)
        yield Case("placed", named, found, stems=frozenset(stems_of(named)))


def _surprises(doc: Document, row: Text, deviations: float) -> Iterator[Case]:
    """A phrase, whatever its words, that fills a text that sells something, or a query that fills any text."""
    if row.size < LEAST:
        return
    for phrase in filling(doc, FILLED):
        query = is_query(phrase.text, phrase.stems) and bool(query_phrases(doc))
        if surprise(phrase) >= deviations and (sells(row) or query):
            yield _case("surprising", phrase)


def _repetitions(doc: Document, row: Text, repeats: int) -> Iterator[Case]:
    """A query of four words and more that stands in the body again and again, word for word."""
    if row.size < SHORT:
        return
    found = wordings(doc) if sells(row) and not _TYPED.isdisjoint(row.words) else ()
    typed = [words for words in found if words.count(" ") > 2 and not _TYPED.isdisjoint(words.split())]
    for phrase in (*query_phrases(doc), *(phrase_of(row, words) for words in typed)):
        exact = Counter(wording(row, each) for each in phrase.body).most_common(1)
        count = exact[0][1] if exact else 0
        often = count >= repeats and count * 1000 >= PER_THOUSAND * row.size
        least = 0 if not _TYPED.isdisjoint(phrase.text.split()) else 1  # nobody says "best" again and again
        if phrase.size >= 4 and often and surprise(phrase) > least and not is_name(row, phrase):
            yield _case("repeated", phrase)


def _rotation(doc: Document, row: Text, variety: int) -> Iterator[Case]:
    """Many different ways to say one query, or the stock queries that nobody says."""
    found: Sequence[Variant] = variants(doc)
    kinds = {variant.stems for variant in found}
    therapies = {stem for variant in found for stem in variant.stems if stem in therapy_words()}
    if row.size < SHORT or len(therapies) > 2:
        return
    stock = [variant for variant in found if _is_stock(variant.stems)]
    if len(kinds) < variety or len(found) * 200 < row.size:
        found = stock if len(stock) >= 3 else []
    places = tuple(filter(None, (row.occurrence(each.first, each.last) for each in found)))
    if places:
        stems = Counter(variant.stems[-2:] for variant in found).most_common(1)[0][0]
        yield Case("variants", places[0].text, places, stems=frozenset(stems))


def _is_stock(stems: Sequence[str]) -> bool:
    return any(a in _STOCK and b in _STOCK_HEADS for a, b in pairwise(stems))


def _crowds(doc: Document, row: Text) -> Iterator[Case]:
    """A query that stands four times within ``CROWD`` words (a warning), or three times in a breath (advice)."""
    for phrase in query_phrases(doc):
        firsts = [each.first for each in phrase.body]
        four = any(later - first <= CROWD for first, later in zip(firsts, firsts[3:], strict=False))
        three = any(later - first <= 2 * TIGHT for first, later in zip(firsts, firsts[2:], strict=False))
        if (four or three) and not is_name(row, phrase):
            yield _case("crowded", phrase, Severity.WARNING if four else Severity.INFO)


def _short(doc: Document, row: Text, threshold: float) -> Iterator[Case]:
    """A short text that speaks to a customer, not to a patient, and scores high."""
    if not LEAST <= row.size < SHORT or _READER.isdisjoint(row.words) or (advises(row) and not sells(row)):
        return
    if stuffing_score(doc) < threshold:
        return
    word = heaviest(row)
    phrases = [phrase for phrase in repeated(doc) if not is_name(row, phrase)]
    if not phrases and word:
        phrases = [phrase_with(row, word, (word,))]  # read as a word, a stem may have another one
    most = max(phrases, key=lambda phrase: phrase.count * len(phrase.stems), default=None)
    if most and most.count >= (3 if len(most.stems) > 1 else 4) and 2 * len(most.body) >= most.count:
        yield _case("short", most)


def _case(message: str, phrase: Keyphrase, severity: Severity = Severity.WARNING) -> Case:
    return Case(message, phrase.text, phrase.occurrences, severity, frozenset(phrase.stems))
