"""Edits: which are applied, what comes out, and how a file is put in its place."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acu_lint.document.source import Span
from acu_lint.fix import applied, chosen, diff_of, mend, put
from acu_lint.project.project import Options
from acu_lint.project.results import FileResult
from acu_lint.project.runner import Runner
from acu_lint.rules.finding import Edit, Excerpt, Finding, Position, Severity, edits_overlap
from acu_lint.testing import TODAY, cases, load_pack, marked
from tests.conftest import ROOT, Write


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("moment", ["mkstemp", "fsync", "chmod", "replace"])
def test_a_kill_at_any_moment_loses_nothing(write: Write, moment: str) -> None:
    article = write("a.md", "before " * 10_000)
    code = f"""
import os, signal, sys, tempfile
sys.path[:0] = [{str(ROOT)!r}]
from acu_lint.fix import put
owner = tempfile if {moment!r} == "mkstemp" else os
real = getattr(owner, {moment!r})
def killed(*args, **kwargs):
    done = real(*args, **kwargs)
    os.kill(os.getpid(), signal.SIGKILL)
    return done
setattr(owner, {moment!r}, killed)
put({str(article)!r}, "before " * 10_000, "after " * 10_000)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -9
    assert article.read_text() == ("after " if moment == "replace" else "before ") * 10_000


def test_an_interruption_leaves_no_temporary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    article = tmp_path / "a.md"
    article.write_text("before")

    def interrupted(handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        put(str(article), "before", "after")
    assert list(tmp_path.iterdir()) == [article]
    assert article.read_text() == "before"


@pytest.mark.slow
def test_the_edits_of_the_cards_are_certain() -> None:
    """On each example that has edits: they end, nothing is left to fix, and no rule finds what it did not find."""
    registry = load_pack()
    runner = Runner(Options(isolated=True, today=TODAY, command_line={"select": list(registry.cards)}))
    mended = []
    for case in cases(registry.cards.values()):
        done = mend(runner, case.example.file, marked(case.example.text)[0])
        assert not done.endless, case.name
        if done.count:
            mended.append(case.card.id)
            assert not mend(runner, case.example.file, done.after).count, case.name
            assert rules_of(done.now) <= rules_of(done.then), case.name
    assert mended


def rules_of(result: FileResult) -> set[str]:
    return {finding.rule for finding in result.findings}


def finding(edits: Sequence[Edit], number: int) -> Finding:
    at = Position(0, 1, 1)
    return Finding(
        f"test/{number}", "a.md", Severity.INFO, "", "", at, at, ((0, 0), (0, 0)), "", Excerpt("", 0, 0), "",
        edits=tuple(edits),
    )  # fmt: skip


@st.composite
def texts_and_findings(draw: st.DrawFn) -> tuple[str, list[Finding]]:
    text = draw(st.text("ab\r\n\ufeffé😀", max_size=12))
    place = st.integers(0, len(text))
    span = st.tuples(place, place).map(lambda ends: Span(min(ends), max(ends)))
    edits = st.lists(st.builds(Edit, span, st.text("xy\n", max_size=3)), max_size=3)
    return text, [finding(each, number) for number, each in enumerate(draw(st.lists(edits, max_size=6)))]


def by_hand(text: str, edits: Sequence[Edit]) -> str:
    """The text with each character replaced on its own: what stands before each place, and which characters go."""
    inserted = dict.fromkeys(range(len(text) + 1), "")
    gone: set[int] = set()
    for edit in sorted(edits, key=lambda edit: edit.span):
        inserted[edit.span.start] += edit.text
        gone |= set(range(*edit.span))
    kept = ["" if at in gone else char for at, char in enumerate(text)] + [""]
    return "".join(inserted[at] + kept[at] for at in range(len(text) + 1))


def touches(one: Edit, other: Edit) -> bool:
    """Whether the result would depend on the order of two edits, or they change the same characters."""
    if one.span == other.span:
        return True
    return max(one.span.start, other.span.start) < min(one.span.end, other.span.end) or any(
        a.span.start == a.span.end and b.span.start < a.span.start < b.span.end for a, b in ((one, other), (other, one))
    )


@given(texts_and_findings())
def test_edits_are_applied_as_by_hand(case: tuple[str, list[Finding]]) -> None:
    text, findings = case
    picked = chosen(text, findings)
    edits = [edit for one in picked for edit in one.edits]
    assert applied(text, edits) == by_hand(text, edits)
    for at, edit in enumerate(edits):
        assert not any(touches(edit, other) for other in edits[at + 1 :])
    # First come, first served: what was not picked changes nothing, or is in the way of one that was.
    for number, one in enumerate(findings):
        if one not in picked:
            earlier = [edit for other in findings[:number] if other in picked for edit in other.edits]
            assert (
                all(text[slice(*edit.span)] == edit.text for edit in one.edits)
                or edits_overlap(one.edits)
                or any(touches(edit, other) for edit in one.edits for other in earlier)
            )


@given(
    st.lists(
        st.builds(Edit, st.tuples(st.integers(0, 6), st.integers(0, 6)).map(lambda p: Span(*sorted(p))), st.just("")),
        max_size=4,
    )
)
def test_edits_overlap_where_two_touch(edits: list[Edit]) -> None:
    pairs = ((one, other) for at, one in enumerate(edits) for other in edits[at + 1 :])
    assert edits_overlap(edits) == any(touches(one, other) for one, other in pairs)


@given(st.text("ab\r\n\x0b\u2028é", max_size=30), st.text("ab\r\n\x0b\u2028é", max_size=30))
def test_a_diff_holds_both_texts(before: str, after: str) -> None:
    lines = "".join(diff_of("a.md", before, after)).replace("\n\\ No newline at end of file\n", "\0").split("\n")
    assert bool(before != after) == (lines != [""])
    if before == after:
        return
    body = "\n".join(lines)
    old, new = [], []
    for line in body.replace("\0", "\0\n").split("\n")[2:]:
        end = "" if line.endswith("\0") else "\n"
        mark, rest = line[:1], line[1:].rstrip("\0")
        old += [rest + end] if mark in {" ", "-"} else []
        new += [rest + end] if mark in {" ", "+"} else []
    assert "".join(old) == before
    assert "".join(new) == after
