"""Metadata in lines at the head of a file, without a fence: of Pelican, MultiMarkdown, Python-Markdown; Pandoc; Nikola.

Title: Cold hands in winter          % Cold hands in winter
Date: 2026-01-10                     % Ann Lee
Summary: What helps,                 % 10 January 2026
    and what does not.

.. title: Cold hands in winter       (often within an HTML comment)
.. date: 2026-01-10 09:00:00 UTC
"""

from __future__ import annotations

import re

from acu_lint.parse.values import Loaded, Value

_LONGEST = 1 << 14  # characters; more is not metadata
_NEXT = r"(?:\r\n|\n|\r|\Z)"
_MORE = rf"(?:[ \t]++[^\s][^\r\n]*+{_NEXT})*+"  # lines that go on with the value
_LINE = re.compile(rf"(?P<key>[A-Za-z][\w -]{{0,40}}?)[ \t]{{0,3}}:(?P<value>(?:[ \t][^\r\n]*+)?{_NEXT}{_MORE})")
_PANDOC = re.compile(rf"%(?P<value>(?:[ \t][^\r\n]*+)?{_NEXT}{_MORE})")
_NIKOLA = re.compile(rf"\.\.[ \t]++(?P<key>[A-Za-z][\w-]{{0,40}}+):(?P<value>(?:[ \t][^\r\n]*+)?{_NEXT})")
_COMMENT = re.compile(r"<!--\s*+(?=\.\. )")
_COMMENT_END = re.compile(rf"\s*+-->[ \t]*+{_NEXT}")
_END = re.compile(rf"(?:[ \t]*+|---|\.\.\.)(?:{_NEXT})")
_FIELDS = ("title", "author", "date")  # of Pandoc, in their order
# Keys that metadata begins with. Of others nobody can tell: a page may begin with "Note: closed on Monday".
KNOWN = frozenset(
    "title subtitle date modified author authors category categories tags keywords slug status summary description "
    "lang language template layout".split()
)


def read(text: str, start: int) -> tuple[Loaded, int] | None:
    """Read the lines that begin at ``start``; gives the data and where they end, None where there is no metadata."""
    comment = _COMMENT.match(text, start)
    if comment or text.startswith(".. ", start):
        found = _matched(_NIKOLA, text, comment.end() if comment else start)
        keys = [line["key"].lower() for line in found]
        if KNOWN.isdisjoint(keys):
            return None
    elif text.startswith("% ", start):
        found = _matched(_PANDOC, text, start)[: len(_FIELDS)]
        keys = list(_FIELDS[: len(found)])
    else:
        found = _matched(_LINE, text, start)
        keys = [" ".join(line["key"].lower().split()) for line in found]
        if not keys or keys[0] not in KNOWN or (keys[0] != "title" and sum(key in KNOWN for key in keys) < 2):
            return None
    end = (_COMMENT_END if comment else _END).match(text, found[-1].end()) if found else None
    if end is None:
        return None
    data: dict[str, str] = {}
    values: list[Value] = []
    for key, line in zip(keys, found, strict=True):
        bare = line["value"].strip()
        place = line.start("value") + line["value"].index(bare)
        data[key] = " ".join(part.strip() for part in bare.splitlines())
        values.append(Value(key, place, place + len(bare)))
    return Loaded(data, values, []), end.end()


def _matched(pattern: re.Pattern[str], text: str, start: int) -> list[re.Match[str]]:
    """The lines that a pattern matches, one after the other."""
    found = []
    while (line := pattern.match(text, start)) and line.end() > line.start() and line.end() < _LONGEST:
        found.append(line)
        start = line.end()
    return found
