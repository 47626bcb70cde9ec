"""Read the articles of a large corpus one by one: JSONL, Parquet, WARC, or files of the formats that are linted."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import IO, Any, NamedTuple

import fsspec

from acu_lint.parse import FORMATS, format_of
from acu_lint.project.discovery import decode
from acu_lint.system.errors import UsageError
from acu_lint.system.tree import UnreadableError

_ROWS = 256  # of a Parquet file in memory at once
_LARGEST = 10_000_000  # bytes of a record; a larger one is no article
JSONL = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
PARQUET = (".parquet",)
WARC = (".warc", ".warc.gz")
KINDS = (*JSONL, *PARQUET, *WARC, *FORMATS)


class Record(NamedTuple):
    """An article to be compared: what it is called, its text, and a file name that tells its format."""

    name: str
    text: str
    file: str


class Fields(NamedTuple):
    """The fields of JSONL and Parquet that hold the text, the name and (optional) the format of an article.

    Without a field for the format the text is read as Markdown; the format is an ending such as ``html``.
    """

    text: str = "text"
    name: str = "id"
    format: str = "format"


def inputs(paths: Sequence[str]) -> list[str]:
    """The files below folders and behind globs, local or of any store that fsspec knows (``s3://…``), sorted.

    Raises ``UsageError`` for a path that names nothing and for a file of a kind that is not read.
    """
    found: set[str] = set()
    for path in paths:
        fs, name = fsspec.url_to_fs(path)
        folder = fs.isdir(name)
        files = fs.find(name) if folder else fs.glob(name) if "*" in name else [name] * fs.exists(name)
        known = [_address(fs, file) for file in files if file.lower().endswith(KINDS)]
        if not known:
            raise UsageError(f"{path}: there is no such file or folder, or nothing in it of {' '.join(KINDS)}")
        found.update(known)
    return sorted(found)


def _address(fs: Any, file: str) -> str:
    """The address of a file; a path where it is a local one."""
    return str(fs.unstrip_protocol(file)).removeprefix("file://")


def records(file: str, fields: Fields, tell: Any = str) -> Iterator[Record]:
    """Yield the articles of one file in order; ``tell`` hears in one line of what is left out."""
    reader = next((read for kinds, read in _READERS if file.lower().endswith(kinds)), _document)
    with fsspec.open(file, "rb", compression="infer" if file.endswith(JSONL) else None) as stream:
        yield from reader(stream, file, fields, tell)


def _jsonl(stream: IO[bytes], file: str, fields: Fields, tell: Any) -> Iterator[Record]:
    for number, line in enumerate(stream, 1):
        if line.isspace():
            continue
        try:
            row = json.loads(line)
            text = row[fields.text]
        except (ValueError, KeyError, TypeError):
            tell(f"{file}:{number}: left out: no JSON object with a text in '{fields.text}'")
            continue
        yield from _row(row, text, f"{file}:{number}", fields, tell)


def _parquet(stream: IO[bytes], file: str, fields: Fields, tell: Any) -> Iterator[Record]:
    from pyarrow.parquet import ParquetFile  # noqa: PLC0415 -- only for this kind

    table = ParquetFile(stream)
    columns = [name for name in fields if name in table.schema_arrow.names]
    if fields.text not in columns:
        raise UsageError(f"{file}: there is no column '{fields.text}'; name the one with --text")
    number = 0
    for batch in table.iter_batches(_ROWS, columns=columns):
        for row in batch.to_pylist():
            number += 1
            yield from _row(row, row[fields.text], f"{file}:{number}", fields, tell)


def _row(row: dict[str, Any], text: object, place: str, fields: Fields, tell: Any) -> Iterator[Record]:
    if not isinstance(text, str) or len(text) > _LARGEST:
        tell(f"{place}: left out: '{fields.text}' is no text of up to {_LARGEST:,} characters")
        return
    ending = str(row.get(fields.format) or "md").lstrip(".")
    name = row.get(fields.name)
    yield Record(place if name is None else str(name), text, f"a.{ending}" if format_of(f"a.{ending}") else "a.md")


def _warc(stream: IO[bytes], file: str, fields: Fields, tell: Any) -> Iterator[Record]:
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415 -- only for this kind
    from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415

    del fields
    try:
        for record in ArchiveIterator(stream):
            kind = record.http_headers and record.http_headers.get_header("Content-Type", "")
            if record.rec_type != "response" or not kind or "html" not in kind:
                continue
            raw = record.content_stream().read(_LARGEST + 1)
            address = record.rec_headers.get_header("WARC-Target-URI") or f"{file}:{record.rec_headers}"
            if len(raw) > _LARGEST:
                tell(f"{address}: left out: more than {_LARGEST / 1e6:.0f} MB")
                continue
            yield Record(address, raw.decode("utf-8", errors="replace").replace("\0", " "), "a.html")
    except ArchiveLoadFailed as error:
        tell(f"{file}: the rest is left out: {error}")


def _document(stream: IO[bytes], file: str, fields: Fields, tell: Any) -> Iterator[Record]:
    del fields
    raw = stream.read(_LARGEST + 1)
    try:
        if len(raw) > _LARGEST:
            raise UnreadableError(f"more than {_LARGEST / 1e6:.0f} MB")
        yield Record(file, decode(raw), file)
    except UnreadableError as error:
        tell(f"{file}: left out: {error}")


_READERS = ((JSONL, _jsonl), (PARQUET, _parquet), (WARC, _warc))
