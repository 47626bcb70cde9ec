"""Whether a text explains a term where it uses it."""

from __future__ import annotations

from bisect import bisect_right

from acu_lint.api import Block, Document, Sentence
from acu_lint_rules.analysis.text.patterns import lazy

_REACH = 80  # characters on either side that are looked at
_CLOSE = r"[\"”’'*_)\]]{0,3}"
# "moxibustion (burning a herb)", "qi, or life force", "qi, the life force", "qi: life force", "fascia is the tissue"
_AFTER = lazy(
    rf"{_CLOSE}(?:(?:\s[\w'’-]{{1,20}}){{0,2}}\s?[(\[]\s?[“\"‘']?[^\W\d]{{2,}}"
    r"|\s?[–—]\s?(?!and\b|but\b)[^\W\d]|\s-{1,2}\s[^\W\d]|\s?:\s[^\W\d]"
    r"|,\s(?:or|also|which|that\sis|i\.e\.|meaning|sometimes|often\scalled|known|called|an?|the|your|where"
    r"|when|in\sother)\b"
    r"|(?:\s[\w'’-]{1,20})?\s(?:is|are|was)\s(?:an?|the|when|where|how|what|called|any|your|another|one|many"
    r"|often\scalled|also|known|simply|defined)\b|\s(?:means?|refers?\sto|describes?|stands?\sfor|controls?|regulates?)\b)",
    2,
)
# "burning a herb (moxibustion)", "a practice called moxibustion", "life force, or qi"
_BEFORE = lazy(
    r"(?:\w[,;]?\s[(\[](?:or\s|also\s|i\.e\.,?\s|in\s\w{1,12}:?\s)?(?:called\s|known\sas\s)?(?:the\s|an?\s|so-called\s)?"
    r"|\b(?:called|known\sas|termed|named|terms?|words?|meaning\sof|what\s(?:is|are|does)|i\.e\.,?|that\sis,?)\s"
    r"|\w,\sor\s(?:the\s)?|\w\s?[–—]\s?)[“\"‘'*_]{0,3}\Z",
    2,
)
_NEXT = lazy(
    r"(?:this|that|it|these|they|the\s(?:term|word|name))\s(?:is|are|means?|refers?|describes?|happens?|occurs?|stands?|"
    r"comes?)\b|in\s(?:other\swords|plain|short|simple)|that\sis\b|think\sof\b|simply\sput\b",
    2,
)


def _near(block: Block, sentence: Sentence, start: int, end: int) -> str:
    """What stands around a range of a block in its sentence, in lower case."""
    first, last = max(sentence.start, start - 3 * _REACH), min(sentence.end, end + 3 * _REACH)
    return block.text[first:last].lower()


def explained(doc: Document, block: Block, start: int, end: int, plain: str = "") -> bool:
    """Whether a reader learns at once what the words at a range of a block mean.

    By a wording in brackets, behind a comma, dash or colon or in front ("called ..."), by a definition, by the next
    sentence ("This is ..."), by a link to a page about it, or because the plain wording stands in the sentence too.
    """
    text = block.text
    if _AFTER.match(text, end, end + _REACH) or _BEFORE.search(text[max(start - _REACH, 0) : start]):
        return True
    if doc.linked(block, start, end):
        return True
    sentences = block.sentences
    number = bisect_right(sentences, start, key=lambda sentence: sentence.start)
    if plain and number and plain.lower() in _near(block, sentences[number - 1], start, end):
        return True
    return number < len(sentences) and _NEXT.match(sentences[number].text) is not None
