"""``readability/grade``: the article as a whole is harder to read than health guidance asks for."""

from __future__ import annotations

from collections.abc import Iterator

from acu_lint.api import Document, Hit, Related, Severity
from acu_lint_rules.analysis.page.audience import TARGETS, Audience, audience_of
from acu_lint_rules.analysis.page.kind import is_article
from acu_lint_rules.analysis.readability import counts
from acu_lint_rules.analysis.readability.sections import hardest

GRADED_WORDS = 100  # a shorter text has no reading grade worth telling
_SMOG_SENTENCES = 30  # McLaughlin's formula was made for samples of 30 sentences
_LONG = 17  # words per sentence from which shorter sentences are the first thing to try
_ASKED = {"patients": ("patients", "6"), "general": ("the public", "6 to 8")}  # of health texts, for whom


def check(  # noqa: PLR0913 -- one parameter per option
    doc: Document,
    *,
    audience: Audience = "general",
    info: float | None = None,
    warning: float | None = None,
    error: float | None = None,
    words: int = GRADED_WORDS,
    familiar: tuple[str, ...] = (),
) -> Iterator[Hit]:
    """Yield one hit where the Flesch-Kincaid grade is above ``info``.

    ``info``, ``warning`` and ``error`` are the grades above which the finding has that severity. Where the first two
    are not given they follow from ``audience`` (see ``TARGETS``), which the article itself may declare; no grade is an
    error unless ``error`` is given: a text that is hard to read may be published. Articles of fewer
    than ``words`` words are left alone, as are those for professionals and those in other languages. Words that the
    subject cannot do without and that every reader knows can be named as ``familiar``: they count as one syllable.
    """
    if not is_article(doc):
        return
    who = audience_of(doc, audience)
    if who == "professionals":
        return
    made = counts.counts(doc)
    if made.words < words:
        return
    made = counts.with_familiar(made, familiar)
    grade = counts.grade_of(made)
    target = TARGETS[who]
    info, warning = info or target.info, warning or target.warning
    if grade <= min(info, warning, error or warning):
        return
    severity = Severity.ERROR if error and grade > error else Severity.WARNING if grade > warning else Severity.INFO
    data: dict[str, object] = {
        "grade": round(grade, 1),
        "readers": _ASKED[who][0],
        "asked": _ASKED[who][1],
        "ease": round(counts.flesch_reading_ease(doc)),
        "words": made.words,
        "sentences": made.sentences,
        "words_per_sentence": round(made.words / made.sentences, 1),
        "hard_words": round(100 * made.polysyllables / made.words),
    }
    if made.sentences >= _SMOG_SENTENCES:
        data["smog"] = round(counts.smog_index(doc), 1)
    message = "default" if made.words > _LONG * made.sentences else "words"
    yield Hit(doc.whole, data, message, severity, related=_related(made))


def _related(made: counts.Counts) -> tuple[Related, ...]:
    """The sentence with the highest grade of its own."""
    return tuple(
        Related(row.sentence.span(), f"the hardest sentence: {len(row.words)} words, grade {grade:.0f}")
        for grade, row in hardest(made, 1)
    )
