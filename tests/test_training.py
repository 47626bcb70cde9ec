"""Training: labels find their sentences, no site is on both sides, the same data give the same bytes."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import data as labelled
import decisions
import fitting
import train
from acu_lint.rules.finding import Severity
from acu_lint_rules.analysis.reader.features import ROWS, context, other_rows, outer_rows, rows
from acu_lint_rules.analysis.reader.model import KIND_ROWS, KINDS, LABELS, Card, Decision, Model, packed
from acu_lint_rules.analysis.text.sentence import SentenceView, english_views
from tests.conftest import ROOT, document

TRAIN = ROOT / "training" / "train.py"
CLAIMS = (
    "Our balm melts every ache",
    "The pillow ends snoring for all",
    "Our lamp lifts a low mood",
    "This tea clears your skin",
)
PLAIN = ("The tram stops outside", "We open at nine", "Parking is behind the house", "Bring a towel and water")


def row(site: int, text: str, page: str, labels: dict[str, float] | None, **given: object) -> dict[str, Any]:
    start = page.index(text)
    return {
        "id": f"{site}:{start}", "repo": f"ann/site-{site}", "file": f"site-{site}.md", "field": "herbal",
        "tone": "mixed", "part": "train", "page": True, "extracted": False, "start": start, "end": start + len(text),
        "kind": "paragraph", "text": text, "heading": "", "prev": "", **given,
        **({} if labels is None else {"labels": labels}),
    }  # fmt: skip


def write_rows(path: Path, rows: list[dict[str, Any]]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(each) + "\n" for each in rows)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nine sites of our own, each with a page of claims and plain sentences."""
    made = tmp_path_factory.mktemp("labels")
    given, taught, teacher = [], [], []
    with tarfile.open(made / "pages.tar.gz", "w:gz") as tar:
        for site in range(9):
            claims = [f"{text} number {site}." for text in CLAIMS]
            plain = [f"{text} on day {site}." for text in PLAIN]
            page = (
                "# Our shop\n\n"
                + " ".join(claim + " " + fact for claim, fact in zip(claims, plain, strict=True))
                + "\n"
            )
            content = page.encode()
            info = tarfile.TarInfo(f"pages/site-{site}.md")
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
            given += [row(site, text, page, {"E": 1.0}) for text in claims[:3]]
            given += [row(site, text, page, {}) for text in plain[:3]]
            taught += [row(site, claims[3], page, None), row(site, plain[3], page, None)]
            teacher += [{"id": taught[-2]["id"], "p": {"claim": 0.9, "E": 0.9}}, {"id": taught[-1]["id"], "p": {}}]
    write_rows(made / "labelled.jsonl.gz", given)
    write_rows(made / "unlabelled.jsonl.gz", taught)
    write_rows(made / "teacher.jsonl.gz", teacher)
    return made


def test_labels_find_their_sentences_and_the_teacher_its_own(folder: Path) -> None:
    examples = labelled.load(folder)
    assert len(examples) == 9 * 8
    for example in examples:
        assert example.text.startswith(CLAIMS) == (
            (example.target("claim") == 1) or (example.taught("claim", -1) or 0) > 0.5
        )
    assert sum(example.labels is None for example in examples) == 18
    assert all(example.taught("claim", 0) is None for example in examples), "what has seen all sites is used in no fold"


def test_a_label_goes_to_the_sentence_that_shares_most_of_it() -> None:
    views = list(english_views(document("We open at nine. Our balm melts every ache. The tram stops outside.")))
    starts = [view.sentence.span().start for view in views]
    assert labelled._shares_most(views, starts, 14, 40) == 1
    assert labelled._shares_most(views, starts, 17, 21) == 1
    assert labelled._shares_most(views, starts, 500, 540) is None


def test_doubt_is_neither_yes_nor_no() -> None:
    given: list[dict[str, float]] = [{"E": 1.0}, {"E": 0.5}, {"H": 1.0}, {}]
    values = [_example(labels).value("EM") for labels in given]
    assert values == [1.0, None, 0.0, 0.0]


def _example(
    labels: dict[str, float], found: dict[str, Severity] | None = None, *, veto: bool = False
) -> labelled.Example:
    return labelled.Example("s", "f", "p", 0, True, False, "", (), found or {}, veto, labels)


def test_weights_in_the_file_say_what_scikit_learn_says() -> None:
    text = "\n\n".join(f"{claim} today.\n\n{fact} today." for claim, fact in zip(CLAIMS, PLAIN, strict=True))
    doc = document(text)
    views = list(english_views(doc))
    counts = fitting.matrix((rows(view, context(doc)) for view in views), ROWS)
    targets = np.array([1.0, 0.0] * len(CLAIMS))
    weights, bias = fitting.fit(counts, targets, counts[:0], targets[:0], strength=1.0, trust=0.0)
    unit = 40
    made = Decision(round(bias * unit), 0, 0, 0, (), (), (0,) * 101, {"info": 0, "warning": 0, "error": 0})
    own = Model(_file(fitting.small(weights, unit), made, unit))
    expected = counts @ weights + bias
    for view, logit in zip(views, expected, strict=True):
        score = _score(own, view)
        rounding = 0.5 * (len(rows(view, context(doc))) + 1)
        assert abs(score - logit * unit) <= rounding
    assert [value > 0 for value in expected] == [True, False] * len(CLAIMS)


def _score(own: Model, view: SentenceView) -> int:
    """The score of a sentence for the first label."""
    around = context(view.doc)
    return own.scores(own.words([*view.tokens, ""], [0]), other_rows(view, around), outer_rows(view, around))[0]


def _file(table: list[int], made: Decision, unit: int) -> bytes:
    empty = [0] * KIND_ROWS
    card = Card("t", "2026-01-01", unit, dict.fromkeys(LABELS, made), dict.fromkeys(KINDS, 0))
    return packed(card, dict.fromkeys(LABELS, table), dict.fromkeys(KINDS, empty))


def test_no_site_is_measured_by_weights_that_saw_it(folder: Path) -> None:
    examples = labelled.load(folder)
    settings = {"labels": {label: {"strength": 1.0, "trust": 0.5} for label in LABELS}}
    trainer = train.Trainer(examples, settings)
    scores = trainer.unseen("claim")
    for fold in range(train.FOLDS):
        weights, bias = trainer.weights("claim", fold)
        within = trainer.folds == fold
        assert within.any()
        assert np.allclose(scores[within], trainer.counts[within] @ weights + bias)
        only_here = np.asarray(trainer.counts[within].sum(axis=0)).ravel() > 0
        elsewhere = np.asarray(trainer.counts[~within].sum(axis=0)).ravel() > 0
        assert (weights[only_here & ~elsewhere] == 0).all(), "words of a fold alone weigh nothing in it"


def test_thresholds_reach_their_target() -> None:
    judged = [(_example({"E": 1.0} if number % 4 else {}), number) for number in range(40)]
    made = Decision(0, 0, 0, 0, (), (), (), {"info": 0, "warning": 0, "error": 0})
    least = decisions._least(made, judged, "claim", Severity.WARNING, 0.78)
    found = decisions.outcome(made._replace(warning=least), judged, "claim", Severity.WARNING)
    assert found.precision >= 0.78
    below = decisions.outcome(made._replace(warning=least - 1), judged, "claim", Severity.WARNING)
    assert below.precision < 0.78


def test_the_commands_of_the_readme_train_and_measure(folder: Path, tmp_path: Path) -> None:
    chosen, report = tmp_path / "decisions.json", tmp_path / "report.md"
    first, second = tmp_path / "first.bin", tmp_path / "second.bin"
    common = [sys.executable, str(TRAIN), str(folder), "--decisions", str(chosen)]
    for given in (["--measure", str(report)], ["--out", str(first)], ["--out", str(second)]):
        done = subprocess.run([*common, *given], capture_output=True, text=True, check=False, cwd=ROOT, timeout=300)
        assert done.returncode == 0, done.stderr
    assert first.read_bytes() == second.read_bytes()
    assert "| all |" in report.read_text("utf-8")
    own = Model(first.read_bytes())
    doc = document("Our balm melts every ache number 4.\n\nThe tram stops outside on day 4.")
    claim, plain = (_score(own, view) for view in english_views(doc))
    assert claim > plain
