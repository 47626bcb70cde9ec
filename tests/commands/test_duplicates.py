"""``acu-lint duplicates``: what it compares, what it says, and how it prints it."""

from __future__ import annotations

import csv
import html.parser
import io
import json
import re
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from acu_lint.cli import cli
from acu_lint.corpus.history import first_commits
from acu_lint.corpus.verdicts import advice, older
from acu_lint.document.source import Span
from acu_lint.report import duplicates as report
from acu_lint.report.duplicates import Both, Pair, Report, Side, Word
from acu_lint.report.duplicates_html import as_html
from acu_lint.report.duplicates_text import as_text
from acu_lint.report.text import columns
from acu_lint.rules.finding import Position
from acu_lint.system.errors import UsageError
from acu_lint.system.git import start as git_start
from tests.articles import DISCLAIMER, FEET, TEA, TEA_AGAIN
from tests.conftest import AcuLint, git

NIGHT = TEA.replace("# Green tea and sleep", "# Tea at night").replace("Decaffeinated", "Caffeine-free")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with three articles, a.md and c.md nearly the same, and a configured corpus."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "content").mkdir()
    (tmp_path / "acu-lint.toml").write_text('[corpus]\ninclude = ["content/*.md"]\n', encoding="utf-8")
    for name, text in {"a": TEA, "b": FEET, "c": NIGHT}.items():
        (tmp_path / "content" / f"{name}.md").write_text(text, encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(cli, ["duplicates", *arguments], catch_exceptions=False)
    assert result.exit_code in {0, 1, 2}
    return result


def listed(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("--format", "json", *arguments).stdout)
    return found


def commit(day: str) -> None:
    git(Path(), "add", "-A")
    git(Path(), "commit", "-m", "x", day=day)


# --- what is compared --------------------------------------------------------------------


def test_json_keeps_the_contract(site: Path) -> None:
    found = listed()
    assert list(found)[:4] == ["version", "documents", "pairs", "clusters"]
    assert (found["version"], found["documents"]) == (1, 3)
    assert found["clusters"] == [["content/a.md", "content/c.md"]]
    (pair,) = found["pairs"]
    assert list(pair)[:4] == ["a", "b", "cosine", "passages"]
    assert (pair["a"], pair["b"]) == ("content/a.md", "content/c.md")
    assert 0.9 < pair["cosine"] < 1
    (passage,) = pair["passages"]
    for side in "ab":
        text = Path(pair[side]).read_text(encoding="utf-8")
        start, end = passage[side]["start"], passage[side]["end"]
        words = text[start["offset"] : end["offset"]]
        assert len(re.findall(r"[\w'’-]+", words)) == passage["words"]
        assert text.splitlines()[start["line"] - 1][start["column"] - 1 :].startswith(words.splitlines()[0][:20])
        assert text.splitlines()[end["line"] - 1][: end["column"] - 1].endswith(words.splitlines()[-1][-20:])
    assert passage["same"] == passage["words"] - 1


def test_paths_and_threshold_choose_what_is_listed(site: Path) -> None:
    (site / "other.md").write_text(TEA, encoding="utf-8")
    everything = listed(".")
    assert everything["documents"] == 4
    assert everything["clusters"] == [["./content/a.md", "./content/c.md", "./other.md"]]
    assert len(listed("--threshold", "0.02", "content")["pairs"]) == 3
    assert run("--threshold", "0").exit_code == 2
    assert run("--threshold", "65").exit_code == 2


def test_articles_that_share_a_passage_are_listed_below_the_threshold(site: Path) -> None:
    part = " ".join(FEET.split()[10:70])
    (site / "content" / "d.md").write_text(f"{TEA_AGAIN}\nUnlike that: {part} whereas Tom objects.\n", encoding="utf-8")
    (pair,) = (pair for pair in listed()["pairs"] if pair["b"] == "content/d.md")
    assert pair["a"] == "content/b.md"
    assert pair["cosine"] < 0.65
    assert pair["verdict"] == "passages"
    assert pair["passages"][0]["words"] == 60
    assert "1 of them less similar, with passages in common" in run().stdout


def test_equal_articles_are_never_called_different(site: Path) -> None:
    short = " ".join(FEET.split()[10:60])
    for name, text in {"c": TEA, "short": short, "short-too": short, "b": f"{FEET}\n\n{short}"}.items():
        (site / "content" / f"{name}.md").write_text(text, encoding="utf-8")
    found = {(pair["a"], pair["b"]): pair for pair in listed()["pairs"]}
    same = found["content/a.md", "content/c.md"]
    assert (same["cosine"], same["verdict"]) == (1, "the same")
    assert same["advice"].startswith("Delete one of content/a.md and content/c.md and redirect")
    assert found["content/short-too.md", "content/short.md"]["verdict"] == "short"
    text, page = run().stdout, run("--format", "html").stdout
    for told in ("The same article, word for word.", "Short pages that say the same.", "1 the same, 0 nearly the same"):
        assert told in text
        assert told in page
    assert "ifferent articles" not in text + page + run("--format", "json").stdout + run("--format", "csv").stdout
    assert run("--fail-on", "error").exit_code == 1


def test_the_older_of_two_equal_articles_is_kept() -> None:
    assert advice("the same", "a.md", "b.md", "b.md") == (
        "Delete a.md and redirect its address to b.md, the older one, or name b.md as canonical in a.md."
    )


def test_exit_status(site: Path) -> None:
    assert run("--fail-on", "error").exit_code == 1
    assert run("--fail-on", "warning").exit_code == 1
    assert run("--fail-on", "error", "content/a.md", "content/b.md").exit_code == 0
    assert run().exit_code == 0
    gone = run("content", "gone.md")
    assert gone.exit_code == 2
    assert "gone.md" in gone.stderr


@pytest.mark.parametrize("paths", [(), ("content",)])
def test_files_that_cannot_be_read_are_told_and_left_out(site: Path, paths: tuple[str, ...]) -> None:
    (site / "content" / "bad.md").write_bytes(b"\xff\xfe\x00")
    result = run("--format", "json", *paths)
    assert json.loads(result.stdout)["documents"] == 3
    assert result.stderr.count("\n") == 1
    assert "content/bad.md: skipped: not UTF-8" in result.stderr


def test_boilerplate_is_listed_and_left_out(site: Path) -> None:
    for number in range(6):
        own = " ".join(f"word{number}x{other}" for other in range(150))
        (site / "content" / f"z{number}.md").write_text(f"# Page {number}\n\n{own}\n{DISCLAIMER}", encoding="utf-8")
    assert len(listed()["pairs"]) == 1
    found = listed("--boilerplate")
    assert found["documents"] == 9
    (block,) = found["boilerplate"]
    assert block["articles"] == 6
    assert block["text"].startswith("This page informs and does not replace")
    text = run("--boilerplate").stdout
    assert re.search(r"6 articles, such as content/z\d\.md:5\b", text)
    assert "ring the ambulance" in " ".join(text.split())
    assert "pairs" not in found
    rows = list(csv.DictReader(io.StringIO(run("--boilerplate", "--format", "csv").stdout)))
    assert [row["articles"] for row in rows] == ["6"]
    assert "ring the ambulance" in run("--boilerplate", "--format", "html").stdout


def test_without_boilerplate_that_is_said(site: Path) -> None:
    assert "No text stands in many articles" in run("--boilerplate").stdout


# --- text --------------------------------------------------------------------------------


def test_report_for_people(site: Path) -> None:
    result = run()
    assert "content/a.md  “Green tea and sleep”" in result.stdout
    assert "Nearly the same article. 1 shared passage, 136 words:" in result.stdout
    assert "Merge content/a.md and content/c.md" in result.stdout
    assert "1 pair among 3 articles (65% or more similar): 1 nearly the same, 0 in large parts." in result.stdout
    assert "\x1b" not in result.stdout
    assert "No duplicates among 2 articles" in run("content/a.md", "content/b.md").stdout


def drawn(pair: Pair, width: int) -> list[str]:
    return list(as_text(Report([pair], 2, 0.65), width))


def side(text: str, *, common: bool = True, line: int = 1) -> Side:
    words = tuple(Word(word.strip("~"), common and not word.startswith("~")) for word in text.split())
    return Side(Position(0, line, 1), Position(9, line, 10), words)


def pair_of(one: Side, two: Side, **fields: Any) -> Pair:
    passage = Both(one, two, max(len(one.words), len(two.words)), 5)
    known: dict[str, Any] = {
        "a": "a.md", "b": "b.md", "titles": ("One", "Two"), "cosine": 0.9, "jaccard": 0.5, "containment": (0.5, 0.5),
        "verdict": "nearly the same", "passages": (passage,),
    }  # fmt: skip
    return Pair(**known | fields)


def test_sides_stand_beside_each_other_where_there_is_room() -> None:
    pair = pair_of(side("warm feet ~never sleep badly"), side("warm feet ~rarely sleep badly", line=7))
    wide = [click.unstyle(line) for line in drawn(pair, 120)]
    (row,) = (line for line in wide if "never" in line)
    left, _, right = row.partition("│")
    assert left.split() == ["[warm", "feet]", "never", "[sleep", "badly]"]
    assert right.split() == ["[warm", "feet]", "rarely", "[sleep", "badly]"]
    narrow = [click.unstyle(line).strip() for line in drawn(pair, 80)]
    at = narrow.index("[warm feet] never [sleep badly]")
    assert narrow[at - 1 : at + 3] == [
        "a.md, line 1",
        "[warm feet] never [sleep badly]",
        "b.md, line 7",
        "[warm feet] rarely [sleep badly]",
    ]


def test_common_words_are_coloured_on_a_terminal() -> None:
    lines = drawn(pair_of(side("warm ~never"), side("warm ~rarely")), 80)
    assert any("\x1b[36m[warm]\x1b[0m never" in line for line in lines)


@settings(max_examples=100, deadline=None)
@given(
    words=st.lists(st.text("aß語🙂é-", min_size=1, max_size=90), min_size=1, max_size=80),
    width=st.integers(40, 160),
)
def test_no_line_is_wider_than_the_terminal(words: list[str], width: int) -> None:
    lines = drawn(pair_of(side(" ".join(words)), side(" ".join(reversed(words)))), width)
    sides = [click.unstyle(line) for line in lines[4:] if "│" in line or "[" in line]
    assert all(columns(line) <= width for line in sides if "brackets" not in line)


# --- CSV and HTML ------------------------------------------------------------------------


def test_csv_has_a_row_for_each_pair(site: Path) -> None:
    (row,) = csv.DictReader(io.StringIO(run("--format", "csv").stdout))
    assert (row["a"], row["b"], row["verdict"]) == ("content/a.md", "content/c.md", "nearly the same")
    assert row["places"] == "lines 3-10 = lines 3-10"
    assert float(row["cosine"]) == pytest.approx(listed()["pairs"][0]["cosine"], abs=1e-4)
    assert "redirect" in row["what to do"]


class Page(html.parser.HTMLParser):
    """The tags of a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


PLAIN = Page(as_html(Report([pair_of(side("warm ~never"), side("warm ~rarely"))], 2, 0.65)))
NASTY = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "<script>alert(1)</script>", "</style><img src=x onerror=alert(1)>", '"><svg onload=x>', "&lt;b&gt;",
            "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r\n=1", " =1", "＝1", "=cmd|'/c calc'!A1", '","=1', "{title}",
            "\x00=1", "\u202e=1", "\ud800", "%s{}", "\x1b]0;x\x07",
        ]
    ),
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(path=NASTY, title=NASTY, word=NASTY)
def test_nothing_in_an_article_becomes_part_of_a_report(path: str, title: str, word: str) -> None:
    """Whatever stands in a path, title or passage: no tag, no attribute, no formula, no code of the terminal."""
    nasty = Side(Position(0, 1, 1), Position(9, 1, 10), (Word(report.flat(word), common=True),))
    pair = pair_of(nasty, nasty, a=path, titles=(report.flat(title), "Two"), older=path)
    told = Report([pair], 2, 0.65)
    page = Page(as_html(told))
    assert set(page.tags) <= set(PLAIN.tags)
    assert {name for name, _ in page.attributes} <= {name for name, _ in PLAIN.attributes}
    assert " ".join(title.split()) in " ".join(page.text.split()) or not title.isprintable()
    as_html(told).encode()
    rows = list(csv.reader(io.StringIO(report.as_csv(told), newline="")))
    assert [len(row) for row in rows] == [len(rows[0])] * 2
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")) for cell in rows[1])
    assert not any(char in cell for cell in rows[1] for char in "\t\r\n\x00")
    lines = [click.unstyle(line) for line in as_text(told, 120)]
    assert all(char.isprintable() for line in lines for char in line)
    assert json.loads(report.as_json(told))["pairs"][0]["a"] == path


def test_page_needs_no_network_and_no_script() -> None:
    page = as_html(Report([pair_of(side("warm"), side("warm"))], 2, 0.65))
    assert not re.search(r"https?:|<script|<link|@import|url\(", page)
    assert "default-src 'none'" in page
    assert "prefers-color-scheme: dark" in page
    assert 'name="viewport"' in page


def test_page_marks_the_common_words(site: Path) -> None:
    page = run("--format", "html").stdout
    assert "<mark>the leaves first. Some bottles" in page or "leaves the leaves first." in page
    assert "do.</mark> Decaffeinated <mark>leaves" in page
    assert "do.</mark> Caffeine-free <mark>leaves" in page


@pytest.mark.parametrize(
    ("name", "start"),
    [("r.html", b"<!doctype html>"), ("r.csv", b'\xef\xbb\xbf"a","b"'), ("r.json", b"{"), ("r.txt", b" 9")],
)
def test_output_goes_to_a_file_in_the_format_of_its_name(site: Path, name: str, start: bytes) -> None:
    result = run("--output", name)
    assert result.stdout == ""
    assert (site / name).read_bytes().startswith(start)
    assert b"\x1b" not in (site / name).read_bytes()


def test_output_that_cannot_be_written_is_told(site: Path) -> None:
    with pytest.raises(UsageError, match=r"no/such/folder/r\.html"):
        run("--output", "no/such/folder/r.html")


# --- which article is older --------------------------------------------------------------


def test_older_article_is_named_across_renames(site: Path) -> None:
    (site / "content" / "a.md").unlink()
    git(Path(), "init")
    commit("2024-02-02")
    (site / "content" / "draft.md").write_text(TEA, encoding="utf-8")
    commit("2024-03-03")
    git(Path(), "mv", "content/c.md", "content/z.md")
    commit("2025-01-01")
    git(Path(), "mv", "content/draft.md", "content/a.md")
    commit("2025-02-02")
    (pair,) = listed()["pairs"]
    assert (pair["a"], pair["b"], pair["older"]) == ("content/a.md", "content/z.md", "content/z.md")
    assert pair["since"] == {"a": "2024-03-03", "b": "2024-02-02"}
    assert pair["advice"].startswith("Keep content/z.md, the older one,")
    assert "since 2024-02-02 (the older one)" in run().stdout


def test_article_that_is_not_committed_is_newer(site: Path) -> None:
    text = (site / "content" / "a.md").read_text(encoding="utf-8")
    (site / "content" / "a.md").unlink()
    git(Path(), "init")
    commit("2024-02-02")
    (site / "content" / "a.md").write_text(text, encoding="utf-8")
    (pair,) = listed()["pairs"]
    assert pair["older"] == "content/c.md"
    assert pair["since"] == {"a": "", "b": "2024-02-02"}


def test_nothing_is_said_where_nothing_is_known(site: Path) -> None:
    (pair,) = listed()["pairs"]
    assert (pair["older"], pair["since"]) == ("", {"a": "", "b": ""})
    assert "the older one" not in run().stdout
    git(Path(), "init")
    commit("2024-02-02")  # both at once
    assert listed()["pairs"][0]["older"] == ""


def test_history_is_asked_once(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(Path(), "init")
    commit("2024-02-02")
    calls: list[tuple[str, ...]] = []
    whole = git_start

    def noted(folder: Path, *arguments: str, **more: Any) -> Any:
        calls.append(arguments)
        return whole(folder, *arguments, **more)

    monkeypatch.setattr("acu_lint.system.git.start", noted)
    found = first_commits([f"content/{name}.md" for name in "abc"])
    assert len(found) == 3
    assert sum("log" in call for call in calls) == 1


def test_names_that_are_no_text_or_strange(site: Path) -> None:
    names = ["ä ö.md", "-x.md", "a\tb.md", 'q".md']
    for name in names:
        (site / "content" / name).write_text("Text.\n", encoding="utf-8")
    git(Path(), "init")
    commit("2024-02-02")
    assert set(first_commits([f"content/{name}" for name in names])) == {f"content/{name}" for name in names}
    assert older("content/-x.md", "gone.md", first_commits(["content/-x.md"])) == "content/-x.md"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("Warm **feet**, [sleep](https://x.example/a_b) well.", ["Warm", "feet,", "sleep", "well."]),
        ("Warm <em>feet</em>, <br>sleep&nbsp;&amp; rest", ["Warm", "feet,", "sleep &", "rest"]),
        ("- Warm\n- feet\n\n## Sleep\n> well", ["-", "Warm", "-", "feet", "Sleep", "well"]),
        ("| Warm | feet|\n![sleep](a.png) `well`", ["Warm", "feet", "sleep", "well"]),
    ],
)
def test_passages_are_shown_without_markup(source: str, words: list[str]) -> None:
    assert [word.text for word in report._words(source, Span(0, len(source)), [Span(0, 4)])] == words


def test_hostile_articles_are_shown_as_text(site: Path) -> None:
    for name in ("-evil.md", "'=1+1.md"):
        text = TEA.replace("Green tea and sleep", "=HYPERLINK(1) &lt;script&gt;alert(1)&lt;/script&gt;")
        text = text.replace("Many people", "&lt;img src=x onerror=alert(1)&gt; \x1b[31m")
        (site / "content" / name).write_text(text, encoding="utf-8")
    page = Page(run("--format", "html", "./content").stdout)
    assert not {"script", "img"} & set(page.tags)
    assert "onerror" not in dict(page.attributes)
    for row in csv.DictReader(io.StringIO(run("--format", "csv", "./content").stdout)):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())
    assert "\x1b" not in run("./content").stdout


def test_of_many_copies_people_are_shown_a_few_pairs_and_programs_all(tmp_path: Path, acu_lint: AcuLint) -> None:
    for number in range(15):
        (tmp_path / f"{number:02}.md").write_text(f"# Page {number}\n\n{TEA}\n")
    text = acu_lint("duplicates", ".").output
    assert text.count("Nearly the same article.") == 10
    assert "95 more pairs of these articles" in text
    assert "These 15 articles belong together" in text
    assert acu_lint("duplicates", ".", "--format", "html").output.count("<article") == 10
    assert len(acu_lint("duplicates", ".", "--format", "json").json["pairs"]) == 105
