"""Words that many rules read, sources, a project's own words, and articles that repeat themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from shapes.shape import Shape, acronym, again, counted, matter

# What the rules look for, one or more for every family.
TRIGGERS = {
    "cure": "acupuncture cures sciatica",
    "efficacy": "acupuncture relieves back pain",
    "efficacy-hedged": "acupuncture may relieve back pain for some people",
    "not": "acupuncture does not cure sciatica",
    "absolute": "guaranteed results, 100% success",
    "comparative": "the best clinic, better than drugs",
    "coverage": "covered by your insurance, free consultation",
    "condition": "we treat cancer and diabetes with acupuncture",
    "fear": "before it is too late, do you suffer from back pain",
    "mechanism": "acupuncture releases endorphins and boosts the immune system",
    "panacea": "acupuncture treats everything from pain to infertility",
    "promise": "instant and lasting relief in one session",
    "replaces": "stop taking your medication and use acupuncture instead of surgery",
    "safety": "it is completely safe with no side effects",
    "testimonial": "“It cured my pain,” says Anna, a patient of ours",
    "tradition": "used for thousands of years in ancient China",
    "studies-show": "studies show that it works",
    "study-named": "a 2019 study in the Journal of Pain by Smith et al. found it",
    "authority": "the World Health Organization says so",
    "statistic": "90% of patients and 1 in 3 adults felt better",
    "overstated": "it is clinically proven and scientifically proven in mice",
    "author-year": "(Smith et al., 2019; Li & Ho, 2020)",
    "marker": "tea [1, 2] [3-9]",
    "doi": "doi:10.1000/xyz123 10.1234/abc",
    "pmid": "PMID: 12345678 PMCID: PMC123456",
    "isbn": "ISBN 978-3-16-148410-0",
    "nct": "NCT01234567 trial",
    "dates": "12 March 2019, 2019-03-12, March 2019",
    "percent": "12.5% 40 %",
    "p-value": "p < 0.05, n = 100",
    "query": "acupuncture for back pain near me",
    "query-city": "acupuncture London, acupuncture Leeds, acupuncture York",
    "places": "in London, Leeds, York, Bath, Hull and Derby",
    "puffery": "world-class, cutting-edge and holistic",
    "boilerplate": "in today's fast-paced world, it is important to note",
    "clickbait": "you won't believe this one weird trick",
    "placeholder": "lorem ipsum dolor sit amet [insert name here] TODO",
    "residue": "As an AI language model, I cannot; Regenerate response",
    "jargon": "nociceptive neuropathy and myofascial dysfunction",
    "complex": "utilize and facilitate prior to commencement",
    "passive": "the needles were inserted and the pain was relieved by them",
    "credential": "our experts and leading specialists",
    "reviewed": "reviewed by Dr. Ada Lind, MD",
    "risk": "side effects include bleeding; see your doctor",
    "disclaimer": "this is no medical advice; ask your doctor",
    "affiliate": "buy here with our affiliate link for $49.99",
    "pronoun": "it helps; it eases them; this works",
    "which": "which helps those who have pain which lasts",
    "and": "and or but so",
    "because": "because it works, that is why",
    "if": "if you have pain when you walk",
    "list": "pain, stress, anxiety, insomnia, infertility",
    "supplement": "turmeric capsules relieve joint pain",
    "known": "vitamin C prevents colds, ginkgo prevents dementia",
    "names": "Dr. Li of Harvard University, Ms. Ho of Oxford",
}  # fmt: skip


def triggers() -> Iterator[tuple[str, Shape]]:
    """What rules look for, thousands of times in one sentence, one paragraph, many paragraphs."""
    for name, words in TRIGGERS.items():
        yield f"sentence-{name}", Shape("page.md", again(f"{words} "))
        yield f"paragraph-{name}", Shape("page.md", again(f"{words[0].upper()}{words[1:]}. "))
        yield f"paragraphs-{name}", Shape("page.md", again(f"{words[0].upper()}{words[1:]}.\n\n"))
    for name, words in list(TRIGGERS.items())[:32:3]:
        yield f"items-{name}", Shape("page.md", again(f"- {words}\n"))
        yield f"headings-{name}", Shape("page.md", again(f"## {words}\n\n"))
    yield from _surrounded()
    linked = "".join(f"{words[0].upper()}{words[1:]} [{words}](https://a.example/@). " for words in TRIGGERS.values())
    yield "links-every-trigger", Shape("page.md", counted(linked))
    every = ". ".join(f"{words[0].upper()}{words[1:]}" for words in TRIGGERS.values())
    yield "paragraph-every-trigger", Shape("page.md", again(f"{every}. "))
    yield "paragraphs-every-trigger", Shape("page.md", again(every.replace(". ", ".\n\n") + ".\n\n"))
    yield "sentence-every-trigger", Shape("page.md", again(" ".join(TRIGGERS.values()) + " "))
    yield "html-every-trigger", Shape("page.html", again("<p>" + every.replace(". ", ".</p><p>") + ".</p>"))


def _surrounded() -> Iterator[tuple[str, Shape]]:
    """A long title, heading, lead or alternative text, and then thousands of triggers that may look back at it."""
    every = [f"{words[0].upper()}{words[1:]}." for words in TRIGGERS.values()]
    for name, line in {"paragraphs": "{}\n\n", "items": "- {}\n", "cells": "| {} | a |\n"}.items():
        body = again("".join(line.format(words) for words in every))
        table = "| a | b |\n|---|---|\n" if name == "cells" else ""
        for above, front in {
            "title": matter(again("tea and trees ", "title: ")), "heading": again("tea and trees ", "## "),
            "lead": again("tea and trees ", "", ":"), "sentences": again("Tea and trees. "),
        }.items():  # fmt: skip
            yield f"{above}-above-{name}", Shape("page.md", _under(front, table, body))


def _under(head: Callable[[int], str], middle: str, body: Callable[[int], str]) -> Callable[[int], str]:
    return lambda size: head(size // 2) + "\n\n" + middle + body(size // 2)


def sources() -> Iterator[tuple[str, Shape]]:
    """Citations, markers, lists of references."""
    entry = "@. Li A, Ho B. Tea and pain. J Pain. 2019;12(3):1-9. doi:10.1000/a@\n"
    for name, make in {
        "entries": counted(entry, "# Tea\n\nTea helps [1].\n\n## References\n\n"),
        "entries-unused": counted("@. Li A. Tea.\n", "# Tea\n\n## References\n\n"),
        "entries-same": again("- Li A. Tea. 2019. https://doi.org/10.1000/a\n", "# Tea\n\n## References\n\n"),
        "entries-in-one": counted("[@] Li A. Tea. 2019; ", "# Tea\n\n## References\n\n"),
        "markers": counted("tea cures pain [@] "),
        "markers-sentences": counted("Tea cures pain [@]. "),
        "markers-and-entries": lambda size: (
            counted("Tea cures pain [@]. ")(size // 2) + "\n\n## References\n\n" + counted(entry)(size // 2)
        ),
        "marker-range": counted("tea [@-99999] "),
        "marker-list": counted("@, ", "tea [", "1]"),
        "author-years": counted("Tea cures pain (Li@, 2019). "),
        "author-year-long": counted("Li@, 2019; ", "Tea cures pain (", "Ho, 2020)."),
        "author-years-and-entries": lambda size: (
            counted("Tea cures (Li@, 2019). ")(size // 2)
            + "\n\n## References\n\n"
            + counted("- Li@ A. Tea. 2019.\n")(size // 2)
        ),
        "dois": counted("https://doi.org/10.1000/a@ "),
        "dois-broken": again("10.1000/"),
        "doi-long": again("a", "doi:10.1000/"),
        "isbns": counted("ISBN 978316148410@ "),
        "links-pubmed": counted("[Li 2019](https://pubmed.ncbi.nlm.nih.gov/@) "),
        "links-acronyms": lambda size: "".join(
            f"The {acronym(n)} is [warm](https://a.example/{n}). " for n in range(size // 46)
        ),
        "links-declared": lambda size: (
            matter(counted("- https://a.example/@\n", "sources:\n"))(size // 2)
            + counted("[Li](https://a.example/@). ")(size // 2)
        ),
        "links-sources-claims": counted("Tea cures pain ([Li](https://a.example/@)). "),
        "superscripts": counted("Tea cures pain<sup>@</sup>. "),
        "footnotes-claims": counted("Tea cures pain.[^@] ", tail="\n\n[^1]: Li 2019.\n"),
        "footnotes-claims-and-notes": lambda size: (
            counted("Tea cures pain.[^@] ")(size // 2) + "\n\n" + counted("[^@]: Li 2019.\n\n")(size // 2)
        ),
        "fragments": counted("[a](#a@) "),
        "fragments-headings": counted("## Tea @\n\n[a](#tea-@)\n\n"),
        "reference-headings": again("## References\n\nLi 2019.\n\n"),
        "years": again("1999 2026 "),
        "numbers-one-in": again("one in three, two out of five, half of "),
    }.items():
        yield f"source-{name}", Shape("page.md", make)


def project() -> Iterator[tuple[str, Shape]]:
    """The words of a project, with hits by the thousand in one block."""
    reject = '[vocabulary]\nreject = ["tea"]\n'
    texts = {"sentence": "tea cures pain and ", "sentences": "Tea cures pain. ", "lines": "Tea cures pain.\n"}
    for name, unit in texts.items():
        yield f"words-reject-{name}", Shape("page.md", again(unit), reject)
        yield f"words-accept-{name}", Shape("page.md", again(unit), '[vocabulary]\naccept = ["tea cures pain"]\n')
        yield f"words-approved-{name}", Shape("page.md", again(unit), *_approved("Tea cures pain", "2999-01-01"))
        yield f"words-expired-{name}", Shape("page.md", again(unit), *_approved("Tea cures pain", "2020-01-01"))
    yield "words-reject-title", Shape("page.md", matter(again("tea cures ", "title: ")), reject)
    yield "words-reject-folded-title", Shape("page.md", matter(again("  tea cures\n", "title: >\n")), reject)
    yield "words-reject-alt", Shape("page.html", again('<img src=a alt="tea cures pain">'), reject)
    yield "words-reject-entities", Shape("page.html", again("<p>tea &amp; tea"), reject)
    yield "words-reject-no-spaces", Shape("page.md", again("tea-"), reject)
    yield "words-reject-soft-lines", Shape("page.md", again("tea cures\n"), reject)
    yield "words-reject-returns", Shape("page.md", again("tea cures\r"), reject)
    yield "words-reject-emoji", Shape("page.md", again("tea 😀 "), reject)
    yield (
        "words-reject-accept",
        Shape("page.md", again("tea is warm. "), '[vocabulary]\nreject = ["tea"]\naccept = ["tea is warm"]\n'),
    )
    long = " ".join(["tea"] * 200)
    yield "words-reject-long-phrase", Shape("page.md", again("tea "), f'[vocabulary]\nreject = ["{long} x"]\n')
    yield (
        "words-accept-long-phrase",
        Shape("page.md", again("tea "), f'[vocabulary]\naccept = ["{long}"]\nreject = ["tea"]\n'),
    )
    yield "words-approved-long", Shape("page.md", again("tea "), *_approved(f"{long} x", "2999-01-01"))
    yield (
        "words-approved-spaces",
        Shape("page.txt", again("tea  \t cures  "), *_approved("tea cures tea", "2999-01-01")),
    )
    yield "words-keyphrase", Shape("page.md", again("tea cures pain. "), '[vocabulary]\nkeyphrase = "tea cures pain"\n')
    yield (
        "words-conditions",
        Shape(
            "page.md",
            again("tea cures moon fever. "),
            '[vocabulary]\nconditions = ["moon fever"]\ninterventions = ["tea"]\n',
        ),
    )
    yield "words-brands", Shape("page.md", again("Nervo-Calm cures pain. "), '[vocabulary]\nbrands = ["Nervo-Calm"]\n')


def _approved(text: str, expires: str) -> tuple[str, str]:
    """A configuration with an approved claim, and the file that it names."""
    config = '[vocabulary]\napproved-claims = "approved.yml"\n'
    return config, f'- text: "{text}"\n  reference: A-1\n  expires: {expires}\n'


def repeats() -> Iterator[tuple[str, Shape]]:
    """Pages that repeat themselves, and pages of which the corpus holds near copies."""
    corpus = '[corpus]\ninclude = ["*.md"]\n'
    section = (
        "## Tea at home\n\nA cup of warm tea may help some people who sleep badly. Ask your doctor when the trouble"
        " lasts for weeks. Nobody knows yet how much of it is needed.\n\n"
    )
    vary = "A cup number @ of warm tea may help some people @ who sleep badly on day @ of the week.\n\n"
    yield "repeat-section", Shape("page.md", again(section))
    yield "repeat-section-varied", Shape("page.md", counted(vary))
    yield "copy-section", Shape("page.md", again(section), corpus, copies=3)
    yield "copy-section-varied", Shape("page.md", counted(vary), corpus, copies=3)
    yield "copy-one-word", Shape("page.md", again("tea "), corpus, copies=3)
    yield "copy-words", Shape("page.md", counted("tea@ "), corpus, copies=3)
    yield "copy-sentences", Shape("page.md", counted("Tea number @ is warm. "), corpus, copies=3)
    yield "copy-lines", Shape("page.md", counted("- Tea number @ is warm and helps\n"), corpus, copies=3)
