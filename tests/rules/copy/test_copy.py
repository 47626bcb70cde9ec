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
        ("3 Comments", "template"),
        ("Home > Blog > Needles", "template"),
        ("Posted in Needles, Pain", "template"),
        ("Read more »", "template"),
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


# --- a page's own frame, and what was pasted

CHROME = (
    "Home > Blog > Needles", "Skip to content", "Share this post:", "Leave a reply", "3 comments", "Contact us",
    "We use cookies to improve your experience.", "Copyright © 2021 Willow. All rights reserved.", "Subscribe now",
    "Your email address will not be published.", "Posted in Needles, Pain", "Read more »", "Views: 1,310",
)  # fmt: skip


@pytest.mark.parametrize("head", ["<!doctype html><html><head><title>Moxa</title></head>", "---\nlayout: base\n---\n"])
def test_a_web_page_has_a_frame_of_its_own(head: str) -> None:
    body = "".join(f"<p>{line}</p>\n" for line in CHROME)
    doc = document(f"{head}<body><h1>Needles</h1><h2>Needles</h2><p>They are thin.</p>{body}</body>", "page.html")
    assert not shown(doc, residue.check(doc))


@pytest.mark.parametrize("line", ["Contact us", "Subscribe now", "Get in touch", "Learn more", "All rights reserved."])
def test_a_line_that_a_writer_may_have_meant_counts_in_company_only(line: str) -> None:
    alone = document(f"# Needles\n\nThey are thin.\n\n{line}\n")
    assert not shown(alone, residue.check(alone))
    among = document(f"# Needles\n\nThey are thin.\n\nLeave a reply\n\n{line}\n")
    assert [words for words, *_ in shown(among, residue.check(among))] == ["Leave a reply", line]
    few = document(f"# Needles\n\nThey are thin.\n\nSign up\n\n{line}\n\nRelated posts\n")
    assert [words for words, *_ in shown(few, residue.check(few))] == ["Sign up", line, "Related posts"]


@pytest.mark.parametrize("path", ["Home > Settings > Text size", "Home > Reports > Blood", "Home → View → Zoom"])
def test_a_path_that_readers_shall_go_is_no_breadcrumb(path: str) -> None:
    doc = document(f"# How to see your results\n\nOpen the app, then:\n\n{path}\n\nChoose a date.\n")
    assert not shown(doc, residue.check(doc))


@pytest.mark.parametrize(
    ("text", "path", "kind"),
    [
        ("<p class=MsoListParagraph>Needles</p>\n", "page.html", "word"),
        ("Needles\n\n<!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]-->\n", "page.md", "word"),
        ('Needles <b id="docs-internal-guid-1a2b">are</b> thin.\n', "page.md", "word"),
        ("<!-- wp:paragraph -->\n<p>Needles</p>\n<!-- /wp:paragraph -->\n", "page.html", "wordpress"),
        ("Needles are thin.\n\n[vc_row]They are used once.[/vc_row]\n", "page.md", "markup"),
        ("Needles are thin.\n\n<!DOCTYPE html>\n<html><body>More.</body></html>\n", "page.md", "page"),
        ("<html><head></head><body><p>A</p></body></html>\n<html><p>B</p></html>\n", "page.html", "page"),
        ("---\ntitle: A\n---\nNeedles.\n\n---\ntitle: B\ntags: [b]\n---\nMoxa.\n", "page.md", "matter"),
        ("Needles are thin.\n\niStock-1204857612.jpg\n", "page.md", "picture"),
        ("Needles are thin.\n\nGetty Images\n", "page.md", "picture"),
        ("Write to info@yoursite.com to book.\n", "page.txt", "example"),
        ("Take [our test](https://example.com).\n", "page.md", "example"),
        ("She lived with heart disappointment.\n", "page.md", "spun"),
        ("# Needles\n\nOur dermatology team has a dermatologyist.\n", "page.md", "damage"),
        ("# Needles\n\nThey are thin.\n\n## Moxa\n\nIt is warm.\n", "page.txt", "markdown"),
    ],
)  # fmt: skip
def test_what_other_programs_left(text: str, path: str, kind: str) -> None:
    doc = document(text, path)
    assert [message for _, message, _ in shown(doc, residue.check(doc))] == [kind]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("Type `<p class=MsoNormal>`.\n\n```html\n<!-- wp:html -->\n<html><head><head>\n```\n", "page.md"),
        ("<style>td {mso-table-lspace: 0pt; mso-line-height-rule: exactly}</style><p>Our news</p>", "page.html"),
        ('<!-- wp:template-part {"slug":"header"} /-->\n<p>Needles</p>', "page.html"),
        ("See the note [1] and [gallery]. [TOC]\n", "page.md"),
        ("<!-- <html><head></head> --><html><head></head><body><pre><head></pre></body></html>", "page.html"),
        ("{% if a %}<html lang=en>{% else %}<html>{% endif %}<p>Needles</p>", "page.html"),
        ("---\ntitle: A\n---\nNeedles.\n\n---\nlayout: cover\nclass: wide\n---\nMoxa.\n", "page.md"),
        ("![A nurse](shutterstock_204857612.jpg)\n\nPhoto by Ana Reyes, Getty Images.\n", "page.md"),
        ("Write your name and address, for example ana@example.com, on top.\n", "page.md"),
        ("Spinners write “kidney disappointment” for kidney failure. It was a disappointment.\n", "page.md"),
        ("Dupilumab, tocilizumab and ustekinumab were given to sphygmomanometer users.\n", "page.md"),
        ("Steadying mindfulness, tightness and workspaces; dermatology helps dermatologists.\n", "page.md"),
    ],
)
def test_what_looks_like_it_and_is_none(text: str, path: str) -> None:
    doc = document(text, path)
    assert not shown(doc, residue.check(doc))


def test_the_same_replacement_in_several_words_is_a_warning() -> None:
    one = document("# News\n\nTrials bring adnces in care.\n")
    assert [severity for *_, severity in shown(one, residue.check(one))] == [Severity.INFO]
    two = document("# News\n\nTrials bring adnces in care. Few rooms are ailable.\n")
    assert [(words, severity) for words, _, severity in shown(two, residue.check(two))] == [
        ("adnces", Severity.WARNING),
        ("ailable", Severity.WARNING),
    ]


# --- what can be mended without asking


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pain eased【4†source】 in most.\n", "Pain eased in most.\n"),
        ("Pain eased [cite: 1, 2].\n", "Pain eased.\n"),
        ("Pain eased.:contentReference[oaicite:3]{index=3}\n", "Pain eased.\n"),
        ("- Pain eased :contentReference[oaicite:3]{index=3} in most.\n", "- Pain eased in most.\n"),
    ],
)
@pytest.mark.parametrize("path", ["page.md", "page.txt"])
def test_a_mark_of_a_machine_goes_with_the_space_before_it(text: str, expected: str, path: str) -> None:
    assert mended(text, path) == expected


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


MARKS = ("【4†source】", "[cite: 7]", ":contentReference[oaicite:0]{index=0}")
# Lines of every kind, and what may stand between them
PARTS = [
    *CHROME, *MARKS, *(f"The needles are thin {mark} and clean." for mark in MARKS), "# Needles", "# Needles {0}",
    "- Share this article", "As an AI language model, I have no needles.", "Regenerate response", "turn0search3",
    "See turn0search3 for more.", "Certainly! Here is a blog post about moxa:", "I hope this helps!",
    "## Leave a reply", "> quoted [cite: 3] words", "| a [cite: 1] | b |\n|---|---|\n| 1 | 2 |", "1. [cite: 2]",
    "- [cite: 2] first", "    code [cite: 1]", "```\n[cite: 1]\n```", "Advertisement", "Date:",
    "Home > Settings > Text size", "---",
    "Text with [link](/x) [cite: 1](y).", "![i](x.png)", "A cafÃ© [cite: 1]!", "<p class=MsoNormal>Needles</p>",
    "Ask for a lactose bigotry test.", "Write to me@example.com.", "Dermatology has a dermatologyist.",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    parts=st.lists(
        st.tuples(st.sampled_from(PARTS), st.sampled_from(["\n\n", "\n\n\n", "\n", "\r\n\r\n"])), min_size=1, max_size=6
    ),
    path=st.sampled_from(["page.md", "page.mdx", "page.txt", "page.html"]),
)
def test_no_mend_takes_a_word_away_but_marks_of_machines(parts: list[tuple[str, str]], path: str) -> None:
    text = "".join(map("".join, parts))
    doc = document(text, path)
    edits = [edit for hit in residue.check(doc) for edit in hit.edits]
    for edit in edits:
        gone = text[slice(*edit.span)]
        assert gone.strip() in MARKS or "cite: " in gone or edit.text
    if path != "page.txt":  # there the length of a line tells headings
        after = document(applied(text, edits), path)
        kinds = [(block.kind, block.level) for block in doc.blocks]
        assert [(block.kind, block.level) for block in after.blocks] == kinds


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


@settings(max_examples=300, deadline=None)
@given(text=st.text(max_size=200), parts=st.lists(st.sampled_from(PARTS), max_size=4))
def test_whatever_is_read_the_places_are_in_the_text(text: str, parts: list[str]) -> None:
    for path in ("page.md", "page.html", "page.txt"):
        doc = document("\n\n".join([*parts, text, *parts]), path)
        for hit in residue.check(doc):
            assert 0 <= hit.span.start < hit.span.end <= len(doc.source.text)


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
        "Tell them: I am away from [date] on, and my name is [name].",
        "Pain eased [\\[source\\]](https://trials.example/1).",
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
        "TEST TWO: GI and the gut",
        "Needles! They are thin. " * 20,
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
    "<head>" * 16000, "<!-- wp:html -->" * 6000, "class=Mso" * 11000, "---\nk: v\n" * 12000, "---\n" * 25000,
    " k: v\n" * 16000, "&nbsp;" * 16000, "example.com " * 8000, "me@" * 30000, "shutterstock_ " * 7000,
    "[cite: 1" * 12000, "adnces " * 14000, "bosom peril " * 8000, "[caption a=" * 9000, "Home > " * 14000 + "x",
    "Getty Images\n\n" * 7000,
    "```\n<head>\n" * 9000, "\n<pre><head>" * 9000,
    "TODO " * 20000, "# " + "A B " * 25000, "# " + "!" * 100000,
    "when it comes to " * 6000, "That's not it. " * 6600, "&amp;" * 20000,
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("line", LINES, ids=lambda line: line[:18])
@pytest.mark.parametrize("path", ["page.txt", "page.html", "page.md"])
def test_a_hostile_line_takes_no_time(line: str, path: str) -> None:
    assert_quick(document(line, path), RULES)
