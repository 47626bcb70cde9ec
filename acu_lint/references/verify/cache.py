"""Answers kept on disk: one small JSON file for each identifier."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_VERSION = 1  # of the form in which records are kept
_DAY = 86_400


class Cache:
    """A folder of answers, each good for ``days``; without a folder, or where it cannot be written, nothing is kept.

    A file is written beside its place and moved there, so a reader sees an old answer, a new one or none. What
    cannot be read counts as absent and is replaced by the next answer.
    """

    def __init__(self, folder: Path | None, *, days: float) -> None:
        self._folder = folder
        self._seconds = days * _DAY

    def _file(self, folder: Path, key: str) -> Path:
        return folder / f"{hashlib.sha256(key.encode(errors='replace')).hexdigest()[:40]}.json"

    def get(self, key: str) -> Mapping[str, Any] | None:
        """The answer kept for a key, unless it is too old."""
        if self._folder is None:
            return None
        try:
            kept = json.loads(self._file(self._folder, key).read_bytes())
            fresh = kept["version"] == _VERSION and 0 <= time.time() - kept["time"] < self._seconds
            if not fresh or kept["key"] != key:
                return None
            record = kept["record"]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return record if isinstance(record, dict) else None

    def put(self, key: str, record: Mapping[str, Any]) -> None:
        """Keep an answer."""
        if self._folder is None:
            return
        text = json.dumps({"version": _VERSION, "time": time.time(), "key": key, "record": record})
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._folder, suffix=".part")
        except OSError:
            self._folder = None
            return
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            Path(name).replace(self._file(self._folder, key))
        except OSError:
            Path(name).unlink(missing_ok=True)
