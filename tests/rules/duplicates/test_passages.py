"""What the rules about passages and doorway pages tell."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from acu_lint.corpus.corpus import Corpus
from acu_lint.engine.engine import Engine, Settings
from acu_lint.rules.finding import Finding, Severity
from acu_lint.testing import load_pack
from acu_lint_rules.duplicates._page_keys import index_keys
from tests.conftest import document

PACK = load_pack()

EVERY = ("duplicates/article", "duplicates/passage", "duplicates/doorway")

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
    corpus = Corpus(documents, checked=[doc.path for doc in checked], keys=index_keys)
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


def test_what_is_pulled_out_of_the_paragraph_beside_it_is_no_repetition() -> None:
    pulled = " ".join(SHOES.split()[:30])
    assert not findings({"a.md": page("alder", SHOES + " " + LIGHT, pulled, SALT)})
    assert findings({"a.md": page("alder", SHOES + " " + LIGHT, SALT, STAIRS, pulled)})


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
    own = (
        f"{SALT} {SHOES} {LIGHT}",
        " ".join(f"harbour{n}" for n in range(120)),
        " ".join(f"mill{n}" for n in range(120)),
    )
    texts: dict[str, str] = {}
    for town, text in zip(("Leeds", "York", "Hull"), own, strict=True):
        texts |= towns(town, extra=f"\n\n{text}")
    assert "duplicates/doorway" not in {finding.rule for finding in findings(texts)}
