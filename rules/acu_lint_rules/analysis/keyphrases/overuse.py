"""What is repeated for a search engine, whatever its words: a phrase that fills the text, a place behind every service.

No list of therapies or complaints is asked. A phrase fills a text where more than one word in ten belongs to it and its
count is far above the usual one (``stuffing.usual_count``); none of 400 answers of the US National Institutes of Health
that sells something does so. A name ("Lindley Road Practice") has to be repeated as it is, and plain advice repeats its
term so that nobody misunderstands it: neither counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from acu_lint.api import Document
from acu_lint_rules.analysis.keyphrases.phrases import LONGEST, Keyphrase, phrase_of, stems_of, wordings
from acu_lint_rules.analysis.keyphrases.places import is_place
from acu_lint_rules.analysis.keyphrases.text import AT_LEAST, Occurrence, Text, is_content, text, words_of
from acu_lint_rules.analysis.text.inflection import stem
from acu_lint_rules.analysis.text.lexicon import fold

_OURS = frozenset("we our us".split())
_NEAR = frozenset("in near around across".split())
_BEFORE = 3  # content words before a place that belong to the phrase
_PLACED = 6  # services with one place
_PER_THOUSAND = 8  # ... of a thousand words


def sells(row: Text) -> bool:
    """Whether a text offers something: two words of an offer, or one and somebody who says "we"."""
    kinds = len(words_of("offering").intersection(row.words))
    return kinds > 1 or (kinds > 0 and not _OURS.isdisjoint(row.words))


def advises(row: Text) -> bool:
    """Whether a text tells readers to ask a doctor, a pharmacist or the like."""
    return not words_of("advisers").isdisjoint(row.words)


def filling(doc: Document, density: float) -> Iterator[Keyphrase]:
    """Yield the repeated phrases, no names, that ``density`` per cent of the words belong to, mostly in sentences."""
    row = text(doc)
    if not _may_fill(row, density):
        return
    done = set()
    for wording in wordings(doc):
        stems = stems_of(wording)
        if stems in done or len(stems) < 2:
            continue
        done.add(stems)
        most = min(row.counts[stem] for stem in stems) * len(wording.split())
        if 100 * most < density * row.size:
            continue  # however often it stands, it fills too little
        phrase = phrase_of(row, wording)
        if phrase.density >= density and 2 * len(phrase.body) >= phrase.count and not is_name(row, phrase):
            yield phrase


def _may_fill(row: Text, density: float) -> bool:
    """Whether two telling words stand so often that the longest phrase of both could fill the text."""
    least = density * row.size / (100 * LONGEST)
    heavy = [each for each, count in row.counts.items() if each and count >= least]
    # what is no content as a stem may be as a word: "others"
    return len([each for each in heavy if is_content(each) or row.words.count(each) < row.counts[each]]) > 1


def is_name(row: Text, phrase: Keyphrase) -> bool:
    """Whether half of the places of a phrase have a capital in every telling word: "Lindley Road Practice"."""
    capital = 0
    for each in phrase.occurrences:
        places = [place for place in range(each.first, each.last + 1) if is_content(row.words[place])]
        capital += all(row.capital(place) is not False for place in places[1:]) and len(places) > 1
    return 2 * capital > phrase.count


# --- 'emergency vet in Oakridge', 'the cost of a check-up in Oakridge', 'a vet near Oakridge'


def placed(doc: Document) -> tuple[Occurrence, ...]:
    """The services that are named with one place, one after another, far more often than a reader has to be told.

    The place stands in the title or the description, ``_PLACED`` times and more behind a service, ``_PER_THOUSAND``
    times in a thousand words, and three times with the same words before it.
    """
    row = text(doc)
    best: list[Occurrence] = []
    for place in _aims(doc):
        at = row.places_with(place) if row.counts.get(stem(place), 0) >= _PLACED else ()
        if at and is_place(place):
            best = max(best, list(_services(row, at)), key=len)
    if len(best) < _PLACED or len(best) * 1000 < _PER_THOUSAND * row.size:
        return ()
    same = Counter(tuple(row.stems[each.last - 2 : each.last + 1]) for each in best).most_common(1)[0][1]
    return tuple(best) if same >= AT_LEAST else ()


def _aims(doc: Document) -> Sequence[str]:
    """The words of the title and the description, else of the first lines, that may name a place."""
    aimed = [block for block in doc.blocks if block.kind in {"title", "description"} or block is doc.title]
    words = [word for block in aimed or text(doc).blocks[:1] for word in block.words]
    names = (word.text for word in words if word.text[:1].isupper() and len(word.text) > 2 and not word.text.isupper())
    return [word for word in dict.fromkeys(map(fold, names)) if is_content(word)]


def _services(row: Text, places: Sequence[int]) -> Iterator[Occurrence]:
    """The services that a place ends; one of two words ("Los Angeles") is known by the second that follows mostly."""
    second, count = Counter(row.words[at + 1] for at in places).most_common(1)[0]
    two = bool(second) and 2 * count > len(places) and all(row.capital(at + 1) for at in places if row.words[at + 1])
    for at in places:
        each = _service(row, at)
        if each and two and row.words[at + 1] == second:
            each = row.occurrence(each.first, at + 1)
        if each:
            yield each


def _service(row: Text, at: int) -> Occurrence | None:
    """The phrase of a service that a place ends, or None where it stands for itself ("we live in Leeds")."""
    first = at - 2 if at and row.words[at - 1] in _NEAR else at - 1
    beside = first == at - 1  # "physio Leeds", but neither "Los Angeles" nor "Bagnall Centre"
    if row.capital(at) is False or not _is_noun(row, first) or (beside and row.capital(first) is not False):
        return None
    while at - first < _BEFORE + 1 and _is_noun(row, first - 1):
        first -= 1
    return row.occurrence(first, at)


def _is_noun(row: Text, place: int) -> bool:
    """Whether a word may be part of the name of a service."""
    word = row.words[place] if place >= 0 else ""
    return is_content(word) and not word.endswith(("ed", "ing"))
