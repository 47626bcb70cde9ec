"""Text that stands on page after page of any site makes no two articles alike."""

from __future__ import annotations

import pytest

from tests.articles import FEET, TEA, corpus

HELP = (
    "If you are in crisis or think about harming yourself, please do not wait for your next visit: call or text 988 at "
    "any hour, or go to the nearest hospital, where somebody will sit with you until you feel safe again."
)
CONTACT = (
    "You find us on the second floor of the old mill behind the market, past the bakery and up the iron stairs; the "
    "bell is on the left, and if nobody opens you reach us at (01632) 960 123 or hello@mill.example."
)
HOURS_TABLE = "| Day | Hours |\n|---|---|\n" + "".join(
    f"| {day} | 9am to 5.30pm |\n" for day in "Monday Tuesday Wednesday Thursday Friday Saturday".split()
)
HOURS_LINES = "".join(
    f"- {day}: 9:00 am - 12:00 noon, 2:00 pm - 6:30 pm\n" for day in ("Mon", "Tue", "Wed", "Thu", "Fri")
)
FILLER = (
    "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore "
    "magna aliqua, and so on for as long as the template of the page asks for it to be filled."
)
CARDS = "".join(
    f"### [What to know about {thing}](/advice/{thing})\n\nA short look at {thing}, how it is done, who should not "
    f"have it, and what the few trials of {thing} say about it.\n\n"
    for thing in ("cups", "needles", "oils", "baths")
)
CARDS_WITH_A_BUTTON = "".join(
    f"### What to know about {thing}\n\nA short look at {thing}, how it is done, who should not have it, and what the "
    f"few trials of {thing} say about it.\n\n[Read more](/advice/{thing})\n\n"
    for thing in ("cups", "needles", "oils", "baths")
)
MENU = "".join(f"- [All that our therapists know about {thing}](/advice/{thing})\n" for thing in "abcdefghi")


@pytest.mark.parametrize("shared", [HELP, CONTACT, HOURS_TABLE, HOURS_LINES, FILLER, CARDS, CARDS_WITH_A_BUTTON, MENU])
def test_it_makes_no_pair(shared: str) -> None:
    assert len(shared.split()) > 25
    assert not list(corpus({"a.md": f"{TEA}\n\n{shared}", "b.md": f"{FEET}\n\n{shared}"}).pairs(0.65))


OWN = (
    "If the pain keeps you from the things that you like to do, tell us at the first visit, so that we can plan the "
    "weeks ahead with you, and try the gentler ways before we think of anything else at all."
)
LINKED = (
    "If the pain keeps you [from the things](/things) that you like to do, tell us at the first visit, so that we can "
    "plan the weeks ahead with you, and try [the gentler ways](/ways) before we think of anything else at all."
)
STEPS = "".join(
    f"### Step {n}\n\nStand {n} breaths on one leg, hold on to a chair, and change legs.\n\n" for n in range(5)
)
DOSES = "Take 5 to 10 drops on 3 days, then 15 to 20 on 4 days; " * 3


@pytest.mark.parametrize("shared", [OWN, LINKED, STEPS, DOSES])
def test_what_an_article_says_itself_is_compared(shared: str) -> None:
    (pair,) = corpus({"a.md": f"{TEA}\n\n{shared}", "b.md": f"{FEET}\n\n{shared}"}).pairs(0.65)
    assert pair.passages


def test_the_first_words_of_an_article_may_stand_below_its_title_elsewhere() -> None:
    head, first = TEA.strip().split("\n\n")[:2]
    words = " ".join(first.split()[:40])
    teaser = f"## {head.lstrip('# ')}\n\n{words} …\n"
    assert not list(corpus({"a.md": TEA, "b.md": f"{FEET}\n\n{teaser}"}).pairs(0.65))
    (pair,) = corpus({"a.md": TEA, "b.md": f"{FEET}\n\n## Something else\n\n{words} …\n"}).pairs(0.65)
    assert pair.passages
