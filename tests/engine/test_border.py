"""What a finding shows of a text that parsers could not read."""

from __future__ import annotations

from acu_lint.document.source import Span
from acu_lint.engine.border import finding_at
from acu_lint.rules.finding import Edit, Severity
from tests.conftest import document


def test_fillers_are_not_shown() -> None:
    doc = document("Take `a` daily, then {{ page.b }}.")
    words = doc.blocks[0].text
    finding = finding_at(
        doc,
        Span(0, len(doc.source.text)),
        rule="claims/dose",
        severity=Severity.INFO,
        message=f"'{words}' is vague.",
        suggestion=f"Not '{words}'.",
        expected=(words, "Take one daily."),
        edits=(Edit(Span(0, 4), words),),
        data={"match": words, "all": [words]},
    )
    shown = "Take … daily, then …."
    assert finding.message == f"'{shown}' is vague."
    assert finding.suggestion == f"Not '{shown}'."
    assert finding.expected == ("Take one daily.",)
    assert finding.edits == ()
    assert finding.data == {"match": shown, "all": [shown]}
    assert finding.actual == doc.source.text
