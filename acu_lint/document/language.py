"""The language of an article: what it declares, else what its most frequent words say.

Function words decide: they make up a quarter of English prose. A page is English when it has them, or when it has
nothing of another language either (a list of names). Libraries know more languages than is asked here and
cost more than a whole check of an article: lingua, langdetect and py3langid 300 to 640 ms for the first text, pycld2
(not tended since 2015 in its C++ part) 7 ms and 0.3 ms for every further 10 KB.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter
from pathlib import PurePath

from acu_lint.document.document import PROSE, Block, Document, Meta
from acu_lint.document.language_codes import CODES, NAMES, UNDETERMINED
from acu_lint.document.measure import measure

__all__ = ["NAMES", "UNDETERMINED", "declared", "language", "language_at", "language_of", "region"]

ENGLISH = "en"
_KEYS = ("lang", "language", "locale", "content-language")
_REGION = re.compile(r"[A-Za-z]{2,3}[-_](?:[A-Za-z]{4}[-_])?([A-Za-z]{2}|\d{3})")
# What languages call themselves, where that is no English name.
_OWN_NAMES = {
    name: code
    for code, names in {
        "ar": "العربية", "bg": "български", "ca": "català", "cs": "čeština česky", "cy": "cymraeg", "da": "dansk",
        "de": "deutsch", "el": "ελληνικά", "es": "español espanol castellano", "et": "eesti", "eu": "euskara",
        "fa": "فارسی", "fi": "suomi", "fr": "français francais", "ga": "gaeilge", "gl": "galego", "he": "עברית",
        "hi": "हिन्दी", "hr": "hrvatski", "hu": "magyar", "id": "bahasa", "is": "íslenska", "it": "italiano",
        "ja": "日本語", "ko": "한국어", "lt": "lietuvių", "lv": "latviešu", "mt": "malti", "nl": "nederlands",
        "no": "norsk bokmål nynorsk",
        "pl": "polski", "pt": "português portugues", "ro": "română", "ru": "русский", "sk": "slovenčina",
        "sl": "slovenščina", "sq": "shqip", "sr": "српски srpski", "sv": "svenska", "sw": "kiswahili", "th": "ไทย",
        "tr": "türkçe turkce", "uk": "українська", "vi": "tiếng", "zh": "中文 简体中文 繁體中文",
    }.items()
    for name in names.split()
}  # fmt: skip

# The most frequent words of each language, without those that English, or a neighbour, spells in the same way.
_FREQUENT = {
    code: frozenset(words.split())
    for code, words in {
        ENGLISH: "the of and to for that with or are as be by can you your this from it which have not",
        "af": "die 'n nie het wat vir dit sal kan ons jy hulle word baie gebruik deur ook",
        "ca": "els amb és dels una per que pot són però més això aquest aquesta també fins si us",
        "cs": "na že je se si jako ve pro jsou které ale při není nebo také který jsme aby která",
        "cy": "mae yn yr ar gan chi ein ydych eich neu fod bod wedi hefyd gyda ei oes gall rydym",
        "da": "og af til det den der på som med ikke har er kan fra blev også være eller jeg ved efter hvis",
        "de": "der die das und ist nicht zu den mit von ein eine auf für im dem sich auch es sie werden oder bei zur",
        "es": "el los las del que una por para con se es más como pero su al lo esta también puede este y en",
        "et": "ja ei et kui või mis see ka oma oli kes ning võib pärast meie teie",
        "eu": "eta da ez bat dira duen izan edo ere baina dute du egin",
        "fi": "ja ei että se oli hän mutta tai kun ovat joka myös sen voi kuin jos niin ole mukaan",
        "fr": "le les des du et est une dans pour que qui pas par sur avec ce sont au cette vous aux ou ne",
        "ga": "agus na ar an is le tá ag bhfuil nó má seo atá sé ach mar gach féidir",
        "hr": "je i na se za su ali ili od kao što može nije da koji koja nakon ako biti sve samo",
        "hu": "az és hogy nem egy ez meg csak vagy van már mint lehet ha amely azt kell",
        "id": "yang dan di dengan untuk ini tidak dari dalam pada adalah itu atau dapat akan juga oleh",
        "is": "og að er ekki sem við eru það til með fyrir getur eða þú ef en hefur",
        "it": "il della che di è una con sono del dei nel gli più anche alla questo le può si",
        "lt": "ir yra kad su bei ar iš tai gali apie arba jei bet kaip mūsų būti po",
        "lv": "un ir ar par vai no kas tas tiek var pēc jūs mēs bet ja arī",
        "mt": "il u li ta għal huwa hija jew mill biex kull mal jekk dan din għall",
        "nl": "de het een en niet dat zijn te voor aan ook bij uit maar wordt deze kan",
        "no": "og av til det som på er ikke med har den kan fra også ble være eller jeg ved etter hvis når",
        "pl": "i w na nie się z że jest jak po co przez dla oraz jego może od są lub przy które",
        "pt": "o os que não uma para com por mais dos da na um ao é ou também pode sua são e",
        "ro": "și în care pe la cu nu din este sau mai pentru sunt poate prin fi ca această acest de",
        "sk": "na je sa sú ako pre ktoré pri nie alebo tiež ktorý sme aby ktorá môže po od ak",
        "sl": "in je na za so ki se ali pa kot lahko tudi ne če po pri od ste vam",
        "sq": "dhe në të për një që nga me është ose ka nëse mund janë nuk si",
        "sv": "och att det som på är av för med den till inte om ett har kan från eller också vid efter du",
        "sw": "ya na wa kwa ni za katika la kama au hii lakini yako kila cha baada",
        "tl": "ang ng sa mga na ay kung o para hindi ito nang isang ikaw mo upang",
        "tr": "ve bir bu için ile da çok daha olarak gibi olan sonra kadar ancak değil her veya ne",
        "vi": "và của là các có được trong một cho không người với này những khi từ đã thể",
    }.items()
}
# Those of any language but English, and some that several languages share; without what English spells in the same way.
_FOREIGN = frozenset().union(*_FREQUENT.values(), "de la el y di e i al un på za do med van".split()) - {
    *_FREQUENT[ENGLISH],
    *"a an ar as bat cha com din do du fan fi fra has he her if in is me no o on par per so us".split(),
}
_OF_NAMES = frozenset("al da de del der di dos du el la le van von y".split())
_ACCENTED = "[\u00df-\u00f6\u00f8-\u024f\u0301\u0323\u1e00-\u1eff]"  # a small letter that English lacks
# Spellings that most English words have, and few words of languages that are not its neighbours.
_ENGLISH_LOOK = (
    r"th|sh|ck|wh|gh|ee|oo|ea|ou|ow|ai|ay|oa|st|ch|ss|ll|tion"
    r"|(?:ing|[^aeiou]ed|ly|ness|ment|[^aeiou]y|[bdfgklmnprt]s|e|[^aeiou]{2})\Z"
)
# Letters of other scripts; where they prevail no words are counted.
_SCRIPTS = {
    "ja": "\u3040-\u30ff", "zh": "\u3400-\u9fff", "ko": "\u1100-\u11ff\uac00-\ud7af", "ru": "\u0400-\u052f",
    "el": "\u0370-\u03ff", "he": "\u0590-\u05ff", "ar": "\u0600-\u06ff", "hi": "\u0900-\u097f", "th": "\u0e00-\u0e7f",
}  # fmt: skip
_LATIN = re.compile("[A-Za-z\u00aa-\u024f\u1e00-\u1eff]")
_KANA_SHARE = 0.15  # of the letters: Japanese has Chinese characters too
_WORDS = 20  # fewer say nothing
_ENOUGH = 0.12  # share of function words from which an article is English: half of what English prose has
_FOREIGN_SHARE = 0.1  # of words that English lacks, from which a text is foreign; English has less than half as many
_DIFFERENT = 3  # of them; Yang and Dan are also names
_FEW = 0.03  # share of English function words up to which the spelling is asked
_ENOUGH_SPELT = 15  # different words
_LOOK = 0.35  # share of words that look English, from which a text is; real pages have 0.5 and more
_NAMED = 0.08  # share of the words of one language from which it can be named
_FOLDERS = 4  # of a path that may name a language, with the file
_MARKUP_IS_WRONG = 50  # words from which a page is believed rather than the "en" of its template
# Codes of languages that are also those of countries where English is written, and get mistaken for them.
_COUNTRIES = frozenset("ca ie mt my na ng sg uk za".split())


@measure
def language(doc: Document) -> str:
    """The code of the article's language, such as ``en`` or ``de``; ``und`` where it is not English and not known.

    English is assumed of short articles (below 20 words), unless their path names a language (``cs/a.md``,
    ``a.de.md``), and of what has no words of any language, such as a list of names.
    """
    code = declared(doc.meta)
    if code == ENGLISH and doc.meta.format == "html":
        return _contradicted(doc)
    if code in _COUNTRIES and _detected(doc) == ENGLISH:
        return ENGLISH
    return code or _of_parts(doc) or _detected(doc)


def declared(meta: Meta) -> str:
    """The language that front matter or the page's ``lang`` declares (``en`` for ``en-GB`` or ``English``), or nothing.

    What is no language, such as ``us`` or a template's placeholder, counts as nothing.
    """
    return next(filter(None, map(code_of, _tags(meta))), "")


def region(meta: Meta) -> str:
    """The country in the tag of the language that a page declares (``gb`` for ``en-GB``), or nothing."""
    return next((match[1].lower() for tag in _tags(meta) if (match := _REGION.fullmatch(tag.strip()))), "")


def _tags(meta: Meta) -> Iterator[str]:
    """What a page declares as its language."""
    named = {str(key).lower(): value for key, value in meta.data.items()}
    return (value for key in _KEYS if isinstance(value := named.get(key), str))


def code_of(tag: str) -> str:
    """The code of the language that a tag (``de-CH``, ``zh_Hant``, ``deu``) or a name means, or nothing.

    Names are the English ones and those that languages give themselves (``German``, ``Deutsch``).
    """
    name = tag.strip().lower()
    first = re.split(r"[-_.,(/\s]", name, maxsplit=1)[0]
    return CODES.get(name) or CODES.get(first) or _OWN_NAMES.get(unicodedata.normalize("NFC", first), "")


def language_of(doc: Document, block: Block) -> str:
    """The code of a block's language: its own, else that of the article."""
    return (code_of(block.lang) if block.lang else "") or language(doc)


def language_at(doc: Document, offset: int) -> str:
    """The code of the language of the block that stands at an offset of the source, else that of the article."""
    parts = _parts(doc)
    at = bisect_right(parts, offset, key=itemgetter(0)) - 1
    return parts[at][2] if at >= 0 and offset < parts[at][1] else language(doc)


@measure
def _parts(doc: Document) -> Sequence[tuple[int, int, str]]:
    """Where the blocks stand that say their own language, in order, and its code."""
    return sorted((*block.span(), code) for block in doc.blocks if block.lang and (code := code_of(block.lang)))


def _contradicted(doc: Document) -> str:
    """English, which a page's template declares, unless its words are plainly those of another language."""
    words = sum(len(block.folded) for block in _prose(doc))
    return _detected(doc) if words >= _MARKUP_IS_WRONG else ENGLISH


def _of_parts(doc: Document) -> str:
    """The language that the blocks with most of the words declare for themselves; nothing where others can be asked."""
    if not any(block.lang for block in doc.blocks) or sum(len(block.folded) for block in _prose(doc)) >= _WORDS:
        return ""
    sizes: dict[str, int] = {}
    for block in doc.blocks:
        if block.kind in PROSE or block.kind == "heading":
            code = code_of(block.lang) if block.lang else ""
            sizes[code] = sizes.get(code, 0) + len(block.folded)
    return max(sizes, key=lambda code: sizes[code], default="")


def _prose(doc: Document) -> Sequence[Block]:
    """The blocks that an article is told by: those that do not say their own language."""
    return [block for block in doc.blocks if (block.kind in PROSE or block.kind == "heading") and not block.lang]


def _detected(doc: Document) -> str:
    blocks = _prose(doc)
    words = sum([len(block.folded) for block in blocks])
    own = 0
    for block in blocks:
        own += sum(map(_FREQUENT[ENGLISH].__contains__, block.folded))
        if own >= max(_ENOUGH * words, 2):
            return ENGLISH
    text = " ".join(block.text for block in blocks)
    if not text.isascii() and (script := _by_script(text)):
        return script
    if words < _WORDS:
        return ENGLISH if own else _by_path(doc.path) or ENGLISH
    if _looks_english(blocks, own, words):
        return ENGLISH
    lower = [word for block in blocks for word in block.lower_words()]
    counts = {code: sum(map(often.__contains__, lower)) for code, often in _FREQUENT.items() if code != ENGLISH}
    best = max(counts, key=lambda code: counts[code])
    used = _FREQUENT[best].intersection(lower)
    return best if len(used) >= _DIFFERENT and counts[best] >= _NAMED * words else UNDETERMINED


def _looks_english(blocks: Sequence[Block], own: int, words: int) -> bool:
    """Whether blocks in Latin letters are English: ``own`` of their ``words`` are among its function words.

    Names tell nothing, so only words that are written small are asked.
    """
    small = [word for block in blocks for word in _small(block)]
    accented, look = re.compile(_ACCENTED), re.compile(_ENGLISH_LOOK)  # most pages need neither
    foreign = [word for word in small if word in _FOREIGN or accented.search(word)]
    if len({*foreign}) >= _DIFFERENT and len(foreign) >= max(_FOREIGN_SHARE * words, 2 * own):
        return False
    spelt = {word for word in small if len(word) > 2 and word.isalpha()}
    if len(spelt) < _ENOUGH_SPELT or own > _FEW * words:
        return True
    return sum(word.isascii() and look.search(word) is not None for word in spelt) >= _LOOK * len(spelt)


def _small(block: Block) -> Iterator[str]:
    """The words of a block that are written small, without those that belong to a name ("van Dijk")."""
    after = ""
    for word in reversed(block.words):
        if word.text[0].islower() and not (word.text in _OF_NAMES and after[:1].isupper()):
            yield word.text
        if word.text not in _OF_NAMES:
            after = word.text


def _by_script(text: str) -> str:
    """The language whose script most letters are of; nothing where that is the Latin one, or there are few letters.

    Of a script that is not known here nobody can say whose it is, but that it is not English.
    """
    letters = sum(map(str.isalpha, text))
    if letters < _WORDS:
        return ""
    found = {code: len(re.findall(f"[{letters}]", text)) for code, letters in _SCRIPTS.items()}
    if found["ja"] >= _KANA_SHARE * letters:
        return "ja"
    best = max(found, key=lambda code: found[code])
    if 2 * found[best] > letters:
        return best
    return "" if 2 * len(_LATIN.findall(text)) > letters else UNDETERMINED


def _by_path(path: str) -> str:
    """The language that a path names, as site generators want it (``i18n/fr/a.md``, ``de/a.md``, ``a.cs.md``)."""
    *folders, file = PurePath(path).parts[-_FOLDERS:] or ("",)
    marks = [suffix[1:] for suffix in PurePath(file).suffixes[:-1]]
    for part in (*marks, *reversed(folders)):
        code, _, region = part.lower().replace("_", "-").partition("-")
        if (code in _FREQUENT or code in _SCRIPTS) and (not region or len(region) in {2, 4}):
            return code
    return ""
