"""What pages say about themselves, and the rules of the families trust, copy and seo."""

from __future__ import annotations

import datetime
import time
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
from acu_lint_rules.copy import puffery, residue
from acu_lint_rules.seo import description, title
from acu_lint_rules.trust import author, review_date

TODAY = datetime.date(2026, 11, 21)
FILLER = "Most people lie still for twenty minutes and feel warm. " * 15
RULES: tuple[Callable[[Document], Iterable[Hit]], ...] = (
    author.check, review_date.check, residue.check, puffery.check, title.check, description.check,
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


# --- copy


def test_each_line_of_furniture_is_a_finding_of_its_own() -> None:
    doc = read(
        "Needles and sleep\n\n" + FILLER + "\n\nLeave a reply\n\nYour email address will not be published. "
        "Required fields are marked *\n\nShare this post :\n\nSign up for our newsletter to hear more.\n\nContact us\n",
        "page.txt",
    )
    assert [words for words, *_ in shown(doc, residue.check(doc))] == [
        "Leave a reply",
        "Your email address will not be published.",
        "Required fields are marked *",
        "Share this post :",
        "Sign up for our newsletter to hear more.",
        "Contact us",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Contact us if the skin stays red for longer than a week.",
        "## Contact us\n\nRing 0113 496 0000.\n",
        "## Categories\n\nNeedles come in three categories.\n",
        "## Related posts\n\n- [Moxa](/moxa)\n",
        "Read more about [moxa](/moxa) here.",
        "Image.{: .align-to-center}\n\n{: .call-to-action}\n",
        "{{< newsletter >}}\n\n{% include share.html %}\n",
        "Source: NICE guideline 59.",
        "Copyright law protects this text.",
        "Loading the wrist with weights hurts. Menu planning helps. No comments were made.",
        "As an AI researcher, she counts words. My training was long.",
        "I hope this helps you decide, she said.",
        "Let me know if you would like to book. Would you like me to come with you?",
        "Certainly, here is the address. Here is an improved plan for your back.",
        "He wrote: “Certainly! Here is the article you wanted.”",
        "The value of 2 * 3 * 4 is **24**, and &amp; is an entity. See <b>this</b>.",
    ],
)
def test_article_text_is_no_residue(text: str) -> None:
    doc = read(f"# Needles\n\n{text}\n\nThe end of the article comes here.\n")
    assert not shown(doc, residue.check(doc))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Views: 1,310", "template"),
        ("浏览次数：20", "template"),
        ("Date:", "template"),
        ("3 Comments", "template"),
        ("Home > Blog > Needles", "template"),
        ("Copyright © 2021 Willow. All rights reserved.", "template"),
        ("We use cookies to improve your experience.", "template"),
        ("Deja un comentario", "template"),
        ("As of my last knowledge update in 2023, little was known.", "chatbot"),
        ("Let me know if you'd like any changes!", "chatbot"),
        ("Here's a revised version of the blog post:", "chatbot"),
        ("Pain eased【4†source】 in most.", "chatbot"),
        ("The bodyâ€™s heat rises.", "markup"),
    ],
)
def test_residue_of_every_kind(text: str, kind: str) -> None:
    doc = read(f"# Needles\n\nThe needles are thin.\n\n{text}\n\nThe end of the article comes here.\n")
    assert [message for _, message, _ in shown(doc, residue.check(doc))][:1] == [kind]


def test_one_finding_per_sentence_the_gravest() -> None:
    doc = read("Needles\n\nAs an AI language model, I *love* needles and &nbsp; signs.\n", "page.txt")
    assert [(message, severity) for _, message, severity in shown(doc, residue.check(doc))] == [
        ("chatbot", Severity.ERROR)
    ]


@pytest.mark.parametrize(("path", "count"), [("page.txt", 1), ("page.md", 0), ("page.mdx", 0)])
def test_raw_markup_counts_where_readers_see_it(path: str, count: int) -> None:
    doc = read("# Needles\n\nThe needles are **thin** and clean.\n", path)
    assert len([hit for hit in residue.check(doc) if "thin" in str(hit.data["match"])]) == count


def test_loud_praise_is_a_warning_and_mild_praise_advice() -> None:
    doc = read("Moxa is a revolutionary therapy. It is an impressive treatment.\n")
    assert shown(doc, puffery.check(doc)) == [
        ("revolutionary", "default", Severity.WARNING),
        ("impressive", "default", Severity.INFO),
    ]


def test_doubled_praise_is_a_warning() -> None:
    doc = read("It is an impressive and unique treatment.\n")
    assert shown(doc, puffery.check(doc)) == [("impressive", "doubled", Severity.WARNING)]


def test_dense_praise_is_a_warning() -> None:
    praise = "It is an impressive treatment. Its unique method is old. We saw excellent results. "
    plain, dense = read(FILLER * 3 + praise), read(FILLER[:500] + praise)
    assert {hit.severity for hit in puffery.check(plain)} == {Severity.INFO}
    assert {hit.severity for hit in puffery.check(dense)} == {Severity.WARNING}


@pytest.mark.parametrize(
    "text",
    [
        "The amazing thing about spines is their number of joints.",
        "Is it a miracle cure?",
        "No therapy is magical.",
        "Advertisements touted it as a revolutionary treatment.",
        "This may seem like a remarkable treatment, though nobody has tested it.",
        "She has a powerful voice.",
        "The leading cause of death is heart disease.",
        "Leading acupuncture journals disagree.",
        "Talk to a trusted friend about the best treatment for you.",
    ],
)
def test_plain_writing_is_no_puffery(text: str) -> None:
    assert Severity.WARNING not in {hit.severity for hit in puffery.check(read(text + "\n"))}


# --- seo


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Home\n", ("vague", Severity.WARNING)),
        ("---\ntitle: Untitled | Willow Clinic\n---\nText.\n", ("vague", Severity.WARNING)),
        (f"# {'Needles and moxa ' * 4}\n", ("default", Severity.INFO)),
        (f"# {'Needles and moxa ' * 6}\n", ("default", Severity.WARNING)),
        ("# 拔罐与艾灸对慢性颈痛患者的长期效果以及安全性与费用的系统回顾与展望总结\n", ("default", Severity.INFO)),
        ("Text without a title.\n", ("missing", Severity.WARNING)),
    ],
)
def test_titles(text: str, expected: tuple[str, Severity]) -> None:
    assert [(hit.message, hit.severity) for hit in title.check(read(text))] == [expected]


def test_the_title_for_search_results_counts_where_there_is_one() -> None:
    doc = read(f"---\ntitle: {'Needles and moxa ' * 5}\nseo_title: Needles and moxa\n---\nText.\n")
    assert not list(title.check(doc))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("needles, moxa, cups, gua sha", ("keywords", Severity.WARNING)),
        ("Needles and sleep", ("title", Severity.WARNING)),
        ("Needles.", ("short", Severity.INFO)),
        ("What needles do. " * 11, ("long", Severity.INFO)),
        ("What needles do. " * 20, ("long", Severity.WARNING)),
        ("", ("missing", Severity.INFO)),
    ],
)
def test_descriptions(value: str, expected: tuple[str, Severity]) -> None:
    doc = read(f'---\ntitle: Needles and sleep\ndescription: "{value}"\n---\nText.\n')
    assert [(hit.message, hit.severity) for hit in description.check(doc)] == [expected]


@pytest.mark.parametrize("path", ["page.txt", "page.md", "page.mdx"])
def test_a_text_without_front_matter_needs_no_description(path: str) -> None:
    assert not list(description.check(read("# Needles and sleep\n\nText.\n", path)))


# --- hostile text

LINES = (
    "required fields are marked " * 4000, "By " * 30000, "By Ana " * 15000, "reviewed by " * 9000,
    "updated 3 May 2020, " * 5000, "*a" * 50000, "*" * 100000, "<a class=" * 11000, '<a class="author' * 6000,
    "[gallery " * 11000, "amazing treatment " * 5500, "is so truly very " * 6000, "“amazing treatment " * 5200,
    "'" * 100000, "certainly! here is " * 5000, "turn0search0 " * 7000, "1/1/" * 25000, "may " * 25000,
    "views: 1 " * 11000, "â€" * 50000, "a. Leave a reply. " * 5500, "home > " * 14000,
)  # fmt: skip


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[:18])
@pytest.mark.parametrize("path", ["page.txt", "page.html"])
def test_a_hostile_line_takes_no_time(line: str, path: str) -> None:
    doc = read(line, path)
    start = time.process_time()
    for rule in RULES:
        list(rule(doc))
    assert time.process_time() - start < 5
