"""HTML pages: the article found, and what the page says about itself."""

import pytest

from acu_lint.document.document import Document
from tests.conftest import document


def read(text: str) -> Document:
    return document(text, "a.html")


def texts(doc: Document) -> list[str]:
    return [block.text for block in doc.blocks]


def test_what_the_head_says() -> None:
    text = (
        '<!doctype html><html lang="en-GB"><head><meta charset=utf-8><title>Tea &amp; honey</title>'
        '<meta name="Description" content="Tea &quot;helps&quot;."><meta property="og:Title" content="Tea">'
        '<link rel="canonical" href="https://t.example/?a=1&amp;b=2">'
        '<script type="application/ld+json">[{"@type": "Article", "author": {"name": "Ann"}}]</script>'
        '<script type="application/ld+json">{"@type": }</script></head>'
        '<body><p itemprop="author" itemscope>By <span itemprop="name">Ann <b>Lee</b></span></p>'
        '<time itemprop="dateModified" datetime="2026-01-02">January</time></body></html>'
    )
    doc = read(text)
    assert doc.meta.format == "html"
    assert doc.meta.data == {
        "lang": "en-GB", "description": 'Tea "helps".', "og:title": "Tea", "canonical": "https://t.example/?a=1&b=2",
        "itemprop:author": "By Ann Lee", "itemprop:name": "Ann Lee", "itemprop:dateModified": "2026-01-02",
    }  # fmt: skip
    assert text[slice(*doc.meta.spans["canonical"])] == "https://t.example/?a=1&amp;b=2"
    assert doc.meta.json_ld == ({"@type": "Article", "author": {"name": "Ann"}},)
    assert [(block.kind, block.text) for block in doc.blocks[:2]] == [
        ("title", "Tea & honey"),
        ("description", 'Tea "helps".'),
    ]
    (problem,) = doc.problems
    assert "JSON-LD" in problem.message
    assert text[slice(*problem.span)] == "}"


def test_main_is_the_article_and_takes_its_title_from_the_header() -> None:
    doc = read(
        "<header><h1>Tea</h1><p>Menu</p></header><div>no</div><div role=main><div>yes</div> <p>and</p></div><p>no</p>"
    )
    assert texts(doc) == ["Tea", "yes", "and"]


def test_articles_count_where_they_hold_most_of_the_text() -> None:
    assert texts(read("<p>no</p><article><header>by Ann</header><p>All of tea.</p><footer>End</footer></article>")) == [
        "by Ann", "All of tea.", "End",
    ]  # fmt: skip
    assert texts(read("<p>All about tea and much more than that.</p><article>card</article>")) == [
        "All about tea and much more than that.", "card",
    ]  # fmt: skip


def test_blocks() -> None:
    doc = read(
        "<h2>A</h2>b<br><br>c<ul><li>d<ul><li>e</ul><li>f</ul><ol><li><p>g</p><p>h</p></ol>"
        "<table><caption>i</caption><tr><th>j<td>k<tr><td>l</table><dl><dt>m<dd>n</dl><blockquote><p>o</blockquote>"
    )
    assert [(b.text, b.kind, b.level, b.group) for b in doc.blocks] == [
        ("A", "heading", 2, 0), ("b", "paragraph", 0, 0), ("c", "paragraph", 0, 0), ("d", "item", 1, 1), ("e",
        "item", 2, 2),
        ("f", "item", 1, 1), ("g", "item", 1, 3), ("h", "item", 1, 3), ("i", "caption", 0, 0), ("j", "cell", 0, 1),
        ("k", "cell", 0, 1), ("l", "cell", 0, 2), ("m", "item", 1, 4), ("n", "item", 1, 4), ("o", "quote", 0, 0),
    ]  # fmt: skip
    assert doc.blocks[-1].path == ("h2:A",)


def test_a_link_around_blocks_is_a_link_in_each() -> None:
    doc = read("<p>x <a href='u'>one<p>two</a> y")
    assert [(doc.blocks[link.block].text, link.target, link.start, link.end) for link in doc.links] == [
        ("x one", "u", 2, 5), ("two y", "u", 0, 3),
    ]  # fmt: skip


def test_every_entity_has_its_place() -> None:
    text = "<p>Fish&nbsp;&amp;\n chips&#8217; &copy2 &bogus; AT&T &lt;b&gt;</p>"
    block = read(text).blocks[0]
    assert block.text == "Fish & chips’ ©2 &bogus; AT&T <b>"
    at = block.text.index("&")
    assert text[slice(*block.span(at, at + 1))] == "&amp;"
    at = block.text.index("<b>")
    assert text[slice(*block.span(at, at + 3))] == "&lt;b&gt;"


def test_template_tags_are_no_text() -> None:
    doc = read(
        '{% if a %}<p>Tea {{ b }}</p>{% endif %}<script type="application/ld+json">{"a": {{ c | jsonify }} }</script>'
    )
    assert texts(doc) == ["Tea"] or texts(doc) == ["Tea \ufffc"]
    assert not doc.problems


def test_references_folded_away_are_read() -> None:
    doc = read(
        '<p>Tea.<div id="footnotes_container" style="display: none">1. Lee A. <a href="https://t.example">Tea</a></div>'
    )
    assert texts(doc) == ["Tea.", "1. Lee A. Tea"]
    assert doc.links[0].target == "https://t.example"


@pytest.mark.parametrize(
    "element",
    [
        '<div class="accordion-body" style="display:none">{}</div>',
        '<div id="faq-3-answer" hidden>{}</div>',
        '<section role="tabpanel" hidden>{}</section>',
        '<dd class="collapse" aria-hidden="true">{}</dd>',
        '<div hidden="until-found">{}</div>',
        '<button aria-controls="x7">Open</button><div id="x7" style="display: none">{}</div>',
        '<a href="#x8">Open</a><div id="x8" hidden>{}</div>',
        "<details><summary>Open</summary>{}</details>",
    ],
)
def test_what_a_click_shows_is_read(element: str) -> None:
    assert texts(read("<p>Tea.</p>" + element.format("<p>It is warm.</p>")))[-1] == "It is warm."


@pytest.mark.parametrize(
    "element",
    [
        '<div style="display:none">{}</div>',
        "<p hidden>{}</p>",
        '<div class="modal tab-content" hidden>{}</div>',
        '<span class="accordion-icon" aria-hidden="true">{}</span>',
        '<div class="cookie-panel" style="visibility: hidden">{}</div>',
    ],
)
def test_what_nobody_is_shown_is_not_read(element: str) -> None:
    assert texts(read("<p>Tea.</p>" + element.format("It is warm."))) == ["Tea."]


def test_a_question_on_a_button_that_opens_its_answer_is_read() -> None:
    doc = read(
        '<h3><button aria-expanded="false">Is it warm?</button></h3>'
        '<button data-bs-toggle="collapse">Is it green?</button><button>Buy tea</button>'
    )
    assert [(block.kind, block.text) for block in doc.blocks] == [
        ("heading", "Is it warm?"), ("paragraph", "Is it green?"),
    ]  # fmt: skip


def test_letters_of_a_heading_that_an_animation_moves_are_one_word() -> None:
    letters = "".join(f"<div>{letter}</div>" for letter in "Green")
    tea = "<div><div>t</div><div>e</div><div>a</div></div>"
    doc = read(f"<h1><div>{letters}</div> {tea}</h1><h2><div>One</div><div>Two</div></h2>")
    assert texts(doc) == ["Green tea", "One Two"]


def test_a_part_says_its_own_language() -> None:
    doc = read(
        '<p>Tea.<p lang="de">Tee.<div lang="fr-CA"><div>Le thé.</div><p xml:lang="es">El té.</p><p>Chaud.</p></div>'
        "<p>Warm."
    )
    assert [(block.text, block.lang) for block in doc.blocks] == [
        ("Tea.", ""), ("Tee.", "de"), ("Le thé.", "fr-CA"), ("El té.", "es"), ("Chaud.", "fr-CA"), ("Warm.", ""),
    ]  # fmt: skip


def test_lines_are_kept_apart_but_not_in_headings() -> None:
    doc = read("<h1>Green<br>tea</h1><p>Warm <br/> Dark<br><br>Next</p>")
    assert texts(doc) == ["Green tea", "Warm\nDark", "Next"]
    assert [sentence.text for sentence in doc.blocks[1].sentences] == ["Warm", "Dark"]


def test_what_is_struck_out_is_not_there() -> None:
    assert texts(read("<p>Was <s>40</s> <del>35</del> <strike>33</strike> <ins>30</ins> pounds.</p>")) == [
        "Was 30 pounds."
    ]


def test_what_stands_aside_within_the_article_belongs_to_it() -> None:
    aside = "<aside class='{}'>Ask first.</aside>"
    text = (
        f"<aside>Menu</aside><article><p>Tea.</p>{aside.format('key-facts')}{aside.format('related-posts')}</article>"
    )
    assert texts(read(text)) == ["Tea.", "Ask first."]
