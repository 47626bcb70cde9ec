"""Inputs that were faults once, and the fuzzer itself."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from fuzz.inputs import Input
from fuzz.probe import fault_of
from tests.conftest import ROOT

FOUND = [json.loads(line) for line in (ROOT / "fuzz" / "regressions.jsonl").read_text(encoding="utf-8").splitlines()]
DIGITS = "9" * 4500  # more than Python turns into a number


@pytest.mark.parametrize(("target", "name", "text"), FOUND)
def test_what_was_a_fault_is_none(target: str, name: str, text: str) -> None:
    assert fault_of(target, Input(name, text)) is None


@pytest.mark.parametrize("shape", ["Pain[^{}].\n\n[^{}]: Roe 2019\n", "PMID {}", "[{}] in 2019"])
def test_a_number_can_be_as_long_as_a_file(shape: str) -> None:
    text = shape.replace("{}", DIGITS)
    assert fault_of("check", Input("a.md", text)) is None
    assert fault_of("facts", Input("a.md", text)) is None


def test_an_input_can_be_replayed() -> None:
    command = [sys.executable, "-m", "fuzz", "--replay", "check", "a.md", json.dumps("Tea cures migraine.")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "nothing is wrong\n")
