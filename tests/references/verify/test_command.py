"""``acu-lint references --verify``."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from bibtexparser.entrypoint import parse_string

from tests.conftest import ROOT, AcuLint, Write
from tests.references.articles import ARTICLE, BREATH, KNEE, REVIEW, listed
from tests.references.verify.services import SUMMARY, TITLE, Service, crossref, pubmed, summary


def environment(service: Service, tmp_path: Path) -> dict[str, str]:
    return {
        "ACU_LINT_CROSSREF": service.base, "ACU_LINT_PUBMED": service.base, "ACU_LINT_CACHE": str(tmp_path / "cache"),
        "no_proxy": "127.0.0.1",
    }  # fmt: skip


def test_verify_tells_what_does_not_fit(acu_lint: AcuLint, write: Write, service: Service, tmp_path: Path) -> None:
    service.answers = {
        f"works/{KNEE}": [crossref(KNEE, TITLE, 2019)],
        f"works/{BREATH}": [crossref(BREATH, "Slow breathing for mild headache: a pilot study", 2016)],
        SUMMARY: [
            pubmed(summary("7654321", "Slow breathing for mild headache: a pilot study", "2016 Jan", doi=BREATH))
        ],
    }
    write("acu-lint.toml", 'contact = "editor@knees.test"\n')
    write("a.md", ARTICLE)
    env = environment(service, tmp_path)
    ran = acu_lint("references", "--verify", "a.md", env=env)
    assert (ran.status, ran.errors) == (0, "")
    assert "a.md:13 says 2017, it was published in 2016" in ran.output
    assert f"there is no DOI {REVIEW}" in ran.output
    assert "mailto:editor@knees.test" in service.headers[0]["User-Agent"]
    bibtex = acu_lint("references", "--verify", "--format", "bibtex", "a.md", env=env).output
    (knee,) = (entry for entry in parse_string(bibtex).entries if entry.get("doi", None) and entry["doi"] == KNEE)
    assert (knee.key, knee["author"], knee["volume"]) == ("roe2019", "Roe, Jane", "4")


@pytest.mark.slow
def test_offline_is_one_line_and_no_failure(acu_lint: AcuLint, write: Write, service: Service, tmp_path: Path) -> None:
    write("a.md", ARTICLE)
    dead = {
        **environment(service, tmp_path),
        "ACU_LINT_CROSSREF": "http://127.0.0.1:9/",
        "ACU_LINT_PUBMED": "http://127.0.0.1:9/",
    }
    ran = acu_lint("references", "--verify", "--format", "json", "a.md", env=dead)
    assert ran.status == 0
    assert len(ran.errors.splitlines()) == 1
    assert "cannot be reached" in ran.errors
    assert "3 of 3 sources not verified" in ran.errors
    assert listed(ran)["doi", KNEE]["verification"]["status"] == "not verified"


def test_without_verify_nothing_is_asked(acu_lint: AcuLint, write: Write, service: Service, tmp_path: Path) -> None:
    write("a.md", ARTICLE)
    ran = acu_lint("references", "--format", "json", "a.md", env=environment(service, tmp_path))
    assert all(each["verification"] is None for each in ran.json["references"])
    assert service.asked == []


def test_without_the_extra_the_command_says_what_to_install(acu_lint: AcuLint, write: Write, tmp_path: Path) -> None:
    write("a.md", ARTICLE)
    write("missing/sitecustomize.py", "import sys\nsys.modules['requests'] = None\n")
    code = ROOT
    env = {"PYTHONPATH": os.pathsep.join([str(tmp_path / "missing"), str(code), str(code / "rules")])}
    ran = acu_lint("references", "--verify", "a.md", env=env)
    assert ran.status == 2
    assert "acu-lint[verify]" in ran.errors
    assert acu_lint("references", "a.md", env=env).status == 0
