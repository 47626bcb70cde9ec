"""What must be true of every document and of every finding, whatever the text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from acu_lint.document.document import Block, Document
from acu_lint.engine.engine import FAILED
from acu_lint.project.results import Run
from acu_lint.report import json as report
from acu_lint.rules.finding import Finding, Position

_LINE_END = re.compile(r"\r\n|\n|\r")
_BETWEEN = re.compile(r"[\s·|∙⋅‧]*")  # no part of a sentence: white space, and signs between facts
_BREAKDOWN = re.compile(r"(?<=Error)[: ].*", re.DOTALL)  # what depends on the input


class FaultError(AssertionError):
    """An invariant does not hold; ``kind`` is the same for faults that are likely to have one cause."""

    def __init__(self, kind: str, detail: str = "") -> None:
        super().__init__(f"{kind}: {detail}" if detail else kind)
        self.kind = kind


def holds(condition: object, kind: str, detail: object = "") -> None:
    """Raise ``FaultError`` unless a condition holds."""
    if not condition:
        raise FaultError(kind, str(detail)[:400])


def check_document(doc: Document) -> None:
    """Every span of a document lies in its file, and what a block says stands there."""
    text = doc.source.text
    for block in doc.blocks:
        _check_block(block, text)
    for things in (doc.images, doc.comments, doc.problems, doc.links):
        for thing in things:
            _check_range(thing.span, len(text), type(thing).__name__)
    for span in (*doc.empty_links, *doc.meta.spans.values(), doc.whole):
        _check_range(span, len(text), "span")
    for link in doc.links:
        _check_range((link.start, link.end), len(doc.blocks[link.block].text), "link in its block")


def _check_block(block: Block, text: str) -> None:
    span = block.span()
    _check_range(span, len(text), f"block {block.kind}")
    holds(block.text.strip() == block.text, "a block begins or ends with space", block)
    for word in block.words:
        start, end = block.span(word.start, word.end)
        holds(span.start <= start < end <= span.end, "a word lies outside of its block", word)
    check_sentences(block.text, [(sentence.start, sentence.end) for sentence in block.sentences])


def check_sentences(text: str, ranges: Iterable[tuple[int, int]]) -> None:
    """Sentences stand in order, begin and end with words, and leave nothing but space out."""
    last = 0
    for start, end in ranges:
        holds(last <= start < end <= len(text), "sentences overlap", (last, start, end))
        holds(_BETWEEN.fullmatch(text[last:start]), "text between sentences", text[last:start])
        holds(text[start:end].strip() == text[start:end], "a sentence begins or ends with space", text[start:end])
        last = end
    holds(_BETWEEN.fullmatch(text[last:]), "text after the last sentence", text[last:])


def _check_range(span: tuple[int, int], size: int, what: str) -> None:
    holds(0 <= span[0] <= span[1] <= size, f"{what}: outside of the text", (*span, size))


def check_findings(text: str, path: str, findings: Sequence[Finding]) -> None:
    """Every finding is where it says, findings are sorted, and no rule broke down."""
    starts = [0, *(end.end() for end in _LINE_END.finditer(text))]
    for finding in findings:
        holds(finding.rule != FAILED, _BREAKDOWN.sub("", finding.message), finding.message)
        _check_finding(text, starts, path, finding)
    for one, other in pairwise(findings):
        holds(one.sort_key <= other.sort_key, "findings are not sorted", (one.sort_key, other.sort_key))


def _check_finding(text: str, starts: Sequence[int], path: str, finding: Finding) -> None:
    rule, start, end = finding.rule, finding.start.offset, finding.end.offset
    _check_range((start, end), len(text), rule)
    holds(finding.actual == text[start:end], f"{rule}: not the words at its span", (finding.actual, text[start:end]))
    for place, lsp in zip((finding.start, finding.end), finding.lsp, strict=True):
        number, column = _check_position(starts, place, rule)
        wanted = number, len(text[place.offset - column : place.offset].encode("utf-16-le")) // 2
        holds(lsp == wanted, f"{rule}: wrong position for editors", (lsp, wanted))
    _check_excerpt(finding)
    for edit in finding.edits:
        _check_range(edit.span, len(text), f"{rule}: edit")
    for other in finding.related:
        if other.path == path:
            _check_position(starts, other.start, f"{rule}: related place")
            _check_position(starts, other.end, f"{rule}: related place")


def _check_position(starts: Sequence[int], place: Position, rule: str) -> tuple[int, int]:
    """Line and column agree with the offset; gives both, counted from 0."""
    number = sum(start <= place.offset for start in starts) - 1
    column = place.offset - starts[number]
    holds((place.line, place.column) == (number + 1, column + 1), f"{rule}: wrong line or column", place)
    return number, column


def _check_excerpt(finding: Finding) -> None:
    shown, start, end = finding.excerpt
    _check_range((start, end), len(shown), f"{finding.rule}: excerpt")
    words = shown[start:end]
    same = len(words) == len(finding.actual) and all(
        one == other or not other.isprintable() for one, other in zip(words, finding.actual, strict=True)
    )
    holds(same, f"{finding.rule}: the excerpt marks other words", (words, finding.actual))


def check_report(findings: Sequence[Finding]) -> str:
    """The JSON report is UTF-8 and reads back as what was found; gives the report."""
    made = "\n".join(report.render(Run(list(findings), files=1)))
    read = json.loads(made.encode("utf-8"))
    holds(len(read["findings"]) == len(findings), "the JSON report has other findings")
    holds([f["actual"] for f in read["findings"]] == [f.actual for f in findings], "the JSON report has other words")
    return made
