"""An article with sources of every kind, and what the command lists of it."""

from __future__ import annotations

from typing import Any

from tests.conftest import Ran

KNEE, BREATH, REVIEW = "10.5555/knee.2019.11", "10.5555/breath.1", "10.5555/review.2018.1"

ARTICLE = f"""\
# Needles and knees

A 2018 [review of needling](https://doi.org/{REVIEW.upper()}?via=x) found less pain.[^old] Slow breathing may help [2].

A 2021 study in Headache Medicine found 40% less pain. According to the Elbow Society and the World Health
Organization (WHO), acupuncture relieves pain.

The trial NCT01234567 goes on ([1](#fn1)), as Roe (2019) explains. The pain lasts less long.[9]

## References

1. Roe J, Poe A. Needling for knee pain in older adults: a trial. J Knee. 2019;4(2):11-20. doi:{KNEE}
2. Doe J. Slow breathing for mild headache: a pilot study. Breath J. 2017;1:1-9. PMID: 7654321. doi:{BREATH}
3. Poe E. Sleeping well at last. Some Press; 2005.

[^old]: See <https://www.knees.test/guide/?utm_source=mail&page=2#top>.
"""


def listed(ran: Ran) -> dict[tuple[str, str], Any]:
    """What ``--format json`` lists, by kind and value."""
    assert ran.status == 0, ran.errors
    return {(each["kind"], each["value"]): each for each in ran.json["references"]}


def lines(entry: Any) -> list[int]:
    return [place["start"]["line"] for place in entry["places"]]
