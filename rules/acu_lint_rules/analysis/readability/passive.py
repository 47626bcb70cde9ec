"""Passive verbs: a form of "be" or "get" and the participle of what somebody else does."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from acu_lint.api import Block
from acu_lint_rules.analysis.text.inflection import irregular_participles
from acu_lint_rules.analysis.text.lexicon import terms

_BE = frozenset(("is", "are", "was", "were", "be", "been", "being"))
_GET = frozenset(("get", "gets", "got", "getting"))
_FORMS = _BE | _GET
_DEGREE = frozenset(("more", "most"))  # before an adjective: "is more relaxed"
_REACH = 3  # adverbs between the two


@cache
def _list(section: str) -> frozenset[str]:
    return frozenset(terms("participles", section))


def passives(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the passive verbs among folded words: the form of "be", and the word after the participle.

    Adjectives ("is located", "is interested", "is unlisted", "is more relaxed") are none, and where "by" follows the
    reader is told who does it.
    """
    for at in [number for number, word in enumerate(words) if word in _FORMS]:
        for index in range(at + 1, min(at + 2 + _REACH, len(words))):
            word = words[index]
            if _is_participle(word):
                idiom = words[at] in _GET and word in _list("after_get")
                if not idiom and words[index - 1] not in _DEGREE and words[index + 1 : index + 2] != ("by",):
                    yield at, index + 1
                break
            if not word.endswith("ly") and word not in _list("between"):
                break


def _is_participle(word: str) -> bool:
    ends = word.endswith("ed") and "-" not in word and not _denies(word)
    return (ends or word in irregular_participles()) and word not in _list("adjectives")


def _denies(word: str) -> bool:
    """Whether a word in -ed says what was not done ("untreated"), as only adjectives do."""
    return word.startswith("un") and not word.startswith(("under", "uni"))


def passive_sentences(block: Block) -> list[tuple[int, int, int]]:
    """The first passive verb of each sentence of a block: the sentence's number, and the verb's range of words."""
    words = block.folded
    if _FORMS.isdisjoint(words):
        return []
    found: dict[int, tuple[int, int, int]] = {}
    for first, last in passives(words):
        number = bisect_right(block.bounds, first) - 1
        if last <= block.bounds[number + 1]:
            found.setdefault(number, (number, first, last))
    return list(found.values())
