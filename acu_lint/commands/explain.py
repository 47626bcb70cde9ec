"""``acu-lint explain``."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import click

from acu_lint.commands import config_options
from acu_lint.commands.rules import shown
from acu_lint.document.document import Document
from acu_lint.document.language import NAMES, language
from acu_lint.document.source import Span
from acu_lint.engine.engine import OWN_RULES
from acu_lint.parse import FORMATS, format_of
from acu_lint.project.project import FileSettings, Options, Project, Projects
from acu_lint.project.runner import Runner
from acu_lint.report.lines import say, visible
from acu_lint.rules.card import Card, Example
from acu_lint.rules.finding import Skipped
from acu_lint.rules.options import options_of
from acu_lint.rules.registry import Registry
from acu_lint.system.errors import UsageError, did_you_mean

_EXTRACTOR = "trace"


@click.command()
@click.argument("rule", required=False)
@click.option("--trace", metavar="FILE:LINE", help="Explain a line of an article instead.")
@config_options
def explain(*, rule: str | None, trace: str | None, options: Options) -> None:
    """Explain a rule: why it exists, its sources and options, bad and good examples.

    With --trace explain a line of an article: what was seen there, what each rule found, and why one is silent.
    """
    if (rule is None) == (trace is None):
        raise UsageError("name a rule, as in: acu-lint explain claims/cure; or a line: --trace FILE:LINE")
    lines = _traced(options, trace) if trace else _about(Projects(replace(options, examples=True)).here, str(rule))
    for line in lines:
        say(line)


def _about(project: Project, rule: str) -> Iterator[str]:
    """What a rule is for."""
    registry = project.registry
    if rule in OWN_RULES:
        yield f"{rule}\n\n{OWN_RULES[rule]}"
        return
    if rule not in registry.cards:
        raise UsageError(f"there is no rule '{rule}'{did_you_mean(rule, registry.cards)}; see: acu-lint rules")
    yield from _explained(registry, registry.cards[rule])


def _explained(registry: Registry, card: Card) -> Iterator[str]:
    yield f"{click.style(card.id, bold=True)}  {visible(card.title)} ({card.severity.label})"
    if card.why:
        yield from ("", *textwrap.wrap(visible(" ".join(card.why.split())), 92))
    yield from _section("Sources", (f"{note.title}  {note.url}" for note in card.sources))
    if card.kind != "terms":
        options = options_of(registry.check_of(card))
        yield from _section("Options", (option.told for option in options))
    yield from _section("Finds", (_one_line(example) for example in card.bad))
    yield from _section("Leaves alone", (_one_line(example) for example in card.good))
    yield from _section("Silence one instance", (f"<!-- acu-lint-disable-next-line {card.id} -- why -->",))


def _traced(options: Options, place: str) -> Iterator[str]:
    """What the analyses saw in the sentences that touch a line, and every finding there."""
    path, _, number = place.rpartition(":")
    if not path or not number.isdecimal() or len(number) > 9:
        raise UsageError(f"--trace {place}: write the file and the line, as in content/article.md:17")
    if format_of(path) is None:
        raise UsageError(f"{path}: not a format that acu-lint reads ({' '.join(FORMATS)})")
    runner = Runner(replace(options, paths=(path,)))
    doc = runner.parse(path)
    if isinstance(doc, Skipped):
        raise UsageError(f"{path}: skipped: {doc.reason}")
    line = int(number)
    starts = [*doc.source.lines, len(doc.source.text)]
    if not 0 < line < len(starts):
        raise UsageError(f"--trace {place}: {path} has {len(starts) - 1} lines")
    settings = runner.settings_for(path)
    seen: Iterable[tuple[Span, Sequence[str]]] = settings.extract(_EXTRACTOR, doc) or ()
    shown_there = False
    for span, told in seen:
        if span.start < starts[line] and starts[line - 1] < max(span.end, span.start + 1):
            shown_there = True
            yield click.style(visible(" ".join(doc.source.text[span.start : span.end].split())), bold=True)
            yield from (f"  {visible(row)}" for row in told)
            yield ""
    if not shown_there:
        yield f"No sentence was read in line {line}; the article is taken for {NAMES[language(doc)]}.\n"
    yield from _findings(settings, doc, starts[line - 1], starts[line])


def _findings(settings: FileSettings, doc: Document, start: int, end: int) -> Iterator[str]:
    fates = [
        (finding, why)
        for finding, why in settings.engine.fates(doc)
        if finding.start.offset < end and start < max(finding.end.offset, finding.start.offset + 1)
    ]
    yield click.style("Findings", bold=True)
    for finding, why in fates:
        yield f"  {finding.start.line}:{finding.start.column}  {finding.severity.label}  {finding.rule}"
        yield f"    {visible(finding.message)}"
        if why:
            yield f"    Silent: {visible(why)}."
    if not fates:
        yield "  none"


def _section(title: str, lines: Iterator[str] | tuple[str, ...]) -> Iterator[str]:
    rows = [visible(line) for line in lines]
    if rows:
        yield from ("", click.style(title, bold=True), *(f"  {row}" for row in rows))


def _one_line(example: Example) -> str:
    return textwrap.shorten(" ⏎ ".join(shown(example.text).split("\n")), 160, placeholder=" …")
