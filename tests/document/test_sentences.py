"""Where sentences end, and where they do not."""

import time

import pytest

from acu_lint.document.sentences import split

# ‖ stands where one sentence ends and the next begins.
TEXTS = [
    "Pain fell by 0.73 points.‖ That is little.",
    "Dr. Lee saw 12 people.‖ Prof. J. Smith saw none.",
    "It was checked by Dr. K on 2nd Dec 2021.‖ Nobody knows who Dr. K is.",
    "J. K. Rowling and Harry S. Truman never met.‖ Take vitamin C.‖ The cold stays.",
    "Real vs. Sham needles, e.g. Streitberger, i.e. Blunt ones.‖ They feel alike.",
    "It takes approx. 30 minutes.‖ See Fig. 2 and Vol. 3, pp. 5.‖ No. 5 is next.‖ No.‖ It is not.",
    "Smith et al. (2012) found little.‖ Jones et al.‖ The same.",
    "The trial ran in the U.S.‖ The U.S. Army paid.‖ It began at 9 a.m. Monday.",
    "Jane Doe, L.Ac. Medical Director, wrote it.‖ St. John's wort grows on Main St.‖ It blooms.",
    "He said “It works. It really does.” to her.‖ She left.",
    '"Does it work?" she asked.‖ "No."‖ He left.',
    "Some people (see below. It is short.) feel better.‖ (Others do not.)‖ That is all.",
    "Really?!‖ Yes!‖ Well... maybe.‖ Wait…‖ The end.",
    'The word “chee" is Chinese.‖ An “open quotation never ends.‖ It goes on.‖ And on.',
    "Visit https://clinic.example/a.b?c=d.‖ Then use v1.2.3 now.‖ Ask at www.clinic.example.",
    "30 people came.‖ 12 left.‖ mRNA is new.‖ iPhone users agree.‖ not so here",
    "It helps.[1]‖ It may not.[2,3]‖ Nobody knows.¹‖ So it goes.",
    "1. Rest and drink.‖ 2. Call us.",
    "“It hurt for years.‖ Then it went away.‖ I sleep again.”",
    "这是一。‖那是二！‖好",
    "Tea, honey, etc. are fine.‖ Acme Inc. sells them.",
    "Tea is old.‖ (it really is!)‖ Drink etc. (as above) or approx. (say) two.",
    "no stop at the end",
    # lines, signs and facts
    "Knees\n‖Hips and\nbacks\n‖Necks",
    "Rest a day.\n‖then walk.",
    "✅ Calm rooms\n‖✅ Free parking",
    "What you get: ‖✔ Calm ‖✔ Sleep",
    "🌿 Herbs ‖🌙 Late hours ‖🚗 Parking",
    "We moved! 🎉‖ Come and see us. 😊‖ Tea is ready.",
    "Rated ⭐⭐⭐⭐ by those who came.‖ Breathe in → hold → breathe out.",
    "Open daily ‖· Step-free ‖| 40 pounds ‖| 50 minutes",
    "It is 3 · 4 and 5 kg·m.",
    # a mark without white space behind it, and one within a name
    "It hurt for a week.‖Then it went.‖Really?‖Yes!‖In 2019.‖The rooms moved.",
    "Write to Jo.Lee@clinic.example or see Clinic.Com, notes.Md and St.John.",
    "It went (for a day).‖Then it came back.",
    "It helped in two trials.1,2‖ No more is known.(3)‖ That is all.",
    # credentials, hours, telephone numbers
    "Ann Bell, Lic. Ac., Dip. O.M., Cert. Ed., sees you.‖ Tom Reed, L.Ac. Founder, does not.",
    "Mon. – Fri. 9 a.m. – 5 p.m.‖ Closed Sundays.‖ Open at 9 a.m. Monday to Sat.‖ Come in.",
    "Open Mon.–Thurs. 8.30 a.m. to 6 p.m.‖ Parking is free.",
    "Tel. (02) 5550 0123 or fax. 12.‖ Ask for Jo.",
    # quotations and what is said around them
    "She said: “It is better.‖ I can run.”‖ We are glad.",
    "“I was not sure.‖ Now I come.”‖ – J. M.",
    "It was fine….”‖ Stop there.",
    "Is it O.K.?‖ Yes.",
]


@pytest.mark.parametrize("marked", TEXTS)
def test_sentences(marked: str) -> None:
    parts = [part.strip() for part in marked.split("‖")]
    text = marked.replace("‖", "")
    found = [text[start:end] for start, end in split(text)]
    assert found == [part.lstrip("·|").strip() for part in parts]


def test_white_space_is_no_sentence() -> None:
    assert split("") == split("  \n ") == []
    assert split("  One.  Two. ") == [(2, 6), (8, 12)]


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    ["a. ", "A. ", "…", ".", '"', "“a. ", "(", '."', "? ", "a.[1 ", "U.S. ", "Dr. ", "✅ A", "😀 ", "· ", "a\n", "a.B"],
)
def test_a_long_line_takes_linear_time(unit: str) -> None:
    started = time.process_time()
    split(unit * (400_000 // len(unit)))
    assert time.process_time() - started < 5  # a quadratic pattern takes minutes
