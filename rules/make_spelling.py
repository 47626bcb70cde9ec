"""Make the table of letters that English words have together: ``acu_lint_rules/lexicons/spelling.txt``.

    python rules/make_spelling.py CMUDICT

CMUDICT is the file ``cmudict.dict`` of the CMU Pronouncing Dictionary (https://github.com/cmusphinx/cmudict; BSD
licence, see ``LICENSES/CMUdict.txt``). Three letters that stand together in fewer than ten of its words are left out:
those are words of other languages and names.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

from acu_lint_rules.copy._damage import triples

_TABLE = Path(__file__).parent / "acu_lint_rules" / "lexicons" / "spelling.txt"
_LEAST = 10  # words
_HEAD = """\
# Letters that stand together in English words: behind each two, what comes third in ten words or more of the CMU
# Pronouncing Dictionary (BSD licence). Made by rules/make_spelling.py: not to be edited.

pairs: third

[third]
"""


def main(dictionary: str) -> None:
    """Write the table."""
    entries = {line.split()[0] for line in Path(dictionary).read_text("utf-8").splitlines() if line.strip()}
    words = [word for word in entries if re.fullmatch(r"[a-z]{3,}", word)]
    count = Counter(triple for word in words for triple in set(triples(word)))
    thirds: dict[str, str] = {}
    for triple in sorted(triple for triple, number in count.items() if number >= _LEAST):
        thirds[triple[:2]] = thirds.get(triple[:2], "") + triple[2]
    lines = (f"{two} = {third}\n" for two, third in thirds.items())
    _TABLE.write_text(_HEAD + "".join(lines), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
