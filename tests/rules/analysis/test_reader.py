"""The trained reader at run time: its features, its file, its decisions, what it marks and says."""

from __future__ import annotations

import json
import os
import shutil
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acu_lint.api import Severity
from acu_lint.engine.engine import Engine, Settings
from acu_lint.rules.finding import Finding
from acu_lint.testing import load_pack
from acu_lint_rules.analysis.reader import decide
from acu_lint_rules.analysis.reader.features import ROWS, context, other_rows, outer_rows, rows, tag_places, word_rows
from acu_lint_rules.analysis.reader.model import (
    KIND_ROWS,
    KINDS,
    LABELS,
    PATH,
    Card,
    Decision,
    Model,
    ModelError,
    model,
    packed,
)
from acu_lint_rules.analysis.reader.reading import marked, readings, weights
from acu_lint_rules.analysis.reader.stance import vetoed
from acu_lint_rules.analysis.text.sentence import english_views
from tests.conftest import AcuLint, Write, document

PACK = load_pack("acu_lint_rules")
ASKED = frozenset(rule for rule in PACK.cards if rule.startswith("claims/")) | {
    "citations/vague-source", "citations/unsourced-statistic", "copy/puffery",
}  # fmt: skip
SHOP = "Our clinic in Leeds is open daily. Call us today and book a visit with our team.\n\n"
WORDS = "our balm the it soothes eases may 30% world-class studies show relief, of back pain never? .\n".split(" ")
TEXTS = st.text(alphabet=st.characters(codec="utf-8"), max_size=400) | st.lists(
    st.sampled_from(WORDS), max_size=400
).map(" ".join)
# what the analysis does not hear, in sentences that nobody else wrote
UNHEARD = (
    "Experience deep relaxation, better circulation and relief from everyday aches.",
    "This pillow takes the strain off your neck, so that you wake without headaches.",
)


def findings(text: str, *, reader: bool = True) -> list[Finding]:
    engine = Engine(PACK, Settings(ASKED, shared={"reader": reader}))
    found = engine.check(document(text))
    assert not engine.faults
    return found


def decision(**given: object) -> Decision:
    plain = {"bias": 0, "alone": 80, "warning": 60, "info": 10, "share": (), "percent": (), "density": (0,) * 101}
    return Decision(**{**plain, "heard": {"info": 5, "warning": 50, "error": 90}, **given})  # type: ignore[arg-type]


@cache
def tiny() -> bytes:
    """A file of weights in which every row weighs what its number says."""
    tables = {label: [(row * (at + 3)) % 251 - 125 for row in range(ROWS)] for at, label in enumerate(LABELS)}
    kinds = {kind: [(row + at) % 7 - 3 for row in range(KIND_ROWS)] for at, kind in enumerate(KINDS)}
    card = Card(
        "t", "2026-01-01", 40, {label: decision(bias=at) for at, label in enumerate(LABELS)}, dict.fromkeys(KINDS, 0)
    )
    return packed(card, tables, kinds)


# --- scores


@given(TEXTS)
def test_the_fast_way_gives_what_the_rows_weigh(text: str) -> None:
    doc = document(text)
    own = Model(tiny())
    for view in english_views(doc):
        every = rows(view, context(doc))
        around = context(doc)
        words = own.words([*view.tokens, ""], [0])
        scores = own.scores(words, other_rows(view, around), outer_rows(view, around))
        assert scores == tuple(
            sum(own.weights(label, every)) + own.card.labels[label].bias for label in LABELS
        )  # fmt: skip
        assert all(0 <= row < ROWS for row in every)


@given(TEXTS)
def test_the_rows_stand_in_the_order_that_weights_rely_on(text: str) -> None:
    doc = document(text)
    for view in english_views(doc):
        every, count, told = rows(view, context(doc)), len(view.tokens), tag_places(view)
        assert every[:count] == [word_rows(token)[0] for token in view.tokens]
        assert every[count : 2 * count] == [word_rows(token)[1] for token in view.tokens]
        assert len(every) > 3 * count + len(told)
        assert all(0 <= first < last <= count for first, last in told)


@given(TEXTS)
def test_what_is_marked_is_a_part_of_the_sentence(text: str) -> None:
    for reading in readings(document(text)):
        first, last = marked(reading, "claim")
        assert 0 <= first < last <= len(reading.view.tokens)
        assert len(weights(reading, "claim")) == len(reading.view.tokens)


def test_a_long_sentence_is_marked_in_the_part_that_weighs() -> None:
    text = SHOP + "The tram stops outside, as most people know by now, and reiki cures insomnia, whatever the weather."
    reading = readings(document(text))[-1]
    first, last = marked(reading, "claim")
    assert {"reiki", "cures"} <= set(reading.view.tokens[first:last])
    assert not {"tram", "weather"} & set(reading.view.tokens[first:last])


# --- the file


def test_a_file_is_read_as_it_was_packed() -> None:
    own = Model(tiny())
    assert own.card.version == "t"
    assert own.card.labels["claim"]._asdict() == decision()._asdict()
    assert own.weights("vague-source", [0, 5, ROWS - 1]) == [-125, -105, (ROWS - 1) * 4 % 251 - 125]
    assert packed(own.card, *_tables(own)) == tiny()


def _tables(own: Model) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    kinds = {kind: [(row + at) % 7 - 3 for row in range(KIND_ROWS)] for at, kind in enumerate(KINDS)}
    return {label: own.weights(label, range(ROWS)) for label in LABELS}, kinds


@given(st.integers(min_value=0, max_value=len(tiny()) - 1), st.integers(min_value=1, max_value=255))
def test_no_damage_goes_unseen(place: int, change: int) -> None:
    content = bytearray(tiny())
    content[place] ^= change
    damaged = bytes(content)
    if not _same_tables(damaged):
        with pytest.raises(ModelError, match="install acu-lint again"):
            Model(damaged)


def _same_tables(content: bytes) -> bool:
    """Whether what is changed is no weight: a space before the tables, or the version in the card."""
    end = tiny().index(b"\n", 30)
    return content[end:] == tiny()[end:] and content[:26] == tiny()[:26] and _is_read(content)


def _is_read(content: bytes) -> bool:
    try:
        Model(content)
    except ModelError:
        return False
    return True


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", tiny()[:-1], tiny()[:100], tiny() + b"\0"])
def test_a_file_that_does_not_fit_is_one_clear_line(content: bytes) -> None:
    with pytest.raises(ModelError, match=r"^weights\.bin .*: install acu-lint again"):
        Model(content)


def test_the_file_of_this_installation() -> None:
    assert PATH.stat().st_size < 3_000_000
    assert tuple(model().card.labels) == LABELS
    for made in model().card.labels.values():
        assert made.info <= made.alone
        assert list(made.percent) == sorted(made.percent)
        assert set(made.heard) == {"info", "warning", "error"}


# --- decisions


@pytest.mark.parametrize(
    ("score", "found", "veto", "reported"),
    [
        (90, None, False, Severity.WARNING),
        (70, None, False, Severity.INFO),  # enough for the rules, too little for the reader alone
        (5, None, False, None),
        (90, None, True, None),
        (70, Severity.WARNING, False, Severity.WARNING),
        (70, Severity.WARNING, True, Severity.WARNING),  # the rules have looked for hedges themselves
        (5, Severity.WARNING, False, Severity.INFO),
        (70, Severity.INFO, False, Severity.WARNING),
        (70, Severity.INFO, True, Severity.INFO),
        (-500, Severity.ERROR, True, Severity.ERROR),
    ],
)
def test_what_is_reported(score: int, found: Severity | None, veto: bool, reported: Severity | None) -> None:
    assert decide.severity(decision(), score, found, vetoed=veto) is reported


def test_the_density_of_a_page_leaves_the_sentence_itself_out() -> None:
    share = tuple(range(1, 100))
    assert decide.density([0], share) == [decide.PRIOR_PERCENT]
    high, low = decide.density([99, 0], share)
    assert high < low


@pytest.mark.parametrize(
    "text",
    [
        "Some people feel that reiki may soothe a sore back.",
        "Does a massage melt the ache out of tired knees?",
        "No studies show that a massage melts the ache out of tired knees.",
        "A massage is no better than rest for tired knees.",
        "In traditional Chinese medicine it is believed that qi feeds the liver.",
        "A trial found less pain in 40 people ([Lee 2020](https://doi.org/10.1000/182)).",
    ],
)
def test_what_bounds_a_sentence_is_a_veto(text: str) -> None:
    assert vetoed(english_views(document(SHOP + text))[-1])


def test_a_denied_harm_is_no_veto() -> None:
    view = english_views(document("Our balm has no side effects."))[-1]
    assert not vetoed(view)


# --- findings


@pytest.mark.parametrize("text", UNHEARD)
def test_the_reader_hears_what_the_lists_do_not(text: str) -> None:
    page = SHOP + text
    assert not [finding for finding in findings(page, reader=False) if finding.rule.startswith("claims/")]
    found = [finding for finding in findings(page) if finding.data.get("heard_by") == "reader"]
    assert found
    for finding in found:
        assert finding.actual in page
        assert "reads like" in finding.message
        assert finding.suggestion
        assert finding.expected == ()
        assert 0 < float(str(finding.data["confidence"])) < 1


def test_both_say_so_and_an_error_stays_one() -> None:
    (found,) = findings(SHOP + "Acupuncture cures migraine and relieves your back pain for good.")[:1]
    assert found.severity is Severity.ERROR
    (eased,) = (f for f in findings(SHOP + "Acupuncture relieves back pain.") if f.rule == "claims/efficacy")
    assert eased.data["heard_by"] == "both"
    assert eased.severity is Severity.WARNING
    assert "states an effect" in eased.message


def test_one_sentence_is_reported_once_for_one_kind() -> None:
    found = [f for f in findings(SHOP + "Acupuncture relieves back pain.") if f.rule.startswith("claims/")]
    assert len(found) == 1


def test_without_the_reader_nothing_of_it_is_left() -> None:
    text = SHOP + " ".join(UNHEARD) + " Acupuncture relieves back pain."
    assert not any({"heard_by", "confidence"} & set(finding.data) for finding in findings(text, reader=False))


def test_other_languages_and_references_are_not_read() -> None:
    assert not readings(document("---\nlang: de\n---\n\nDie Salbe heilt jeden Schmerz in drei Tagen.\n"))
    assert not readings(document(""))


def test_settings_turn_it_off_for_all_or_for_one(acu_lint: AcuLint, write: Write) -> None:
    write("a.md", SHOP + " ".join(UNHEARD) + "\n")

    def heard() -> bool:
        ran = acu_lint("check", "--format", "json", "--fail-on", "never", "--select", "claims", "a.md")
        return any(finding["data"].get("heard_by") == "reader" for finding in ran.json["findings"])

    assert heard()
    write("acu-lint.toml", "reader = false\n")
    assert not heard()
    write("acu-lint.toml", 'reader = "no"\n')
    assert "true or false" in acu_lint("check", "a.md").errors


def test_the_same_on_every_run(acu_lint: AcuLint, write: Write) -> None:
    for number in range(200):
        write(f"{number}.md", SHOP + UNHEARD[number % 2] + f" Visit {number}.\n")
    options = ("check", "--format", "json", "--fail-on", "never", "--select", "claims,copy", ".")
    once = acu_lint(*options[:-3], "--select", "claims", ".", "--jobs", "1").output
    assert json.loads(once)["findings"]
    for seed in ("1", "77"):
        again = acu_lint(*options[:-3], "--select", "claims", ".", "--jobs", "2", env={"PYTHONHASHSEED": seed})
        assert again.output == once


def test_a_trace_names_the_words_that_weighed(acu_lint: AcuLint, write: Write) -> None:
    write("a.md", SHOP + UNHEARD[0] + "\n\nReiki may soothe you, some people say.\n")
    told = acu_lint("explain", "--trace", "a.md:3").output
    assert "reader: claim 0." in told
    assert "words that weigh most for it: " in told
    assert "against it: " in told
    assert "the analysis hears what bounds the sentence" in acu_lint("explain", "--trace", "a.md:5").output
    write("acu-lint.toml", "reader = false\n")
    assert "reader: " not in acu_lint("explain", "--trace", "a.md:3").output


def test_a_damaged_file_costs_its_rules_only(acu_lint: AcuLint, write: Write, tmp_path: Path) -> None:
    """A copy of the pack whose weights are damaged: the other rules go on, and the run says what to mend."""
    copy = tmp_path.with_name(f"{tmp_path.name}-pack")
    shutil.copytree(PATH.parents[2], copy / "acu_lint_rules", ignore=shutil.ignore_patterns("__pycache__"))
    copy.joinpath("acu_lint_rules", "analysis", "reader", "weights.bin").write_bytes(b"broken")
    write("a.md", SHOP + "Acupuncture relieves back pain. Lorem ipsum dolor sit amet.\n")
    root = Path(__file__).resolve().parents[3]
    ran = acu_lint(
        "check", "a.md", env={"PYTHONPATH": os.pathsep.join([str(copy), str(root)]), "PYTHONDONTWRITEBYTECODE": "1"}
    )
    assert ran.status == 2
    assert "install acu-lint again" in ran.output
    assert "copy/placeholder" in ran.output


def test_a_note_about_the_page_is_not_judged_by_its_title() -> None:
    page = (
        "<title>Experience deep relaxation, better circulation and relief from everyday aches</title>"
        '<script type="application/ld+json">{"@type": "Product", "aggregateRating": {"ratingValue": 5}}</script>'
        f"<p>{SHOP}</p>"
    )
    found = Engine(PACK, Settings(ASKED)).check(document(page, "a.html"))
    (rated,) = (finding for finding in found if finding.rule == "claims/testimonial")
    assert rated.severity is Severity.INFO
    assert "heard_by" not in rated.data
