"""Patterns of a configuration file that match nothing, which is most often a slip of the pen."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from acu_lint.project.config import Config, Layer
from acu_lint.project.discovery import Discovery
from acu_lint.project.gitignore import is_ignored
from acu_lint.project.paths import own_globs, plain, relative
from acu_lint.system.tree import never_read

_WILD = re.compile(r"[*?\[\\]")
_OF_EXPRESSIONS = (".*", ".+", ".?")  # at the start of a part; as a pattern it would be any hidden file
_HIDDEN = {".*", "**/.*"}  # all that is hidden
_EXPRESSION = re.compile(r"\^|.*(?:\$$|\.[*+]|\\[.wds]|\(\?)")


def unmatched(config: Config, found: Discovery, paths: Collection[str]) -> Iterator[str]:
    """A line for each pattern of ``include``, ``exclude`` and overrides that matches none of the files of a run.

    Only a run over the whole folder of the configuration file can tell: nothing is said where none of ``paths`` holds
    it. Patterns that ``extend`` brings in may be meant for other projects, and are left alone.
    """
    layer = config.own
    if layer is None or not any(config.root.is_relative_to(os.path.realpath(path)) for path in paths):
        return
    patterns = list(_patterns(layer))
    seen = [*found.files, *(one.path for one in found.skipped), *found.excluded] if patterns else ()
    names = [relative(Path(path), config.root) for path in seen]
    for key, pattern in patterns:
        globs = own_globs([pattern.removeprefix("!")])
        if not any(map(globs.match_file, names)) and not _names_what_is_not_read(config.root, pattern):
            what = "; it looks like a regular expression, and is read as a line of .gitignore is, as in content/sub/**"
            hint = what if _EXPRESSION.match(pattern) else ""
            yield f"{layer.origin}: '{pattern}' in '{key}' matches no file{hint}"


def _patterns(layer: Layer) -> Iterator[tuple[str, str]]:
    for key in ("include", "exclude"):
        yield from ((key, pattern) for pattern in layer.values.get(key, ()))
    for override in layer.values.get("overrides", ()):
        yield from (("files", pattern) for pattern in override["files"])


def _names_what_is_not_read(root: Path, pattern: str) -> bool:
    """Whether a pattern names a file or folder that is there, or that is never read: it may be there tomorrow."""
    name = plain(pattern.removeprefix("!")).strip("/").removesuffix("/**").removesuffix("/*")
    if never_read([part for part in name.split("/") if not part.startswith(_OF_EXPRESSIONS)]) or name in {
        ".*",
        "**/.*",
    }:
        return True
    if _WILD.search(name):
        return False
    file = root / name
    return os.path.lexists(file) or any(is_ignored(file, is_folder=is_folder) for is_folder in (True, False))
