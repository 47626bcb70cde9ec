"""The card of a rule: everything about it that is not code."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from acu_lint.document.language import NAMES
from acu_lint.rules.finding import Severity
from acu_lint.system.errors import did_you_mean

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*/[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_KEY = re.compile(r"^([a-z-]+):", re.MULTILINE)
KINDS = ("terms", "pattern", "occurrence", "metric", "require", "python")
BLOCKS = frozenset(
    {"heading", "paragraph", "item", "cell", "quote", "caption", "footnote", "title", "description", "alt"}
)


class CardError(ValueError):
    """A card that cannot be used; the text names the file, the line and the mend."""


class SourceNote(NamedTuple):
    """Where a rule's policy stands."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """Text with the expected findings in double brackets, as in ``It [[cures]] pain``."""

    text: str
    options: Mapping[str, object] = field(default_factory=dict)
    file: str = "example.md"
    today: str = ""
    corpus: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Card:
    """One rule's name, words, examples and settings.

    ``kind`` names the entry of ``KINDS`` that says how the rule finds something and ``body`` is what
    the card gives under that key. ``messages`` and ``suggestions`` have the same keys; ``default`` is
    the usual one. ``origin`` is the file, for messages. ``language`` is the code of the only language whose
    articles the rule reads (``en``); empty for all. ``corpus`` says that it compares articles: where there is
    nothing to compare with, it is not even imported.
    """

    id: str
    title: str
    severity: Severity
    messages: Mapping[str, str]
    suggestions: Mapping[str, str]
    why: str
    sources: tuple[SourceNote, ...]
    kind: str
    body: Any
    scope: frozenset[str]
    yields_to: tuple[str, ...]
    default: bool
    bad: tuple[Example, ...]
    good: tuple[Example, ...]
    origin: str
    language: str = ""
    corpus: bool = False

    @property
    def family(self) -> str:
        """The part of the id before the slash."""
        return self.id.partition("/")[0]

    @property
    def url(self) -> str:
        """The first source that has an address."""
        return next((note.url for note in self.sources if note.url), "")


def read(file: Traversable, raw: bytes | None = None, *, examples: bool = True) -> Card:
    """Read and check one card, whose content may be given; without its ``examples`` in a third of the time.

    Raises ``CardError`` with the file, the line and the mend; ``OSError`` where it cannot be read.
    """
    origin = str(file)
    text = _text(file.read_bytes() if raw is None else raw, origin, examples=examples)
    content = _parsed(text, origin, is_local=raw is not None)
    try:
        return build(content, origin)
    except _BadKeyError as error:
        raise CardError(f"{origin}:{_line_of(text, error.key)}: {error}") from None


def content_of(file: Traversable) -> object:
    """What ``build`` takes: the content of a card without its examples, not checked; raises as ``read`` does."""
    origin = str(file)
    return _parsed(_text(file.read_bytes(), origin, examples=False), origin, is_local=False)


def _text(raw: bytes, origin: str, *, examples: bool) -> str:
    try:
        text = raw.removeprefix(BOM_UTF8).decode().replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise CardError(f"{origin}: not UTF-8 (byte {error.start}); save the card as UTF-8") from None
    return text if examples else _without_examples(text)


def _parsed(text: str, origin: str, *, is_local: bool) -> object:
    """The YAML of a card; one of the project may have no aliases, with which a short text becomes a huge one."""
    import yaml  # noqa: PLC0415 -- 5 ms; the first-party cards are kept from one run to the next

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        if is_local and any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=loader)):
            raise CardError(f"{origin}: a card needs no aliases ('*name'): write the text out")
        return yaml.load(text, Loader=loader)  # noqa: S506 -- a safe loader
    except CardError:
        raise
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{origin}:{mark.line + 1}" if mark else origin
        what = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise CardError(f"{where}: broken YAML: {what}") from None
    except Exception as error:  # noqa: BLE001 -- a tag that does not fit its value, too deep a nesting
        raise CardError(f"{origin}: broken YAML ({type(error).__name__}): write plain texts, lists and keys") from None


def _without_examples(text: str) -> str:
    """The text of a card up to its examples, where nothing else comes after them."""
    keys = list(_KEY.finditer(text))
    first = next((at for at, key in enumerate(keys) if key[1] in {"bad", "good"}), len(keys))
    last = all(key[1] in {"bad", "good"} for key in keys[first:])
    return text[: keys[first].start()] if last and first < len(keys) else text


def build(raw: object, origin: str) -> Card:
    """Check the mapping of a card and make the card.

    Raises ``CardError`` (through ``read`` with the line of the wrong key).
    """
    if not isinstance(raw, dict):
        raise _BadKeyError("", "a card is a mapping that starts with 'id: family/name'")
    keys = cast("dict[str, Any]", raw)
    for key in keys:
        if key not in _READERS and key not in KINDS:
            raise _BadKeyError(str(key), f"unknown key '{key}'{did_you_mean(str(key), (*_READERS, *KINDS))}")
    for key in ("id", "title", "message", "sources"):
        if key not in keys and not (key == "message" and "messages" in keys):
            raise _BadKeyError("", f"the key '{key}' is missing")
    kinds = [key for key in KINDS if key in keys]
    if len(kinds) != 1:
        raise _BadKeyError(kinds[-1] if kinds else "", f"a card has exactly one of: {', '.join(KINDS)}")
    value = {key: reader(key, keys[key]) for key, reader in _READERS.items() if key in keys}
    messages = value.get("messages", {})
    if "message" in value:
        messages = {"default": value["message"], **messages}
    suggest = value.get("suggest", {})
    return Card(
        id=value["id"],
        title=value["title"],
        severity=value.get("severity", Severity.WARNING),
        messages=messages,
        suggestions=dict.fromkeys(messages, suggest) if isinstance(suggest, str) else suggest,
        why=value.get("why", "").strip(),
        sources=value["sources"],
        kind=kinds[0],
        body=keys[kinds[0]],
        scope=value.get("scope", frozenset()),
        yields_to=value.get("yields-to", ()),
        default=value.get("default", True),
        bad=value.get("bad", ()),
        good=value.get("good", ()),
        origin=origin,
        language=value.get("language", ""),
        corpus=value.get("corpus", False),
    )


class _BadKeyError(CardError):
    """A fault of one key, so that ``read`` can name its line."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


def _line_of(text: str, key: str) -> int:
    """Line (from 1) of a top-level key; found only when there is an error to show."""
    import yaml  # noqa: PLC0415 -- see ``_parsed``

    node = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    pairs: list[tuple[Any, Any]] = node.value if isinstance(node, yaml.MappingNode) else []
    return next((name.start_mark.line + 1 for name, _ in pairs if name.value == key), 1)


def located(card: Card, key: str, message: str) -> CardError:
    """A fault of one key of a card, with its file and line."""
    try:
        text = Path(card.origin).read_text(encoding="utf-8-sig")
    except OSError:  # a card in an archive
        return CardError(f"{card.origin}: {message}")
    return CardError(f"{card.origin}:{_line_of(text, key)}: {message}")


def _string(key: str, raw: object) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise _BadKeyError(key, f"'{key}' is a text that is not empty")
    return raw


def _rule_id(key: str, raw: object) -> str:
    if not _ID.fullmatch(text := _string(key, raw)):
        raise _BadKeyError(key, f"'{text}' is not an id: write family/name in lower case with dashes")
    return text


def _severity(key: str, raw: object) -> Severity:
    names = [severity.label for severity in Severity]
    if raw not in names:
        raise _BadKeyError(key, f"severity '{raw}' is not one of: {', '.join(names)}")
    return Severity[str(raw).upper()]


def _language(key: str, raw: object) -> str:
    if not isinstance(raw, str) or raw not in NAMES:
        raise _BadKeyError(key, f"'{raw}' is no language code; write one such as 'en' or 'de'")
    return str(raw)


def _boolean(key: str, raw: object) -> bool:
    if not isinstance(raw, bool):
        raise _BadKeyError(key, f"'{key}' is true or false")
    return raw


def _strings(key: str, raw: object) -> tuple[str, ...]:
    if not isinstance(raw, list) or not all(isinstance(item, str) for item in raw):
        raise _BadKeyError(key, f"'{key}' is a list of texts")
    return tuple(raw)


def _texts(key: str, raw: object) -> Mapping[str, str]:
    if not isinstance(raw, dict) or not all(isinstance(text, str) for item in raw.items() for text in item):
        raise _BadKeyError(key, f"'{key}' maps names to texts")
    return raw


def _suggest(key: str, raw: object) -> str | Mapping[str, str]:
    return raw if isinstance(raw, str) else _texts(key, raw)


def _scope(key: str, raw: object) -> frozenset[str]:
    for name in (names := _strings(key, raw)):
        if name not in BLOCKS:
            raise _BadKeyError(key, f"'{name}' is no kind of block{did_you_mean(name, BLOCKS)}")
    return frozenset(names)


def _sources(key: str, raw: object) -> tuple[SourceNote, ...]:
    if not isinstance(raw, list) or not raw:
        raise _BadKeyError(key, "'sources' is a list with at least one entry: a rule without a source does not ship")
    return tuple(_source(key, item) for item in raw)


def _source(key: str, raw: object) -> SourceNote:
    if isinstance(raw, str):
        return SourceNote(raw, raw if raw.startswith("http") else "")
    if not isinstance(raw, dict) or not {"title"} <= set(raw) <= {"title", "url"}:
        raise _BadKeyError(key, "a source is an address or has 'title' and 'url'")
    return SourceNote(str(raw["title"]), str(raw.get("url", "")))


def _examples(key: str, raw: object) -> tuple[Example, ...]:
    if not isinstance(raw, list):
        raise _BadKeyError(key, f"'{key}' is a list of examples")
    return tuple(_example(key, item) for item in raw)


def _example(key: str, raw: object) -> Example:
    if isinstance(raw, str):
        return Example(raw)
    known = set(Example.__dataclass_fields__)
    if not isinstance(raw, dict) or not {"text"} <= set(raw) <= known:
        raise _BadKeyError(key, f"an example is a text, or has 'text' and some of: {', '.join(sorted(known))}")
    return Example(**{**raw, "today": str(raw.get("today", ""))})


_READERS: dict[str, Callable[[str, object], Any]] = {
    "id": _rule_id,
    "title": _string,
    "severity": _severity,
    "message": _string,
    "messages": _texts,
    "suggest": _suggest,
    "why": _string,
    "sources": _sources,
    "scope": _scope,
    "language": _language,
    "corpus": _boolean,
    "yields-to": _strings,
    "default": _boolean,
    "bad": _examples,
    "good": _examples,
}
