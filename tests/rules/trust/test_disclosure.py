"""Who earns by a page: lists of the best that their publisher leads."""

from __future__ import annotations

import datetime
import json

import pytest

from acu_lint.parse import parse
from acu_lint_rules.trust._ranking import puts_itself_first
from tests.conftest import AcuLint, Write

TODAY = datetime.date(2026, 11, 21)
LIST = "# 10 best cupping clinics in Leeds\n\n## 1. {}\n\nKind.\n\n## 2. {}\n\nNear.\n\n## 3. {}\n\nFar.\n\n{}\n"


def first(text: str) -> str | None:
    """The name that leads its own list."""
    found = puts_itself_first(parse("page.md", text, today=TODAY))
    return found and found.block.text[found.start : found.end]


@pytest.mark.parametrize(
    ("head", "entry"),
    [
        ("---\npublisher: Willow Cups\n---\n", "Willow Cups"),
        ("---\nseo_title: Best cupping clinics in Leeds | Willow Cups\n---\n", "🥇 Willow Cups – Headingley"),
        ("---\ncanonical: https://www.willowcups.example/best\n---\n", "Willow Cups"),
        ("---\nog:site_name: Willow\n---\n", "Willow Clinic"),
    ],
)
def test_a_publisher_that_leads_its_own_list_is_found(head: str, entry: str) -> None:
    assert "Willow" in (first(head + LIST.format(entry, "Ash", "Oak", "")) or "")


def test_a_countdown_is_led_by_number_one() -> None:
    text = LIST.format("Ash", "Oak", "Elm", "© 2026 Ash Rooms").replace("Ash\n", "Ash Rooms\n")
    assert first(text) == "Ash Rooms"
    down = text.replace("## 1.", "## 9.").replace("## 3.", "## 1.").replace("## 9.", "## 3.")
    assert first(down) is None


@pytest.mark.parametrize(
    "text",
    [
        LIST.format("Ash", "Willow Cups", "Oak", "© 2026 Willow Cups"),
        LIST.format("Willow Cups", "Ash", "Oak", "© 2026 Willow Cups. We run the first of them."),
        LIST.format("Willow Cups", "Ash", "Oak", ""),
        LIST.format("Leeds Cups", "Ash", "Oak", "© 2026 Leeds"),
        "---\npublisher: Willow Cups\n---\n# Best ways to rest\n\n## 1. Willow Cups\n\n## 2. Sleep\n\n## 3. Walk\n",
        "---\npublisher: Willow Cups\n---\n# Best practices for cups\n\n- Willow Cups\n- Ash\n- Oak\n",
    ],
)
def test_other_lists_hide_nothing(text: str) -> None:
    assert first(text) is None


def test_the_publisher_is_known_by_the_configuration_of_the_site(write: Write, acu_lint: AcuLint) -> None:
    write(".git/HEAD", "")
    write("hugo.toml", "title = 'Willow Cups'\nbaseURL = 'https://example.org'\n")
    write("content/best.md", LIST.format("Willow Cups", "Ash", "Oak", ""))
    result = acu_lint("check", "--select", "trust/disclosure", "--format", "json", "--fail-on", "never", "content")
    assert [each["actual"] for each in json.loads(result.output)["findings"]] == ["Willow Cups"]
