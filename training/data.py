"""Labelled text, as the reader sees it today.

Rows of labels name a file and a range of code points. Here the files are parsed with the parsers of today, and each
row is given to the sentence that shares most of it; what shares less than half is left out. So labels outlive changes
of the splitter. The format of the files is described in ``README.md``.
"""

from __future__ import annotations

import datetime
import gzip
import json
import tarfile
import tempfile
import zlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made_by
from pathlib import Path
from typing import Any

from acu_lint import CORE
from acu_lint.document.document import Document
from acu_lint.document.source import Span
from acu_lint.engine.engine import Engine, Settings
from acu_lint.parse import parse
from acu_lint.rules.finding import Finding, Severity
from acu_lint.rules.registry import Registry
from acu_lint_rules.analysis.reader.features import context, rows
from acu_lint_rules.analysis.reader.model import KINDS
from acu_lint_rules.analysis.reader.reading import is_about
from acu_lint_rules.analysis.reader.stance import vetoed
from acu_lint_rules.analysis.text.sentence import SentenceView, english_views

SURE = 0.75  # from this value on a label counts as given; what lies between 0 and this is neutral
CODES = {
    "efficacy": "E", "mechanism": "M", "absolute": "A", "safety": "S", "comparative": "C", "testimonial": "T",
    "promise": "P", "replaces-care": "X", "fear": "F", "vague-source": "V", "unsourced-statistic": "U", "puffery": "B",
}  # fmt: skip
FINE = {"hedged": "H", "cited": "Z", "denied": "G", "ordinary": "O"}
_CLAIM = "".join(CODES[kind] for kind in KINDS)
_TEACHER = {"claim": "claim"}  # the teacher's names of groups; of the others its codes
_RULES = {
    "claim": "claims/", "vague-source": "citations/vague-source",
    "unsourced-statistic": "citations/unsourced-statistic", "puffery": "copy/puffery",
}  # fmt: skip
_WHOLE = frozenset({"claims/coverage", "claims/supplement-disclaimer"})  # about pages, not about sentences
_TODAY = datetime.date(2026, 11, 29)  # the day of the labels


@dataclass
class Example:
    """One sentence with what is known of it: labels of people's kind, the teacher's, or both.

    ``rows`` are the rows of its features, ``found`` the most severe finding of the rules alone by label, ``vetoed``
    whether the analysis hears a hedge, question, denial or citation, ``teacher`` probabilities by code, one table for
    each fold that it may be used in (-1: where all sites are learnt from).
    """

    site: str
    field: str
    page: str
    number: int
    real: bool
    dev: bool
    text: str
    rows: Sequence[int]
    found: Mapping[str, Severity]
    vetoed: bool
    labels: dict[str, float] | None = None
    teacher: dict[int, dict[str, float]] = made_by(default_factory=dict)
    scored: bool = True

    def value(self, codes: str) -> float | None:
        """1 where one of some codes is given, 0 where none is, None where it is in doubt."""
        best = max((self.labels.get(code, 0.0) for code in codes), default=0.0) if self.labels is not None else 0.5
        return 1.0 if best >= SURE else 0.0 if best == 0 else None

    def target(self, label: str) -> float | None:
        """``value`` for a label of the reader."""
        return self.value(codes_of(label))

    def taught(self, label: str, fold: int) -> float | None:
        """What the teacher says about a label, as far as it may be used in a fold."""
        said = self.teacher.get(fold)
        return None if said is None else said.get(_TEACHER.get(label, codes_of(label)), 0.0)


def codes_of(label: str) -> str:
    """The codes that make up a label of the reader."""
    return _CLAIM if label == "claim" else CODES[label]


def fold_of(site: str, folds: int) -> int:
    """The fold that a site is in: the same whatever else is in the data."""
    return zlib.crc32(site.encode()) % folds


def load(folder: Path, teachers: Path | None = None) -> list[Example]:
    """The labelled and the unlabelled sentences of a folder.

    ``teachers`` holds a ``teacher-K.jsonl.gz`` for each fold K, made without the sites of that fold; what they say is
    used in that fold only. The folder's own ``teacher.jsonl.gz``, which may have seen all sites, is used where all
    sites are learnt from, and in no fold.
    """
    said: dict[str, dict[int, dict[str, float]]] = defaultdict(dict)
    for row in _read(folder / "teacher.jsonl.gz"):
        said[row["id"]][-1] = row["p"]
    for path in sorted(teachers.glob("teacher-*.jsonl.gz")) if teachers else ():
        fold = int(path.name.removeprefix("teacher-").removesuffix(".jsonl.gz"))
        for row in _read(path):
            said[row["id"]][fold] = row["p"]
    by_file: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for name in ("labelled", "unlabelled"):
        for row in _read(folder / f"{name}.jsonl.gz"):
            by_file[row["file"]].append(row)
    engine = rules_alone()
    with tempfile.TemporaryDirectory() as unpacked:
        with tarfile.open(folder / "pages.tar.gz") as tar:
            tar.extractall(unpacked, filter="data")
        root = Path(unpacked, "pages")
        return [example for file in sorted(by_file) for example in _of_file(root, file, by_file[file], engine, said)]


def rules_alone() -> Engine:
    """The rules of the pack without the reader."""
    registry = Registry()
    registry.add_package(CORE, CORE)
    wanted = frozenset(rule for rule in registry.cards if rule.startswith(tuple(_RULES.values())))
    return Engine(registry, Settings(wanted, shared={"reader": False}))


def _read(path: Path) -> Iterator[dict[str, Any]]:
    if path.exists():
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def _of_file(
    root: Path, file: str, given: list[dict[str, Any]], engine: Engine,
    said: Mapping[str, dict[int, dict[str, float]]],
) -> Iterator[Example]:  # fmt: skip
    """The examples of a file: the page itself where it is there, else its sentences as paragraphs of a text."""
    if given[0]["page"]:
        text = (root / file).read_bytes().decode("utf-8", "replace")
    else:
        file, text = f"{file}.txt", _put_together(given)
    doc = parse(file, text, today=_TODAY)
    views = list(english_views(doc))
    starts = [view.sentence.span().start for view in views]
    found = _findings(engine, doc, starts)
    examples: dict[int, Example] = {}
    for row in given:
        number = _shares_most(views, starts, row["start"], row["end"])
        if number is None:
            continue
        if number not in examples:
            examples[number] = _example(views[number], number, row, found[number])
        _add(examples[number], row, said)
    yield from examples.values()


def _put_together(given: list[dict[str, Any]]) -> str:
    """A text of the sentences of a page that is not there; their places in it are noted in the rows."""
    parts, size = [], 0
    for row in sorted(given, key=lambda row: (row["start"], row["id"])):
        text = " ".join(row["text"].split())
        row["start"], row["end"] = size, size + len(text)
        parts.append(text)
        size += len(text) + 2
    return "\n\n".join(parts)


def _shares_most(views: Sequence[SentenceView], starts: Sequence[int], start: int, end: int) -> int | None:
    """The number of the sentence that shares most code points with a range, if it is half of it or more."""
    best, most = None, (end - start) / 2
    at = max(bisect_right(starts, start) - 2, 0)
    for number in range(at, min(bisect_right(starts, end) + 1, len(views))):
        span = views[number].sentence.span()
        shared = min(end, span.end) - max(start, span.start)
        if shared > most:
            best, most = number, shared
    return best


def _findings(engine: Engine, doc: Document, starts: Sequence[int]) -> list[list[Finding]]:
    """The findings of the rules by the number of the sentence; those about more than a sentence left out."""
    by_view: list[list[Finding]] = [[] for _ in starts]
    for finding in engine.check(doc):
        at = bisect_right(starts, finding.start.offset) - 1
        if at >= 0 and finding.rule not in _WHOLE:
            by_view[at].append(finding)
    return by_view


def _example(view: SentenceView, number: int, row: Mapping[str, Any], findings: Iterable[Finding]) -> Example:
    sentence = view.sentence.span()
    found: dict[str, Severity] = {}
    for finding in findings:
        span = Span(finding.start.offset, finding.end.offset)
        for label, prefix in _RULES.items():
            if finding.rule.startswith(prefix) and span.start < span.end and is_about(span, sentence):
                found[label] = max(found.get(label, finding.severity), finding.severity)
    return Example(
        site=row["repo"], field=row["field"], page=row["file"], number=number,
        real=row["page"] and not row["extracted"], dev=row["part"] == "dev", text=view.sentence.text,
        rows=rows(view, context(view.doc)), found=found, vetoed=vetoed(view), scored=row["page"],
    )  # fmt: skip


def _add(example: Example, row: Mapping[str, Any], said: Mapping[str, dict[int, dict[str, float]]]) -> None:
    """What a row says about a sentence; of several rows each label counts where it is highest."""
    if "labels" in row:
        example.labels = example.labels or {}
        for code, value in row["labels"].items():
            example.labels[code] = max(example.labels.get(code, 0.0), value)
    for fold, probabilities in said.get(row["id"], {}).items():
        known = example.teacher.setdefault(fold, {})
        for code, value in probabilities.items():
            known[code] = max(known.get(code, 0.0), value)
