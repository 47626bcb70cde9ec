"""The language of an article: what it declares, else what its most frequent words say.

Function words decide: they make up a quarter of English prose. Libraries know more languages than is asked here and
cost more than a whole check of an article: lingua, langdetect and py3langid 300 to 640 ms for the first text, pycld2
(not tended since 2015 in its C++ part) 7 ms and 0.3 ms for every further 10 KB.
"""

from __future__ import annotations

import re

from acu_lint.document.document import PROSE, Document, Meta
from acu_lint.document.measure import measure

NAMES = {
    "ar": "Arabic", "bg": "Bulgarian", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English",
    "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi",
    "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean",
    "lt": "Lithuanian", "lv": "Latvian", "nb": "Norwegian", "nl": "Dutch", "nn": "Norwegian", "no": "Norwegian",
    "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian",
    "sr": "Serbian", "sv": "Swedish", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese",
    "zh": "Chinese",
}  # fmt: skip
ENGLISH = "en"
_KEYS = ("lang", "language", "locale")
_CODES = {name.lower(): code for code, name in NAMES.items()}

# The most frequent words of each language, without those that English, or a neighbour, spells in the same way.
_FREQUENT = {
    code: frozenset(words.split())
    for code, words in {
        ENGLISH: "the of and to for that with or are as be by can you your this from it which have not",
        "cs": "na že je se si jako ve pro jsou které ale při není nebo také který jsme aby která",
        "da": "og af til det den der på som med ikke har er kan fra blev også være eller jeg ved efter hvis",
        "de": "der die das und ist nicht zu den mit von ein eine auf für im dem sich auch es sie werden oder bei zur",
        "es": "el los las del que una por para con se es más como pero su al lo esta también puede este y en",
        "fi": "ja ei että se oli hän mutta tai kun ovat joka myös sen voi kuin jos niin ole mukaan",
        "fr": "le les des du et est une dans pour que qui pas par sur avec plus ce sont au cette vous aux ou ne",
        "hu": "az és hogy nem egy ez meg csak vagy van már mint lehet is ha amely azt kell",
        "id": "yang dan di dengan untuk ini tidak dari dalam pada adalah itu atau dapat akan juga oleh",
        "it": "il della che di è per una con non sono del dei nel gli più anche alla come questo le può si",
        "nl": "de het een van en niet dat die zijn op te voor met aan er ook bij uit maar wordt om deze of kan",
        "no": "og av til det som på er ikke med har den kan fra også ble være eller jeg ved etter hvis når",
        "pl": "i w na nie się z że jest do jak po co tak przez dla oraz jego może od są lub przy które",
        "pt": "o os que não uma para com por mais dos da do na em um ao é ou também pode sua são e",
        "ro": "și în care pe la cu nu din este sau mai pentru sunt poate prin fi ca această acest de",
        "sv": "och att det som på är av för med den till inte om ett har kan från eller också vid efter du",
        "tr": "ve bir bu için ile da çok daha olarak gibi olan sonra kadar ancak değil her veya ne",
        "vi": "và của là các có được trong một cho không người với này những khi từ đã thể",
    }.items()
}
# Letters of other scripts; where they prevail no words are counted.
_SCRIPTS = {
    "ja": "\u3040-\u30ff", "zh": "\u3400-\u9fff", "ko": "\u1100-\u11ff\uac00-\ud7af", "ru": "\u0400-\u052f",
    "el": "\u0370-\u03ff", "he": "\u0590-\u05ff", "ar": "\u0600-\u06ff", "hi": "\u0900-\u097f", "th": "\u0e00-\u0e7f",
}  # fmt: skip
_KANA_SHARE = 0.15  # of the letters: Japanese has Chinese characters too
_WORDS = 20  # fewer say nothing
_ENOUGH = 0.12  # share of function words from which an article is English: half of what English prose has
_FOREIGN = 0.1  # share of another language's words from which it is that language, where English has not half as many
_DIFFERENT = 3  # of them; Yang and Dan are also names


@measure
def language(doc: Document) -> str:
    """The code of the article's language, such as ``en`` or ``de``.

    English is assumed of short articles (below 20 words) and where the words tell nothing.
    """
    return declared(doc.meta) or _detected(doc)


def declared(meta: Meta) -> str:
    """The language that front matter or the page's ``lang`` declares (``en`` for ``en-GB`` or ``English``), or nothing.

    What is no language, such as ``us`` or a template's placeholder, counts as nothing.
    """
    for key in _KEYS:
        value = meta.data.get(key)
        if isinstance(value, str):
            name = re.split(r"[-_.]", value.strip().lower(), maxsplit=1)[0]
            if code := name if name in NAMES else _CODES.get(name):
                return code
    return ""


def _detected(doc: Document) -> str:
    blocks = [block for block in doc.blocks if block.kind in PROSE or block.kind == "heading"]
    words = sum(len(block.folded) for block in blocks)
    english = _FREQUENT[ENGLISH]
    own = sum(sum(map(english.__contains__, block.folded)) for block in blocks)
    if own >= max(_ENOUGH * words, 2):
        return ENGLISH
    text = " ".join(block.text for block in blocks)
    if not text.isascii() and (script := _by_script(text)):
        return script
    if words < _WORDS:
        return ENGLISH
    counts = {
        code: sum(sum(map(frequent.__contains__, block.folded)) for block in blocks)
        for code, frequent in _FREQUENT.items()
        if code != ENGLISH
    }
    best = max(counts, key=lambda code: counts[code])
    used = _FREQUENT[best].intersection(word for block in blocks for word in block.folded)
    foreign = len(used) >= _DIFFERENT and counts[best] >= max(_FOREIGN * words, 2 * own)
    return best if foreign else ENGLISH


def _by_script(text: str) -> str:
    """The language whose script most letters are of; nothing where that is the Latin one, or there are few letters."""
    letters = sum(map(str.isalpha, text))
    if letters < _WORDS:
        return ""
    found = {code: len(re.findall(f"[{letters}]", text)) for code, letters in _SCRIPTS.items()}
    if found["ja"] >= _KANA_SHARE * letters:
        return "ja"
    best = max(found, key=lambda code: found[code])
    return best if 2 * found[best] > letters else ""
