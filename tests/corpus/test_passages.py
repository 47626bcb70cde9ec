"""Passages that two articles share or one has twice, and the rules that tell of them and of doorway pages."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acu_lint.corpus.compare.passages import PASSAGE, Piece, Run, repeated, shared
from acu_lint.corpus.corpus import Corpus, Duplicate
from acu_lint.engine.engine import Engine, Settings
from acu_lint.rules.finding import Finding, Severity
from acu_lint.testing import load_pack
from tests.conftest import document

PACK = load_pack()
EVERY = ("duplicates/article", "duplicates/passage", "duplicates/doorway")


class Words:
    """A text that is nothing but words."""

    def __init__(self, words: Sequence[str], breaks: Iterable[int] = ()) -> None:
        self.words = list(words)
        self.breaks = frozenset(breaks)


def numbered(prefix: str, count: int) -> list[str]:
    """Words that occur nowhere else."""
    return [f"{prefix}{number}" for number in range(count)]


def check_run(run: Run, one: Words, two: Words) -> None:
    """What holds for every passage."""
    for i, j, size in run.pieces:
        assert one.words[i : i + size] == two.words[j : j + size]
        assert size > 0
    for last, piece in pairwise(run.pieces):
        assert last.here + last.size <= piece.here
        assert last.there + last.size <= piece.there
        assert (last.here + last.size, last.there + last.size) != (piece.here, piece.there)
    assert run.words == max(run.here[1] - run.here[0], run.there[1] - run.there[0]) >= PASSAGE
    assert run.same > 0.75 * run.words
    assert run.exact == (run.same == run.words)
    assert not any(run.here[0] < at < run.here[1] for at in one.breaks)
    assert not any(run.there[0] < at < run.there[1] for at in two.breaks)


def check_apart(runs: Sequence[Run]) -> None:
    ranges = sorted(run.there for run in runs)
    assert all(one[1] <= two[0] for one, two in pairwise(ranges))


# --- two texts ---------------------------------------------------------------------------


@st.composite
def edited(draw: st.DrawFn, least: int = 60) -> tuple[list[str], list[str]]:
    """A text of words that occur once, and the same with a word replaced, left out or added here and there."""
    original = numbered("p", draw(st.integers(least, 200)))
    copy = list(original)
    at = draw(st.integers(8, 20))
    edits = 0
    while at < len(copy) - 6:
        kind = draw(st.sampled_from(["replace", "drop", "add"]))
        copy[at : at + (kind != "add")] = [] if kind == "drop" else [f"new{edits}"]
        edits += 1
        at += draw(st.integers(7, 20))
    return original, copy


@settings(max_examples=80, deadline=None)
@given(texts=edited(), before=st.integers(0, 50), between=st.integers(0, 50), after=st.integers(0, 50))
def test_reworded_passage_is_found_with_exact_ranges(
    texts: tuple[list[str], list[str]], before: int, between: int, after: int
) -> None:
    """The oracle is difflib: with words that occur once, its matching blocks are the only longest ones."""
    original, copy = texts
    one = Words([*numbered("a", before), *original, *numbered("b", after)])
    two = Words([*numbered("c", between), *copy, *numbered("d", before)])
    (run,) = shared(one, two)
    check_run(run, one, two)
    blocks = SequenceMatcher(None, one.words, two.words, autojunk=False).get_matching_blocks()
    assert run.pieces == tuple(Piece(*block) for block in blocks if block.size)


VOCABULARY = st.sampled_from(["needle", "pain", "back", "knee", "sleep", "trial", "heat", "cold", "doctor", "week"])
PARTS = st.lists(st.lists(VOCABULARY, min_size=5, max_size=45), min_size=1, max_size=4)
PICKS = st.lists(st.integers(0, 3), min_size=1, max_size=5)


def twenty_fives(text: Words) -> dict[int, tuple[str, ...]]:
    """Every sequence of 25 words with no break inside, by its place."""
    return {
        at: tuple(text.words[at : at + PASSAGE])
        for at in range(len(text.words) - PASSAGE + 1)
        if not any(at < place < at + PASSAGE for place in text.breaks)
    }


@settings(max_examples=100, deadline=None)
@given(parts=PARTS, picks=PICKS, breaks=st.sets(st.integers(1, 200), max_size=3))
def test_every_copied_run_is_part_of_a_passage(parts: list[list[str]], picks: list[int], breaks: set[int]) -> None:
    """The oracle looks at every place: texts patched together from the same parts, repetitions and breaks included."""
    one = Words([word for part in parts for word in part], breaks)
    two = Words([word for pick in picks for word in parts[pick % len(parts)]], breaks)
    runs = shared(one, two)
    for run in runs:
        check_run(run, one, two)
    check_apart(runs)
    assert runs == sorted(runs)
    known = set(twenty_fives(one).values())
    wanted = {at for at, words in twenty_fives(two).items() if words in known}
    assert wanted <= {word for run in runs for word in range(*run.there)}


@pytest.mark.parametrize("size", [PASSAGE - 1, PASSAGE])
def test_a_passage_begins_at_25_words(size: int) -> None:
    copied = numbered("p", size)
    one = Words([*numbered("a", 30), *copied, *numbered("b", 30)])
    two = Words([*numbered("c", 10), *copied])
    assert shared(one, two) == ([Run((Piece(30, 10, 25),))] if size == PASSAGE else [])


def test_nothing_runs_across_a_break() -> None:
    copied = numbered("p", 40)
    assert not shared(Words(copied, [20]), Words(copied))
    assert not shared(Words(copied), Words(copied, [20]))
    assert shared(Words(copied, [0, 40]), Words(copied))
    (run,) = shared(Words(copied, [10]), Words(copied))
    assert run.here == (10, 40)


def test_half_the_words_equal_is_no_passage() -> None:
    copied = numbered("p", 200)
    other = [word if number % 8 < 4 else f"x{number}" for number, word in enumerate(copied)]
    assert not shared(Words(copied), Words(other))


def test_stretches_of_other_text_part_two_passages() -> None:
    one = Words([*numbered("p", 60), *numbered("a", 3), *numbered("q", 60), *numbered("b", 40), *numbered("r", 60)])
    two = Words([*numbered("p", 60), *numbered("c", 3), *numbered("q", 60), *numbered("d", 40), *numbered("r", 60)])
    assert [(run.here, run.same) for run in shared(one, two)] == [((0, 123), 120), ((163, 223), 60)]


def test_paragraphs_in_another_order_are_passages() -> None:
    parts = [numbered(name, 50) for name in "pqrs"]
    one, two = (Words([word for at in order for word in parts[at]]) for order in ((0, 1, 2, 3), (2, 0, 3, 1)))
    assert sorted(run.here for run in shared(one, two)) == [(0, 50), (50, 100), (100, 150), (150, 200)]


# --- one text ----------------------------------------------------------------------------


@settings(max_examples=50, deadline=None)
@given(texts=edited(), before=st.integers(0, 30), between=st.integers(0, 30))
def test_passage_that_one_text_has_twice(texts: tuple[list[str], list[str]], before: int, between: int) -> None:
    original, copy = texts
    text = Words([*numbered("a", before), *original, *numbered("b", between), *copy])
    (run,) = repeated(text)
    check_run(run, text, text)
    start = before + len(original) + between
    assert run.there == (before, before + len(original))
    assert run.here == (start, start + len(copy))


@settings(max_examples=100, deadline=None)
@given(parts=PARTS, picks=PICKS)
def test_places_in_one_text_do_not_overlap(parts: list[list[str]], picks: list[int]) -> None:
    text = Words([word for pick in picks for word in parts[pick % len(parts)]])
    runs = repeated(text)
    for run in runs:
        check_run(run, text, text)
        assert run.there[1] <= run.here[0]
    check_apart([Run(tuple(Piece(there, here, size) for here, there, size in run.pieces)) for run in runs])
    places: dict[tuple[str, ...], int] = {}
    for at, words in twenty_fives(text).items():
        if at - places.setdefault(words, at) >= PASSAGE:
            assert any(run.here[0] < at + PASSAGE and at < run.here[1] for run in runs)


# --- hostile text ------------------------------------------------------------------------


def test_one_word_over_and_over() -> None:
    yes = ["yes"] * 100_000
    assert [run.words for run in shared(Words([*yes, *numbered("a", 50)]), Words([*yes, *numbered("b", 50)]))] == [
        100_000
    ]
    assert sum(run.words for run in repeated(Words(yes))) > 90_000


@pytest.mark.parametrize("make", ["few words", "two words", "a period", "a gap"])
def test_time_grows_with_the_words_not_with_their_square(make: str) -> None:
    """Four times the words take about four times as long; sixteen times, were it quadratic."""

    def text(seed: int, size: int) -> Words:
        chance = random.Random(seed)
        if make in {"few words", "two words"}:
            return Words(chance.choices("abc" if make == "few words" else "ab", k=size))
        return Words(["x" if make == "a gap" and at % 23 == seed else f"w{at % 26}" for at in range(size)])

    def seconds(size: int) -> float:
        one, two = text(1, size), text(2, size)
        start = time.process_time()
        shared(one, two)
        repeated(one)
        return time.process_time() - start

    small, large = min(seconds(1_000) for _ in range(2)), seconds(4_000)
    assert large < max(9 * small, 0.5)


# --- in the sources ----------------------------------------------------------------------


def pairs_of(texts: dict[str, str]) -> list[Duplicate]:
    documents = [document(text, path) for path, text in texts.items()]
    return list(Corpus(documents).repeats_of(documents[0]))


MARKUP = {
    "md": ("{}", "*{}*", "**{}**", "[{}](https://example.org/a)", "_{}_,", "{}\n", "{}!"),
    "mdx": ("{}", "*{}*", "**{}**", "<b>{}</b>", "{}\n", "{}{{/* a note */}}", "<Tip>{}</Tip>"),
    "html": ("{}", "<em>{}</em>", "<a href='b.html'>{}</a>", "{}&nbsp;", "{}<br>", "{},", "{}<!-- a note -->"),
}
FRAMES = {
    "md": "---\ntitle: 'A page'\n---\n\n# Heading\n\nBefore it 😀. {}\n\n{}\n",
    "mdx": "import Tip from './tip'\n\n# Heading\n\nBefore it 😀. {}\n\n<Tip>{}</Tip>\n",
    "html": "<html><head><title>A page</title></head><body><main><h1>Heading</h1>"
    "<p>Before it 😀. {}</p><p>{}</p></main></body></html>",
}


@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_ranges_read_the_same_words_in_every_format(data: st.DataObject) -> None:
    original, copy = data.draw(edited())
    sources: dict[str, str] = {}
    for name, words, others in (("one", original, "Fill."), ("two", copy, "Stuff.")):
        kind = data.draw(st.sampled_from(sorted(FRAMES)))
        marks = data.draw(st.lists(st.sampled_from(MARKUP[kind]), min_size=len(words), max_size=len(words)))
        text = " ".join(mark.format(word) for mark, word in zip(marks, words, strict=True))
        sources[f"{name}.{kind}"] = FRAMES[kind].format(f"{others} {text}", others)
    (pair,) = pairs_of(sources)
    (passage,) = pair.passages
    for span, article, words in ((passage.here, pair.here, original), (passage.there, pair.there, copy)):
        source = article.source.text[slice(*span)]
        assert re.findall(r"(?<![a-z])(?:p|new)\d+", source) == words
        assert source.startswith(words[0])
        assert source.endswith(words[-1])
    assert passage.same == len(set(original) & set(copy))
    for here, there in passage.pieces:
        mine, theirs = pair.here.source.text[slice(*here)], pair.there.source.text[slice(*there)]
        assert re.findall(r"(?<![a-z])p\d+", mine) == re.findall(r"(?<![a-z])p\d+", theirs)


# --- the rules ---------------------------------------------------------------------------

SHOES = """A shoe that fits in the morning pinches at night, because feet swell during a long shift; buy in the
afternoon and leave a thumb's width before the toes. Two pairs that alternate dry out properly."""
LIGHT = """Light in the morning sets the inner clock forward and light in the evening sets it back, so a walk at the
right hour does more for tired travellers than a capsule from the shop at the airport."""
SALT = """Salt hides in bread, cheese and ready meals far more than in the shaker on the table, and whoever cooks
with lemon, onions and fresh herbs for a month finds that the tongue asks for less of it."""
STAIRS = """Take the stairs slowly on the first day, hold the rail, and rest on the landing; after a fortnight most
people climb three floors without a pause, and their knees complain less than they did in the lift."""
PARTS_OF_TEXT = {"shoes": SHOES, "light": LIGHT, "salt": SALT, "stairs": STAIRS}


def page(name: str, *parts: str) -> str:
    """An article with paragraphs of its own around the given ones."""
    chance = random.Random(name)
    own = [" ".join(f"{name}{chance.randrange(10_000)}" for _ in range(12)).capitalize() + "." for _ in range(20)]
    return "\n\n".join((f"# About {name}", " ".join(own[:10]), *parts, " ".join(own[10:]))) + "\n"


def findings(
    texts: dict[str, str], *only: str, rules: Sequence[str] = EVERY, options: dict[str, object] | None = None
) -> list[Finding]:
    """Check the articles together, or ``only`` some of them."""
    documents = [document(text, path) for path, text in texts.items()]
    checked = [doc for doc in documents if not only or doc.path in only]
    corpus = Corpus(documents, checked=[doc.path for doc in checked])
    settings = Settings(frozenset(rules), {"duplicates/passage": options or {}})
    engine = Engine(PACK, settings, lambda: corpus)
    found = [finding for doc in checked for finding in engine.check(doc)]
    assert not engine.faults
    return found


def test_passage_names_the_other_article_and_its_line() -> None:
    texts = {"a.md": page("alder", SHOES), "b.md": page("birch", SHOES)}
    (finding,) = findings(texts)
    assert (finding.rule, finding.path, finding.severity) == ("duplicates/passage", "b.md", Severity.WARNING)
    assert finding.actual == SHOES.removesuffix(".")
    assert "A shoe that fits in the morning pinches …" in finding.message
    assert "'About alder' (a.md, line 5)" in finding.message
    (place,) = finding.related
    assert texts["a.md"][place.start.offset : place.end.offset] == finding.actual
    assert place.path == "a.md"
    assert not findings({"a.md": texts["a.md"], "b.md": page("birch", LIGHT)})


def test_the_changed_article_has_the_finding_whatever_its_path() -> None:
    texts = {"a.md": page("alder", SHOES), "b.md": page("birch", SHOES)}
    for path, other in (("a.md", "b.md"), ("b.md", "a.md")):
        (finding,) = findings(texts, path)
        assert (finding.path, finding.data["others"]) == (path, [other])


def test_one_finding_lists_every_article_that_has_the_passage() -> None:
    texts = {f"{name}.md": page(name, SHOES) for name in ("alder", "birch", "cedar", "daisy")}
    for finding in (*findings(texts), *findings(texts, "birch.md")):
        others = sorted(set(texts) - {finding.path})
        assert finding.data["others"] == others
        assert [place.path for place in finding.related] == others
        assert "stand in 3 other articles too" in finding.message
    assert [finding.path for finding in findings(texts)] == ["daisy.md"]


def test_longer_copy_is_told_beside_a_later_article_with_a_part_of_it() -> None:
    part = " ".join(SHOES.split()[:28])
    texts = {
        "a.md": page("alder", f"{SHOES} {LIGHT}"),
        "b.md": page("birch", f"{SHOES} {LIGHT}"),
        "c.md": page("cedar", part),
    }
    assert {finding.path: finding.data["words"] for finding in findings(texts)} == {
        "b.md": len(f"{SHOES} {LIGHT}".split()),
        "c.md": 28,
    }


def test_more_than_100_words_are_an_error() -> None:
    long = f"{SHOES} {LIGHT} {SALT} {STAIRS}"
    assert len(long.split()) > 100
    (finding,) = findings({"a.md": page("alder", long), "b.md": page("birch", long)})
    assert finding.severity is Severity.ERROR


def test_reworded_passage_says_how_many_words_are_the_same() -> None:
    other = SHOES.replace("swell during a long shift", "grow over a working day").replace("properly", "well")
    (finding,) = findings({"a.md": page("alder", SHOES), "b.md": page("birch", other)})
    assert finding.data["same"] == len(SHOES.split()) - 5
    assert finding.message.startswith(f"{finding.data['same']} of these {finding.data['words']} words")


def test_many_passages_of_one_article_are_one_finding() -> None:
    def gapped(name: str) -> str:
        rest = (f"{' '.join(f'{name}{number}{at}' for at in range(30))}." for number in range(4))
        return page(name, *(text for pair in zip(PARTS_OF_TEXT.values(), rest, strict=True) for text in pair))

    texts = {"a.md": gapped("alder"), "b.md": gapped("birch")}
    (finding,) = findings(texts)
    assert finding.data["passages"] == 4
    assert finding.data["total"] == sum(len(text.split()) for text in PARTS_OF_TEXT.values())
    assert finding.severity is Severity.ERROR
    shown = {texts[place.path][place.start.offset : place.end.offset] for place in finding.related}
    assert {text.removesuffix(".") for text in PARTS_OF_TEXT.values()} == shown


def test_articles_that_are_alike_as_a_whole_are_told_once() -> None:
    text = "# Shoes, light, salt and stairs\n\n" + "\n\n".join(PARTS_OF_TEXT.values())
    found = findings({"a.md": text, "b.md": text.replace("# Shoes", "# Boots")})
    assert [finding.rule for finding in found] == ["duplicates/article"]


def test_series_share_a_template_on_purpose() -> None:
    texts = {"cards/a.md": page("alder", SHOES), "cards/b.md": page("birch", SHOES), "c.md": page("cedar", SHOES)}
    found = findings(texts, options={"series": ("cards/*",)}, rules=["duplicates/passage"])
    others = {finding.path: finding.data["others"] for finding in found}
    assert others == {"cards/a.md": ["c.md"], "cards/b.md": ["c.md"]}


@pytest.mark.parametrize(
    "text",
    [
        "What you read on these pages is general information and no substitute for medical advice from somebody"
        " who knows your history and has looked at your tongue, your back and your papers.",
        "Our rooms stand beside the old mill, the bus stops in front of the door, and children may play in the"
        " yard while you wait for your turn; call us on any weekday before six.",
        "© The friends of the old mill, who keep the rights in all words and pictures on these pages, and who"
        " like to be asked before anybody else prints one of them.",
        "You reach the friends of the old mill on 020 7946 0321 whenever somebody is in the house, which is most"
        " days of the week but few evenings, and never on a Sunday in spring.",
        "## Privacy policy\n\nWe write down your name and the day on which you were born, keep both in a drawer for"
        " ten years, and shred them when the law says that we may or that we must.",
        "> Whoever walks to the station in the morning and home again in the evening has done more for heart and"
        " legs than a member of a gymnasium who drives there by car twice a week.",
    ],
)
def test_what_every_page_may_say_is_no_copy(text: str) -> None:
    assert not findings({"a.md": page("alder", text), "b.md": page("birch", text)})
    assert not findings({"a.md": page("alder", text, SALT, text)})


def test_repetition_within_one_article() -> None:
    text = page("alder", SHOES, LIGHT, f"Once more: {SHOES}")
    (finding,) = findings({"a.md": text})
    assert finding.actual == SHOES.removesuffix(".")
    assert finding.start.offset > text.index(LIGHT)
    assert "repeat line 5 of this article" in finding.message
    (place,) = finding.related
    assert (place.path, place.start.line) == ("a.md", 5)


def test_what_one_article_says_again_and_again_is_one_finding() -> None:
    text = page("alder", SHOES, LIGHT, SHOES, SALT, SHOES)
    (finding,) = findings({"a.md": text})
    assert "stand 3 times in this article, first in line 5;" in finding.message
    assert [place.start.line for place in finding.related] == [5, 17]
    assert finding.start.line == 11


@pytest.mark.parametrize("label", ["## Key points\n\n", "## At a glance\n\n- ", "Summary: "])
def test_summary_may_repeat_the_article(label: str) -> None:
    assert not findings({"a.md": page("alder", SHOES, LIGHT, label + SHOES)})
    assert not findings({"a.md": page("alder", label + SHOES, f"## More\n\n{LIGHT}", SHOES)})


# --- doorway pages -----------------------------------------------------------------------

TOWN = """# Acupuncture in {0}

Looking for acupuncture in {0}? Our practitioners see people from all over {0} who have trouble with their back, their
knees or their sleep. A first visit takes an hour: we ask what troubles you, look at your tongue, feel your pulse and
explain what needles can and cannot do. Most people in {0} come six times. Sessions after the first take forty minutes,
and you may stay in the warm room for a while before you walk home through {0}.{1}
"""


def towns(*names: str, extra: str = "") -> dict[str, str]:
    return {f"{name.lower().replace(' ', '-')}.md": TOWN.format(name, extra) for name in names}


def test_doorways_are_one_finding_that_names_them_all() -> None:
    (finding,) = findings(towns("Leeds", "York", "Hull", "Ripon"))
    assert (finding.rule, finding.path, finding.severity) == ("duplicates/doorway", "york.md", Severity.ERROR)
    assert "These 4 pages differ only in the place: York, Hull, Leeds and Ripon;" in finding.message
    assert finding.actual == "Acupuncture in York"
    assert [place.path for place in finding.related] == ["hull.md", "leeds.md", "ripon.md"]


def test_changed_doorway_has_the_finding() -> None:
    (finding,) = findings(towns("Leeds", "York", "Hull"), "hull.md")
    assert (finding.rule, finding.path, finding.data["values"]) == (
        "duplicates/doorway",
        "hull.md",
        ["Hull", "Leeds", "York"],
    )


def test_complaints_of_one_word_and_of_two_are_one_slot() -> None:
    text = TOWN.replace("in {0}", "for {0}").replace("over {0}", "over town").replace("through {0}", "with your {0}")
    names = ("back pain", "Knee pain", "migraine", "insomnia")
    texts = {f"{number}.md": text.format(name, "") for number, name in enumerate(names)}
    (finding,) = findings(texts)
    assert finding.data["slot"] == "complaint"
    assert "differ only in the complaint: insomnia, back pain, knee pain and migraine;" in finding.message


def test_two_towns_are_a_duplicate_not_a_series() -> None:
    assert [finding.rule for finding in findings(towns("Leeds", "York"))] == ["duplicates/article"]


def test_many_doorways_are_counted() -> None:
    names = [f"{name}{end}" for name in ("Ash", "Brad", "Cor", "Dun") for end in ("ford", "ton", "by")]
    (finding,) = findings(towns(*names))
    assert finding.data["count"] == 12
    assert "and 7 more;" in finding.message


def test_branches_with_details_of_their_own_are_no_doorways() -> None:
    details = {
        "Leeds": " You meet Dr Ann Pike at 12 Mill Lane on Mondays from nine.",
        "York": " You meet Dr Bo Hall at 7 High Street on Fridays from ten.",
        "Hull": " You meet Dr Cy Ford at 30 Park Road on Sundays from noon.",
    }
    texts = {path: text for name, extra in details.items() for path, text in towns(name, extra=extra).items()}
    assert "duplicates/doorway" not in {finding.rule for finding in findings(texts)}


def test_pages_with_text_of_their_own_are_no_doorways() -> None:
    texts = towns("Leeds") | towns("York", extra=f"\n\n{SALT}") | towns("Hull", extra=f"\n\n{LIGHT} {STAIRS}")
    assert "duplicates/doorway" not in {finding.rule for finding in findings(texts)}
