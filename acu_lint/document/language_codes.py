"""The codes of languages: ISO 639-1, the codes of three letters that mean the same, and some of those without two."""

from __future__ import annotations

# "aa Afar" is a code and its name; "de/deu/ger German" has codes of three letters too, which pages use as well.
_TABLE = """
aa Afar, ab/abk Abkhazian, ae Avestan, af/afr Afrikaans, ak/aka Akan, am/amh Amharic, an/arg Aragonese, ar/ara Arabic,
as/asm Assamese, av/ava Avaric, ay/aym Aymara, az/aze Azerbaijani, ba/bak Bashkir, be/bel Belarusian, bg/bul Bulgarian,
bi/bis Bislama, bm/bam Bambara, bn/ben Bengali, bo/bod/tib Tibetan, br/bre Breton, bs/bos Bosnian, ca/cat Catalan,
ce/che Chechen, ch/cha Chamorro, co/cos Corsican, cr/cre Cree, cs/ces/cze Czech, cu/chu Church Slavonic, cv/chv Chuvash,
cy/cym/wel Welsh, da/dan Danish, de/deu/ger German, dv/div Divehi, dz/dzo Dzongkha, ee/ewe Ewe, el/ell/gre Greek,
en/eng English, eo/epo Esperanto, es/spa Spanish, et/est Estonian, eu/eus/baq Basque, fa/fas/per Persian, ff/ful Fulah,
fi/fin Finnish, fj/fij Fijian, fo/fao Faroese, fr/fra/fre French, fy/fry Western Frisian, ga/gle Irish,
gd/gla Scottish Gaelic, gl/glg Galician, gn/grn Guarani, gu/guj Gujarati, gv/glv Manx, ha/hau Hausa, he/heb Hebrew,
hi/hin Hindi, ho/hmo Hiri Motu, hr/hrv Croatian, ht/hat Haitian Creole, hu/hun Hungarian, hy/hye/arm Armenian,
hz/her Herero, ia/ina Interlingua, id/ind Indonesian, ie/ile Interlingue, ig/ibo Igbo, ii/iii Sichuan Yi,
ik/ipk Inupiaq, io/ido Ido, is/isl/ice Icelandic, it/ita Italian, iu/iku Inuktitut, ja/jpn Japanese, jv/jav Javanese,
ka/kat/geo Georgian, kg/kon Kongo, ki/kik Kikuyu, kj/kua Kuanyama, kk/kaz Kazakh, kl/kal Kalaallisut, km/khm Khmer,
kn/kan Kannada, ko/kor Korean, kr/kau Kanuri, ks/kas Kashmiri, ku/kur Kurdish, kv/kom Komi, kw/cor Cornish,
ky/kir Kyrgyz, la/lat Latin, lb/ltz Luxembourgish, lg/lug Ganda, li/lim Limburgish, ln/lin Lingala, lo/lao Lao,
lt/lit Lithuanian, lu/lub Luba-Katanga, lv/lav Latvian, mg/mlg Malagasy, mh/mah Marshallese, mi/mri/mao Maori,
mk/mkd/mac Macedonian, ml/mal Malayalam, mn/mon Mongolian, mr/mar Marathi, ms/msa/may Malay, mt/mlt Maltese,
my/mya/bur Burmese, na/nau Nauru, nb/nob Norwegian, nd/nde North Ndebele, ne/nep Nepali, ng/ndo Ndonga,
nl/nld/dut Dutch, nn/nno Norwegian, no/nor Norwegian, nr/nbl South Ndebele, nv/nav Navajo, ny/nya Chichewa,
oc/oci Occitan, oj/oji Ojibwa, om/orm Oromo, or/ori Odia, os/oss Ossetian, pa/pan Punjabi, pi/pli Pali, pl/pol Polish,
ps/pus Pashto, pt/por Portuguese, qu/que Quechua, rm/roh Romansh, rn/run Rundi, ro/ron/rum Romanian, ru/rus Russian,
rw/kin Kinyarwanda, sa/san Sanskrit, sc/srd Sardinian, sd/snd Sindhi, se/sme Northern Sami, sg/sag Sango,
si/sin Sinhala, sk/slk/slo Slovak, sl/slv Slovenian, sm/smo Samoan, sn/sna Shona, so/som Somali, sq/sqi/alb Albanian,
sr/srp Serbian, ss/ssw Swati, st/sot Southern Sotho, su/sun Sundanese, sv/swe Swedish, sw/swa Swahili, ta/tam Tamil,
te/tel Telugu, tg/tgk Tajik, th/tha Thai, ti/tir Tigrinya, tk/tuk Turkmen, tl/tgl Tagalog, tn/tsn Tswana, to/ton Tonga,
tr/tur Turkish, ts/tso Tsonga, tt/tat Tatar, tw/twi Twi, ty/tah Tahitian, ug/uig Uyghur, uk/ukr Ukrainian, ur/urd Urdu,
uz/uzb Uzbek, ve/ven Venda, vi/vie Vietnamese, vo/vol Volapük, wa/wln Walloon, wo/wol Wolof, xh/xho Xhosa,
yi/yid Yiddish, yo/yor Yoruba, za/zha Zhuang, zh/zho/chi Chinese, zu/zul Zulu,
ast Asturian, ceb Cebuano, ckb Central Kurdish, cmn Mandarin Chinese, dsb Lower Sorbian, fil Filipino, fur Friulian,
gsw Swiss German, haw Hawaiian, hmn Hmong, hsb Upper Sorbian, ilo Iloko, kab Kabyle, lmo Lombard, mai Maithili,
nan Min Nan Chinese, nap Neapolitan, nds Low German, pap Papiamento, prs Dari, scn Sicilian, sco Scots, tet Tetum,
tpi Tok Pisin, vec Venetian, wuu Wu Chinese, yue Cantonese
"""
# What the code of an unknown language is (ISO 639-2).
UNDETERMINED = "und"


def _read() -> tuple[dict[str, str], dict[str, str]]:
    names, codes = {UNDETERMINED: "another language"}, {}
    for entry in _TABLE.split(","):
        spelt, _, name = entry.strip().partition(" ")
        first, *others = spelt.split("/")
        names[first] = name
        codes.update(dict.fromkeys((first, *others), first))
        codes[name.lower()] = first
    return names, codes


# NAMES: the name of each language by its code. CODES: the code by every way to write it, in lower case: another code
# ("deu") or the English name ("german").
NAMES, CODES = _read()
