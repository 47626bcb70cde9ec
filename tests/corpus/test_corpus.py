"""Articles that repeat each other: the pairs, the passages, the rule and the command."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from acu_lint.cli import cli
from acu_lint.corpus.compare.duplicate import LARGE_PARTS, MIN_WORDS, NEARLY_ALL
from acu_lint.corpus.compare.passages import PASSAGE
from acu_lint.corpus.corpus import Duplicate
from acu_lint.rules.finding import Severity
from acu_lint_rules.duplicates.article import check
from tests.articles import DISCLAIMER, FEET, TEA, TEA_AGAIN, corpus


def found(texts: dict[str, str], threshold: float = 0.65) -> list[tuple[str, str]]:
    return [(pair.here.path, pair.there.path) for pair in corpus(texts).pairs(threshold)]


def only_pair(one: str, two: str, threshold: float = 0.05) -> Duplicate:
    (pair,) = corpus({"one.md": one, "two.md": two}).pairs(threshold)
    return pair


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


ENTRIES = (
    "Harrow, T. J., & Quill, B. (2018). Warm baths, early bedtimes and the sleep of shift workers who live beside busy"
    " roads: a randomised comparison in four towns. Journal of Invented Rest, 12(3), 44-51. https://doi.org/10.1234/a",
    "4. Harrow TJ, Quill B, et al. Warm baths, early bedtimes and the sleep of shift workers who live by busy roads:"
    " a randomised comparison in four towns of the north. J Inv Rest. 2018;12(3):44-51.",
)


@pytest.mark.parametrize("entry", ENTRIES)
def test_an_entry_of_a_list_of_sources_does_not_count_under_any_heading(entry: str) -> None:
    assert not found({"one.md": f"{TEA}\n\n{entry}\n", "two.md": f"{FEET}\n\n{entry}\n"})
    sentence = entry.replace("Harrow", "We asked Harrow")
    assert found({"one.md": f"{TEA}\n\n{sentence}\n", "two.md": f"{FEET}\n\n{sentence}\n"})


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
        ("lang: en-GB", "language: en_US", False),  # only where the folders say so too
        ("canonicalLink: https://x.example/blog/b", "", True),
        ("seo: {canonical: /blog/b}", "", True),
        ("unlisted: true", "", True),
        ("sidebar: {hidden: true}", "", False),
        ("redirect_from: /b/", "", True),
        ("aliases: [/news/b/]", "", False),
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


@pytest.mark.parametrize(
    ("one", "two", "allowed"),
    [
        ("content/en-us/tea.md", "content/en-au/tea.md", True),
        ("content/en_GB/tea.md", "content/tea.md", True),
        ("content/tea.en-gb.md", "content/tea.en-us.md", True),
        ("content/uk/tea.md", "content/us/tea.md", False),  # may be anything, unless the pages name regions
        ("docs/tea.md", "versioned_docs/version-1.0/tea.md", True),
        ("api_versioned_docs/version-2.0/tea.md", "versioned_docs/version-1.0/tea.md", True),
        ("docs/v2/tea.md", "docs/v1/tea.md", True),
        ("docs/1.x/tea.md", "docs/2.x/tea.md", True),
        ("i18n/en-GB/docusaurus-plugin-content-docs/current/tea.md", "docs/tea.md", True),
        ("docs/v1/tea.md", "docs/v2/green-tea.md", False),
        ("content/to-do/tea.md", "content/at-home/tea.md", False),
    ],
)
def test_regions_and_versions_are_no_copies(one: str, two: str, *, allowed: bool) -> None:
    assert bool(found({one: TEA, two: TEA})) is not allowed


def test_folders_of_countries_are_regions_where_the_pages_say_so() -> None:
    page = "---\nlang: {}\n---\n" + TEA
    assert not found({"uk/tea.md": page.format("en-GB"), "us/tea.md": page.format("en-US")})
    assert found({"uk/tea.md": page.format("en-GB"), "us/tea.md": page.format("en-GB")})
    assert found({"uk/tea.md": page.format("en-GB"), "us/green-tea.md": page.format("en-US")})
    linked = "---\nhreflang: [/us/tea/, /uk/tea/]\n---\n"
    assert not found({"uk/tea.md": linked + TEA, "us/tea.md": TEA})


def test_the_date_in_the_name_of_a_post_is_not_in_its_address() -> None:
    old, new = "_posts/2024-03-05-tea.md", "_posts/2025-01-05-tea-again.md"
    assert not found({old: "---\nredirect_from: /blog/tea-again/\n---\n" + TEA, new: TEA})
    assert not found({old: TEA, new: "---\ncanonical: /2024/03/05/tea.html\n---\n" + TEA})
    assert found({old: "---\nredirect_from: /blog/teapot/\n---\n" + TEA, new: TEA})
    assert not found({"posts/2024-03-05-tea.md": TEA, "b.md": "---\naliases: [/posts/tea/]\n---\n" + TEA})


def test_canonical_address_of_a_page_of_the_same_name_is_its_own() -> None:
    head = "---\ncanonical: https://x.example/uk/tea\n---\n"
    assert found({"content/uk/tea.md": head + TEA, "content/us/tea.md": TEA})
    assert not found({"content/ie/tea.md": head + TEA, "content/uk/tea/index.md": TEA})


def test_canonical_link_of_a_web_page() -> None:
    head = '<html><head><title>T</title><link rel="canonical" href="/tea"></head>'
    page = head + "<body><main><p>{}</p></main></body></html>"
    assert not found({"print/tea-print.html": page.format(TEA), "tea.md": TEA})
    assert found({"print/tea-print.html": page.format(TEA).replace("canonical", "alternate"), "tea.md": TEA})


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


@pytest.mark.slow
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
    (mine, here), (other, there) = named[1:]
    assert (mine, other) == ("content/c.md", "content/a.md")
    assert here == there.replace("Decaffeinated", "Caffeine-free")
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
