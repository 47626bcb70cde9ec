"""The places in a page that a link can lead to."""

from __future__ import annotations

from urllib.parse import unquote

from acu_lint.api import Document, measure
from acu_lint_rules.analysis.text.patterns import lazy

_ANCHOR = lazy(r"\b(?:id|name)\s{0,2}=\s{0,2}[\"'{`]{0,2}([^\"'`\s>}]{1,200})|\{:?\s{0,2}#([\w:.-]{1,200})")
_SIGNS = lazy(r"[\W_]+")


def squashed(name: str) -> str:
    """An anchor as it is compared: the ways in which sites make them differ in signs and case only."""
    return _SIGNS.sub("", unquote(name)).lower()


@measure
def headings(doc: Document) -> frozenset[str]:
    """Collect the anchors that the headings make."""
    return frozenset(squashed(block.text) for block in doc.blocks if block.kind == "heading")


@measure
def anchors(doc: Document) -> frozenset[str]:
    """Collect the names of the places in a page: its headings, its ids, its notes."""
    names = {squashed(match[1] or match[2]) for match in _ANCHOR.finditer(doc.source.text)}
    for block in doc.blocks:
        if block.kind == "footnote":
            names.update(squashed(prefix + block.label) for prefix in ("fn", "fnref", "", "user-content-fn-"))
    return headings(doc) | names
