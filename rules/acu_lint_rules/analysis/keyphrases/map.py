"""The keyphrase map of an article: where its keyphrase stands, for commands that show it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from acu_lint.api import PROSE, Document
from acu_lint_rules.analysis.keyphrases.chosen import focus
from acu_lint_rules.analysis.keyphrases.phrases import Keyphrase, keyphrases, main_keyphrase, present, told
from acu_lint_rules.analysis.keyphrases.queries import queries
from acu_lint_rules.analysis.keyphrases.stuffing import family, surprise, usual_count, wording
from acu_lint_rules.analysis.keyphrases.text import text
from acu_lint_rules.analysis.page.metadata import pagemeta

OPENING = 100  # words of prose within which a reader expects the topic
_OTHERS = 5
_VARIANTS = 12


def keyphrase_map(doc: Document) -> Mapping[str, object]:
    """Map where the main keyphrase of an article stands; the values are JSON's.

    - ``keyphrase``: as declared, else in its usual wording; "" where the article has none (all counts are 0 then).
    - ``source``: declared (front matter), configured, derived (from the text), or "" where there is none.
    - ``words``: words of headings and prose, those of tables, captions, notes, references and navigation not counted.
    - ``count``: places in headings and prose, in any order and inflection; ``usual``: how many an ordinary article
      of this length has of its main phrase; ``surprise``: how far from that, in standard deviations (above 2: one
      article in fifty); ``density_percent``: share of the words that belong to the keyphrase; ``spread``: share of
      ten equal parts of the article that have it, 0 to 1; ``broken``: places that a pasted query makes of it.
    - ``in_title``, ``in_description`` (null where there is no description), ``in_opening`` (the first 100 words):
      whether two thirds of its content words are there, in any order, as ``keywords/placement`` asks.
    - ``headings``, ``alts``, ``links``: how many have all its content words, the verb of a query left aside;
      ``headings_total``, ``alts_total``, ``links_total``: of how many with a text.
    - ``by_section``: for each heading (level, and 0 with heading "" for the text above the first) its ``words`` and
      the ``count`` in it, as ``{"heading": str, "level": int, "words": int, "count": int}``, in the order of the text.
    - ``variants``: its wordings, and those of other queries for the same condition, as ``{"text": str, "count":
      int}``, the most used first, at most 12; ``variants_total``: how many there are.
    - ``others``: up to five other keyphrases of the article, as ``{"keyphrase": str, "count": int}``.
    """
    row, main = text(doc), main_keyphrase(doc)
    main = main or Keyphrase("", (), 0, declared=False, total=row.size, occurrences=())
    stems = main.stems
    source = (focus(doc).source if main.declared else "derived") if main.text else ""
    usual = usual_count(row.size, len(stems)) if stems else 0.0
    description = pagemeta(doc).description
    variants = _variants(doc, main)
    return {
        "keyphrase": main.text,
        "source": source,
        "words": row.size,
        "count": main.count,
        "usual": round(usual, 1),
        "surprise": round(surprise(main), 2),
        "density_percent": round(main.density, 2),
        "spread": main.spread,
        "broken": sum(_has(main, query.block.text[query.start : query.end]) for query in queries(doc)),
        "in_title": doc.title is not None and told(main.text, doc.title.text),
        "in_description": told(main.text, description.text) if description and description.text else None,
        "in_opening": told(main.text, opening(doc, OPENING)),
        **_counted("headings", main, [block.text for block in doc.blocks if block.kind == "heading"]),
        **_counted("alts", main, [block.text for block in doc.blocks if block.kind == "alt"]),
        **_counted("links", main, _anchors(doc)),
        "by_section": list(_sections(doc, main)),
        "variants": [{"text": words, "count": count} for words, count in variants.most_common(_VARIANTS)],
        "variants_total": len(variants),
        "others": [{"keyphrase": each.text, "count": each.count} for each in keyphrases(doc) if each is not main][
            :_OTHERS
        ],
    }


def opening(doc: Document, size: int) -> str:
    """The first ``size`` words of prose."""
    words = (word.text for block in doc.blocks if block.kind in PROSE for word in block.words)
    return " ".join(islice(words, size))


def _has(phrase: Keyphrase, words: str) -> bool:
    return present(phrase.text, words) == 1


def _counted(name: str, phrase: Keyphrase, texts: Sequence[str]) -> Mapping[str, int]:
    return {name: sum(_has(phrase, words) for words in texts), f"{name}_total": len(texts)}


def _anchors(doc: Document) -> list[str]:
    return [doc.blocks[link.block].text[link.start : link.end] for link in doc.links if link.kind == "link"]


def _variants(doc: Document, phrase: Keyphrase) -> Counter[str]:
    """The wordings of a phrase and of other queries for its condition, each as it is first written."""
    row = text(doc)
    first: dict[tuple[str, ...], str] = {}
    found: Counter[str] = Counter()
    for each in family(doc, phrase) if phrase.stems else ():
        found[first.setdefault(wording(row, each), " ".join(each.text.casefold().split()))] += 1
    return found


def _sections(doc: Document, phrase: Keyphrase) -> Iterator[Mapping[str, object]]:
    """Words and places of each section."""
    counts = Counter(each.block.index for each in phrase.occurrences)
    heading, level, words, count = "", 0, 0, 0
    counted = {block.index for block in text(doc).blocks}
    for block in doc.blocks:
        if block.kind == "heading":
            if words or level:
                yield {"heading": heading, "level": level, "words": words, "count": count}
            heading, level, words, count = block.text.strip(), block.level, 0, 0
        if block.index in counted:
            words += len(block.words)
            count += counts[block.index]
    if words or level:
        yield {"heading": heading, "level": level, "words": words, "count": count}
