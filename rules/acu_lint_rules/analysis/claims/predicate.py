"""What a sentence says a therapy does."""

from __future__ import annotations

from typing import NamedTuple

from acu_lint_rules.analysis.text.lexicon import terms

BE = frozenset(terms("grammar", "be"))
LINKS = BE | frozenset(terms("grammar", "links"))
OBJECT_REACH = 8  # words between a verb and what it acts on
NOT_OBJECTS = frozenset(terms("grammar", "not_objects"))  # words that make the one before them no object


class Predicate(NamedTuple):
    """Words ``first`` to ``last`` of a sentence (exclusive) that say what a therapy does.

    ``kind`` is efficacy, mechanism, cure, safety, natural, guarantee or promise. ``verb`` is the word that says
    what happens and ``use`` how it stands there (see ``usage``; "absolute" for a denial of side effects). The
    subject stands to the verb's left unless ``agent`` names the word where the therapy follows ('relieved by
    massage'). ``reach`` says where the therapy must be: the subject of the verb, the sentence or the topic.
    ``weak`` marks purpose wording, ``experience`` what people feel, ``theory`` statements about qi and the
    like, which need no therapy.
    """

    kind: str
    first: int
    last: int
    verb: int
    object: str = ""
    agent: int = -1
    weak: bool = False
    experience: bool = False
    use: str = ""
    theory: bool = False
    reach: str = "subject"
