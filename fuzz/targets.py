"""One function for each parser, one for the whole check: each reads an input and raises where something is wrong."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from acu_lint.corpus.corpus import Corpus
from acu_lint.document.document import Document
from acu_lint.document.sentences import split
from acu_lint.document.vocabulary import EMPTY, Vocabulary, read_approvals
from acu_lint.engine.engine import OWN_RULES, Engine, Settings
from acu_lint.engine.suppressions import Suppressions
from acu_lint.parse import FORMATS, parse
from acu_lint.project import config
from acu_lint.project.config import Config
from acu_lint.project.gitignore import IgnoreList
from acu_lint.project.paths import globs
from acu_lint.project.settings import check_names, settings_of, vocabulary_of
from acu_lint.rules.card import CardError
from acu_lint.rules.registry import LOCAL, Registry
from acu_lint.system.errors import UsageError
from acu_lint.testing import TODAY

from . import pieces
from .inputs import Input, articles, card_files, files, odd_cards, pack, settings
from .invariants import check_document, check_findings, check_report, check_sentences, holds

PROJECT_WORDS = "words-"  # begins the name of an input that is read with the words of a project


class Target(NamedTuple):
    """What is fuzzed: texts to start from, pieces to put into them, and what is done with the outcome.

    ``always`` are texts that are read as they are, once in every run.
    """

    seeds: Callable[[], Sequence[Input]]
    pieces: Sequence[str]
    run: Callable[[Input], None]
    always: Callable[[], Sequence[Input]] = tuple


# --- parsers


def _parsed(given: Input) -> Document:
    doc = parse(given.name, given.text, today=TODAY)
    check_document(doc)
    return doc


def _read(given: Input) -> None:
    _parsed(given)


def _read_front(given: Input) -> None:
    doc = _parsed(given)
    for problem in doc.problems:
        _check_line(problem.message)
    check_report(_engine().check(doc))


def _read_sentences(given: Input) -> None:
    check_sentences(given.text, split(given.text))


def _read_suppressions(given: Input) -> None:
    doc = _parsed(given)
    known = {*pack().cards, *(card.family for card in pack().cards.values()), *OWN_RULES}
    found = Suppressions(doc, known=known, active=known, need_reason=("claims",))
    kept = found.filter(())
    holds(kept == [], "a suppression makes findings")
    for complaint in found.complaints():
        holds(0 <= complaint.span.start <= complaint.span.end <= len(given.text), "a complaint outside of the file")
        _check_line(complaint.message)


# --- settings


def _read_config(given: Input) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "acu-lint.toml")
        file.write_text(given.text, encoding="utf-8", newline="")
        try:
            loaded = config.load(file)
            _use_config(loaded, str(Path(folder, "content", "a.md")))
        except UsageError as error:
            _check_line(str(error))


def _use_config(loaded: Config, path: str) -> None:
    """Ask a configuration for all that a run asks for."""
    cards = pack().cards
    check_names(loaded, cards)
    layers = loaded.layers_for(path)
    loaded.excludes(Path(path))
    vocabulary = vocabulary_of(layers)
    engine = Engine(pack(), settings_of(cards.values(), layers))
    text = "# Tea\n\nTea cures migraine and detoxes the liver. Clients say so.\n"
    engine.check(parse(path, text, today=TODAY, vocabulary=vocabulary))


def _read_card(given: Input) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "card.yml")
        file.write_text(given.text, encoding="utf-8", newline="")
        registry = Registry()
        registry.add_folder(LOCAL, Path(folder), registry.local_faults)
        for fault in registry.local_faults:
            _check_line(fault.replace(folder, "lint"))
        try:
            engine = Engine(registry, Settings(frozenset(registry.cards)))
        except (UsageError, CardError) as error:
            _check_line(str(error))
            return
        engine.check(parse("a.md", "# Tea\n\nTea cures pain, prior to that it does not.\n", today=TODAY))


def _read_globs(given: Input) -> None:
    try:
        patterns = globs(given.text.splitlines())
    except UsageError as error:
        _check_line(str(error))
        return
    for path in ("content/a.md", "a b/ü/.hidden/x.mdx", "a" * 60 + "/b.html"):
        patterns.match_file(path)
        IgnoreList(Path("/site"), given.text.encode(errors="replace")).verdict(Path("/site", path), is_folder=False)


def _read_approvals(given: Input) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "approved-claims.yml")
        file.write_text(given.text, encoding="utf-8", newline="")
        try:
            list(read_approvals(file, "approved-claims.yml"))
        except UsageError as error:
            _check_line(str(error))


def _check_line(message: str) -> None:
    holds(message.strip() and len(message.splitlines()) == 1, "a message is not one line", repr(message))


# --- the whole check


@cache
def _engine() -> Engine:
    """All rules, with the articles of our own corpus to compare with."""
    corpus = Corpus(
        [parse(each.name, each.text, today=TODAY) for each in files("articles")], keys=pack().extractor("index_keys")
    )
    return Engine(pack(), Settings(frozenset({*pack().cards, *OWN_RULES}), require_reason=("claims",)), lambda: corpus)


@cache
def _project_words() -> Vocabulary:
    """The words of a project that uses all of them, so that the engine's own rules have something to do."""
    layers = config.load(Path(__file__).parent / "corpus" / "config" / "vocabulary.toml").layers_for("a.md")
    return vocabulary_of(layers)


def _check(given: Input) -> None:
    _linted(given)


def _twice(given: Input) -> None:
    first, second = _linted(given), _linted(given)
    holds(first == second, "linting twice gives two reports", (first, second))


def _linted(given: Input) -> str:
    vocabulary = _project_words() if given.name.startswith(PROJECT_WORDS) else EMPTY
    doc = parse(given.name, given.text, today=TODAY, vocabulary=vocabulary)
    findings = _engine().check(doc)
    check_findings(given.text, given.name, findings)
    doc.release()
    return check_report(findings)


def _facts(given: Input) -> None:
    """Ask for what ``stats``, ``score``, ``references`` and ``explain --trace`` say about an article."""
    doc = _parsed(given)
    for name, measure in pack().measures.items():
        json.dumps({name: measure(doc)}, allow_nan=False)
    for name in pack().extractor_loaders:
        extractor = pack().extractor(name)
        told = extractor(doc) if extractor else None
        if isinstance(told, Iterator):
            list(told)


def _named(*suffixes: str) -> tuple[Input, ...]:
    """Our articles and examples, under names with these suffixes in turn; those of a format under their own too."""
    renamed = (
        Input(f"{PROJECT_WORDS * (number % 5 == 0)}a{suffixes[number % len(suffixes)]}", each.text)
        for number, each in enumerate(articles())
    )
    return (*renamed, *(each for each in articles() if each.name.endswith(suffixes)))


_ALL = (*pieces.MARKDOWN, *pieces.HTML, *pieces.MDX, *pieces.WORDS, *pieces.SIGNS, *pieces.FRONT, *pieces.SUPPRESSION)
TARGETS = {
    "markdown": Target(partial(_named, ".md"), (*pieces.MARKDOWN, *pieces.SIGNS), _read),
    "mdx": Target(partial(_named, ".mdx"), (*pieces.MDX, *pieces.MARKDOWN, *pieces.SIGNS), _read),
    "html": Target(partial(_named, ".html"), (*pieces.HTML, *pieces.SIGNS), _read),
    "text": Target(partial(_named, ".txt"), (*pieces.SIGNS, *pieces.WORDS, *pieces.MARKDOWN), _read),
    "front-matter": Target(partial(files, "front"), (*pieces.FRONT, *pieces.SIGNS), _read_front),
    "suppressions": Target(partial(files, "suppressions"), (*pieces.SUPPRESSION, *pieces.SIGNS), _read_suppressions),
    "config": Target(settings, (*pieces.TOML_LINES, *pieces.TOML, *pieces.SIGNS), _read_config, settings),
    "cards": Target(card_files, (*pieces.CARD_LINES, *pieces.CARD, *pieces.SIGNS), _read_card, odd_cards),
    "globs": Target(partial(files, "globs"), (*pieces.GLOBS, *pieces.SIGNS), _read_globs),
    "sentences": Target(partial(_named, ".txt"), (*pieces.WORDS, *pieces.SIGNS), _read_sentences),
    "approvals": Target(partial(files, "approvals"), (*pieces.APPROVALS, *pieces.SIGNS), _read_approvals),
    "facts": Target(partial(_named, *FORMATS), _ALL, _facts),
    "check": Target(partial(_named, *FORMATS), _ALL, _check),
    "twice": Target(partial(_named, *FORMATS), _ALL, _twice),
}
