"""Make the table of syllables from the CMU Pronouncing Dictionary: ``acu_lint_rules/lexicons/nltk_data``.

    python rules/make_syllables.py CMUDICT

CMUDICT is the file ``cmudict.dict`` of the dictionary (https://github.com/cmusphinx/cmudict; BSD licence, see
``LICENSES/CMUdict.txt``), one line per pronunciation: ``acupuncture AE1 K Y UW0 P AH2 NG K CH ER0``. Only the words
that ``acu_lint_rules.analysis.readability.syllables.estimate`` gets wrong are written, so run it again after a change
there. The table has the form of the dictionary in nltk, where textstat looks for it. It tells how many vowels a word
has, not which: all are the same.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path

from acu_lint_rules.analysis.readability.syllables import TABLE, estimate, load

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)*")


def counts(lines: Iterable[str]) -> dict[str, int]:
    """Syllables of the dictionary's words by their first pronunciation (phones with a stress digit are vowels).

    Left out are entries that no text is asked for: with hyphens, full stops or apostrophes at an end.
    """
    table: dict[str, int] = {}
    for line in lines:
        word, *phones = line.partition("#")[0].split()
        vowels = sum(phone[-1].isdigit() for phone in phones)
        if vowels and _WORD.fullmatch(word):
            table.setdefault(word, vowels)
    return table


def main(dictionary: str) -> None:
    """Write the table, then read it back: every word of the dictionary must have its count."""
    wanted = counts(Path(dictionary).read_text("utf-8").splitlines())
    kept = [word for word in sorted(wanted) if estimate(word) != wanted[word]]
    TABLE.write_text("".join(f"{word} 1{' AH1' * wanted[word]}\n" for word in kept), "ascii")
    made = load()
    wrong = [word for word in wanted if made[word] != wanted[word]]
    if wrong:
        sys.exit(f"{len(wrong)} words have another count than in the dictionary: {wrong[:10]}")
    print(f"{len(wanted)} words, {len(kept)} in the table ({100 - 100 * len(kept) / len(wanted):.1f} % by rule)")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1])
