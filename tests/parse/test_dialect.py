"""What only some generators know: every kind of container, title and note, with the place of each word."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from acu_lint.document.document import Document
from acu_lint.document.flavour import Flavour
from acu_lint.parse import parse

# What is written, and the kind and text of each block that readers see. Nothing else is to be there.
SEEN = {
    "admonition": (
        '!!! tip "Before you come"\n    Eat a *little*.\n\n    - Bring a list\n\nAfter that\n',
        ["caption Before you come", "paragraph Eat a little.", "item Bring a list", "paragraph After that"],
    ),
    "admonition without a title": ("!!! note\n    Eat.\nText below\n", ["paragraph Eat.", "paragraph Text below"]),
    "empty title": ('!!! note ""\n    Eat.\n', ["paragraph Eat."]),
    "body indented by a tab": ("!!! note\n\tEat.\n\n\tRest.\n", ["paragraph Eat.", "paragraph Rest."]),
    "code in a body": (
        "!!! note\n    Eat.\n\n        code\n\n    ```\n    !!! code\n    ```\n    Rest.\n",
        ["paragraph Eat.", "paragraph Rest."],
    ),
    "details": (
        '??? info "More"\n\n    Rest.\n\n???+ tip\n    Walk.\n',
        ["caption More", "paragraph Rest.", "paragraph Walk."],
    ),
    "tabs": (
        '=== "One"\n\n    Rest.\n\n=== "Two"\n\n    Walk.\n',
        ["caption One", "paragraph Rest.", "caption Two", "paragraph Walk."],
    ),
    "containers within each other": (
        '!!! note "Out"\n    Rest.\n\n    ??? tip "In"\n        Walk.\n\n'
        '        === "Tab"\n            Sit.\n\n    Eat.\n',
        [
            "caption Out",
            "paragraph Rest.",
            "caption In",
            "paragraph Walk.",
            "caption Tab",
            "paragraph Sit.",
            "paragraph Eat.",
        ],
    ),
    "admonition in a list": (
        '1. First\n\n    !!! note "Mind"\n        Rest.\n\n2. Second\n',
        ["item First", "caption Mind", "item Rest.", "item Second"],
    ),
    "list in a list in an admonition": (
        "!!! note\n    - One\n        - Two\n\n            more\n    - Three\n",
        ["item One", "item Two", "item more", "item Three"],
    ),
    "not in a list: code": ('Text\n\n    !!! note "x"\n        y\n', ["paragraph Text"]),
    "directive": (
        ":::note[Take *care*]\n\nRest.\n\n:::\n\n:::tip\nWalk.\n:::\nEat.\n",
        ["caption Take care", "paragraph Rest.", "paragraph Walk.", "paragraph Eat."],
    ),
    "directive, title behind a space": (
        "::: warning Take care\nRest.\n:::\n",
        ["caption Take care", "paragraph Rest."],
    ),
    "directives within each other": (
        "::::note\nRest.\n:::tip\nWalk.\n:::\n::::\n",
        ["paragraph Rest.", "paragraph Walk."],
    ),
    "list in a directive": (":::note\n- Rest\n- Walk\n:::\n", ["item Rest", "item Walk"]),
    "fenced div": (
        '::: {.callout-note title="Take care"}\nRest.\n:::\n\n::: aside\nWalk.\n:::\n',
        ["caption Take care", "paragraph Rest.", "paragraph Walk."],
    ),
    "block of PyMdown": (
        "/// note | Take care\n    type: tip\n\nRest.\n///\nWalk.\n",
        ["caption Take care", "paragraph Rest.", "paragraph Walk."],
    ),
    "alert": ("> [!WARNING]\n> Rest.\n>\n> - Walk\n", ["paragraph Rest.", "item Walk"]),
    "callout": (
        "> [!tip]- Take *care*\n> Rest.\n>> [!note] In\n>> Walk.\n",
        ["caption Take care", "paragraph Rest.", "caption In", "paragraph Walk."],
    ),
    "quote": ("> Rest.\n", ["quote Rest."]),
    "definitions": (
        "Cold pack\n: For ten minutes\n: On a cloth\n\nRest\n:   A day.\n\n    Or two.\n",
        ["item Cold pack", "item For ten minutes", "item On a cloth", "item Rest", "item A day.", "item Or two."],
    ),
    "no definition": ("Text\n:tada: New\n", ["paragraph Text\nNew"]),
    "note within a line": ("Rest^[For a *day*.] and walk.\n", ["paragraph Rest and walk.", "footnote For a day."]),
    "marks": (
        "==Rest== and ^^walk^^, H~2~O, 2^nd^ day, [small]{.s} :sun: :abbr[GP] go\n",
        ["paragraph Rest and walk, H2O, 2nd day, small GP go"],
    ),
    "links between notes": (
        "See [[Rest|resting]], [[Walks]] and ![[a.png]].\n",
        ["paragraph See resting, Walks and ."],
    ),
    "comment of Obsidian": ("Rest %%not yet%% now.\n\n%%\nNot this.\n%%\n", ["paragraph Rest now."]),
    "lines kept apart": ("| Rest\n| Walk\n", ["paragraph Rest\nWalk"]),
    "lines that begin with a sign": (
        "✅ Rest\n✅ Walk\n\n1️⃣ One\n2️⃣ Two\n\n– Sit\n– Eat\n\nplain\nlines\n",
        ["paragraph ✅ Rest\n✅ Walk", "paragraph 1⃣ One\n2⃣ Two", "paragraph – Sit\n– Eat", "paragraph plain lines"],
    ),
    "markers": ('[TOC]\n\nRest.\n\n[[toc]]\n\n--8<-- "a.md"\n', ["paragraph Rest."]),
    "Markdown in HTML": (
        '<div class="a" markdown="1">\n**Rest** a day\n- Walk\n</div>\n',
        ["paragraph Rest a day", "item Walk"],
    ),
    "containers in quotes": (
        '> !!! note "Mind"\n>     Rest.\n>\n> Said so.\n\n> :::tip[Two]\n> Walk.\n> :::\n',
        ["caption Mind", "quote Rest.", "quote Said so.", "caption Two", "quote Walk."],
    ),
    "body of a directive by a tab": (":::note[One]\n\tRest.\n:::\n", ["caption One", "paragraph Rest."]),
    "shortcodes": (
        '{{< tab "In the morning" >}}\nRest.\n{{< /tab >}}\n\n{{< figure src="a.png" caption="A cup" alt="Tea" >}}\n\n'
        '{% include note.html title="Mind" id="x" %}\n',
        ["caption In the morning", "paragraph Rest.", "caption A cup", "alt Tea", "caption Mind"],
    ),
    "edits": (
        "Rest {++a day++}{--or two--} or {~~run~>walk~~}, {==so==}{>>why?<<} be it.\n",
        ["paragraph Rest a day or walk, so be it."],
    ),
    "abbreviations": ("Ask your GP.\n\n*[GP]: family doctor\n*[BP]: pressure\n", ["paragraph Ask your GP."]),
    "attributes": ("[Book](/b){ .button } now{: #x }\n\n* contents\n{:toc}\n", ["paragraph Book now"]),
    "labels in a list": (
        '1. First\n\n   <Tabs>\n     <Tab label="Quick">\n\n     Rest.\n\n     </Tab>\n   </Tabs>\n\n2. Second\n',
        ["item First", "caption Quick", "item Rest.", "item Second"],
    ),
    "note in a list": (
        "- Rest^[A day.]\n- Walk\n\nEat.\n",
        ["item Rest", "item Walk", "footnote A day.", "paragraph Eat."],
    ),
    "notes and citations by key": (
        "Rest [@lee].^[A day.] Walk^[Or two.] [@roe].\n",
        ["paragraph Rest . Walk .", "footnote A day.", "footnote Or two."],
    ),
    "names of links that look like keys": (
        "It is common [@lee].\n\n![Tea [@roe]](a.png)\n\n[@lee]: https://x.example\n",
        ["paragraph It is common @lee.", "alt Tea [@roe]"],
    ),
    "citations over two lines": ("It is common [@lee;\n@roe].\n", ["paragraph It is common ."]),
    "component behind a list": (
        '- Rest\n\n<Call title="Mind">\n    Walk.\n\n    Sit.\n</Call>\n',
        ["item Rest", "caption Mind", "item Walk.", "item Sit."],
    ),
    "labels deep in a list": (
        '- Rest\n\n  <Tabs>\n    <Tab label="One">\n\n      Walk.\n\n      <Call title="Two" />\n\n'
        "    </Tab>\n  </Tabs>\n",
        ["item Rest", "caption One", "paragraph Walk.", "caption Two"],
    ),
    "directive in a component": (
        "<Tabs>\n  <Tab>\n\n    :::note[Mind]\n\n    Walk.\n\n    :::\n\n  </Tab>\n</Tabs>\n",
        ["caption Mind", "paragraph Walk."],
    ),
    "shortcode behind a list": (
        '- Rest\n\n{{< call title="Mind" >}}\n    Walk.\n{{< /call >}}\n',
        ["item Rest", "caption Mind", "item Walk."],
    ),
    "formula": (
        "Rest.\n\n$$\na + b\n$$\n\nA room for $$ or $$$.\n",
        ["paragraph Rest.", "paragraph A room for $$ or $$$."],
    ),
    "fence of MyST": ("Eat.\n\n```{note}\nRest.\n```\n", ["paragraph Eat.", "paragraph Rest."]),
    "directive of MyST": (
        "```{admonition} Mind\n:class: tip\nRest.\n\n- Walk\n```\n\n```{note}\nSit.\n```\n\n```{code} x\ny\n```\n",
        ["caption Mind", "paragraph Rest.", "item Walk", "paragraph Sit."],
    ),
    "containers in a footnote": (
        "Rest.[^a]\n\n[^a]: A day.\n\n    !!! tip\n        Walk.\n\n        Sit.\n",
        ["paragraph Rest.", "footnote A day.", "footnote Walk.", "footnote Sit."],
    ),
    "lines kept apart, in a definition": (
        "Rest\n\n:   A day.\n\n    | One\n    | Two\n\n    Three.\n",
        ["item Rest", "item A day.", "item One\nTwo", "item Three."],
    ),
    "right below HTML": ("<div>\n<p>Rest.</p>\n</div>\nWalk *now*.\n", ["paragraph Rest.", "paragraph Walk now."]),
    "no space behind the mark": ('!!!tip "Mind"\n    Rest.\n', ["caption Mind", "paragraph Rest."]),
    "title as an attribute": (':::note{title="Mind"}\nRest.\n:::\n', ["caption Mind", "paragraph Rest."]),
    "citations by key": ("It eases pain [@lee2020, p. 4] and [-@roe; @poe].\n", ["paragraph It eases pain and ."]),
    "components": (
        '<Tabs>\n  <TabItem value="a" label="First day">\n\n    Rest.\n\n  </TabItem>\n</Tabs>\n',
        ["caption First day", "paragraph Rest."],
    ),
}


def seen(doc: Document) -> list[str]:
    return [f"{block.kind} {block.text}" for block in doc.blocks]


def read(text: str, flavour: Flavour = Flavour.ANY, path: str = "a.md") -> Document:
    return parse(path, text, today=datetime.date(2026, 1, 1), flavour=flavour)


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("name", SEEN)
def test_readers_see_these_blocks_and_each_word_stands_where_it_says(name: str, ends: str) -> None:
    text, blocks = SEEN[name]
    text = text.replace("\n", ends)
    doc = read(text)
    assert seen(doc) == blocks
    for block in doc.blocks:
        for word in block.words:
            place = block.span(word.start, word.end)
            crossing = word.text in {"H2O", "2nd"}
            assert crossing or text[place.start : place.end] == word.text


@pytest.mark.parametrize(
    ("flavour", "text", "blocks"),
    [
        (Flavour.COMMONMARK, '!!! note "A"\n    b\n', ['paragraph !!! note "A" b']),
        (Flavour.COMMONMARK, "Term\n: word\n", ["paragraph Term : word"]),
        (Flavour.COMMONMARK, "a^[b] ==c== [[d]]\n", ["paragraph a^[b] ==c== [[d]]"]),
        (Flavour.HUGO, ":::note\na\n:::\n", ["paragraph :::note a :::"]),
        (Flavour.MKDOCS, "Term\n:   word\n", ["item Term", "item word"]),
        (Flavour.DOCUSAURUS, "Text <b>x</b> {/* no */}\n\n    Not code\n", ["paragraph Text x", "paragraph Not code"]),
        (Flavour.MKDOCS, "##Rest\nWalk\n", ["heading Rest", "paragraph Walk"]),
        (Flavour.ANY, "##Rest\nWalk\n", ["paragraph ##Rest Walk"]),
        (Flavour.PANDOC, "(@a) Rest\n(@) Walk\n\n\\newpage\n", ["item Rest", "item Walk"]),
        (Flavour.MKDOCS, "Press ++ctrl+p++ now\n", ["paragraph Press \ufffc now"]),
        (Flavour.COMMONMARK, "a ~b~ c\n", ["paragraph a c"]),
        (Flavour.PANDOC, "a^[b]\n", ["paragraph a", "footnote b"]),
    ],
)
def test_a_flavour_knows_its_own_marks_only(flavour: Flavour, text: str, blocks: list[str]) -> None:
    assert seen(read(text, flavour)) == blocks


def test_what_a_component_is_given_to_show_is_read() -> None:
    text = (
        '<Hero title="Calm evenings" image="a b c" className="flex items-center" />\n\n'
        "<Faq q={'Does it hurt?'} items={[{ question: \"How long?\", answer: 'About an hour or so.', icon: 'x' }]}"
        " />\n\n"
        'Ask <Tip note="Bring a list of what you take.">us</Tip> first.\n\n<Photo alt="A cup" src="a.png" />\n'
    )
    doc = read(text, path="a.mdx")
    assert seen(doc) == [
        "caption Calm evenings",
        "paragraph Does it hurt?",
        "caption How long?",
        "paragraph About an hour or so.",
        "paragraph Ask us first.",
        "paragraph Bring a list of what you take.",
        "alt A cup",
    ]
    assert all(text[slice(*block.span())] == block.text for block in doc.blocks if block.text[:3] != "Ask")


def test_what_scripts_hold_for_readers_is_read() -> None:
    text = (
        "export const faq = [\n  { q: 'Is it warm?', a: 'It is, most of the time.', icon: 'x-y' },\n]\n\n"
        '<List items={["Calm rooms", "Late hours"]} body={<>Come as you are.</>} note={`Rest well.`}'
        ' sizes={["1fr 2fr", "b c"]} />\n\n'
        "{faq.map((one) => <li key={one.q}>Ask about it</li>)}\n\nRest.\n"
    )
    assert seen(read(text, path="a.mdx")) == [
        "paragraph Is it warm?", "paragraph It is, most of the time.", "caption Calm rooms", "caption Late hours",
        "paragraph Come as you are.", "caption Rest well.", "paragraph Ask about it", "paragraph Rest.",
    ]  # fmt: skip


def test_html_in_capitals_is_no_component() -> None:
    assert seen(read("<TABLE>\n<TR><TD>One</TD><TD>Two</TD></TR>\n</TABLE>\n")) == ["cell One", "cell Two"]


def test_what_a_module_exports_about_its_page_is_its_front_matter() -> None:
    text = (
        "export const metadata = {\n  title: 'Calm evenings',\n  description: \"Rest, and a walk.\",\n"
        "  authors: [{ name: 'Jo Lee' }],\n};\n\nRest.\n"
    )
    doc = read(text, path="a.mdx")
    assert seen(doc) == ["title Calm evenings", "description Rest, and a walk.", "paragraph Rest."]
    assert doc.meta.data["authors"] == [{"name": "Jo Lee"}]
    assert text[slice(*doc.blocks[0].span())] == "Calm evenings"
    assert seen(read("export const metadata = {\n  title: make('x'),\n}\n\nRest.\n", path="a.mdx")) == [
        "paragraph Rest."
    ]


PIECES = st.sampled_from([
    "!!! note\n", '!!! tip "A b"\n', "??? x\n", '=== "T"\n', ":::note[T]\n", "::: x y\n", ":::\n", "/// a | b\n",
    "///\n", "> [!note] t\n", "> x\n", ": def\n", ":x: y\n", "Term\n", "a^[b [c] d] e\n", "^[", "==m==", "%%",
    "[[a|b]]", "| v\n", "    in\n", "        deep\n", "\tt\n", "- i\n", "1. n\n", "```\n", "~~~\n", "\n",
    "word. Word\n", "  \n", "<div markdown>\n", "</div>\n", "<A b='Hi there now.'>\n", "</A>\n", "{.x}",
    "{{ y }}", "\r\n", "é✅ z\n", "~~s~~", ":s:", "\\",
])  # fmt: skip


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(PIECES, max_size=25), st.sampled_from(Flavour), st.sampled_from(["a.md", "a.mdx"]))
def test_whatever_stands_together_every_word_is_where_it_says(pieces: list[str], flavour: Flavour, path: str) -> None:
    text = "".join(pieces)
    for block in read(text, flavour, path).blocks:
        whole = block.span()
        assert 0 <= whole.start < whole.end <= len(text)
        for word in block.words:
            place = block.span(word.start, word.end)
            assert word.text[0] == text[place.start]
            assert word.text[-1] == text[place.end - 1]
