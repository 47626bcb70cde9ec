"""Figures of the reader and the rules together, on sites that the weights had not seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from acu_lint.rules.finding import Severity
from acu_lint_rules.analysis.reader.decide import severity, together
from acu_lint_rules.analysis.reader.model import KINDS, LABELS, Decision
from data import CODES, FINE, SURE, Example
from decisions import Array, Judged, densities, outcome


def told(examples: Sequence[Example], unseen: Mapping[str, Array], made: Mapping[str, Decision], unit: int) -> str:
    """The report as Markdown."""
    lines = ["# The reader on sites that it had not seen", ""]
    for label in LABELS:
        scores = [round(value * unit) for value in unseen[label]]
        lines += _label(label, made[label], examples, scores)
    return "\n".join(lines) + "\n"


def _label(label: str, made: Decision, examples: Sequence[Example], scores: Sequence[int]) -> Iterator[str]:
    dense = densities(examples, scores, made.share)
    judged = [
        (example, together(made, score + made.density[percent], example.found.get(label)))
        for example, score, percent in zip(examples, scores, dense, strict=True)
        if example.scored and example.labels is not None
    ]
    yield from (f"## {label}", "", f"warning {made.warning}, info {made.info}, heard {dict(made.heard)}", "")
    yield "| pages | warning P | R | with info P | R | " + " | ".join(f"{name} flagged" for name in FINE) + " |"
    yield "|---|---|---|---|---|" + "---|" * len(FINE)
    for name, part in (
        ("all", judged),
        ("as they are", [each for each in judged if each[0].real]),
        ("extracted", [each for each in judged if not each[0].real]),
        ("dev sites", [each for each in judged if each[0].dev]),
    ):
        both = [outcome(made, part, label, level) for level in (Severity.WARNING, Severity.INFO)]
        figures = [f"{value:.3f}" for each in both for value in (each.precision, each.recall)]
        fine = [f"{100 * _flagged(made, part, label, code):.1f} %" for code in FINE.values()]
        yield f"| {name} | {' | '.join((*figures, *fine))} |"
    yield ""
    if label == "claim":
        yield from _kinds(made, judged)
        yield from _fields(made, judged)
    yield from _calibration(made, judged, label)


def _flagged(made: Decision, judged: Judged, label: str, code: str) -> float:
    """The share of fine sentences of a kind that get a warning."""
    fine = [
        _severity(made, example, score, label)
        for example, score in judged
        if (example.labels or {}).get(code, 0.0) >= SURE and example.target(label) == 0
    ]
    return sum(found is not None and found >= Severity.WARNING for found in fine) / max(1, len(fine))


def _severity(made: Decision, example: Example, score: int, label: str) -> Severity | None:
    return severity(made, score, example.found.get(label), vetoed=example.vetoed)


def _kinds(made: Decision, judged: Judged) -> Iterator[str]:
    """Recall by kind of claim."""
    yield from ("| kind | sentences | heard at warning | with info |", "|---|---|---|---|")
    for kind in KINDS:
        own = [
            _severity(made, *each, "claim") for each in judged if (each[0].labels or {}).get(CODES[kind], 0.0) >= SURE
        ]
        warned = sum(found is not None and found >= Severity.WARNING for found in own)
        heard = sum(found is not None for found in own)
        yield f"| {kind} | {len(own)} | {warned / max(1, len(own)):.2f} | {heard / max(1, len(own)):.2f} |"
    yield ""


def _fields(made: Decision, judged: Judged) -> Iterator[str]:
    """Precision and recall by field of health."""
    yield from ("| field | claims | warning P | R | with info P | R |", "|---|---|---|---|---|---|")
    for name in sorted({example.field for example, _ in judged}):
        part = [each for each in judged if each[0].field == name]
        warned, heard = (outcome(made, part, "claim", level) for level in (Severity.WARNING, Severity.INFO))
        yield (
            f"| {name} | {warned.hits + warned.missed} | {warned.precision:.2f} | {warned.recall:.2f} "
            f"| {heard.precision:.2f} | {heard.recall:.2f} |"
        )
    yield ""


def _calibration(made: Decision, judged: Judged, label: str) -> Iterator[str]:
    """How often sentences are right of which the reader says that they are in so many of 100 cases."""
    yield from ("| says | sentences | right |", "|---|---|---|")
    for low in range(0, 100, 10):
        part = [e.target(label) for e, score in judged if low <= made.confidence(score) < low + 10]
        sure = [value for value in part if value is not None]
        if sure:
            yield f"| {low / 100:.1f} to {(low + 10) / 100:.1f} | {len(sure)} | {sum(sure) / len(sure):.2f} |"
    yield ""
