"""Make a corpus of any size whose words are spread as in real articles, and copies to be found in it.

No text is stored: words are made of syllables, and drawn as in prose. Some 45 % are function words, the rest come
from a general vocabulary, from the article's topics (250 words each) and from a long tail, all by Zipf's law; stock
phrases recur across articles. The same seed gives the same corpus.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import accumulate, islice
from typing import NamedTuple

FUNCTION_WORDS = (
    "the of and to in a is that for it as was with be by on not he this are or his from at which but have an had they"
    " you were their one all we can has there been if more when will would who so no out up into than them its other"
    " some could these two may then do first any my now such like our over man me even most made after also did many"
    " before must through back where much your way well down should because each just those people how too little"
    " good very make still own see work long get here between both life being under never day same another know while"
).split()
_SYLLABLES = [first + vowel + last for first in "bdfgklmnprstv" for vowel in "aeiou" for last in ("", "n", "r")]
_GENERAL, _TAIL, _TOPICS, _TOPIC_WORDS, _PHRASES = 5_000, 120_000, 400, 250, 600
_PLACES = 300
WORDS = 800  # of an article, about 5 KB


class Vocabulary(NamedTuple):
    """Words with the cumulated weights that they are drawn by."""

    words: Sequence[str]
    weights: Sequence[float]

    def draw(self, chance: random.Random, count: int) -> list[str]:
        """Draw words with replacement."""
        return chance.choices(self.words, cum_weights=self.weights, k=count)


def _zipf(words: Sequence[str]) -> Vocabulary:
    return Vocabulary(words, list(accumulate(1 / (rank + 2.7) for rank in range(len(words)))))


@cache
def _vocabularies() -> tuple[Vocabulary, Vocabulary, Vocabulary, tuple[Vocabulary, ...], Vocabulary]:
    """Function words, general words, the tail, the topics, and stock phrases."""
    chance = random.Random(0)
    made: dict[str, None] = {}
    while len(made) < _GENERAL + _TAIL:
        made["".join(chance.choices(_SYLLABLES, k=chance.choice((2, 2, 3, 3, 4))))] = None
    every = list(made)
    function, general, tail = _zipf(FUNCTION_WORDS), _zipf(every[:_GENERAL]), _zipf(every[_GENERAL:])
    topics = tuple(_zipf(chance.sample(every, _TOPIC_WORDS)) for _ in range(_TOPICS))
    pairs = ((function.draw(chance, 1) + general.draw(chance, 1)) for _ in range(_PHRASES * 5))
    phrases = [" ".join(word for pair in islice(pairs, chance.randint(3, 5)) for word in pair) for _ in range(_PHRASES)]
    return function, general, tail, topics, _zipf(phrases)


def place(number: int) -> str:
    """The name of a place."""
    return "".join(random.Random(f"place {number % _PLACES}").choices(_SYLLABLES, k=3)).capitalize()


def article(number: int, words: int = WORDS) -> str:
    """Article ``number`` in Markdown: a title, sections, paragraphs and a list."""
    chance = random.Random(number)
    pool = _words(chance, words)
    town = place(number)
    parts = [f"# {' '.join(pool[:4]).capitalize()} in {town}"]
    at = 4
    while at < len(pool):
        if chance.random() < 0.25:
            parts.append(f"## {' '.join(pool[at : at + 4]).capitalize()}")
            at += 4
        size = chance.randint(40, 110)
        parts.append(_paragraph(chance, pool[at : at + size], town))
        at += size
    return "\n\n".join(parts) + "\n"


def _words(chance: random.Random, count: int) -> list[str]:
    function, general, tail, topics, phrases = _vocabularies()
    main, second = chance.choices(topics, k=2)
    kinds = (function, general, main, second, tail, phrases)
    drawn = {id(kind): iter(kind.draw(chance, count)) for kind in kinds}
    order = chance.choices(kinds, weights=(45, 25, 15, 8, 6, 0.6), k=count)
    words = (word for kind in order for word in next(drawn[id(kind)]).split())
    return [word for word, _ in zip(words, range(count), strict=False)]


def _paragraph(chance: random.Random, words: Sequence[str], town: str) -> str:
    sentences, at = [], 0
    while at < len(words):
        size = chance.randint(8, 24)
        sentences.append(" ".join(words[at : at + size]).capitalize() + ".")
        at += size
    if chance.random() < 0.3:
        sentences.append(f"Ask our team in {town} about it.")
    return " ".join(sentences)


# --- copies ------------------------------------------------------------------------------


def _replaced(share: float) -> Callable[[random.Random, str, str], str]:
    def change(chance: random.Random, text: str, _: str) -> str:
        words = text.split(" ")
        for at in chance.sample(range(1, len(words)), int(share * len(words))):
            if "\n" not in words[at]:
                words[at] = "".join(chance.choices(_SYLLABLES, k=3))
        return " ".join(words)

    return change


def _moved(chance: random.Random, text: str, _: str) -> str:
    title, *parts = text.strip().split("\n\n")
    chance.shuffle(parts)
    return "\n\n".join([title, *parts]) + "\n"


def _half(_: random.Random, text: str, other: str) -> str:
    parts, others = text.strip().split("\n\n"), other.strip().split("\n\n")
    return "\n\n".join([others[0], *parts[1 : len(parts) // 2 + 1], *others[len(others) // 2 :]]) + "\n"


def _paragraph_into(chance: random.Random, text: str, other: str) -> str:
    paragraphs = [part for part in text.strip().split("\n\n") if len(part.split()) >= 40]
    others = other.strip().split("\n\n")
    others.insert(chance.randrange(1, len(others)), chance.choice(paragraphs))
    return "\n\n".join(others) + "\n"


def _town(chance: random.Random, text: str, _: str) -> str:
    old = text.split("\n", 1)[0].rsplit(" ", 1)[1]
    return text.replace(old, place(chance.randrange(_PLACES)))


# kind -> (chance, the copied text, another text) -> the copy
KINDS: dict[str, Callable[[random.Random, str, str], str]] = {
    "exact copy": lambda _, text, __: text,
    "5 % of the words replaced": _replaced(0.05),
    "10 % of the words replaced": _replaced(0.10),
    "20 % of the words replaced": _replaced(0.20),
    "place name swapped": _town,
    "paragraphs shuffled": _moved,
    "half copied": _half,
    "text appended": lambda _, text, other: text + "\n" + "\n\n".join(other.strip().split("\n\n")[1:]) + "\n",
    "one paragraph copied": _paragraph_into,
}


class Copy(NamedTuple):
    """A planted copy: its kind, the number of the article copied, and its text."""

    kind: str
    original: int
    text: str


def copies(of: int, each: int) -> Iterator[Copy]:
    """``each`` copies of every kind, of different articles among the first ``of``."""
    chance = random.Random("copies")
    originals = iter(chance.sample(range(of), each * len(KINDS)))
    for number, (kind, change) in enumerate(KINDS.items()):
        for turn in range(each):
            original = next(originals)
            other = article(of + number * each + turn)  # an article that is not in the corpus
            yield Copy(kind, original, change(chance, article(original), other))
