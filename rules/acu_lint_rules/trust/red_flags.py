"""Warning signs that need urgent care."""

from __future__ import annotations

from collections.abc import Iterator

from acu_lint.api import Document, Hit
from acu_lint_rules.analysis.page.audience import Audience, audience_of
from acu_lint_rules.trust._article import informs, subject
from acu_lint_rules.trust._signals import signals, warning_signs

_SIGNS = {
    "sign_back": "numbness around the genitals, loss of control of bladder or bowel, weak legs, fever, or a fall",
    "sign_neck": "weak or numb arms, trouble with walking, a fever with a stiff neck, or pain after an accident",
    "sign_head": "a sudden headache that is the worst ever, a stiff neck with fever, confusion or trouble seeing",
    "sign_belly": "sudden severe pain, blood in vomit or stools, a hard belly, or a fever",
    "sign_chest": "pressure in the chest, pain that spreads to the arm or jaw, short breath or sweating",
}


def check(doc: Document, *, min_words: int = 200, audience: Audience = "general") -> Iterator[Hit]:
    """Find an article of ``min_words`` or more about back pain, headache and the like without any warning sign.

    Articles for professionals need none.
    """
    complaint = subject(doc).complaint
    section = warning_signs(complaint)
    if not section or audience_of(doc, audience) == "professionals" or not informs(doc, min_words=min_words):
        return
    if "red_flags" not in signals(doc):
        yield Hit(doc.whole, {"condition": complaint, "signs": _SIGNS[section]})
