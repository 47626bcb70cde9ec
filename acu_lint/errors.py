"""Errors that are the user's to mend; their text is one clear line."""

from __future__ import annotations

from collections.abc import Iterable


class UsageError(Exception):
    """A wrong path, setting, card or option; the command ends with status 2."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `` (did you mean 'x'?)`` for the nearest known word, or nothing."""
    import difflib  # noqa: PLC0415 -- needed only where something is wrong

    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f" (did you mean '{near[0]}'?)" if near else ""
