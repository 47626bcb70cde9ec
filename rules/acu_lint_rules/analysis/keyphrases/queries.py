"""Search queries that were pasted into an article: clauses without agreement, bare lines, runs of keywords."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from typing import NamedTuple

from acu_lint.api import OBJECT, Block, Document, Sentence, measure
from acu_lint_rules.analysis.citations.index import in_references
from acu_lint_rules.analysis.keyphrases.chosen import declared
from acu_lint_rules.analysis.keyphrases.phrases import stems_of
from acu_lint_rules.analysis.keyphrases.text import has_stop, is_content, text, words_of
from acu_lint_rules.analysis.text.inflection import stem
from acu_lint_rules.analysis.text.lexicon import Matcher, fold, folded, load, matcher, terms
from acu_lint_rules.analysis.text.rare_phrases import vocabulary
from acu_lint_rules.analysis.text.sentence import asks

READ = frozenset({"paragraph", "item", "heading", "title", "description"})
_BREAK = re.compile(r"[^\s’'\w-]")  # anything but a space between two words ends the clause
_WORD = re.compile(r"[\w’'-]+")
_SEPARATOR = re.compile(r"[,:|•·]")
_QUOTED = re.compile(r"\babout[ \t]+[“\"]((?:Does|Do|Can|Is|Are|Will|How|What|Should)[ \t][^”\"“]{3,120})[”\"]", re.I)
_OPENING_QUOTES = frozenset('"“‘')
_AFTER_QUOTED = frozenset("\"”’',.")
_FIRST_PERSON = frozenset("i i'm i've i'd my we our".split())
_ASKING = frozenset(terms("keywords", "asking"))
_SUBORDINATORS = frozenset("where when why how because since if while whether".split())
_OPENERS = _SUBORDINATORS | frozenset("that so is but then yet".split())
_PREPOSITIONS = frozenset("of with through by from about on in via".split())
_COORDINATORS = frozenset("and or nor plus & both like".split())
_INTRANSITIVE = frozenset(terms("keywords", "healing"))
_PEOPLE = frozenset("people those patients women men who many some all we they you i".split())
_OBJECT_WORDS = frozenset("with your".split())
_SINGULAR_IN_S = frozenset(terms("keywords", "singular-in-s"))
_HEADS = frozenset(terms("keywords", "heads"))
_HEAD_ENDS = ("therapy", "puncture")
_LINE_WORDS = frozenset("for of in near me to my".split())
_LINE = 8  # words of a line that is nothing but a query
_NEAR = frozenset({"near"})
_ANY = frozenset[str]()
ADVERBS = frozenset(terms("keywords", "adverbs"))
_FINITE = frozenset("is are was has can offers provides works means helps".split())


class Query(NamedTuple):
    """A pasted query: a range of a block's text and its kind (clause, line, run, near, adverb or question).

    A clause also names its therapy and its condition, as they are written.
    """

    block: Block
    start: int
    end: int
    kind: str
    therapy: str = ""
    condition: str = ""


class _Clause(NamedTuple):
    """The words of a block; ``joined(a, b)`` says that only spaces stand between words a to b (inclusive)."""

    block: Block
    words: Sequence[str]

    def joined(self, first: int, last: int) -> bool:
        row = self.block.words
        return not _BREAK.search(self.block.text[row[first].end : row[last].start]) if first < last else True

    def start_of(self, word: int, reach: int = 8) -> int:
        """Index of the first word of the clause around a word, at most ``reach`` words to the left."""
        first = word
        while first and word - first < reach and self.joined(first - 1, first):
            first -= 1
        return first

    def text(self, first: int, last: int) -> str:
        """The text from a word to a word (exclusive)."""
        return self.block.text[self.block.words[first].start : self.block.words[last - 1].end]

    def query(self, first: int, last: int, kind: str) -> Query:
        """The query from a word to a word (exclusive)."""
        return Query(self.block, self.block.words[first].start, self.block.words[last - 1].end, kind)


@measure
def queries(doc: Document) -> tuple[Query, ...]:
    """Every pasted query, one to a sentence, in the order of the blocks."""
    rows = folded(doc)
    phrases = frozenset(frozenset(stems_of(phrase)) for phrase in declared(doc))
    counts = text(doc).counts
    often = [word for word in therapy_words() & counts.keys() if counts[word] > 2]
    finders: list[tuple[frozenset[str], Callable[[_Clause], Iterator[Query]]]] = [  # by what a block must have for it
        (words_of("verbs"), _clauses),
        (_ANY, partial(_lines, doc, phrases)),
        (words_of("query-words").union(often), partial(_runs, often)),
        (_NEAR, _near_me),
        (ADVERBS, _adverbs),
        (_ASKING, _questions),
    ]
    finders = [(needs, finder) for needs, finder in finders if needs is _ANY or not needs.isdisjoint(vocabulary(doc))]
    found: list[Query] = []
    for block in doc.blocks:
        words = rows[block.index]
        if block.kind in READ and len(words) > 1:
            line = block.kind == "paragraph" and len(words) <= _LINE
            fit = [finder for needs, finder in finders if (line if needs is _ANY else not needs.isdisjoint(words))]
            if fit and not in_references(doc, block):
                clause = _Clause(block, words)
                here = [query for finder in fit for query in finder(clause)]
                found += _one_to_a_sentence(block, here) if len(here) > 1 else here
    return tuple(found)


def _one_to_a_sentence(block: Block, found: list[Query]) -> Iterable[Query]:
    """Keep the first kind found in each sentence: they are given in the order of weight."""
    first: dict[int, Query] = {}
    for query in found:
        first.setdefault(_sentence_at(block, query.start).start, query)
    return sorted(first.values(), key=lambda query: query.start)


def _sentence_at(block: Block, offset: int) -> Sentence:
    """The sentence in which a character of a block stands."""
    index = bisect_right(block.sentences, offset, key=lambda sentence: sentence.start) - 1
    return block.sentences[max(index, 0)]


# --- clauses: "acupuncture help back pain" ---------------------------------------------


def _clauses(clause: _Clause) -> Iterator[Query]:
    """Find a therapy in the singular, right before a base-form verb and a condition."""
    verbs = words_of("verbs")
    if clause.block.kind in {"heading", "title"} and _title_case(clause.block):
        return
    for index in [index for index, word in enumerate(clause.words) if word in verbs and index]:
        first = _therapy_before(clause, index)
        last = _condition_after(clause, index) if first >= 0 else -1
        if last > 0 and _breaks_agreement(clause, first, clause.words[index]) and not _excused(clause, first, last):
            object_ = index + 2 if clause.words[index + 1] in _OBJECT_WORDS else index + 1
            therapy, condition = clause.text(first, index), clause.text(object_, last)
            yield clause.query(first, last, "clause")._replace(therapy=therapy, condition=condition)


def _therapy_before(clause: _Clause, verb: int) -> int:
    """Index of the first word of the singular therapy that ends right before the verb, or -1."""
    words = clause.words
    head = words[verb - 1]
    if head.endswith("s") and not head.endswith(("ss", "is", "us")) and head not in _SINGULAR_IN_S:
        return -1
    from_ = max(0, verb - 5)
    for each in _therapies().scan(words[from_:verb]):
        if from_ + each.last == verb:
            return from_ + each.first if clause.joined(from_ + each.first, verb) else -1
    named = head.endswith(_HEAD_ENDS) and head not in _HEADS
    if not (named or (head in _HEADS and verb > 1 and is_content(words[verb - 2]))):
        return -1
    first = verb - 1 if named else verb - 2
    return first if clause.joined(first, verb) else -1


def _condition_after(clause: _Clause, verb: int) -> int:
    """Index behind the condition that follows the verb within a few content words, or -1."""
    words = clause.words
    first = verb + 1
    if first < len(words) and words[first] in _OBJECT_WORDS:
        first += 1
    last = -1
    for each in matcher("conditions").scan(words[first : first + 7]):
        if last < 0 and (each.first > 3 or not all(map(is_content, words[first : first + each.first]))):
            return -1
        if last in {-1, first + each.first}:  # "tension" and "headaches" are one condition
            last = first + each.last
    return last if last > 0 and clause.joined(verb, last - 1) else -1


def _breaks_agreement(clause: _Clause, therapy: int, verb: str) -> bool:
    """Whether nothing before the therapy makes the base form right ("does", "let", "massage and")."""
    begin = clause.start_of(therapy)
    before = list(clause.words[begin:therapy])
    starts = [index for index, word in enumerate(before) if word in _SUBORDINATORS]
    own = before[starts[-1] :] if starts else before  # "see how massage relieve": "see" does not reach so far
    if not words_of("exempting").isdisjoint(own) or not words_of("demands").isdisjoint(before):
        return False
    while before and (before[-1] in words_of("premodifiers") or _describes(before)):
        before.pop()
    if not before:
        return not _list_before(clause, begin)
    left = before[-1]
    if left in _OPENERS:
        return True
    if left in _COORDINATORS or verb not in _INTRANSITIVE:
        return False
    if left.endswith("ing"):
        return "who" not in before
    return left in _PREPOSITIONS and not any(word in _PEOPLE or word.endswith("s") for word in before)


def _describes(before: Sequence[str]) -> bool:
    """Whether the last word describes the therapy behind a preposition: "in relaxing [massage]"."""
    return before[-1].endswith("ing") and len(before) > 1 and before[-2] in _PREPOSITIONS


def _list_before(clause: _Clause, begin: int) -> bool:
    """Whether a comma parts the clause from another therapy or a coordination: "massage, acupuncture help"."""
    if not begin or "," not in clause.block.text[clause.block.words[begin - 1].end : clause.block.words[begin].start]:
        return False
    before = clause.words[clause.start_of(begin - 1, 3) : begin]
    return bool(_therapies().scan(before))


def _excused(clause: _Clause, first: int, last: int) -> bool:
    """Whether the words stand in a question or are quoted as such."""
    block, start, end = clause.block, clause.block.words[first].start, clause.block.words[last - 1].end
    if block.text[max(start - 1, 0) : start] in _OPENING_QUOTES and block.text[end : end + 1] in _AFTER_QUOTED:
        return True
    return asks(_sentence_at(block, start).text)


# --- lines: "acupuncture for sciatica near me" ------------------------------------------


def _lines(doc: Document, phrases: frozenset[frozenset[str]], clause: _Clause) -> Iterator[Query]:
    """A paragraph that is nothing but a query in small letters."""
    block, words = clause.block, clause.words
    line = block.text.strip()
    if not (block.kind == "paragraph" and 2 <= len(words) <= _LINE and line[:1].islower()) or OBJECT in line:
        return
    if has_stop(line) or line.endswith(",") or doc.links_by_block.get(block.index) or not _stands_alone(doc, block):
        return
    if not clause.joined(0, len(words) - 1):
        return
    if any(not is_content(word) and word not in _LINE_WORDS and word not in words_of("query-words") for word in words):
        return
    if frozenset(stem(word) for word in words if is_content(word)) in phrases or _is_query(words):
        yield clause.query(0, len(words), "line")


def _stands_alone(doc: Document, block: Block) -> bool:
    """Whether an empty line parts the block from the one before: a line of wrapped text is no orphan."""
    if not block.index:
        return True
    before = doc.source.text[doc.blocks[block.index - 1].span().end : block.span().start]
    return doc.format != "text" or before.count("\n") > 1 or before.count("\r") > 1


def _is_query(words: Sequence[str]) -> bool:
    """Whether the words name a therapy and, besides, a condition or a word of the search box."""
    therapies = _therapies().scan(words)
    if not therapies:
        return False
    named = {index for each in therapies for index in range(each.first, each.last)}
    rest = [word for index, word in enumerate(words) if index not in named]
    return bool(matcher("conditions").scan(words)) or not words_of("query-words").isdisjoint(rest)


# --- runs: "back pain acupuncture, acupuncture back pain relief, acupuncture low back pain" -----


def _runs(often: Sequence[str], clause: _Clause) -> Iterator[Query]:
    """Three or more queries in a row, parted by commas or bars: for a therapy, or for anything near "cheap"."""
    if clause.block.kind not in {"paragraph", "item", "description"}:
        return
    therapies = {word for word in often if clause.words.count(word) > 2}
    if not therapies and not words_of("query-words").isdisjoint(clause.words):
        word, count = next(iter(Counter(filter(is_content, clause.words)).most_common(1)), ("", 0))
        therapies = {word} if count > 3 and word not in words_of("query-words") else set()
    if therapies:
        for start, end in _stretches(clause.block):
            if len(_SEPARATOR.findall(clause.block.text, start, end)) > 1:
                yield from _run(clause.block, start, end, therapies)


def _stretches(block: Block) -> Iterator[tuple[int, int]]:
    """The sentences of a block; those that only a bar or a dot keeps apart are one."""
    start = end = 0
    for sentence in block.sentences:
        if _SEPARATOR.search(block.text, end, sentence.start) is None:
            if end:
                yield start, end
            start = sentence.start
        end = sentence.end
    yield start, end


def _run(block: Block, start: int, stop: int, therapies: set[str]) -> Iterator[Query]:
    """The first row of three segments or more that are queries for one therapy."""
    text, begin = block.text[start:stop], 0
    row: list[tuple[int, int, list[str]]] = []
    for end in [*(match.start() for match in _SEPARATOR.finditer(text)), len(text)]:
        words = [fold(word) for word in _WORD.findall(text[begin:end])]
        if _segment(words, therapies):
            row.append((begin, end, words))
        elif len(row) < 3:
            row.clear()
        else:
            break
        begin = end + 1
    if len(row) >= 3 and _same_topic([words for _, _, words in row], therapies):
        line = text[row[0][0] : row[-1][1]]
        first = start + row[0][0] + len(line) - len(line.lstrip())
        yield Query(block, first, first + len(line.strip().rstrip(".")), "run")


def _segment(words: list[str], therapies: set[str]) -> bool:
    """Whether a segment is two to six words of a query with a therapy in it."""
    return (
        2 <= len(words) <= 6
        and not therapies.isdisjoint(words)
        and all(is_content(word) or word in _LINE_WORDS for word in words)
    )


def _same_topic(segments: list[list[str]], therapies: set[str]) -> bool:
    """Whether a word besides the therapy comes back in another segment."""
    others = Counter(word for words in segments for word in set(words) - therapies if is_content(word))
    shared = any(all(therapy in words for words in segments) for therapy in therapies)
    return shared and any(count > 1 and word not in _HEADS for word, count in others.items())


# --- "the best acupuncture near me": only the searcher can say it --------------------------


def _near_me(clause: _Clause) -> Iterator[Query]:
    """Find a therapy or service "near me" in a sentence that is not the reader's own."""
    words, block = clause.words, clause.block
    if block.kind in {"heading", "title"} and _title_case(block):
        return
    done = -1  # one to a sentence is enough
    for index in range(1, len(words) - 1):
        if words[index] != "near" or words[index + 1] != "me" or block.words[index].start < done:
            continue
        first = _noun_start(clause, clause.start_of(index, 5), index)
        if any(word in therapy_words() or stem(word) in words_of("offers") for word in words[first:index]):
            sentence = _sentence_at(block, block.words[first].start)
            done = sentence.end
            if _is_told(sentence):
                yield clause.query(first, index + 2, "near")


def _noun_start(clause: _Clause, first: int, last: int) -> int:
    """Index of the first word of the row of content words before ``last``, not before ``first``."""
    while last > first and is_content(clause.words[last - 1]):
        last -= 1
    return last


def _is_told(sentence: Sentence) -> bool:
    """Whether the sentence is one (no row of tags), and neither a question, nor somebody's own, nor a quotation."""
    text = sentence.text.rstrip()
    if not has_stop(text) or asks(text) or not _OPENING_QUOTES.isdisjoint(text):
        return False
    return _FIRST_PERSON.isdisjoint(fold(word.text) for word in sentence.words)


# --- a query as a noun, a query as a question -------------------------------------------


def _adverbs(clause: _Clause) -> Iterator[Query]:
    """Find a query with its adverb used as a subject: "acupuncture for back pain relief naturally is"."""
    words = clause.words
    for index in range(3, len(words) - 1):
        if words[index] in ADVERBS and words[index + 1] in _FINITE:
            begin = max(clause.start_of(index), index - 9)
            therapy = next(iter(_therapies().scan(words[begin:index])), None)
            if therapy and _noun_query(words[begin + therapy.first : index]) and clause.joined(index, index + 1):
                yield clause.query(begin + therapy.first, index + 1, "adverb")


def _noun_query(words: Sequence[str]) -> bool:
    """Whether the words are a therapy, "for" and a condition that ends them."""
    ends = any(each.last >= len(words) - 1 for each in matcher("conditions").scan(words))
    return ends and "for" in words and not _FINITE.intersection(words)


def _questions(clause: _Clause) -> Iterator[Query]:
    """Find a quoted question as the object of "wondering about"."""
    if "about" not in clause.words:
        return
    block = clause.block
    for match in _QUOTED.finditer(block.text):
        about = bisect_right(block.words, match.start(), key=lambda word: word.start) - 1
        quoted = [fold(word) for word in match[1].split()]
        if about > 0 and clause.words[about - 1] in _ASKING and _therapies().scan(quoted):
            yield Query(block, match.start(1), match.end(1), "question")


# --- words ------------------------------------------------------------------------------


@cache
def _therapies() -> Matcher:
    """The therapies, without those who practise them."""
    return matcher("interventions", *(name for name in load("interventions") if name != "practitioners"))


@cache
def therapy_words() -> frozenset[str]:
    """The single words that name a therapy."""
    return frozenset(fold(term) for term in terms("interventions") if " " not in term)


def _title_case(block: Block) -> bool:
    """Whether the longer words of a heading are capitalised, as in a title."""
    long = [word.text for word in block.words if len(word.text) > 3]
    return bool(long) and sum(word[0].isupper() for word in long) > 0.6 * len(long)
