"""``acu-lint index``, and the index that a check keeps."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from tests.conftest import AcuLint, clean_env, git
from tests.corpus.index.sites import site, text, write


def test_check_keeps_an_index_and_finds_the_copy(acu_lint: AcuLint, tmp_path: Path, cache: Path) -> None:
    site(tmp_path)
    env = {**clean_env(), "ACU_LINT_CACHE": str(cache)}
    arguments = ("check", "--select", "duplicates/article", "--format", "json", "site/011.md", "site/005.md")
    cold = acu_lint(*arguments, env=env)
    assert [finding["data"]["other"] for finding in cold.json["findings"]] == ["site/000.md"]
    assert list(cache.glob("index-*.sqlite"))
    assert acu_lint(*arguments, env=env).output == cold.output
    assert acu_lint(*arguments, "--no-cache", env=env).output == cold.output
    assert acu_lint(*arguments, "--jobs", "2", env=env).output == cold.output


def test_index_status_build_clear(acu_lint: AcuLint, tmp_path: Path, cache: Path) -> None:
    site(tmp_path)
    env = {**clean_env(), "ACU_LINT_CACHE": str(cache)}
    assert "There is no index" in acu_lint("index", "status", env=env).output
    built = acu_lint("index", "build", env=env)
    assert built.output.startswith("12 articles indexed in ")
    assert built.status == 0
    assert "It is up to date." in acu_lint("index", "status", env=env).output
    write(tmp_path, "site/003.md", text("new"))
    (tmp_path / "site/004.md").unlink()
    told = acu_lint("index", "status", env=env).output
    assert "12 articles below" in told
    assert "2 articles changed since then; the next check takes them in." in told
    found = acu_lint("index", "status", "--format", "json", env=env).json
    assert (found["articles"], found["outdated"], found["state"]) == (12, 2, "outdated")
    assert found["bytes"] > 0
    assert acu_lint("index", "build", env=env).output.startswith("11 articles indexed")
    file = Path(found["file"])
    file.write_bytes(b"damaged " * 1000)
    for beside in cache.glob("*.sqlite-*"):
        beside.unlink()
    assert "is damaged" in acu_lint("index", "status", env=env).output
    assert acu_lint("index", "clear", env=env).output == f"Removed {file}\n"
    assert acu_lint("index", "clear", env=env).output == "There is no index of these articles.\n"


def test_an_index_with_a_fault_inside_is_removed(acu_lint: AcuLint, tmp_path: Path, cache: Path) -> None:
    site(tmp_path, 40)
    env = {**clean_env(), "ACU_LINT_CACHE": str(cache)}
    arguments = ("check", "--select", "duplicates/article", "--format", "json", "site/039.md")
    good = acu_lint(*arguments, env=env)
    file = next(cache.glob("index-*.sqlite"))
    (cache / "results.sqlite").unlink()  # or nobody would ask the index
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'recent'").fetchone()
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    connection.close()
    whole = file.read_bytes()
    file.write_bytes(whole[: (page - 1) * size] + os.urandom(size) + whole[page * size :])
    bad = acu_lint(*arguments, env=env)
    assert (bad.status, bad.output) == (good.status, good.output)
    assert [line for line in bad.errors.splitlines() if "index" in line] == [
        "acu-lint: the index of the articles was damaged: it is made anew"
    ]
    again = acu_lint(*arguments, env=env)
    assert (again.output, again.errors) == (good.output, good.errors)


def test_index_where_there_is_no_corpus(acu_lint: AcuLint) -> None:
    ran = acu_lint("index", "status", env=clean_env())
    assert ran.status == 2
    assert "there is no corpus here" in ran.errors


def test_a_repository_without_a_configuration_is_compared(acu_lint: AcuLint, tmp_path: Path, cache: Path) -> None:
    site(tmp_path)
    (tmp_path / "acu-lint.toml").unlink()
    env = {**clean_env(), "ACU_LINT_CACHE": str(cache)}
    ran = acu_lint("check", "--select", "duplicates/article", "--format", "json", "site/011.md", env=env)
    assert [finding["data"]["other"] for finding in ran.json["findings"]] == ["site/000.md"]


def test_an_article_is_compared_with_its_own_repository(tmp_path: Path, acu_lint: AcuLint) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        write(folder, "one.md", text(1))
        git(folder, "init", "-q")
        git(folder, "add", ".")
    copy = write(there, "two.md", text(1))
    alone = write(tmp_path / "alone", "two.md", text(1))
    os.chdir(here)
    ran = acu_lint("check", "--select", "duplicates/article", "--format", "json", str(copy), str(alone))
    (finding,) = ran.json["findings"]
    assert finding["path"] == str(copy)
    assert {Path(place["path"]).name for place in finding["related"]} == {"one.md", "two.md"}
    assert not any("here" in place["path"].split("/")[-2:] for place in finding["related"])
