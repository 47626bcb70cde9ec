"""``acu-lint init``."""

from __future__ import annotations

import os
from pathlib import Path

import click

from acu_lint.project.config import FILE
from acu_lint.report.lines import say
from acu_lint.system.tree import UnreadableError, read_bytes

_CONFIG = """\
# Settings of acu-lint. All are optional; `acu-lint config FILE` shows what applies to a file.

# Leave folders or files out, as in a .gitignore.
exclude = []

# Read files that look like no articles: a README, a licence, a part of a template.
# include = ["README.md"]

# Which rules run: families (claims) or single rules (seo/title). Without `select`, all that are on by default.
ignore = []

# The articles that are compared with each other (duplicates). Without it, all of the git repository.
# [corpus]
# include = ["content/**/*.md"]

# Options of a rule; `acu-lint explain RULE` lists them.
# [rules."readability/long-sentence"]
# severity = "info"

# Words of your own: never reported, or reported wherever they are used.
# [vocabulary]
# accept = ["Miracle Mist"]
# reject = {clients = "patients"}

# Other settings for some files.
# [[overrides]]
# files = ["content/professionals/**"]
# ignore = ["readability"]
"""

_HOOKS = """\
repos:
  - repo: local
    hooks:
      - id: acu-lint
        name: acu-lint
        entry: acu-lint check --
        language: system
        types_or: [markdown, mdx, html]
        require_serial: true
"""


@click.command()
def init() -> None:
    """Write acu-lint.toml and the pre-commit stanza in the working folder; nothing is overwritten."""
    _write(Path(FILE), _CONFIG)
    hooks = Path(".pre-commit-config.yaml")
    if os.path.lexists(hooks) and "acu-lint" not in _text(hooks):
        say(f"{hooks} is there already. To run acu-lint at every commit, add under 'repos:':\n")
        say(_HOOKS.removeprefix("repos:\n"))
    else:
        _write(hooks, _HOOKS)
        say("Next: pre-commit install")


def _text(path: Path) -> str:
    try:
        return read_bytes(path).decode("utf-8", "replace")
    except UnreadableError:
        return ""


def _write(path: Path, text: str) -> None:
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        say(f"{path} is there already and is left as it is.")
    else:
        say(f"{path} is written.")
