"""Front matter: what is read, where it stands, and what is said when it is broken."""

import pytest

from tests.conftest import AcuLint, Write, document

JSON = '{"title": "Tea", "author": {"name": "Ann"}, "date": "2026-01-02", "keywords": ["tea", "green tea"]}\n'
YAML = "title: Tea\nauthor:\n  name: Ann\ndate: 2026-01-02\nkeywords: [tea, 'green tea']\n"
TOML = "title = 'Tea'\ndate = 2026-01-02\nkeywords = ['tea', \"green tea\"]\n[author]\nname = 'Ann'\n"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"---\n{YAML}---\nBody\n", "yaml"),
        (f"+++\n{TOML}+++\nBody\n", "toml"),
        (f"{JSON}Body\n", "json"),
        (f";;;\n{JSON};;;\nBody\n", "json"),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_values_and_their_places(text: str, kind: str, ends: str) -> None:
    text = text.replace("\n", ends)
    doc = document(text)
    assert doc.meta.format == kind
    assert doc.meta.data["author"] == {"name": "Ann"}
    places = {key: text[slice(*span)] for key, span in doc.meta.spans.items()}
    assert places == {
        "title": "Tea", "author.name": "Ann", "date": "2026-01-02", "keywords.0": "tea", "keywords.1": "green tea",
    }  # fmt: skip
    assert [(block.kind, block.text) for block in doc.blocks] == [("title", "Tea"), ("paragraph", "Body")]
    assert not doc.problems


def test_other_names_of_title_and_description() -> None:
    doc = document("---\nexcerpt: Short\ntitle: Tea\nseo:\n  title: Green tea\n  description: Long\n---\n")
    assert [(block.kind, block.text) for block in doc.blocks] == [
        ("title", "Tea"), ("title", "Green tea"), ("description", "Long"), ("description", "Short"),
    ]  # fmt: skip


def test_words_of_folded_and_escaped_values_keep_their_places() -> None:
    text = '---\ntitle: "It\\u2019s \\"tea\\" time"\ndescription: >-\n  Tea is\n  old.\n\n  Very old.\n---\n'
    doc = document(text)
    words = {word.text: text[slice(*block.span(word.start, word.end))] for block in doc.blocks for word in block.words}
    assert words == {
        "It’s": "It\\u2019s", "tea": "tea", "time": "time", "Tea": "Tea", "is": "is", "old": "old", "Very": "Very",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("front", "line", "hint"),
    [
        ("---\nslug: x\ntitle: Tea: a guide\n---\n", 3, "put the value in quotes"),
        ('---\ntitle: "Tea\nslug: x\n---\n', 2, "close it"),
        ("---\ntitle: Tea\n\tslug: x\n---\n", 3, "indent"),
        ("---\ntitle: @tea\n---\n", 2, "quotes"),
        ("---\ntitle: {{ tea }}\n---\n", 2, "quotes"),
        ("---\nslug: x\ntitle: 'It's tea'\n---\n", 3, "a quote within the text ends it"),
        ('---\ntitle: "C:\\tea\\q"\n---\n', 2, "backslash"),
        ('---\ntitle: Tea\nimage: "a\\users"\n---\n', 3, "backslash"),
        ('+++\ntitle = "Tea"\nimage = "a\\users"\n+++\n', 3, "backslash"),
        ("---\ntitle: Tea\ndate:2026-01-02\nslug: x\n---\n", 3, "no space stands after the colon of 'date'"),
        ("---\ntitle: Tea\n slug: x\n---\n", 3, "spaces stand before the key"),
        ("---\ntitle: Tea\n<<<<<<< HEAD\n=======\nslug: x\n>>>>>>> y\n---\n", 3, "merge conflict"),
        ("+++\ntitle = 'Tea'\ndate = 2026-1-2\n+++\n", 3, "two digits"),
        ("+++\ntitle = 'Tea'\nslug = “x”\n+++\n", 3, "straight"),
        ("+++\ntitle = 'Tea'\nslug: 'x'\n+++\n", 3, "put '=' there"),
        ('---\ntitle: Tea\ndate: "2026-02-30"\n---\n', 3, "does not exist"),
        ("---\ntitle: Tea\ndate: {created: 2026-01-02, updated: 2026-02-30}\n---\n", 3, "does not exist"),
        ("---\ntitle: Tea\ndate: 31 June 2026\n---\n", 3, "does not exist"),
        ("---\ntitle: Tea\nupdated: 30/02/2026\n---\n", 3, "does not exist"),
        ('+++\ntitle = "Tea"\ndate = "2026-02-30"\n+++\n', 3, "does not exist"),
        ('{"title": "Tea",\n"date": "2026-13-01"}\n', 2, "does not exist"),
        ("Title: Tea\nDate: 2026-02-30\n\n", 2, "does not exist"),
        ("---js\nbrew()\n---\n", 2, "write it as YAML"),
        ("---\ntitle: Tea\ndate: 2026-02-31\n---\n", 3, "date"),
        ("---\ntitle: *tea\n---\n", 2, "quotes"),
        ("+++\ntitle = 'Tea'\nslug = x\n+++\n", 3, "quotes"),
        ("+++\n'\n+++\n", 2, "quotes"),
        ('{\n"title": "Tea",\n"slug": x\n}\n', 3, "check quotes"),
        ('---\ntitle: Tea\ndate: !!timestamp "x"\n---\n', 3, "delete the tag"),
        ('---\ntitle: Tea\ndraft: !!bool "x"\n---\n', 3, "delete the tag"),
        ("---\ntitle: Tea\nsize: !!int x\n---\n", 3, "delete the tag"),
        ('---\ntitle: Tea\nsize: !!float ""\n---\n', 3, "delete the tag"),
        ('---\ntitle: Tea\nimage: !!binary "a"\n---\n', 3, "'!!binary'"),
        ("---\ntitle: Tea\ntags: !!set {a, b}\n---\n", 3, "'!!set'"),
        ("---\ntitle: Tea\ntags: !!omap [a: 1]\n---\n", 3, "'!!omap'"),
        ("---\ntitle: Tea\nx: !!python/object/apply:os.system [x]\n---\n", 3, "'!!python/object/apply:os.system'"),
        ("---\ntitle: Tea\nx: !foo {a: 1}\n---\n", 3, "'!foo'"),
        ("---\ntitle: Tea\nx: !a!b c\n---\n", 3, "put it in quotes"),
        ("---\ntitle: Tea\nx: !!map []\n---\n", 3, "delete the tag"),
        ("---\ntitle: Tea\nx: =\n---\n", 3, "put it in quotes"),
        ("---\ntitle: Tea\nx: 0b_\n---\n", 3, "put it in quotes"),
        ("---\ntitle: Tea\n<<: 3\n---\n", 3, "'<<' takes keys with values"),
        ("---\ntitle: Tea\nx: &a [*a]\n---\n", 3, "an alias holds itself"),
        ("---\ntitle: Tea\n? [a]\n: b\n---\n", 3, "quotes"),
        ("---\ntitle: &a Tea\nslug: &a tea\n---\n", 3, "rename one"),
        ('---\ntitle: Tea\nx: "\\ud800"\n---\n', 3, "write the character itself"),
        (f"---\ntitle: Tea\nx: {'9' * 5000}\n---\n", 3, "too many digits"),
        (f"---\ntitle: Tea\nx: 0x{'f' * 5000}\n---\n", 3, "too many digits"),
        (f"---\ntitle: Tea\nx: 1{':59' * 900}.5\n---\n", 3, "too many digits"),
        (f"+++\ntitle = 'Tea'\nx = {'9' * 5000}\n+++\n", 3, "too many digits"),
        (f"+++\ntitle = 'Tea'\nx = 0x{'f' * 5000}\n+++\n", 3, "too many digits"),
        ('{"title": "Tea",\n"x": ' + "9" * 5000 + "}\n", 2, "too many digits"),
        (f"+++\ntitle = 'Tea'\n{'a.' * 25000}b = 1\n+++\n", 3, "nested too deeply"),
        ("+++\ntitle = 'Tea'\n[" + '"a" . ' * 9000 + "b]\n+++\n", 3, "nested too deeply"),
        (f"+++\nx = {'[' * 9000}{']' * 9000}\n+++\n", 2, "nested too deeply"),
        (f"---\ntitle: Tea\nx: {'[' * 9000}{']' * 9000}\n---\n", 3, "nested too deeply"),
        ('{"x": ' + "[" * 9000 + "]" * 9000 + "}\n", 1, "nested too deeply"),
    ],
)
def test_broken_front_matter_names_line_and_mend(front: str, line: int, hint: str) -> None:
    doc = document(front + "# Body\n\nThe rest.\n")
    (problem,) = doc.problems
    assert f"line {line}:" in problem.message
    assert hint in problem.message
    assert "\n" not in problem.message
    assert doc.source.position(problem.span.start)[0] == line
    assert [block.text for block in doc.blocks if block.kind != "title"] == ["Body", "The rest."]


@pytest.mark.parametrize(
    ("front", "data"),
    [
        ("---\ntitle: Tea\ndate: 2026-02-30\nslug: x\n---\n", {"title": "Tea", "date": "2026-02-30", "slug": "x"}),
        ("---\nseo:\n  date: 2026-02-30\n  title: Tea\n---\n", {"seo": {"date": "2026-02-30", "title": "Tea"}}),
        ("---\ntitle: Tea: a guide\nslug: x\n---\n", {"title": "Tea: a guide", "slug": "x"}),
        ('---\ntitle: "Tea\nslug: x\n---\n', {"title": "Tea", "slug": "x"}),
        (
            "---\ntitle: Tea\nseo:\n\ttitle: Green tea\nslug: x\n---\n",
            {"title": "Tea", "seo": {"title": "Green tea"}, "slug": "x"},
        ),
        ("---\ntitle: {{ tea }}\nslug: x\n---\n", {"title": "{{ tea }}", "slug": "x"}),
        ("---\ntitle: Tea\ntags: [a, b\nslug: x\n---\n", {"title": "Tea", "slug": "x"}),
        ("---\ntitle: 'It's tea'\nslug: x\n---\n", {"title": "It's tea", "slug": "x"}),
        ("---\nslug: x\nseo:\n  title: 'It's tea'\n  n: 1\n---\n", {"slug": "x", "seo": {"n": 1}}),
        ("---\ntitle: Tea\nand so on\nslug: x\n---\n", {"title": "Tea", "slug": "x"}),
        ("---\ntitle: Tea\n  more: y\nslug: x\n---\n", {"title": "Tea", "more": "y", "slug": "x"}),
        ("---\n title: Tea\nslug: x\n---\n", {"title": "Tea", "slug": "x"}),
        ("---\ntitle:Tea\nslug: x\n---\n", {"title": "Tea", "slug": "x"}),
        ("---\nslug: x\ntags:[a, b]\n---\n", {"slug": "x", "tags": ["a", "b"]}),
        ("---\ntitle:Tea: a guide\nslug: x\n---\n", {"title": "Tea: a guide", "slug": "x"}),
        ("---\nseo:\n  title:Tea\n  n: 1\nslug: x\n---\n", {"seo": {"n": 1}, "slug": "x"}),
        ("---\ntitle:\u00a0Tea\nslug: x\n---\n", {"title": "Tea", "slug": "x"}),
        ("---\ntitle:Tea\n---\n", {"title": "Tea"}),
        ("---\ntitle: [Green] tea\nslug: x\n---\n", {"title": "[Green] tea", "slug": "x"}),
        ("---\nimage: 'tea\nslug: x\n---\n", {"image": "tea", "slug": "x"}),
        (
            "---\n<<<<<<< HEAD\ntitle: Tea\n||||||| base\ntitle: T\n=======\ntitle: Tee\n>>>>>>> x\nslug: x\n---\n",
            {"title": "Tea", "slug": "x"},
        ),
        ('+++\ntitle: "Tea"\nslug = "x"\n+++\n', {"title": "Tea", "slug": "x"}),
        ("+++\ntitle = “Tea”\nslug = 'x'\n+++\n", {"title": "Tea", "slug": "x"}),
        ("+++\ndate = 2026-1-2\nslug = 'x'\n+++\n", {"date": "2026-1-2", "slug": "x"}),
        ('{\n  "title": "Tea",\n  "image": "a\\users"\n}\n', {"title": "Tea", "image": "a\\users"}),
        ("---\ntitle = 'Tea'\nslug = 'x'\n---\n", {"title": "Tea", "slug": "x"}),
        ("+++\ntitle: Tea\nslug: x\n+++\n", {"title": "Tea", "slug": "x"}),
        ("\n\n---\ntitle: Tea\n---\n", {"title": "Tea"}),
        (" ---\ntitle: Tea\n---\n", {"title": "Tea"}),
        ("<!-- note -->\n---\ntitle: Tea\n---\n", {"title": "Tea"}),
        ("---\nbase: &b {a: 1}\nx: @y\nsame: *b\n---\n", {"base": {"a": 1}, "x": "@y", "same": {"a": 1}}),
        (
            "+++\ntitle = 'Tea'\ndate = 2026-02-30\n[seo]\ntitle = 'T'\n+++\n",
            {"title": "Tea", "date": "2026-02-30", "seo": {"title": "T"}},
        ),
        ("+++\ntitle = Tea\nslug = 'x'\n+++\n", {"title": "Tea", "slug": "x"}),
        ("+++\ntitle = 'Tea'\nand so on\nslug = 'x'\n+++\n", {"title": "Tea", "slug": "x"}),
        ("+++\ntitle = 'Tea\ntags = [\n 'a',\n 'b',\n]\n+++\n", {"title": "Tea", "tags": ["a", "b"]}),
        ('{\n  "title": "Tea",\n  "seo": {\n    "title": "T"\n  },\n  "n": 3,\n}\n', {"title": "Tea", "n": 3}),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_what_is_wrong_hides_nothing_else(front: str, data: dict[str, object], ends: str) -> None:
    text = (front + "Body\n").replace("\n", ends)
    doc = document(text)
    assert len(doc.problems) == 1
    assert doc.meta.data == data
    assert doc.blocks[-1].text == "Body"
    for block in doc.blocks:
        assert text[slice(*block.span())] == block.text


def test_a_text_over_several_lines_is_read_as_a_whole_or_not_at_all() -> None:
    text = "---\ntitle: Tea\nsummary:\n  'Tea is warm.\n  It doesn't cure,\n  but it helps.'\nslug: x\n---\nBody\n"
    doc = document(text)
    assert doc.meta.data == {"title": "Tea", "summary": "Tea is warm. It doesn't cure, but it helps.", "slug": "x"}
    (summary,) = (block for block in doc.blocks if block.kind == "description")
    assert text[slice(*summary.span(summary.text.index("cure"), len(summary.text)))] == "cure,\n  but it helps."


def test_a_date_that_does_not_exist_is_one_finding(acu_lint: AcuLint, write: Write) -> None:
    text = "Acupuncture may ease a headache for a day or two. Tell your doctor about the herbs that you take. " * 9
    for date in ("2026-02-30", "2026-13-01"):
        write("a.md", f"---\ntitle: Needles and headaches\nauthor: Ann Lee\ndate: {date}\n---\n\n{text}\n")
        rules = acu_lint("check", "--format", "json", "--select", "acu", "--select", "trust/date", "a.md").rules
        assert rules == ["acu/front-matter"]


def test_each_fault_is_told_once_at_its_line() -> None:
    doc = document("---\ntitle: Tea: hot\ndate: 2026-02-30\nslug: x\n\tlang: en\nalias: @tea\n---\nBody\n")
    assert [doc.source.position(problem.span.start) for problem in doc.problems] == [(2, 1), (3, 1), (5, 1), (6, 1)]


def test_a_key_given_twice_in_toml() -> None:
    doc = document("+++\ntitle = 'One'\nslug = 'x'\ntitle = 'Two'\n+++\nBody\n")
    (problem,) = doc.problems
    assert "line 4: 'title' is given twice" in problem.message
    assert doc.meta.data == {"title": "Two", "slug": "x"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"---yaml\n{YAML}---\nBody\n", "yaml"),
        (f"---toml\n{TOML}---\nBody\n", "toml"),
        (f"--- json\n{JSON}---\nBody\n", "json"),
    ],
)
def test_a_fence_can_name_what_it_holds(text: str, kind: str) -> None:
    doc = document(text)
    assert doc.meta.format == kind
    assert doc.meta.data["author"] == {"name": "Ann"}
    assert [block.text for block in doc.blocks] == ["Tea", "Body"]


@pytest.mark.parametrize("path", ["a.md", "a.mdx", "a.txt"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_lines_of_metadata_without_a_fence(path: str, ends: str) -> None:
    front = "Title: Tea: a guide\nDate: 2026-01-10\nAuthor: Ann Lee\nSummary: What it is,\n    and why.\n"
    text = f"\ufeff{front}\nBody here.\n"
    doc = document(text.replace("\n", ends), path)
    assert doc.meta.format == "lines"
    assert doc.meta.data == {
        "title": "Tea: a guide", "date": "2026-01-10", "author": "Ann Lee", "summary": "What it is, and why.",
    }  # fmt: skip
    assert [(block.kind, block.text) for block in doc.blocks] == [
        ("title", "Tea: a guide"), ("description", "What it is, and why."), ("paragraph", "Body here."),
    ]  # fmt: skip
    assert doc.source.position(doc.blocks[1].span().start) == (4, 10)


def test_the_title_block_of_pandoc() -> None:
    doc = document("% Tea\n  in winter\n% Ann Lee; Bo Li\n% 10 January 2026\n\nBody.\n")
    assert doc.meta.data == {"title": "Tea in winter", "author": "Ann Lee; Bo Li", "date": "10 January 2026"}
    assert [block.text for block in doc.blocks] == ["Tea in winter", "Body."]


@pytest.mark.parametrize(
    "text",
    [
        "Note: we are closed on Monday.\n\nTea helps.\n",
        "Summary: tea is warm.\n\nTea helps.\n",
        "Date: 5 May\nTime: 10 am\nPlace: Leeds\n\nCome along.\n",
        "Title: Tea\nand this goes on.\n",
        "Title:Tea\n\nTea helps.\n",
        "Tea: a guide\nTitle: x\n\nTea helps.\n",
        "%tea\n\nTea helps.\n",
        "% tea\nTea helps.\n",
    ],
)
def test_prose_with_colons_is_no_metadata(text: str) -> None:
    doc = document(text)
    assert not doc.meta.data
    assert doc.blocks[0].text.startswith(text.split(maxsplit=1)[0])


@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: Neck &amp; back &#8211; why\n---\n",
        '+++\ntitle = "Neck &amp; back &#8211; why"\n+++\n',
        '{"title": "Neck &amp; back &#8211; why"}\n',
        "Title: Neck &amp; back &#8211; why\n\n",
    ],
)
def test_an_entity_is_one_character(front: str) -> None:
    doc = document(front + "Body\n")
    assert doc.title is not None
    assert doc.title.text == doc.meta.data["title"] == "Neck & back – why"
    places = {word.text: front[slice(*doc.title.span(word.start, word.end))] for word in doc.title.words}
    assert places == {"Neck": "Neck", "back": "back", "why": "why"}
    assert front[slice(*doc.title.span(5, 6))] == "&amp;"


def test_what_only_looks_like_an_entity_stays() -> None:
    doc = document("---\ntitle: Q&A &madeup; &lt\nurl: /a?b=1&copy=2\n---\nBody\n")
    assert doc.meta.data == {"title": "Q&A &madeup; &lt", "url": "/a?b=1&copy=2"}


def test_a_key_given_twice() -> None:
    doc = document("---\ntitle: One\ntitle: Two\n---\nBody\n")
    assert "'title' is given twice" in doc.problems[0].message
    assert "line 3" in doc.problems[0].message
    assert doc.title is not None
    assert doc.title.text == "Two"
    assert doc.source.text[slice(*doc.title.span())] == "Two"


def test_front_matter_never_closed() -> None:
    doc = document("---\ntitle: Tea\nslug: tea\n\nThe text.\n")
    (problem,) = doc.problems
    assert "never closed" in problem.message
    assert [block.text for block in doc.blocks] == ["Tea", "The text."]
    assert doc.meta.data == {"title": "Tea", "slug": "tea"}
    doc = document("+++\ntitle = 'Tea'\n[seo]\ntitle = 'T'\n\nThe text.\n")
    assert "'+++'" in doc.problems[0].message
    assert [block.text for block in doc.blocks] == ["Tea", "T", "The text."]


@pytest.mark.parametrize(
    "text", ["---\n\nTea helps.\n\n---\n\nMore.\n", "{{ tea }} helps\n", "{% include tea %}\nTea\n", "---\n"]
)
def test_what_only_looks_like_front_matter(text: str) -> None:
    doc = document(text)
    assert doc.meta.format == ""
    assert not doc.problems


def test_no_pairs() -> None:
    assert "key: value" in document("---\n- tea\n- honey\n---\nBody\n").problems[0].message


def test_html_and_mdx_have_front_matter_too() -> None:
    for path in ("a.html", "a.mdx"):
        doc = document("---\ntitle: Tea\n---\n<p>Body</p>\n", path)
        assert [block.text for block in doc.blocks] == ["Tea", "Body"]


def test_many_small_lists_are_not_deep() -> None:
    doc = document(f"---\ntitle: Tea\nrows: [{'[a], ' * 3000}]\n---\nBody\n")
    assert not doc.problems
    assert len(doc.meta.data["rows"]) == 3000


def test_many_keys_are_not_taken_for_aliases() -> None:
    doc = document("---\n" + "".join(f"key{number}: {number}\n" for number in range(15_000)) + "---\nBody\n")
    assert not doc.problems
    assert doc.meta.data["key14999"] == 14999


@pytest.mark.parametrize(
    "front",
    [
        "---\nhigh: .inf\nlow: -.inf\nnone: .nan\n---\n",
        "+++\nhigh = inf\nlow = -inf\nnone = nan\n+++\n",
        '{"high": Infinity, "low": -Infinity, "none": NaN}\n',
    ],
)
def test_numbers_that_are_none_become_texts(front: str) -> None:
    assert document(front + "Body\n").meta.data == {"high": "inf", "low": "-inf", "none": "nan"}


def test_every_key_is_a_text() -> None:
    doc = document("---\nsizes: {1: a, 2026-01-01: b, null: c}\n---\nBody\n")
    assert doc.meta.data == {"sizes": {"1": "a", "2026-01-01": "b", "None": "c"}}


def test_half_characters_in_json_break_no_output() -> None:
    doc = document('{"title": "Tea \\ud800", "x\\udfff": ["\\ud83d\\ude00"]}\nBody\n')
    assert doc.meta.data == {"title": "Tea \ufffd", "x\ufffd": ["😀"]}
    assert set(doc.meta.spans) == {"title", "x\ufffd.0"}


@pytest.mark.parametrize("date", ["2026-02-28", "13/02/2026", "02/13/2026", "30 June 2026", "2026", "spring 2026"])
def test_days_that_exist_are_not_told(date: str) -> None:
    assert not document(f"---\ntitle: Tea\ndate: '{date}'\nslug: '2026-02-30'\n---\nBody\n").problems


def test_case_of_keys_does_not_matter() -> None:
    doc = document("---\nTitle: Tea\nDESCRIPTION: What it is\nMeta-Title: Green tea\n---\nBody\n")
    assert [(block.kind, block.text) for block in doc.blocks[:-1]] == [
        ("title", "Tea"), ("title", "Green tea"), ("description", "What it is"),
    ]  # fmt: skip


def test_javascript_that_is_written_out() -> None:
    text = (
        "---js\n{\n  title: 'It\\'s tea', // hot\n  draft: true,\n  seo: {title: 'x'},\n  tags: list(),\n}\n---\nBody\n"
    )
    doc = document(text)
    assert doc.meta.data == {"title": "It's tea", "draft": True}
    assert text[slice(*doc.blocks[0].span())] == "It\\'s tea"
    doc = document('---js\nconst title = "Tea";\nexport const date = "2026-01-02"\n---\nBody\n')
    assert doc.meta.data == {"title": "Tea", "date": "2026-01-02"}


def test_comments_above_front_matter_are_comments() -> None:
    for path, note in (("a.md", "<!-- note -->"), ("a.mdx", "{/* note */}")):
        doc = document(f"{note}\n---\ntitle: Tea\n---\nBody\n", path)
        assert [comment.text for comment in doc.comments] == [" note "]
        assert "very start of the file" in doc.problems[0].message


@pytest.mark.parametrize(
    "text", ["\n---\nTea\n---\n", "<!-- x -->\n---\nTea helps: a lot\n---\n", "---\nNote:tea\n---\n"]
)
def test_text_between_rules_is_text(text: str) -> None:
    doc = document(text)
    assert not doc.meta.data
    assert not doc.problems


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_lines_of_nikola(ends: str) -> None:
    lines = ".. title: Tea\n.. slug: tea\n.. date: 2026-01-02 09:00:00 UTC\n"
    for text in (f"<!--\n{lines}-->\n\nBody\n", f"{lines}\nBody\n"):
        doc = document(text.replace("\n", ends))
        assert doc.meta.data == {"title": "Tea", "slug": "tea", "date": "2026-01-02 09:00:00 UTC"}
        assert [block.text for block in doc.blocks] == ["Tea", "Body"]


@pytest.mark.parametrize(
    "line",
    [
        "title: [Tea",
        "description: !warm tea",
        "author: @ann",
        "authors:\n  - Ann: Lee: x",
        "date: !!timestamp x",
        "- x",
    ],
)
def test_what_cannot_be_read_is_not_said_to_be_missing(acu_lint: AcuLint, write: Write, line: str) -> None:
    front = {
        "title": "title: Needles and headaches",
        "description": "description: What needles do for a headache, what they do not, and whom to ask about herbs.",
        "author": "author: Ann Lee",
        "date": "date: 2026-01-02",
    }
    front[line.partition(":")[0].replace("authors", "author")] = line
    text = "Acupuncture may ease a headache for a day or two. Tell your doctor about the herbs that you take. " * 9
    write("a.md", "---\n" + "\n".join(front.values()) + f"\n---\n\n{text}\n")
    names = ("acu", "seo/title", "seo/description", "trust/author", "trust/date")
    options = [option for name in names for option in ("--select", name)]
    assert acu_lint("check", "--format", "json", *options, "a.md").rules == ["acu/front-matter"]
