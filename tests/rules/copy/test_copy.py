"""The rules of the family copy: leftovers, placeholders, filler, clickbait and praise."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acu_lint.document.document import Document
from acu_lint.fix import applied
from acu_lint.rules.finding import Hit, Severity
from acu_lint_rules.copy import boilerplate, clickbait, placeholder, puffery, residue
from tests.conftest import assert_quick, document

FILLER = "Most people lie still for twenty minutes and feel warm. " * 15
RULES: tuple[Callable[[Document], Iterable[Hit]], ...] = (
    boilerplate.check, clickbait.check, placeholder.check, puffery.check, residue.check,
)  # fmt: skip


def shown(doc: Document, hits: Iterable[Hit]) -> list[tuple[str, str, Severity | None]]:
    """The hits as words, message and severity, in the order of the text."""
    ordered = sorted(hits, key=lambda hit: hit.span)
    return [(doc.source.text[slice(*hit.span)], hit.message, hit.severity) for hit in ordered]


def mended(text: str, path: str = "page.md") -> str:
    """The text with every edit made that ``copy/residue`` has to offer."""
    hits = residue.check(document(text, path))
    return applied(text, (edit for hit in hits for edit in hit.edits))


# --- residue


def test_each_line_of_furniture_is_a_finding_of_its_own() -> None:
    doc = document(
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
    doc = document(f"# Needles\n\n{text}\n\nThe end of the article comes here.\n")
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
    doc = document(f"# Needles\n\nThe needles are thin.\n\n{text}\n\nThe end of the article comes here.\n")
    assert [message for _, message, _ in shown(doc, residue.check(doc))][:1] == [kind]


def test_one_finding_per_sentence_the_gravest() -> None:
    doc = document("Needles\n\nAs an AI language model, I *love* needles and &nbsp; signs.\n", "page.txt")
    assert [(message, severity) for _, message, severity in shown(doc, residue.check(doc))] == [
        ("chatbot", Severity.ERROR)
    ]


@pytest.mark.parametrize(("path", "count"), [("page.txt", 1), ("page.md", 0), ("page.mdx", 0)])
def test_raw_markup_counts_where_readers_see_it(path: str, count: int) -> None:
    doc = document("# Needles\n\nThe needles are **thin** and clean.\n", path)
    assert len([hit for hit in residue.check(doc) if "thin" in str(hit.data["match"])]) == count


def test_loud_praise_is_a_warning_and_mild_praise_advice() -> None:
    doc = document("Moxa is a revolutionary therapy. It is an impressive treatment.\n")
    assert shown(doc, puffery.check(doc, reader=False)) == [
        ("revolutionary", "default", Severity.WARNING),
        ("impressive", "default", Severity.INFO),
    ]


def test_doubled_praise_is_a_warning() -> None:
    doc = document("It is an impressive and unique treatment.\n")
    assert shown(doc, puffery.check(doc, reader=False)) == [("impressive", "doubled", Severity.WARNING)]


def test_dense_praise_is_a_warning() -> None:
    praise = "It is an impressive treatment. Its unique method is old. We saw excellent results. "
    plain, dense = document(FILLER * 3 + praise), document(FILLER[:500] + praise)
    assert {hit.severity for hit in puffery.check(plain, reader=False)} == {Severity.INFO}
    assert {hit.severity for hit in puffery.check(dense, reader=False)} == {Severity.WARNING}


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
    assert Severity.WARNING not in {hit.severity for hit in puffery.check(document(text + "\n"), reader=False)}


# --- what can be mended without asking

BEFORE, BEHIND = "The needles are thin.\n\n", "\n\nThey are used once.\n"
CERTAIN = [
    "Leave a reply",
    "## Leave a Comment",
    "Your email address will not be published. Required fields are marked *",
    "**Share this post:**",
    "3 comments",
    "浏览：318",
    "Views: 1,310",
    "Home > Blog > Needles",
    "Skip to content",
    "Certainly! Here is a 700-word blog post about gua sha:",
    "Would you like me to add a section on moxa?",
    "Regenerate response",
]


@pytest.mark.parametrize("line", CERTAIN)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("path", ["page.md", "page.mdx", "page.txt"])
def test_a_line_that_is_nothing_else_goes_with_its_end(line: str, end: str, path: str) -> None:
    after = "\n\n## At home" + BEHIND if line.startswith("#") else BEHIND
    text = (BEFORE + line + after).replace("\n", end)
    assert mended(text, path) == (BEFORE + after.lstrip("\n")).replace("\n", end)


@pytest.mark.parametrize("line", CERTAIN)
def test_at_the_end_of_a_file_it_leaves_no_blank_line(line: str) -> None:
    assert mended(f"The needles are thin.\n\n{line}\n") == "The needles are thin.\n"


def test_items_of_a_list_go_one_by_one() -> None:
    assert mended("- Bring socks\n- Share this post\n- Ring twice\n") == "- Bring socks\n- Ring twice\n"


def test_a_form_at_the_end_goes_whole() -> None:
    form = (
        "## Leave a Reply\n\nYour email address will not be published. Required fields are marked *\n\nPost comment\n"
    )
    assert mended(f"The needles are thin.\n\n{form}") == "The needles are thin.\n"


def test_a_doubled_title_is_written_once() -> None:
    assert mended("# Needles\n\n# Needles\n\nThey are thin.\n") == "# Needles\n\nThey are thin.\n"
    assert mended("# Needles\n\nNeedles\n\nThey are thin.\n") == "# Needles\n\nThey are thin.\n"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("The needles are thin. Leave a reply\n", "page.md"),  # other words in the line
        ("## Leave a reply\n\nWrite to 12 King Street by Friday.\n", "page.md"),  # a section of its own
        ("## Leave a reply\n\n{{< comments >}}\n", "page.md"),  # the comments themselves
        ("Share this post:\n\n- [by mail](mailto:?body=x)\n", "page.md"),  # the introduction of a list
        ("Share this post:\n\n<ShareButtons />\n", "page.mdx"),
        ("> Leave a reply\n", "page.md"),
        ("| Share this post |\n|---|\n| 3 comments |\n", "page.md"),
        ("Share this post\n---\n\nThe needles are thin.\n", "page.md"),  # the line below would become a rule
        ("Share this post\n\n---\ntitle: x\n---\n", "page.md"),  # what is below would become front matter
        ("- The needles\n\n  Share this post\n\n  are thin.\n", "page.md"),
        ("[Share this post](/share)\n", "page.md"),
        ("Advertisement\n", "page.md"),  # readers must know
        ("All rights reserved.\n", "page.md"),
        ("Date:\n\nThe needles are thin.\n", "page.md"),  # it may be filled in
        ("Views: 12\nSource: healthnews24\n\nThe needles are thin.\n", "page.txt"),  # where the text comes from
        ("Contact us\n", "page.md"),
        ("I hope this helps!\n", "page.md"),
        ("As an AI language model, I have no needles.\n", "page.md"),
        ("The needles are **thin**. See <b>this</b>.\n", "page.txt"),
        ("The value is &amp;nbsp; and &lt;b&gt;.\n", "page.txt"),
        ("<html><body><main><p>Needles.</p>\n<p>Leave a reply</p>\n<form></form></main></body></html>", "page.html"),
        ("<html><body><main><p>Needles. <b>Leave a reply</b></p></main></body></html>", "page.html"),
    ],
)
def test_what_is_not_certain_is_left_to_the_writer(text: str, path: str) -> None:
    assert mended(text, path) == text


def test_an_html_line_goes_with_its_tags() -> None:
    top, tail = "<html><body><main>\n<p>Needles are thin.</p>\n", "</main></body></html>\n"
    assert mended(f"{top}  <p>Share this post</p>\n{tail}", "page.html") == top + tail


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bodyâ€™s heat, the wristâ€™s pulse.\n", "The body’s heat, the wrist’s pulse.\n"),
        ("A cafÃ© near the mill.\n", "A café near the mill.\n"),
        ("Needles&nbsp;&amp; moxa, it&rsquo;s &#8220;old&#8221;.\n", "Needles & moxa, it’s “old”.\n"),
    ],
)
def test_broken_characters_are_put_right(text: str, expected: str) -> None:
    assert mended(text, "page.txt") == expected


# Lines of every kind, and what may stand between them; with what is left behind among them
PARTS = [
    *CERTAIN, "- Share this article", "1. Tweet this", "# Post comment", "> Leave a reply", "| Leave a reply |",
    "  Share this post", "Share this post\n---", "Needles are thin and clean, they say.", "# Needles", "## Home",
    "- one\n- two", "1. one\n2. two", "    code here", "```\ncode\n```", "| a | b |\n|---|---|\n| 1 | 2 |", "---",
    "***", "<div>\nhtml\n</div>", "<Share />", "{{< comments >}}", "Heading\n====", "Other heading\n----",
    "> quoted words", "[^1]: A footnote text", "- item\n\n  more of the item",
    "Text with [link](/x).", "{: .attr }", "<!-- note -->",
    "![i](x.png)", "  indented", "\ttabbed", "===", "[a]: /x",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    parts=st.lists(
        st.tuples(st.sampled_from(PARTS), st.sampled_from(["\n\n", "\n\n\n", "\n"])), min_size=2, max_size=6
    ),
    front=st.sampled_from(["", "", "---\ntitle: T\n---\n"]),
    path=st.sampled_from(["page.md", "page.mdx"]),
    alone=st.integers(0, 5),
)
def test_no_mend_changes_how_the_rest_is_read(parts: list[tuple[str, str]], front: str, path: str, alone: int) -> None:
    text = front + "".join(map("".join, parts))
    doc = document(text, path)
    edits = [edit for hit in residue.check(doc) for edit in hit.edits]
    for chosen in (edits, edits[alone : alone + 1]):
        gone = [edit.span for edit in chosen]
        kept = [
            (block.kind, block.level, block.text)
            for block in doc.blocks
            if not any(start <= block.span().start and block.span().end <= end for start, end in gone)
        ]
        after = document(applied(text, chosen), path)
        assert [(block.kind, block.level, block.text) for block in after.blocks] == kept
        assert after.meta.data == doc.meta.data


@settings(max_examples=100, deadline=None)
@given(
    parts=st.lists(st.sampled_from(PARTS), min_size=1, max_size=6),
    path=st.sampled_from(["page.md", "page.mdx", "page.txt"]),
)
def test_mending_comes_to_an_end(parts: list[str], path: str) -> None:
    text = "\n\n".join(parts)
    for _ in range(len(parts) + 1):
        text = mended(text, path)
    assert not [hit for hit in residue.check(document(text, path)) if hit.edits]


# --- placeholders, filler and clickbait


@pytest.mark.parametrize("path", ["page.md", "page.txt"])
def test_each_gap_is_an_error_and_one_per_sentence_is_enough(path: str) -> None:
    doc = document("Come to [Clinic Name] in [City]. Lorem ipsum dolor sit amet.\n", path)
    assert [words for words, *_ in shown(doc, placeholder.check(doc))] == ["[Clinic Name]", "Lorem ipsum"]


@pytest.mark.parametrize(
    "text",
    [
        "See [1], [a] and [sic].",
        "He said [the city] was old.",
        "Todo lo que necesita saber.",
        "TODO LO QUE NECESITA SABER",
        "The to-do list and the XXX karyotype, 47,XXX.",
        "It costs $40, which is 5% more.",
        "![image](x.png) [name](/y)",
        "- [ ] bring socks",
        "We opened the clinic, and its name is Willow. The company name is old.",
    ],
)
def test_article_text_is_no_placeholder(text: str) -> None:
    assert not list(placeholder.check(document(f"# Needles\n\n{text}\n")))


def test_a_variable_that_the_page_defines_is_none() -> None:
    assert list(placeholder.check(document("We are in {{ city }}.\n")))
    assert not list(placeholder.check(document("---\ncity: Leeds\n---\nWe are in {{ city }}.\n")))


def test_filler_is_a_warning_where_it_is_strong_or_thick() -> None:
    weak = "It is important to note this. When it comes to socks, wool is warm. In conclusion, rest. Pro tip: sleep. "
    thin, thick = document(FILLER * 10 + weak), document(weak)
    assert {hit.severity for hit in boilerplate.check(thin)} == {Severity.INFO}
    assert {hit.severity for hit in boilerplate.check(thick)} == {Severity.WARNING}
    strong = document("In this comprehensive guide, when it comes to socks, wool is warm.\n")
    assert shown(strong, boilerplate.check(strong)) == [("In this comprehensive guide", "default", Severity.WARNING)]


@pytest.mark.parametrize(
    "text",
    [
        "Most people are tired at the end of the day.",
        "He wrote “let's dive in” in his diary.",
        "It isn't large. It is small.",
        "The needle plays a role in this. Overall, rest.",
    ],
)
def test_plain_sentences_are_no_filler(text: str) -> None:
    assert not list(boilerplate.check(document(text + "\n")))


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("The ancient trick your GP hides", "ancient trick"),
        ("Sleep well: FIVE TRICKS THAT help", "FIVE TRICKS THAT"),
        ("What?! Needles?", "?!"),
        ("Needles! Now!", "!"),
        ("End sciatica forever", "forever"),
        ("10 things you need to know about needles", "10 things you need to know"),
    ],
)
def test_titles_that_shout(title: str, words: str) -> None:
    doc = document(f"# {title}\n\nText.\n")
    assert [found for found, *_ in shown(doc, clickbait.check(doc))] == [words]


@pytest.mark.parametrize(
    "title",
    [
        "Needles for good sleep",
        "Welcome!",
        "Is it a miracle?",
        "No miracle: what trials say",
        "WHO, NICE and ACP guidelines",
        "MRI CT PET",
        "A few things to know about needles",
        "Needles forever young: a history",
    ],
)
def test_plain_titles_are_no_clickbait(title: str) -> None:
    assert not list(clickbait.check(document(f"# {title}\n\nText.\n")))


# --- hostile text

LINES = (
    "required fields are marked " * 4000, "*a" * 50000, "*" * 100000, "[gallery " * 11000, "amazing treatment " * 5500,
    "is so truly very " * 6000, "“amazing treatment " * 5200, "'" * 100000, "certainly! here is " * 5000,
    "turn0search0 " * 7000, "views: 1 " * 11000, "â€" * 50000, "a. Leave a reply. " * 5500, "home > " * 14000,
    "Leave a reply\n\n" * 6500, "- Share this post\n" * 6000, "## Leave a reply\n" * 6000,
    "[your " * 20000, "[city" * 20000, "{{ city " * 12000, "lorem ipsum " * 8000,
    "TODO " * 20000, "# " + "A B " * 25000, "# " + "!" * 100000,
    "when it comes to " * 6000, "That's not it. " * 6600, "&amp;" * 20000,
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("line", LINES, ids=lambda line: line[:18])
@pytest.mark.parametrize("path", ["page.txt", "page.html", "page.md"])
def test_a_hostile_line_takes_no_time(line: str, path: str) -> None:
    assert_quick(document(line, path), RULES)
