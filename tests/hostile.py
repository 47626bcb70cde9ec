"""Lines made to slow the rule pack down, and how long it takes to read them; run by ``test_hostile_patterns``.

    python -m tests.hostile patterns|matchers|check

prints a line for everything that takes more than linear time: time at four times the length above ten times the time.
Speed itself is not judged. It is a program of its own, because a bad pattern can hang the process it runs in.
"""

from __future__ import annotations

import inspect
import pkgutil
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import acu_lint_rules
from acu_lint.api import Approval, Vocabulary
from acu_lint.engine.engine import Engine
from acu_lint.project.config import Config
from acu_lint.project.settings import settings_of
from acu_lint.testing import TODAY, cases, difference, load_pack
from acu_lint_rules.analysis.text.lexicon import Matcher
from tests.conftest import document

SCREEN = (3_000, 12_000)  # characters: every unit; what is quadratic takes 16 times as long for the second
FULL = (25_000, 100_000)  # characters: the slowest unit of each pattern
FLOOR = 0.05  # seconds that are never blamed: what is not linear takes many times as long
PACK = Path(acu_lint_rules.__file__).parent
UNITS = [
    "a", "A", " ", ",", ".", "1", "1,", "1.", "1 ", "a ", "A ", "a, ", "A. ", "a.", "a-", "a'", "'", "’", '"', "“",
    "”", "(", ")", "[", "]", "[1", "[1] ", "(1", "«", "\n", " \n", "- ", "–", "—", " - ", "|", "a|", ": ", "; ", "?",
    "! ", "%", "1% ", "/", "a/", "http://", "http://a ", "www.", "#", "*", "_", "é", "ß", "İ", "¹", "，", "中",
    "\ufffc", "\t", "\u00a0",
]  # fmt: skip


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()  # the last line tells where a run hangs


# --- what is tried -----------------------------------------------------------------------


class Recorder:
    """Remembers every pattern that code of the pack compiles, in whatever way, and every matcher it makes."""

    def __init__(self) -> None:
        self.patterns: dict[tuple[str, int], str] = {}  # pattern and flags -> the file that compiled it
        self.matchers: list[tuple[Matcher, list[str]]] = []  # with their terms
        self._compile: Callable[..., Any] = re._compile  # type: ignore[attr-defined]  # re.compile, re.sub ... call it
        self._init: Callable[..., None] = Matcher.__init__

    def __enter__(self) -> Recorder:
        re._compile = self._record  # type: ignore[attr-defined]

        def init(matcher: Matcher, *args: Any) -> None:
            groups = args[0].values() if isinstance(args[0], Mapping) else [args[0]]
            kept = [list(group) for group in groups]  # a group may be there for one reading only
            self.matchers.append((matcher, [term for group in kept for term in group]))
            self._init(matcher, dict(zip(args[0], kept, strict=True)) if isinstance(args[0], Mapping) else kept[0])

        Matcher.__init__ = init  # type: ignore[method-assign,assignment]
        return self

    def __exit__(self, *_: object) -> None:
        re._compile = self._compile  # type: ignore[attr-defined]
        Matcher.__init__ = self._init  # type: ignore[method-assign]

    def _record(self, pattern: Any, flags: Any) -> Any:
        frame = sys._getframe(2)
        if isinstance(pattern, str) and Path(frame.f_code.co_filename).is_relative_to(PACK):
            self.patterns.setdefault((pattern, int(flags)), Path(frame.f_code.co_filename).name)
        return self._compile(pattern, flags)


def recorded() -> Recorder:
    """Everything that the pack compiles: at import, lazily, and while it checks the examples on its cards."""
    with Recorder() as recorder:
        for module in pkgutil.walk_packages([str(PACK)], f"{acu_lint_rules.__name__}."):
            for value in list(vars(import_module(module.name)).values()):
                _wake(value)
        pack = load_pack()
        for case in cases(pack.cards.values()):
            difference(case, pack)
    return recorder


def _wake(value: object) -> None:
    """Compile a lazy pattern; call a cached function that makes one."""
    if type(value).__name__ == "_Lazy":
        getattr(value, "search")  # noqa: B009 -- the look-up compiles
    elif hasattr(value, "cache_info") and callable(value):
        signature = inspect.signature(value)
        if not signature.parameters:
            value()


# --- hostile text ------------------------------------------------------------------------


def samples(pattern: str, flags: int) -> Iterator[str]:
    """Texts that a pattern matches, or nearly: what leads it on longest."""
    tree = re._parser.parse(pattern, flags)  # type: ignore[attr-defined]
    for seed in range(4):
        yield "".join(_letters(tree, random.Random(seed)))


def _letters(tree: Any, chance: random.Random) -> Iterator[str]:
    for op, value in tree:
        match str(op):
            case "LITERAL":
                yield chr(value)
            case "NOT_LITERAL":
                yield "ab"[value == ord("a")]
            case "ANY":
                yield "a"
            case "IN":
                yield _one_of(value, chance)
            case "BRANCH":
                yield from _letters(chance.choice(value[1]), chance)
            case "SUBPATTERN" | "ATOMIC_GROUP":
                yield from _letters(value[3] if str(op) == "SUBPATTERN" else value, chance)
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                least, most, part = value
                for _ in range(min(int(most), int(least) + chance.randrange(3))):
                    yield from _letters(part, chance)


_CATEGORIES = {"CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "a", "CATEGORY_NOT_SPACE": "x",
               "CATEGORY_NOT_WORD": ",", "CATEGORY_NOT_DIGIT": "a"}  # fmt: skip


def _one_of(parts: Sequence[Any], chance: random.Random) -> str:
    if str(parts[0][0]) == "NEGATE":
        return next(char for char in "ab 1,\n" if not re.match(f"[{re.escape(char)}]", "")) or "a"
    op, value = chance.choice(parts)
    match str(op):
        case "LITERAL":
            return chr(value)
        case "RANGE":
            return chr(chance.randint(*value))
    return _CATEGORIES.get(str(value), "a")


def units_for(pattern: str, flags: int) -> Iterator[str]:
    """What is repeated to try a pattern."""
    yield from UNITS
    for sample in dict.fromkeys(samples(pattern, flags)):
        if sample:
            yield sample
            yield f"{sample} "
            yield sample[:-1] or "x"
            yield sample[: len(sample) // 2 + 1]
            yield sample[0] + "a"
            yield sample[-1]


def _worst(terms: Sequence[str]) -> Iterator[str]:
    """What is repeated to try a matcher: the longest terms and those that begin like most others, whole and cut off."""
    firsts = Counter(term.split()[0] for term in terms)
    crowded = [word for word, _ in firsts.most_common(2)]
    longest = sorted(terms, key=lambda term: -len(term.split()))[:2]
    for term in (*longest, *(term for term in terms if term.split()[0] in crowded)):
        words = term.split()
        yield f"{term} "
        yield f"{words[0]} "
        yield " ".join([*words[:-1], ""]) or "a "


# --- time --------------------------------------------------------------------------------


def fault_of(read: Callable[[str], object], units: Iterable[str]) -> str:
    """What is wrong with the time that reading a unit again and again takes; nothing where it is linear."""
    slowest, most = "", -1.0
    for unit in dict.fromkeys(units):
        fault, taken = _growth(read, unit, SCREEN)
        if fault:
            return fault
        if taken > most:
            slowest, most = unit, taken
    return _growth(read, slowest, FULL)[0]


def _growth(read: Callable[[str], object], unit: str, sizes: tuple[int, int]) -> tuple[str, float]:
    """What is wrong with two sizes of a line, and the seconds for the second one."""
    few, many = sizes
    short, long = _seconds(read, unit, few), _seconds(read, unit, many)
    limit = 2.5 * (many / few)  # ten times the time for four times the length; what is quadratic takes sixteen
    if long > limit * short + FLOOR:  # once more: the machine may have been busy
        short, long = max(short, _seconds(read, unit, few)), min(long, _seconds(read, unit, many))
    if long > limit * short + FLOOR:
        return f"{long:.2f} s for {many} characters, {short:.3f} s for {few}: {unit!r}", long
    return "", long


def _seconds(read: Callable[[str], object], unit: str, size: int) -> float:
    line = (unit * (size // len(unit) + 1))[:size] + "\x01"
    started = time.process_time()
    read(line)
    return time.process_time() - started


def bad_patterns() -> Iterator[str]:
    recorder = recorded()
    _say(f"# {len(recorder.patterns)} patterns")
    for (source, flags), file in recorder.patterns.items():
        compiled = re.compile(source, flags)
        _say(f"# {file}: {source[:90]!r}")

        def read(line: str, pattern: re.Pattern[str] = compiled) -> int:
            return sum(1 for _ in pattern.finditer(line))

        if fault := fault_of(read, units_for(source, flags)):
            yield f"{file}: {fault}: {source!r}"


def bad_matchers() -> Iterator[str]:
    recorder = recorded()
    _say(f"# {len(recorder.matchers)} matchers")
    for matcher, terms in recorder.matchers:
        units = list(_worst(terms))

        def read(line: str, one: Matcher = matcher) -> object:
            return one.scan(line.split())

        if units and (fault := fault_of(read, units)):
            yield fault


_SIGNED = [Approval(text, "x", TODAY) for text in ("tea relieves pain", "a a a a b", "back pain back", "1, 1")]
VOCABULARY = Vocabulary(("back pain", "a a"), (("a", ""), ("tea", "")), ("tea",), ("pain",), (), tuple(_SIGNED))
PROSE = [
    "Acupuncture cures ", "cures ", "acupuncture ", "it ", "may ", "not ", "studies show ", "Studies show it. ",
    "Acupuncture relieves pain, ", "which helps ", "the best ", "than drugs ", "safe and natural ", "because ", "and ",
    "says Dr. ", "Dr. Li ", "Smith et al. ", "(Smith et al., 2019) ", "(Smith, ", "[1, 2] ", "[^1] ", "90% of people ",
    "1 in 3 ", "10.1000/", "doi:10.1000/x ", "PMID: 1", "ISBN 978-", "https://a.example/b?", "back pain ", "A A ",
    "acupuncture for back pain near me ", "in London, ", "Is it safe? ", "Why? ", "“It works,” ", "I was ", "My pain ",
    "2026-01-01 ", "Reviewed by ", "By ", "click here ", "As an AI ", "{{ ", "<b>", "&amp;", "**a** ", "- a\n", "# A\n",
    "Tea relieves pain, ", "pain, tea, ", "<!-- acu-lint-disable-line claims -->\nTea cures pain.\n", "> a\n",
    "World Health Organization ", "randomized trial of 100 people ", "p < 0.05 ", "it helps; ", "or ", "A-a-",
]  # fmt: skip


def bad_lines() -> Iterator[str]:
    pack = load_pack()
    layers = Config(Path()).layers
    engine = Engine(pack, settings_of(pack.cards.values(), layers))
    assert not engine.faults, engine.faults

    def read(line: str) -> object:
        return engine.check(document(line, vocabulary=VOCABULARY))

    read("Acupuncture cures sciatica, studies show. " * 20)  # what is loaded once is loaded now
    mixed = ["".join(random.Random(seed).sample(PROSE, 12)) for seed in range(6)]
    for unit in (*UNITS, *PROSE, *mixed):
        _say(f"# {unit!r}")
        if fault := _growth(read, unit, FULL)[0]:
            yield fault


if __name__ == "__main__":
    faults = {"patterns": bad_patterns, "matchers": bad_matchers, "check": bad_lines}[sys.argv[1]]
    for told in faults():
        _say(told)
