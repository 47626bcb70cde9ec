"""Articles that repeat each other: the pairs, the passages, the rule and the command."""

from __future__ import annotations

import datetime
import inspect
import itertools
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from acu_lint.cli import cli
from acu_lint.corpus import Corpus, Duplicate
from acu_lint.corpus.duplicate import LARGE_PARTS, MIN_WORDS, NEARLY_ALL, PASSAGE
from acu_lint.document import Document
from acu_lint.finding import Severity
from acu_lint.parse import parse
from acu_lint_rules.duplicates.article import check

TODAY = datetime.date(2026, 11, 21)

TEA = """# Green tea and sleep

A cup of green tea holds about a third of the caffeine of a cup of coffee. Many people fall asleep later when
they drink it after four in the afternoon, and older adults notice the effect more than young ones do. Decaffeinated
leaves taste much the same. If you enjoy the ritual in the evening, pour the first infusion away after half a minute,
because most of the caffeine leaves the leaves first.

Some bottles promise calm from an amino acid called theanine. Two small trials gave a dose that no kettle delivers,
and the difference in sleep was a few minutes. Warm milk has not been shown to do better. What works for lasting
trouble is a course that changes habits around the bed, and your surgery can tell you where one is held.
"""
# The same subject as TEA, written afresh.
TEA_AGAIN = """# Can the evening cuppa keep you awake?

Sensitivity differs widely. Half of the stimulant in your blood is still there five hours after the last sip, so
somebody who turns in at ten should stop by mid-afternoon. Green sorts are milder than black ones, yet three mugs of
matcha add up to an espresso. Pregnant women are advised to stay below two hundred milligrams a day from all sources.

Herbal blends have none. Chamomile smells pleasant and little else is certain about it. People who lie awake three
nights a week for a season deserve help from a professional rather than another tin from the shop. Keep a diary for
a fortnight before the appointment: bedtimes, naps, drinks and screens.
"""
FEET = """# Shoes for long shifts

Nurses walk six kilometres on an ordinary day. A shoe that fits in the morning pinches at night, because feet swell;
buy in the afternoon and leave a thumb's width before the toes. Two pairs that alternate dry out properly. Insoles from
the chemist help some heels and worsen others, so keep the receipt. Compression socks reduce swelling by a little in
most studies, and people with poor circulation must ask first. Elevate the legs for ten minutes in the break. Pain
that wakes you, a red calf or a wound that does not close belongs in front of a doctor on the same day.
"""
DISCLAIMER = """
This page informs and does not replace a talk with your own doctor, midwife or pharmacist, who know your history and
your medicines. Never stop a treatment because of what you read here. In an emergency ring the ambulance service of your
country at once. We review every page each second year, name the people who wrote it, and correct mistakes within
seven days.
"""


def document(path: str, text: str) -> Document:
    return parse(path, text, today=TODAY)


def corpus(texts: dict[str, str], *checked: str) -> Corpus:
    return Corpus((document(path, text) for path, text in texts.items()), checked=checked)


def found(texts: dict[str, str], threshold: float = 0.65) -> list[tuple[str, str]]:
    return [(pair.here.path, pair.there.path) for pair in corpus(texts).pairs(threshold)]


def only_pair(one: str, two: str, threshold: float = 0.05) -> Duplicate:
    (pair,) = corpus({"one.md": one, "two.md": two}).pairs(threshold)
    return pair


# --- cosine ------------------------------------------------------------------------------

WORDS = st.sampled_from(["needle", "pain", "back", "knee", "sleep", "trial", "heat", "cold", "doctor", "week", "dose"])
ARTICLES = st.lists(st.lists(WORDS, min_size=PASSAGE, max_size=60).map(" ".join), min_size=0, max_size=8)


def oracle(texts: list[str]) -> dict[tuple[int, int], float]:
    """Every pair's cosine, computed densely by scikit-learn from the plain texts."""
    if len(texts) < 2:
        return {}
    vectors = TfidfVectorizer(token_pattern=r"\S+", sublinear_tf=True).fit_transform(texts).toarray()
    return {(i, j): float(vectors[i] @ vectors[j]) for i, j in itertools.combinations(range(len(texts)), 2)}


@settings(max_examples=60, deadline=None)
@given(texts=ARTICLES, threshold=st.sampled_from([0.3, 0.65, 0.8, 0.95]))
def test_pairs_are_those_of_scikit_learn(texts: list[str], threshold: float) -> None:
    wanted = oracle(texts)
    pairs = list(corpus({f"{n:02}.md": text for n, text in enumerate(texts)}).pairs(threshold))
    mine = {(int(pair.here.path[:2]), int(pair.there.path[:2])): pair.cosine for pair in pairs}
    assert len(mine) == len(pairs)
    for key in wanted.keys() | mine.keys():
        if key in mine:
            assert mine[key] == pytest.approx(wanted[key], abs=1e-6)
            assert wanted[key] >= threshold - 1e-6
        else:
            assert wanted[key] < threshold


def test_pairs_do_not_depend_on_the_size_of_the_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(7)
    words = [f"w{n}" for n in range(60)]
    texts = {f"{n:02}.md": " ".join(chance.choices(words, k=90)) for n in range(30)}
    whole = [(pair.here.path, pair.there.path, pair.cosine) for pair in corpus(texts).pairs(0.5)]
    assert len(whole) > 50
    monkeypatch.setattr("acu_lint.corpus.cosine._BLOCK", 30 * 4)  # four rows at a time
    assert [(pair.here.path, pair.there.path, pair.cosine) for pair in corpus(texts).pairs(0.5)] == whole
    blockwise = corpus(texts, *texts)
    for path, text in texts.items():
        near = {pair.there.path: pair.cosine for pair in blockwise.duplicates_of(document(path, text), 0.5)}
        assert near == {one: cosine for one, two, cosine in whole if two == path}


def test_order_of_the_articles_does_not_matter() -> None:
    texts = {"a.md": TEA, "b.md": TEA_AGAIN, "c.md": TEA.replace("green", "black"), "d.md": FEET}
    results = {
        tuple((pair.here.path, pair.there.path, pair.cosine, pair.passages) for pair in corpus(dict(order)).pairs(0.05))
        for order in itertools.permutations(texts.items())
    }
    assert len(results) == 1


# --- what is a duplicate -----------------------------------------------------------------


def test_same_subject_written_afresh_is_silent() -> None:
    pair = only_pair(TEA, TEA_AGAIN)
    assert pair.cosine < 0.4
    assert not pair.passages
    assert pair.severity is None


def test_copy_with_the_place_swapped_is_found() -> None:
    page = FEET.replace("Nurses", "Nurses in {town}").replace("the chemist", "the {town} chemist")
    pair = only_pair(page.format(town="Marbury"), page.format(town="Oakham"))
    assert pair.severity is Severity.ERROR


def test_copy_with_every_eighth_word_exchanged_is_found() -> None:
    words = TEA.split()
    words[::8] = [f"other{n}" for n in range(len(words[::8]))]
    assert only_pair(TEA, " ".join(words)).severity is not None


def test_shared_disclaimer_makes_no_pair() -> None:
    pair = only_pair(TEA + DISCLAIMER, FEET + DISCLAIMER)
    assert len(DISCLAIMER.split()) >= 60
    assert pair.severity is None
    assert pair.cosine < 0.65


def test_front_matter_quotations_and_sources_do_not_count() -> None:
    shared = "> " + " ".join(TEA.split()[5:80]) + "\n\n## References\n\n" + " ".join(FEET.split()[5:90]) + "\n"
    head = "---\ndescription: " + " ".join(FEET.split()[5:60]).replace(":", "") + "\n---\n"
    one, two = head + TEA_AGAIN + shared, head + DISCLAIMER * 2 + shared
    assert not only_pair(one, two, 0.01).passages
    assert only_pair(one, two, 0.01).jaccard == 0


@pytest.mark.parametrize(
    ("one", "two", "allowed"),
    [
        ("canonical: https://x.example/blog/b", "", True),
        ("canonical_url: /b/", "", True),
        ("canonical: https://x.example/a", "", False),  # itself
        ("canonical: https://x.example/elsewhere", "", False),
        ("canonical: https://x.example/tea", "slug: tea", True),
        ("canonical: https://x.example/tea", "permalink: /guides/tea/", True),
        ("canonical: https://x.example/tea", "canonical: https://x.example/tea/", True),
        ("canonical: https://x.example/a", "canonical: https://x.example/b", False),
        ("canonical: 'http://[b'", "", False),
        ("canonical: '//x.example/b?print=1#top'", "", True),
        ("noindex: true", "", True),
        ("robots: noindex, follow", "", True),
        ("robots: index, follow", "", False),
        ("robots: [noindex]", "", True),
        ("robots: {index: false}", "", True),
        ("lang: en", "lang: de", True),
        ("lang: en-GB", "language: en_US", False),
        ("lang: en", "", False),
        ("canonical: 7\nrobots: null\nlang: [en]\nslug: 2", "lang: de", False),
    ],
)
def test_copies_that_are_meant(one: str, two: str, *, allowed: bool) -> None:
    texts = {"blog/a.md": f"---\n{one}\n---\n{TEA}", "blog/b.md": f"---\n{two}\n---\n{TEA}"}
    assert found(texts) == ([] if allowed else [("blog/a.md", "blog/b.md")])
    backwards = {"blog/b.md": texts["blog/a.md"].replace("/b", "/a"), "blog/a.md": texts["blog/b.md"]}
    if "/a" not in one:
        assert bool(found(backwards)) is not allowed


def test_canonical_address_of_a_page_of_the_same_name_is_its_own() -> None:
    head = "---\ncanonical: https://x.example/uk/tea\n---\n"
    assert found({"content/uk/tea.md": head + TEA, "content/us/tea.md": TEA})
    assert not found({"content/ie/tea.md": head + TEA, "content/uk/tea/index.md": TEA})


def test_canonical_link_of_a_web_page() -> None:
    head = '<html><head><title>T</title><link rel="canonical" href="/tea"></head>'
    page = head + "<body><main><p>{}</p></main></body></html>"
    assert not found({"print/tea-print.html": page.format(TEA), "tea.md": TEA})
    assert found({"print/tea-print.html": page.format(TEA).replace("canonical", "alternate"), "tea.md": TEA})


@pytest.mark.parametrize(
    "texts",
    [
        [],
        [TEA],
        [""] * 3,
        ["Too short."] * 3,
        ["🙂 ? !\n\n" * 100] * 2,
        ["![](a.png)\n\n`code`\n\n" * 60] * 2,
    ],
)
def test_corpora_with_nothing_to_compare(texts: list[str]) -> None:
    named = {f"{n}.md": text for n, text in enumerate(texts)}
    few = corpus(named)
    assert len(few) == len(texts)
    assert list(few.pairs(0.01)) == []
    for path, text in named.items():
        assert not few.duplicates_of(document(path, text), 0.01)


def test_identical_articles() -> None:
    pairs = list(corpus({"a.md": TEA, "b.md": TEA, "c.md": TEA}).pairs(1))
    assert len(pairs) == 3
    assert all(pair.cosine == pytest.approx(1) and pair.jaccard == pair.containment == 1 for pair in pairs)
    assert all(len(pair.passages) == 1 for pair in pairs)


# --- passages ----------------------------------------------------------------------------


def normalised(text: str) -> list[str]:
    return re.findall(r"[\w'’-]+", text.lower())


def sides(pair: Duplicate) -> Iterator[tuple[list[str], list[str], int]]:
    for passage in pair.passages:
        here = pair.here.source.text[slice(*passage.here)]
        there = pair.there.source.text[slice(*passage.there)]
        yield normalised(here), normalised(there), passage.words


def test_passage_has_exact_places_on_both_sides() -> None:
    part = FEET[FEET.index("Two pairs that alternate") : FEET.index(", and people with poor circulation")]
    copied = part.replace("\n", "\r\n")
    host = f"{TEA}\r\n\r\n😀 In short: **{copied}**, so they say.\r\n"
    (passage,) = only_pair(FEET, host).passages
    assert FEET[slice(*passage.here)] == part
    assert host[slice(*passage.there)] == copied
    assert passage.words == len(part.split())


def test_passage_begins_at_25_words() -> None:
    words = FEET.split()[10:]
    for count in (PASSAGE - 1, PASSAGE):
        pair = only_pair(
            FEET, TEA_AGAIN + "\nUnlike that: " + " ".join(words[:count]) + " whereas Tom objects.\n", 0.01
        )
        assert [passage.words for passage in pair.passages] == [PASSAGE] * (count == PASSAGE)


def test_passage_does_not_run_across_what_is_left_out() -> None:
    half = " ".join(FEET.split()[5:25]), " ".join(FEET.split()[25:45])
    quoted = f"{TEA}\n{half[0]}\n\n> Somebody else said so.\n\n{half[1]}\n"
    plain = f"{TEA_AGAIN}\n{half[0]}\n\n{half[1]}\n"
    assert not only_pair(quoted, plain).passages
    assert not only_pair(plain, quoted).passages
    assert [passage.words for passage in only_pair(plain, f"{TEA}\n{half[0]} {half[1]}").passages] == [40]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    parts=st.lists(st.lists(WORDS, min_size=5, max_size=45), min_size=1, max_size=4),
    picks=st.lists(st.integers(0, 3), min_size=1, max_size=5),
)
def test_passages_are_equal_and_cover_every_shared_run(parts: list[list[str]], picks: list[int]) -> None:
    """Articles patched together from the same parts, repetitions included."""
    one = [word for part in parts for word in part] + ["filler"] * 30
    two = [word for pick in picks for word in parts[pick % len(parts)]] + ["other"] * 30
    for pair in corpus({"one.md": " ".join(one), "two.md": " ".join(two)}).pairs(0.0001):
        for here, there, words in sides(pair):
            assert here == there
            assert len(here) == words >= PASSAGE
        text = pair.there.source.text
        covered = {
            number
            for number, match in enumerate(re.finditer(r"\S+", text))
            for passage in pair.passages
            if passage.there.start <= match.start() < passage.there.end
        }
        runs = {tuple(one[at : at + PASSAGE]) for at in range(len(one) - PASSAGE + 1)}
        shared = {at for at in range(len(two) - PASSAGE + 1) if tuple(two[at : at + PASSAGE]) in runs}
        assert shared <= covered


def test_repetitive_text_takes_linear_time() -> None:
    pair = only_pair("yes " * 100_000 + TEA, "yes " * 100_000 + FEET)  # ten minutes, were it quadratic
    assert max(passage.words for passage in pair.passages) == 100_000


# --- the rule ----------------------------------------------------------------------------


def test_limits_of_the_rule_and_the_command_are_the_same() -> None:
    options = {name: option.default for name, option in inspect.signature(check).parameters.items()}
    assert (options["cosine"], options["overlap"]) == LARGE_PARTS
    assert (options["error_cosine"], options["error_overlap"]) == NEARLY_ALL
    assert options["min_words"] == MIN_WORDS


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with three articles, a.md and c.md nearly the same, and a configured corpus."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content").mkdir()
    (tmp_path / "acu-lint.toml").write_text('[corpus]\ninclude = ["content/*.md"]\n', encoding="utf-8")
    copy = TEA.replace("# Green tea and sleep", "# Tea at night").replace("Decaffeinated", "Caffeine-free")
    for name, text in {"a": TEA, "b": FEET, "c": copy}.items():
        (tmp_path / "content" / f"{name}.md").write_text(text, encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(cli, list(arguments), catch_exceptions=False)
    assert result.exit_code in {0, 1, 2}
    return result


def findings(*paths: str) -> list[dict[str, Any]]:
    result = run("check", "--select", "duplicates/article", "--format", "json", *paths)
    listed: list[dict[str, Any]] = json.loads(result.stdout)["findings"]
    return listed


def test_full_run_reports_a_pair_once_on_the_later_path(site: Path) -> None:
    (finding,) = findings("content")
    assert finding["path"] == "content/c.md"
    assert finding["severity"] == "error"
    assert finding["actual"] == "Tea at night"
    assert "Green tea and sleep" in str(finding["message"])
    assert "content/a.md" in str(finding["message"])


def test_changed_article_gets_the_finding(site: Path) -> None:
    for name, other in ("ac", "ca"):
        for path in (f"content/{name}.md", str(site / "content" / f"{name}.md")):
            (finding,) = findings(path)
            assert finding["path"] == path
            assert f"content/{other}.md" in str(finding["message"])
    assert findings("content/b.md") == []


def test_related_places_are_the_words_of_both_sides(site: Path) -> None:
    (finding,) = findings("content/c.md")
    places = finding["related"]
    named = [(place["path"], words(place)) for place in places]
    assert named[0] == ("content/a.md", "Green tea and sleep")
    assert len(named) == 5
    for (mine, here), (other, there) in zip(named[1::2], named[2::2], strict=True):
        assert (mine, other) == ("content/c.md", "content/a.md")
        assert here == there
        assert len(here.split()) >= PASSAGE


def words(place: dict[str, Any]) -> str:
    """The source text at a place of the JSON output."""
    text = Path(place["path"]).read_text(encoding="utf-8")
    return text[place["start"]["offset"] : place["end"]["offset"]]


def test_text_that_is_not_saved_yet_is_compared(site: Path) -> None:
    arguments = ["check", "--select", "duplicates/article", "--format", "json", "--stdin-filename", "content/b.md", "-"]
    result = CliRunner().invoke(cli, arguments, input=TEA, catch_exceptions=False)
    (finding,) = json.loads(result.stdout)["findings"]
    assert finding["data"]["others"] == ["content/a.md", "content/c.md"]
    assert "repeats 2 articles in all" in finding["message"]
    unchanged = CliRunner().invoke(cli, arguments, input=FEET, catch_exceptions=False)
    assert json.loads(unchanged.stdout)["findings"] == []


def test_without_a_configured_corpus_the_rule_is_silent(site: Path) -> None:
    (site / "acu-lint.toml").unlink()
    assert findings("content") == []


# --- the command -------------------------------------------------------------------------


def test_json_of_the_command(site: Path) -> None:
    result = run("duplicates", "--format", "json")
    assert result.exit_code == 0
    listed = json.loads(result.stdout)
    assert list(listed) == ["version", "documents", "pairs", "clusters"]
    assert (listed["version"], listed["documents"]) == (1, 3)
    assert listed["clusters"] == [["content/a.md", "content/c.md"]]
    (pair,) = listed["pairs"]
    assert list(pair) == ["a", "b", "cosine", "passages"]
    assert (pair["a"], pair["b"]) == ("content/a.md", "content/c.md")
    assert 0.9 < pair["cosine"] < 1
    assert len(pair["passages"]) == 2
    for passage in pair["passages"]:
        text = [Path(pair[side]).read_text(encoding="utf-8") for side in "ab"]
        spans = [(passage[side]["start"]["offset"], passage[side]["end"]["offset"]) for side in "ab"]
        one, two = (words[slice(*span)] for words, span in zip(text, spans, strict=True))
        assert one == two
        assert len(normalised(one)) == passage["words"]
        start = passage["a"]["start"]
        assert text[0].splitlines()[start["line"] - 1][start["column"] - 1 :].startswith(one.splitlines()[0][:20])


def test_report_for_people(site: Path) -> None:
    result = run("duplicates")
    assert result.exit_code == 0
    assert "content/a.md" in result.stdout
    assert "Nearly the same article. 2 shared passages" in result.stdout
    assert "Merge the two" in result.stdout
    assert "1 pair among 3 articles (65% or more similar): 1 nearly the same, 0 in large parts." in result.stdout
    assert "\x1b" not in result.stdout
    assert "No duplicates among 2 articles" in run("duplicates", "content/a.md", "content/b.md").stdout


def test_paths_and_threshold_choose_what_is_listed(site: Path) -> None:
    (site / "other.md").write_text(TEA, encoding="utf-8")
    everything = json.loads(run("duplicates", "--format", "json", ".").stdout)
    assert everything["documents"] == 4
    assert everything["clusters"] == [["./content/a.md", "./content/c.md", "./other.md"]]
    low = json.loads(run("duplicates", "--format", "json", "--threshold", "0.02", "content").stdout)
    assert len(low["pairs"]) == 3
    assert run("duplicates", "--threshold", "0").exit_code == 2
    assert run("duplicates", "--threshold", "65").exit_code == 2


def test_exit_status(site: Path) -> None:
    assert run("duplicates", "--fail-on", "error").exit_code == 1
    assert run("duplicates", "--fail-on", "warning").exit_code == 1
    assert run("duplicates", "--fail-on", "error", "content/a.md", "content/b.md").exit_code == 0
    gone = run("duplicates", "content", "gone.md")
    assert gone.exit_code == 2
    assert "gone.md" in gone.stderr


def test_files_that_cannot_be_read_are_told_and_left_out(site: Path) -> None:
    (site / "content" / "bad.md").write_bytes(b"\xff\xfe\x00")
    result = run("duplicates", "--format", "json")
    assert json.loads(result.stdout)["documents"] == 3
    assert result.stderr.count("\n") == 1
    assert "content/bad.md: skipped: not UTF-8" in result.stderr
