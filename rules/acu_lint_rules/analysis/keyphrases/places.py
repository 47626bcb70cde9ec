"""Names that may be those of towns, and one service with many of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from acu_lint_rules.analysis.text.lexicon import fold, matcher, terms
from acu_lint_rules.analysis.text.patterns import lazy

NAME = r"[A-Z][\w'’-]*+(?:[ -](?:(?:upon|of|on|by|in|under|le|the)[ -])?[A-Z][\w'’-]++){0,3}+"
_IN_TOWN = lazy(rf"(?P<service>\w[\w’' -]{{2,40}}?) (?:in|near) (?P<place>{NAME})")
_LONGEST = 100  # letters of a service and its place
_BRANCHES = frozenset(terms("places", "branches"))
_NO_PLACES = frozenset(terms("places", "no_places"))
_NO_PLACE_ENDS = ("ology", "iatry", "ics", "therapy", "ing", "tion", "ment", "ness", "ist", "ists", "ism", "itis")


def is_place(name: str) -> bool:
    """Whether a name may be that of a town: no therapy, complaint, country, month, language or subject."""
    words = [fold(word) for word in name.split()]
    if not _NO_PLACES.isdisjoint(words) or words[-1].endswith(_NO_PLACE_ENDS):
        return False
    return not (matcher("interventions").scan(words) or matcher("conditions").scan(words))


def strung(texts: Iterable[str]) -> tuple[str, int]:
    """The service that short texts name with most places ("Dentist in Dover", "Dentist in Deal"), and how many.

    A list of branches ("Our clinic in Dover") is a directory, and no service.
    """
    towns: dict[str, set[str]] = defaultdict(set)
    first: dict[str, str] = {}
    for text in texts:
        match = _IN_TOWN.fullmatch(text.strip()) if len(text) < 100 and (" in " in text or " near " in text) else None
        if match and is_place(match["place"]):
            service = match["service"].casefold()
            if _BRANCHES.isdisjoint(service.split()):
                first.setdefault(service, match["service"])
                towns[service].add(match["place"])
    most = max(towns, key=lambda service: len(towns[service]), default="")
    return (first[most], len(towns[most])) if most else ("", 0)
