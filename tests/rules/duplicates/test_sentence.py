"""Sentences that one page says again and again."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acu_lint.rules.finding import Hit, Severity
from acu_lint_rules.duplicates.sentence import check
from tests.articles import FEET
from tests.conftest import document

SAID = "Every one of our plans is made for the person who comes in"


def hits(text: str, path: str = "a.md") -> list[Hit]:
    return list(check(document(text, path)))


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["\r\n\r\n", "\n\n# A heading\n\n", "\n\n😀 ", "\n\nN\u0303o. ", " So. "]), max_size=12),
    st.sampled_from(["a.md", "a.txt", "a.mdx"]),
)
def test_every_place_is_counted_and_marked_exactly(between: list[str], path: str) -> None:
    text = f"{SAID}." + "".join(f"{gap}{SAID.upper()}!" for gap in between)
    found = hits(text, path)
    if len(between) < 2:
        assert not found
        return
    (hit,) = found
    places = sorted([hit.span, *(place.span for place in hit.related)])
    assert hit.data["count"] == len(places) == len(between) + 1
    assert {text[slice(*place)].lower() for place in places} == {SAID.lower()}
    assert hit.span == places[1]


@pytest.mark.parametrize(("times", "severity"), [(3, Severity.INFO), (4, Severity.INFO), (7, Severity.WARNING)])
def test_seven_times_is_a_warning(times: int, severity: Severity) -> None:
    (hit,) = hits("\n\n".join(f"Part {n} is about feet. {SAID}." for n in range(times)))
    assert (hit.severity, hit.data["count"]) == (severity, times)


@pytest.mark.parametrize("text", ["", "x", "x" * 1_000_000, FEET, "yes " * 100_000, f"{SAID} " * 50])
def test_what_has_no_such_sentence(text: str) -> None:
    assert not hits(text)


def test_a_page_of_nothing_else_takes_linear_time() -> None:
    start = time.process_time()
    (hit,) = hits(f"{SAID}. " * 5_000)
    assert hit.data["count"] == 5_000
    assert time.process_time() - start < 5  # seconds; it takes half of one
