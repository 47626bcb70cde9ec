"""keywords/placement: a chosen keyphrase is missing where readers expect the topic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from acu_lint.api import Document, Hit
from acu_lint_rules.analysis.keyphrases.chosen import focus
from acu_lint_rules.analysis.keyphrases.map import opening
from acu_lint_rules.analysis.keyphrases.phrases import told
from acu_lint_rules.analysis.page.metadata import pagemeta
from acu_lint_rules.analysis.text.templates import has_template


def check(doc: Document, *, words: int = 100, synonyms: tuple[str, ...] = ()) -> Iterator[Hit]:
    """Report a keyphrase that the title, the first ``words`` words or the description do not have.

    Two thirds of its content words are enough, in any order and inflection. Any of the chosen phrases or of the
    ``synonyms`` will do. A place that a template fills is not known.
    """
    chosen = focus(doc)
    page = pagemeta(doc)
    if not chosen.phrases or page.partial:
        return
    wanted = (*chosen.phrases, *synonyms)
    titles = [block.text for block in doc.blocks if block.kind == "title" or block is doc.title]
    places = [
        ("title", " ".join([*titles, page.head_title.text if page.head_title else ""])),
        (f"first {words} words", opening(doc, words)),
        ("description", page.description.text if page.description else ""),
    ]
    missing = [name for name, text in places if text.strip() and not has_template(text) and not _has(wanted, text)]
    if missing:
        data = {"phrase": chosen.phrases[0], "places": _listed(missing), "missing": missing, "source": chosen.source}
        yield Hit(doc.whole, data)


def _has(phrases: Iterable[str], text: str) -> bool:
    return any(told(phrase, text) for phrase in phrases)


def _listed(names: list[str]) -> str:
    """'the title', 'the title or the description', 'the title, the first 100 words or the description'."""
    parts = [f"the {name}" for name in names]
    return " or ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]
