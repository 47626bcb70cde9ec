"""What the law and the regulators say about complaints in advertising (``regulated.toml``)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from acu_lint.api import prepared
from acu_lint_rules.analysis.text.inflection import stem
from acu_lint_rules.analysis.text.lexicon import fold, load

_DATA = Path(__file__).parents[2] / "lexicons" / "regulated.toml"
_EVERYDAY = frozenset({"lifestyle", "physio", "foods", "practitioners"})  # nobody's law forbids advice on these


def _singular(term: str) -> str:
    words = [fold(word) for word in term.split()]
    return " ".join([*words[:-1], *map(stem, words[-1:])])


@cache
def _data() -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(prepared("regulated", _read))
    return found


def _read() -> str:
    """The file as JSON, its dates as texts."""
    import tomllib  # noqa: PLC0415 -- kept from one run to the next

    return json.dumps(tomllib.loads(_DATA.read_text("utf-8")), default=str)


@cache
def _fields() -> Mapping[str, str]:
    """The section of ``conditions.txt`` of every complaint that is a diagnosis."""
    found: Mapping[str, str] = json.loads(prepared("fields", _read_fields))
    return found


def _read_fields() -> str:
    groups = [(name, group) for name, group in load("conditions").items() if name != "generic_not_conditions"]
    return json.dumps({_singular(term): name for name, group in groups for term in group})


@cache
def _therapies() -> Mapping[str, str]:
    return {term.casefold(): name for name, group in reversed(tuple(load("interventions").items())) for term in group}


def kind(therapy: str) -> str:
    """The kind of a therapy (a section of ``interventions.txt``), empty where it is none."""
    return _therapies().get(therapy.casefold(), "")


@lru_cache(maxsize=1 << 12)
def field(condition: str) -> str:
    """The field of medicine of a complaint; empty for mere symptoms such as 'pain'."""
    return _fields().get(_singular(condition), "")


@lru_cache(maxsize=1 << 12)  # articles name the same few complaints and therapies
def law(condition: str, therapy: str, profile: tuple[str, ...]) -> str:
    """The law of the chosen jurisdictions that keeps a complaint out of advertising; empty where there is none."""
    section, name = field(condition), _singular(condition)
    if not section or kind(therapy) in _EVERYDAY:
        return ""
    for entry in _data()["law"]:
        if entry["profile"] not in profile or kind(therapy) not in entry.get("therapies", [kind(therapy)]):
            continue
        if section in entry.get("sections", ()) or name in {_singular(term) for term in entry.get("terms", ())}:
            return f"{entry['name']} ({entry['profile'].upper()})"
    return ""


@lru_cache(maxsize=1 << 12)
def unaccepted(condition: str, therapy: str, profile: tuple[str, ...]) -> str:
    """The regulator's list for a therapy that lacks a complaint; empty where it is on the list, or there is none."""
    if not field(condition):
        return ""
    for entry in _data()["accepted"]:
        if kind(therapy) in entry["therapies"] and not set(profile).isdisjoint(entry["profiles"]):
            accepted = {_singular(term) for term in entry["conditions"]}
            return "" if _singular(condition) in accepted else str(entry["name"])
    return ""
