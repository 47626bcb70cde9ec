"""keywords/stuffing: a keyphrase is repeated until the text reads as written for a search engine.

Density never decides: a clean article about back pain names it as often as a stuffed one. What decides is that
a whole query comes back word for word, that it breaks the grammar, that many variants of one query take turns,
that a phrase is crowded into a few lines, or, in a short text, that the score of ``analysis.stuffing`` is high.

There is one finding for each keyphrase. It stands on the first place that breaks a sentence, else on the first one
in the body, and not on the title: the title is seldom what has to be mended, and the caret should show words that
have to be. Every other place is in ``related``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from acu_lint.api import Document, Hit, Related, Severity, measure
from acu_lint_rules.analysis.keyphrases import (
    Keyphrase,
    Occurrence,
    Text,
    declared,
    is_content,
    phrase_of,
    repeated,
    stem,
    stems_of,
    text,
    wordings,
    words_of,
)  # fmt: skip
from acu_lint_rules.analysis.lexicon import fold
from acu_lint_rules.analysis.queries import Query, queries, therapy_words
from acu_lint_rules.analysis.stuffing import Variant, condition_heads, stuffing_score, variants

SHORT = 150  # words up to which the score decides: the length of the texts that it was fitted on
LEAST = 40  # words below which nothing can be said about a text as a whole
PER_THOUSAND = 3  # exact repetitions of a long phrase
CROWD = 60  # words within which a phrase that stands four times is crowded
TIGHT = 8  # words to each of three places that are crowded
_READER = frozenset("you your yours you're we our us".split())
_STOCK = frozenset("substitute alternative natural holistic".split())
_STOCK_HEADS = frozenset("medicine remedy treatment therapy cure".split())
_LINKS = frozenset("for of in to near with and".split())  # what may join the words of a query
_MAX_RELATED = 40


@dataclass(frozen=True)
class Case:
    """One keyphrase that is stuffed: how it shows, where, and what the message needs."""

    message: str
    severity: Severity
    phrase: str
    stems: frozenset[str]
    places: tuple[Occurrence, ...]
    data: dict[str, object]


def check(doc: Document, *, repeats: int = 4, variety: int = 8, threshold: float = 0.5) -> Iterator[Hit]:
    """Report each stuffed keyphrase once.

    ``repeats``: places of a phrase of four words and more, word for word; ``variety``: different variants of one
    query; ``threshold``: the score, 0 to 1, from which a text of up to 150 words is reported.
    """
    row = text(doc)
    if not row.size:
        return
    done: list[frozenset[str]] = []
    cases = [*_broken(doc, row), *_repetitions(doc, row, repeats), *_rotation(doc, row, variety)]
    cases += [*_crowds(doc), *_short(doc, row, threshold)]
    for case in sorted(cases, key=lambda each: -each.severity):
        if not any(case.stems & stems for stems in done):
            done.append(case.stems)
            yield _hit(case, row, queries(doc))


def _hit(case: Case, row: Text, pasted: Sequence[Query]) -> Hit:
    """Put the finding on the first place that breaks a sentence, else on the first in the body."""
    broken = {(query.block.index, query.start) for query in pasted}
    worst = [each for each in case.places if (each.block.index, each.start) in broken]
    body = [each for each in case.places if each.block.kind != "heading"]
    anchor = next(iter(worst or body or case.places))
    others = [each for each in case.places if each is not anchor][:_MAX_RELATED]
    related = tuple(Related(each.span, f"here: '{each.text}'") for each in others)
    data = {"phrase": case.phrase, "count": len(case.places), "words": f"{row.size:,}", **case.data}
    return Hit(anchor.span, data, case.message, case.severity, related=related)


# --- the signs ---------------------------------------------------------------------------


def _broken(doc: Document, row: Text) -> Iterator[Case]:
    """A query that is pasted into two sentences or more, with every other place of its words."""
    pasted: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for query in queries(doc):
        if query.kind in {"clause", "line"}:
            words = query.block.text[query.start : query.end].lower()
            pasted[stems_of(words)].append(words)
    for stems, wordings_of in pasted.items():
        found = phrase_of(row, wordings_of[0])
        if len(wordings_of) > 1 and found.occurrences:
            family = _family(doc, row, found)
            severity = Severity.ERROR if found.count >= 4 else Severity.WARNING
            data: dict[str, object] = {"broken": len(wordings_of), "variants": _kinds(row, family)}
            yield Case("broken", severity, wordings_of[0], frozenset(stems), family, data)


def _wording(row: Text, each: Occurrence) -> tuple[str, ...]:
    return tuple(row.stems[each.first : each.last + 1])


def _kinds(row: Text, places: Sequence[Occurrence]) -> int:
    """How many different wordings, inflection left aside."""
    return len({_wording(row, each) for each in places})


def _family(doc: Document, row: Text, phrase: Keyphrase) -> tuple[Occurrence, ...]:
    """The places of a phrase and of the variants of its condition, in the order of the text."""
    places = {each.first: each for each in phrase.occurrences}
    taken = {word for each in phrase.occurrences for word in range(each.first, each.last + 1)}
    for variant in variants(doc):
        each = row.occurrence(variant.first, variant.last)
        if each and taken.isdisjoint(range(each.first, each.last + 1)):
            places[each.first] = each
    return tuple(places[first] for first in sorted(places))


@measure
def query_phrases(doc: Document) -> tuple[Keyphrase, ...]:
    """The declared keyphrases, and the repeated phrases that are what a patient types."""
    row = text(doc)
    found: dict[tuple[str, ...], Keyphrase] = {}
    for phrase in declared(doc):
        stems = stems_of(phrase)
        if len(stems) > 2 or _is_query(phrase, stems):  # a topic of two words, such as "back pain", is none
            found[stems] = phrase_of(row, phrase, declared=True)
    if _sells(row):
        for phrase in wordings(doc):
            stems = stems_of(phrase)
            if stems not in found and _is_query(phrase, stems):
                found[stems] = phrase_of(row, phrase)
    return tuple(found.values())


def _sells(row: Text) -> bool:
    """Whether the text names a therapy, or a service and a condition, three times."""
    if not row.often.isdisjoint(therapy_words()):
        return True
    return not (row.often.isdisjoint(words_of("offers")) or row.often.isdisjoint(condition_heads()))


def _is_query(phrase: str, stems: Sequence[str]) -> bool:
    """Whether a phrase is a therapy for something, or a service and a condition.

    The name of a disease, however often it stands in a text about it, is none.
    """
    words = [fold(word) for word in phrase.split()]
    if any(not is_content(word) and word not in _LINKS for word in words):
        return False  # "your blood pressure medicine at" is a part of a sentence
    therapies = [each for each in stems if each in therapy_words()]
    offers = [each for each in stems if each in words_of("offers") and each not in therapies]
    if not therapies and (not offers or (stem(words[0]) in offers and len(words) == len(stems))):
        return False  # "treatment failure" offers nothing
    others = set(stems).difference(therapies, offers)
    return bool(therapies and others and "for" in words) or not others.isdisjoint(condition_heads())


def _repetitions(doc: Document, row: Text, repeats: int) -> Iterator[Case]:
    """A query of four words and more that stands in the body again and again, word for word."""
    if row.size < SHORT:
        return
    for phrase in query_phrases(doc):
        exact = Counter(_wording(row, each) for each in phrase.body).most_common(1)
        count = exact[0][1] if exact else 0
        if phrase.size >= 4 and count >= repeats and count * 1000 >= PER_THOUSAND * row.size:
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
        data: dict[str, object] = {"variants": _kinds(row, places)}
        yield Case("variants", Severity.WARNING, places[0].text, frozenset(stems), places, data)


def _is_stock(stems: Sequence[str]) -> bool:
    return any(a in _STOCK and b in _STOCK_HEADS for a, b in pairwise(stems))


def _crowds(doc: Document) -> Iterator[Case]:
    """A query that stands four times within ``CROWD`` words (a warning), or three times in a breath (advice)."""
    for phrase in query_phrases(doc):
        firsts = [each.first for each in phrase.body]
        if any(later - first <= CROWD for first, later in zip(firsts, firsts[3:], strict=False)):
            yield _case("crowded", phrase)
        elif any(later - first <= 2 * TIGHT for first, later in zip(firsts, firsts[2:], strict=False)):
            yield _case("crowded", phrase, Severity.INFO)


def _short(doc: Document, row: Text, threshold: float) -> Iterator[Case]:
    """A short text that speaks to a customer and scores high."""
    if not LEAST <= row.size < SHORT or _READER.isdisjoint(row.words) or stuffing_score(doc) < threshold:
        return
    word = max(row.content, key=lambda stem: row.content[stem] * len(stem), default="")
    phrases = repeated(doc)
    if phrases:
        yield _case("short", max(phrases, key=lambda phrase: phrase.count * len(phrase.stems)))
    elif row.content.get(word, 0) >= 5:
        yield _case("short", phrase_of(row, word))


def _case(message: str, phrase: Keyphrase, severity: Severity = Severity.WARNING) -> Case:
    data: dict[str, object] = {"density": round(phrase.density, 1)}
    return Case(message, severity, phrase.text, frozenset(phrase.stems), phrase.occurrences, data)
