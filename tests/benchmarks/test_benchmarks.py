"""What the benchmarks are made of; how long anything takes is never asked here."""

from __future__ import annotations

import math
import re
import sys
from pathlib import Path

import articles
import measure
import numpy as np
import pytest
import run
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import AcuLint

HERE = Path(run.__file__).resolve().parent


@given(st.dictionaries(st.integers(1, 10**9), st.floats(1e-4, 1e6), min_size=2, max_size=8))
def test_the_exponent_is_that_of_numpy(values: dict[int, float]) -> None:
    slope = measure.exponent(list(values), list(values.values()))
    expected = np.polyfit(np.log(list(values)), np.log(list(values.values())), 1)[0]
    assert math.isclose(slope, expected, rel_tol=1e-6, abs_tol=1e-6)


@pytest.mark.parametrize("power", [0.5, 1, 2])
def test_the_exponent_of_a_power_is_the_power(power: float) -> None:
    sizes = (250, 500, 1_000, 2_000)
    assert measure.exponent(sizes, [3 * size**power for size in sizes]) == pytest.approx(power)


def test_pairs_compare_neighbours() -> None:
    one = [measure.Timing(seconds, seconds, 1) for seconds in (1, 2, 4)]
    other = [measure.Timing(3 * seconds, seconds, 1) for seconds in (1, 2, 4)]
    pairs = measure.Pairs(one, other)
    assert str(pairs.ratio()) == "3.00 (3.00 to 3.00)"
    assert pairs.ratio("cpu").median == 1


def test_a_command_that_fails_is_no_measurement() -> None:
    command = [sys.executable, "-c", "raise SystemExit(2)"]
    assert measure.timed(command, ends=2).memory > 0
    with pytest.raises(SystemExit, match="ended with status 2"):
        measure.timed(command, ends=1)


@pytest.mark.parametrize("kind", articles.KINDS)
def test_articles_are_always_the_same_and_differ_from_each_other(kind: str, tmp_path: Path) -> None:
    one, other = (articles.article(number, 7_000, kind) for number in (1, 2))
    assert one == articles.article(1, 7_000, kind) != other
    assert 7_000 <= len(one) < 9_000
    assert articles.write_site(tmp_path, 3, 1_000, kind) == sum(
        len(path.read_bytes()) for path in tmp_path.rglob("*.md")
    )


def test_there_is_enough_text_of_both_kinds() -> None:
    for kind in articles.KINDS:
        sections = articles.sections(kind)
        assert len(set(sections)) == len(sections) >= 30
        assert all(section.startswith("## ") for section in sections)


def test_rules_find_little_in_careful_text_and_much_in_marketing(acu_lint: AcuLint) -> None:
    found = {}
    for kind in articles.KINDS:
        ran = acu_lint(
            "check", "--isolated", "--no-cache", "--format", "json", "--fail-on", "never", str(HERE / "text" / kind)
        )
        summary = ran.json["summary"]
        found[kind] = summary["errors"] + summary["warnings"]
    assert found["marketing"] > 5 * found["careful"]


def test_the_page_names_every_section_once() -> None:
    template = (HERE / "page.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"\{\{(\w+)\}\}", template)) == sorted(run.SECTIONS)
    for name in run.SECTIONS:
        assert f"`--only {name}`" in template
    page = run.page(template, {name: f"| figures of {name} |\n" for name in run.SECTIONS})
    assert "{{" not in page
    assert all(f"| figures of {name} |" in page for name in run.SECTIONS)


def test_the_page_in_docs_is_what_was_measured_last() -> None:
    template = (HERE / "page.md").read_text(encoding="utf-8")
    assert run.PAGE.read_text(encoding="utf-8") == run.page(template, run.kept())


def test_what_was_measured_says_with_what() -> None:
    for name, text in run.kept().items():
        assert text == run.NOTHING or re.match(
            r"Measured on \d+ .*cores.*Python 3\.\d+.*, \d{4}-\d\d-\d\d.*version \d", text
        ), name
    assert re.match(r"Measured on \d+ cores \(.+\), \w+ 3\.[\d.]+, \w+, \d{4}-\d\d-\d\d, version \d", run.machine())


def test_every_script_of_a_section_is_there() -> None:
    assert all((HERE / script).is_file() for script, *_ in run.SECTIONS.values())
    assert set(run.COMMON) < set(run.SECTIONS)
