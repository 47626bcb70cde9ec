"""HTML to blocks: the main content of a page, or a fragment within Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from typing import Any

from acu_lint.document.document import OBJECT, PROSE, Comment, Meta, Parsed
from acu_lint.document.flavour import Flavour
from acu_lint.document.source import Source, Span
from acu_lint.parse import frontmatter, mask
from acu_lint.parse.build import Builder, Kind
from acu_lint.parse.head import Head
from acu_lint.parse.tags import COMMENT, END, START, Attribute, Token, attributes, resolve, tokens

# Left out with all they hold.
_SKIPPED = frozenset(
    "audio button canvas datalist del form iframe nav noframes noscript object pre s script select strike style svg"
    " template textarea video xmp".split()
)
_CODE = frozenset({"code", "kbd", "math", "samp", "tt", "var"})  # one object each
_ASIDE = frozenset("banner complementary contentinfo navigation search".split())  # roles left out of a page
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav noscript ol p pre search"
    " section summary table tbody td template tfoot th thead title tr ul".split()
)
# What has no language of its own here: the whole page, and parts of a sentence.
_NO_PART = frozenset(
    "a abbr b bdi bdo body cite code data dfn em html i kbd label mark q ruby s samp small span strong sub sup time u"
    " var".split()
)
_LISTS = frozenset({"dir", "dl", "menu", "ol", "ul"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_KINDS = {
    "blockquote": "quote", "caption": "caption", "dd": "item", "dt": "item", "figcaption": "caption", "li": "item",
    "summary": "caption", "td": "cell", "th": "cell", "title": "title", **dict.fromkeys(_HEADINGS, "heading"),
}  # fmt: skip
_TRACKED = frozenset(_KINDS) | _LISTS | {"article", "header", "main", "table", "tr"}
# An opening tag of the first column ends an open one of the second, up to one of the third.
_IMPLIED = {
    "li": (frozenset({"li"}), _LISTS),
    "dd": (frozenset({"dd", "dt"}), _LISTS),
    "dt": (frozenset({"dd", "dt"}), _LISTS),
    "td": (frozenset({"td", "th"}), frozenset({"table"})),
    "th": (frozenset({"td", "th"}), frozenset({"table"})),
    "tr": (frozenset({"tr"}), frozenset({"table"})),
    **dict.fromkeys((*_HEADINGS, "p", "ul", "ol", "table"), (_HEADINGS, _TRACKED - _HEADINGS)),
}
_REACH = 100  # elements up which an open element of the same list or row is looked for
_MAIN, _ARTICLE, _HEADER = 1, 2, 4  # marks of blocks; a header within the others is no page header
_TELLING = re.compile(
    r"hidden|style|role|itemprop|open|lang|aria-(?:expanded|controls)|data-\w*-?toggle", re.IGNORECASE
)
_INVISIBLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
_STRUCK = re.compile(r"(?:^|;)\s*text-decoration(?:-line)?\s*:[^;]*\bline-through\b", re.IGNORECASE)
# Names of elements that are folded away until they are asked for, and of what is no text there.
_FOLDED = re.compile(
    r"accordi|answer|bibliograph|citation|collaps|content|details|endnote|expand|faq|footnote|more|panel|reference|reveal"
    r"|spoiler|tab(?!le)|toggle",
    re.IGNORECASE,
)
_NO_TEXT = re.compile(
    r"arrow|chevron|cookie|dialog|icon|lightbox|menu|modal|nav|overlay|popup|search|toast", re.IGNORECASE
)
# Names of what stands beside an article, not within it.
_BESIDE = re.compile(
    r"\bads?\b|author|banner|bio|contents|nav|newsletter|promo|related|share|sharing|sidebar|social|subscri|toc|widget",
    re.IGNORECASE,
)
_OPENS = frozenset({"aria-controls", "aria-expanded", "data-bs-toggle", "data-target", "data-toggle"})
_CONTROLS = re.compile(
    r"""\b(?:aria-controls|data-(?:bs-)?target|href)\s*=\s*["']?#?([\w:.-]{1,100})["'\s>]""", re.IGNORECASE
)
# A raised number that marks a reference, not a power or an ordinal.
_MARKER = re.compile(r"<sup[^<>]{0,200}>(?:</?a\b[^<>]{0,400}>|[\d\s,;–-]){1,60}</sup\s*>", re.IGNORECASE)
_EMPTY_LINK = re.compile(r"\s{0,100}</a\s?>", re.IGNORECASE)
_AFTER_WORD = re.compile(r"(?:[^\W\d_]{3}|[.,;:!?)\]\"”’])\Z")


class Reader:
    """Turns tags and text into blocks; open elements are remembered from one piece of HTML to the next."""

    def __init__(self, builder: Builder, *, page: bool) -> None:
        self.builder = builder
        self.head = Head()
        self.base = Kind()
        self.skipping = False
        self._page = page
        self._whole = builder.mask.text
        self._open: list[tuple[str, Kind]] = []
        self._count: dict[str, int] = {}
        self._last_end: dict[str, int] = {}
        self._skip = ""
        self._depth = self._from = 0
        self._role, self._roles = "", 0  # the tag that bears role=main and how many of its name are open
        self._letters = 0  # where the part of a heading begins that is being read
        # Elements that say their language: the name, how many of that name are open, the language around.
        self._langs: list[Any] = []
        self._own_lang: set[str] = set()
        self._json = self._raised = False
        self._broken = -1

    @property
    def kind(self) -> Kind:
        """What a block that ends here is."""
        return self._open[-1][1] if self._open else self.base

    def feed(self, text: str, offset: int) -> None:
        """Read HTML that stands at ``offset`` in the source."""
        for token in tokens(text):
            if token.kind == COMMENT:
                self._comment(text[token.start : token.end], offset + token.start)
            elif self.skipping:
                self._skipped(text, token, offset)
            elif token.kind == START:
                self._start(text, token, offset)
            elif token.kind == END:
                self._end(token, offset)
            else:
                self._text(text[token.start : token.end], offset + token.start)

    def flush(self) -> None:
        """End the block."""
        kind = self.kind
        if kind.name != "title":
            self.builder.flush(kind)

    def _comment(self, text: str, start: int) -> None:
        inner = text[4:].removesuffix(">").removesuffix("--") if text.endswith("-->") else text[4:]
        self.builder.comments.append(Comment(inner, Span(start, start + len(text))))

    def _text(self, text: str, start: int) -> None:
        pieces = resolve(text, start)
        if self._open and self._open[-1][0] == "title":
            self.head.block("title", pieces)
            return
        for piece in pieces:
            self.builder.add(*piece)
        if self.head.items:
            self.head.text(pieces)

    def _skipped(self, text: str, token: Token, offset: int) -> None:
        """A token within an element that is left out."""
        if token.name == "raw":
            if self._json:
                self.head.script(text[token.start : token.end], offset + token.start)
        elif self._skip == "p" and token.name in _BLOCKS:
            self.skipping = False
            self._start(text, token, offset) if token.kind == START else self._end(token, offset)
        elif token.name == "script" and token.kind == START:
            self._json = "ld+json" in text[slice(*token.attributes)]
        elif token.name == self._skip:
            self._depth += 1 if token.kind == START else -1
            if not self._depth:
                self.skipping = False
                if token.name in _CODE:
                    self.builder.add(OBJECT, self._from, offset + token.end - self._from)

    def _start(self, text: str, token: Token, offset: int) -> None:
        name = token.name
        raw = text[slice(*token.attributes)]
        wanted = raw and (name in _ON or name == "aside" or _TELLING.search(raw))
        found = attributes(text, token.attributes) if wanted else {}
        if "itemprop" in found:
            self.head.open_item(name, found, offset, empty=name in _VOID)
        if self.head.items:
            self.head.start(name)
        if name in _BLOCKS:
            self._start_block(token, offset)
        if self._left_out(name, found):
            self._leave_out(token, raw, offset)
            return
        if name in self._own_lang or "lang" in found or "xml:lang" in found:
            self._enter_lang(name, found)
        if name in _TRACKED or name in _IMPLIED:
            self._push(name)
        if self._page and (name == self._role or "role" in found):
            self._enter_role(name, found)
        if handler := _ON.get(name):
            handler(self, token, offset, found)

    def _start_block(self, token: Token, offset: int) -> None:
        self._part(token, offset)
        if self._langs and self._langs[-1][0] == "p":
            self._leave_lang()  # its end tag was left out
        if self._open and self._open[-1][0] == "title":
            self._pop(len(self._open) - 1)

    def _part(self, token: Token, offset: int) -> None:
        """The start or the end of a block: within a heading it parts words, but not the letters of a word."""
        if self.kind.name != "heading" or token.name in _TRACKED:
            self.flush()
            self._letters = 0
        else:
            if self.builder.length - self._letters > 1:
                self.builder.add(" ", offset + token.start, token.end - token.start)
            self._letters = self.builder.length

    def _left_out(self, name: str, found: dict[str, Attribute]) -> bool:
        if name == "button":
            return self.kind.name != "heading" and not _OPENS.intersection(found)
        return name in _SKIPPED or name in _CODE or (bool(found) and self._hidden(found)) or self._frame(name, found)

    def _hidden(self, found: dict[str, Attribute]) -> bool:
        hidden = (
            "hidden" in found
            or ("aria-hidden" in found and found["aria-hidden"].text.lower() == "true")
            or ("style" in found and bool(_INVISIBLE.search(found["style"].text)))
        )
        struck = "style" in found and _STRUCK.search(found["style"].text) is not None
        return struck or (hidden and not self._is_folded(found))

    def _is_folded(self, found: dict[str, Attribute]) -> bool:
        """Whether an element is hidden only until it is asked for: an answer, a tab, references."""
        names = _names(found)
        if _NO_TEXT.search(names):
            return False
        if "until-found" in (found["hidden"].value if "hidden" in found else "") or _FOLDED.search(names):
            return True
        if "role" in found and found["role"].text.lower() == "tabpanel":
            return True
        return "id" in found and found["id"].value in self._controlled

    @cached_property
    def _controlled(self) -> frozenset[str]:
        """The ids of elements that a click shows."""
        return frozenset(_CONTROLS.findall(self._whole))

    def _enter_lang(self, name: str, found: dict[str, Attribute]) -> None:
        """A block that declares its language, or an element of the same name within it."""
        lang = next((found[key].text for key in ("lang", "xml:lang") if key in found), "")
        if lang and name not in _NO_PART:
            self._langs.append([name, 1, self.builder.lang])
            self.builder.lang = lang
            self._own_lang.add(name)
        elif self._langs and self._langs[-1][0] == name:
            self._langs[-1][1] += 1

    def _leave_lang(self) -> None:
        self._langs[-1][1] -= 1
        if not self._langs[-1][1]:
            _, _, self.builder.lang = self._langs.pop()

    def _frame(self, name: str, found: dict[str, Attribute]) -> bool:
        """Whether an element belongs to the page around the article."""
        if name == "dialog":
            return "open" not in found
        if not self._page:
            return False
        if "role" in found and found["role"].text.lower() in _ASIDE and name in _BLOCKS - {"body", "html"}:
            return True
        within = self.builder.mark & (_MAIN | _ARTICLE)
        if name == "aside":
            return not within or _BESIDE.search(_names(found)) is not None
        return name == "footer" and not within

    def _enter_role(self, name: str, found: dict[str, Attribute]) -> None:
        if name == self._role:
            self._roles += 1
        elif not self._role and found["role"].text.lower() == "main" and name not in _VOID:
            self._role, self._roles = name, 1
            self._mark()

    def _leave_role(self) -> None:
        self._roles -= 1
        if not self._roles:
            self._role = ""
            self._mark()

    def _leave_out(self, token: Token, raw: str, offset: int) -> None:
        name = token.name
        if name in _VOID or (raw.endswith("/") and name not in _BLOCKS | _SKIPPED):
            return
        if not self._page and not self._ends_later(name, offset + token.end):
            return
        self.skipping, self._skip, self._depth, self._from = True, name, 1, offset + token.start
        self._json = name == "script" and "ld+json" in raw

    def _ends_later(self, name: str, position: int) -> bool:
        """Whether an end tag follows: in Markdown an element left open must not hide the rest."""
        if name not in self._last_end:
            places = re.finditer(rf"</{re.escape(name)}[\s>]", self._whole, re.IGNORECASE)
            self._last_end[name] = max((match.start() for match in places), default=-1)
        return self._last_end[name] >= position

    def _push(self, name: str) -> None:
        if name in _IMPLIED:
            self._close_implied(*_IMPLIED[name])
        if name not in _TRACKED:
            return
        kind = self.kind
        if name in _LISTS:
            self.builder.lists += 1
            kind = Kind("item", kind.level + 1 if kind.name == "item" else 1, self.builder.lists)
        elif name == "tr":
            self.builder.rows += 1
            kind = Kind("cell", 0, self.builder.rows)
        elif name in _HEADINGS:
            kind = Kind("heading", int(name[1]))
        elif name in _KINDS and kind.name != _KINDS[name]:
            kind = Kind(_KINDS[name], 1 if _KINDS[name] == "item" else 0)
        self._open.append((name, kind))
        self._count[name] = self._count.get(name, 0) + 1
        self._mark()

    def _close_implied(self, closed: frozenset[str], stop: frozenset[str]) -> None:
        last = len(self._open) - 1
        for index in range(last, max(last - _REACH, -1), -1):
            name = self._open[index][0]
            if name in closed:
                if name in _HEADINGS:
                    self.flush()
                self._pop(index)
                return
            if name in stop:
                return

    def _pop(self, index: int) -> None:
        for name, _ in self._open[index:]:
            self._count[name] -= 1
        del self._open[index:]
        self._mark()

    def _mark(self) -> None:
        if not self._page:
            return
        count = self._count.get
        mark = (_MAIN if count("main") or self._roles else 0) | (_ARTICLE if count("article") else 0)
        self.builder.mark = mark or (_HEADER if count("header") else 0)

    def _end(self, token: Token, offset: int) -> None:
        name = token.name
        if name in _BLOCKS:
            self._part(token, offset)
        elif name == "a":
            self.builder.close_link()
        elif name == "sup" and self._raised:
            self._raised = False
            self.builder.add("]", offset + token.start, token.end - token.start)
        if self._langs and self._langs[-1][0] == name:
            self._leave_lang()
        if self._count.get(name):
            for index in range(len(self._open) - 1, -1, -1):
                if self._open[index][0] == name:
                    self._pop(index)
                    break
        if name == self._role:
            self._leave_role()
        if self.head.items:
            self.head.end(name)

    def _on_a(self, token: Token, offset: int, found: dict[str, Attribute]) -> None:
        if "href" in found:
            target = self.builder.mask.original(found["href"].text, offset + token.start, offset + token.end)
            start, end = offset + token.start, offset + token.end
            named = "aria-label" in found or "title" in found or not _EMPTY_LINK.match(self._whole, end)
            self.builder.open_link(target, None if named else Span(start, end))

    def _on_br(self, token: Token, offset: int, found: dict[str, Attribute]) -> None:  # noqa: ARG002
        if self.builder.size == self._broken:  # two in a row part two paragraphs
            self.flush()
        self._broken = self.builder.size
        if self.kind.name == "heading":
            self.builder.add(" ", offset + token.start, token.end - token.start)
        else:
            self.builder.end_line(offset + token.start, token.end - token.start)

    def _on_sup(self, token: Token, offset: int, found: dict[str, Attribute]) -> None:  # noqa: ARG002
        start = offset + token.start
        if _AFTER_WORD.search(self.builder.last) and _MARKER.match(self._whole, start):
            self.builder.add("[", start, token.end - token.start)
            self._raised = True

    def _on_img(self, token: Token, offset: int, found: dict[str, Attribute]) -> None:
        start, end = offset + token.start, offset + token.end
        alt, target = found.get("alt"), found.get("src")
        pieces = resolve(alt.value, offset + alt.start) if alt else []
        self.builder.image(
            self.builder.mask.original(target.text, start, end) if target else "", pieces, Span(start, end)
        )

    def _on_html(self, token: Token, offset: int, found: dict[str, Attribute]) -> None:  # noqa: ARG002
        if "lang" in found:
            self.head.put("lang", resolve(found["lang"].value, offset + found["lang"].start))

    def _on_link(self, token: Token, offset: int, found: dict[str, Attribute]) -> None:  # noqa: ARG002
        self.head.link(found, offset)

    def _on_meta(self, token: Token, offset: int, found: dict[str, Attribute]) -> None:  # noqa: ARG002
        self.head.meta(found, offset)


# What is done at the start of some elements.
_ON: dict[str, Callable[[Reader, Token, int, dict[str, Attribute]], None]] = {
    name.removeprefix("_on_"): method for name, method in vars(Reader).items() if name.startswith("_on_")
}


def _names(found: dict[str, Attribute]) -> str:
    """What an element is called: its id and its classes."""
    return " ".join(found[key].value for key in ("id", "class") if key in found)


def parse(source: Source, flavour: Flavour = Flavour.ANY) -> Parsed:  # noqa: ARG001 -- Markdown alone has flavours
    """Parse an HTML page or fragment."""
    front = frontmatter.read(source)
    builder = Builder(mask.html(source.text, front.end))
    reader = Reader(builder, page=True)
    reader.feed(builder.mask.text, 0)
    reader.flush()
    head = reader.head
    meta = Meta(
        {**head.data, **front.meta.data},
        {**head.spans, **front.meta.spans},
        tuple(head.json_ld),
        front.meta.format or "html",
    )
    blocks = sorted([*front.blocks, *head.blocks], key=lambda block: block.kind != "title")
    return builder.parsed(blocks, [*front.problems, *head.problems], meta, _main(builder))


def _main(builder: Builder) -> Callable[[int], bool]:
    """Which marks the main content bears: ``<main>``, else articles with most of the prose, else the body."""
    words = {_MAIN: 0, _ARTICLE: 0, 0: 0}
    for mark, block in builder.blocks:
        if block.kind in PROSE:
            size = len(block.text)
            words[0] += size
            words[_MAIN] += size if mark & _MAIN else 0
            words[_ARTICLE] += size if mark & _ARTICLE else 0
    if words[_MAIN]:
        return lambda mark: bool(mark & _MAIN)
    if words[_ARTICLE] * 2 > words[0]:
        return lambda mark: bool(mark & _ARTICLE)
    return lambda mark: not mark & _HEADER
