"""``readability/grade``: the article as a whole is harder to read than health guidance asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from acu_lint.api import Document, Hit, Related, Severity
from acu_lint_rules.analysis import readability

_AUDIENCE_KEYS = ("audience", "target_audience", "targetAudience", "reader", "readers")
_PROFESSIONALS = re.compile(
    r"\b(?:professional|clinician|practitioner|provider|physician|doctor|nurse|therapist|acupuncturist|pharmacist"
    r"|researcher|scientist|academic|specialist|hcp)s?\b|\bmedicalaudience\b",
    re.I,
)
GRADED_WORDS = 100  # a shorter text has no reading grade worth telling
_SMOG_SENTENCES = 30  # McLaughlin's formula was made for samples of 30 sentences
_LONG = 17  # words per sentence from which shorter sentences are the first thing to try
_HARDEST_WORDS = 8  # a shorter sentence is not what makes a text hard


def check(  # noqa: PLR0913 -- one parameter per option
    doc: Document,
    *,
    info: float = 8.0,
    warning: float = 10.5,
    error: float = 16.0,
    words: int = GRADED_WORDS,
    familiar: tuple[str, ...] = (),
) -> Iterator[Hit]:
    """Yield one hit where the Flesch-Kincaid grade is above ``info``.

    ``info``, ``warning`` and ``error`` are the grades above which the finding has that severity; articles of fewer
    than ``words`` words are left alone, as are those for professionals and those in other languages. Words that the
    subject cannot do without and that every reader knows can be named as ``familiar``: they count as one syllable.
    """
    made = readability.counts(doc)
    if made.words < words:
        return
    made = readability.with_familiar(made, familiar)
    grade = readability.grade_of(made)
    if grade <= min(info, warning, error) or _for_professionals(doc):
        return
    severity = Severity.ERROR if grade > error else Severity.WARNING if grade > warning else Severity.INFO
    data: dict[str, object] = {
        "grade": round(grade, 1),
        "ease": round(readability.flesch_reading_ease(doc)),
        "words": made.words,
        "sentences": made.sentences,
        "words_per_sentence": round(made.words / made.sentences, 1),
        "hard_words": round(100 * made.polysyllables / made.words),
    }
    if made.sentences >= _SMOG_SENTENCES:
        data["smog"] = round(readability.smog_index(doc), 1)
    message = "default" if made.words > _LONG * made.sentences else "words"
    yield Hit(doc.whole, data, message, severity, related=_hardest(made))


def _for_professionals(doc: Document) -> bool:
    values = (doc.meta.data.get(key) for key in _AUDIENCE_KEYS)
    return any(_PROFESSIONALS.search(str(value)) for value in values if value)


def _hardest(made: readability.Counts) -> tuple[Related, ...]:
    """The sentence with the highest grade of its own."""
    rows = [row for row in made.rows if len(row.words) >= _HARDEST_WORDS * row.sentences]
    if not rows:
        return ()
    graded = [(readability.grade_of(readability.count_lines((row,))), row) for row in rows]
    grade, row = max(graded, key=lambda pair: pair[0])
    message = f"the hardest sentence: {len(row.words)} words, grade {grade:.0f}"
    return (Related(row.sentence.span(), message),)
