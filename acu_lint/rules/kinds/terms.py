"""``terms``: words and phrases, each with a better wording or none.

    terms: {miracle: "", prior to: before}      or      terms: [miracle, wonder cure]

Words are compared as ``fold`` spells them, so that capitals and the shape of apostrophes do not matter, in English nor
do accents; a hyphen may be a space. What is written as the better wording already is no hit. The longest term that
starts at a word counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from acu_lint.document.document import Document, Words
from acu_lint.document.language import ENGLISH, language
from acu_lint.document.source import Span
from acu_lint.document.spelling import accents, fold, hyphenated
from acu_lint.rules.card import Card, CardError, located
from acu_lint.rules.finding import Hit
from acu_lint.rules.kinds import EVERYWHERE, texts_in


class Term(NamedTuple):
    """A term as folded words, the wording to write instead, its card, and the term as it is written there."""

    words: tuple[str, ...]
    better: str
    card: Card
    text: str


def terms_of(card: Card) -> Iterator[Term]:
    """The terms of a card; raises ``CardError``."""
    body = card.body if isinstance(card.body, dict) else dict.fromkeys(texts_in(card, card.body, "terms"), "")
    for text, better in body.items():
        if not isinstance(text, str) or not isinstance(better, str | None):
            raise located(card, card.kind, f"the term '{text}' needs quotes: YAML does not read it as text")
        words = tuple(fold(word.text) for word in Words(text))
        if not words:
            raise located(card, card.kind, f"the term '{text}' has no words; use 'pattern' for signs")
        yield Term(words, better or "", card, text)


class TermTable:
    """All term lists of a run in one table: first word -> the terms that begin with it.

    Cards whose terms cannot be used are left out and told in ``faults``.
    """

    def __init__(self, cards: Iterable[Card], faults: list[str]) -> None:
        self._table: dict[str, list[Term]] = {}
        for card in cards:
            try:
                terms = list(terms_of(card))
            except CardError as error:
                faults.append(f"the rule {card.id} is left out: {error}")
                continue
            own = {term.words for term in terms}
            others = [term._replace(words=row) for term in terms for row in sorted(hyphenated(term.words) - own)]
            for term in (*terms, *others):
                self._table.setdefault(term.words[0], []).append(term)
        for terms in self._table.values():
            terms.sort(key=lambda term: -len(term.words))

    def __bool__(self) -> bool:
        return bool(self._table)

    def hits(self, doc: Document) -> Iterator[tuple[Card, Hit]]:
        """Yield every use of every term."""
        for block in doc.blocks:
            folded = block.folded
            taken: dict[str, int] = {}  # per card: the words up to here belong to a longer term
            for index, word in enumerate(folded):
                for term in self._table.get(word, ()):
                    end = index + len(term.words)
                    if index < taken.get(term.card.id, 0) or folded[index:end] != term.words:
                        continue
                    if block.kind not in (term.card.scope or EVERYWHERE):
                        continue
                    start, stop = block.words[index].start, block.words[end - 1].end
                    match = block.text[start:stop]
                    if _is_meant(doc, match, term.text):
                        taken[term.card.id] = end
                        if match != term.better:
                            yield term.card, _hit(block.span(start, stop), match, term.better)


def _is_meant(doc: Document, match: str, text: str) -> bool:
    """Whether accents do not tell what was found from a term: in English they tell no words apart."""
    return (match.isascii() and text.isascii()) or language(doc) == ENGLISH or accents(match) == accents(text)


def _hit(span: Span, match: str, better: str) -> Hit:
    return Hit(span, {"match": match, "better": better}, expected=(better,) if better else ())
