"""How many syllables an English word has: a rule of spelling, and a table of the words that break it.

The counts are those of the CMU Pronouncing Dictionary (first pronunciation), as textstat uses them. The rule
gets 93 in 100 of its 124,000 words right; the table holds the others, so that every word of the dictionary has its
count from there, at a tenth of the size. (textstat asks pyphen's hyphenation where the dictionary does not know a
word: that is right for 61 in 100 and costs 50 ms to load.) The table is a corpus of nltk, so that textstat finds it.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from acu_lint.api import prepared
from acu_lint_rules.analysis.text.patterns import lazy

NLTK_DATA = Path(__file__).parents[2] / "lexicons" / "nltk_data"  # a folder of corpora, as nltk has them
TABLE = NLTK_DATA / "corpora" / "cmudict" / "cmudict"
_LIMIT = 100_000  # words remembered, so that a run over a large site does not grow without end
_DECIMAL = lazy(r"[\d,]{1,40}(?:\.\d{1,40}){1,9}")
_NOT_LATIN = lazy(r"[^a-z']+")
_VOWELS = re.compile(r"[aeiouy]+")
# A vowel group that is not heard.
_SILENT = re.compile(
    r"(?:[^aeiouyl]|[aeiouy]l+|(?<=[^aeiouy]l)l)e(?=$|'|ly|less|ness|ful|ment|some|man\b|land)"  # like, homeless
    r"|[^aeiouysxzcg](?<![sc]h)es(?=$|')"  # likes, but boxes, churches
    r"|[^aeiouytd]ed(?=$|'|ly)"  # liked, but treated, needed
    r"|[gq]ue(?=s?$|')"  # league, technique
    r"|(?<=ic)a(?=lly$)"  # basically
)
# A vowel group that is heard as two, or a syllable without a vowel letter.
_EXTRA = re.compile(
    r"[^tscgxln]i(?=[ao])|[ln]i(?=[ao])(?!on|an$|ar)|[tsc]i(?=a[^nlt])|[tscgx]io(?![nu])"  # diet: di-a, i-o
    r"|e(?=o(?!n|us))|iu|u(?=[ao])(?<![qg]u)|[^aeiouyqg]u(?=i(?:ng|ty|s))|ea(?=t[eio])(?<=[crl]ea)"  # video, create
    r"|[aeiou]y(?=i|e[rd]|a|o)|y(?=ing)|[eao](?=ing)|(?<=i)e(?=r$|rs$|st$|t|n[ct])"  # saying, earlier, science
    r"|[^aeiouy]s?m(?=s?$|')(?<=[sh]m)|[^aeiouy]l(?=e[ds](?:$|'))|dn't"  # prism, rhythm, handled, didn't
    r"|[sxz]'s$|[cs]h's$|[cgsz]e's$"  # nurse's
    r"|[bcdhmtp]y(?=[ao])|o(?=a[cu][^hk])|a(?=ic|is[tm])|^mc"  # myalgia, electroacupuncture, archaic
)


class Syllables(dict[str, int]):
    """Syllables of words in lower case with straight apostrophes; what it is asked it remembers.

    0 stands for what is not one word: whole numbers, other scripts, words joined by a hyphen. A decimal number counts
    as it is read aloud ("0.73": zero point seven three, 6), after Flesch, The Art of Readable Writing (1949).
    """

    def __missing__(self, word: str) -> int:
        count = 0 if "-" in word or "_" in word else _say(word) if _DECIMAL.fullmatch(word) else self._of(word)
        if len(self) < _LIMIT:
            self[word] = count
        return count

    def _of(self, word: str) -> int:
        """A word that is not in the table; accents do not matter, nor do digits in it."""
        plain = word if word.isascii() else unicodedata.normalize("NFKD", word)
        plain = _NOT_LATIN.sub("", plain).strip("'")
        if not plain:
            return 0
        return estimate(plain) if plain == word else self[plain]


def estimate(word: str) -> int:
    """Syllables of a word by its spelling: lower case, Latin letters; at least 1."""
    return max(len(_VOWELS.findall(word)) - len(_SILENT.findall(word)) + len(_EXTRA.findall(word)), 1)


def _say(number: str) -> int:
    """Syllables of a decimal number read aloud: the digits after the point, the point, and what is before it."""
    whole, _, digits = number.replace(",", "").partition(".")
    shown = whole.lstrip("0")
    # zero 2, seven 1 or 2, twenty-one 3, a hundred and five 4 ...: nearly one per digit, and one for each power
    return 1 + len(digits) + digits.count("0") + digits.count("7") + (2 * len(shown) - 1 if shown else 2)


def load() -> Syllables:
    """The table of 8,000 words."""
    words, _, counts = prepared("syllables", _read).partition("\n")
    return Syllables(zip(words.split(" "), map(int, counts), strict=True))


def _read() -> str:
    """The words on one line, and on a second one a digit for each.

    A line of the table is a word, the number of the pronunciation, and a vowel for each syllable: ``people 1 AH1 AH1``.
    """
    lines = TABLE.read_text("ascii").splitlines()
    words = " ".join([line[: line.index(" ")] for line in lines])
    return words + "\n" + "".join([str(line.count(" ") - 1) for line in lines])
