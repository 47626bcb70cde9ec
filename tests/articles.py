"""Articles that the tests of duplicates share, and corpora of them."""

from __future__ import annotations

from hypothesis import strategies as st

from acu_lint.corpus.corpus import Corpus
from tests.conftest import document

TEA = """# Green tea and sleep

A cup of green tea holds about a third of the caffeine of a cup of coffee. Many people fall asleep later when
they drink it after four in the afternoon, and older adults notice the effect more than young ones do. Decaffeinated
leaves taste much the same. If you enjoy the ritual in the evening, pour the first infusion away after half a minute,
because most of the caffeine leaves the leaves first.

Some bottles promise calm from an amino acid called theanine. Two small trials gave a dose that no kettle delivers,
and the difference in sleep was a few minutes. Warm milk has not been shown to do better. What works for lasting
trouble is a course that changes habits around the bed, and your surgery can tell you where one is held.
"""
# The same subject as TEA, written afresh.
TEA_AGAIN = """# Can the evening cuppa keep you awake?

Sensitivity differs widely. Half of the stimulant in your blood is still there five hours after the last sip, so
somebody who turns in at ten should stop by mid-afternoon. Green sorts are milder than black ones, yet three mugs of
matcha add up to an espresso. Pregnant women are advised to stay below two hundred milligrams a day from all sources.

Herbal blends have none. Chamomile smells pleasant and little else is certain about it. People who lie awake three
nights a week for a season deserve help from a professional rather than another tin from the shop. Keep a diary for
a fortnight before the appointment: bedtimes, naps, drinks and screens.
"""
FEET = """# Shoes for long shifts

Nurses walk six kilometres on an ordinary day. A shoe that fits in the morning pinches at night, because feet swell;
buy in the afternoon and leave a thumb's width before the toes. Two pairs that alternate dry out properly. Insoles from
the chemist help some heels and worsen others, so keep the receipt. Compression socks reduce swelling by a little in
most studies, and people with poor circulation must ask first. Elevate the legs for ten minutes in the break. Pain
that wakes you, a red calf or a wound that does not close belongs in front of a doctor on the same day.
"""
DISCLAIMER = """
This page informs and does not replace a talk with your own doctor, midwife or pharmacist, who know your history and
your medicines. Never stop a treatment because of what you read here. In an emergency ring the ambulance service of your
country at once. We review every page each second year, name the people who wrote it, and correct mistakes within
seven days.
"""


def corpus(texts: dict[str, str], *checked: str) -> Corpus:
    return Corpus((document(text, path) for path, text in texts.items()), checked=checked)


# A few words for made-up articles.
WORDS = st.sampled_from(["needle", "pain", "back", "knee", "sleep", "trial", "heat", "cold", "doctor", "week", "dose"])
