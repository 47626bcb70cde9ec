"""Turn the examples on the cards into tests; packs of other authors use it too.

REGISTRY = load_pack("my_pack")

@pytest.mark.parametrize("case", list(cases(REGISTRY.cards.values())), ids=str)
def test_example(case: Case) -> None:
    verify(case, REGISTRY)
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .card import Card, Example
from .corpus import Corpus
from .engine import Engine, Settings
from .parse import parse
from .registry import CORE, Registry

TODAY = datetime.date(2026, 11, 21)  # the day of the run where an example does not say another
_MARK = re.compile(r"\[\[(.*?)\]\](?!\])", re.DOTALL)


@dataclass(frozen=True)
class Case:
    """One example of one card."""

    card: Card
    example: Example
    name: str

    def __str__(self) -> str:
        return self.name


def load_pack(package: str = CORE) -> Registry:
    """Load one pack by the name of its package; raises ``ValueError`` where a card is faulty."""
    registry = Registry()
    registry.add_package(package, package)
    if registry.faults:
        raise ValueError("\n".join(registry.faults))
    return registry


def cases(cards: Iterable[Card]) -> Iterator[Case]:
    """Yield every example of the cards."""
    for card in cards:
        for kind, examples in (("bad", card.bad), ("good", card.good)):
            for number, example in enumerate(examples, 1):
                yield Case(card, example, f"{card.id}-{kind}-{number}")


def marked(text: str) -> tuple[str, list[tuple[int, str]]]:
    """Take the marks out of an example: the plain text, and offset and text of each marked part."""
    plain, wanted, size, last = [], [], 0, 0
    for match in _MARK.finditer(text):
        plain.append(text[last : match.start()])
        size += match.start() - last
        wanted.append((size, match[1]))
        plain.append(match[1])
        size += len(match[1])
        last = match.end()
    return "".join((*plain, text[last:])), wanted


def verify(case: Case, registry: Registry) -> None:
    """Assert that exactly the marked parts of an example are found, by the card's rule alone."""
    card, example = case.card, case.example
    text, wanted = marked(example.text)
    today = datetime.date.fromisoformat(example.today) if example.today else TODAY
    corpus = None
    if example.corpus:
        others = [parse(path, other, today=today) for path, other in example.corpus.items()]
        corpus = Corpus([*others, parse(example.file, text, today=today)])
    settings = Settings(frozenset({card.id}), {card.id: dict(example.options)})
    engine = Engine(registry, settings, (lambda: corpus) if corpus else None)
    assert not engine.faults, engine.faults
    findings = engine.check(parse(example.file, text, today=today))
    found = [(finding.start.offset, finding.actual) for finding in findings]
    assert found == wanted, "\n".join([str(wanted), *(f"{f.actual!r}: {f.message}" for f in findings)])
    if card.bad and example in card.bad:
        assert wanted, "a bad example marks what is wrong: [[words]]"
