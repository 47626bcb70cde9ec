"""Where sentences end, and where they do not."""

import time

import pytest

from acu_lint.document.sentences import split

# A bar stands where one sentence ends and the next begins.
TEXTS = [
    "Pain fell by 0.73 points.| That is little.",
    "Dr. Lee saw 12 people.| Prof. J. Smith saw none.",
    "It was checked by Dr. K on 2nd Dec 2021.| Nobody knows who Dr. K is.",
    "J. K. Rowling and Harry S. Truman never met.| Take vitamin C.| The cold stays.",
    "Real vs. Sham needles, e.g. Streitberger, i.e. Blunt ones.| They feel alike.",
    "It takes approx. 30 minutes.| See Fig. 2 and Vol. 3, pp. 5.| No. 5 is next.| No.| It is not.",
    "Smith et al. (2012) found little.| Jones et al. The same.".replace(" The same", "| The same"),
    "The trial ran in the U.S.| The U.S. Army paid.| It began at 9 a.m. Monday.",
    "Jane Doe, L.Ac. Medical Director, wrote it.| St. John's wort grows on Main St.| It blooms.",
    "He said “It works. It really does.” to her.| She left.",
    '"Does it work?" she asked.| "No."| He left.',
    "Some people (see below. It is short.) feel better.| (Others do not.)| That is all.",
    "Really?!| Yes!| Well... maybe.| Wait…| The end.",
    'The word “chee" is Chinese.| An “open quotation never ends.| It goes on.| And on.',
    "Visit https://clinic.example/a.b?c=d.| Then use v1.2.3 now.| Ask at www.clinic.example.",
    "30 people came.| 12 left.| mRNA is new.| iPhone users agree. not so here",
    "It helps.[1]| It may not.[2,3]| Nobody knows.¹| So it goes.",
    "1. Rest and drink.| 2. Call us.",
    "“It hurt for years.| Then it went away.| I sleep again.”",
    "这是一。|那是二！|好",
    "Tea, honey, etc. are fine.| Acme Inc. sells them.",
    "Tea is old.| (it really is!)| Drink etc. (as above) or approx. (say) two.",
    "no stop at the end",
]


@pytest.mark.parametrize("marked", TEXTS)
def test_sentences(marked: str) -> None:
    parts = [part.strip() for part in marked.split("|")]
    text = marked.replace("|", "")
    assert [text[start:end] for start, end in split(text)] == parts


def test_white_space_is_no_sentence() -> None:
    assert split("") == split("  \n ") == []
    assert split("  One.  Two. ") == [(2, 6), (8, 12)]


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["a. ", "A. ", "…", ".", '"', "“a. ", "(", '."', "? ", "a.[1 ", "U.S. ", "Dr. "])
def test_a_long_line_takes_linear_time(unit: str) -> None:
    started = time.process_time()
    split(unit * (400_000 // len(unit)))
    assert time.process_time() - started < 5  # a quadratic pattern takes minutes
