"""The forms of words: of a verb all five, of a noun the plural, and the stem under which a word is counted.

Regular forms follow the rules of spelling; the verbs that break them stand in ``lexicons/irregular_verbs.txt``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from acu_lint_rules.analysis.text.lexicon import terms

_DOUBLES = re.compile(r"(?:qu|[^aeiou]){0,6}[aeiou][^aeiouwxy]")  # "stop", not "heal", "help" or "open"
_HISSING = ("s", "x", "z", "ch", "sh", "o")
_ACHES = re.compile(r"(?<![eo])(?<!tt)(?<!et)aches\Z")  # "headaches", not "reaches", "coaches" or "attaches"
_MOST = 50_000  # words whose stem is remembered: hostile input must not fill the memory


class Forms(NamedTuple):
    """The forms of a verb, or of a phrase whose first word is one; of some verbs there are two pasts or participles."""

    base: str
    third: str
    past: tuple[str, ...]
    participle: tuple[str, ...]
    ing: str

    @property
    def ended(self) -> tuple[str, ...]:
        """The pasts and the participles, each once."""
        return tuple(dict.fromkeys(self.past + self.participle))


@cache
def forms(lemma: str) -> Forms:
    """The forms of a verb in its base form ("ease"), or of a phrase that starts with one ("speed up")."""
    head, space, tail = lemma.partition(" ")
    base, third, past, participle, ing = _irregular().get(head) or _regular(head)
    return Forms(
        base + space + tail,
        third + space + tail,
        tuple([form + space + tail for form in past]),
        tuple([form + space + tail for form in participle]),
        ing + space + tail,
    )


@cache
def _irregular() -> Mapping[str, Forms]:
    table: dict[str, Forms] = {}
    for row in terms("irregular_verbs"):
        base, third, past, participle, ing = row.split()
        table[base] = Forms(base, third, tuple(past.split("/")), tuple(participle.split("/")), ing)
    return table


def _regular(verb: str) -> Forms:
    root = verb + verb[-1] if _DOUBLES.fullmatch(verb) else verb
    if verb.endswith("e"):
        past = verb + "d"
        ing = (verb if verb.endswith(("ee", "oe", "ye")) else verb[:-1]) + "ing"
    elif _ends_in_y(verb):
        past, ing = verb[:-1] + "ied", verb + "ing"
    else:
        past, ing = root + "ed", root + "ing"
    return Forms(verb, plural(verb), (past,), (past,), ing)


def _ends_in_y(word: str) -> bool:
    return word.endswith("y") and word[-2:-1] not in set("aeiou")


def plural(word: str) -> str:
    """The plural of a noun ("remedies"), which is spelt as the third person of a verb is ("remedies")."""
    if _ends_in_y(word):
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(_HISSING) else "s")


@cache
def irregular_participles() -> frozenset[str]:
    """The participles that do not end in -ed."""
    found = (participle for verb in _irregular().values() for participle in verb.participle)
    return frozenset(participle for participle in found if not participle.endswith("ed"))


def lemmas(verbs: Iterable[str]) -> dict[str, str]:
    """The base form of every form of some verbs; a form that two verbs share belongs to the first."""
    table: dict[str, str] = {}
    for verb in verbs:
        made = forms(verb)
        for form in (made.base, made.third, made.ing, *made.ended):
            table.setdefault(form, made.base)
    return table


# --- stems


class _Stems(dict[str, str]):
    """Folded word to stem, remembered."""

    def __missing__(self, word: str) -> str:
        if len(self) > _MOST:
            self.clear()
        self[word] = found = _verbs().get(word) or _singular(word)
        return found


STEMS = _Stems()
stem = STEMS.__getitem__  # the form under which a folded word is counted: "relieved" and "relieves" as "relieve"


@cache
def _verbs() -> Mapping[str, str]:
    """The past and -ing forms of the verbs of queries; the third person loses its s as a plural does."""
    return {form: verb for verb in terms("keywords", "verbs") for form in (*forms(verb).ended, forms(verb).ing)}


def _singular(word: str) -> str:
    """Take the plural or third-person ending off (help/helps, remedy/remedies); no other inflection."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes", "zes")) and not _ACHES.search(word):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
