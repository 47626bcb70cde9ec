"""The words of a project: what it accepts and rejects, what it treats and sells, which claims it has had approved."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from acu_lint.system.errors import UsageError, did_you_mean
from acu_lint.system.tree import UnreadableError, read_bytes

_KEYS = ("text", "reference", "expires")


class Approval(NamedTuple):
    """A wording that has been signed off: by which document, until which day (that day included)."""

    text: str
    reference: str
    expires: datetime.date


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a project.

    ``accept`` are words and phrases that are not to be reported, ``reject`` those to be reported, each with a better
    wording or "". ``interventions``, ``conditions`` and ``brands`` add to what rules know of therapies, complaints
    and products. ``approved`` are the wordings that rules about claims leave alone. ``keyphrases`` are what articles
    that declare none are to be found for, the main one first.
    """

    accept: tuple[str, ...] = ()
    reject: tuple[tuple[str, str], ...] = ()
    interventions: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    approved: tuple[Approval, ...] = ()
    keyphrases: tuple[str, ...] = ()


EMPTY = Vocabulary()


def read_approvals(file: Path, name: str) -> Iterator[Approval]:
    """Yield the approvals of a YAML file; ``name`` is how messages call the file.

    Raises ``UsageError`` that names the line and the mend.
    """
    import yaml  # noqa: PLC0415 -- few projects have such a file

    try:
        node = _compose(read_bytes(file).decode("utf-8-sig"), name)
    except UnreadableError as error:
        raise UsageError(f"{name}: {error}") from None
    except UnicodeDecodeError as error:
        raise UsageError(f"{name}: not UTF-8 (byte {error.start}); save it as UTF-8") from None
    if node is not None and not isinstance(node, yaml.SequenceNode):
        raise UsageError(f"{name}:1: write a list: each entry has {', '.join(_KEYS)}")
    for entry in node.value if node else ():
        place = f"{name}:{entry.start_mark.line + 1}"
        if not isinstance(entry, yaml.MappingNode):
            raise UsageError(f"{place}: an approved claim has {', '.join(_KEYS)}")
        yield _approval(entry, name, place)


def _compose(text: str, name: str) -> Any:
    """The YAML nodes of a text, None where it is empty; raises ``UsageError`` that names the line."""
    import yaml  # noqa: PLC0415 -- see above

    try:
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, int(error.position)) + 1
        raise UsageError(f"{name}:{line}: a control character stands here; delete it") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"{name}:{mark.line + 1}" if mark else name
        raise UsageError(f"{place}: broken YAML: {error.problem or error.context}; put texts in quotes") from None
    except RecursionError:
        raise UsageError(f"{name}: nested too deeply; write a list of entries with {', '.join(_KEYS)}") from None


def _approval(entry: Any, name: str, place: str) -> Approval:
    values: dict[str, str] = {}
    for key, value in entry.value:
        here = f"{name}:{key.start_mark.line + 1}"
        if not isinstance(key.value, str):
            raise UsageError(f"{here}: a list or a table stands where a key is expected; write {', '.join(_KEYS)}")
        if key.value not in _KEYS:
            raise UsageError(f"{here}: unknown key {key.value[:40]!r}{did_you_mean(key.value[:40], _KEYS)}")
        if not isinstance(value.value, str) or not value.value.strip():
            raise UsageError(f"{here}: '{key.value}' takes a text that is not empty")
        values[key.value] = value.value.strip()
        if key.value == "expires":
            _date(values["expires"], here)
    for missing in (key for key in _KEYS if key not in values):
        raise UsageError(f"{place}: the key '{missing}' is missing")
    if not any(map(str.isalnum, values["text"])):
        raise UsageError(f"{place}: 'text' has no words")
    return Approval(values["text"], values["reference"], _date(values["expires"], place))


def _date(text: str, place: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{place}: 'expires' takes a date like 2027-06-30, not {text[:40]!r}") from None
