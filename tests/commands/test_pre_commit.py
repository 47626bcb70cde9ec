"""The hooks, installed from this checkout by the real pre-commit into a real git repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.slow

BAD = "# Acupuncture and sciatica today\n\nAcupuncture cures sciatica.\n"
MENDED = "# Acupuncture and sciatica today\n\nAcupuncture may ease sciatica for some people.\n"
PROJECT = ("acu_lint", "rules", "LICENSES", "LICENSE", "README.md", "pyproject.toml", ".pre-commit-hooks.yaml")

CONFIG = """\
repos:
  - repo: {repo}
    rev: {revision}
    hooks:
      - id: acu-lint
      - id: acu-lint-duplicates
"""


class Shell:
    """Commands in a folder, with a home folder of their own."""

    def __init__(self, folder: Path, home: Path) -> None:
        home.mkdir(exist_ok=True)
        identity = {
            f"GIT_{who}_{what}": "writer@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
        }
        quiet = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "PYTHON", "VIRTUAL"))}
        bin_folder = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        self._env = {**quiet, **identity, "PRE_COMMIT_HOME": str(home), "PATH": bin_folder}
        self.folder = folder

    def __call__(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=self.folder, env=self._env, capture_output=True, text=True, check=False, timeout=600
        )


def commit(shell: Shell, message: str) -> subprocess.CompletedProcess[str]:
    shell("git", "add", "-A")
    return shell("git", "commit", "-m", message)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A repository of articles with the hooks of this checkout installed."""
    base = tmp_path_factory.mktemp("pre-commit")
    tool = Shell(base / "tool", base / "home")
    tool.folder.mkdir()
    for name in PROJECT:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tool.folder / name)
    tool("git", "init", "--quiet")
    assert commit(tool, "The tool").returncode == 0
    revision = tool("git", "rev-parse", "HEAD").stdout.strip()
    site = Shell(base / "site", base / "home")
    site.folder.mkdir()
    site("git", "init", "--quiet")
    (site.folder / ".pre-commit-config.yaml").write_text(CONFIG.format(repo=tool.folder, revision=revision))
    (site.folder / "acu-lint.toml").write_text('[corpus]\ninclude = ["*.md"]\n')
    assert site("pre-commit", "install").returncode == 0
    return site


def test_a_bad_article_is_refused_and_a_mended_one_accepted(site: Shell) -> None:
    article = site.folder / "sciatica.md"
    article.write_text(BAD)
    refused = commit(site, "A bad article")
    shown = refused.stdout + refused.stderr
    assert refused.returncode == 1
    assert "sciatica.md" in shown
    assert "claims/cure" in shown
    assert "^^^^^" in shown
    article.write_text(MENDED)
    accepted = commit(site, "A mended article")
    assert accepted.returncode == 0, accepted.stdout + accepted.stderr
    assert site("git", "log", "--format=%s").stdout == "A mended article\n"


def test_a_copy_of_an_article_is_refused(site: Shell) -> None:
    text = "\n\n".join(f"{opening} {BODY}" for opening in ("At our Leeds clinic", "In the first visit", "Later"))
    (site.folder / "leeds.md").write_text(f"# A first visit in Leeds\n\n{text}\n")
    (site.folder / "york.md").write_text(f"# A first visit in York\n\n{text.replace('Leeds', 'York')}\n")
    refused = commit(site, "A copy")
    assert refused.returncode == 1
    assert "leeds.md" in refused.stdout + refused.stderr
    assert "york.md" in refused.stdout + refused.stderr
    (site.folder / "york.md").unlink()
    assert commit(site, "No copy").returncode == 0


BODY = (
    "we ask about your sleep, your work and the medicines you take, and we look at how you move your back and hips. "
    "You can keep your own clothes on, and you may stop at any time. Thin sterile needles stay in for a while, and "
    "someone looks in on you every few minutes. Some people feel sore or tired afterwards and bruises can happen."
)
