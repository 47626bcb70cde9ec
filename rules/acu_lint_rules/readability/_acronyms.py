"""Abbreviations in capitals, and whether a text writes them out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from itertools import islice
from typing import NamedTuple

from acu_lint.api import Block, Document, measure
from acu_lint_rules.analysis.citations.own_voice import aside
from acu_lint_rules.analysis.page.titles import page_title, parted
from acu_lint_rules.analysis.text.lexicon import terms
from acu_lint_rules.analysis.text.patterns import lazy
from acu_lint_rules.analysis.text.rare_phrases import vocabulary

_KINDS = frozenset({"paragraph", "item", "cell"})
_TOKEN = lazy(
    r"([A-Z](?<![\w.@/#&+;-].)(?<!\w[’'].)[A-ZΑ-Ωα-ω]{1,5}(?:-(?:\d{1,2}|[α-ω]))?)(s?)(?![\w@&+™®©(]|[-./:;]\w|[’']s?\w)"
)
_WIDEST = 7  # capitals
# For a first look at the whole file. A search is quickest for a pattern that begins with a single set of characters.
_CAPITALS = lazy(rf"[A-Z][A-Z]{{1,{_WIDEST - 1}}}")
_RUN = lazy(r"[A-Z][A-Z]++")
_MOST = 300  # abbreviations that are looked up in the article: more than anybody would read about
_ROMAN = lazy(r"(?=[CILVX])C{0,3}(?:X[CL]|L?X{0,4})(?:I[XV]|V?I{0,4})[A-C]?\Z")
_CODE = lazy(r"[A-Z]{1,2}-?\d{1,3}[A-Z]?\Z")  # vertebrae, vitamins, points, sizes, postcodes
_BESIDE = lazy(r"\b[A-Z][A-Z'’-]{1,30}[\s,:!]{1,2}\Z")
_AFTER = lazy(r"[\s,:!]{1,2}[A-Z][A-Z'’-]{1,30}\b")
_BIOLOGY = lazy(
    r"s?\s(?:[\w-]{1,20},?\s(?:and\s|or\s)?){0,3}(?:genes?|proteins?|receptors?|mutations?|enzymes?|kinases?|cells?)\b"
)
_GENE = lazy(r"\bgenes?,?\s\Z")
_PLACE = lazy(r"[A-Z][\w.’'-]{1,30},\s\Z")  # "Leeds, UK", "Jane Doe, LMT"
_TOWN = lazy(r"\b[A-Z][\w.’'-]{1,30}\s\Z")  # "Elmford NY"
_AFTER_STATE = lazy(r"\s?(?:[|,.;:)&@\n•·]|\d{5}|[A-Z]|\Z)")  # a noun in small letters would take them
_POSTCODE = lazy(r"\b\d{4}\s\Z")  # "1234 AB Amsterdam"
_HOUSE = lazy(r"\b\d{1,5}[A-Za-z]?,?\s\Z")
_STREET = lazy(
    r"\s(?:[A-Z][\w.’'-]{0,20},?\s){0,3}(?:road|rd|street|st|avenue|ave|lane|drive|floor|building|tower|colony|nagar|marg)\b",
    re.IGNORECASE,
)
_AMOUNT_BEFORE = lazy(r"(?:[\d$€£₹]\s?|\b(?:price|cost|fee|rate|charge)s?\s?[(:]?\s?)\Z", re.IGNORECASE)
_AMOUNT_AFTER = lazy(r"\s?[$€£₹]?\d")
_TIME = lazy(r"\d\s?(?:[ap]\.?m\.?)?\s?\(?\Z", re.IGNORECASE)
_SURNAME = lazy(r"\b[A-Z][\w’'-]{1,30}\s\Z")  # "Weaver CD, Miller A"
_AUTHORS = lazy(
    r",?\s(?:et\sal\b|(?:and|&)\s[A-Z][\w’'-]{1,30}\s[A-Z]{1,3}\b)|,\s(?:[A-Z][\w’'-]{1,30}\s){1,2}[A-Z]{1,3}\b"
)
_COAUTHOR = lazy(r"\b[A-Z]{1,3},\s(?:[a-z]{2,3}\s){0,2}[A-Z][\w’'-]{1,30}\s\Z")
_TITLED = lazy(r"\bDr\.?\s(?:[A-Z][\w.’'-]{0,20}\s){1,3}\Z")  # letters behind a name
_NUMBERED = lazy(r"\s\d{3,}\b")  # the code of a substance or a product
_COUNTED = lazy(r"[A-Z]{1,6}-\d\d\Z")  # as is "ABC-12"
_NAMED = lazy(r"\s(?:[A-Z][a-z]{2,}|of\s[A-Z])")  # a name that begins with letters: "QR Clinic", "QR of Elmford"
_THING = lazy(
    r"\s(?:criteria|diet|framework|index|method|protocol|questionnaire|regimen|scale|score|study|syndrome|test|trial)\b"
)
_CENTRE = "CBD"  # of a town, unless the page speaks of hemp or of what is made with it
_IN_TOWN = lazy(r"\b(?:the|[A-Z][\w.’'-]{1,30})\s\Z")
_OIL = lazy(r"\s(?:oils?|products?|gumm\w{1,4}|creams?|balms?|tinctures?|capsules?|drops|extracts?)\b", re.IGNORECASE)
_HEMP = frozenset("cannabidiol cannabinoid cannabinoids cannabis hemp marijuana thc cbg cbn".split())
_SHORT_WORD = lazy(r"[a-z]{2,6}")
_LOOKED_AT = 30  # uses of an abbreviation that are looked at, in a block for its explanation
_REACH = 120  # characters on either side in which the words stand
_BRACKET = lazy(r"[(\[]([^()\[\]]{0,30})\Z")  # "words (ABC"
_OR = lazy(
    r"()(?:,?\s(?:or|aka|a\.k\.a\.)|\b(?:called|known\sas|abbreviated(?:\s(?:as|to))?|short:?))\s[“\"‘']?(?:the\s)?\Z"
)
_COMMA = lazy(r"(),\s\Z")  # "words, ABC, are"
_WORDS_AFTER = lazy(  # "ABC (words)", "ABC stands for words", "ABC: words"
    r"s?[”\"’']?(?:\s?[(\[]([^()\[\]]{2,80})|,?\s(?:or|stands?\sfor|is\sshort\sfor|short\sfor|means?|=)\s(?:the\s)?(\S{2,20})"
    r"|\s?[:–—-]\s?([^.!?:]{2,40}))"
)
_MARKUP = ("</abbr", "</acronym", "</dfn")
_LONG_WORD = lazy(r"[^\W\d_]{3,}")
_SMALL = frozenset("of the and for in to a an on by with at or".split())


class Acronym(NamedTuple):
    """An abbreviation in a block: its text without a plural s, and its range with it."""

    text: str
    block: Block
    start: int
    end: int


@cache
def known() -> frozenset[str]:
    """Abbreviations that need no explanation, the letters behind names included."""
    return frozenset(word.upper() for word in (*terms("acronyms", "known", "weight"), *terms("people", "credential")))


@cache
def _section(name: str) -> frozenset[str]:
    return frozenset(terms("acronyms", name))


@cache
def _common() -> frozenset[str]:
    """Ordinary words in small letters."""
    return frozenset(terms("common_words"))


@cache
def full() -> Mapping[str, str]:
    """What some abbreviations stand for."""
    lines = (line.partition("=") for line in terms("acronyms", "full"))
    return {short.strip(): long.strip() for short, _, long in lines}


def unexplained(doc: Document) -> Iterator[Acronym]:
    """Yield the first use of each abbreviation of the running text that is written out nowhere."""
    candidates = set(_CAPITALS.findall(doc.source.text)) - known()
    if not candidates:
        return
    tries: Counter[str] = Counter()
    decided = 0
    words = doc.vocabulary
    own = " ".join((*words.brands, *words.accept, *words.interventions, *words.conditions, _site(doc)))
    for block in doc.blocks:
        text = block.text
        if block.kind not in _KINDS or not _may_hold(text, candidates) or block.index in aside(doc):
            continue
        for match in _TOKEN.finditer(text):
            token = match[1]
            tries[token] += 1
            if tries[token] > _LOOKED_AT or not _unusual(doc, block, token, match.start(), match.end()):
                continue
            tries[token] = _LOOKED_AT  # it has been decided
            decided += 1
            if decided > _MOST:
                return
            if token not in own and not _is_rare(doc, token) and not written_out(doc, token):
                yield Acronym(token, block, *match.span())


def _may_hold(text: str, candidates: Collection[str]) -> bool:
    """Whether a text holds one of some rows of capitals, within a longer row too."""
    return any(
        run[at : at + size] in candidates
        for run in _RUN.findall(text)
        for at in range(len(run) - 1)
        for size in range(2, min(_WIDEST, len(run) - at) + 1)
    )


def _site(doc: Document) -> str:
    """The names of the site in the head of a page: behind the title, and for social media."""
    data = doc.meta.data
    names = (data.get(key) for key in ("og:site_name", "application-name", "apple-mobile-web-app-title"))
    return " ".join((parted(page_title(doc).text)[1], *(name for name in names if isinstance(name, str))))


def _is_rare(doc: Document, token: str) -> bool:
    """Whether two letters stand once: the initials of somebody, a grade, a code."""
    if len(token) > 2 or token in full():
        return False
    word = re.compile(rf"{token}(?<!\w{token})\b")
    return sum(len(word.findall(block.text)) for block in doc.blocks if token in block.text) < 2


def _in_small_letters(doc: Document, word: str) -> bool:
    """Whether a short word stands somewhere in small letters, the first letter aside: a name too."""
    if not _SHORT_WORD.fullmatch(word):
        return False
    first, rest = word[0], word[1:]
    there = [block.text for block in doc.blocks if rest in block.text]
    if not there:
        return False
    alone = re.compile(rf"[{first}{first.upper()}](?<![\w.@/#-].){rest}(?![\w@/-])")
    return any(alone.search(text) for text in there)


def _unusual(doc: Document, block: Block, token: str, start: int, end: int) -> bool:
    """Whether the letters are an abbreviation that needs to be written out, here."""
    text = block.text
    before, after = text[max(start - 40, 0) : start], text[end : end + 80]
    return not (
        token in known()
        or _ROMAN.match(token)
        or _CODE.match(token)
        or _BESIDE.search(before)
        or _AFTER.match(after)
        or _NUMBERED.match(after)
        or (token not in full() and (_NAMED.match(after) or _COUNTED.match(token)))
        or _BIOLOGY.match(after)
        or _GENE.search(before)
        or (len(token) == 2 and len(text) == 2 and block.kind == "paragraph")  # the initials of somebody
        or _is_emphasis(doc, token, after)
        or _is_of_a_place(doc, token, before, after)
        or _is_of_a_person(before, after)
        or _is_code(token, before, after)
        or doc.linked(block, start, end)
    )


def _is_emphasis(doc: Document, token: str, after: str) -> bool:
    """Whether the letters are a word that is in capitals for weight: an ordinary one, or one of the page."""
    word = token.lower()
    return token not in full() and not _THING.match(after) and (word in _common() or _in_small_letters(doc, word))


def _is_of_a_place(doc: Document, token: str, before: str, after: str) -> bool:
    """Whether the letters belong to an address, or are what stands behind the name of a town."""
    if _PLACE.search(before):
        return True
    if token == _CENTRE and _IN_TOWN.search(before) and not _OIL.match(after) and _HEMP.isdisjoint(vocabulary(doc)):
        return True
    if token in _section("states") and _TOWN.search(before) and _AFTER_STATE.match(after):
        return True
    if len(token) == 2 and _POSTCODE.search(before) and _AFTER_STATE.match(after):
        return True
    return bool(_HOUSE.search(before) and _STREET.match(after))


def _is_of_a_person(before: str, after: str) -> bool:
    """Whether the letters stand behind a name: the initials of an author among others, or what somebody is."""
    authors = _SURNAME.search(before) and _AUTHORS.match(after)
    return bool(authors or _COAUTHOR.search(before) or _TITLED.search(before))


def _is_code(token: str, before: str, after: str) -> bool:
    """Whether the letters are the code of a currency beside an amount, or of a time zone behind a time."""
    if token in _section("money"):
        return bool(_AMOUNT_BEFORE.search(before) or _AMOUNT_AFTER.match(after))
    return token in _section("zones") and bool(_TIME.search(before))


def written_out(doc: Document, token: str) -> bool:
    """Whether some place of the article says what an abbreviation stands for.

    In brackets behind it or in front of it, by "stands for" and the like, by the words that are known to be meant, by
    words in a row that have its letters, by the first words of a list, by the markup of an abbreviation, or behind a
    link whose address has it ("NCCIH", www.nccih.nih.gov).
    """
    source = doc.source.text
    if any(f"{token}{end}" in source for end in _MARKUP) or f"*[{token}]" in source:
        return True
    if any(_explained(block.text, token) for block in doc.blocks if token in block.text):
        return True
    if _in_a_link(doc, token):
        return True
    letters = "".join(filter(str.isalpha, token)).lower()
    if len(letters) > 2 and letters in _initials(doc):
        return True
    ways = [re.escape(full()[token]).replace(r"\-", r"[\s-]?")] if token in full() else []
    if len(letters) > 3:
        ways.append(_spellings(letters))
    return any(spelt.search(block.text) for spelt in map(_words, ways) for block in doc.blocks)


def _words(way: str) -> re.Pattern[str]:
    """The pattern of words in any case that begin with a letter, which stands in front of the rest."""
    first, rest = way[0].lower(), way[1:]
    either = {"k": "kK\u212a", "s": "sSſ"}.get(first, first + first.upper())
    return re.compile(rf"[{either}](?<!\w.)(?i:{rest})")


def _in_a_link(doc: Document, token: str) -> bool:
    """Whether the address of a link has the letters, not within a word."""
    low = token.lower()
    there = [link.target for link in doc.links if low in link.target.lower()]
    word = re.compile(rf"(?<![a-z]){re.escape(token)}(?![a-z])", re.IGNORECASE) if there else None
    return word is not None and any(map(word.search, there))


def _spellings(letters: str) -> str:
    """A pattern of words that spell letters with their first ones and one within: PCOS, polycystic ovary syndrome."""
    ways = []
    for within in range(1, len(letters)):
        words = [rf"{letter}\w{{3,20}}" for letter in letters]
        words[within - 1] = rf"{letters[within - 1]}\w{{0,20}}{letters[within]}\w{{0,20}}"
        del words[within]
        ways.append(r"[\s-]".join(words)[1:])
    return f"{letters[0]}(?:{'|'.join(ways)})"


def _explained(text: str, token: str) -> bool:
    """Whether a text has, at some place of an abbreviation, words of which one starts with its first letter."""
    for match in islice(re.finditer(re.escape(token), text), _LOOKED_AT):
        before, after = text[max(match.start() - _REACH, 0) : match.start()], text[match.end() : match.end() + _REACH]
        for pattern in (_BRACKET, _OR, _COMMA):
            found = pattern.search(before)
            if (
                found
                and _starts(before[: found.start()] + found[1], token)
                and (pattern is not _COMMA or after[:1] == ",")
            ):
                return True
        if (found := _WORDS_AFTER.match(after)) and _starts(found[1] or found[2] or found[3], token):
            return True
    return False


def _starts(text: str, token: str) -> bool:
    """Whether a word of a text starts with the first letter of an abbreviation."""
    return any(word[0].upper() == token[0] for word in _LONG_WORD.findall(text))


@measure
def _initials(doc: Document) -> str:
    """The initials of the words of each block, with small words and without, and the first of each item of a list."""
    rows: list[str] = []
    items: list[str] = []
    for block in doc.blocks:
        parts = "\n".join(block.folded).replace("-", "\n").split("\n")
        full_row = "".join([part[:1] for part in parts])
        rows += ["".join([part[:1] for part in parts if part not in _SMALL]), full_row]
        items.append(full_row[:1] if block.kind == "item" else " ")
    return " ".join((*rows, "".join(items)))
