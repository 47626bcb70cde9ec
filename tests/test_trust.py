"""What pages say about themselves, and the rules of the family trust."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acu_lint.document import Document, Meta, Parsed
from acu_lint.finding import Hit, Severity
from acu_lint.parse import parse
from acu_lint.source import Source
from acu_lint_rules.analysis import dates, people
from acu_lint_rules.analysis.pagemeta import PageMeta, pagemeta
from acu_lint_rules.analysis.signals import signals
from acu_lint_rules.analysis.signals import trust as record
from acu_lint_rules.trust import (
    author,
    credential,
    date,
    disclaimer,
    disclosure,
    red_flags,
    review_date,
    reviewer,
    risks,
    uncertainty,
)
from tests.conftest import assert_quick

TODAY = datetime.date(2026, 11, 21)
FILLER = "Most people lie still for twenty minutes and feel warm. " * 15
RULES: tuple[Callable[[Document], Iterable[Hit]], ...] = (
    author.check, credential.check, date.check, disclaimer.check, disclosure.check, red_flags.check, review_date.check,
    reviewer.check, risks.check, uncertainty.check,
)  # fmt: skip


def read(text: str, path: str = "page.md", today: datetime.date = TODAY) -> Document:
    return parse(path, text, today=today)


def page(text: str, path: str = "page.md") -> PageMeta:
    return pagemeta(read(text, path))


def html(head: str = "", body: str = "<p>The needles are thin.</p>") -> str:
    top = f"<!DOCTYPE html><html><head><title>Needles and sleep</title>{head}</head>"
    return f"{top}<body><main>{body}</main></body></html>"


def shown(doc: Document, hits: Iterable[Hit]) -> list[tuple[str, str, Severity | None]]:
    """The hits as words, message and severity, in the order of the text."""
    ordered = sorted(hits, key=lambda hit: hit.span)
    return [(doc.source.text[slice(*hit.span)], hit.message, hit.severity) for hit in ordered]


# --- dates


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("on 2nd Feb 2022.", "2022-02-02", "2022-02-02"),
        ("on 2nd\u00a0Feb\u00a02022.", "2022-02-02", "2022-02-02"),
        ("December 2, 2021", "2021-12-02", "2021-12-02"),
        ("3. May 2020", "2020-05-03", "2020-05-03"),
        ("Sept. 2019", "2019-09-01", "2019-09-30"),
        ("February 2024", "2024-02-01", "2024-02-29"),
        ("01/2019", "2019-01-01", "2019-01-31"),
        ("2020-06-01T10:00:00Z", "2020-06-01", "2020-06-01"),
        ("2020/06/01", "2020-06-01", "2020-06-01"),
        ("25/12/2020", "2020-12-25", "2020-12-25"),
        ("03/04/2020", "2020-03-04", "2020-04-03"),
        ("in 2018 and 2019", "2018-01-01", "2018-12-31"),
        ("31 June 2020, or 1 July 2020", "2020-07-01", "2020-07-01"),
    ],
)
def test_a_written_date_means_its_days(text: str, first: str, last: str) -> None:
    found = dates.find(text)
    assert found is not None
    assert (found.when.first.isoformat(), found.when.last.isoformat()) == (first, last)
    assert dates.find(text[found.start : found.end]) is not None


@pytest.mark.parametrize("text", ["no date", "call 0113 496 0000", "v1.2.2020.1a", "99/99/2020", "12345"])
def test_what_is_no_date_is_none(text: str) -> None:
    found = dates.find(text)
    assert found is None or text[found.start : found.end] != text


@pytest.mark.parametrize("value", [None, True, 3.5, [], {}, "", "soon", "approved 2019", "\0"])
def test_front_matter_that_is_no_date_is_none(value: object) -> None:
    assert dates.read(value) is None


def test_months_are_full_months() -> None:
    reviewed = datetime.date(2021, 12, 2)
    assert dates.months_between(reviewed, datetime.date(2026, 12, 1)) == 59
    assert dates.months_between(reviewed, datetime.date(2026, 12, 2)) == 60


# --- people


@pytest.mark.parametrize(
    "name",
    [
        "Li Wei",
        "Dr. Ana Silva",
        "J. Roe",
        "Mayo Clinic Staff",
        "Willow Spine Clinic",
        "Maria van der Berg",
        "李伟",
        "Tom Reed, PT",
    ],
)
def test_a_name_of_two_parts_identifies(name: str) -> None:
    assert people.identifies(name)


@pytest.mark.parametrize(
    "name",
    [
        "Dr. K",
        "Dr Smith",
        "Sarah",
        "Sarah K.",
        "J. S.",
        "Admin",
        "our medical team",
        "a doctor",
        "Editorial Team",
        "MD",
        "",
        "—",
    ],
)
def test_initials_roles_and_first_names_do_not(name: str) -> None:
    assert not people.identifies(name)


@pytest.mark.parametrize(
    ("text", "name", "credential"),
    [
        ("Maria Chen, L.Ac. | Updated 3 May 2026", "Maria Chen", "L.Ac"),
        ("Dr. K on 2 May 2024", "Dr. K", ""),
        ("Tom Reed, physiotherapist (HCPC PH12345)", "Tom Reed", "HCPC"),
        ("Jo Bird (licence 123456)", "Jo Bird", "licence 123456"),
        ("our medical team.", "our medical team", ""),
        ("Ana de la Cruz and reviewed by others", "Ana de la Cruz", ""),
    ],
)
def test_a_byline_gives_name_and_credential(text: str, name: str, credential: str) -> None:
    named = people.name_at(text, 0)
    assert named is not None
    assert (named.name, named.credential) == (name, credential)
    assert text[named.start : named.end] == name


@pytest.mark.parametrize(
    "text", ["stimulating nerves", "Stimulating Nerves the cups", "the time you read this", "", "  "]
)
def test_prose_after_by_is_no_name(text: str) -> None:
    assert people.name_at(text, 0) is None


# --- page meta


@pytest.mark.parametrize(
    "text",
    [
        "---\nauthor: Ana Silva\n---\nText.\n",
        "---\nauthor:\n  name: Ana Silva\n  credentials: MD\n---\nText.\n",
        "---\nauthor: {firstName: Ana, lastName: Silva}\n---\nText.\n",
        "---\nauthors:\n  - Ana Silva\n  - Li Wei\n---\nText.\n",
        "---\nauthors:\n  - name: Ana Silva\n---\nText.\n",
        '+++\nauthor = "Ana Silva"\n+++\nText.\n',
        '{\n"author": "Ana Silva"\n}\nText.\n',
        "# Needles\n\nBy Ana Silva\n\nText.\n",
        "# Needles\n\n*Written by **Ana Silva**, MD, on 3 May 2026*\n\nText.\n",
        "# Needles\n\n3 May 2026 | by Ana Silva\n\nText.\n",
        "# Needles\n\nText.\n\nAuthor: Ana Silva\n",
    ],
)
def test_the_author_of_markdown(text: str) -> None:
    assert page(text).authors[0].name == "Ana Silva"


@pytest.mark.parametrize(
    "text",
    [
        html('<meta name="author" content="Ana Silva">'),
        html('<script type="application/ld+json">{"@type": "BlogPosting", "author": {"name": "Ana Silva"}}</script>'),
        html('<script type="application/ld+json">{"@graph": [{"@type": "WebPage", "author": ["Ana Silva"]}]}</script>'),
        html(body='<p itemprop="author">Ana Silva</p><p>Text.</p>'),
        html(body='<a rel="author" href="/ana">Ana Silva</a><p>Text.</p>'),
        html(body='<span class="post-byline">by <b>Ana Silva</b></span><p>Text.</p>'),
        html(body="<p>By Ana Silva</p><p>Text.</p>"),
    ],
)
def test_the_author_of_html(text: str) -> None:
    assert "Ana Silva" in {person.name for person in page(text, "page.html").authors}


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("---\nlastmod: 2020-01-05\n---\nText.\n", "updated", "2020-01-05"),
        ("---\nlast_reviewed: March 2020\n---\nText.\n", "reviewed", "March 2020"),
        ("---\nreview: {by: Ana Silva, date: 2020-01-05}\n---\nText.\n", "reviewed", "2020-01-05"),
        ("# Needles\n\nMedically reviewed by Ana Silva, MD, on May 3, 2020.\n", "reviewed", "May 3, 2020"),
        ("# Needles\n\nThis page was last updated on 3 May 2020.\n", "updated", "3 May 2020"),
        ("# Needles\n\nBy Ana Silva · 3 May 2020 · 5 min read\n", "published", "3 May 2020"),
        ("# Needles\n\nPosted on May 3, 2020 by admin\n", "published", "May 3, 2020"),
        ("# Needles\n\nMay 3, 2020\n\nText.\n", "published", "May 3, 2020"),
    ],
)
def test_a_date_has_its_kind_and_place(text: str, kind: str, words: str) -> None:
    doc = read(text)
    date = pagemeta(doc).dates[0]
    assert date.kind == kind
    assert date.span is not None
    assert doc.source.text[slice(*date.span)] == words


@pytest.mark.parametrize(
    "text",
    [
        "The trial, published in May 2014, was small.",
        "A review by Roe was updated in 2015.",
        "The guideline was last updated in May 2015 and withdrawn.",
        "Our open day is on 3 May 2019.",
        "© 2015 Willow Clinic. Copyright 2015.",
        "Next review: May 2015",
        "> Published 5 May 2015 in a paper that nobody read since, the author said.",
    ],
)
def test_dates_of_other_things_do_not_count(text: str) -> None:
    assert page(f"# Needles\n\nText.\n\n{text}\n").dates == ()


def test_head_title_description_and_flags() -> None:
    found = page(
        "---\ntitle: A\nseo:\n  title: B and more\n  description: C.\n"
        "layout: Post\nrobots: noindex, follow\nstatus: draft\n---\n"
    )
    assert found.head_title is not None
    assert found.head_title.text == "B and more"
    assert found.description is not None
    assert found.description.text == "C."
    assert (found.kind, found.noindex, found.draft) == ("post", True, True)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | st.dates() | st.datetimes(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=8) | st.integers() | st.none(), inner, max_size=3)
    ),
    max_leaves=8,
)
KEYS = st.sampled_from(
    ["author", "authors", "reviewed", "review", "reviewedBy", "date", "lastmod", "description", "title", "seo", "draft",
     "published", "robots", "layout", "canonical", "@type", "@graph", "datePublished", "lang", "itemprop:author"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(data=st.dictionaries(KEYS, VALUES, max_size=6), item=st.dictionaries(KEYS, VALUES, max_size=4))
def test_no_front_matter_breaks_a_rule(data: dict[str, Any], item: dict[str, Any]) -> None:
    text = "Needles and sleep\n\n" + FILLER
    blocks = read(text, "page.txt").blocks
    parsed = Parsed(blocks=blocks, meta=Meta(data, json_ld=(item,), format="yaml"))
    doc = Document("page.md", Source(text), parsed, format="markdown", today=TODAY)
    for rule in RULES:
        for hit in rule(doc):
            assert 0 <= hit.span[0] <= hit.span[1] <= len(text)


# --- trust


def test_an_article_without_author_is_told_once_at_its_title() -> None:
    doc = read(f"# Needles and sleep\n\n{FILLER}\n")
    assert shown(doc, author.check(doc)) == [("Needles and sleep", "default", None)]


def test_a_vague_author_is_told_where_it_stands() -> None:
    doc = read(f"---\ntitle: Needles\nauthor: Admin\n---\n{FILLER}\n")
    assert shown(doc, author.check(doc)) == [("Admin", "vague", None)]


@pytest.mark.parametrize(
    "front", ["type: contact", "layout: pricing", "partial: true", "noindex: true", "author: Willow Clinic"]
)
def test_pages_that_need_no_author(front: str) -> None:
    assert not list(author.check(read(f"---\ntitle: Needles\n{front}\n---\n{FILLER}\n")))


@pytest.mark.parametrize(
    ("reviewed", "severity"),
    [
        ("22 November 2023", None),
        ("21 November 2023", Severity.WARNING),
        ("22 November 2021", Severity.WARNING),
        ("21 November 2021", Severity.ERROR),
        ("November 2023", None),
    ],
)
def test_age_decides_the_severity(reviewed: str, severity: Severity | None) -> None:
    doc = read(f"# Needles\n\nLast reviewed: {reviewed}\n\n{FILLER}\n")
    assert [hit.severity for hit in review_date.check(doc)] == ([severity] if severity else [])


def test_an_unidentified_reviewer_is_named() -> None:
    doc = read("# Needles\n\nMedically Reviewed by Dr. P on 2nd\u00a0Feb 2022.\n")
    (hit,) = review_date.check(doc)
    assert (hit.message, hit.data["reviewer"], hit.data["months"]) == ("unidentified", "Dr. P", 57)


def test_the_newest_date_counts() -> None:
    assert not list(review_date.check(read("---\ndate: 2015-01-01\nlastmod: 2026-01-01\n---\nText.\n")))


def test_a_post_that_is_scheduled_is_fine() -> None:
    assert not list(review_date.check(read("---\ndate: 2027-01-01\n---\nText.\n")))


# --- what kind of page it is

BENEFITS = "Acupuncture relieves migraine. Acupuncture reduces stress. Acupuncture improves sleep. "


@pytest.mark.parametrize(
    ("front", "path"),
    [
        ("title: Contact us", "page.md"),
        ("title: Opening hours | Willow Clinic", "page.md"),
        ("title: Privacy policy", "page.md"),
        ("title: Acupuncture", "blog/tag/acupuncture.md"),
        ("title: Acupuncture\ntype: price", "page.md"),
        ("title: Acupuncture\nnoindex: true", "page.md"),
        ("title: Acupuncture\npartial: true", "page.md"),
    ],
)
def test_no_rule_speaks_of_pages_that_are_no_articles(front: str, path: str) -> None:
    doc = read(f"---\n{front}\n---\n{BENEFITS * 8}\nBook now with us.\n", path)
    assert [hit for rule in RULES for hit in rule(doc)] == []


def test_an_article_about_something_else_needs_an_author_only() -> None:
    doc = read("# A new roof for the mill\n\n" + "The builders came in spring and left in autumn. " * 20)
    assert [rule for rule in RULES if list(rule(doc))] == [author.check]


def test_a_careless_article_is_told_all_that_it_lacks() -> None:
    doc = read(f"# Acupuncture for back pain\n\n{BENEFITS * 24}\n")
    assert {rule.__module__.rpartition(".")[2] for rule in RULES if list(rule(doc))} == {
        "author", "date", "disclaimer", "red_flags", "reviewer", "risks", "uncertainty",
    }  # fmt: skip


CAREFUL = """---
title: Acupuncture for back pain
author: {name: Li Wei, credentials: L.Ac.}
date: 2026-05-03
---
Acupuncture relieves back pain for some. Acupuncture reduces stress. It improves sleep. In trials it was hardly better
than sham needling, and guidelines differ.

Soreness and bruising are common after a session. Tell us if you are pregnant or take blood thinners.

See your GP first. Get urgent help if you cannot hold your urine.

"""


def test_a_careful_article_is_told_nothing() -> None:
    doc = read(CAREFUL + FILLER)
    assert [(rule.__module__, hit) for rule in RULES for hit in rule(doc)] == []


def test_articles_for_professionals_need_no_advice_to_see_a_doctor() -> None:
    text = f"---\ntitle: Acupuncture for back pain\naudience: clinicians\n---\n{BENEFITS * 24}\n"
    doc = read(text)
    assert not list(disclaimer.check(doc))
    assert not list(red_flags.check(doc))
    assert list(risks.check(doc))
    undeclared = read(text.replace("audience: clinicians\n", ""))
    assert list(disclaimer.check(undeclared))
    assert not list(disclaimer.check(undeclared, audience="professionals"))
    assert not list(red_flags.check(undeclared, audience="professionals"))


def test_a_note_is_no_article() -> None:
    doc = read(f"# Acupuncture for back pain\n\n{BENEFITS * 2}\n")
    assert [hit for rule in RULES for hit in rule(doc)] == []


def test_an_article_in_another_language_is_left_alone() -> None:
    doc = read("# Akupunktur\n\n" + "Die Nadeln sind dünn und werden nach der Sitzung nicht noch einmal benutzt. " * 20)
    assert [rule for rule in RULES if list(rule(doc))] == [author.check]  # the engine asks the rule for English alone


@pytest.mark.parametrize(
    ("option", "rule"),
    [
        ("inherited_author", author.check),
        ("inherited_date", date.check),
        ("inherited_disclaimer", disclaimer.check),
        ("inherited_reviewer", reviewer.check),
        ("inherited_risks", risks.check),
    ],
)
def test_what_the_template_of_the_site_adds_is_not_missed(option: str, rule: Callable[..., Iterable[Hit]]) -> None:
    doc = read(f"# Acupuncture for back pain\n\n{BENEFITS * 24}\n")
    assert list(rule(doc))
    assert not list(rule(doc, **{option: True}))


# --- signals


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("Talk to your doctor about it.", "disclaimer"),
        ("Discuss your plans, including any medicine that you buy without a prescription, with your GP.", "disclaimer"),
        ("Do not stop a medicine without asking your doctor.", "disclaimer"),
        ("A pharmacist can tell you more.", "disclaimer"),
        ("This page is not a substitute for medical advice.", "disclaimer"),
        ("For information only.", "disclaimer"),
        ("Side effects are rare.", "risks"),
        ("Unlike pain medication, acupuncture has few side effects, mostly bruising.", "risks"),
        ("## Risks\n\n- soreness\n- bleeding", "risks"),
        ("A small bruise is possible after a session.", "risks"),
        ("It may interact with drugs.", "risks"),
        ("Tell us if you:\n\n- are pregnant\n- take warfarin", "caution"),
        ("It is not suitable for people with a pacemaker.", "caution"),
        ("## Warning signs\n\n- you cannot control your bladder\n- a fever", "red_flags"),
        ("See a doctor at once if your legs turn weak.", "red_flags"),
        ("The evidence is mixed.", "uncertainty"),
        ("It was about as good as sham acupuncture.", "uncertainty"),
        ("More research is needed.", "uncertainty"),
        ("We earn a commission.", "disclosure"),
    ],
)
def test_what_gives_a_signal(text: str, signal: str) -> None:
    assert signal in signals(read(f"# Acupuncture for back pain\n\n{text}\n"))


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("There is no need to see a doctor.", "disclaimer"),
        ("You can do this instead of asking a doctor.", "disclaimer"),
        ("Consult a qualified acupuncturist.", "disclaimer"),
        ("Book a consultation with us.", "disclaimer"),
        ("Should I ask my doctor?", "disclaimer"),
        ("It has no side effects.", "risks"),
        ("It is risk-free, and free of harm.", "risks"),
        ("It lowers the risk of falls.", "risks"),
        ("Obesity is a risk factor.", "risks"),
        ("Drugs have side effects; needles relax.", "risks"),
        ("The side effects of painkillers are well known.", "risks"),
        ("Acupuncture relieves soreness after a session.", "risks"),
        ("Are there risks?", "risks"),
        ("Acupuncture supports a healthy pregnancy.", "caution"),
        ("The pain goes down the leg to both legs.", "red_flags"),
        ("Acupuncture was better than sham needling.", "uncertainty"),
        ("A range of low to middling notes.", "uncertainty"),
        ("You may need several sessions, and results may vary.", "uncertainty"),
    ],
)
def test_what_gives_none(text: str, signal: str) -> None:
    assert signal not in signals(read(f"# Acupuncture for back pain\n\n{text}\n"))


def test_the_record_of_the_signs_of_trust() -> None:
    found = record(read(CAREFUL))
    assert json.loads(json.dumps(found)) == found
    assert found == {
        "applies": True,
        "author": "Li Wei",
        "credentials": "L.Ac.",
        "reviewer": None,
        "published": "2026-05-03",
        "updated": None,
        "reviewed": None,
        "disclaimer": "See your GP first.",
        "risks": "Soreness and bruising are common after a session.",
        "contraindications": "Tell us if you are pregnant or take blood thinners.",
        "red_flags": "Get urgent help if you cannot hold your urine.",
        "uncertainty": "In trials it was hardly better than sham needling, and guidelines differ.",
        "disclosure": None,
    }


def test_the_record_of_an_article_that_has_none_of_them() -> None:
    found = record(read("# A new roof for the mill\n\nThe builders came in spring.\n"))
    assert {key: value for key, value in found.items() if value} == {}
    assert found["red_flags"] is False  # nothing to warn of
    assert record(read("Read our [disclaimer](/disclaimer).\n"))["disclaimer"]


# --- severity


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Acupuncture\n\nAcupuncture relieves migraine. Acupuncture reduces stress.", ("default", Severity.ERROR)),
        ("# Acupuncture\n\nAcupuncture may relieve migraine. It might reduce stress.", ("default", Severity.INFO)),
        ("# Massage\n\nMassage relieves migraine. Massage reduces stress.", ("default", Severity.INFO)),
        ("# Acupuncture\n\nAcupuncture relieves migraine. It reduces stress. Bruises are common after a session.",
         ("caution", Severity.WARNING)),
    ],
)  # fmt: skip
def test_missing_risks_are_as_grave_as_what_is_promised(text: str, expected: tuple[str, Severity]) -> None:
    (hit,) = risks.check(read(f"{text}\n\n{FILLER}\n"))
    assert (hit.message, hit.severity) == expected


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("# Acupuncture\n\nThe needles are thin.", Severity.WARNING),
        ("# Migraine\n\nMassage relieves migraine.", Severity.WARNING),
        ("# Migraine\n\nIt comes with nausea and dislikes the light.", Severity.INFO),
        ("# Yoga\n\nBring a mat.", Severity.INFO),
    ],
)
def test_advice_needs_a_doctor_more_than_a_description(text: str, severity: Severity) -> None:
    assert [hit.severity for hit in disclaimer.check(read(f"{text}\n\n{FILLER}\n"))] == [severity]


def test_restricted_titles_are_a_warning_where_australia_alone_decides() -> None:
    doc = read(f"# Cupping for neck pain\n\nWe specialise in painful necks.\n\n{FILLER}")
    assert [hit.severity for hit in credential.check(doc)] == [Severity.INFO]
    assert [hit.severity for hit in credential.check(doc, profile=("au",))] == [Severity.WARNING]
    assert not list(credential.check(doc, profile=("us",)))


@pytest.mark.parametrize(
    ("name", "message"),
    [("Dr. P", "unidentified"), ("our medical team", "unidentified"), ("Sarah Patel", "unqualified"),
     ("Sarah Patel, MD", None), ("Dr Sarah Patel", None), ("Willow Hospital Review Board", None)],
)  # fmt: skip
def test_a_reviewer_can_be_told_from_others(name: str, message: str | None) -> None:
    doc = read(f"# Needles\n\nMedically reviewed by {name}, 3 May 2026\n")
    assert [hit.message for hit in reviewer.check(doc)] == ([message] if message else [])


@pytest.mark.parametrize(
    "text",
    [
        html('<meta itemprop="datePublished" content="2026-05-03">'),
        html(body='<time itemprop="dateModified" datetime="2026-05-03">yesterday</time><p>Needles.</p>'),
        html(body='<p>Posted on <time class="entry-date" datetime="2026-05-03">May 3, 2026</time></p><p>Needles.</p>'),
        html('<meta property="article:published_time" content="2026-05-03T10:00:00Z">'),
    ],
)
def test_the_date_of_html(text: str) -> None:
    (found,) = page(text, "page.html").dates
    assert found.when.first == datetime.date(2026, 5, 3)


def test_the_name_of_a_file_may_hold_its_date() -> None:
    assert page("Needles.\n", "_posts/2026-05-03-needles.md").dates[0].when.first == datetime.date(2026, 5, 3)
    assert page("Needles.\n", "_posts/2026-13-03-needles.md").dates == ()
    (found,) = page("---\nlastmod: 2026-06-01\n---\nNeedles.\n", "2020-05-03-needles.md").dates
    assert found.kind == "updated"


# --- hostile text

LINES = (
    "By " * 30000, "By Ana " * 15000, "reviewed by " * 9000, "updated 3 May 2020, " * 5000, "1/1/" * 25000,
    "may " * 25000, "<a class=" * 11000, '<a class="author' * 6000, '<a rel="sponsored' * 6000,
    "As a certified " * 6000, "we are a " * 11000, "Our A " * 16000, "A Clinic offers " * 6000,
    "treated over 100 " * 6000,
    "acupuncture relieves pain, risk " * 3000, "talk to your doctor. " * 5000, "risk of " * 12000, "drugs risk " * 9000,
    "Tell us, drugs, " * 6000 + ":\n\n" + "- sore drugs\n" * 5000,
    "# Acupuncture for back pain\n\n" + "pregnant, bladder, fever, doctor " * 3000,
    "# Acupuncture\n\n" + "- are pregnant\n" * 6000, "[a](https://amzn.to/x) " * 4000,
    "https://amazon.com/?tag=" * 4000,
)  # fmt: skip


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[:18])
@pytest.mark.parametrize("path", ["page.md", "page.html"])
def test_a_hostile_line_takes_no_time(line: str, path: str) -> None:
    assert_quick(read(line, path), RULES)
