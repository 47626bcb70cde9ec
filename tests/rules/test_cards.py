"""Every example on every card of the first-party pack."""

from __future__ import annotations

import pytest

from acu_lint.rules.card import Card
from acu_lint.testing import Case, cases, load_pack, verify

PACK = load_pack()


@pytest.mark.parametrize("case", list(cases(PACK.cards.values())), ids=str)
def test_example(case: Case) -> None:
    verify(case, PACK)


@pytest.mark.parametrize("card", list(PACK.cards.values()), ids=lambda card: card.id)
def test_a_card_explains_itself(card: Card) -> None:
    assert card.why
    assert all(note.url.startswith("https://") for note in card.sources)
    assert all(card.suggestions.get(name) for name in card.messages)
    assert len(card.bad) >= 6
    assert len(card.good) >= 6
