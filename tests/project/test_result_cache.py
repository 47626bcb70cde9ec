"""Findings with and without the cache of results: the same bytes, whatever changed, and nothing computed twice."""

from __future__ import annotations

import datetime
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from acu_lint.engine.engine import Engine
from acu_lint.project.project import Options
from acu_lint.project.runner import Runner
from acu_lint.report.json import render
from acu_lint.report.kept import CHECK, CHECK_AS_LINES
from acu_lint.system import fingerprint
from acu_lint.system.errors import UsageError
from acu_lint.system.run_context import RunContext
from tests.conftest import ROOT, AcuLint, Write, clean_env, git

DAY = datetime.date(2026, 6, 1)
COPY = " ".join(
    f"The {word} of the clinic lies near the {word} and the river." for word in "door gate wall tree".split()
)
TEXTS = (
    "---\ntitle: Needles\nreviewed: 2024-05-30\n---\n\n# Needles\n\nAcupuncture cures back pain for ever.\n",
    "# Moxa\n\nStudies show that moxa helps (Smith 2009). Our miracle treatment always works.\n",
    "# Tea\n\n<!-- acu-lint-disable-next-line claims -->\nTea cures cancer.\n\nTea cures diabetes.\n",
    f"# A copy\n\n{COPY}\n\n{COPY} {COPY}\n",
    "# Pages\r\n\r\nThe needle cures everything.\r\n",
    "---\nauthor: A\ndraft: true\n---\n# Draft\n\nGuaranteed relief of all pain, 100% safe.\n",
    "---\nredirect_to: /there\n---\nGone.\n",
    "# Leer\n\nDie Akupunktur heilt jeden Schmerz, und das ist gut so, weil wir es sagen.\n",
)
EVERY_PAGE = '[rules."trust/author"]\nmin-words = 1\n'
SETTINGS = (
    "",
    '[rules."claims/cure"]\nseverity = "info"\n',
    'ignore = ["claims"]\n',
    'skip-drafts = true\n[vocabulary]\nreject = ["needle"]\n',
    '[vocabulary]\napproved-claims = "approved.yml"\naccept = ["tea"]\n',
    'rule-paths = ["own"]\n',
    '[[overrides]]\nfiles = ["b*.md"]\nignore = ["trust"]\n[rules."trust/author"]\nseverity = "error"\n',
    '[corpus]\ninclude = ["*.md"]\n[rules."duplicates/article"]\n',
    'flavour = "hugo"\nrequire-reason = ["claims"]\n',
    "broken = 1\n",
    EVERY_PAGE,
    f'{EVERY_PAGE}[corpus]\ninclude = ["**/*.md"]\n',
)
CARD = 'id: own/word\ntitle: A word\nmessage: "{match} is one."\nsources: [{title: us}]\nterms: [%s]\n'
APPROVED = "- text: Tea cures diabetes.\n  reference: %s\n  expires: 2026-06-%02d\n"


def told(cache: Path | None, **options: Any) -> str:
    """All that a run has to say: its report, faults and notes; as JSON, and as findings of which JSON is made."""
    if cache:
        os.environ["ACU_LINT_CACHE"] = str(cache)
    said = [_told(Options(**options), work, keeps=cache is not None) for work in (CHECK_AS_LINES, CHECK)]
    assert said[0] == said[1]
    return said[0]


def _told(options: Options, work: Any, *, keeps: bool) -> str:
    runner = Runner(options, RunContext(is_kept=keeps), keeps_results=keeps)
    try:
        run = runner.run(runner.find_files().files, work)
    except UsageError as error:
        return str(error)
    lines = "\n".join(render(run))
    skipped = [(*one[:3], str(one.kind)) for one in run.skipped]
    return f"{lines} {skipped} {runner.trouble.faults} {runner.trouble.notes}"


class Edits(RuleBasedStateMachine):
    """Random edits of a project; after each the cache must say what a run without it says."""

    def __init__(self) -> None:
        super().__init__()
        self.before = Path.cwd(), os.environ.get("ACU_LINT_CACHE")
        self.unsure, fingerprint._UNSURE = fingerprint._UNSURE, -(10**18)  # what was written just now may be kept
        self.root = Path(tempfile.mkdtemp())
        self.cache = Path(tempfile.mkdtemp())
        self.day = DAY
        self.time = 10**18
        os.chdir(self.root)
        for number, name in enumerate(("a.md", "b.md", "part/c.md")):
            self.put(name, TEXTS[number])
        self.put("approved.yml", APPROVED % ("R1", 2))
        self.put("own/word.yml", CARD % "river")

    def put(self, name: str, content: str) -> None:
        """Write a file, at a time of its own: two changes within one tick of the clock look the same."""
        path = self.root / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content.encode())
        self.time += 10**9
        os.utime(path, ns=(self.time, self.time))

    @rule(name=st.sampled_from(["a.md", "b.md", "b2.md", "part/c.md"]), text=st.sampled_from(TEXTS))
    def write(self, name: str, text: str) -> None:
        self.put(name, text)

    @rule(name=st.sampled_from(["b.md", "b2.md", "part/c.md"]))
    def remove(self, name: str) -> None:
        (self.root / name).unlink(missing_ok=True)

    @rule(one=st.sampled_from(["a.md", "b.md"]), two=st.sampled_from(["b.md", "part/d.md"]))
    def rename(self, one: str, two: str) -> None:
        if (self.root / one).exists() and (self.root / "part").exists():
            (self.root / one).replace(self.root / two)

    @rule(settings=st.sampled_from(SETTINGS))
    def configure(self, settings: str) -> None:
        self.put("acu-lint.toml", settings)

    @rule(reference=st.sampled_from(["R1", "R2"]), day=st.integers(1, 4))
    def approve(self, reference: str, day: int) -> None:
        self.put("approved.yml", APPROVED % (reference, day))

    @rule(word=st.sampled_from(["river", "cures", "moxa", "needle"]))
    def edit_card(self, word: str) -> None:
        self.put("own/word.yml", CARD % word)

    @rule(author=st.sampled_from(["", "author: Dr Jane Miller\n", "title: A site\n"]))
    def configure_site(self, author: str) -> None:
        self.put("_config.yml", author)

    @rule(days=st.integers(-1, 40))
    def wait(self, days: int) -> None:
        self.day += datetime.timedelta(days)

    @rule()
    def damage(self) -> None:
        file = self.cache / "results.sqlite"
        if file.exists():
            raw = bytearray(file.read_bytes())
            raw[len(raw) // 2 :: 997] = bytes(len(raw[len(raw) // 2 :: 997]))
            file.write_bytes(raw)

    @rule()
    def compare(self) -> None:
        without = told(None, today=self.day)
        assert told(self.cache, today=self.day) == without
        assert told(self.cache, today=self.day) == without

    def teardown(self) -> None:
        self.compare()
        os.chdir(self.before[0])
        fingerprint._UNSURE = self.unsure
        os.environ.pop("ACU_LINT_CACHE")
        if self.before[1]:
            os.environ["ACU_LINT_CACHE"] = self.before[1]
        for folder in (self.root, self.cache):
            shutil.rmtree(folder)


def edited(examples: int, steps: int) -> None:
    """Let hypothesis make edits, without looking for a shorter way to a fault: that takes minutes."""
    run_state_machine_as_test(
        Edits,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        ),
    )


def test_random_edits() -> None:
    edited(12, 12)


@pytest.mark.slow
def test_many_random_edits() -> None:
    edited(25, 20)


# --- what is computed again, and what is not ---------------------------------------------


class Project:
    """A project whose runs say which files they computed."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = root / "project"
        self.root.mkdir()
        self.day = DAY
        self.checked: list[str] = []
        self.compared: list[str] = []
        self._time = 10**18
        monkeypatch.chdir(self.root)
        monkeypatch.setenv("ACU_LINT_CACHE", str(root / "cache"))
        monkeypatch.setattr(fingerprint, "_UNSURE", -(10**18))
        check, compared = Engine.check, Engine.compared

        def note(engine: Engine, doc: Any) -> Any:
            self.checked.append(doc.path)
            return check(engine, doc)

        def note_compared(engine: Engine, doc: Any) -> Any:
            self.compared.append(doc.path)
            return compared(engine, doc)

        monkeypatch.setattr(Engine, "check", note)
        monkeypatch.setattr(Engine, "compared", note_compared)

    def write(self, name: str, content: str) -> None:
        path = self.root / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(content, encoding="utf-8", newline="")
        self._time += 10**9
        os.utime(path, ns=(self._time, self._time))

    def computed(self, *paths: str, **options: Any) -> list[str]:
        """The files that a run computes; what it says is what one without the cache says."""
        options |= {"paths": paths, "today": self.day}
        self.checked.clear()
        self.compared.clear()
        runner = Runner(Options(**options), RunContext(), keeps_results=True)
        run = runner.run(runner.find_files().files, CHECK)
        checked, compared = (sorted(map(os.path.normpath, each)) for each in (self.checked, self.compared))
        fresh = Runner(Options(**options), RunContext(is_kept=False))
        assert fresh.run(fresh.find_files().files, CHECK) == run
        self.checked, self.compared = [], compared
        return checked


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    made = Project(tmp_path, monkeypatch)
    for number, name in enumerate(("a.md", "b.md", "part/c.md")):
        made.write(name, TEXTS[number])
    return made


EVERY = ["a.md", "b.md", "part/c.md"]


def test_nothing_is_computed_twice(project: Project) -> None:
    assert project.computed() == EVERY
    assert project.computed() == []
    project.write("b.md", TEXTS[4])
    assert project.computed() == ["b.md"]
    project.write("b.md", TEXTS[1])
    assert project.computed() == []  # as it was before
    project.write("b.md", TEXTS[1].replace("\n", "\r\n"))
    assert project.computed() == ["b.md"]
    (project.root / "b.md").rename(project.root / "d.md")
    assert project.computed() == ["d.md"]


def test_a_page_that_is_no_article_is_known(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write("away.md", TEXTS[6])
    project.computed()
    monkeypatch.setattr("acu_lint.project.project.parse", None)
    runner = Runner(Options(today=DAY), keeps_results=True)
    assert [one.path for one in runner.run(runner.find_files().files, CHECK).skipped] == ["./away.md"]


def test_the_day_counts_for_pages_that_depend_on_it(project: Project) -> None:
    project.computed()
    project.day += datetime.timedelta(400)
    assert "a.md" in project.computed()
    assert project.computed() == []


SETTING_CHANGES: Mapping[str, Mapping[str, str]] = {
    "severity": {"acu-lint.toml": '[rules."claims/cure"]\nseverity = "info"\n'},
    "vocabulary": {"acu-lint.toml": '[vocabulary]\naccept = ["needle"]\n'},
    "shared option": {"acu-lint.toml": 'audience = "professionals"\n'},
    "flavour": {"acu-lint.toml": 'flavour = "hugo"\n'},
    "generator": {"mkdocs.yml": "site_name: us\n"},
}


@pytest.mark.parametrize("change", SETTING_CHANGES)
def test_settings_count(project: Project, change: str) -> None:
    project.computed()
    for name, content in SETTING_CHANGES[change].items():
        project.write(name, content)
    assert project.computed() == EVERY
    assert project.computed() == []


def test_an_override_counts_for_its_files(project: Project) -> None:
    config = '[[overrides]]\nfiles = ["part/*.md"]\nignore = ["%s"]\n'
    project.write("acu-lint.toml", config % "claims")
    project.computed()
    project.write("acu-lint.toml", config % "trust")
    assert "part/c.md" in project.computed()


def test_approved_claims_count(project: Project) -> None:
    project.write("acu-lint.toml", '[vocabulary]\napproved-claims = "approved.yml"\n')
    project.write("approved.yml", APPROVED % ("R1", 5))
    project.computed()
    assert project.computed() == []
    project.write("approved.yml", APPROVED % ("R2", 5))
    assert project.computed() == EVERY
    project.day += datetime.timedelta(10)  # the approval ends
    assert "part/c.md" in project.computed()


def test_cards_and_lists_of_the_project_count(project: Project) -> None:
    project.write("acu-lint.toml", 'rule-paths = ["own"]\n')
    project.write("own/word.yml", CARD % "river")
    project.write("own/word.py", WORDS)
    project.write("own/list.yml", "id: own/list\ntitle: t\nmessage: m\nsources: [{title: us}]\npython: word.py:check\n")
    project.write("own/words.lst", "tea\n")
    consent = {"allow_local_code": True}
    assert project.computed(**consent) == EVERY
    assert project.computed(**consent) == []
    project.write("own/words.lst", "moxa\n")
    assert project.computed(**consent) == EVERY
    project.write("own/word.yml", CARD % "needle")
    assert project.computed(**consent) == EVERY
    project.write("own/word.py", WORDS + "# another\n")
    assert project.computed(**consent) == EVERY
    assert project.computed(**consent) == []


WORDS = """
from pathlib import Path
from acu_lint.api import Hit

def check(doc):
    word = Path(__file__).with_name("words.lst").read_text().strip()
    for block in doc.blocks:
        at = block.text.lower().find(word)
        if at >= 0:
            yield Hit(block.span(at, at + len(word)))
"""


def test_what_was_written_just_now_is_not_relied_on(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A card that is edited twice within one tick of the clock may look as it did."""
    monkeypatch.undo()
    monkeypatch.chdir(project.root)
    monkeypatch.setenv("ACU_LINT_CACHE", str(project.root.parent / "cache"))
    project.write("acu-lint.toml", 'rule-paths = ["own"]\n')
    project.write("own/word.yml", CARD % "river")
    told(project.root.parent / "cache", today=DAY)
    project.write("own/word.yml", CARD % "cures")
    found = told(project.root.parent / "cache", today=DAY)
    assert "own/word" in found


def test_the_site_counts(project: Project) -> None:
    project.write("acu-lint.toml", EVERY_PAGE)
    for number in range(8):
        project.write(f"many/{number}.md", TEXTS[1])
    project.computed()
    assert project.computed() == []
    project.write("_config.yml", "author: Dr Jane Miller\n")
    assert project.computed()
    assert project.computed() == []
    project.write("_config.yml", "title: us\n")
    project.computed()
    project.write("many/9.md", "---\nauthor: Jane\n---\n" + TEXTS[1])
    assert len(project.computed()) > 1  # the pages beside it, too
    (project.root / "many/9.md").unlink()
    project.computed()


def test_the_corpus_counts_for_the_rules_that_compare(project: Project) -> None:
    project.write("acu-lint.toml", '[corpus]\ninclude = ["**/*.md"]\n')
    project.write("one.md", TEXTS[3])
    assert project.computed() == ["a.md", "b.md", "one.md", "part/c.md"]
    assert project.computed() == []
    assert project.compared == []
    project.write("two.md", TEXTS[3] + "The end.\n")
    assert project.computed() == ["one.md", "two.md"]  # the others only ask the corpus, which says what it said
    assert {"a.md", "b.md", "one.md", "part/c.md"} <= set(project.compared)
    assert project.computed() == []
    (project.root / "one.md").unlink()
    assert project.computed() == ["two.md"]
    assert project.computed() == []
    assert project.computed("./a.md") == []  # compared with the same articles, but alone
    assert project.compared == ["a.md"]


def test_faults_are_never_kept(project: Project) -> None:
    project.write("acu-lint.toml", 'rule-paths = ["own"]\n')
    card = "id: own/list\ntitle: t\nmessage: m\nsources: [{title: us}]\npython: word.py:check\n"
    project.write("own/list.yml", card)
    project.write("own/word.py", "def check(doc):\n    raise ValueError('no')\n    yield\n")
    for _ in range(2):
        assert project.computed(allow_local_code=True) == EVERY
    project.write("a.md", "<!-- acu-lint-disable-file -->\n\nThe finding about the fault is silent.\n")
    for _ in range(2):
        assert project.computed(allow_local_code=True) == EVERY
    project.write("own/word.py", "no python")
    for _ in range(2):
        assert project.computed(allow_local_code=True) == EVERY


def test_rules_are_not_made_ready_where_all_is_known(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.computed()

    def fail(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(Engine, "__init__", fail)
    runner = Runner(Options(today=DAY), RunContext(), keeps_results=True)
    assert runner.run(runner.find_files().files, CHECK).files == 3


# --- the command -------------------------------------------------------------------------


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_every_report_is_the_same_with_the_cache(acu_lint: AcuLint, write: Write, jobs: str) -> None:
    for number in range(50):
        write(f"a{number}.md", TEXTS[number % len(TEXTS)] + f"\n{number} is the number.\n")
    write("broken.md", b"\xff")
    commands: list[tuple[str, ...]] = [("check", "--format", form) for form in ("full", "concise", "json", "jsonl")]
    commands += [("score", "--format", form) for form in ("text", "json", "csv")]
    commands += [("score", "--pages"), ("check", "--quiet")]
    for command in [*commands, ("stats",), ("stats", "--format", "json")]:
        more = ("--jobs", jobs) if command[0] != "stats" else ()
        without, *runs = (acu_lint(*command, *more, *cache) for cache in (("--no-cache",), (), ()))
        for ran in runs:
            assert (ran.status, ran.output, ran.errors) == (without.status, without.output, without.errors)


def test_no_cache_keeps_nothing_and_fixing_neither(acu_lint: AcuLint, write: Write, tmp_path: Path) -> None:
    write("a.md", TEXTS[0])
    cache = tmp_path / "kept"
    env = {"ACU_LINT_CACHE": str(cache)}
    for command in (("check", "--no-cache"), ("check", "--fix"), ("score", "--no-cache"), ("stats", "--no-cache")):
        acu_lint(*command, "a.md", env=env)
        assert not (cache / "results.sqlite").exists()
    acu_lint("check", "a.md", env=env)
    assert (cache / "results.sqlite").exists()


def test_standard_input_is_known_as_well(acu_lint: AcuLint) -> None:
    arguments = ("check", "--stdin-filename", "a.md", "--format", "json", "-")
    without = acu_lint(*arguments, "--no-cache", stdin=TEXTS[0].encode())
    for _ in range(2):
        assert acu_lint(*arguments, stdin=TEXTS[0].encode()).output == without.output
    assert acu_lint(*arguments, stdin=TEXTS[1].encode()).output != without.output


def test_a_folder_that_cannot_be_written(acu_lint: AcuLint, write: Write, tmp_path: Path) -> None:
    write("a.md", TEXTS[0])
    write("file", "no folder")
    ran = acu_lint("check", "a.md", env={"ACU_LINT_CACHE": str(tmp_path / "file")})
    assert (ran.output, ran.errors) == (acu_lint("check", "a.md", "--no-cache").output, "")


def test_index_clear_and_status_know_it(acu_lint: AcuLint, write: Write, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    write("a.md", TEXTS[0])
    cache = tmp_path.with_name(f"{tmp_path.name}-cache")
    acu_lint("check", "a.md", env=clean_env())
    assert acu_lint("index", "status", "--format", "json", env=clean_env()).json["results"]["entries"] > 0
    assert "results of whatever folder" in acu_lint("index", "status", env=clean_env()).output
    assert f"Removed {cache / 'results.sqlite'}" in acu_lint("index", "clear", env=clean_env()).output
    assert not list(cache.glob("results.sqlite*"))


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
def test_a_process_that_is_killed_leaves_right_results(acu_lint: AcuLint, write: Write, tmp_path: Path) -> None:
    for number in range(120):
        write(f"a{number}.md", TEXTS[number % 5] + f"\n{number} is the number.\n")
    cache = tmp_path.with_name(f"{tmp_path.name}-cache")
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "rules")]), "ACU_LINT_CACHE": str(cache)}
    command = [sys.executable, "-m", "acu_lint", "check", ".", "--jobs", "1"]
    for turn in range(4):
        process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + 20
        while not (cache / "results.sqlite-wal").exists() and process.poll() is None and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(0.05 * turn)
        process.send_signal(signal.SIGKILL)
        process.wait()
        write(f"a{turn}.md", TEXTS[4])
    arguments = ("check", ".", "--format", "json")
    assert acu_lint(*arguments).output == acu_lint(*arguments, "--no-cache").output
    assert acu_lint(*arguments).output == acu_lint(*arguments, "--no-cache").output
