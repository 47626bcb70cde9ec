"""Lists of the best providers or products in which the publisher puts itself first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from acu_lint.api import Block, Document
from acu_lint_rules.analysis.citations.sources import own_hosts
from acu_lint_rules.analysis.page.publisher import publisher_names
from acu_lint_rules.analysis.page.titles import bare, page_title, without_brand
from acu_lint_rules.analysis.text.patterns import lazy

_RANKED = (
    r"(?:clinics|surgeries|cent(?:er|re)s|hospitals|doctors|dentists|orthodontists|surgeons|physicians|acupuncturists"
    r"|chiropractors|osteopaths|physios|physiotherapists|therapists|psychologists|counsell?ors|practitioners|herbalists"
    r"|nutritionists|dietitians|specialists|providers|companies|brands|products|supplements|services|spas|studios|gyms"
    r"|retreats|pharmacies|platforms|apps|programm?es|programs|schools|courses|devices|stores|shops)"
)
_TITLE = lazy(
    rf"\b(?:(?:top|best|leading)(?:[\s-]rated)?\s(?:\d{{1,3}}\s)?|\d{{1,3}}\s(?:of\sthe\s)?(?:very\s)?(?:best|top|leading)(?:[\s-]rated)?\s)"
    rf"(?:[\w'’&-]+\s){{0,5}}?{_RANKED}\b",
    re.I,
)
# "1. Willow Clinic", "#1: Willow Clinic", "🥇 Willow Clinic", "Best overall: Willow Clinic"
_NUMBER = lazy(r"\W{0,6}(?:no\.?\s{0,2}|number\s|rank\s)?(?P<number>\d{1,3})\s{0,2}(?:[.):|–—-]\s{0,3}|\s|$)", re.I)
_LEAD = lazy(
    r"(?:\W{0,9}(?:best|top|our)\s(?:[\w'’-]+\s){0,3}?(?:overall|choice|pick|rated|winner)?\s?[:–—-]\s{0,3}|[^\w]{1,9})",
    re.I,
)
_OPEN = lazy(
    r"\bthat['’]s us\b|\bour own\b|\bwe (?:run|own|are behind)\b|\bfull disclosure\b|\b(?:we|that) put ourselves\b"
    r"|\bour clinic,? .{1,40}\bfirst\b|\bwe are biased\b",
    re.I,
)
_GENERIC = lazy(
    r"\?|\A(?:how|what|why|when|where|who|introduction|overview|summary|contents|table of|at a glance|quick"
    r"|our (?:method|criteria|picks|list|selection)|criteria|methodology|about|the (?:list|best|top)|tl;?dr|tips)\b",
    re.I,
)
_LEAST = 3  # entries of a list that ranks
_SHORTEST = 6  # letters of a host that is compared with a name
_COMMON = frozenset("home blog health clinic wellness news welcome".split())


class First(NamedTuple):
    """The entry of the publisher at the top of its own list: its name as it stands there, and where."""

    name: str
    block: Block
    start: int
    end: int


def puts_itself_first(doc: Document) -> First | None:
    """Find the publisher at the first place of a list of the best that it publishes, where it does not say so."""
    title = page_title(doc).text
    heading = doc.title.text if doc.title else ""
    if not (_TITLE.search(title) or _TITLE.search(heading)):
        return None
    topic = f" {bare(without_brand(title))} {bare(without_brand(heading))} "
    names = [name for each in publisher_names(doc) if _is_name(name := bare(each)) and f" {name} " not in topic]
    hosts = [label for host in own_hosts(doc) if len(label := host.split(".")[0].replace("-", "")) >= _SHORTEST]
    if not (names or hosts):
        return None
    for entries in _lists(doc):
        found = _own(entries[0], names, hosts) if len(entries) >= _LEAST else None
        if found and not any(_own(entry, names, hosts) for entry in entries[1:]):
            return None if any(_OPEN.search(block.text) for block in doc.blocks) else found
    return None


def _is_name(name: str) -> bool:
    return len(name) > 2 and name not in _COMMON and not _TITLE.search(name)


def _lists(doc: Document) -> Iterator[Sequence[Block]]:
    """The lists that may rank: numbered headings, headings of one level, and items."""
    for level in (2, 3, 4):
        heads = [block for block in doc.blocks if block.kind == "heading" and block.level == level]
        numbered = sorted((number, head.index, head) for head in heads if (number := _number(head.text)))
        if len(numbered) >= _LEAST:
            yield [head for _, _, head in numbered]
        else:
            yield [head for head in heads if not _GENERIC.search(head.text)]
    run: list[Block] = []
    for block in doc.blocks:
        if run and block.kind != "item":
            if block.kind == "heading":
                yield run
                run = []
        elif block.kind == "item":
            run.append(block)
    yield run


def _number(text: str) -> int:
    match = _NUMBER.match(text)
    return int(match["number"]) if match else 0


def _own(entry: Block, names: Sequence[str], hosts: Sequence[str]) -> First | None:
    """The publisher's name where an entry begins with it."""
    lead = _NUMBER.match(entry.text) or _LEAD.match(entry.text)
    start = lead.end() if lead else 0
    text = entry.text[start : start + 80]
    plain = bare(text)
    for name in names:
        if plain == name or plain.startswith(f"{name} "):
            words = re.match(r"[\W_]{0,9}" + r"[\W_]{1,9}".join(map(re.escape, name.split())), text, re.I)
            return First(words[0].strip(), entry, start, start + words.end()) if words else None
    whole = plain.replace(" ", "")
    if any(whole.startswith(host) for host in hosts):
        end = start + len(re.split(r"\s[–—:|(-]|[,:(]", text, maxsplit=1)[0].rstrip())
        return First(entry.text[start:end], entry, start, end)
    return None
