"""Who signs a page: in its last lines, for a whole site, or as an institution."""

from __future__ import annotations

import json

import pytest

from tests.conftest import AcuLint, Write

TEXT = "Cupping leaves marks on the skin of the back, and most of them fade within a week or two. " * 9
PAGE = "---\ntitle: {}\n---\n\n" + TEXT + "\n"


def authors(acu_lint: AcuLint, *paths: str) -> list[tuple[str, str]]:
    """Path and severity of each finding of trust/author."""
    result = acu_lint("check", "--select", "trust/author", "--format", "json", "--fail-on", "never", *paths)
    return [(each["path"], each["severity"]) for each in json.loads(result.output)["findings"]]


SIGNED = {
    "Jekyll's configuration": {"_config.yml": "title: Cups\nauthor:\n  name: Ana Silva\n"},
    "Hugo's parameters": {"hugo.toml": "title = 'Cups'\n[params.author]\n  name = 'Ana Silva'\n"},
    "MkDocs": {"mkdocs.yml": "site_name: Cups\nsite_author: Ana Silva\n"},
    "data of the site": {"_data/site.json": '{"title": "Cups", "author": "Ana Silva"}'},
    "data of the folder": {"posts/posts.json": '{"layout": "post", "author": "Ana Silva"}'},
    "a cascade": {"posts/_index.md": "---\ntitle: Posts\ncascade:\n  author: Ana Silva\n---\n"},
    "a meta tag in the layout": {"_layouts/post.html": '<meta name="author" content="Ana Silva">{{ content }}'},
    "a byline in the layout": {"src/layouts/Post.astro": "<p class='by'>Written by <b>Ana Silva</b></p><slot />"},
    "structured data in the layout": {
        "_includes/schema.html": '<script>{"author": {"@type": "Person", "name": "Ana Silva"}}</script>'
    },
    "an author box": {"src/components/AuthorBox.astro": "<h3>Dr Ana Silva</h3><p>She has kept bees since 1999.</p>"},
    "the institution whose site it is": {"_config.yml": "title: Willow Vale Hospital\n"},
    "the institution that presents itself": {
        "_config.yml": "theme: minima\n", "about.md": "# About the Willow Vale Foundation\n\nWe are a charity.\n"
    },
}  # fmt: skip


@pytest.mark.parametrize("files", SIGNED.values(), ids=SIGNED.keys())
def test_what_signs_all_pages_of_a_site_is_found(write: Write, acu_lint: AcuLint, files: dict[str, str]) -> None:
    write(".git/HEAD", "")
    for name, content in files.items():
        write(name, content)
    write("posts/cups.md", PAGE.format("Cups and marks"))
    assert authors(acu_lint, "posts/cups.md") == []


UNSIGNED = {
    "nothing": {},
    "a layout that asks the page": {
        "_layouts/post.html": '<meta name="author" content="{{ page.author }}">{{ content }}'
    },
    "an account": {"_config.yml": "title: Cups\nauthor: admin\n"},
    "a clinic": {"_config.yml": "title: Willow Cupping Clinic\n"},
    "who built it": {"_includes/footer.html": "<p>Website by Ana Silva</p>"},
    "who is quoted": {"src/components/Testimonials.astro": "<p>By Ana Silva</p>"},
    "who is quoted in the data": {"data/site.json": '{"testimonials": [{"text": "Good", "author": "Ana Silva"}]}'},
    "an index without a cascade": {"posts/_index.md": "---\ntitle: Posts\nauthor: Ana Silva\n---\n"},
    "the author of a package": {"package.json": '{"author": "Ana Silva"}'},
}


@pytest.mark.parametrize("files", UNSIGNED.values(), ids=UNSIGNED.keys())
def test_what_signs_no_page_leaves_it_unsigned(write: Write, acu_lint: AcuLint, files: dict[str, str]) -> None:
    write(".git/HEAD", "")
    for name, content in files.items():
        write(name, content)
    write("posts/cups.md", PAGE.format("Cups and marks"))
    assert authors(acu_lint, "posts/cups.md") == [("posts/cups.md", "warning")]


def test_a_folder_in_which_hardly_a_page_is_signed_has_one_warning(write: Write, acu_lint: AcuLint) -> None:
    for number in range(12):
        write(f"posts/{number:02}.md", PAGE.format(f"Cups, part {number}") + TEXT * (number == 7))
    found = dict(authors(acu_lint, "posts"))
    assert [path for path, severity in found.items() if severity == "warning"] == ["posts/07.md"]
    assert len(found) == 12


def test_pages_in_folders_of_their_own_stand_beside_each_other(write: Write, acu_lint: AcuLint) -> None:
    write(".git/HEAD", "")
    for number in range(12):
        write(f"posts/{number:02}/index.md", PAGE.format(f"Cups, part {number}") + TEXT * (number == 7))
    found = authors(acu_lint, "posts")
    assert [path for path, severity in found if severity == "warning"] == ["posts/07/index.md"]


def test_a_page_without_author_among_signed_ones_is_a_warning(write: Write, acu_lint: AcuLint) -> None:
    for number in range(12):
        write(f"posts/{number:02}.md", PAGE.format("Cups").replace("title:", "author: Ana Silva\ntitle:"))
    write("posts/bare.md", PAGE.format("Cups alone"))
    assert authors(acu_lint, "posts") == [("posts/bare.md", "warning")]


def test_a_file_of_a_site_that_leads_out_of_it_is_not_read(write: Write, acu_lint: AcuLint) -> None:
    outside = write("outside.yml", "author: Ana Silva\n")
    write("site/.git/HEAD", "")
    write("site/posts/cups.md", PAGE.format("Cups and marks"))
    (outside.parent / "site/_config.yml").symlink_to(outside)
    assert authors(acu_lint, "site/posts/cups.md") == [("site/posts/cups.md", "warning")]


@pytest.mark.parametrize(
    "ending",
    [
        "Yours,\n\nMara Lindqvist", "*Mara Lindqvist*", "**Mara Lindqvist, RN**\n\nIn Cups", "- - -\n\nMara Lindqvist",
        "-- Mara Lindqvist", "Take care,\\\nMara Lindqvist", "Dr. Mara Lindqvist",
    ],
)  # fmt: skip
def test_a_name_below_the_text_signs_it(write: Write, acu_lint: AcuLint, ending: str) -> None:
    write("cups.md", PAGE.format("Cups and marks") + f"\n{ending}\n")
    assert authors(acu_lint, "cups.md") == []


@pytest.mark.parametrize(
    "ending",
    [
        "**Book Now**", "**Deep Tissue**", "*Privacy Policy*", "[Mara Lindqvist](/shop)", "“Good.”\n\n— Mara Lindqvist",
        "Ask for Mara Lindqvist.", "Mara", "**Related Articles**", "**Back Pain**", "**Marks Fade**",
    ],
)  # fmt: skip
def test_other_last_lines_sign_nothing(write: Write, acu_lint: AcuLint, ending: str) -> None:
    write("cups.md", PAGE.format("Cups and marks") + f"\n{ending}\n")
    assert [path for path, _ in authors(acu_lint, "cups.md")] == ["cups.md"]


def test_a_seller_who_speaks_without_a_name_gets_a_note_and_a_dated_article_a_warning(
    write: Write, acu_lint: AcuLint
) -> None:
    offer = "Book now with us. Our clinic offers cupping, and we welcome you. Call us today."
    write("offer.md", PAGE.format("Cups and marks") + f"\n{offer}\n")
    write("post.md", PAGE.format("Cups and marks\ndate: 2026-11-01") + f"\n{offer}\n")
    assert authors(acu_lint, "offer.md", "post.md") == [("offer.md", "info"), ("post.md", "warning")]
