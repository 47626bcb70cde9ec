"""``readability/wall-of-text``: a long run of prose without a heading, list, table or image."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate

from acu_lint.api import Block, Document, Hit, Severity
from acu_lint_rules.analysis.citations.own_voice import paragraphs
from acu_lint_rules.analysis.page.audience import Audience, audience_of
from acu_lint_rules.analysis.page.kind import is_article

_NO_BREAK = frozenset({"paragraph", "footnote"})
_WORD = 2  # characters, at least
_WORDS = 4  # of a paragraph, shown to say where a heading could go


def check(doc: Document, *, audience: Audience = "general", limit: int = 300, warning: int = 450) -> Iterator[Hit]:
    """Yield the first sentence of each run of paragraphs of more than ``limit`` words between two breaks of the page.

    More than ``warning`` words are a warning in texts for patients. A heading, list, table, quotation or image is a
    break; references, legal text and conversations do not count, and a single paragraph is not a run.
    """
    if not is_article(doc):
        return
    strict = Severity.WARNING if audience_of(doc, audience) == "patients" else Severity.INFO
    for run in _runs(doc):
        if len(run) == 1 or sum(len(block.text) for block in run) <= _WORD * limit:
            continue
        total = sum(len(block.folded) for block in run)
        if total > limit:
            before = " ".join(_middle(run, total).text.split()[:_WORDS])
            severity = strict if total > warning else Severity.INFO
            yield Hit(run[0].sentences[0].span(), {"words": total, "limit": limit, "before": before}, severity=severity)


def _runs(doc: Document) -> Iterator[list[Block]]:
    """The paragraphs that follow each other without a break, in groups."""
    images = sorted(image.span.start for image in doc.images)
    run: list[Block] = []
    own = {block.index for block in paragraphs(doc)}
    for block in doc.blocks:
        if block.kind not in _NO_BREAK or (run and _image_between(images, run[-1], block)):
            if run:
                yield run
            run = []
        if block.index in own:
            run.append(block)
    if run:
        yield run


def _image_between(images: list[int], one: Block, other: Block) -> bool:
    if not images:
        return False
    at = bisect_left(images, one.span().start)
    return at < len(images) and images[at] < other.span().start


def _middle(run: list[Block], total: int) -> Block:
    """The paragraph nearest to the middle of a run, where a heading would halve it."""
    starts = accumulate(len(block.folded) for block in run)  # where each but the first starts
    return min(zip(run[1:], starts, strict=False), key=lambda pair: abs(2 * pair[1] - total))[0]
