"""What the keyword rules look at first saves time and no more: without it the findings are the same."""

from __future__ import annotations

from contextlib import ExitStack
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from acu_lint.api import Document
from acu_lint_rules.analysis.keyphrases import overuse, phrases
from acu_lint_rules.analysis.keyphrases import stuffing as measures
from acu_lint_rules.analysis.keyphrases.text import AT_LEAST, is_content, text
from acu_lint_rules.copy import _damage
from acu_lint_rules.keywords import heading_stuffing, location_list, pasted_query, stuffing
from tests.conftest import document

_WORDS = (
    "acupuncture massage clinic treatment for of in near me the best cheap back pain sciatica our we you helps heal "
    "others other Leeds Bradford Hull York Ripon, Selby, Otley, Goole, serving from"
).split()
_LINES = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=9).map(" ".join)
_TEXTS = st.builds(
    lambda lines, ends, times: "\n\n".join(f"{line}{end}" for line, end in zip(lines * times, ends * 99, strict=False)),
    st.lists(_LINES, min_size=1, max_size=5),
    st.lists(st.sampled_from([".", "?", "", ", and so on."]), min_size=1, max_size=3),
    st.integers(1, 12),
)
_HEADED = _TEXTS.map(lambda text: text.replace("acupuncture", "\n\n## Acupuncture for back pain"))


def _findings(text: str) -> list[object]:
    doc: Document = document(text)
    rules = (stuffing.check, pasted_query.check, location_list.check, heading_stuffing.check)
    return [(hit.span, dict(hit.data), hit.message, hit.severity) for rule in rules for hit in rule(doc)]


@given(st.one_of(_TEXTS, _HEADED))
@settings(max_examples=60, deadline=None)
def test_keyword_rules_find_the_same_without_shortcuts(text: str) -> None:
    """A text is looked at in full where a cheap test says that nothing can be there."""
    quick = _findings(text)
    with ExitStack() as stack:
        for module, name in (
            (overuse, "_may_fill"), (measures, "_offers_often"), (location_list, "_may_list"),
        ):  # fmt: skip
            stack.enter_context(patch.object(module, name, lambda *_: True))
        assert _findings(text) == quick


@given(st.lists(st.sampled_from("pain back for the clinic massage best".split()), max_size=60))
@settings(max_examples=60, deadline=None)
def test_repeated_rows_are_those_that_counting_all_finds(words: list[str]) -> None:
    """Rows of two to six words that stand three times and begin and end with a telling word."""
    row = text(document(" ".join(words)))
    counted: dict[tuple[str, ...], list[int]] = {}
    for size in range(2, phrases.LONGEST + 1):
        for at in range(len(row.stems) - size):
            counted.setdefault(tuple(row.stems[at : at + size]), []).append(at)
    expected = {
        gram: places
        for gram, places in counted.items()
        if len(places) >= AT_LEAST and is_content(gram[0]) and is_content(gram[-1]) and all(gram)
    }
    assert phrases._grams(row) == expected


def test_broken_words_do_not_depend_on_what_was_read_before() -> None:
    """A page has the same findings whether its words were met on other pages or not."""
    broken, whole = "The acupunture points adnces health.", "A treatment advances health."
    first = [left.span for left in _damage.damage(document(f"{broken}\n\n{whole}"))]
    _damage._SOUND.clear()
    list(_damage.damage(document(whole)))
    assert [left.span for left in _damage.damage(document(f"{broken}\n\n{whole}"))] == first
