"""The language of an article, and that rules for English prose leave other languages alone."""

from __future__ import annotations

import pytest

from acu_lint.api import Block, Document, Meta, Source, language, language_of
from acu_lint.document.document import Parsed, Piece
from acu_lint.engine.engine import Engine, Settings
from acu_lint.testing import TODAY, load_pack
from acu_lint_rules.analysis.readability.counts import counts
from tests.conftest import AcuLint, Write, document

ENGLISH = (
    "Fine needles go into the skin, and for a while you feel a dull ache. Most people lie still for half an hour. "
    "Tell the clinic if you take blood thinners, or if you are pregnant. "
)
TEXTS = {
    "cs": "Jehly se zavádějí do kůže a pacient leží asi půl hodiny. Je důležité, že se pacient nemá čeho bát, "
    "ale pokud užívá léky na ředění krve, měl by to říct. Léčba není vhodná pro ty, které jsou těhotné.",
    "da": "Nålene sættes i huden, og man ligger stille i en halv time. Det er ikke farligt, men hvis du tager medicin "
    "som fortynder blodet, skal du sige det til klinikken, før den første behandling. Den kan også give blå mærker.",
    "de": "Die Nadeln werden in die Haut gesetzt, und man liegt eine halbe Stunde lang still. Das ist nicht "
    "gefährlich, aber wer Mittel zur Blutverdünnung nimmt, sollte es der Praxis sagen. Auch eine Schwangerschaft.",
    "es": "Las agujas se colocan en la piel y el paciente descansa media hora. No es peligroso, pero si toma "
    "anticoagulantes debe decirlo a la clínica, como también las mujeres que están embarazadas o los niños.",
    "fi": "Neulat pistetään ihoon ja potilas lepää puoli tuntia. Se ei ole vaarallista, mutta jos hän käyttää "
    "verenohennuslääkkeitä, hänen on kerrottava siitä. Myös raskaus on sellainen asia, joka pitää sanoa, kun tulee.",
    "fr": "Les aiguilles sont posées dans la peau et le patient se repose une demi-heure. Ce n'est pas dangereux, "
    "mais les personnes qui prennent des anticoagulants doivent le dire, comme les femmes enceintes avec un doute.",
    "it": "Gli aghi vengono inseriti nella pelle e il paziente riposa per mezz'ora. Non è pericoloso, ma chi prende "
    "anticoagulanti deve dirlo alla clinica, come anche le donne che sono in gravidanza o con una ferita.",
    "nl": "De naalden worden in de huid gezet en de patiënt rust een half uur. Het is niet gevaarlijk, maar wie "
    "bloedverdunners neemt, moet dat aan de praktijk vertellen, ook bij een zwangerschap of een wond die er is.",
    "pl": "Igły wkłuwa się w skórę, a pacjent leży pół godziny. Nie jest to groźne, ale jeśli ktoś bierze leki na "
    "rozrzedzenie krwi, powinien o tym powiedzieć. Do lekarza trzeba iść także w ciąży i przy ranach, które są.",
    "pt": "As agulhas são postas na pele e o paciente descansa por meia hora. Não é perigoso, mas quem toma "
    "anticoagulantes deve dizer à clínica, como também as mulheres que estão grávidas ou com uma ferida na pele.",
    "sv": "Nålarna sätts i huden och man ligger still en halvtimme. Det är inte farligt, men den som tar medicin för "
    "att tunna ut blodet ska säga det till kliniken, även vid graviditet eller om du har ett sår på huden.",
    "tr": "İğneler deriye batırılır ve hasta yarım saat dinlenir. Bu tehlikeli değil, ancak kan sulandırıcı ilaç "
    "kullanan bir hasta bunu kliniğe söylemeli. Gebelik için de böyle. Daha sonra çok az ağrı olur ve geçer.",
    "ja": "鍼を皮膚に刺し、患者は三十分ほど休みます。危険ではありませんが、薬を飲んでいる人は伝えてください。",
    "zh": "把细针刺入皮肤，患者休息半小时。一般没有危险，但是服用抗凝药的人应该告诉诊所，怀孕的妇女也要事先说明情况。",
    "ru": "Тонкие иглы вводят в кожу, и пациент отдыхает полчаса. Это не опасно, но если человек принимает лекарства, "
    "разжижающие кровь, об этом надо сказать врачу.",
    "el": "Οι βελόνες μπαίνουν στο δέρμα και ο ασθενής ξεκουράζεται μισή ώρα. Δεν είναι επικίνδυνο.",
}


@pytest.mark.parametrize("code", TEXTS)
@pytest.mark.parametrize("path", ["a.md", "a.html", "a.txt"])
def test_language_is_told_by_the_words(code: str, path: str) -> None:
    text = f"<p>{TEXTS[code]}</p>" if path == "a.html" else TEXTS[code]
    assert language(document(text, path)) == code


ENGLISH_TEXTS = {
    "plain": ENGLISH,
    "long quotation": f"{ENGLISH}\n\n> {TEXTS['de']}\n",
    "lines of Chinese": f"# Back pain\n\n* 时间:\n* 浏览:10\n* 来源:TCM\n\n{TEXTS['zh']}\n\n{ENGLISH}",
    "short": "Die Nadeln sind fein, und das ist gut.",
    "names": "Zhang Wei, Li Na, Wang Fang, Liu Yang, Chen Jie, Yang Min, Zhao Lei, Huang Yan, Zhou Tao, Wu Jun",
    "keywords": "back pain, neck pain, knee pain, sleep, stress, needles, cupping, moxa, massage, yoga, tea, herbs "
    * 4,
    "names with accents": "Dr. José García, Renée Dubois, Zoë Müller, Søren Ørsted, Luis de la Cruz, Jan van Dijk, "
    "María da Silva, Jürgen Groß, Seán Ó Briain, Zoë Björk",
    "places": "Los Angeles, El Paso, San Diego, La Jolla, Las Vegas, Des Moines, San José, El Monte, Del Mar, La Mesa",
    "headings": "# Back pain\n\n## Causes\n\n## Symptoms\n\n## Treatment options\n\n## Exercises\n\n## Surgery\n\n"
    "## Prices\n\n## Opening hours\n\n## Contact us\n\n## Frequently asked questions\n\n## Book now\n",
    "prices": "| Massage per session | £45 |\n|---|---|\n| Cupping per session | £40 |\n| Plus consultation | £20 |\n"
    "| Non members per hour | £70 |\n| Moxa per session | £35 |\n| Reflexology per session | £30 |\n",
    "recipe": "- ½ cup sugar\n- 2 cups cream\n- 4 egg yolks\n- 1 tsp purée\n\nPreheat oven. Whisk yolks, sugar, cream. "
    "Bake 40 minutes. Chill overnight. Sprinkle sugar, torch, serve.",
    "numbers": "| 12.5 | 13.1 | 99 | 4 |\n" * 8,
    "points": "| LI4 | LR3 | ST36 | SP6 | GB20 | PC6 | HT7 | BL23 | KI3 | CV4 |\n" * 4,
    "names of herbs": "Dang gui, huang qi, ren shen, gan cao, bai zhu, fu ling, chuan xiong, shu di huang, bai shao "
    * 3,
    "empty": "",
    "code only": "```\n" + TEXTS["de"] + "\n```\n",
}


@pytest.mark.parametrize("text", ENGLISH_TEXTS.values(), ids=ENGLISH_TEXTS.keys())
def test_english_is_assumed(text: str) -> None:
    assert language(document(text)) == "en"


# Lists and tables have hardly any of the most frequent words.
LISTS = {
    "Czech": "- Masáž zad: třicet minut, cena pět set korun\n- Baňkování: uvolnění svalů, lepší prokrvení kůže\n"
    "- EKG, RTG: vyšetření jinde, zprávu prosíme donést\n\nOtevírací doba: pondělí až pátek, osm až osmnáct hodin.",
    "Czech with English titles": "Přehled studií o bolesti hlavy. Výsledky smíšené, kvalita nízká, vzorky malé. "
    "Autoři doporučují další výzkum, delší sledování, lepší zaslepení.\n"
    "- Linde K: Acupuncture for the prevention of headache. Závěr: mírný účinek, tři roky sledování.\n",
    "Polish": "- Masaż pleców: trzydzieści minut, sto złotych\n- Bańki: rozluźnienie mięśni, lekkie siniaki\n"
    "- Ćwiczenia: codziennie rano, dziesięć minut\n- Przeciwwskazania: gorączka, stan zapalny\n",
    "Indonesian": "- Pijat punggung: tiga puluh menit, dua ratus ribu rupiah\n- Bekam kering: otot rileks, bekas "
    "merah ringan\n- Latihan harian: pagi hari, sepuluh menit\n"
    "- Keluhan: sakit kepala, nyeri leher, nyeri bahu, susah tidur\n",
    "Spanish": "- Masaje de espalda: treinta minutos\n- Ventosas: relajación muscular, moretones leves\n"
    "- Consulta gratuita: miércoles y jueves\n- Molestias: dolor de cabeza, dolor de cuello, insomnio\n",
    "Tamil": "ஊசிகள் தோலில் வைக்கப்படுகின்றன, நோயாளி அரை மணி நேரம் ஓய்வெடுக்கிறார்.",
}


@pytest.mark.parametrize("text", LISTS.values(), ids=LISTS.keys())
def test_a_list_in_another_language_is_not_english(text: str) -> None:
    assert language(document(text)) != "en"


NEIGHBOURS = {
    "hr": "Masaža opušta mišiće i može ublažiti bol na nekoliko dana. Tretman traje trideset minuta. Recite nam ako "
    "uzimate lijekove protiv zgrušavanja krvi ili ako ste trudni. Koža može biti crvena, ali to prolazi.",
    "id": "Pijat dapat membantu mengurangi ketegangan otot dan rasa nyeri untuk beberapa hari. Setiap sesi berlangsung "
    "tiga puluh menit. Kulit yang merah biasanya pulih dalam beberapa hari.",
    "tl": "Ang masahe ay nakakatulong sa paninigas ng kalamnan at sa sakit nang ilang araw. Sabihin sa amin kung "
    "umiinom ka ng gamot na pampalabnaw ng dugo o kung ikaw ay buntis.",
    "sw": "Masaji husaidia kupunguza mkazo wa misuli na maumivu kwa siku chache. Tuambie kama unatumia dawa za "
    "kupunguza damu au kama una mimba. Ngozi inaweza kuwa nyekundu lakini hupona.",
    "cy": "Mae tylino yn gallu lleddfu tyndra yn y cyhyrau a lleihau poen am ychydig ddyddiau. Dywedwch wrthym os "
    "ydych yn cymryd meddyginiaeth teneuo gwaed neu os ydych yn feichiog.",
    "ca": "El massatge relaxa els músculs i pot alleujar el dolor durant uns dies. Digueu-nos si preneu medicaments "
    "anticoagulants o si esteu embarassada. La pell pot quedar vermella, però això passa amb els dies.",
    "mt": "Il-massaġġi jistgħu jtaffu t-tensjoni fil-muskoli u l-uġigħ għal ftit jiem. Kull sessjoni ddum tletin "
    "minuta. Għidilna jekk qed tieħu mediċini li jraqqu d-demm jew jekk inti tqila.",
    "ro": "Masajul reduce tensiunea musculara si poate ameliora durerea pentru cateva zile. Va rugam sa ne spuneti "
    "daca luati medicamente anticoagulante sau daca sunteti insarcinata, din prima sedinta.",
}


@pytest.mark.parametrize("code", NEIGHBOURS)
def test_languages_of_fewer_pages_are_told_too(code: str) -> None:
    assert language(document(NEIGHBOURS[code])) == code


@pytest.mark.parametrize(
    ("path", "code"),
    [("cs/a.md", "cs"), ("i18n/fr/docs/a.md", "fr"), ("a.de.md", "de"), ("pt-br/a.md", "pt"), ("blog/a.md", "en")],
)
def test_the_path_tells_where_the_words_are_too_few(path: str, code: str) -> None:
    assert language(document("# Ordinace\n", path)) == code
    assert language(document(ENGLISH, path)) == "en"


@pytest.mark.parametrize(
    ("front", "code"),
    [("lang: de-CH", "de"), ("language: German", "de"), ("locale: fr_FR.UTF-8", "fr"), ("lang: EN", "en"),
     ("lang: us", "en"), ('lang: "{{ site.lang }}"', "en"), ("lang: [de]", "en"), ("lang: ''\nlocale: nl", "nl"),
     ("lang: cy", "cy"), ("language: Welsh", "cy"), ("lang: zh-Hant", "zh"), ("lang: deu", "de"),
     ("lang: fil", "fil"), ("language: English (UK)", "en"), ("lang: mt", "en"), ("lang: ca", "en"),
     ("lang: uk", "en"), ("lang: Deutsch", "de"), ("Lang: Français (Suisse)", "fr"), ("language: 日本語", "ja")],
)  # fmt: skip
def test_what_is_declared_comes_first(front: str, code: str) -> None:
    assert language(document(f"---\n{front}\n---\n{ENGLISH}")) == code


def test_html_declares_it_on_its_root() -> None:
    assert language(document(f'<html lang="fr-CA"><body><p>{ENGLISH}</p></body></html>', "a.html")) == "fr"
    assert language(document(f'<html lang="en"><body><p>{TEXTS["de"]}</p></body></html>', "a.html")) == "en"
    head = '<head><meta http-equiv="Content-Language" content="fr"></head>'
    assert language(document(f"<html>{head}<body><p>{ENGLISH}</p></body></html>", "a.html")) == "fr"


def test_the_language_that_a_template_puts_on_every_page_is_not_believed_against_a_whole_page() -> None:
    page = '<html lang="en"><body><p>{}</p></body></html>'
    assert language(document(page.format(TEXTS["cs"] * 3), "a.html")) == "cs"
    assert language(document(page.format("Li Na, Wang Fang, Chen Jie, Yang Min, " * 20), "a.html")) == "en"


def with_parts(*parts: tuple[str, str], front: str = "") -> Document:
    """A document of paragraphs, each with the language that it says it is in."""
    text = "".join(f"{words}\n\n" for _, words in parts)
    blocks, at = [], 0
    for lang, words in parts:
        blocks.append(Block("paragraph", [Piece(words, at, len(words))], lang=lang))
        at += len(words) + 2
    meta = Meta({"lang": front} if front else {})
    return Document("a.html", Source(text), Parsed(blocks, meta=meta), format="html", today=TODAY)


def test_a_part_that_says_its_language_does_not_speak_for_the_page() -> None:
    assert language(with_parts(("", ENGLISH), ("de", TEXTS["de"]), ("x-none", TEXTS["cs"]))) == "en"
    assert language(with_parts(("", ENGLISH), ("de", TEXTS["de"] * 5))) == "en"
    assert language(with_parts(("de", TEXTS["de"]), ("en", "Book now."), ("", "Menu"))) == "de"
    doc = with_parts(("de-AT", TEXTS["de"]), ("", ENGLISH), front="en")
    assert [language_of(doc, block) for block in doc.blocks] == ["de", "en"]


def test_rules_for_english_leave_a_part_in_another_language_alone() -> None:
    claim = "Cupping cures asthma."
    doc = with_parts(("", ENGLISH), ("de", claim), ("en-GB", claim), front="en")
    engine = Engine(load_pack(), Settings(frozenset({"claims/cure", "claims/absolute"})))
    assert [finding.start.offset for finding in engine.check(doc)] == [doc.blocks[2].span().start + len("Cupping ")]


def test_the_reading_grade_leaves_a_part_in_another_language_out() -> None:
    long = "Wir setzen die Instrumente auf den Rücken und lassen sie dort liegen, während wir nachsehen."
    mixed, plain = with_parts(("", ENGLISH), ("de", long), front="en"), with_parts(("", ENGLISH), front="en")
    assert counts(mixed).words == counts(plain).words
    assert counts(with_parts(("", long), front="de")).words > 0


def test_other_languages_get_one_notice_and_no_english_rules(acu_lint: AcuLint, write: Write) -> None:
    claim = "Acupuncture cures sciatica in 90% of people, studies show."
    german = f"{TEXTS['de']}\n\n" * 3
    write("a.md", f"---\ntitle: Akupunktur bei Ischias\n---\n\n{german}{claim}\n")
    ignored = ("--ignore", "seo", "--ignore", "duplicates")  # they read every language
    findings = acu_lint("check", "--format", "json", *ignored, "a.md").json["findings"]
    assert [(finding["rule"], finding["severity"]) for finding in findings] == [("acu/language", "info")]
    assert "seems to be German" in findings[0]["message"]
    write("a.md", f"---\nlang: en\n---\n\n{german}{claim}\n")
    assert "claims/cure" in acu_lint("check", "--format", "json", "a.md").rules


def test_the_notice_says_that_the_language_is_declared_and_can_be_ignored(acu_lint: AcuLint, write: Write) -> None:
    write("a.md", f"---\nlang: nl\n---\n\n{ENGLISH}\n")
    assert "says that it is in Dutch" in acu_lint("check", "--format", "concise", "a.md").output
    assert acu_lint("check", "--format", "json", "--select", "claims", "--ignore", "acu/language", "a.md").rules == []
    assert acu_lint("check", "--format", "json", "--select", "duplicates", "a.md").rules == []  # nothing was left out


def test_the_notice_names_no_language_where_none_is_known(acu_lint: AcuLint, write: Write) -> None:
    write("a.md", LISTS["Polish"])
    write("b.html", f'<html lang="en"><title>Lázně</title><body><p>{TEXTS["cs"] * 3}</p></body></html>')
    write("c.md", f"---\nlang: cy\n---\n\n{NEIGHBOURS['cy']}\n")
    output = acu_lint("check", "--format", "concise", "--select", "claims", "--select", "acu", ".").output
    assert "a.md:1:1: info: This article does not seem to be in English; the rules for English" in output
    assert "says that it is in English, but seems to be in Czech" in output
    assert "says that it is in Welsh" in output


def test_a_card_can_name_its_language(acu_lint: AcuLint, write: Write) -> None:
    card = 'id: house/wort\ntitle: t\nmessage: "{{match}}"\nsources: [x]\nlanguage: {}\nterms: [Wort]\n'
    write("lint/wort.yml", card.format("de"))
    write("acu-lint.toml", 'rule-paths = ["lint"]\nselect = ["house"]\n')
    write("a.md", "Ein Wort.\n")
    write("b.md", "---\nlang: de\n---\nEin Wort.\n")
    findings = acu_lint("check", "--format", "json", "a.md", "b.md").json["findings"]
    assert [(f["path"], f["rule"]) for f in findings] == [("a.md", "acu/language"), ("b.md", "house/wort")]
    write("lint/wort.yml", card.format("german"))
    ran = acu_lint("check", ".")
    assert ran.status == 2
    assert "wort.yml:5: 'german' is no language" in ran.errors


# Rules of those families that look at signs and the build of a page, not at words.
LANGUAGE_FREE = {
    "citations/malformed-identifier",
    "copy/placeholder",
    "copy/residue",
    "readability/heading-structure",
    "readability/long-paragraph",
    "readability/wall-of-text",
}


def test_rules_that_read_english_say_so() -> None:
    for card in load_pack().cards.values():
        reads_words = card.family in {"claims", "citations", "keywords", "readability", "trust", "copy"}
        assert card.language == "en" or not reads_words or card.id in LANGUAGE_FREE, card.id
