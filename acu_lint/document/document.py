"""An article as a rule sees it: blocks of plain text that know where they came from."""

from __future__ import annotations

import datetime
import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import accumulate
from typing import Any, NamedTuple, overload

from acu_lint.document.flavour import Flavour
from acu_lint.document.sentences import split
from acu_lint.document.site import NO_SITE, Site
from acu_lint.document.source import Source, Span
from acu_lint.document.spelling import APOSTROPHES, HYPHENS, MARKS, fold
from acu_lint.document.vocabulary import EMPTY, Vocabulary

OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"  # stands for inline code and the like, so that words do not join
# Words that start with a letter come first because most do; possessive, because nothing is gained by going back.
_MORE = rf"(?:[{MARKS}]++\w*+|[{APOSTROPHES}{HYPHENS}]\w++)*+"
_WORD = re.compile(rf"[^\W\d]\w*+{_MORE}|\d++(?:[.,]\d++)++|\d\w*+{_MORE}")
# The same for ASCII, in two thirds of the time; and signs that mean to words what a plain one means.
_ASCII_WORD = re.compile(r"[A-Za-z_]\w*+(?:['-]\w++)*+|\d++(?:[.,]\d++)++|\d\w*+(?:['-]\w++)*+", re.ASCII)
_PLAIN_SIGNS = (("’", "'"), ("“", '"'), ("”", '"'), ("–", " "), ("—", " "), ("‘", "'"), ("…", " "), ("•", " "))

PROSE = frozenset({"paragraph", "item", "quote", "cell", "caption", "footnote"})
META = frozenset({"title", "description", "alt"})


class Word(NamedTuple):
    """One word of a block; offsets are the block's."""

    text: str
    start: int
    end: int


# Words and spans are made by the hundred thousand: of a tuple in C, in two thirds of the time.
_word: Callable[[tuple[str, int, int]], Word] = partial(tuple.__new__, Word)
_span: Callable[[tuple[int, int]], Span] = partial(tuple.__new__, Span)


class Words(Sequence[Word]):
    """The words of a text in order; a hyphenated word or a decimal number is one word.

    ``Word`` objects are made when they are asked for: most words never are.
    """

    __slots__ = ("_spans", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        readable, word = _readable(text)
        self._spans = list(map(re.Match.span, word.finditer(readable)))

    def __len__(self) -> int:
        return len(self._spans)

    @overload
    def __getitem__(self, index: int) -> Word: ...
    @overload
    def __getitem__(self, index: slice) -> Words: ...
    def __getitem__(self, index: int | slice) -> Word | Words:
        if isinstance(index, slice):
            part = Words.__new__(Words)
            part._text, part._spans = self._text, self._spans[index]
            return part
        start, end = self._spans[index]
        return _word((self._text[start:end], start, end))

    def __iter__(self) -> Iterator[Word]:
        text = self._text
        return map(_word, [(text[start:end], start, end) for start, end in self._spans])

    def initial(self, index: int) -> str:
        """The first character of a word, without the word being made."""
        return self._text[self._spans[index][0]]

    def gap(self, index: int) -> str:
        """What stands between a word and the next one."""
        return self._text[self._spans[index][1] : self._spans[index + 1][0]]

    def gaps(self, start: int) -> list[str]:
        """What stands before each word; before the first one from an offset on."""
        text = self._text
        ends = [start, *[end for _, end in self._spans]]
        return [text[end:begin] for end, (begin, _) in zip(ends, self._spans, strict=False)]

    def before(self, offset: int) -> int:
        """How many words start before an offset."""
        return bisect_left(self._spans, (offset, 0))


def _readable(text: str) -> tuple[str, re.Pattern[str]]:
    """A text in which the same words stand at the same places, and the quickest pattern that finds them."""
    if not text.isascii():
        for sign, plain in _PLAIN_SIGNS:
            text = text.replace(sign, plain)
    return text, _ASCII_WORD if text.isascii() else _WORD


class Piece(NamedTuple):
    """A run of a block's text and the source it came from.

    Equal lengths mean that both read the same; otherwise the piece is atomic (an entity,
    an escape, inline code, a soft break): a range that touches it covers all of its source.
    """

    text: str
    start: int
    length: int


class Block:
    """A run of prose without its markup.

    ``kind`` is one of heading, paragraph, item, cell, quote, caption, footnote (the text of a note),
    title, description or alt. ``level`` is a heading's level or a list item's depth (from 1). ``path``
    names the headings above, outermost first. ``group`` numbers the list of an item and the table row
    of a cell (0 elsewhere). ``label`` is a footnote's label. ``lang`` is the language that the part itself
    declares, such as ``de`` or ``en-GB`` (empty: that of the page).
    """

    __slots__ = (
        "_at", "_bounds", "_folded", "_pieces", "_sentences", "_words",
        "group", "index", "kind", "label", "lang", "level", "path", "text",
    )  # fmt: skip

    def __init__(  # noqa: PLR0913 -- the fields of a record
        self,
        kind: str,
        pieces: Sequence[Piece],
        *,
        level: int = 0,
        path: tuple[str, ...] = (),
        group: int = 0,
        label: str = "",
        lang: str = "",
    ) -> None:
        self.kind = kind
        self.level = level
        self.path = path
        self.group = group
        self.label = label
        self.lang = lang
        self.index = 0
        texts = [piece[0] for piece in pieces]
        self.text = texts[0] if len(texts) == 1 else "".join(texts)
        self._pieces = pieces
        self._at = list(accumulate(map(len, texts[:-1]), initial=0))  # where each piece begins
        self._words: Words | None = None
        self._folded: tuple[str, ...] | None = None
        self._bounds: list[int] | None = None
        self._sentences: list[Sentence] | None = None

    def __repr__(self) -> str:
        return f"Block({self.kind!r}, {self.text!r})"

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Source range of a range of the block's text (the whole block by default)."""
        stop = len(self.text) if end is None else end
        if len(self._pieces) == 1:
            text, begin, length = self._pieces[0]
            if len(text) == length:
                return _span((begin + start, begin + stop))
        first = max(bisect_right(self._at, start) - 1, 0)
        last = max(bisect_right(self._at, max(stop - 1, start)) - 1, 0)
        head, tail = self._pieces[first], self._pieces[last]
        begin = head.start + (start - self._at[first] if len(head.text) == head.length else 0)
        if len(tail.text) == tail.length:
            return _span((begin, tail.start + stop - self._at[last]))
        return _span((begin, tail.start + tail.length))

    @property
    def words(self) -> Words:
        """The words in order."""
        if self._words is None:
            self._words = Words(self.text)
        return self._words

    @property
    def folded(self) -> tuple[str, ...]:
        """The words as they are compared (see ``fold``), one for each of ``words``."""
        if self._folded is None:
            self._fold()
        return self._folded  # type: ignore[return-value]

    @property
    def bounds(self) -> Sequence[int]:
        """The number of the word that each sentence starts with, and after the last the number of words."""
        if self._bounds is None:
            self._fold()
        return self._bounds  # type: ignore[return-value]

    def opens(self, word: int) -> bool:
        """Whether a sentence starts with the word of a number."""
        return self.bounds[bisect_left(self.bounds, word)] == word

    def release(self) -> None:
        """Forget the words and sentences; they are made again when they are asked for."""
        self._words = self._folded = self._bounds = self._sentences = None

    def folded_words(self) -> list[str]:
        """What ``folded`` holds, without the sentences and without keeping it: for those who want nothing else."""
        return _folded_words(*_readable(self._lower_text()))

    def lower_words(self) -> list[str]:
        """The words in lower case with their accents, which tell languages apart."""
        return _WORD.findall(self._lower_text())

    def _lower_text(self) -> str:
        text = self.text.lower()
        if len(text) != len(self.text):  # a few letters grow in lower case, and would split a word
            text = "".join(low if len(low := char.lower()) == 1 else char for char in self.text)
        return text

    def _fold(self) -> None:
        lower, word = _readable(self._lower_text())
        words: list[str] = []
        bounds = [0]
        for sentence in self.sentences:
            words += _folded_words(lower, word, sentence.start, sentence.end)
            bounds.append(len(words))
        self._folded, self._bounds = tuple(words), bounds

    @property
    def sentences(self) -> Sequence[Sentence]:
        """The sentences in order."""
        if self._sentences is None:
            whole = self.kind in {"heading", "title", "alt"}
            ranges = [(0, len(self.text))] if whole and self.text.strip() else split(self.text)
            self._sentences = [Sentence(self, start, end) for start, end in ranges]
        return self._sentences


def _folded_words(lower: str, word: re.Pattern[str], start: int = 0, end: int = sys.maxsize) -> list[str]:
    """The words of a range of a text in small letters as they are compared."""
    words = word.findall(lower, start, end)
    return words if word is _ASCII_WORD else [each if each.isascii() else fold(each) for each in words]


class Sentence:
    """A sentence of a block; ``start`` and ``end`` are offsets in the block's text."""

    __slots__ = ("block", "end", "start", "text")

    def __init__(self, block: Block, start: int, end: int) -> None:
        self.block = block
        self.start = start
        self.end = end
        self.text = block.text[start:end]

    def __repr__(self) -> str:
        return f"Sentence({self.text!r})"

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Source range of a range of the sentence's text (the whole sentence by default)."""
        stop = self.end if end is None else self.start + end
        return self.block.span(self.start + start, stop)

    @property
    def words(self) -> Words:
        """The words of the sentence; offsets are the block's."""
        words = self.block.words
        return words[words.before(self.start) : words.before(self.end)]


class Link(NamedTuple):
    """A link, an automatic link or a footnote reference.

    ``kind`` is link or footnote; a footnote's ``target`` is its label. ``block`` is the index of the
    block it stands in, ``start`` and ``end`` its text's range in that block; ``span`` is its text's
    source.
    """

    kind: str
    target: str
    block: int
    start: int
    end: int
    span: Span


class Image(NamedTuple):
    """An image; ``span`` is the whole of it in the source, ``alt`` its description."""

    target: str
    alt: str
    span: Span


class Comment(NamedTuple):
    """A comment of the format (``<!-- -->`` or ``{/* */}``): its inner text and whole span."""

    text: str
    span: Span


class Problem(NamedTuple):
    """Something that kept a part of the file from being read, such as broken front matter."""

    message: str
    span: Span


@dataclass(frozen=True, slots=True)
class Meta:
    """What a file says about itself: front matter, or the head of an HTML page.

    ``data`` maps keys to values; an HTML page's ``<meta name>`` and ``<meta property>`` become keys in
    lower case, its ``<html lang>`` the key ``lang``. ``spans`` gives the source of the values that have
    one (keys of nested values are joined by dots). ``json_ld`` holds the JSON-LD objects. ``format`` is
    yaml, toml, json, js, lines, html or empty where there is none.
    """

    data: Mapping[str, Any] = field(default_factory=dict)
    spans: Mapping[str, Span] = field(default_factory=dict)
    json_ld: tuple[Mapping[str, Any], ...] = ()
    format: str = ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a parser gives back."""

    blocks: Sequence[Block] = ()
    links: Sequence[Link] = ()
    images: Sequence[Image] = ()
    empty_links: Sequence[Span] = ()
    comments: Sequence[Comment] = ()
    problems: Sequence[Problem] = ()
    meta: Meta = field(default_factory=Meta)


class Trace:
    """What was looked at beside the text of a document and its settings, by rules and by whatever else reads it.

    ``today`` and ``site`` say whether these were asked for. ``compared`` holds the findings of the rules that ask the
    corpus, None where none did. ``failed`` says that a rule broke down, so that its findings are not known.
    """

    __slots__ = ("compared", "failed", "site", "today")

    def __init__(self) -> None:
        self.today = False
        self.site = False
        self.compared: Sequence[Any] | None = None
        self.failed = False


class Document:
    """One article.

    ``path`` is as the user gave it, ``format`` one of markdown, mdx, html or text, ``today`` the date of the run (for
    rules about age), ``vocabulary`` the words of the project, ``flavour`` the dialect of its Markdown; ``anchors`` is
    the generator that makes its anchors, None where only the page can tell (``anchor_flavour``). ``site`` is what
    rules may know of the rest of its site. ``empty_links`` are links without text or image, which nobody can follow:
    the whole link in Markdown, its opening tag in HTML.
    """

    def __init__(  # noqa: PLR0913 -- the fields of a record
        self,
        path: str,
        source: Source,
        parsed: Parsed,
        *,
        format: str,
        today: datetime.date,
        vocabulary: Vocabulary = EMPTY,
        flavour: Flavour = Flavour.ANY,
        anchors: Flavour | None = None,
        site: Site = NO_SITE,
    ) -> None:
        self.path = path
        self.source = source
        self.format = format
        self.trace = Trace()
        self._today = today
        self.vocabulary = vocabulary
        self.flavour = flavour
        self.anchors = anchors
        self._site = site
        self.blocks = tuple(parsed.blocks)
        self.links = tuple(parsed.links)
        self.images = tuple(parsed.images)
        self.empty_links = tuple(parsed.empty_links)
        self.comments = tuple(parsed.comments)
        self.problems = tuple(parsed.problems)
        self.meta = parsed.meta
        self.memo: dict[Callable[..., Any], Any] = {}
        for index, block in enumerate(self.blocks):
            block.index = index

    @property
    def today(self) -> datetime.date:
        """The date of the run."""
        self.trace.today = True
        return self._today

    @property
    def site(self) -> Site:
        """What rules may know of the rest of the site."""
        self.trace.site = True
        return self._site

    @cached_property
    def title(self) -> Block | None:
        """The declared title, else the first top heading before any prose."""
        for block in self.blocks:
            if block.kind == "title" and block.text.strip():
                return block
        for block in self.blocks:
            if block.kind == "heading":
                return block
            if block.kind in PROSE:
                return None
        return None

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence of every block, in the order of the blocks."""
        return tuple(sentence for block in self.blocks for sentence in block.sentences)

    @cached_property
    def word_types(self) -> frozenset[str]:
        """The different words of all blocks as they are compared (``folded``): what lacks its words is not here."""
        return frozenset().union(*(block.folded for block in self.blocks))

    @cached_property
    def lowered(self) -> str:
        """The texts of all blocks in small letters, one below the other: whether a literal is here at all."""
        return "\n".join([block.text for block in self.blocks]).lower()

    @cached_property
    def links_by_block(self) -> Mapping[int, Sequence[Link]]:
        """The links of each block that has any."""
        table: dict[int, list[Link]] = {}
        for link in self.links:
            table.setdefault(link.block, []).append(link)
        return table

    def linked(self, block: Block, start: int, end: int) -> bool:
        """Whether a link shares characters with a range of a block's text, or a footnote's mark stands within it."""
        starts, ends = self._reaches.get(block.index, ((), ()))
        before = bisect_left(starts, end)
        return before > 0 and ends[before - 1] > start

    @cached_property
    def _reaches(self) -> Mapping[int, tuple[Sequence[int], Sequence[int]]]:
        """For each block with links where they start, in order, and how far those up to each one reach."""
        table = {}
        for index, links in self.links_by_block.items():
            places = sorted((link.start, link.end) for link in links)
            table[index] = [start for start, _ in places], list(accumulate((end for _, end in places), max))
        return table

    @property
    def whole(self) -> Span:
        """Where a finding about the whole document is shown: its title, else an empty span at 0."""
        return self.title.span() if self.title else Span(0, 0)

    def release(self) -> None:
        """Forget what was computed, and with it the circles of references that keep a document in memory."""
        self.memo.clear()
        for block in self.blocks:
            block.release()
        for name in ("lowered", "sentences", "title", "word_types"):
            self.__dict__.pop(name, None)
