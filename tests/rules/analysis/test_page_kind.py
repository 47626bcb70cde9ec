"""Which pages are articles, and which are contact pages, price lists, recipes and the like."""

from __future__ import annotations

import pytest

from acu_lint_rules.analysis.page.kind import PageKind, page_kind
from tests.conftest import AcuLint, Write, document

TEXT = "Warm feet help some people to sleep. Try a short walk after supper.\n"
ADVICE = " ".join(["Sleep comes sooner to people who rise at the same hour each day and see the morning light."] * 4)


def kind(path: str, text: str = TEXT) -> str:
    return page_kind(document(text, path)).value


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("content/contact.md", "contact"),
        ("contact/index.html", "contact"),
        ("app/contact-us/page.mdx", "contact"),
        ("app/(site)/about/page.mdx", "about"),
        ("about-us.html", "about"),
        ("AboutUs.md", "about"),
        ("content/team/jo-reed.md", "team"),
        ("legal/cookies.md", "legal"),
        ("privacy-policy.html", "legal"),
        ("about/appointment-info.md", "contact"),
        ("landing.md", "home"),
        ("pages/LandingPage.md", "home"),
        ("fees.md", "payment"),
        ("404.html", "error"),
        ("tags/sleep.md", "listing"),
        ("blog/index.md", "listing"),
        ("content/_index.md", "home"),
        ("index.html", "home"),
        ("README.md", "other"),
        ("_includes/foot.md", "layout"),
    ],
)
def test_names_tell(path: str, expected: str) -> None:
    assert kind(path) == expected


@pytest.mark.parametrize(
    "path",
    [
        "about-acupuncture.md",
        "posts/contact-dermatitis.md",
        "/home/team/site/posts/warm-feet.md",
        "about/cupping.md",
        "posts/warm-feet/index.md",
        "posts/2026-05-03-warm-feet.md",
        "insurance-and-needles.md",
        "teams-and-sleep.md",
        "page.md",
    ],
)
def test_names_of_articles(path: str) -> None:
    assert kind(path) == "article"


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("dermatitis/contact.md", "Contact dermatitis"),
        ("back-pain/treatments.md", "Treatments for back pain"),
        ("eczema/about.md", "About eczema"),
        ("contact-lenses.md", "Contact lenses and dry eyes"),
        ("meet.md", "Meeting your first acupuncturist"),
    ],
)
def test_an_article_about_what_a_page_is_called(path: str, title: str) -> None:
    assert kind(path, f"# {title}\n\n{TEXT}") == "article"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Contact us", "contact"),
        ("Get in touch | Willow Clinic", "contact"),
        ("Privacy policy of Willow Clinic", "legal"),
        ("Terms & conditions", "legal"),
        ("Fees and insurance", "payment"),
        ("Meet the team", "team"),
        ("About our clinic", "about"),
        ("Dr Jo Reed", "team"),
        ("Jo Reed, L.Ac., Dipl.Ac.", "team"),
        ("Jo Reed, MSc, Dip. Ac. (Hons)", "team"),
        ("Jo Reed, L.Ac. | Willow Clinic, Leeds", "team"),
        ("Dr Jo Reed - Centre of Needling", "team"),
        ("Cold Feet at Night - Dr. Jo Reed, ND", "article"),
        ("Better Sleep Basics – Jo Reed, L.Ac.", "article"),
        ("Better Sleep Basics ~ Jo Reed, L.Ac.", "article"),
        ("Better Sleep Basics—Jo Reed, L.Ac.", "article"),
        ("Better Sleep Basics, Dr. Jo Reed, ND", "article"),
        ("Dr. Jo Reed, ND | Better Sleep Basics", "article"),
        ("Dr. Jo Reed, ND: Group Needling Explained", "article"),
        ("Page not found", "error"),
        ("Testimonials", "other"),
        ("About acupuncture", "article"),
        ("Dr. Reed's Advice on Sleep", "article"),
        ("Jo Reed, L.Ac., on warm feet", "article"),
        ("Needles and the price of sleep", "article"),
    ],
)
def test_titles_tell(title: str, expected: str) -> None:
    assert kind("page.md", f"# {title}\n\n{TEXT}") == expected


def test_a_home_page_may_name_a_complaint() -> None:
    assert kind("pages/home.md", f"# Living well with migraine\n\n{TEXT}") == "home"
    assert kind("README.md", f"# Living well with migraine\n\n{TEXT}") == "other"


def test_a_page_called_about_may_be_about_a_complaint() -> None:
    about = "Migraine comes in attacks. Migraine attacks last for hours. Insomnia and migraine often go together."
    assert kind("pages/about.md", f"{about}\n") == "article"
    assert kind("pages/about.md", f"We opened in 2009. Our nurses know migraine. {about}\n") == "about"


def test_a_page_about_a_practice_speaks_of_itself() -> None:
    ours = "We opened in 2009. Our nurses live here, and we know our neighbours.\n"
    assert kind("page.md", f"# About Willow Acupuncture\n\n{ours}") == "about"
    assert kind("page.md", f"# About Willow Acupuncture\n\n{ADVICE}\n") == "article"


def test_a_page_that_says_how_to_reach_us() -> None:
    assert kind("page.md", "# Visit our clinic\n\n[Call](tel:+441130000000) before you come.\n") == "contact"
    assert kind("page.md", f"# Visit our clinic\n\n{TEXT}") == "article"


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("kind", "article", "article"),
        ("page_kind", "legal", "legal"),
        ("kind", "Contact", "contact"),
        ("layout", "post", "article"),
        ("type", "about", "about"),
        ("layout", "../layouts/ContactPage.astro", "contact"),
        ("layout", "{{ layout }}", "contact"),
        ("layout", "default", "contact"),
        ("kind", "unheard-of", "contact"),
    ],
)
def test_front_matter_tells_before_the_name(key: str, value: str, expected: str) -> None:
    assert kind("contact.md", f"---\n{key}: '{value}'\n---\n{TEXT}") == expected


def test_the_kind_wins_over_all_else() -> None:
    page = "---\nkind: article\nlayout: contact\npermalink: /contact/\n---\n# Contact us\n\n" + TEXT
    assert kind("contact/index.md", page) == "article"


def test_a_permalink_is_a_name() -> None:
    assert kind("12.md", f"---\npermalink: /fees/\n---\n{TEXT}") == "payment"
    assert kind("12.md", f"---\npermalink: /\n---\n{TEXT}") == "home"


@pytest.mark.parametrize(
    ("types", "expected"),
    [
        ('"ContactPage"', "contact"),
        ('["WebPage", "AboutPage"]', "about"),
        ('"CollectionPage"', "listing"),
        ('"Recipe"', "recipe"),
        ('"FAQPage"', "article"),
        ('"Organization"', "article"),
        ('["CollectionPage", "BlogPosting"]', "article"),
    ],
)
def test_structured_data_tells(types: str, expected: str) -> None:
    data = f'<script type="application/ld+json">{{"@graph": [{{"@type": "WebSite"}}, {{"@type": {types}}}]}}</script>'
    assert kind("a.html", f"<html><head><title>Warm feet</title>{data}</head><body>{TEXT}</body></html>") == expected


def test_structured_data_of_an_article_wins_over_a_name() -> None:
    data = '<script type="application/ld+json">{"@type": "MedicalScholarlyArticle"}</script>'
    assert kind("services.html", f"<html><head>{data}</head><body><h1>Warm feet</h1>{TEXT}</body></html>") == "article"


@pytest.mark.parametrize("path", ["index.md", "home.md", "pages/welcome.html"])
def test_a_home_page_of_advice_is_an_article(path: str) -> None:
    line = "Rise at the same hour each day and see the morning light."
    assert kind(path, f"{ADVICE}\n\n" * 9) == "article"
    assert kind(path, f"- {line}\n" * 50) == "article"
    assert kind(path, f"{line}\n\n" * 50) == "article"
    assert kind(path, f"{line}\n\n" * 20) == "home"
    assert kind(path, "We rise at the same hour each day for our many guests.\n\n" * 60) == "home"
    assert kind(path, "Book a visit today.\n\n" * 200) == "home"


def test_a_home_page_is_an_article_where_advice_is_much_if_not_half() -> None:
    ours = "We rise at the same hour each day for our many guests.\n\n"
    assert kind("home.md", f"{ADVICE}\n\n" * 8 + ours * 90) == "home"
    assert kind("home.md", f"{ADVICE}\n\n" * 16 + ours * 180) == "article"


def test_a_home_page_with_a_date_is_an_article() -> None:
    assert kind("index.md", f"---\ndate: 2026-05-03\n---\n{TEXT}") == "article"


def test_a_page_to_land_on_is_an_advertisement_unless_it_only_welcomes() -> None:
    ours = "We rise at the same hour each day for our many guests.\n\n"
    assert kind("landing.md", ours * 9) == "home"
    assert kind("landing.md", ours * 30) == "article"
    assert kind("landing.md", f"# Needles for migraine\n\n{ours}") == "article"
    assert kind("landing.md", f"{ours}Our guests no longer have migraine.\n") == "article"
    assert kind("needles.md", f"---\nlayout: landing\n---\n{TEXT}") == "article"
    assert kind("index.md", f"---\nlayout: landing\n---\n{TEXT}") == "home"
    assert kind("needles.md", f"---\nlayout: home\n---\n{TEXT}") == "home"
    assert kind("needles.md", "---\nlayout: home\n---\n" + f"{ADVICE}\n\n" * 9) == "article"


@pytest.mark.parametrize("name", ["blog", "services", "conditions", "library"])
def test_a_long_page_called_a_listing_leads_to_other_pages(name: str) -> None:
    short = "Warm feet help some people to sleep, and a walk does so too.\n\n"
    links = "".join(f"[Part {n}](/posts/{n}/) is about feet that stay cold at night.\n\n" for n in range(8))
    assert kind(f"{name}.md", short * 5) == "listing"
    assert kind(f"{name}.md", short * 30) == "article"
    assert kind(f"{name}.md", short * 30 + "[Call](tel:+441130000000) or [write](#form).\n") == "article"
    assert kind(f"{name}.md", short * 30 + links) == "listing"
    assert kind(f"{name}.md", short * 90 + links) == "article"
    assert kind("page.md", f"# {name.title()}\n\n{short * 30}") == "article"
    assert kind(f"tags/{name}.md", short * 30) == "article"


def test_a_listing_may_give_whole_addresses_of_its_site() -> None:
    short = "Warm feet help some people to sleep, and a walk does so too.\n\n"
    links = "".join(f"[Part {n}](https://www.willow.example/posts/{n}/) is about feet.\n\n" for n in range(8))
    assert kind("blog.md", f"---\nurl: https://willow.example/blog/\n---\n{short * 30}{links}") == "listing"
    assert kind("blog.md", f"---\nurl: https://oak.example/blog/\n---\n{short * 30}{links}") == "article"


def test_a_long_text_about_fees_or_an_address_is_an_article() -> None:
    ours = "We ask for as much as the hour, the room and the needles cost us, and for no more than that. " * 3
    assert kind("fees.md", f"{ours}\n\n" * 5) == "payment"
    assert kind("fees.md", f"{ours}\n\n" * 12) == "article"
    assert kind("locations.md", f"{ours}\n\n" * 12) == "article"
    assert kind("appointments.md", "- Rise at the same hour each day and see the morning light.\n" * 50) == "article"


def test_recipes_have_ingredients_and_steps() -> None:
    recipe = "# Ginger tea\n\n## Ingredients\n\n- Ginger\n\n## Method\n\n1. Boil it.\n"
    assert kind("posts/ginger-tea.md", recipe) == "recipe"
    assert kind("posts/ginger-tea.md", f"---\nlayout: post\ningredients: [ginger]\n---\n{TEXT}") == "recipe"
    assert kind("recipes/ginger-tea.md", "# Ginger tea\n\nIngredients: ginger and water.\n") == "recipe"
    assert kind("recipes/why-soup.md", f"# Why soup\n\n{TEXT}") == "article"
    assert kind("posts/ginger.md", recipe.replace("## Method", "## What it does")) == "article"


def test_a_listing_is_teasers_of_other_pages() -> None:
    teasers = "".join(f"## [Warm feet {n}](/posts/{n}/)\n\nA short walk helps.\n\n" for n in range(8))
    assert kind("a.md", f"# Sleep\n\n{teasers}") == "listing"
    linked = "".join(f"- [Warm feet and short nights, part {n}](/posts/{n}/)\n" for n in range(8))
    assert kind("a.md", f"# Sleep\n\n{linked}") == "listing"
    anchors = linked.replace("/posts/", "#part-")
    assert kind("a.md", f"# Sleep\n\n{anchors}") == "article"
    sources = linked.replace("/posts/", "https://doi.org/10.1000/")
    assert kind("a.md", f"# Sleep\n\n{sources}") == "article"
    assert kind("a.md", f"# Sleep\n\n{ADVICE}\n\n{ADVICE}\n\n{ADVICE}\n\n{linked}") == "article"


def test_a_frame_of_pages_is_a_layout() -> None:
    assert kind("base.html", "<html><body><h1>{{ page.title }}</h1>{{ content }}</body></html>") == "layout"
    assert kind("base.html", "<main>{% block content %}{% endblock %}</main>") == "layout"
    assert kind("notes.html", "<p>Our {{ site.content_note }} helps.</p>") == "article"


def test_every_kind_can_be_declared() -> None:
    for each in PageKind:
        assert kind("a.md", f"---\nkind: {each.value}\n---\n{TEXT}") == each.value


def test_stats_shows_the_kind(acu_lint: AcuLint, write: Write) -> None:
    write("contact.md", TEXT)
    row = acu_lint("stats", "--isolated", "--format", "json", "contact.md").json["documents"][0]
    assert row["page_kind"] == "contact"
    assert "contact" in acu_lint("stats", "--isolated", "contact.md").output


def test_a_cure_promised_on_a_home_page_is_still_a_claim(acu_lint: AcuLint, write: Write) -> None:
    page = (
        "---\ntitle: Willow Clinic\n---\n" + "Acupuncture cures migraine. Moxa relieves back pain and stress.\n\n" * 20
    )
    write("index.md", page)
    write("posts/needles.md", page)
    found = {
        path: set(acu_lint("check", "--isolated", "--format", "json", "--fail-on", "never", path).rules)
        for path in ("index.md", "posts/needles.md")
    }
    asked = {"trust/author", "trust/risks", "trust/date", "citations/missing"}
    assert "claims/cure" in found["index.md"]
    assert not found["index.md"] & asked
    assert asked - {"citations/missing"} <= found["posts/needles.md"]
