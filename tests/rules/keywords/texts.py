"""Texts that the tests of keywords share, and what is found in them."""

from __future__ import annotations

from hypothesis import strategies as st

from acu_lint.api import Document, Hit
from acu_lint_rules.keywords import stuffing
from tests.conftest import document

WORDS = st.sampled_from(
    "massage cupping helps help relieve knee neck pain for the best cheap clinic near me it they because walk. Today, "
    "session; “quoted” therapies stories story 12 3.5 \n\n - # * I'm café 😀".split(" ")
)

TEXTS = st.lists(WORDS, max_size=120).map(" ".join)

HONEST = """# Walking with a sore knee

Most sore knees calm down within a month. Keep moving: a short walk twice a day is better than a week on the sofa.

See a doctor when the joint is hot or locked. They will look at it, bend it, and send you for a scan only if a fracture
is likely.

Some people try massage. It feels good, and for a day or two it may take the edge off the pain.
"""

STUFFED = """# Knee massage

Looking for the best knee massage? Our knee massage is the best knee massage for sale online. Buy cheap knee massage
from us, because knee massage for runners and knee massage for seniors is what we sell. The best price for knee massage
is right here: great knee massage deals, free knee massage samples, perfect knee massage for you.
"""


def actual(doc: Document, hit: Hit) -> str:
    return doc.source.text[hit.span.start : hit.span.end]


def stuffed(text: str, **options: float) -> list[Hit]:
    return list(stuffing.check(document(text), **options))  # type: ignore[arg-type]
