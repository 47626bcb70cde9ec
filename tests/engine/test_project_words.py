"""The words of a project: accepted, rejected, added to the lists, approved; and the profile."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from acu_lint.testing import TODAY
from tests.conftest import ROOT, AcuLint, Ran, Write
from tests.test_docs import blocks

APPROVED = """\
# Signed off by legal.
- text: "Acupuncture relieves *tension headache*."
  reference: LEGAL-2026-014
  expires: 2026-12-31
- text: 'Cupping "eases" a stiff neck in our patients'
  reference: LEGAL-2025-002
  expires: 2026-06-30
"""


@pytest.fixture
def found(acu_lint: AcuLint, write: Write) -> Callable[..., list[tuple[str, str]]]:
    """Rule and words of the findings of some families in a text."""

    def call(text: str, vocabulary: str, *families: str, name: str = "a.md") -> list[tuple[str, str]]:
        write("acu-lint.toml", f"select = {list(families)}\nreader = false\n[vocabulary]\n{vocabulary}")
        write(name, text)
        ran = acu_lint("check", "--format", "json", "--fail-on", "never", "--today", str(TODAY), name)
        assert ran.status == 0, ran.errors
        return [(finding["rule"], finding["actual"]) for finding in ran.json["findings"]]

    return call


Found = Callable[..., list[tuple[str, str]]]


def claims(rows: list[tuple[str, str]]) -> list[str]:
    """The findings about claims, whichever rule speaks."""
    return [words for rule, words in rows if rule.startswith("claims/")]


def test_an_accepted_word_is_not_reported(found: Found) -> None:
    text = "# Our shop\n\nA revolutionary mat. Ask for the **Revolutionary** Mat Two.\n"
    assert len(found(text, "", "copy")) == 2
    assert found(text, 'accept = ["Revolutionary Mat Two"]', "copy") == [("copy/puffery", "revolutionary")]
    assert found(text, 'accept = ["revolutionary"]', "copy") == []


def test_an_accepted_word_does_not_silence_what_goes_beyond_it(found: Found) -> None:
    text = "Acupuncture cures sciatica.\n"
    assert found(text, 'accept = ["cures", "sciatica"]', "claims") == [("claims/cure", "cures sciatica")]


def test_findings_about_the_whole_article_stay_where_the_title_is_accepted(found: Found) -> None:
    text = "---\ntitle: Needling\n---\n\n" + "We put fine needles into the skin. " * 60
    rules = [rule for rule, _ in found(text, 'accept = ["needling"]', "trust", "seo")]
    assert {"trust/author", "seo/description"} <= {*rules}


def test_rejected_words(found: Found, acu_lint: AcuLint) -> None:
    text = "# Detox days\n\nA detox. See the Detox Lodge.\n\n![a detox mat](a.png)\n\n`detox`\n"
    rejected = 'reject = {"detox" = "rest", "days" = ""}\naccept = ["Detox Lodge"]'
    assert found(text, rejected, "claims") == [
        ("acu/rejected-word", word) for word in ("Detox", "days", "detox", "detox")
    ]
    ran = acu_lint("check", "--format", "json", "a.md").json["findings"]
    assert ran[0]["expected"] == ["rest"]
    assert "rest" in ran[0]["message"]
    assert ran[1]["expected"] == []


def test_words_are_known_however_they_are_spelled(found: Found) -> None:
    text = "Our café has a follow-up and a Cafe\u0301. The follow up is short, the décor new, and the decor is not.\n"
    rejected = 'reject = {"cafe" = "bar", "follow up" = "second visit", "decor" = "décor"}'
    assert found(text, rejected, "claims") == [
        ("acu/rejected-word", word) for word in ("café", "follow-up", "Cafe\u0301", "follow up", "decor")
    ]


def test_accents_tell_words_of_other_languages_apart(found: Found) -> None:
    text = "---\nlang: de\n---\n\nDas ist schon schön.\n"
    assert ("acu/rejected-word", "schon") in (words := found(text, 'reject = ["schon"]', "claims"))
    assert ("acu/rejected-word", "schön") not in words


def test_rejected_words_as_a_list_and_a_severity(acu_lint: AcuLint, write: Write) -> None:
    write("a.md", "A quick detox.\n\n<!-- acu-lint-disable-next-line acu/rejected-word -- quoted -->\nA detox.\n")
    write("acu-lint.toml", '[vocabulary]\nreject = ["detox"]\n[rules."acu/rejected-word"]\nseverity = "error"\n')
    ran = acu_lint("check", "--format", "concise", "--select", "claims", "a.md")
    assert ran.status == 1
    assert ran.output.count("detox") == 1
    assert acu_lint("check", "--ignore", "acu/rejected-word", "--select", "claims", "a.md").status == 0


@pytest.mark.parametrize(
    ("key", "term", "sentence"),
    [
        ("interventions", "gong bath", "A gong bath relieves back pain."),
        ("brands", "Needle & Co", "Needle & Co relieves back pain."),
        ("brands", "Nervo-Calm", "Nervo-Calm relieves back pain."),
        ("conditions", "lunar gloom", "Acupuncture relieves lunar gloom."),
    ],
)
def test_own_terms_join_the_lists(found: Found, key: str, term: str, sentence: str) -> None:
    assert found(sentence, "", "claims") == []
    assert claims(found(sentence, f'{key} = ["{term}"]', "claims"))


@pytest.mark.parametrize(
    "text",
    [
        "Acupuncture relieves tension headache.",
        "Acupuncture relieves\n**tension**   headache; so we say.",
        "We say: “Acupuncture relieves tension headache”",
        "- ACUPUNCTURE RELIEVES [tension headache](https://a.example)",
    ],
)
def test_an_approved_wording_is_silent(found: Found, write: Write, text: str) -> None:
    write("legal/approved.yml", APPROVED)
    assert claims(found(text, "", "claims"))
    assert found(text, 'approved-claims = "legal/approved.yml"', "claims") == []


@pytest.mark.parametrize(
    "text",
    [
        "Acupuncture relieves tension headaches.",
        "Acupuncture quickly relieves tension headache.",
        "Acupuncture relieves tension headache and migraine.",
        "Electroacupuncture relieves tension headache.",
    ],
)
def test_another_wording_is_not_approved(found: Found, write: Write, text: str) -> None:
    write("approved.yml", APPROVED)
    assert claims(found(text, 'approved-claims = "approved.yml"', "claims"))


def test_an_expired_approval_is_told_where_it_is_used(found: Found, acu_lint: AcuLint, write: Write) -> None:
    write("approved.yml", APPROVED)
    text = "Tea is served.\n\nCupping “eases” a stiff neck in our patients.\n"
    rows = found(text, 'approved-claims = "approved.yml"', "claims")
    assert ("acu/approval-expired", "Cupping “eases” a stiff neck in our patients") in rows
    assert claims(rows)
    ran = acu_lint("check", "--format", "concise", "--today", str(TODAY), "a.md")
    assert "LEGAL-2025-002" in ran.output
    early = acu_lint("check", "--format", "json", "--select", "claims", "--today", "2026-06-30", "a.md")
    assert early.rules == []  # the last day counts


def test_an_override_adds_to_the_words(acu_lint: AcuLint, write: Write) -> None:
    write("shop/a.md", "A detox and a cleanse.\n")
    write("b.md", "A detox and a cleanse.\n")
    write(
        "acu-lint.toml",
        'select = ["claims"]\nreader = false\n[vocabulary]\nreject = ["detox"]\n'
        '[[overrides]]\nfiles = ["shop/**"]\nvocabulary = {reject = ["cleanse"], accept = ["detox"]}\n',
    )
    findings = acu_lint("check", "--format", "json", "b.md", "shop").json["findings"]
    assert [(finding["path"], finding["actual"]) for finding in findings] == [
        ("b.md", "detox"),
        ("shop/a.md", "cleanse"),
    ]


def test_config_shows_the_words(acu_lint: AcuLint, write: Write) -> None:
    write("approved.yml", APPROVED)
    write(
        "acu-lint.toml",
        'profile = ["uk"]\n[vocabulary]\naccept = ["Revolutionary Mat"]\napproved-claims = "approved.yml"\n',
    )
    lines = [line.split() for line in acu_lint("config", "a.md").output.splitlines()]
    assert ["vocabulary", "accept", '["Revolutionary', 'Mat"]', "acu-lint.toml"] in lines
    assert ["approved", "claims", "2,", "1", "of", "them", "expired"] in lines
    assert ["profile", '["uk"]', "acu-lint.toml"] in lines


WRONG = {
    "unknown key": ("[vocabulary]\nacept = []", "acu-lint.toml:2: unknown key 'acept' in vocabulary (did you mean 'a"),
    "wrong type": ('[vocabulary]\naccept = "x"', "acu-lint.toml:2: 'accept' takes a list of texts"),
    "wrong table": ("[vocabulary]\nreject = {a = 1}", "acu-lint.toml:2: 'reject' takes"),
    "no words": ('[vocabulary]\nbrands = ["&"]', "acu-lint.toml:2: 'brands' holds '&', which has no words"),
    "both": ('[vocabulary]\naccept = ["x"]\nreject = ["x"]', "acu-lint.toml:3: 'x' is accepted and rejected"),
    "no file": ('[vocabulary]\napproved-claims = "no.yml"', "no.yml: cannot be read"),
    "override": ('[[overrides]]\nfiles=["a"]\nvocabulary = {brand = []}', "acu-lint.toml:3: unknown key 'brand'"),
    "unknown profile": ('profile = ["auu"]', "acu-lint.toml:1: no profile 'auu' (did you mean 'au'?)"),
    "no such profile": ('profile = ["mars"]', "no profile 'mars'; there are: us, uk, au, de, eu, ca"),
    "profile of a rule": ('[rules."claims/cure"]\nprofile = ["ukk"]', "acu-lint.toml:2: no profile 'ukk'"),
    "option of an own rule": ('[rules."acu/rejected-word"]\nlimit = 3', "acu/rejected-word has no option 'limit'"),
}


@pytest.mark.parametrize(("text", "message"), WRONG.values(), ids=WRONG.keys())
def test_wrong_settings_are_one_clear_line(acu_lint: AcuLint, write: Write, text: str, message: str) -> None:
    write("acu-lint.toml", text)
    write("a.md", "# A title\n")
    ran = acu_lint("check", "a.md")
    assert (ran.status, ran.errors.count("\n")) == (2, 1)
    assert message in ran.errors


ENTRY = "- text: a\n  reference: b\n  expires: 2027-01-01\n"
WRONG_APPROVALS = {
    "key": (f"{ENTRY}- txt: a\n", "approved.yml:4: unknown key 'txt' (did you mean 'text'?)"),
    "date": (ENTRY.replace("-01-01", "-02-30"), "approved.yml:3: 'expires' takes a date like 2027-06-30, not"),
    "missing": (f"{ENTRY}- text: a\n  expires: 2027-01-01\n", "approved.yml:4: the key 'reference' is missing"),
    "empty": ("- text: ''\n", "approved.yml:1: 'text' takes a text that is not empty"),
    "no words": (ENTRY.replace(": a", ": '--'"), "approved.yml:1: 'text' has no words"),
    "nested": ("- text: [a]\n", "approved.yml:1: 'text' takes a text"),
    "mapping": ("text: a\n", "approved.yml:1: write a list"),
    "texts": ("- a\n", "approved.yml:1: an approved claim has text, reference, expires"),
    "broken": ("- text: 'a\n", "broken YAML"),
    "bytes": (b"- text: \xff\n", "not UTF-8"),
}


@pytest.mark.parametrize(("text", "message"), WRONG_APPROVALS.values(), ids=WRONG_APPROVALS.keys())
def test_wrong_approvals_are_one_clear_line(acu_lint: AcuLint, write: Write, text: str | bytes, message: str) -> None:
    write("acu-lint.toml", '[vocabulary]\napproved-claims = "approved.yml"\n')
    write("approved.yml", text)
    write("a.md", "# A title\n")
    ran = acu_lint("check", "a.md")
    assert (ran.status, ran.errors.count("\n")) == (2, 1)
    assert message in ran.errors


CARD = """
id: project/{name}
title: A rule that differs by country
message: "Here apply: {{names}}."
sources: [https://example.org/law]
python: {name}.py:check
"""
CODE = """
from collections.abc import Iterator
from acu_lint.api import Document, Hit

def check(doc: Document, *, profile: tuple[str, ...] = ()) -> Iterator[Hit]:
    yield Hit(doc.whole, {"names": " ".join(profile) or "all"})
"""


def test_the_profile_is_the_default_of_every_rule_that_has_one(acu_lint: AcuLint, write: Write) -> None:
    for name in ("one", "two"):
        write(f"lint/{name}.yml", CARD.format(name=name))
        write(f"lint/{name}.py", CODE)
    settings = 'rule-paths = ["lint"]\nselect = ["project"]\n'
    write("a.md", "# A title\n")
    write("de/a.md", "# A title\n")

    def ran() -> Ran:
        return acu_lint("check", "--format", "json", "--allow-local-code", "a.md", "de")

    def told() -> list[str]:
        return [finding["message"] for finding in ran().json["findings"]]

    write("acu-lint.toml", settings)
    assert told() == ["Here apply: all."] * 4
    write(
        "acu-lint.toml",
        f'{settings}profile = ["uk", "au"]\n[rules."project/two"]\nprofile = ["ca"]\n'
        '[[overrides]]\nfiles = ["de/**"]\nprofile = ["de"]\n',
    )
    uk, ca, de = "Here apply: uk au.", "Here apply: ca.", "Here apply: de."
    assert told() == [uk, ca, de, ca]


def test_the_example_of_the_readme_is_valid(acu_lint: AcuLint, write: Write) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    settings = next(block for block in blocks(readme, "toml") if "[vocabulary]" in block)
    write("acu-lint.toml", settings)
    write("approved-claims.yml", next(block for block in blocks(readme, "yaml") if "reference:" in block))
    ran = acu_lint("config", "a.md")
    assert ran.status == 0, ran.errors
    assert "1, 0 of them expired" in ran.output
