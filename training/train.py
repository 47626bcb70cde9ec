"""Train the reader and write its file of weights.

    python training/train.py DATA [--out FILE]
    python training/train.py DATA --measure REPORT [--teachers FOLDER]

DATA is a folder as ``README.md`` describes it. The first form makes the weights from all sites; what a score means and
from where on it is reported stands in ``decisions.json``. The same data give the same bytes. The second form makes
``decisions.json`` and a report: every site is scored by weights that have not seen it. ``--teachers`` names a folder
with a teacher's probabilities for each fold (``teacher.py``), so that no site is measured by a teacher that saw it,
either; without it the labels alone are learnt from while measuring.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

import report
from acu_lint_rules.analysis.reader.features import ROWS
from acu_lint_rules.analysis.reader.model import KIND_ROWS, KINDS, LABELS, PATH, Card, Decision, packed
from data import Example, codes_of, fold_of, load
from decisions import Array, decided
from fitting import fit, matrix, small

FOLDS = 3
_SETTINGS = Path(__file__).with_name("settings.toml")
_DECISIONS = Path(__file__).with_name("decisions.json")
_CLAIM = 0.5  # probability of the teacher from which on a sentence is one of the claims that kinds are told apart in


class Trainer:
    """The examples as numbers, and the settings."""

    def __init__(self, examples: Sequence[Example], settings: Mapping[str, Any]) -> None:
        self.examples = examples
        self.settings = settings
        self.counts = matrix((example.rows for example in examples), ROWS)
        self.folds = np.array([fold_of(example.site, FOLDS) for example in examples])
        self.labelled = np.array([example.labels is not None for example in examples])

    def weights(self, label: str, fold: int = -1) -> tuple[Array, float]:
        """Weights and bias of a label in logits, from all sites but those of a fold (-1: from all)."""
        chosen = self.settings["labels"][label]
        targets = self._targets(label)
        taught = self._taught(label, fold)
        others = self.folds != fold
        own, from_teacher = others & (targets >= 0), others & ~self.labelled & (taught >= 0)
        return fit(
            self.counts[own], targets[own], self.counts[from_teacher], taught[from_teacher],
            strength=chosen["strength"], trust=chosen["trust"],
        )  # fmt: skip

    def unseen(self, label: str) -> Array:
        """The score of every sentence in logits, by weights that have not seen its site."""
        scores = np.zeros(len(self.examples))
        for fold in range(FOLDS):
            weights, bias = self.weights(label, fold)
            within = self.folds == fold
            scores[within] = self.counts[within] @ weights + bias
        return scores

    def kinds(self, fold: int = -1) -> tuple[dict[str, Array], dict[str, float]]:
        """Weights and biases that tell the kinds of claims apart, on sentences that are claims."""
        counts = matrix((example.rows for example in self.examples), KIND_ROWS)
        others = self.folds != fold
        own = others & (self._targets("claim") == 1)
        from_teacher = others & ~self.labelled & (self._taught("claim", fold) >= _CLAIM)
        tables, biases = {}, {}
        for kind in KINDS:
            targets, taught = self._targets(kind), self._taught(kind, fold)
            sure = own & (targets >= 0)
            tables[kind], biases[kind] = fit(
                counts[sure], targets[sure], counts[from_teacher], taught[from_teacher], **self.settings["kinds"]
            )
        return tables, biases

    def _targets(self, label: str) -> Array:
        """1, 0, or -1 where it is in doubt or not labelled."""
        return np.array([-1.0 if (value := each.value(codes_of(label))) is None else value for each in self.examples])

    def _taught(self, label: str, fold: int) -> Array:
        """What the teacher says, or -1."""
        return np.array([-1.0 if (value := each.taught(label, fold)) is None else value for each in self.examples])


def measured(trainer: Trainer) -> tuple[dict[str, Decision], dict[str, Array]]:
    """What scores mean, and the scores (logits) of all sentences by weights that have not seen their sites."""
    settings = trainer.settings
    unseen = {label: trainer.unseen(label) for label in LABELS}
    made = {
        label: decided(trainer.examples, label, scores, settings["unit"], settings["labels"][label])
        for label, scores in unseen.items()
    }
    return made, unseen


def trained(trainer: Trainer, decisions: Mapping[str, Decision], fold: int = -1) -> bytes:
    """The bytes of a file of weights, made from all sites but those of a fold (-1: from all)."""
    settings = trainer.settings
    unit: int = settings["unit"]
    tables: dict[str, list[int]] = {}
    known: dict[str, Decision] = {}
    for label in LABELS:
        weights, bias = trainer.weights(label, fold)
        tables[label] = small(weights, unit)
        known[label] = decisions[label]._replace(bias=round(bias * unit))
    kinds, biases = trainer.kinds(fold)
    card = Card(
        version=settings["version"], date=settings["date"], unit=unit, labels=known,
        kinds={kind: round(bias * unit) for kind, bias in biases.items()},
    )  # fmt: skip
    return packed(card, tables, {kind: small(weights, unit) for kind, weights in kinds.items()})


def main() -> None:
    """Train and write, or measure and report."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=PATH)
    parser.add_argument(
        "--without", type=int, default=-1, metavar="FOLD", help=f"leave the sites of a fold out of {FOLDS}"
    )
    parser.add_argument("--decisions", type=Path, default=_DECISIONS)
    parser.add_argument("--measure", type=Path, metavar="REPORT")
    parser.add_argument("--teachers", type=Path)
    given = parser.parse_args()
    settings = tomllib.loads(_SETTINGS.read_text("utf-8"))
    trainer = Trainer(load(given.data, given.teachers), settings)
    if given.measure:
        made, unseen = measured(trainer)
        given.decisions.write_text(json.dumps({label: each._asdict() for label, each in made.items()}) + "\n", "utf-8")
        given.measure.write_text(report.told(trainer.examples, unseen, made, settings["unit"]), "utf-8")
    else:
        known = json.loads(given.decisions.read_text("utf-8"))
        given.out.write_bytes(
            trained(trainer, {label: Decision(**value) for label, value in known.items()}, given.without)
        )


if __name__ == "__main__":
    main()
