"""How much a text reads as written for a search engine: one number, explained by its parts.

The score is a logistic of four shares and of the pasted queries:

* ``repeat``: the share of the letters of the content words that belong to the one most repeated word, names left
  aside ("New York" has to be repeated as it is). Letters, not words, because a long word that comes back is a rarer
  and so more surprising one.
* ``phrases``: the share of words in turns of phrase that came back within 150 words: pairs of a content and a
  function word. (Pairs of content words are names and terms; they told nothing.)
* ``adverts``: the share, its square root, of words such as "best", "cheap", "sale".
* ``pronouns``: the share of words such as "it" and "they", which stand where a stuffed text repeats the noun.

The weights were fitted by logistic regression to public human judgements and rounded: the ranking competition ASRC
(Raifer et al., SIGIR 2017), 596 texts of up to 150 words in 31 topics, five votes each, of which 28 were called
stuffed by three or more. The parts were compared on 16 of the topics. ROC-AUC 0.88 on these
texts; 0.85 when whole topics, or whole rounds, were held out for the weights. At the default threshold of one half
``keywords/stuffing`` has precision 0.35 and recall 0.32: the judges themselves split on near copies. Beyond 150 words
the number is a hint only, and no rule fires on it alone.

How often a main phrase is usual (``usual_count``) has a background of its own: 617 public health articles of 150 words
and more, each on one topic (396 answers of the US National Institutes of Health, 221 articles of clinics, health blogs
and patient guides). 223 of them have a phrase that stands three times and in three blocks. Its count grows with the
0.38th power of the length; phrases of three content words and more come back 0.70 times as often as those of two; the
logarithm of the count has a standard deviation of 0.60, and one article in a hundred lies more than 2.2 deviations
above. Only these figures are used. No list of word frequencies is: it would find every medical term surprising, in
whatever article, where the question is what is usual in an article on the topic.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from math import exp, log, sqrt
from typing import NamedTuple

from acu_lint.api import Document, measure
from acu_lint_rules.analysis.keyphrases.chosen import declared
from acu_lint_rules.analysis.keyphrases.phrases import LONGEST, Keyphrase, main_keyphrase, phrase_of, stems_of, wordings
from acu_lint_rules.analysis.keyphrases.queries import queries, therapy_words
from acu_lint_rules.analysis.keyphrases.text import AT_LEAST, Occurrence, Text, is_content, text, words_of
from acu_lint_rules.analysis.text.inflection import stem
from acu_lint_rules.analysis.text.lexicon import fold, terms

PER_QUERY = 1.0  # what one pasted query adds
_LINKS = frozenset("for of to in with".split())
_JOINS = frozenset("for of in to near with and".split())  # what may join the words of a query
WINDOW = 150  # words within which a pair of words is expected not to come back; the length of the judged texts


class Parts(NamedTuple):
    """The parts of the score: shares from 0 to 1 (of adverts, the square root), and the number of pasted queries."""

    repeat: float
    phrases: float
    adverts: float
    pronouns: float
    queries: int

    @property
    def score(self) -> float:
        """The logistic of the parts, 0 to 1."""
        shares = 16 * self.repeat + 8 * self.phrases + 4 * self.adverts - 16 * self.pronouns
        return 1 / (1 + exp(THRESHOLD - shares - PER_QUERY * self.queries))


THRESHOLD = 4.2  # the sum of shares at which the score is one half


@measure
def parts(doc: Document) -> Parts:
    """Measure what the score is made of."""
    row = text(doc)
    size = max(row.size, 1)
    return Parts(
        _repeat(row),
        _phrases(row) / size,
        sqrt(_number(row, "advertising") / size),
        _number(row, "pronouns") / size,
        sum(query.kind in {"clause", "line", "run"} for query in queries(doc)),
    )


@measure
def stuffing_score(doc: Document) -> float:
    """How much the text reads as stuffed with keywords, 0 to 1; 0 for a text without words."""
    return round(parts(doc).score, 4) if text(doc).size else 0.0


def usual_count(words: int, stems: int) -> float:
    """How often the main phrase of an ordinary health article stands in it.

    ``words``: its length; ``stems``: content words of the phrase. For the figures see the head of the module.
    """
    return 0.624 * words**0.383 * (0.697 if stems > 2 else 1) if words else 0.0


_DEVIATION = 0.595  # of the logarithm of the count


def surprise(phrase: Keyphrase) -> float:
    """How far the count of a phrase is from the usual one, in standard deviations; 0 where it is usual or less."""
    usual = usual_count(phrase.total, len(phrase.stems))
    return log(phrase.count / usual) / _DEVIATION if phrase.count > usual > 0 else 0.0


@measure
def keyphrase_surprise(doc: Document) -> float:
    """How surprising the count of the main keyphrase is for the length of the article (see ``surprise``)."""
    main = main_keyphrase(doc)
    return surprise(main) if main else 0.0


def heaviest(row: Text) -> str:
    """The stem of the word that is no name and has most letters of the text, all its places counted; "" for none."""
    weights = {stem: -len(stem) * count for stem, count in row.content.items()}
    return next((stem for stem in sorted(weights, key=weights.__getitem__) if not row.is_name(stem)), "")


def _repeat(row: Text) -> float:
    """Share of the letters of content words that belong to the most repeated word that is no name."""
    word = heaviest(row)
    return len(word) * row.content[word] / sum([len(s) * count for s, count in row.content.items()]) if word else 0.0


def _phrases(row: Text) -> int:
    """Number of words in pairs of a content and a function word that came back within ``WINDOW`` words.

    Two content words in a row are a name or a term ("New York"), which has to be repeated as it is.
    """
    stems, telling = row.stems, list(map(is_content, row.stems))
    seen: dict[tuple[str, str], int] = {}
    covered = bytearray(len(stems))
    for place, pair in enumerate(pairwise(stems)):
        if telling[place] != telling[place + 1] and pair[0] and pair[1]:
            before = seen.get(pair, -WINDOW)
            if place - before < WINDOW:
                covered[before] = covered[before + 1] = covered[place] = covered[place + 1] = 1
            seen[pair] = place
    return sum(covered)


def _number(row: Text, section: str) -> int:
    """Number of words of a word list."""
    return sum(map(words_of(section).__contains__, row.words))


# --- variants: "natural remedies for back pain", "back pain treatment", "acupuncture for lower back pain" -------


class Variant(NamedTuple):
    """One way to name a treatment of a condition: its stems, and the range of its words (last included)."""

    stems: tuple[str, ...]
    first: int
    last: int


@measure
def variants(doc: Document) -> tuple[Variant, ...]:
    """The query-like noun phrases for the condition that the article names in most ways, in their order."""
    row = text(doc)
    groups: dict[tuple[str, ...], list[Variant]] = defaultdict(list)
    named, stems = _named(), row.stems
    heads = condition_heads() & row.often
    places = [place for place, stem in enumerate(stems) if stem in heads] if heads else []
    for place in sorted(places, key=stems.__getitem__):  # head by head: what comes first wins where two are as frequent
        if named.isdisjoint(stems[max(place - 5, 0) : place + 2]):
            continue  # nothing that is on offer stands near
        condition, variant = _variant(row, place)
        if variant:
            groups[condition].append(variant)
    # 'neck pain' before 'neck' where both are named as often
    condition = max(groups, key=lambda name: (len(groups[name]), len(name)), default=())
    return tuple(groups[condition])


def _variant(row: Text, head: int) -> tuple[tuple[str, ...], Variant | None]:
    """Read the noun phrase around the head of a condition; None where it names no treatment."""
    stems = row.stems
    first = head
    while head - first < 3 and is_content(stems[first - 1]):
        first -= 1
    condition = tuple(stems[max(first, head - 1) : head + 1])
    last = head + 1 if stems[head + 1] in _named() else head
    named = _named()
    if first > 1 and stems[first - 1] in _LINKS and stems[first - 2] in named:
        first -= 2 + is_content(stems[first - 3])
    elif last == head and named.isdisjoint(stems[first:head]):
        return condition, None
    if not row.occurrence(first, last):
        return condition, None
    return condition, Variant(tuple(stems[first : last + 1]), first, last)


@cache
def _named() -> frozenset[str]:
    """The stems of what is on offer: therapies, and words such as "treatment"."""
    return therapy_words() | words_of("offers")


@cache
def condition_heads() -> frozenset[str]:
    """The stems of the words that end the name of a condition."""
    return frozenset(stem(fold(term.split()[-1])) for term in terms("conditions"))


def family(doc: Document, phrase: Keyphrase) -> tuple[Occurrence, ...]:
    """The places of a phrase and of the other queries for its condition, in the order of the text."""
    row = text(doc)
    places = {each.first: each for each in phrase.occurrences}
    taken = {word for each in phrase.occurrences for word in range(each.first, each.last + 1)}
    for variant in variants(doc):
        if not condition_heads().isdisjoint(set(phrase.stems).intersection(variant.stems)):
            each = row.occurrence(variant.first, variant.last)
            if each and taken.isdisjoint(range(each.first, each.last + 1)):
                places[each.first] = each
    return tuple(places[first] for first in sorted(places))


def wording(row: Text, each: Occurrence) -> tuple[str, ...]:
    """The words of a place without their inflection: two places with the same are one variant."""
    return tuple(row.stems[each.first : each.last + 1])


# --- queries: what a patient types ------------------------------------------------------------


@measure
def query_phrases(doc: Document) -> tuple[Keyphrase, ...]:
    """The declared keyphrases, and the repeated phrases that are what a patient types."""
    row = text(doc)
    found: dict[tuple[str, ...], Keyphrase] = {}
    for phrase in declared(doc):
        stems = stems_of(phrase)
        if len(stems) > 2 or is_query(phrase, stems):  # a topic of two words, such as "back pain", is none
            found[stems] = phrase_of(row, phrase, declared=True)
    if _sells(row) and _offers_often(row):
        for phrase in wordings(doc):
            stems = stems_of(phrase)
            if stems not in found and is_query(phrase, stems):
                found[stems] = phrase_of(row, phrase)
    return tuple(found.values())


def _sells(row: Text) -> bool:
    """Whether the text names a therapy, or a service and a condition, three times."""
    if not row.often.isdisjoint(therapy_words()):
        return True
    return not (row.often.isdisjoint(words_of("offers")) or row.often.isdisjoint(condition_heads()))


def _offers_often(row: Text) -> bool:
    """Whether what is on offer stands so often just as far from a complaint, or a therapy from "for", as in a query."""
    stems, reach = row.stems, range(1 - LONGEST, LONGEST)
    offered, heads = _named() & row.often, condition_heads() & row.often
    places = [place for place, stem in enumerate(stems) if stem in offered]
    pairs = [(place, place + step) for place in places for step in reach if step and 0 <= place + step < len(stems)]
    beside = Counter(
        [
            (stems[place], stems[other], other - place)
            for place, other in pairs
            if stems[other] in heads or (stems[other] == "for" and stems[place] in therapy_words())
        ]
    )
    return max(beside.values(), default=0) >= AT_LEAST


def is_query(phrase: str, stems: Sequence[str]) -> bool:
    """Whether a phrase is a therapy for something, or a service and a condition.

    The name of a disease, however often it stands in a text about it, is none.
    """
    words = [fold(word) for word in phrase.split()]
    if any(not is_content(word) and word not in _JOINS for word in words):
        return False  # "your blood pressure medicine at" is a part of a sentence
    therapies = [each for each in stems if each in therapy_words()]
    offers = [each for each in stems if each in words_of("offers") and each not in therapies]
    if not therapies and (not offers or (stem(words[0]) in offers and len(words) == len(stems))):
        return False  # "treatment failure" offers nothing
    others = set(stems).difference(therapies, offers)
    return bool(therapies and others and "for" in words) or not others.isdisjoint(condition_heads())
