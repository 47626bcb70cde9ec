"""Every example on every card."""

import pytest

from acu_lint.testing import Case, cases, load_pack, verify

PACK = load_pack("clinic_rules")


@pytest.mark.parametrize("case", list(cases(PACK.cards.values())), ids=str)
def test_example(case: Case) -> None:
    """What is marked is found, and nothing else."""
    verify(case, PACK)
