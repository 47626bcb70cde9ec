"""``readability/long-sentence``: a sentence with more words than a reader can follow."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from acu_lint.api import Document, Hit, Sentence, Severity, Word
from acu_lint_rules.analysis.citations.own_voice import aside, mostly_quoted
from acu_lint_rules.analysis.page.audience import TARGETS, Audience, audience_of
from acu_lint_rules.analysis.page.kind import is_article
from acu_lint_rules.analysis.readability import counts
from acu_lint_rules.analysis.text.layout import is_ended
from acu_lint_rules.analysis.text.patterns import lazy

_KINDS = frozenset({"paragraph", "item"})
_URL = lazy(r"(?:https?://|www\.)\S+")
_LEFT_OUT = ("(", "[", "://", "www.")  # what stands in what may not count
_BRACKET = lazy(r"[(\[]([^()\[\]]{0,300})[)\]]")
_YEAR = lazy(r"\b(?:19|20)\d\d")
_GLOSS = 3  # words in brackets that name a term, such as "(rapid heartbeat)"
_REFERENCE = lazy(r"\b(?:19|20)\d\d\s?;\s?\d|\bdoi\b|\bPMID\b|\bPMC\d|\bISBN\b|\bet al\b.{0,200}\b(?:19|20)\d\d", re.I)
_LEGAL = lazy(
    r"\bnot (?:intended|meant|designed) (?:to|as|for)\b|\bsubstitute for\b.{0,60}\b(?:advice|care|diagnosis)"
    r"|\bfood and drug administration\b.{0,80}\bevaluated|\bevaluated by the (?:food|fda)\b"
    r"|\b(?:liab(?:le|ility)|warrant(?:y|ies)|indemnif\w+|copyright|all rights reserved|terms of|governed by)\b",
    re.I,
)
# Where a second sentence could begin.
_JOINT = lazy(
    r";|\s?[—–]\s?|\s--?\s"
    r"|, (?:but|so|yet|which|who|while|whereas|because|although|as|making|helping|allowing"
    r"|and (?:it|they|we|you|he|she|this|these|that|there|then|the|a|an|your|our|most|many|some|people|if|when))\b"
)
_MARKER = lazy(r"\[\d{1,3}\]")
_LIST_COMMAS = 5
_MARKUP = " \t>*_[`"  # in front of a line
_SHORT = 50  # characters of a line: prose is wrapped later


def check(
    doc: Document,
    *,
    audience: Audience = "general",
    limit: int | None = None,
    warning: int | None = None,
    error: int | None = None,
) -> Iterator[Hit]:
    """Yield one hit per sentence of more than ``limit`` words: a note, or a warning for patients.

    One of more than ``warning`` words is a warning for everyone. What is not given follows from ``audience`` (see
    ``TARGETS``), which the article itself may declare. None is an error unless ``error``, in words, is given: a long
    sentence is no reason not to publish.
    A hyphenated word is one word, words joined by a dash are two; addresses, sources and short explanations in
    brackets do not count. Quotations, references, lists of names, legal text and lists run into a paragraph are left
    alone, as are headings, tables and articles in other languages.
    """
    if not is_article(doc):
        return
    who = audience_of(doc, audience)
    target = TARGETS[who]
    limit, warning = limit or target.sentence, warning or target.long
    mild = Severity.WARNING if who == "patients" else Severity.INFO
    for block in doc.blocks:
        # 31 words of prose have at least 90 characters
        if block.kind not in _KINDS or len(block.text) <= 3 * limit:
            continue
        for sentence, first, last in zip(block.sentences, block.bounds, block.bounds[1:], strict=False):
            if last - first > limit:
                size, named = _measured(sentence, last - first)
                if size > limit and not named and not _exempt(doc, sentence):
                    severity = mild if size <= warning else Severity.WARNING
                    severity = Severity.ERROR if error and size > error else severity
                    yield _hit(sentence, {"words": size, "limit": limit}, severity)


def _measured(sentence: Sentence, size: int) -> tuple[int, bool]:
    """How many of the words of a sentence count, and whether half of those begin with a capital: names."""
    text = sentence.text
    whole = not any(mark in text for mark in _LEFT_OUT) and len(counts.parts(sentence)) == 1
    if whole and 2 * sum(map(str.isupper, text)) < size:  # most are, and their words need not be made
        return size, False
    words = _longest(sentence)
    return len(words), 2 * sum(word.text[0].isupper() for word in words) >= len(words)


def _longest(sentence: Sentence) -> Sequence[Word]:
    """The words that count; of the longest part where the sentence holds several."""
    text = _BRACKET.sub(_blank_bracket, _URL.sub(_blank, sentence.text))
    words = [word for word in sentence.words if text[word.start - sentence.start] != " "]
    cuts = [bisect_left(words, sentence.start + end, key=lambda word: word.start) for _, end in counts.parts(sentence)]
    return max((words[first:last] for first, last in pairwise([0, *cuts])), key=len)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _blank_bracket(match: re.Match[str]) -> str:
    inner = match[1]
    return _blank(match) if len(inner.split()) <= _GLOSS or _YEAR.search(inner) else match.group()


def _exempt(doc: Document, sentence: Sentence) -> bool:
    text, block = sentence.text, sentence.block
    return (
        (block.kind == "paragraph" and not is_ended(sentence))  # no sentence: a list or table run together
        or mostly_quoted(text)
        or bool(_REFERENCE.search(text) or _LEGAL.search(text))
        or block.index in aside(doc)
        or _is_lines(doc, sentence)
    )


def _is_lines(doc: Document, sentence: Sentence) -> bool:
    """Whether it is no sentence but lines, each with a capital; the first one short if there are but two.

    Prose that is wrapped by hand begins a line with a capital now and then, not each one.
    """
    first, *others = (line.strip(_MARKUP) for line in doc.source.text[slice(*sentence.span())].splitlines())
    return all(line[:1].isupper() for line in others) and (len(others) > 1 or (bool(others) and len(first) <= _SHORT))


def _hit(sentence: Sentence, data: dict[str, object], severity: Severity) -> Hit:
    text = sentence.text
    plain = _BRACKET.sub("", text)
    if plain.count(",") + plain.count(";") >= _LIST_COMMAS:
        return Hit(sentence.span(), data, "list", severity)
    joints = [match.start() for match in _JOINT.finditer(text)]
    joint = min(joints, key=lambda at: abs(2 * at - len(text)), default=0)
    if not len(text) < 5 * joint < 4 * len(text):
        return Hit(sentence.span(), data, "plain", severity)
    data["before"] = " ".join(_MARKER.sub("", text[joint:]).lstrip(",;—–- ").split()[:4])
    return Hit(sentence.span(), data, severity=severity)
