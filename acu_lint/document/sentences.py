"""Where sentences end.

One pattern finds the places where a sentence could end: a mark, closing quotes or brackets, white space; a new line
that readers see; a sign that parts facts. Each is then judged by the word before and the word after it. Whatever
the text, the time is linear.
"""

from __future__ import annotations

import re
from bisect import bisect_right

# Signs that stand before the items of a list made by hand: bullets, arrows, check marks, emoji.
SIGNS = "\u2022\u2023\u2043\u2190-\u21ff\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff\U0001f000-\U0001faff"
_ARROWS = re.compile("[\u2190-\u21ff\u2794-\u27bf\u2900-\u297f]")  # within a line they lead from step to step
_SIGN = re.compile(f"[{SIGNS}]")
# Signs that end what they cheer: faces, hands, hearts, stars of a party.
_GOES_ON = re.compile(r"(?![a-z]{1,3}\)\s|o\s)(?:[–—]\s)?[^\W\d_](?<![A-ZÀ-ÖØ-Þ])")
_CHEER = re.compile(
    "((?:[\u2728\u2764\U0001f389\U0001f38a\U0001f44b-\U0001f44f\U0001f495-\U0001f49f\U0001f4aa\U0001f600-\U0001f64f"
    "\U0001f90d-\U0001f92f\U0001f970-\U0001f97a]\ufe0f?)+)\\s+(?=[^\\Wa-z])"
)
# A single set of characters comes first, because a search for one of a set is the quickest there is.
_CANDIDATE = re.compile(
    rf"[.!?…。！？\n·|∙⋅‧\u20e3{SIGNS}](?:"
    r"(?<=\s[\d#*]\u20e3)(?P<key>[ \u00a0]++)(?=\w)|"
    r"(?<=[.!?…])(?<![.!?…].)[.!?…]*+[\"'”’»)\]¹²³⁰⁴⁵⁶⁷⁸⁹]*+(?:\[[\w,;–\- ^]{1,24}\])*+"
    r"(?:\(\d{1,3}\)|(?<=[a-z)][.!?])\d{1,3}(?:[,–-]\d{1,3})*+)?+(?=(?P<space>\s++))"
    r"|(?<=[。！？])[。！？]*+[”’」』）]*+(?P<wide>\s*+)"
    r"|(?<=[a-z\d)%][.!?])[\"”’)]?(?:\[\d{1,3}(?:[,–-]\d{1,3})*+\])?(?P<tight>)(?=[“‘«(]?(?:[A-Z][a-z’']|[AI]\s))"
    r"|(?<=\n)(?P<line>\s*+)"
    r"|(?<=\s[·|∙⋅‧])(?P<fact>\s++)"
    rf"|(?<=\s[{SIGNS}])(?P<item>[\ufe0f\u200d{SIGNS}]*+[ \u00a0]++)(?=\w))",
    re.DOTALL,
)
_BEFORE = re.compile(r"(\S+)\s+\Z")
_AFTER = re.compile(r"[^\w\ufffc]{0,8}(?:(\d)|([^\W\d_]+)|(\ufffc))")
_BRAND = re.compile(r"[a-z]{1,3}[A-Z]")  # a word like mRNA or iPhone may open a sentence
_DOTTED = re.compile(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,3}\Z")  # U.S, a.m, Ph.D
_ADDRESS = re.compile(r"[/@\\]|www|\w\.\w")
_SUFFIX = re.compile(
    r"(?:Ai|App|Au|Ca|Co|Com|Doc|Edu|Eu|Gov|Html?|Ie|Info|Io|Jpe?g|Js|Md|Me|Net|Nhs|Nz|Org|Pdf|Php|Png|Tv|Uk|Us|Xlsx?"
    r"|[A-Z]\w*\.[a-z]{2,})\b"
)
# An ordinary word and a full stop: a sentence ends there even if the next one begins in small letters.
_SLOPPY = re.compile(r"(?<![\w.@/-])[a-z]{5,}\.\Z")
_CLOCK = re.compile(r"\b[ap]\.m", re.IGNORECASE)
_DAYS = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun January"
    " February March April May June July August September October November December Eastern Central Mountain Pacific"
    " EST EDT CST CDT MST MDT PST PDT ET PT GMT BST CET AEST AEDT UTC"
    .split()
)  # fmt: skip
_JOINED = re.compile(r"[–—/]")
_DASHES = frozenset("–—")
_RANGE = frozenset("–—-&")  # between the days or hours of a range
_LEAD = "\"'“‘«([{*_"
_REACH = 40  # characters before a mark that are looked at
_LONGEST = 300  # characters of a quotation or bracket that holds a sentence together
_QUOTES = re.compile(r"[\"“”„«»‘’()\[\]](?!(?<=’)\w)")
_ENDING = re.compile(r"[.!?…][\"”»’](?:\s+[^\Wa-z]|\s*\Z)")
_WHO = re.compile(r"[\"”»’]\s{0,3}[—–-]{1,2}\s?[^!?\"“”]{1,60}\Z")  # who said it, behind a quotation
_CLOSES = {"”": '“„"', "»": "«", "’": "‘", ")": "(", "]": "["}

# Never the end of a sentence.
_NEVER = frozenset(
    "adj adm approx asst avg brig ca capt cf cmdr col dr drs e.g eg esp excl fig figs fr gov i.e ie"
    " incl lt maj messrs mlle mme mr mrs ms mx namely pres prof profs ref refs rep resp rev sen sgt subsp supt"
    " v viz vs"
    .split()
)  # fmt: skip
# Nor these, in capitals: titles that are ordinary words, or the ends of such.
_TITLES = frozenset({"Cert", "Dip", "Dipl", "Gen", "Hon", "Lic"})
# Not the end before a number.
_NUMBERED = frozenset(
    "app apr art aug cell ch chap dec eq ex fax feb fri jan jul jun mar mob mon no nos nov oct p para ph phone pp pt"
    " sat sec sect sep sept sp sun tab tel thu thur thurs tue tues vol vols wed wk yr"
    .split()
)  # fmt: skip
# The end only where the next word is one that opens sentences.
_MAYBE = frozenset(
    "ac acu al assn assoc ave bldg blvd bros co corp dept ed eds est ext hons inc jr ltd max min mt rd spp sr st ste"
    " univ"
    .split()
)  # fmt: skip
_OPENERS = frozenset(
    "A According After All Also Although Among An And Another Any Are As At Because Before Both But By Can Do Does"
    " During Each Even Every First Following For From He Her Here His How However I If In Instead Is It Its Just Let"
    " Many More Most Much My New No Not Now Of On Once One Only Or Other Others Our Overall Over People Perhaps"
    " Please Results Second She Since So Some Still Such That The Their Then There These They This Those Though"
    " Through Thus To Today Two Under Unlike Until Very We What When Where Whether Which While Who Why With Without"
    " Yes Yet You Your"
    .split()
)  # fmt: skip


_SHORTENED = _NEVER | _NUMBERED | _MAYBE | {title.lower() for title in _TITLES}

# A capital after one of these is no initial.
_LETTERED = frozenset(
    "and appendix category class factor figure grade group hepatitis influenza level option part phase plan point"
    " schedule section stage table than type types vitamin vitamins"
    .split()
)  # fmt: skip


def split(text: str) -> list[tuple[int, int]]:
    """Ranges of the sentences of a block's text, white space and signs that part facts left out between them."""
    ranges: list[tuple[int, int]] = []
    start = len(text) - len(text.lstrip())
    held: list[tuple[int, int]] | None = None
    for match in _CANDIDATE.finditer(text):
        end, after = _AT[match.lastgroup or "space"](text, start, match)
        if after >= len(text):
            break
        if end <= start:
            continue
        if held is None:
            held = _held(text)
        if held and _inside(held, end):
            continue
        ranges.append((start, end))
        start = after
    stop = len(text.rstrip())
    if start < stop:
        ranges.append((start, stop))
    return ranges


# Each says where a sentence ends at a candidate (0: it goes on) and where the next one, or the rest of it, begins.


def _at_space(text: str, start: int, match: re.Match[str]) -> tuple[int, int]:
    """A mark that white space follows."""
    mark, (end, after) = match.start(), match.span("space")
    if after == len(text):
        return end, after
    if not _plainly(text, mark, after) and not _ends(text, start, mark, after):
        return 0, after
    cheer = _CHEER.match(text, after) if text[after] > "~" else None
    return (cheer.end(1), cheer.end()) if cheer else (end, after)


def _at_wide(text: str, start: int, match: re.Match[str]) -> tuple[int, int]:
    """A full-width mark, as in Chinese."""
    after = match.end()
    ends = after >= len(text) or _ends(text, start, match.start(), after)
    return (match.start("wide") if ends else 0), after


def _at_tight(text: str, start: int, match: re.Match[str]) -> tuple[int, int]:
    """A mark with a capital right behind it: it ends a sentence where it stands in no address or name of a file."""
    mark = match.start()
    word = text[max(start, mark - _REACH) : mark].rsplit(None, 1)[-1].lstrip(_LEAD)
    least = 3 if text[mark] == "." and word[-1:].isalpha() else 2
    named = len(word) < least or word.lower() in _SHORTENED or _ADDRESS.search(word) or _SUFFIX.match(text, mark + 1)
    return (0 if named else match.end()), match.end()


def _at_line(text: str, start: int, match: re.Match[str]) -> tuple[int, int]:
    """A new line that readers see, unless the next one goes on in small letters."""
    mark, after = match.span()
    listed = text[start : start + 1] in _DASHES and text[after : after + 1] in _DASHES
    goes_on = not listed and _GOES_ON.match(text, after) is not None and text[mark - 1 : mark] not in set(".!?:;…")
    return (0 if goes_on else _stop(text, mark)), after


def _at_fact(text: str, start: int, match: re.Match[str]) -> tuple[int, int]:  # noqa: ARG001
    """A sign between facts, if it does not multiply numbers."""
    stop, after = _stop(text, match.start()), match.end()
    digits = text[max(stop - 1, 0)].isdigit() and text[after : after + 1].isdigit()
    return (0 if digits and text[match.start()] != "|" else stop), after


def _at_item(text: str, start: int, match: re.Match[str]) -> tuple[int, int]:  # noqa: ARG001
    """A sign that begins an item, or that cheers what stands before it."""
    mark = match.start()
    if _leads(text, mark, match.end()):
        return _stop(text, mark), mark
    cheer = _CHEER.match(text, mark)
    return (cheer.end(1), cheer.end()) if cheer else (0, mark)


def _at_key(text: str, start: int, match: re.Match[str]) -> tuple[int, int]:  # noqa: ARG001
    """A key with a number on it, which is two characters."""
    return _stop(text, match.start() - 1), match.start() - 1


_AT = {
    "space": _at_space,
    "wide": _at_wide,
    "tight": _at_tight,
    "line": _at_line,
    "fact": _at_fact,
    "item": _at_item,
    "key": _at_key,
}


def _leads(text: str, mark: int, after: int) -> bool:
    """Whether a sign within a line begins an item: it stands there again, or a sign begins the text."""
    sign = text[mark]
    if _ARROWS.match(sign):
        return False
    again = text.find(sign) != text.rfind(sign)
    if again and text.startswith(sign):
        return True
    if text[after].islower() or _CHEER.match(text, mark):
        return False
    return again or _SIGN.match(text) is not None


def _stop(text: str, mark: int) -> int:
    """The end of the words before a sign."""
    while mark and text[mark - 1].isspace():
        mark -= 1
    return mark


def _plainly(text: str, mark: int, after: int) -> bool:
    """Whether a full stop stands between an ordinary word and a capital, as nine in ten do: a short cut."""
    token = text[max(mark - 7, 0) : mark].rpartition(" ")[2]
    long = len(token) > 6 or (len(token) > 1 and token.lower() not in _SHORTENED)
    return long and text[mark] == "." != text[mark + 1] and text[after].isupper() and token.isalpha()


def _ends(text: str, start: int, mark: int, after: int) -> bool:
    """Whether the words around a mark let a sentence end there."""
    follow = _AFTER.match(text, after)
    if follow is None:
        return text[mark] not in ".…" and not text[after].islower()
    digit, word, _ = follow.groups()
    joined = text[after] not in "([" or text.endswith("etc", start, mark)
    if word and word[0].islower() and joined and not _BRAND.match(text, follow.start(2)):
        sloppy = text[after].islower() and text[mark + 1].isspace()
        return sloppy and _SLOPPY.search(text, max(start, mark - _REACH), mark + 1) is not None
    opens = bool(word) and word in _OPENERS and not text.startswith(".", follow.end())
    sign = text[mark]
    if sign in "?!。！？" or text[mark + 1] in "?!":
        return True
    if text.startswith("..", mark) or (sign == "…" and text[mark + 1] != "."):
        return opens
    if _CLOCK.search(text, max(start, mark - 4), mark):
        return bool(word) and word not in _DAYS and text[after] not in _RANGE
    return _dot(text, start, mark, number=bool(digit) or text[after] in _RANGE, opens=opens)


def _dot(text: str, start: int, mark: int, *, number: bool, opens: bool) -> bool:
    """Whether a full stop after this word can end a sentence."""
    lead = text[max(start, mark - _REACH) : mark]
    token = lead.rsplit(None, 1)[-1] if lead and not lead[-1].isspace() else ""
    bare = _JOINED.split(token)[-1].lstrip(_LEAD)
    if len(bare) > 6 or not bare:
        return True
    low = bare.lower()
    if low in _NEVER or bare in _TITLES or (number and low in _NUMBERED):
        return False
    if low in _MAYBE or _DOTTED.match(bare):
        return opens
    if len(bare) == 1 and bare.isupper():
        return opens or _lettered(lead[: -len(token)])
    return not (bare.isdigit() and len(bare) <= 3 and start + len(token) >= mark)


def _lettered(lead: str) -> bool:
    """Whether the word before a single capital makes it a letter, as in "vitamin C.", not an initial."""
    before = _BEFORE.search(lead)
    return before is not None and before[1].lstrip(_LEAD).lower() in _LETTERED


def _inside(held: list[tuple[int, int]], end: int) -> bool:
    index = bisect_right(held, (end, -1)) - 1
    return index >= 0 and held[index][0] < end <= held[index][1]


def _held(text: str) -> list[tuple[int, int]]:
    """Ranges of quotations and brackets that hold a sentence together, outermost ones, in order.

    A mark that nothing closes counts for nothing. A quotation holds nothing where it is the whole text, but for who
    said it, or where the sentence around it ends with it.
    """
    marks = [(match.group(), match.start()) for match in _QUOTES.finditer(text)]
    if len(marks) < 2:
        return []
    opened: list[tuple[str, int]] = []
    found: list[tuple[int, int]] = []
    for sign, at in marks:
        partner = _partner(text, at, sign, opened)
        if partner is None:
            opened.append((sign, at))
        elif partner >= 0:
            begin = opened[partner][1]
            del opened[partner:]
            whole = begin <= 1 and at >= _last(text)
            if at - begin <= _LONGEST and not whole and not (sign not in ")]" and _ENDING.match(text, at - 1)):
                while found and found[-1][0] > begin:
                    found.pop()
                found.append((begin, at))
    return found


def _last(text: str) -> int:
    """Where the last word or mark of a text stands, who said it left out."""
    said = _WHO.search(text)
    return len(text[: said.start() + 1 if said else None].rstrip(" .!?\n")) - 1


def _partner(text: str, at: int, sign: str, opened: list[tuple[str, int]]) -> int | None:
    """Index of the open mark that this one closes; -1 if it closes none, None if it opens."""
    near = range(len(opened) - 1, max(len(opened) - 5, -1), -1)
    if sign == '"':
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if (not before or before.isspace() or before in "([—–“‘") and after and not after.isspace():
            return None
        return next((index for index in near if opened[index][0] in '"“„'), -1)
    if sign not in _CLOSES:
        return None
    return next((index for index in near if opened[index][0] in _CLOSES[sign]), -1)
