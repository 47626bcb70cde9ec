"""What a configuration file may say: its keys, what each takes, and the line of what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn, cast

from acu_lint.document.flavour import Flavour
from acu_lint.project.paths import shown, too_many_stars, trouble_with, trouble_with_path
from acu_lint.project.trust import user_folder
from acu_lint.rules.finding import Severity
from acu_lint.rules.options import SHARED
from acu_lint.system.errors import UsageError, did_you_mean
from acu_lint.system.tree import read_bytes

_SEVERITIES = {severity.label: severity for severity in Severity}
_LEVELS = (*_SEVERITIES, "never")

# Key -> what it takes, in words; the keys of a file and of an override.
_RULE_KEYS = {
    "select": "a list of texts",
    "ignore": "a list of texts",
    "rules": "a table of rules",
    "profile": "a list of texts",
    "audience": "a text",
    "reader": "true or false",
    "flavour": "a text",
    "vocabulary": "a table",
}
_KEYS = {
    **_RULE_KEYS,
    "extend": "a text",
    "include": "a list of texts",
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
_CORPUS_KEYS = {"include": "a list of texts", "exclude": "a list of texts", "shared-blocks": "a list of texts"}


class Checker:
    """Check the values of one configuration file, naming the line of what is wrong."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def check(self, values: Mapping[str, Any]) -> None:
        """Raise ``UsageError`` at the first unknown key or wrong value."""
        self._table(values, _KEYS, "")
        self._table(values.get("corpus", {}), _CORPUS_KEYS, "corpus")
        for key in ("include", "exclude"):
            self._globs(key, values.get("corpus", {}).get(key, ()))
        for key in ("include", "exclude"):
            self._globs(key, values.get(key, ()))
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
        if trouble := trouble_with_path(name):
            self._fail(key, f"'{name}': {trouble}")
        try:
            file = (self._file.parent / name).resolve()
        except (OSError, RuntimeError, ValueError):  # a link in a circle, a name that no file can have
            self._fail(key, f"'{key}' names no file: {name!r}")
        if not file.is_relative_to(base) and not file.is_relative_to(user_folder().resolve()):
            self._fail(key, f"'{key}' leads out of {base}: copy the file there, or to {user_folder()}")
        return file

    def _globs(self, key: str, patterns: Iterable[str]) -> None:
        for pattern in patterns:
            if trouble := trouble_with(pattern):
                self._fail(key, trouble)
            if too_many_stars(pattern):
                self._fail(key, f"'{pattern}' has more '*' than can be matched in good time; write a plainer pattern")
            if ".." in pattern.split("/"):
                self._fail(key, f"'{pattern}' leads out of the folder of this file, whose articles it is about")

    def _shared(self, values: Mapping[str, Any]) -> None:
        """Check what a file and an override both may say."""
        self._rules(values.get("rules", {}))
        self._names(values)
        if "flavour" in values:
            self._name("flavour", values["flavour"], [*Flavour])
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
                self._name(key, name, known)

    def _name(self, key: str, name: str, known: Iterable[str]) -> None:
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


def _texts(value: str | Sequence[str]) -> tuple[str, ...]:
    """A text or a list of texts, as the latter."""
    return (value,) if isinstance(value, str) else tuple(value)
