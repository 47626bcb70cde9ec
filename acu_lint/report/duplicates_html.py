"""Pairs of articles that are alike as one page: no network, no script, light and dark, wide screens and phones."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from itertools import groupby

from acu_lint.corpus.corpus import Shared
from acu_lint.corpus.verdicts import Group
from acu_lint.report.duplicates import TOLD, Both, Pair, Report, Side, Word, flat, lines, without_markup
from acu_lint.report.text import many

_HEAD, _TAIL = 250, 60  # words shown of a passage's start and end
_OPEN = 20  # pairs whose passages are shown without a click
_CLASSES = {
    "the same": "error", "nearly the same": "error", "large parts": "warning", "short": "warning",
    "passages": "warning", "words": "info",
}  # fmt: skip

_STYLE = """
:root { color-scheme: light dark; --text: #1c2024; --soft: #5b6470; --page: #f6f7f9; --card: #ffffff; --line: #d9dee5;
  --mark: #fff0b3; --error: #b42318; --warning: #8a5a00; --info: #3b5b8c; }
@media (prefers-color-scheme: dark) { :root { --text: #e7eaee; --soft: #a3acb8; --page: #14171b; --card: #1d2127;
  --line: #363d47; --mark: #5c4a00; --error: #ff8a80; --warning: #f0bf5f; --info: #9dbdf0; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 75rem; padding: 1.5rem 1rem 4rem; background: var(--page); color: var(--text);
  font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
p { margin: .4rem 0; } .soft { color: var(--soft); font-size: .9rem; } code { font-size: .92em; }
a { color: inherit; }
article, .group { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: 1rem;
  margin: 1rem 0; }
header { display: flex; gap: 1rem; align-items: flex-start; }
.share { font-size: 1.5rem; font-weight: 700; line-height: 1.2; min-width: 4.2rem; }
.error { color: var(--error); } .warning { color: var(--warning); } .info { color: var(--info); }
.paths { margin: 0; padding: 0; list-style: none; } .paths b { display: block; }
.advice { border-left: .25rem solid var(--line); padding-left: .75rem; }
summary { cursor: pointer; margin: .75rem 0 0; }
.sides { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; margin: .75rem 0; padding-top: .75rem;
  border-top: 1px solid var(--line); }
.sides > div { min-width: 0; }
mark { background: var(--mark); color: inherit; border-radius: .15rem; text-decoration: underline;
  text-decoration-color: var(--soft); text-underline-offset: .2em; text-decoration-thickness: 1px; }
ol.group { padding-left: 2.5rem; }
@media (max-width: 45rem) { .sides { grid-template-columns: 1fr; } header { display: block; }
  body { padding: 1rem .6rem; } }
@media print { details:not([open]) > *:not(summary) { display: block; } article { break-inside: avoid; } }
"""
# No script, picture, font or form can be loaded, whatever stands in the articles.
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<h1>{title}</h1>
{body}
</body>
</html>
"""


def as_html(report: Report) -> str:
    """The pairs as one page, the nearest first, the groups above them."""
    parts = [f'<p id="summary">{_text(report.summary)}</p>']
    nearest = report.shown
    if any(pair.passages for pair in nearest):
        parts.append('<p class="soft">Words that both sides have are <mark>marked</mark>.</p>')
    parts += _groups(report.groups)
    if nearest:
        parts.append("<h2>Pairs</h2>")
    parts += (_pair(pair, number) for number, pair in enumerate(nearest))
    if report.hidden:
        parts.append(f"<p>{_text(report.hidden)}</p>")
    return _page("Articles that repeat each other", parts)


def boilerplate_as_html(blocks: Sequence[Shared], documents: int) -> str:
    """What is left out of the comparison as one page."""
    among = many(documents, "article")
    parts = [f"<p>{many(len(blocks), 'text')} of many articles left out of the comparison among {among}.</p>"]
    parts += (
        f"<article><p>{_text(without_markup(block.text))}</p>"
        f'<p class="soft">{many(block.articles, "article")}, such as <code>{_text(block.path)}</code>, '
        f"line {block.line}</p></article>"
        for block in blocks
    )
    return _page("Text left out of the comparison", parts)


def _page(title: str, parts: Sequence[str]) -> str:
    return _PAGE.format(title=title, style=_STYLE, body="\n".join(parts))


def _text(text: str) -> str:
    """A text that is nothing but text in a page."""
    return html.escape(flat(text))


def _groups(groups: Sequence[Group]) -> Iterator[str]:
    if groups:
        yield "<h2>Articles that belong together</h2>"
        yield '<p class="soft">Large parts of them are the same; keep the best one of each group.</p>'
    for group in groups:
        items = "".join(
            f"<li><code>{_text(path)}</code>{' (the oldest)' * (path == group.oldest)}</li>" for path in group.paths
        )
        yield f'<ol class="group">{items}</ol>'


def _pair(pair: Pair, number: int) -> str:
    articles = "".join(_article(pair, side) for side in (0, 1))
    return (
        f'<article id="pair-{number + 1}">'
        f'<header><div class="share {_CLASSES[pair.verdict]}">{pair.percent}%</div>'
        f'<ul class="paths">{articles}</ul></header>'
        f"<p><b>{_text(TOLD[pair.verdict])}</b></p>"
        f'<p class="advice">{_text(pair.advice)}</p>'
        f"{_passages(pair, is_open=number < _OPEN)}</article>"
    )


def _article(pair: Pair, side: int) -> str:
    path, title, since = (pair.a, pair.b)[side], pair.titles[side], pair.since[side]
    age = f"since {since}" if since else ""
    age += " (the older one)" if pair.older == path else ""
    head = f"<b>{_text(title)}</b>" if title else ""
    return f'<li>{head}<code>{_text(path)}</code> <span class="soft">{age}</span></li>'


def _passages(pair: Pair, *, is_open: bool) -> str:
    passages = pair.passages
    if not passages:
        return ""
    words = many(sum(each.words for each in passages), "word")
    sides = "".join(
        f'<div class="sides">{_side(pair.a, each.a, each)}{_side(pair.b, each.b, each)}</div>'
        for each in sorted(passages, key=lambda each: -each.words)
    )
    start = "<details open>" if is_open else "<details>"
    return f"{start}<summary>{many(len(passages), 'shared passage')}, {words}</summary>{sides}</details>"


def _side(path: str, side: Side, both: Both) -> str:
    equal = "all equal" if both.same == both.words else f"{both.same} of {both.words} words equal"
    place = f"<code>{_text(path)}</code>, {lines(side)}: {equal}"
    return f'<div><p class="soft">{place}</p><p>{_marked(side.words)}</p></div>'


def _marked(words: Sequence[Word]) -> str:
    """The words, each run of common ones in one mark; the middle of a long passage is left out."""
    if len(words) <= _HEAD + _TAIL:
        return _runs(words)
    left_out = many(len(words) - _HEAD - _TAIL, "word")
    return f'{_runs(words[:_HEAD])} <span class="soft">… {left_out} …</span> {_runs(words[-_TAIL:])}'


def _runs(words: Sequence[Word]) -> str:
    parts = []
    for common, run in groupby(words, key=lambda word: word.common):
        text = _text(" ".join(word.text for word in run))
        parts.append(f"<mark>{text}</mark>" if common else text)
    return " ".join(parts)
