"""The configuration: where it stands, what it may say, and what it means for one file."""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, NoReturn, cast

from acu_lint.document.vocabulary import EMPTY, Vocabulary, read_approvals
from acu_lint.engine.engine import OWN_RULES, Settings
from acu_lint.project.trust import user_folder
from acu_lint.rules.card import Card
from acu_lint.rules.finding import Severity
from acu_lint.system.errors import UsageError, did_you_mean
from acu_lint.system.tree import Tree, UnreadableError, read_bytes, repository

FILE = "acu-lint.toml"
_PROJECT, _PROJECT_KEY = "pyproject.toml", "acu-lint"
_SEVERITIES = {severity.label: severity for severity in Severity}
_LEVELS = (*_SEVERITIES, "never")

# Key -> what it takes, in words; the keys of a file and of an override.
_RULE_KEYS = {
    "select": "a list of texts",
    "ignore": "a list of texts",
    "rules": "a table of rules",
    "profile": "a list of texts",
    "audience": "a text",
    "vocabulary": "a table",
}
_KEYS = {
    **_RULE_KEYS,
    "extend": "a text",
    "exclude": "a list of texts",
    "skip-drafts": "true or false",
    "max-file-size": "a number of megabytes",
    "fail-on": "a text",
    "rule-paths": "a list of texts",
    "allow-local-code": "true or false",
    "require-packs": "a list of texts",
    "require-reason": "a list of texts",
    "contact": "a text",
    "corpus": "a table",
    "overrides": "a list of tables",
}
_MOST_SLOW = 100  # patterns with several "*" in one name
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,255}", re.ASCII)
_OVERRIDE_KEYS = {**_RULE_KEYS, "files": "a list of texts"}
_VOCABULARY_KEYS = {
    "accept": "a list of texts",
    "reject": "a list of texts or a table of texts",
    "interventions": "a list of texts",
    "conditions": "a list of texts",
    "brands": "a list of texts",
    "approved-claims": "a text",
    "keyphrase": "a text or a list of texts",
}
# What is said once for the options of this name of all rules, and the names that it may hold: the jurisdictions
# whose law applies, the readers that an article is written for.
SHARED = {
    "profile": ("us", "uk", "au", "de", "eu", "ca"),
    "audience": ("patients", "general", "professionals"),
}
_CORPUS_KEYS = {"include": "a list of texts", "exclude": "a list of texts", "shared-blocks": "a list of texts"}
DEFAULTS: Mapping[str, Any] = {"skip-drafts": False, "max-file-size": 10, "fail-on": "error"}


@dataclass(frozen=True, slots=True)
class Layer:
    """One place that settings come from, named for ``acu-lint config``."""

    origin: str
    values: Mapping[str, Any]
    folder: Path
    replaces: bool = True  # whether its ``select`` replaces the rules chosen so far, or adds to them


class Chosen(NamedTuple):
    """Whether a rule runs, and the layer that decided."""

    runs: bool
    origin: str


@dataclass(frozen=True)
class Config:
    """The layers of one configuration, lowest first; globs are relative to ``root``."""

    root: Path
    layers: tuple[Layer, ...] = (Layer("default", DEFAULTS, Path()),)
    _for_file: dict[tuple[int, ...], tuple[Layer, ...]] = field(default_factory=dict, compare=False)

    def value(self, key: str) -> Any:
        """The value of a top-level key from the highest layer that has it."""
        return next((layer.values[key] for layer in reversed(self.layers) if key in layer.values), None)

    def merged(self, key: str) -> list[str]:
        """A list key, all layers added up."""
        return [item for layer in self.layers for item in layer.values.get(key, ())]

    @property
    def rule_paths(self) -> tuple[Path, ...]:
        """Folders of the project's own cards, each relative to the file that names it."""
        return tuple(layer.folder / path for layer in self.layers for path in layer.values.get("rule-paths", ()))

    @property
    def corpus(self) -> Mapping[str, Sequence[str]]:
        """The globs ``include`` and ``exclude`` of the corpus, and ``shared-blocks``; empty by default."""
        return self.value("corpus") or {}

    @cached_property
    def _excluded(self) -> Any:
        return globs(self.merged("exclude"))

    def excludes(self, path: Path) -> bool:
        """Whether ``exclude`` leaves out a file or folder."""
        patterns = self.merged("exclude")
        return bool(patterns) and self._excluded.match_file(relative(path, self.root))

    @cached_property
    def _overrides(self) -> list[tuple[Any, Layer]]:
        found = []
        for layer in self.layers:
            for number, values in enumerate(layer.values.get("overrides", ()), 1):
                label = f"{layer.origin}, override {number}"
                found.append((globs(values["files"]), Layer(label, values, layer.folder, replaces=False)))
        return found

    def layers_for(self, path: str) -> tuple[Layer, ...]:
        """All layers that apply to a file, lowest first: the configuration's, overrides, command line.

        Equal sets of layers are the same object, so that they can key a cache.
        """
        if not self._overrides:
            return self.layers
        name = relative(Path(path), self.root)
        hits = tuple(i for i, (patterns, _) in enumerate(self._overrides) if patterns.match_file(name))
        if hits not in self._for_file:
            last = [layer for layer in self.layers if layer.origin == COMMAND_LINE]
            below = [layer for layer in self.layers if layer.origin != COMMAND_LINE]
            self._for_file[hits] = (*below, *(self._overrides[i][1] for i in hits), *last)
        return self._for_file[hits]


COMMAND_LINE = "command line"


def relative(path: Path, root: Path) -> str:
    """A path below ``root`` with ``/``; the absolute path where it is elsewhere."""
    absolute = path if path.is_absolute() else Path.cwd() / path
    try:
        return absolute.relative_to(root).as_posix()
    except ValueError:
        return absolute.as_posix()


def globs(patterns: Iterable[str]) -> Any:
    """Match paths as a .gitignore does: ``*.mdx`` anywhere, ``content/legal/**`` from the root.

    As in git, a line that is no pattern matches nothing; nor does one that would take too long to match.
    """
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 -- 50 ms that only some runs need

    def made(lines: Iterable[str]) -> Any:
        try:
            return GitIgnoreSpec.from_lines(lines)
        except (ValueError, re.error):
            return None

    lines = [line for line in patterns if not too_many_stars(line)]
    slow = {*[line for line in lines if _has_two_stars(line)][_MOST_SLOW:]}
    lines = [line for line in lines if line not in slow]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about signs that a later Python will read as a set: '[[a]'
        return made(lines) or made(line for line in lines if made([line]))


def _has_two_stars(pattern: str) -> bool:
    return any(part.count("*") > 1 for part in pattern.split("/") if part != "**")


def too_many_stars(pattern: str) -> bool:
    """Whether a pattern has more than three ``*`` in one name, or more than two ``**`` with something behind them.

    Each multiplies the time that a match may take by the length of a name or path.
    """
    parts = pattern.rstrip("/").split("/")
    return parts[:-1].count("**") > 2 or any(part.count("*") > 3 for part in parts)


# --- which rules run, and how ------------------------------------------------------------


def choose(card: Card, layers: Sequence[Layer]) -> Chosen:
    """Decide whether a rule runs: the highest layer that names it or its family.

    Within a layer the longer name wins, and ``ignore`` wins over an equal ``select``. A rule that is off
    by default runs only where its own id is selected.
    """
    chosen = Chosen(card.default, "default")
    for layer in layers:
        select, ignore = layer.values.get("select"), layer.values.get("ignore", ())
        on = _rank(card, select or (), needs_id=not card.default)
        off = _rank(card, ignore)
        if on or off:
            chosen = Chosen(on > off, layer.origin)
        elif select is not None and layer.replaces:
            chosen = Chosen(runs=False, origin=layer.origin)
    return chosen


def _rank(card: Card, names: Collection[str], *, needs_id: bool = False) -> int:
    """How closely a list of names fits a rule: 3 its id, 2 its family, 1 ``all``, 0 not at all."""
    if card.id in names:
        return 3
    if needs_id:
        return 0
    return 2 if card.family in names else 1 if "all" in names else 0


def rule_values(layers: Iterable[Layer]) -> Iterator[tuple[str, str, object, str]]:
    """Every rule setting in rising order: rule, key, value, origin."""
    for layer in layers:
        for rule, values in layer.values.get("rules", {}).items():
            for key, value in values.items():
                yield rule, key, value, layer.origin


def settings_of(cards: Iterable[Card], layers: Sequence[Layer]) -> Settings:
    """What the layers mean for the engine."""
    options: dict[str, dict[str, object]] = {}
    severities: dict[str, Severity] = {}
    for rule, key, value, _ in rule_values(layers):
        if key == "severity":
            severities[rule] = _SEVERITIES[str(value)]
        else:
            options.setdefault(rule, {})[key] = value
    rules = {card.id for card in cards if choose(card, layers).runs}
    adding = [replace(layer, replaces=False) for layer in layers]
    own = {rule for rule in OWN_RULES if choose(_own_card(rule), adding).runs}
    reasons = tuple(name for layer in layers for name in layer.values.get("require-reason", ()))
    return Settings(frozenset(rules | own), options, severities, reasons, shared_of(layers))


def shared_of(layers: Iterable[Layer]) -> dict[str, object]:
    """The options that are said once for all rules that have them; the highest layer wins."""
    return {key: layer.values[key] for layer in layers for key in SHARED if key in layer.values}


def vocabulary_of(layers: Iterable[Layer]) -> Vocabulary:
    """The words of the project: the lists of all layers added up; a higher layer's better wording or keyphrase wins.

    Raises ``UsageError`` for a file of approved claims that cannot be used.
    """
    tables = [(layer, table) for layer in layers if (table := layer.values.get("vocabulary"))]
    if not tables:
        return EMPTY

    def merged(key: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(term for _, table in tables for term in table.get(key, ())))

    reject: dict[str, str] = {}
    for _, table in tables:
        terms = table.get("reject", {})
        reject.update(terms if isinstance(terms, dict) else dict.fromkeys(terms, ""))
    keyphrase = next((table["keyphrase"] for _, table in reversed(tables) if "keyphrase" in table), ())
    files = dict.fromkeys(layer.folder / name for layer, table in tables if (name := table.get("approved-claims")))
    return Vocabulary(
        accept=merged("accept"),
        reject=tuple(reject.items()),
        interventions=merged("interventions"),
        conditions=merged("conditions"),
        brands=merged("brands"),
        approved=tuple(approval for file in files for approval in read_approvals(file, shown(file))),
        keyphrases=_texts(keyphrase),
    )


def _texts(value: str | Sequence[str]) -> tuple[str, ...]:
    """A text or a list of texts, as the latter."""
    return (value,) if isinstance(value, str) else tuple(value)


def _own_card(rule: str) -> Card:
    """A stand-in: the engine's own rules are chosen like all others, but only ``ignore`` turns them off."""
    return Card(rule, "", Severity.WARNING, {}, {}, "", (), "python", "", frozenset(), (), True, (), (), "")  # noqa: FBT003


def check_names(config: Config, cards: Mapping[str, Card]) -> None:
    """Raise ``UsageError`` for a rule or family that does not exist, with the nearest that does."""
    families = {card.family for card in cards.values()} | {"acu"}
    known = {*cards, *families, *OWN_RULES, "all"}
    for layer in config.layers:
        for values in (layer.values, *layer.values.get("overrides", ())):
            for key in ("select", "ignore", "require-reason"):
                for name in values.get(key, ()):
                    if name not in known:
                        raise UsageError(
                            f"{layer.origin}: {key}: no rule or family '{name}'{did_you_mean(name, known)}"
                        )
            for rule, settings in values.get("rules", {}).items():
                if rule not in cards and rule not in OWN_RULES:
                    near = did_you_mean(rule, (*cards, *OWN_RULES))
                    raise UsageError(f"{layer.origin}: rules: no rule '{rule}'{near}")
                if rule in OWN_RULES and (wrong := next((key for key in settings if key != "severity"), "")):
                    raise UsageError(f"{layer.origin}: {rule} has no option '{wrong}'; only its severity can be set")


# --- reading files -----------------------------------------------------------------------


def find(folder: Path) -> Path | None:
    """The nearest configuration file from a folder upwards, as far as the root of the repository."""
    for here in (folder, *folder.parents):
        if os.path.lexists(here / FILE):
            return _own(here / FILE)
        if os.path.isfile(here / _PROJECT) and _PROJECT_KEY in _tables(_toml(_own(here / _PROJECT)), "tool"):  # noqa: PTH113
            return here / _PROJECT
        if os.path.lexists(here / ".git"):
            return None
    return None


def _own(file: Path) -> Path:
    """A file that configures its own tree; raises ``UsageError`` for a link that leads elsewhere."""
    if why := Tree([file.parent]).why_not(os.fspath(file)):
        raise UsageError(f"{shown(file)}: {why}")
    return file


def _tables(values: Mapping[str, Any], *keys: str) -> Mapping[str, Any]:
    """The table within tables; empty where there is none."""
    for key in keys:
        inner = values.get(key)
        values = inner if isinstance(inner, dict) else {}
    return values


def load(file: Path | None, *, root: Path | None = None, command_line: Mapping[str, Any] | None = None) -> Config:
    """Read a configuration file and what it extends; None means defaults alone.

    Globs are relative to the folder of the file, or without one to ``root`` (by default the working folder).
    Raises ``UsageError`` that names file, line and mend.
    """
    layers = list(Config(Path()).layers)
    if file is not None:
        layers += _layers(file, (), _base_of(file))
    given = {key: value for key, value in (command_line or {}).items() if value}
    if given:
        layers.append(Layer(COMMAND_LINE, given, Path.cwd()))
    return Config(file.resolve().parent if file else root or Path.cwd(), tuple(layers))


def _base_of(file: Path) -> Path:
    """The folder that a configuration may name files in: its repository or, without one, its own."""
    folder = file.resolve().parent
    return repository(folder) or folder


def _layers(file: Path, above: tuple[Path, ...], base: Path) -> list[Layer]:
    """The layer of a file, below it those it extends."""
    file = file.resolve()
    if file in above:
        raise UsageError(f"{shown(file)}: 'extend' goes in a circle")
    values = _toml(file)
    if file.name == _PROJECT:
        values = dict(_tables(values, "tool", _PROJECT_KEY))
    checker = _Checker(file)
    checker.check(values)
    for key, name in _named_files(values):
        checker.inside(key, name, base)
    layers = []
    if "extend" in values:
        layers = _layers(checker.inside("extend", values["extend"], base), (*above, file), base)
    return [*layers, Layer(shown(file), values, file.parent)]


def _named_files(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The files and folders that a configuration names, beside those it extends, and the key of each."""
    yield from (("rule-paths", path) for path in values.get("rule-paths", ()))
    for table in (values, *values.get("overrides", ())):
        if name := table.get("vocabulary", {}).get("approved-claims"):
            yield "approved-claims", name


def shown(file: Path) -> str:
    """A path as a user would write it: relative where it is below the working folder."""
    return relative(file, Path.cwd())


def _toml(file: Path) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 -- only where there is a configuration file

    from acu_lint.parse.toml_values import check_dots  # noqa: PLC0415
    from acu_lint.parse.values import BrokenError  # noqa: PLC0415

    try:
        text = read_bytes(file).decode("utf-8-sig")
        check_dots(text, 0)
        return tomllib.loads(text.replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        raise UsageError(f"{shown(file)}: not UTF-8 (byte {error.start}); save it as UTF-8") from None
    except UnreadableError as error:
        raise UsageError(f"{shown(file)}: {error}") from None
    except (RecursionError, BrokenError):
        raise UsageError(f"{shown(file)}: broken TOML: tables or lists are nested too deeply") from None
    except ValueError as error:  # what tomllib raises, and a number of too many digits
        raise UsageError(f"{shown(file)}: broken TOML: {error}") from None


class _Checker:
    """Check the values of one configuration file, naming the line of what is wrong."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def check(self, values: Mapping[str, Any]) -> None:
        """Raise ``UsageError`` at the first unknown key or wrong value."""
        self._table(values, _KEYS, "")
        self._table(values.get("corpus", {}), _CORPUS_KEYS, "corpus")
        for key in ("include", "exclude"):
            self._globs(key, values.get("corpus", {}).get(key, ()))
        self._globs("exclude", values.get("exclude", ()))
        if values.get("fail-on", "error") not in _LEVELS:
            self._fail("fail-on", f"'fail-on' is one of: {', '.join(_LEVELS)}")
        if not _ADDRESS.fullmatch(values.get("contact", "a@b")):
            self._fail("contact", "'contact' takes an e-mail address, such as editor@example.org")
        self._shared(values)
        for override in values.get("overrides", ()):
            if not isinstance(override, dict) or "files" not in override:
                self._fail("overrides", "every override has 'files', a list of globs")
            self._table(override, _OVERRIDE_KEYS, "overrides")
            self._globs("files", override["files"])
            self._shared(override)

    def inside(self, key: str, name: str, base: Path) -> Path:
        """A file that a key names; raises ``UsageError`` where it is neither below ``base`` nor the user's own."""
        try:
            file = (self._file.parent / name).resolve()
        except (OSError, RuntimeError, ValueError):  # a link in a circle, a name that no file can have
            self._fail(key, f"'{key}' names no file: {name!r}")
        if not file.is_relative_to(base) and not file.is_relative_to(user_folder().resolve()):
            self._fail(key, f"'{key}' leads out of {base}: copy the file there, or to {user_folder()}")
        return file

    def _globs(self, key: str, patterns: Iterable[str]) -> None:
        for pattern in patterns:
            if too_many_stars(pattern):
                self._fail(key, f"'{pattern}' has more '*' than can be matched in good time; write a plainer pattern")
            if ".." in pattern.split("/"):
                self._fail(key, f"'{pattern}' leads out of the folder of this file, whose articles it is about")

    def _shared(self, values: Mapping[str, Any]) -> None:
        """Check what a file and an override both may say."""
        self._rules(values.get("rules", {}))
        self._names(values)
        vocabulary = values.get("vocabulary", {})
        self._table(vocabulary, _VOCABULARY_KEYS, "vocabulary")
        for key in ("accept", "reject", "interventions", "conditions", "brands", "keyphrase"):
            for term in _texts(vocabulary.get(key, ())):
                if not any(map(str.isalnum, term)):
                    self._fail(key, f"'{key}' holds '{term}', which has no words")
        rejected = set(vocabulary.get("reject", ()))
        for term in vocabulary.get("accept", ()):
            if term in rejected:
                self._fail("reject", f"'{term}' is accepted and rejected; say one of them")

    def _names(self, values: Mapping[str, Any]) -> None:
        """Check the names that the shared options hold."""
        for key, known in SHARED.items():
            given = values.get(key, ())
            for name in given if isinstance(given, list) else [given] if isinstance(given, str) else []:
                if not isinstance(name, str):
                    self._fail(key, f"'{key}' holds texts alone")
                if name not in known:
                    near = did_you_mean(name, known) or f"; there are: {', '.join(known)}"
                    self._fail(key, f"no {key} '{name}'{near}")

    def _table(self, values: Mapping[str, Any], known: Mapping[str, str], name: str) -> None:
        for key, value in values.items():
            if key not in known:
                where = f"in {name}" if name else ""
                self._fail(key, f"unknown key '{key}' {where}".rstrip() + did_you_mean(key, known))
            if not _is(value, known[key]):
                self._fail(key, f"'{key}' takes {known[key]}")

    def _rules(self, rules: Mapping[str, Any]) -> None:
        for rule, values in rules.items():
            if not isinstance(values, dict):
                self._fail(rule, f'write a table: [rules."{rule}"]')
            severity = values.get("severity", "error")
            if not isinstance(severity, str) or severity not in _SEVERITIES:
                self._fail("severity", f"{rule}: severity '{severity}' is not one of: {', '.join(_SEVERITIES)}")
            self._names(values)

    def _fail(self, key: str, message: str) -> NoReturn:
        text = read_bytes(self._file).decode("utf-8-sig")
        place = re.search(rf"^[^#\n]*(?<![\w-]){re.escape(key)}(?![\w-])", text, re.MULTILINE)
        line = text.count("\n", 0, place.end()) + 1 if place else 1
        raise UsageError(f"{shown(self._file)}:{line}: {message}")


def _is(value: object, what: str) -> bool:
    if what == "a text or a list of texts":
        return _is(value, "a text") or _is(value, "a list of texts")
    if what == "a list of texts":
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if what == "a number of megabytes":
        return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 1000
    if what == "a list of texts or a table of texts":
        texts = value.values() if isinstance(value, dict) else value
        return isinstance(value, dict | list) and all(isinstance(text, str) for text in cast("Iterable[object]", texts))
    kind = {"a text": str, "true or false": bool, "a list of tables": list}.get(what, dict)
    return isinstance(value, cast("type[object]", kind))
