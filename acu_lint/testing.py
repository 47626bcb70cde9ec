"""Turn the examples on the cards into tests; packs of other authors use it too.

REGISTRY = load_pack("my_pack")

@pytest.mark.parametrize("case", list(cases(REGISTRY.cards.values())), ids=str)
def test_example(case: Case) -> None:
    verify(case, REGISTRY)
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from acu_lint import CORE
from acu_lint.corpus.corpus import Corpus
from acu_lint.engine.engine import Engine, Settings
from acu_lint.parse import parse
from acu_lint.rules.card import Card, Example
from acu_lint.rules.registry import Registry

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


def load_folder(folder: Path) -> Registry:
    """Load the cards below a folder; raises ``ValueError`` where one is faulty."""
    registry = Registry(may_run_local_code=True)
    registry.add_local(folder)
    if registry.local_faults:
        raise ValueError("\n".join(registry.local_faults))
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


def difference(case: Case, registry: Registry) -> str:
    """What an example finds other than its marked parts, by the card's rule alone; empty where it is right."""
    card, example = case.card, case.example
    text, wanted = marked(example.text)
    today = datetime.date.fromisoformat(example.today) if example.today else TODAY
    corpus = None
    if example.corpus:
        others = [parse(path, other, today=today) for path, other in example.corpus.items()]
        documents = [*others, parse(example.file, text, today=today)]
        corpus = Corpus(documents, keys=registry.extractor("index_keys"))
    settings = Settings(frozenset({card.id}), {card.id: dict(example.options)})
    engine = Engine(registry, settings, (lambda: corpus) if corpus else None)
    findings = engine.check(parse(example.file, text, today=today))
    found = [(finding.start.offset, finding.actual) for finding in findings]
    if engine.faults:
        return engine.faults[0]
    if example in card.bad and not wanted:
        return "a bad example marks what is wrong: [[words]]"
    told = "; ".join(finding.message for finding in findings)
    return "" if found == wanted else f"marked {_listed(wanted)}, found {_listed(found)} {told}".strip()


def verify(case: Case, registry: Registry) -> None:
    """Assert that exactly the marked parts of an example are found, by the card's rule alone."""
    fault = difference(case, registry)
    assert not fault, fault


def _listed(places: Sequence[tuple[int, str]]) -> str:
    return ", ".join(f"{words!r} at {offset}" for offset, words in places) or "nothing"
