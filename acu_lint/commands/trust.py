"""``acu-lint trust``."""

from __future__ import annotations

import os

import click

from acu_lint.project import trust as trusted
from acu_lint.project.project import Options, Projects
from acu_lint.report.lines import say
from acu_lint.system.errors import UsageError


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False), default=".")
@click.option("--remove", is_flag=True, help="Trust it no more.")
def trust(*, folder: str, remove: bool) -> None:
    """Let the Python rules of a repository run, once you have read them.

    Only code below the 'rule-paths' of the configuration of FOLDER, as it is now: code that changes asks again. What
    you trust is kept in your own configuration folder, outside of the repository.
    """
    place = os.path.join(folder, "x")  # noqa: PTH118 -- the settings are those of a file in the folder
    config = Projects(Options((folder,))).of(place).config
    if remove:
        was = trusted.forget(config.root)
        say(f"{config.root} is trusted no more." if was else f"{config.root} was not trusted.")
        return
    code = trusted.code_of(config.rule_paths)
    if not any(file.suffix == ".py" for file in code.files):
        raise UsageError(f"there is nothing to trust: no Python file below the 'rule-paths' of {config.root}")
    for file in code.files:
        say(f"  {file}")
    try:
        trusted.trust(config.root, code.digest)
    except OSError as error:
        raise UsageError(f"{trusted.user_folder()} cannot be written: {error.strerror}") from None
    say(f"The Python rules of {config.root} run from now on, until one of these files changes.")
