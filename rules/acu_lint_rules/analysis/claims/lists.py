"""Lists of complaints below a line that says they are treated: 'Conditions we treat', 'Reiki helps with:'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from acu_lint.api import Block, Document, measure
from acu_lint_rules.analysis.citations.index import cited
from acu_lint_rules.analysis.claims import wordings
from acu_lint_rules.analysis.claims.exemptions import Exemption
from acu_lint_rules.analysis.claims.promotion import promotes
from acu_lint_rules.analysis.claims.stance import frame, stance
from acu_lint_rules.analysis.claims.subjects import topic
from acu_lint_rules.analysis.text import layout
from acu_lint_rules.analysis.text import tags as t
from acu_lint_rules.analysis.text.lexicon import Matcher, matcher
from acu_lint_rules.analysis.text.sentence import SentenceView, english_views, in_block
from acu_lint_rules.analysis.text.tags import Tag

_FEWEST = 3  # complaints that make a list
_BARE = 7  # words of an item that only names a complaint
_LEADING = frozenset({"heading", "paragraph", "caption", "cell"})
_ASKED = frozenset({"what", "which", "who"})  # a heading that asks so is answered by its list


class Complaint(NamedTuple):
    """An item that names a complaint, with the complaint."""

    view: SentenceView
    tag: Tag


class ComplaintList(NamedTuple):
    """Complaints below ``lead``, which says that ``therapy`` treats them (empty: the offer of the page).

    ``bounded`` tells whether the lead hedges it, ``weak`` whether it says no more than "can help".
    """

    lead: SentenceView
    therapy: str
    items: Sequence[Complaint]
    bounded: bool
    weak: bool


@cache
def _treats() -> Matcher:
    return matcher("leads", "treats")


@cache
def _refuses() -> Matcher:
    return matcher("leads", "refuses")


@measure
def complaint_lists(doc: Document) -> Sequence[ComplaintList]:
    """The lists of complaints that the text says are treated, in order."""
    english = {view.block.index for view in english_views(doc)}
    runs = [run for run in dict.fromkeys(layout.runs(doc)) if run[1] - run[0] + 1 >= _FEWEST and run[0] in english]
    found = (_read(doc, leads, blocks) for first, last in runs for leads, blocks in _parts(doc, first, last))
    return tuple(one for one in found if one is not None)


def _parts(doc: Document, first: int, last: int) -> Iterator[tuple[Sequence[SentenceView], Sequence[Block]]]:
    """What may introduce a list, with its items; of a table, the head of each column with its cells."""
    blocks = doc.blocks[first : last + 1]
    if blocks[0].kind == "item":
        yield tuple(_leads(doc, doc.blocks[first - 1])) if first else (), blocks
        return
    rows: dict[int, list[Block]] = {}
    for block in blocks:
        if block.kind == "cell":
            rows.setdefault(block.group, []).append(block)
    head, *body = rows.values() or [[]]
    for column, cell in enumerate(head):
        yield in_block(doc, cell)[-1:], [row[column] for row in body if column < len(row)]


def _read(doc: Document, leads: Sequence[SentenceView], blocks: Sequence[Block]) -> ComplaintList | None:
    items = list(_complaints(doc, blocks))
    if len(items) < _FEWEST or 2 * len(items) < len(blocks):
        return None
    return next((found for lead in leads if (found := _treated(doc, lead, items)) is not None), None)


def _complaints(doc: Document, blocks: Sequence[Block]) -> Iterator[Complaint]:
    """The items that name a complaint and say nothing of it."""
    for block in blocks:
        views = in_block(doc, block)
        if len(views) != 1 or not 0 < len(views[0]) <= _BARE:
            continue
        tags = [tag for tag in views[0].tags if tag.flags & (t.CONDITION | t.OUTCOME) and not tag.flags & t.VERB]
        if tags and not any(tag.flags & (t.VERB | t.GIVE | t.COMPARATIVE) & ~t.AMBIGUOUS for tag in views[0].tags):
            yield Complaint(views[0], max(tags, key=lambda tag: bool(tag.flags & t.CONDITION)))


def _leads(doc: Document, above: Block) -> Iterator[SentenceView]:
    """The lines that may introduce a list: the last sentence above it, and the heading above that."""
    views = in_block(doc, above)
    if views:
        yield views[-1]
    if above.kind == "paragraph" and above.index and doc.blocks[above.index - 1].kind == "heading":
        yield from in_block(doc, doc.blocks[above.index - 1])[-1:]


def _treated(doc: Document, lead: SentenceView, items: Sequence[Complaint]) -> ComplaintList | None:
    if lead.kind not in _LEADING or _refuses().scan(lead.tokens):
        return None
    found = _treats().scan(lead.tokens)
    therapy = wordings.therapy(lead, lifestyle=True) or topic(doc)
    if not found or not (therapy or promotes(doc)):
        return None
    said = found[-1]
    excuses = {exempt.exemption for exempt in frame(lead)}
    if lead.tokens[0] in _ASKED and lead.kind == "heading":
        excuses.discard(Exemption.QUESTION)
    meant = stance(lead, lead.clause_number(said.first), said.first, said.last)
    if excuses or meant.exempt or cited(doc, lead.sentence):
        return None
    return ComplaintList(
        lead,
        therapy,
        tuple(items),
        bool(meant.hedges),
        bool(meant.weak or said.term.startswith("can ")),
    )
