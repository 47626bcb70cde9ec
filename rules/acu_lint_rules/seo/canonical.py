"""seo/canonical: a page that is a copy does not say where the original is, or says it with tracking codes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from acu_lint.api import CANONICAL_KEYS, Document, Edit, Hit, Severity, Span, plain_key
from acu_lint_rules.analysis.citations.index import in_references
from acu_lint_rules.analysis.page.metadata import pagemeta
from acu_lint_rules.analysis.text.patterns import lazy
from acu_lint_rules.analysis.text.rare_phrases import blocks_with

_ADDRESS = lazy(r"https?://[^\s\"'<>]+|/[^\s\"'<>]*", re.IGNORECASE)
_TRACKING = lazy(r"(?:utm_\w+|fbclid|gclid|gbraid|wbraid|msclkid|mc_cid|mc_eid|igshid)(?:=[^&#]*)?", re.IGNORECASE)
_COPIED = lazy(
    r"\b(?:(?:this|the)\s(?:article|post|piece|text)\s(?:was\s)?)?(?:originally|first)\s(?:published|appeared|posted)\s"
    r"(?:on|in|at|by)\b|\brepublished\s(?:from|with)\b|\breprinted\s(?:from|with)\b|来源\s?[:：]",
    re.IGNORECASE,
)
_WORDS = frozenset({"originally", "first", "republished", "reprinted", "来源"})  # one of them is in what it finds
_READ = frozenset({"paragraph", "item", "caption", "quote", "heading"})


def check(doc: Document) -> Iterator[Hit]:
    """Find a copied page without a canonical address, and a canonical address with tracking codes.

    The codes (``utm_...`` and those of advertisers) can be taken out: what they lead to is the same page.
    """
    page = pagemeta(doc)
    if hit := tracked(doc):
        yield hit
    elif not page.canonical and not page.noindex and not page.partial:
        yield from _copied(doc)


def tracked(doc: Document) -> Hit | None:
    """Report the tracking codes of the canonical address, with the edit that takes them out."""
    declared = _declared(doc)
    return _without_codes(*declared) if declared else None


def _declared(doc: Document) -> tuple[str, Span] | None:
    """The canonical address, as the source has it, with its place."""
    for key, span in doc.meta.spans.items():
        if plain_key(key.rpartition(".")[2]) in CANONICAL_KEYS:
            match = _ADDRESS.search(doc.source.text, span.start, span.end)
            if match:
                return match.group(), Span(*match.span())
    return None


def _without_codes(address: str, span: Span) -> Hit | None:
    entity = "&amp;" in address
    path, question, query = address.replace("&amp;", "&").partition("?")
    query, hash_, fragment = query.partition("#")
    parts = query.split("&") if question else []
    kept = [part for part in parts if not _TRACKING.fullmatch(part)]
    if len(kept) == len(parts):
        return None
    clean = path + ("?" + "&".join(kept) if kept else "") + hash_ + fragment
    if entity:
        clean = clean.replace("&", "&amp;")
    return Hit(span, {"match": address}, "tracking", Severity.WARNING, (clean,), (Edit(span, clean),))


def _copied(doc: Document) -> Iterator[Hit]:
    """Report the first line that says that the text was published elsewhere first."""
    for block, _ in blocks_with(doc, _WORDS):
        if block.kind in _READ and _COPIED.search(block.text) and not in_references(doc, block):
            yield Hit(block.span(), {"match": block.text.strip()}, severity=Severity.INFO)
            return
