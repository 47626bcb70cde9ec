"""A rule's options: the keyword-only parameters of its check."""

from __future__ import annotations

import inspect
import types
import typing
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from acu_lint.system.errors import UsageError, did_you_mean

# What is said once for the options of this name of all rules, and the names that it may hold: the jurisdictions
# whose law applies, the readers that an article is written for; and whether a trained reader is asked (no names).
SHARED: Mapping[str, tuple[str, ...]] = {
    "profile": ("us", "uk", "au", "de", "eu", "ca"),
    "audience": ("patients", "general", "professionals"),
    "reader": (),
}


class Option(NamedTuple):
    """Name, type (as written in the configuration) and default of an option."""

    name: str
    type: str
    default: object

    @property
    def told(self) -> str:
        """The option in one line, its name as in the configuration."""
        default = "" if self.default in {None, ()} else f", default {self.default!r}"
        return f"{self.name.replace('_', '-')}: {self.type}{default}"


def options_of(check: Callable[..., object]) -> tuple[Option, ...]:
    """The options of a rule's check."""
    hints = typing.get_type_hints(check)
    return tuple(
        Option(name, _name(hints.get(name, Any)), parameter.default)
        for name, parameter in inspect.signature(check).parameters.items()
        if parameter.kind is parameter.KEYWORD_ONLY
    )


def taken(check: Callable[..., object], shared: Mapping[str, object]) -> dict[str, object]:
    """Those of the values that are said once for all rules for which a check has an option."""
    return {option.name: shared[option.name] for option in options_of(check) if option.name in shared} if shared else {}


def validated(rule: str, check: Callable[..., object], given: Mapping[str, object]) -> dict[str, object]:
    """The given options as the check takes them (``max-age`` for ``max_age``, lists as tuples).

    Raises ``UsageError`` for an unknown option or a value of the wrong type.
    """
    if not given:
        return {}
    hints = typing.get_type_hints(check)
    known = {option.name: option for option in options_of(check)}
    result: dict[str, object] = {}
    for key, value in given.items():
        name = key.replace("-", "_")
        if name not in known:
            names = ", ".join(option.replace("_", "-") for option in known) or "none"
            raise UsageError(f"{rule} has no option '{key}'{did_you_mean(name, known)}; its options: {names}")
        if not _fits(value, hints.get(name, Any)):
            raise UsageError(f"{rule}: '{key}' takes {known[name].type}, not {value!r}")
        result[name] = tuple(value) if isinstance(value, list) else value
    return result


_LARGEST = 1e15  # of a number: a report writes it in full


def _fits(value: object, hint: Any) -> bool:
    arguments = typing.get_args(hint)
    match typing.get_origin(hint):
        case typing.Literal:
            return value in arguments
        case typing.Union | types.UnionType:
            return any(_fits(value, argument) for argument in arguments)
        case origin if origin is tuple:
            return isinstance(value, list | tuple) and all(_fits(item, arguments[0]) for item in value)
    if isinstance(value, bool):
        return hint in {bool, Any}
    if isinstance(value, int | float) and not abs(value) <= _LARGEST:  # infinities and what is no number
        return False
    return hint is Any or isinstance(value, int | float if hint is float else hint)


def _name(hint: Any) -> str:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Literal:
        return " or ".join(repr(argument) for argument in arguments)
    if origin is tuple:
        return f"a list of {_name(arguments[0])}s".replace("a text", "text")
    if origin in {typing.Union, types.UnionType}:
        return " or ".join(_name(argument) for argument in arguments if argument is not type(None))
    return {int: "a whole number", float: "a number", str: "a text", bool: "true or false"}.get(hint, str(hint))
