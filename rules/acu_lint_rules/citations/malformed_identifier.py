"""Identifiers of works and trials that cannot be right."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from acu_lint.api import PROSE, Block, Document, Hit, Link, Severity
from acu_lint_rules.analysis.malformed import Fault, Reader, find, in_address, readers

_SEVERITY = {"invented": Severity.ERROR, "doi_old": Severity.INFO, "gap": Severity.INFO}


def check(doc: Document) -> Iterator[Hit]:
    """Report wrong identifiers in the text and in link addresses, one per place."""
    found = readers(doc)
    for block in doc.blocks if found else ():
        if block.kind in PROSE or block.kind in {"heading", "title", "description"}:
            links = doc.links_by_block.get(block.index, ())
            taken: list[tuple[int, int]] = []
            for fault in find(found, block.text):
                taken.append((fault.start, fault.end))
                yield _hit(block, fault, block.text[fault.start : fault.end])
            taken.sort()
            for link in links:
                at = bisect_left(taken, (link.end, 0))  # faults do not overlap
                if not at or taken[at - 1][1] <= link.start:
                    yield from _in_link(found, block, link)


def _in_link(found: tuple[Reader, ...], block: Block, link: Link) -> Iterator[Hit]:
    target = link.target.strip()
    for fault in in_address(found, target):
        if link.kind == "link" and link.end > link.start:
            yield _hit(
                block, fault._replace(start=link.start, end=link.end), target[fault.start : fault.end], linked=True
            )
        return


def _hit(block: Block, fault: Fault, match: str, *, linked: bool = False) -> Hit:
    return Hit(
        block.span(fault.start, fault.end),
        {"match": match, "kind": fault.kind, "better": fault.better},
        message=fault.form,
        severity=_SEVERITY.get(fault.form),
        expected=(fault.better,) if fault.better and not linked else (),
    )
