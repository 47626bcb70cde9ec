"""Blocks, links, images and comments of Markdown and MDX."""

import pytest

from acu_lint.document.document import OBJECT, Document
from tests.conftest import document


def links(doc: Document) -> list[tuple[str, str, str]]:
    return [(link.kind, link.target, doc.blocks[link.block].text[link.start : link.end]) for link in doc.links]


def test_headings_make_the_path() -> None:
    doc = document("# Tea\n\na\n\n## Use\n\nb\n\n#### Deep\n\nc\n\n## Risk\n\nd\n\n# Honey\n\ne\n")
    paths = {block.text: block.path for block in doc.blocks}
    assert paths == {
        "Tea": (), "a": ("h1:Tea",), "Use": ("h1:Tea",), "b": ("h1:Tea", "h2:Use"), "Deep": ("h1:Tea", "h2:Use"),
        "c": ("h1:Tea", "h2:Use", "h4:Deep"), "Risk": ("h1:Tea",), "d": ("h1:Tea", "h2:Risk"), "Honey": (),
        "e": ("h1:Honey",),
    }  # fmt: skip


def test_lists_and_tables_have_levels_and_groups() -> None:
    doc = document("- a\n  1. b\n- c\n\ntext\n\n+ d\n\n| e | f |\n|---|---|\n| g | h |\n\n<table><tr><td>i</table>\n")
    assert [(b.text, b.kind, b.level, b.group) for b in doc.blocks] == [
        ("a", "item", 1, 1), ("b", "item", 2, 2), ("c", "item", 1, 1), ("text", "paragraph", 0, 0), ("d",
        "item", 1, 3),
        ("e", "cell", 0, 1), ("f", "cell", 0, 1), ("g", "cell", 0, 2), ("h", "cell", 0, 2), ("i", "cell", 0, 3),
    ]  # fmt: skip


def test_links() -> None:
    text = (
        "See [the **trial**](https://t.example/a_b 'T'), [ref], [text][ref], <https://auto.example>, https://bare.example/x(y)."
        " And www.bare.example, <a href='h&amp;i'>raw</a>, `https://code.example`, note.[^n]\n\n"
        "[ref]: /r\n[^n]: Note.\n"
    )
    doc = document(text)
    assert links(doc) == [
        ("link", "https://t.example/a_b", "the trial"), ("link", "/r", "ref"), ("link", "/r", "text"),
        ("link", "https://auto.example", "https://auto.example"), ("link", "https://bare.example/x(y)",
        "https://bare.example/x(y)"),
        ("link", "http://www.bare.example", "www.bare.example"), ("link", "h&i", "raw"), ("footnote", "n", ""),
    ]  # fmt: skip
    assert text[slice(*doc.links[0].span)] == "the **trial"
    assert text[slice(*doc.links[-1].span)] == "[^n]"
    assert doc.blocks[0].text[doc.links[-1].start - 5 : doc.links[-1].start] == "note."
    assert (doc.blocks[1].kind, doc.blocks[1].label) == ("footnote", "n")


def test_a_template_tag_in_a_link_is_kept_in_its_target() -> None:
    doc = document('[a]({{< ref "tea.md" >}}) and <a href="{{ site.url }}/b">b</a> ![c]({{ d }}.png)')
    assert [link.target for link in doc.links] == ['{{< ref "tea.md" >}}', "{{ site.url }}/b"]
    assert doc.images[0].target == "{{ d }}.png"


def test_images() -> None:
    text = 'Tea ![a **cup**](cup.png "t") here <img src=pot.png alt="a &quot;pot&quot;">.\n\n![](no.png)\n'
    doc = document(text)
    assert [(image.target, image.alt) for image in doc.images] == [
        ("cup.png", "a cup"),
        ("pot.png", 'a "pot"'),
        ("no.png", ""),
    ]
    assert text[slice(*doc.images[0].span)] == '![a **cup**](cup.png "t")'
    assert [(block.kind, block.text) for block in doc.blocks] == [
        ("paragraph", "Tea here ."), ("alt", "a cup"), ("alt", 'a "pot"'),
    ]  # fmt: skip


def test_comments_but_not_those_in_code() -> None:
    text = "a <!-- one --> `<!-- no -->`\n\n```\n<!-- no -->\n```\n\n<!--\ntwo\n-->\n\n<div><!-- three --></div>\n"
    assert [comment.text.strip() for comment in document(text).comments] == ["one", "two", "three"]
    mdx = "a {/* one */} `{/* no */}`\n\n{/*\ntwo\n*/}\n"
    doc = document(mdx, "a.mdx")
    assert [comment.text.strip() for comment in doc.comments] == ["one", "two"]
    assert mdx[slice(*doc.comments[0].span)] == "{/* one */}"


def test_code_is_one_object() -> None:
    assert document("run `a b c`now").blocks[0].text == f"run {OBJECT}now"
    assert document("value {{ a.b }}now").blocks[0].text == f"value {OBJECT}now"


def test_raised_reference_numbers_do_not_join_their_word() -> None:
    assert (
        document("less pain<sup>1,2</sup>. 10 m<sup>2</sup>, 1<sup>st</sup>").blocks[0].text
        == "less pain[1,2]. 10 m2, 1st"
    )


def test_what_is_left_open_in_html_does_not_hide_the_rest() -> None:
    doc = document("<nav>\n\n[Home](/)\n\nText goes on.\n\n<span hidden>and on\n")
    assert [block.text for block in doc.blocks] == ["Home", "Text goes on.", "and on"]


def test_what_is_hidden_over_several_blocks() -> None:
    doc = document("<nav>\n\n[Home](/)\n\n</nav>\n\nText.\n\n<blockquote>\n\nSaid **so**.\n\n</blockquote>\n")
    assert [(block.kind, block.text) for block in doc.blocks] == [("paragraph", "Text."), ("quote", "Said so.")]
    assert not doc.links


def test_mdx_keeps_html_that_tells_something() -> None:
    doc = document(
        '<Card id="no">\n\n## Tea\n\n<a href={url}>more</a> <img src={x} alt="a cup" />\n\n</Card>\n\n1 < 2\n',
        "a.mdx",
    )
    assert [(block.kind, block.text) for block in doc.blocks] == [
        ("heading", "Tea"), ("paragraph", "more"), ("alt", "a cup"), ("paragraph", "1 < 2"),
    ]  # fmt: skip
    assert doc.links[0].target == "{url}"


def test_mdx_parts_say_their_own_language() -> None:
    doc = document('Tea.\n\n<div lang="de">\n\nTee.\n\n</div>\n\nWarm.\n', "a.mdx")
    assert [(block.text, block.lang) for block in doc.blocks] == [("Tea.", ""), ("Tee.", "de"), ("Warm.", "")]


def test_code_of_a_server_in_a_heading_is_no_text_and_ends_with_it() -> None:
    doc = document("## Tea <?= $a->b ?>\n\nWarm.\n\n## <?php x() ?>\n\n- Green\n")
    assert [(block.kind, block.text) for block in doc.blocks] == [
        ("heading", "Tea"), ("paragraph", "Warm."), ("item", "Green"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "langs"),
    [
        ('Tee.\n{: lang="de"}\n\nTea.\n', ["de", ""]),
        ("Tea.\n\nTee. {: lang=de }\n\nTea.\n", ["", "de", ""]),
        ("Tea and [Tee](/t){: lang=de }\n", [""]),
        ('Tea.\n\n<Quote lang="de">\n\nTee.\n\n</Quote>\n\nTea.\n', ["", "de", ""]),
        ("Tea <span lang=de>Tee</span> tea.\n", [""]),
    ],
)
def test_a_block_says_its_language(text: str, langs: list[str]) -> None:
    assert [block.lang for block in document(text).blocks] == langs
