"""The analysis of health claims: who does what, and how it is meant."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acu_lint_rules.analysis.claims.claim import Claim, claims
from acu_lint_rules.analysis.claims.subjects import topic
from acu_lint_rules.analysis.text.inflection import forms
from acu_lint_rules.analysis.text.lexicon import Matcher, fold, load, terms
from acu_lint_rules.analysis.text.marks import marker
from acu_lint_rules.analysis.text.sentence import english_views
from acu_lint_rules.analysis.text.tags import content
from acu_lint_rules.claims._report import replacement, rewrite
from tests.conftest import document


def found(text: str) -> list[Claim]:
    return list(claims(document(text)))


def firing(text: str) -> list[str]:
    return [claim.text for claim in found(text) if claim.fires]


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("Massage eases pain, but bruises are common.", ["massage eases pain", "but bruises are common"]),
        ("Massage eases pain, and improves sleep.", ["massage eases pain and improves sleep"]),
        ("Cupping, which leaves marks, soothes.", ["cupping", "which leaves marks soothes"]),
        ("By loosening muscles, massage calms.", ["by loosening muscles", "massage calms"]),
        ("One thing is sure: yoga helps.", ["one thing is sure", "yoga helps"]),
        ("Yoga helps because it is slow.", ["yoga helps", "because it is slow"]),
    ],
)
def test_clauses(text: str, clauses: list[str]) -> None:
    (line,) = english_views(document(text))
    assert [" ".join(line.tokens[c.first : c.last]) for c in line.clauses] == clauses


@pytest.mark.parametrize(
    ("text", "hedged"),
    [
        ("Massage may ease back pain.", True),
        ("Massage may relax you and ease back pain.", True),
        ("Massage may relax you, reduce stress, and ease back pain.", True),
        ("It is possible that massage eases back pain.", True),
        ("Massage appears to ease back pain.", True),
        ("Massage eases back pain for some people.", True),
        ("Massage eases back pain.", False),
        ("Massage may sting, but it eases back pain.", False),
        ("Massage eases back pain; it may also calm you.", False),
        ("While tablets may upset you, massage eases back pain.", False),
        ("Massage eases back pain through points that are thought to matter.", False),
        ("This promising massage eases back pain.", False),
    ],
)
def test_hedge_scope(text: str, hedged: bool) -> None:
    eases = [claim for claim in found(text) if "back pain" in claim.text]
    assert eases
    assert all(bool(claim.hedges) is hedged for claim in eases)


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("Cupping does not relieve migraine.", True),
        ("Cupping doesn't relieve migraine.", True),
        ("No study shows that cupping relieves migraine.", True),
        ("There is no evidence that cupping relieves migraine.", True),
        ("Cupping fails to relieve migraine.", True),
        ("That cupping relieves migraine is a myth.", True),
        ("Cupping not only relieves migraine, it is also fun.", False),
        ("No doubt cupping relieves migraine.", False),
        ("Without surgery, cupping relieves migraine.", False),
        ("Not everyone likes it, but cupping relieves migraine.", False),
    ],
)
def test_negation_scope(text: str, denied: bool) -> None:
    relieves = [claim for claim in found(text) if "migraine" in claim.text]
    assert relieves
    assert all(claim.fires is not denied for claim in relieves)


@pytest.mark.parametrize(
    "text",
    [
        "Does reflexology reduce stress?",
        "# Does reflexology reduce stress",
        "Proponents say that reflexology reduces stress.",
        "In traditional Chinese medicine, reflexology reduces stress.",
        "Beware of anyone who says that reflexology reduces stress.",
        "If reflexology reduces stress for you, go on.",
        "We do not know whether reflexology reduces stress.",
        "A 2019 trial found that reflexology reduces stress.",
        "Reflexology reduces stress ([review](https://doi.org/10.1000/182)).",
        "Side effects of reflexology include soreness, and it reduces stress.",
    ],
)
def test_frames_that_let_a_claim_stand(text: str) -> None:
    assert firing(text) == []
    assert all(claim.exempt for claim in found(text))


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("The practice of yoga improves sleep.", "yoga"),
        ("Yoga is old. It improves sleep.", "it"),
        ("# Yoga\n\nOur sessions improve sleep.", "sessions"),
        ("Yoga is a discipline that improves sleep.", "yoga"),
        ("Sleep is improved by yoga.", "yoga"),
        ("What yoga does:\n\n- improves sleep", "yoga"),
        ("Many guests get relief from yoga.", "yoga"),
    ],
)
def test_subjects(text: str, subject: str) -> None:
    assert [claim.subject for claim in found(text)] == [subject]


@pytest.mark.parametrize(
    "text",
    [
        "Vitamin D deficiency lowers immunity.",
        "The cost of acupuncture increases stress.",
        "Acupuncture clinics improve sleep.",
        "Insomnia is common. It reduces concentration.",
        "Antibiotics treat infections.",
        "Your physiotherapist can treat back pain.",
        "The health benefits of sleep are known to yoga teachers.",
        "Before your massage:\n\n- reduce stress\n- eat lightly",
        "Massage, sleep and strengthening of the muscles come first.",
        "Options include massage, reducing stress and sleep.",
        "Try to keep your shoulders relaxed before shiatsu.",
        "Zinc supplements reduce the effect of some Parkinson's medications.",
    ],
)
def test_other_subjects_make_no_claim(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Shiatsu gives you better sleep.", "efficacy", "gives you better sleep"),
        ("Shiatsu keeps your joints healthy.", "efficacy", "keeps your joints healthy"),
        ("Shiatsu keeps stress at bay.", "efficacy", "keeps stress at bay"),
        ("Shiatsu has a positive effect on digestion.", "efficacy", "has a positive effect on digestion"),
        ("Migraine responds well to shiatsu.", "efficacy", "responds well to shiatsu"),
        ("Migraine eases with shiatsu.", "efficacy", "eases with shiatsu"),
        ("Shiatsu is the answer to insomnia.", "efficacy", "answer to insomnia"),
        ("Turmeric is a natural painkiller.", "efficacy", "natural painkiller"),
        ("The benefits of shiatsu include better sleep.", "efficacy", "benefits of shiatsu"),
        ("Trials support the effectiveness of shiatsu.", "efficacy", "effectiveness of shiatsu"),
        ("Another way to ease stress is shiatsu.", "efficacy", "ease stress"),
        ("Ease stress with shiatsu.", "efficacy", "Ease stress"),
        ("# Shiatsu\n\nWe resolve your back pain.", "efficacy", "resolve your back pain"),
        ("## Benefits of shiatsu\n\n- Improved sleep", "efficacy", "Improved sleep"),
        (
            "Shiatsu involves pressing points to stimulate the nervous system.",
            "mechanism",
            "stimulate the nervous system",
        ),
        ("Qi moves when points open the meridians.", "mechanism", "open the meridians"),
        ("Shiatsu is 100% safe.", "safety", "100% safe"),
        ("After shiatsu you will feel better.", "promise", "feel better"),
        ("We guarantee pain relief with shiatsu.", "guarantee", "guarantee"),
        ("Shiatsu helps the body heal itself.", "cure", "heal itself"),
    ],
)
def test_ways_to_claim(text: str, kind: str, words: str) -> None:
    assert (kind, words) in [(claim.kind, claim.text) for claim in found(text) if claim.fires]


@pytest.mark.parametrize(
    ("text", "boosters", "weak"),
    [
        ("Shiatsu significantly reduces stress.", ("significantly",), False),
        ("Shiatsu can reduce stress.", (), True),
        ("Shiatsu is used to reduce stress.", (), True),
        ("Shiatsu can dramatically reduce stress.", ("dramatically",), True),
        ("Shiatsu reduces stress.", (), False),
    ],
)
def test_strength(text: str, boosters: tuple[str, ...], weak: bool) -> None:
    assert [(claim.boosters, claim.weak) for claim in found(text)] == [(boosters, weak)]


@pytest.mark.parametrize(
    ("text", "wording", "literal"),
    [
        ("Pilates relieves back pain.", "may relieve back pain for some people", ("may relieve back pain",)),
        ("Pilates will relieve back pain.", "may relieve back pain for some people", ()),
        ("Pilates is fun, easing back pain.", "may ease back pain for some people", ()),
        ("Pilates relieves back pain in a week.", "may relieve back pain for some people", ("may relieve back pain",)),
        ("Pilates heals IBS.", "may ease IBS for some people", ()),
        ("Pilates treats cancer.", "", ()),  # a law that keeps a complaint out of advertising knows no hedge
    ],
)
def test_wording(text: str, wording: str, literal: tuple[str, ...]) -> None:
    (claim,) = found(text)
    assert rewrite(claim) == wording
    assert replacement(claim) == literal


def test_a_better_wording_is_no_claim_itself() -> None:
    worded = 0
    for verb in terms("efficacy", "verbs"):
        for claim in found(f"Massage {forms(verb).third} back pain."):
            wording = rewrite(claim)
            worded += bool(wording)
            assert not wording or not any(other.fires for other in found(f"Massage {wording}."))
    assert worded > 50


def test_topic_is_the_therapy_of_the_title_or_the_most_named() -> None:
    assert topic(document("# Cupping at home\n\nYoga, yoga, yoga and yoga.")) == "cupping"
    assert topic(document("# Our week\n\nYoga. Yoga in the park. More yoga. Massage.")) == "yoga"
    assert topic(document("# Our week\n\nYoga once.")) == ""
    assert topic(document("# Our week\n\n" + "Yoga. " * 3 + "We talked at length. " * 250)) == ""


@pytest.mark.parametrize("lang", ["de", "fr-CA", "zh"])
def test_other_languages_have_no_claims(lang: str) -> None:
    assert found(f"---\nlang: {lang}\n---\nAcupuncture cures sciatica.") == []


def test_words_are_folded_alike() -> None:
    matcher = Matcher({"disease": ["Parkinson's disease"], "pain": ["low back pain", "long-term relief"]})
    words = [fold(word) for word in ["Parkinson’s", "Disease", "low-back", "pain", "long", "term", "relief"]]
    assert [match.term for match in matcher.scan(words)] == [
        "Parkinson's disease", "low back pain", "long-term relief",
    ]  # fmt: skip


def test_word_lists_have_no_doubles() -> None:
    for name in ("interventions", "conditions", "hedges", "negation", "efficacy", "frames"):
        for section, group in load(name).items():
            folded = [term.casefold() for term in group]
            assert sorted(folded) == sorted(set(folded)), f"{name}.txt [{section}]"


_PARTS = st.lists(
    st.sampled_from(
        ["Acupuncture", "it", "this treatment", "relieves", "**may**", "cures", "back pain", "&amp;", ",", ".", "which",
         "not", "heals", "“stress”", "always", "is safe", "no side effects", "\n\n- ", "\n\n", "by", "massage", "é"]
    ),
    max_size=40,
)  # fmt: skip


@given(_PARTS)
def test_every_claim_slices_right(parts: list[str]) -> None:
    doc = document(" ".join(parts))
    for claim in claims(doc):
        assert claim.text == claim.sentence.text[claim.start : claim.end]
        assert claim.text.strip()
        first = claim.text.split()[0]
        assert doc.source.text[claim.span.start :].startswith(first[0])


_HOSTILE = [
    "acupuncture relieves ", "not ", "may ", "which ", "pain, ", "of acupuncture ", "it ", "by ", "this treatment ",
    "“", "is safe natural ", "heal itself ", "such as ", "to help ", "helps to ", ", and ", "in traditional ", "100% ",
    "is another way to relieve pain ", "that ", "risk of ", "the the ", "is safe. ", "it moves qi. ", "It heals! ",
    "feel better ", "keeps stress at bay ", "has an effect on sleep ", "responds well to acupuncture ",
    "better sleep ", "no evidence ",
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("part", _HOSTILE)
def test_time_is_linear_on_hostile_lines(part: str) -> None:
    def seconds(size: int) -> float:
        doc = document("Acupuncture relieves " + part * (size // len(part)), "page.txt")
        doc.sentences  # noqa: B018 -- parsed outside the clock
        started = time.process_time()
        claims(doc)
        return time.process_time() - started

    content(), marker()
    assert seconds(100_000) < 15  # quadratic time would be minutes
