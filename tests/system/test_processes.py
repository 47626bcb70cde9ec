"""Work in several processes, with the real command: killed workers, killed parents, Ctrl-C and SIGTERM."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acu_lint.project import workers
from acu_lint.system.processes import forks, in_order
from tests.conftest import clean_env, git

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="asks the system for its processes"),
]

WORDS = "the needle pain sleep clinic back knee and of rest your week may help some people after before".split()
PROGRAM = "from acu_lint.cli import main; main()"
COMMAND = (sys.executable, "-c", PROGRAM)
ENDED = {signal.SIGINT: 130, signal.SIGTERM: 143}


def write_articles(folder: Path, count: int) -> None:
    chance = random.Random(1)
    for number in range(count):
        parts = [" ".join(chance.choices(WORDS, k=40)).capitalize() + "." for _ in range(8)]
        (folder / f"a{number:04}.md").write_text(f"# Article {number}\n\n" + "\n\n".join(parts) + "\n")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of articles whose index is made."""
    folder = tmp_path_factory.mktemp("site")
    write_articles(folder, 400)
    git(folder, "init", "-q")
    subprocess.run([*COMMAND, "index", "build"], cwd=folder, check=True, env=env(folder), capture_output=True)
    return folder


def env(folder: Path) -> dict[str, str]:
    return {**clean_env(), "ACU_LINT_CACHE": str(folder / ".git" / "cache")}


def forget_results(folder: Path) -> None:
    """Remove what is known of the articles, so that workers have something to do; the index stays."""
    for file in (folder / ".git" / "cache").glob("results.sqlite*"):
        file.unlink()


class Started:
    """A command that runs in a process group of its own, and knows no results."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        forget_results(folder)
        self.process = subprocess.Popen(
            [*COMMAND, *arguments],
            cwd=folder,
            env=env(folder),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def workers(self, count: int = 2) -> list[int]:
        """The ids of its worker processes, as soon as there are so many."""
        found: list[int] = []
        while len(found) < count and self.process.poll() is None:
            time.sleep(0.01)
            children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
            found = [int(child) for child in children if b"acu_lint" in command_of(int(child))]
        assert len(found) == count, self.process.communicate()
        return found

    def end(self) -> tuple[int, str, str]:
        """Its status, and what it wrote."""
        output, errors = self.process.communicate(timeout=60)
        return self.process.returncode, output, errors


def command_of(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def left(group: int) -> list[int]:
    """The processes of a group that still run."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, _, of_group = (folder / "stat").read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(of_group) == group and state != "Z":
            found.append(int(folder.name))
    return found


def soon(is_so: Callable[[], bool]) -> bool:
    for _ in range(300):
        if is_so():
            return True
        time.sleep(0.02)
    return False


def files_of(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if path.is_file())


@pytest.mark.parametrize("victims", [1, 2])
def test_a_killed_worker_changes_nothing_but_one_line(site: Path, victims: int) -> None:
    arguments = ("check", ".", "--format", "json", "--jobs", "2", "--ignore", "duplicates")
    whole = Started(site, *arguments).end()
    run = Started(site, *arguments)
    for worker in run.workers()[:victims]:
        os.kill(worker, signal.SIGKILL)
    status, output, errors = run.end()
    assert (status, json.loads(output)) == (whole[0], json.loads(whole[1]))
    lines = [line for line in errors.splitlines() if "was killed" in line]
    assert 1 <= len(lines) <= victims
    assert "Traceback" not in errors


@pytest.mark.parametrize("number", ENDED)
@pytest.mark.parametrize("whom", ["parent", "group"])
@pytest.mark.parametrize("arguments", [("check", ".", "--jobs", "2"), ("check", ".", "--jobs", "1")])
def test_a_signal_ends_all_without_a_traceback(
    site: Path, number: signal.Signals, whom: str, arguments: tuple[str, ...]
) -> None:
    run = Started(site, *arguments)
    if arguments[-1] == "2":
        run.workers()
    else:
        time.sleep(0.5)
    (os.killpg if whom == "group" else os.kill)(run.process.pid, number)
    status, _, errors = run.end()
    assert (status, errors) == (ENDED[number], "")
    assert soon(lambda: not left(run.process.pid))


@pytest.mark.parametrize("form", ["json", "concise"])
def test_workers_that_are_started_anew_find_the_same(site: Path, form: str) -> None:
    """As on macOS and Windows, and where threads are running."""
    starting = "import acu_lint.system.processes as p, acu_lint.project.workers as w; p.forks = w.forks = lambda: False"
    command = (sys.executable, "-c", f"{starting}; w._PAYS_STARTED = 0; {PROGRAM}")
    options = ("check", ".", "--format", form, "--fail-on", "never")
    said = []
    for run, jobs in ((COMMAND, "1"), (command, "2")):
        forget_results(site)
        said.append(
            subprocess.run([*run, *options, "--jobs", jobs], cwd=site, env=env(site), capture_output=True, check=True)
        )
    one, anew = said
    assert (one.stdout, one.stderr) == (anew.stdout, anew.stderr)


def test_a_process_with_other_threads_is_not_forked() -> None:
    ended = threading.Event()
    threading.Thread(target=ended.wait).start()
    try:
        assert not forks()
    finally:
        ended.set()


@given(
    sizes=st.lists(st.one_of(st.integers(0, 5_000), st.integers(0, 3_000_000)), min_size=1, max_size=200),
    jobs=st.integers(2, 8),
)
def test_each_file_is_in_one_part_and_few_are_begun_before_the_others(sizes: list[int], jobs: int) -> None:
    files = [f"{number}.md" for number in range(len(sizes))]
    parts, bytes_of = workers._chunks(files, sizes)
    assert [file for part in parts for file in part] == files
    first = workers._large(bytes_of, jobs)
    assert len(first) <= workers._LARGE * jobs
    assert [bytes_of[place] for place in first] == sorted((bytes_of[place] for place in first), reverse=True)


@given(costs=st.lists(st.integers(0, 3), min_size=1, max_size=30), jobs=st.integers(2, 3))
@settings(max_examples=10, deadline=None)
def test_results_come_in_order_whichever_part_is_done_first(costs: list[int], jobs: int) -> None:
    def slow(cost: int) -> int:
        time.sleep(cost / 1000)
        return cost

    first = sorted(range(len(costs)), key=lambda place: -costs[place])[: len(costs) // 3]
    lost: list[int] = []
    assert list(in_order(costs, lambda: slow, slow, lost.append, jobs=jobs, first=first)) == costs
    assert not lost


def test_no_worker_outlives_a_killed_parent(site: Path) -> None:
    run = Started(site, "check", ".", "--jobs", "2")
    run.workers()
    run.process.kill()
    run.process.communicate()
    assert soon(lambda: not left(run.process.pid))


@pytest.mark.parametrize("number", ENDED)
def test_an_index_that_is_being_made_when_a_signal_comes(tmp_path: Path, number: signal.Signals) -> None:
    write_articles(tmp_path, 300)
    git(tmp_path, "init", "-q")
    run = Started(tmp_path, "check", "--jobs", "2", "a0001.md")
    run.workers()
    run.process.send_signal(number)
    assert run.end()[0] == ENDED[number]
    assert soon(lambda: not left(run.process.pid))
    kept, fresh = (Started(tmp_path, "check", "a0001.md", *more).end() for more in ((), ("--no-cache",)))
    assert kept == fresh


@pytest.mark.parametrize("delay", [0.0, 0.1, 0.3])
def test_files_that_are_being_mended_are_old_or_new(tmp_path: Path, delay: float) -> None:
    article = "# Title\n\nWe utilise needles. We utilise needles in order to help.\n"
    for number in range(300):
        (tmp_path / f"a{number:04}.md").write_text(article)
    once = Started(tmp_path, "check", "--fix", "--ignore", "duplicates", "a0000.md")
    once.end()
    mended = (tmp_path / "a0000.md").read_text()
    run = Started(tmp_path, "check", "--fix", "--ignore", "duplicates", "--jobs", "2", ".")
    run.workers()
    time.sleep(delay)
    run.process.send_signal(signal.SIGTERM)
    assert run.end()[0] == 143
    assert soon(lambda: not left(run.process.pid))
    assert {path.suffix for path in files_of(tmp_path)} == {".md"}
    assert {path.read_text() for path in files_of(tmp_path)} <= {article, mended}
