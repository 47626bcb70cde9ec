"""Plain text: the shape of the lines tells what they are."""

from tests.conftest import document


def read(text: str) -> list[tuple[str, int, str]]:
    doc = document(text, "a.txt")
    return [(block.kind, block.level, block.text) for block in doc.blocks]


LONG = "Tea is a drink made from leaves, and people have enjoyed it in many countries for a very long time."


def test_headings() -> None:
    title = "Tea: What It Does and Why So Many People in the World Drink It Today"
    text = f"{title}\n{LONG}\n\nIs Tea Safe?\n\n{LONG}\n\ngreen tea for me\n\nShort line.\n"
    assert read(text) == [
        ("heading", 1, title),
        ("paragraph", 0, LONG),
        ("heading", 2, "Is Tea Safe?"), ("paragraph", 0, LONG), ("paragraph", 0, "green tea for me"),
        ("paragraph", 0, "Short line."),
    ]  # fmt: skip


def test_a_line_about_the_text_is_no_heading() -> None:
    assert read(f"By Ann Lee\n\n{LONG}\n\nLast updated March 3, 2026\n\n{LONG}\n")[0] == ("paragraph", 0, "By Ann Lee")


def test_every_long_line_is_a_paragraph() -> None:
    assert [kind for kind, _, _ in read(f"{LONG}\n{LONG}\n{LONG}\n")] == ["paragraph"] * 3


def test_wrapped_lines_are_one_paragraph() -> None:
    lines = [
        "Tea is a drink made from leaves, and people have enjoyed it",
        "in many countries for a very long time, with milk or with",
        "honey.",
    ]
    assert read("\r\n".join(lines) + "\r\n\r\nNext one.\r\n") == [
        ("paragraph", 0, " ".join(lines)),
        ("paragraph", 0, "Next one."),
    ]


def test_lists() -> None:
    text = "Uses:\n\n  • Cold\n  • Views:10\n    - Deep\n\n1. First\n2) Second\n\n- Last\n"
    assert read(text) == [
        ("paragraph", 0, "Uses:"), ("item", 1, "Cold"), ("item", 1, "Views:10"), ("item", 2, "Deep"),
        ("item", 1, "First"),
        ("item", 1, "Second"), ("item", 1, "Last"),
    ]  # fmt: skip


def test_a_pasted_table() -> None:
    text = "Drink Cups a day Effect\nGreen tea 3 12% less\nBlack tea 2 7% less\nWater 8 none\n"
    assert [kind for kind, _, _ in read(text)] == ["cell"] * 4


def test_markdown_in_a_text() -> None:
    assert read("# Tea\n\nIt is *very* **good, they say**, at 5*3*2 or 2 * 3.\n") == [
        ("heading", 1, "Tea"), ("paragraph", 0, "It is very good, they say, at 5*3*2 or 2 * 3."),
    ]  # fmt: skip
