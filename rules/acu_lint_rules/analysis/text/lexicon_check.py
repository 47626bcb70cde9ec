"""The contract of the lists in ``lexicons/``, checked line by line; ``lexicons/README.md`` has it in an editor's words.

``python -m acu_lint_rules.analysis.text.lexicon_check`` prints every fault of every list, with file and line. A run
of the rules sees the grossest faults only (``lexicon.load``), since reading strictly takes several times as long.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

LISTS = Path(__file__).parents[2] / "lexicons"
RECORDS = "records"
_UNTIDY = re.compile(r"^\s|\s$|\s\s|[^\S ]")
_FORMS = 5  # base, third person, past, participle, -ing


def _term(entry: str) -> str:
    sign = next((sign for sign in ("=", "|", ": ") if sign in entry), "")
    return f"'{sign.strip()}' does not belong in a list of words" if sign else ""


def _forms(entry: str) -> str:
    return "" if len(entry.split()) == _FORMS else "a verb needs its five forms: show shows showed shown showing"


def _pair(entry: str) -> str:
    sides = entry.split(" = ")
    return "" if len(sides) == 2 and all(sides) else "a pair needs the form: term = wording"


def _names(entry: str) -> str:
    return "" if all(map(str.strip, entry.split("|"))) else "names need the form: name | other name"


_KINDS: Mapping[str, Callable[[str], str]] = {
    "terms": _term,
    "verbs": _term,
    "forms": _forms,
    "pairs": _pair,
    "names": _names,
}
_DECLARATION = re.compile(rf"(?:{'|'.join([*_KINDS, RECORDS])}): [\w-]+(?:, [\w-]+)*")


class _Section(NamedTuple):
    """A section, or the lines before the first one: its name, its line, its entries with the line of each."""

    name: str
    number: int
    entries: list[tuple[int, str]]


def _sections(text: str) -> list[_Section]:
    found = [_Section("", 1, [])]
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("["):
            found.append(_Section(line[1:].removesuffix("]"), number, []))
        elif line and not line.startswith("#"):
            found[-1].entries.append((number, line))
    return found


def faults(name: str, text: str) -> Iterator[str]:
    """What is wrong with the text of a list: a line ``FILE:LINE: what`` for each fault, those of sections first."""
    head, *sections = _sections(text)
    problems = list(_head(head))
    if not problems:
        declared = {section: kind for kind, listed in _declarations(head) for section in listed}
        problems += _headers(sections, declared)
        for section in sections:
            problems += _entries(section, declared)
    for number, problem in problems:
        yield f"{name}:{number}: {problem}"


def _declarations(head: _Section) -> Iterator[tuple[str, list[str]]]:
    """The kind and the names of each line that declares sections."""
    for _, line in head.entries:
        kind, _, listed = line.partition(": ")
        yield kind, listed.split(", ")


def _head(head: _Section) -> Iterator[tuple[int, str]]:
    """The faults of the lines before the first section."""
    for number, line in head.entries:
        if _DECLARATION.fullmatch(line) is None:
            yield number, f"'{line}' stands above all sections and declares none, as 'terms: name, other-name' would"
    names = sorted(name for _, listed in _declarations(head) for name in listed)
    if not names:
        yield head.number, "the top of the file declares no sections, as 'terms: name, other-name' would"
    yield from ((head.number, f"'{name}' is declared twice") for name, other in pairwise(names) if name == other)


def _headers(sections: Sequence[_Section], declared: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """The faults of the lines that open sections; the names of records are free."""
    first: dict[str, int] = {}
    free = RECORDS in declared.values()
    for name, number, entries in sections:
        if not (free or name in declared):
            yield number, f"section [{name}] is not declared at the top of the file"
        if name in first:
            yield number, f"section [{name}] is there already, in line {first[name]}"
        if not entries:
            yield number, f"section [{name}] is empty"
        first.setdefault(name, number)
    if not free:
        yield from ((1, f"section [{name}] is declared here and not there") for name in declared if name not in first)


def _entries(section: _Section, declared: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """The faults of the entries of a section."""
    records = RECORDS in declared.values()
    check = _KINDS.get(declared.get(section.name, ""), _term)
    first: dict[str, int] = {}
    for number, entry in section.entries:
        key = entry.partition(":" if records else " = ")[0].casefold()
        problem = _untidy(entry) or (_field(entry, declared) if records else check(entry))
        if not problem and key in first:
            problem = f"'{key}' is in section [{section.name}] already, in line {first[key]}"
        if problem:
            yield number, problem
        first.setdefault(key, number)


def _untidy(entry: str) -> str:
    if "#" in entry:
        return "a comment needs a line of its own, with # as its first sign"
    return "there is a space too many, or a tab" if _UNTIDY.search(entry) else ""


def _field(entry: str, declared: Mapping[str, str]) -> str:
    name, sign, value = entry.partition(": ")
    if not sign or name not in declared:
        return f"'{name}' is no line of a record; there are {', '.join(declared)}"
    return "" if all(map(str.strip, value.split(";"))) else f"'{name}' has an empty value"


def main() -> int:
    """Print the faults of all lists; 1 where there are any, else 0."""
    found = [fault for path in sorted(LISTS.glob("*.txt")) for fault in faults(path.name, path.read_text("utf-8"))]
    sys.stdout.writelines(f"{fault}\n" for fault in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
