"""Keys under which the index finds pages with the same title, description or keyphrase, and the rules that ask it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from acu_lint.cli import cli
from acu_lint.corpus.corpus import Corpus
from acu_lint.rules.finding import Hit
from acu_lint_rules.analysis.text.lexicon import load
from acu_lint_rules.duplicates import cannibalization, description, title
from acu_lint_rules.duplicates._page_keys import (
    SAME_DESCRIPTION,
    SAME_TITLE,
    VERSION,
    alike,
    index_keys,
    near_keys,
    reaches,
    topic,
    words_of,
)
from tests.conftest import document


def page(name: str, **data: str) -> str:
    head = "".join(f"{key}: {json.dumps(value)}\n" for key, value in data.items())
    return f"---\n{head}---\nText of {name}.\n"


def corpus(texts: dict[str, str], *checked: str) -> Corpus:
    return Corpus((document(text, path) for path, text in texts.items()), checked=checked, keys=index_keys)


def hits(rule: Any, texts: dict[str, str], path: str, *checked: str) -> list[Hit]:
    return list(rule.check(document(texts[path], path), corpus(texts, *checked)))


# --- keys --------------------------------------------------------------------------------

BAGS = st.lists(st.integers(0, 120).map("w{}".format), min_size=1, max_size=70)


@settings(max_examples=400, deadline=None)
@given(words=BAGS, data=st.data(), least=st.sampled_from([SAME_TITLE, SAME_DESCRIPTION]))
def test_nearly_equal_texts_always_share_a_key(words: list[str], data: st.DataObject, least: float) -> None:
    """As many words as the limit allows are exchanged, taken out and put in, at any places."""
    other = list(words)
    for _ in range(data.draw(st.integers(0, int((1 - least) * 2 * len(words)) + 1))):
        change = data.draw(st.sampled_from(["exchange", "remove", "insert"]))
        if change != "insert" and other:
            other.pop(data.draw(st.integers(0, len(other) - 1)))
        if change != "remove":
            other.insert(data.draw(st.integers(0, len(other))), data.draw(st.sampled_from(["new", "w1", "w7", "last"])))
    if other and alike(words, other) >= least - 1e-9:
        assert reaches(words, other, least)
        assert near_keys(words, least) & near_keys(other, least)


def test_keys_are_few_and_tell_apart() -> None:
    """Twenty descriptions of 20 different words each: no two share a key, and none has more than a dozen."""
    texts = [[f"word{number}x{other}" for other in range(20)] for number in range(20)]
    keys = [near_keys(words, SAME_DESCRIPTION) for words in texts]
    assert max(map(len, keys)) <= 12
    assert len(set().union(*keys)) == sum(map(len, keys))


def test_how_often_a_word_occurs_counts() -> None:
    assert not reaches(words_of("back pain blog back clinic"), words_of("pain blog back clinic"), SAME_TITLE)
    assert reaches(words_of("blog back pain, back clinic"), words_of("Back pain: blog, Back clinic"), SAME_TITLE)


@pytest.mark.parametrize(
    "head",
    ["noindex: true", "robots: noindex", "draft: true", "published: false", "partial: true"],
)
def test_pages_that_are_not_listed_have_no_keys(head: str) -> None:
    text = "---\ntitle: Cold feet at night\ndescription: Why toes are cold.\nkeyphrase: cold feet\n{}---\nText.\n"
    assert not list(index_keys(document(text.format(head + "\n"))))
    kinds = {kind for kind, _ in index_keys(document(text.format("")))}
    assert kinds == {"title", "description", "keyphrase", "topic"}


def test_keys_have_a_version() -> None:
    """Indexes keep the keys: where another word list or rule makes this fail, raise VERSION and note both anew."""
    titles = [
        "How reflexology helps tired feet | Fern House",
        "7 tips: better sleep without pills",
        "Warum kalte Füße?",
    ]
    keys = [
        key
        for name in titles
        for key in index_keys(document(page("x", title=name, description=f"{name} and more", keyphrase=name)))
    ]
    words = [*load("page_titles").values(), load("keywords")["function-words"], load("keywords")["verbs"]]
    assert (VERSION, crc32(repr([sorted(keys), words]).encode())) == (5, 3354373215)


def test_keys_are_a_function_of_the_page_alone() -> None:
    text = page("x", title="Cold feet at night | Fern House", description="Why toes are cold in bed, and what to wear.")
    assert set(index_keys(document(text))) == set(index_keys(document(text, "folder/b.md")))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80), st.text(max_size=120))
def test_no_title_or_description_breaks_the_keys(name: str, told: str) -> None:
    for text in (page("x", title=name, description=told, keyphrase=told), f"<title>{name}</title><p>{told}</p>"):
        for path in ("a.md", "a.html"):
            assert all(isinstance(kind, str) and isinstance(key, str) for kind, key in index_keys(document(text, path)))


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("Reflexology for tired feet", "How reflexology helps tired feet", True),
        ("Reflexology for tired feet", "The ultimate guide to reflexology for tired feet", True),
        ("7 tips for cold feet at night", "5 tips for cold feet at night", True),
        ("Cold feet in week 12", "Cold feet in week 13", False),
        ("Reflexology: costs", "Reflexology: risks", False),
        ("Reflexology for tired feet", "Reflexology without tired feet", False),
    ],
)
def test_topics_of_titles(one: str, two: str, *, same: bool) -> None:
    first, second = (topic(document(page("x", title=name))) for name in (one, two))
    assert (first == second != "") is same


# --- the rules ---------------------------------------------------------------------------

SAME = {"a.md": page("a", title="Cold feet at night"), "b.md": page("b", title="Cold feet at night")}


def test_full_run_reports_a_pair_once_on_the_later_path() -> None:
    assert not hits(title, SAME, "a.md", *SAME)
    (hit,) = hits(title, SAME, "b.md", *SAME)
    assert hit.data["others"] == ["a.md"]


@pytest.mark.parametrize("path", ["a.md", "b.md"])
def test_changed_page_gets_the_finding(path: str) -> None:
    (hit,) = hits(title, SAME, path, path)
    assert SAME[path][slice(*hit.span)] == "Cold feet at night"
    (place,) = hit.related
    assert place.path != path
    assert place.source is not None
    assert place.source.text[slice(*place.span)] == "Cold feet at night"


def test_title_that_is_not_saved_yet_is_compared() -> None:
    edited = document(page("b", title="Warm feet at night"), "b.md")
    texts = SAME | {"c.md": page("c", title="Warm feet at night")}
    (hit,) = title.check(edited, corpus(texts, "b.md"))
    assert hit.data["others"] == ["c.md"]


def test_many_pages_with_one_title_are_one_finding() -> None:
    texts = {f"{number:02}.md": page("x", title="Blog") for number in range(12)}
    (hit,) = hits(title, texts, "07.md", "07.md")
    assert hit.message == "several"
    assert hit.data["count"] == "5 or more"
    assert len(hit.related) == 5


def test_heading_of_a_section_is_no_title() -> None:
    texts = {name: f"---\ndate: 2026-01-02\n---\n\n## Sources\n\nText of {name}.\n" for name in ("a.md", "b.md")}
    assert not hits(title, texts, "b.md")


@pytest.mark.parametrize("places", [("knee", "hip"), ("knee", "hip", "elbow", "back")])
def test_description_with_one_word_changed(places: tuple[str, ...]) -> None:
    told = "Physiotherapists at Fern House explain what eases a sore {} and when a doctor should look at it."
    texts = {f"{place}.md": page(place, title=place, description=told.format(place)) for place in places}
    (hit,) = hits(description, texts, "knee.md", "knee.md")
    assert sorted(hit.data["others"]) == sorted(f"{place}.md" for place in places if place != "knee")  # type: ignore[call-overload]
    text = texts["knee.md"]
    assert text[slice(*hit.span)] == told.format("knee")


def test_description_with_more_words_changed_is_another() -> None:
    told = "Physiotherapists at {} explain what eases a sore {} and when a {} should look at it."
    texts = {
        "a.md": page("a", description=told.format("Fern House", "knee", "doctor")),
        "b.md": page("b", description=told.format("Oak Lodge", "hip", "surgeon")),
    }
    assert not hits(description, texts, "b.md")


def test_description_that_is_the_title_of_an_earlier_or_later_page() -> None:
    for other in ("a.md", "z.md"):
        texts = {other: page("x", title="Warm hands in winter"), "k.md": page("k", description="Warm hands in winter")}
        (hit,) = hits(description, texts, "k.md", *texts)
        assert hit.message == "title"


ALLOWED = [
    ("a.md", "b.md", {"canonical": "/b"}),
    ("a.md", "b.md", {"redirect_to": "/b"}),
    ("new/a.md", "old/b.md", {"redirect_from": "/old/b/"}),
    ("a.md", "b.md", {"robots": "noindex"}),
    ("a.md", "b.md", {"translationKey": "cold-feet"}),
    ("docs/v1/a.md", "docs/v2/a.md", {}),
    ("docs/a.md", "docs/latest/a.md", {}),
    ("blog/a.md", "blog/archive/a.md", {}),
    ("blog/index.md", "blog/page/2/index.md", {}),
    ("blog/page-2.md", "blog/page-3.md", {}),
]
REPEATED = [
    ("a.md", "b.md", {}),
    ("a.md", "b.md", {"canonical": "/a"}),
    ("a.md", "b.md", {"aliases": "feet"}),
    ("blog/a.md", "news/a.md", {}),
    ("docs/v1/a.md", "docs/v2/b.md", {}),
    ("new/a.md", "old/b.md", {"redirect_from": "/old/c/"}),
    ("page-2-of-life.md", "page-3-of-life.md", {}),
]


@pytest.mark.parametrize(
    ("one", "two", "head", "allowed"), [(*case, True) for case in ALLOWED] + [(*case, False) for case in REPEATED]
)
def test_pages_that_may_repeat_each_other(one: str, two: str, head: dict[str, str], *, allowed: bool) -> None:
    texts = {one: page("x", title="Cold feet at night", **head)}
    texts[two] = page(
        "y", title="Cold feet at night", **({"translationKey": "cold-feet"} if "translationKey" in head else {})
    )
    for path in texts:
        assert bool(hits(title, texts, path)) is not allowed


@pytest.mark.parametrize(
    ("one", "two", "translated"),
    [
        ("de/reiki.md", "en/reiki.md", True),
        ("content/reiki.md", "content/de/reiki.md", True),
        ("reiki.md", "reiki.pt-br.md", True),
        ("uk/reiki.md", "us/reiki.md", False),
        ("de/reiki.md", "en/shiatsu.md", False),
        ("en/a/reiki.md", "en/b/reiki.md", False),
    ],
)
def test_translations_by_their_place(one: str, two: str, *, translated: bool) -> None:
    texts = {one: page("x", title="Reiki"), two: page("y", title="Reiki")}
    assert bool(hits(title, texts, two)) is not translated


def test_web_page_that_leads_elsewhere_at_once() -> None:
    html = "<html><head><title>Reiki</title>{}</head><body><main><p>Text.</p></main></body></html>"
    texts = {
        "a.html": html.format('<meta http-equiv="Refresh" content="0; URL=/b">'),
        "b.html": html.format('<meta http-equiv="refresh" content="3600">'),
        "c.html": html.format(""),
    }
    (hit,) = hits(title, texts, "b.html")
    assert hit.data["others"] == ["c.html"]


def test_translations_that_a_web_page_names() -> None:
    html = "<html><head><title>Reiki</title>{}</head><body><main><p>Text.</p></main></body></html>"
    link = '<link rel="alternate" hreflang="{}" href="https://x.example/{}/reiki">'
    texts = {
        "leeds/reiki.html": html.format(link.format("de", "leeds") + link.format("fr", "lyon")),
        "lyon/reiki.html": html.format(""),
        "york/reiki.html": html.format(""),
    }
    (hit,) = hits(title, texts, "leeds/reiki.html")
    assert hit.data["others"] == ["york/reiki.html"]


FEET = """Reflexology presses points of the foot with thumb and fingers. Tired feet feel lighter for an hour or two
after a session, as they do after any foot massage. Trials have found no effect on other organs, and nobody
has shown that the points exist. Wear shoes that fit, and walk barefoot where it is safe."""


def test_titles_compete_where_texts_have_much_in_common() -> None:
    head = "# {}\n\n{}\n"
    texts = {
        "a.md": head.format("Reflexology for tired feet", FEET),
        "b.md": head.format("How reflexology helps tired feet", FEET.replace("Trials have", "Nobody has")),
        "c.md": head.format("A guide to reflexology for tired feet", "Bring a towel on Tuesday. " * 10),
    }
    (hit,) = hits(cannibalization, texts, "b.md", *texts)
    assert hit.data["others"] == ["a.md"]
    assert hit.message == "topic"
    assert texts["b.md"][slice(*hit.span)] == "How reflexology helps tired feet"


def test_the_same_keyphrase_is_enough() -> None:
    texts = {
        "a.md": page("a", title="One", focus_keyphrase="acupuncture for tired feet"),
        "b.md": page("b", title="Two", keyphrase="tired foot, tired feet acupuncture"),
        "c.md": page("c", title="Three", keywords="tired feet acupuncture, feet"),
    }
    (hit,) = hits(cannibalization, texts, "b.md", "b.md")
    assert hit.data["others"] == ["a.md"]
    assert "tired feet acupuncture" in texts["b.md"][slice(*hit.span)]


def test_findings_of_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("acu-lint.toml").write_text('[corpus]\ninclude = ["*.md"]\n', encoding="utf-8")
    told = "Why toes are cold in bed, and what to wear."
    for name in "abc":
        text = page(name, title=f"Page {name}", description=told)
        Path(f"{name}.md").write_text(text, encoding="utf-8")
    arguments = ["check", "--select", "duplicates/description", "--format", "json", "."]
    listed = json.loads(CliRunner().invoke(cli, arguments, catch_exceptions=False).stdout)["findings"]
    assert [finding["path"] for finding in listed] == ["./b.md", "./c.md"]
    assert all(finding["actual"] == told and finding["severity"] == "warning" for finding in listed)
    assert [len(finding["related"]) for finding in listed] == [1, 2]
