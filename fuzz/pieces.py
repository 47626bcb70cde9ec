"""Pieces of text that have a meaning for a parser or a rule, and such that should have none."""

# Signs that no parser or rule may stumble over: combining marks, right to left, zero width, astral, control.
SIGNS = (
    "\u0301", "\u0308\u0323", "\u200b", "\u200d", "\u200e", "\u202e", "\u2066", "\u2069", "\ufeff", "\u00ad",
    "\u2060", "\ufb01", "\ufb03", "\u0130", "\u1e9e", "\u01c5", "\u0345", "\u1fb3", "😀", "👍🏽", "👨‍👩‍👧", "🇦🇹",
    "漢字", "שלום", "مرحبا", "नमस्ते", "\U0001d400", "\U0010ffff", "\ue000", "\ufffd", "\ufffc", "\x01", "\x08",
    "\x0b", "\x0c", "\x1b[2J", "\x1c", "\x7f", "\x85", "\x9b", "\u2028", "\u2029", "\u3000", "\t", "\r", "\n",
    "\r\n", " ", "\n\n",
)  # fmt: skip

MARKDOWN = (
    "# ", "## ", "- ", "1. ", "9999999999. ", "> ", "    ", "\t", "```", "~~~", "`", "``", "*", "**", "_", "__",
    "~~", "[", "]", "](", ")", "![", "[^1]", "[^1]: ", "[x]: <y> 'z'\n", "[x]", "<https://x.example/a?b=c&d>",
    "https://x.example/(a", "|", "| a | b |\n|:-:|--|\n| c | d |\n", "---\n", "===\n", "***\n", "\\", "\\\n",
    "  \n", "&amp;", "&#0;", "&#x1F600;", "&#xD800;", "&copy", "&bogus;", "- [ ] ", ":::note\n", "$x$",
    "{: .x}", "{#id}", "<b>", "</b>", "<br/>", "<!--", "-->", "<!-- x -->", "<?x?>", "<![CDATA[", "]]>",
    "<a href='u'>", "</a>", "<sup>[2]</sup>", "{{ x }}", "{{< s a=\"b\" >}}", "{{< /s >}}", "{% if x %}",
    "{% raw %}", "{% endraw %}", "{# x #}",
    # what only some generators know
    "!!! note\n", "!!! tip \"a b\"\n    ", "??? x\n", "=== \"T\"\n\n    ", ":::\n", ":::tip[a]\n", "::: x y\n",
    "/// a | b\n", "///\n", "> [!note]- t\n> ", ": d\n", "*[a]: b\n", "^[", "==m==", "^^i^^", "%%", "[[a|b]]",
    "![[a]]", "| v\n", "[TOC]\n", "--8<-- \"a\"\n", "{++a++}", "{--", "~>", ":smile:", ":x[y]", "[a]{.b}", "H~2~O",
    "<A b='Hi there now.'>\n", "</A>\n", "<div markdown>\n", "✅ ", "1️⃣ ", " · ", " | ", ".A",
)  # fmt: skip

MDX = (
    "{", "}", "{/*", "*/}", "{/* c */}", "{x}", "{\"x\"}", "{`a ${b} c`}", "{'", "{a => ({b: 1})}", "<Tip>",
    "</Tip>", "<Tip a={b} />", "<Tip a=\"b\"", "<>", "</>", "<A.B c />", "import a from 'b'\n",
    "export const a = {\n", "export default ({children}) => <div>{children}</div>\n", "{//", "</", "/>",
    "<Tip {...x}>", "{<b>}", "<A b={[{title: 'c d'}]} />", "export const a = [{q: 'b c.'}]\n",
    "export const metadata = {title: 'a', b: c()}\n", "<div lang=\"de\">",
)  # fmt: skip

HTML = (
    "<p>", "</p>", "<p", "<", ">", "</", "<div", "<div class=\"a\" hidden>", "</div>", "<h1>", "</h1>", "<h7>",
    "<ul>", "<li>", "</ul>", "<table>", "<td>", "</table>", "<script>", "</script>", "<style>", "</style",
    "<title>", "</title>", "<textarea>", "<pre>", "<code>", "<svg>", "</svg>", "<template>", "<main>",
    "</main>", "<article>", "<nav>", "<img alt='a &amp; b' src=x>", "<img alt=", "='", "=\"",
    "<a href=javascript:x>", "<html lang=de>", "<head>", "<body>", "</body>", "</html>",
    "<meta name=description content='x &lt; y'>", "<meta charset=", "<base href='/'>",
    "<script type=application/ld+json>", "{\"@type\": \"Article\", \"author\": {\"name\": \"J. Roe\"}}", "[[[[",
    "<!doctype html>", "<!", "<!-->", "--!>", "&lt", "&#", "&#x", "&#1114112;", "<frameset>", "<math><mi>",
    "\x00",
)  # fmt: skip

# Words that rules look for, so that edits bring them together in new ways.
WORDS = (
    "cures", " cure for ", "acupuncture", "acupuncture for sciatica", "migraine", " pain ", "sciatica",
    "cancer", "studies show ", "A 2019 study", "Smith et al. (2020)", "[1]", "[3-5]", "doi:10.1000/xyz",
    "PMID: 123", "(Roe 2018)", "100%", "9 out of 10", "p < 0.05", "95% CI", "NHS", "WHO", "Dr.", "e.g.",
    "Ph.D.", "U.S.", "may", "guaranteed", "miracle", "the best clinic", "toxins", "detox",
    "As an AI language model", "click here", "Lorem ipsum", "TODO", "[insert city]", "My back pain is gone!",
    "“I was cured”", "Reviewed by J. Roe, MD", "Last updated: 2020-02-30", "near me", "in Leeds", "! ! !", "?!",
    "...", "1,000.5", "Q: ", "A: ", "References\n", "## References\n\n1. ", "However, ", "not ", "n't ",
)  # fmt: skip

# Front matter: whole heads and pieces of such.
FRONT = (
    "---\n", "---\r\n", "...\n", "+++\n", ";;;\n", "{\n", "}\n", "\ufeff---\n", "---\ntitle: x\n---\n",
    "+++\ntitle = 'x'\n+++\n", "title: ", "title = ", "\"title\": ", "description: >-\n  ",
    "description: |2+\n  ", "'''", '"""', "''", '"', ": ", "? ", "- ", "  ", "\t", "[", "]", "{", "}", ",", "#",
    "&a ", "*a", "<<: *a\n", "!!python/object:os.system ", "!!binary |\n", "!!set ", "!!timestamp ", "!!int x",
    "!x ", "%YAML 1.1\n", "%TAG ! x\n", "\\ud83d", "\\udc00\\ud800", "\\ud800", "\\U00110000", "\\x00",
    "\\u0000", "\\N", "\\L", "\\\n", "\\e", "2026-02-30", "2026-13-01", "0001-01-01", "9999-12-31T23:59:60Z",
    "12:30:45", "1e999", ".inf", "-.nan", "0o9", "0x", "1_000", "9" * 400, "true", "~", "null", "NaN",
    "Infinity", "author: ", "lang: ", "date: ", "lastmod: ", "draft: true\n", "keywords: [a, b]\n",
    "keyphrase: ", "acu-lint: {disable: [claims]}\n", "acu-lint: ", "disable: ",
    "reviewed_by: {name: J, date: }\n", "sources:\n  - ", "faq:\n  - q: ", "seo: {title: x}\n", "a.b = 1\n",
    "[a]\n", "[[a]]\n", "[a.'b']\n", "a = [1, 'x']\n", "a = {b = 1}\n", "1979-05-27T07:32:00",
    "audience: clinicians\n", "a: &b [*b]\n", "&a [*a, *a]\n",
)  # fmt: skip

SUPPRESSION = (
    "<!-- ", " -->", "{/* ", " */}", "acu-lint-disable", "acu-lint-enable", "acu-lint-disable-next-line",
    "acu-lint-disable-line", "acu-lint-disable-file", "acu-lint-disable-", "acu-lint-x", " claims",
    " claims/cure", " copy/puffery, seo", " all", " -- because", " --", " --  -- ", "\n", "\r", "\n\n",
    "Acupuncture cures migraine.", " nonsense/rule", "acu-lint: {disable: [", "]}\n", "disable: claims\n",
    "---\n", "/", ",", "<!--acu-lint-disable-->",
)  # fmt: skip

TOML = (
    "select = [", "ignore = [\"seo\"]\n", "extend = \"", "[rules.\"", "\"]\n", "severity = \"",
    "[[overrides]]\n", "[overrides]\n", "files = [\"", "[corpus]\n", "include = [\"**\"]\n", "[vocabulary]\n",
    "reject = {a = \"b\"}\n", "accept = [\"\"]\n", "approved-claims = \"x.yml\"\n", "keyphrase = ",
    "fail-on = ", "max-file-size = ", "contact = ", "profile = ", "audience = ", "= ", ".", "\"", "'", "'''",
    '"""', "[", "]", "{", "}", ",", "\n", "#", "true", "1", "-1", "1e999", "nan", "inf", "0x1", "\\u0000",
    "\\ud800", "\\UFFFFFFFF", "2026-02-30", "2026-01-01", "[a]\n", "[a.b]\n", "[[a]]\n", "a.b.c = 1\n", "!",
    "**", "/**/", "[a-", "\\", "limit = ", "require-reason = ", "rule-paths = [\"\\u0000\"]\n",
    "shared-blocks = [",
)  # fmt: skip

CARD = (
    "id: a/b\n", "title: ", "message: ", "messages:\n  ", "suggest: ", "severity: ", "sources: ", "- ",
    "terms:\n", "pattern: ", "occurrence:\n", "metric:\n", "require:\n", "python: x:y\n", "scope: [",
    "language: ", "yields-to: [", "default: ", "bad:\n", "good:\n", "  - ", "[[", "]]", "{match}", "{", "}",
    "{x.y}", "{0}", "{match!r:>99}", "(", ")", "(?P<x>", "(a+)+$", "(?i)", "\\", "[", "]", "*", "+", "?",
    "{9999999}", "(?<=a*)", "\\1", "$", "^", "|", ": ", "'", "\"", "&a ", "*a", "<<: *a\n", "!!x ", "# ", "\n",
    "\t", "1", "-1", "1e999", "true", "null", "max: ", "min: ", "measure: words\n", "expect: ", "token: ",
    "then: ", "if: ",
)  # fmt: skip

GLOBS = (
    "*", "**", "***", "/", "//", "!", "!!", "#", "\\", "\\ ", " ", "[", "]", "[!a]", "[a-z]", "[z-a]", "[]]",
    "[[:alpha:]]", "?", "{a,b}", "a/**/b", "**/", "/**", "/*/", "*.md", "content/", "../", "./", "\n", "\r",
    "\r\n", "\t", "a*b*c*d*", "***/", "\\/", "\\*", "[\\]",
)  # fmt: skip

APPROVALS = (
    "- text: ", "  reference: ", "  expires: ", "- ", "  ", "text", "reference", "expires", ": ", "2027-06-30",
    "2027-02-30", "20270630", "2027-W01-1", "'", "\"", "[", "]", "{", "}", "|\n", ">\n", "&a ", "*a",
    "<<: *a\n", "!!x ", "? ", "\n", "\t", "#", "---\n", "...\n", "%", "\\ud800", "null", "~", "{a: b}: c\n",
    "[x]: y\n",
)  # fmt: skip

# Whole lines: every key with values that it does not take, or only just.
_VALUES = (
    '""', '"!"', '"\\u0000"', '"\\\\"', '"[a"', '"***"', '"a@b"', '"seo"', "0", "-1", "inf", "nan", "1e300",
    "true", "[]", '[""]', '["!"]', "[1]", "[[]]", "{}", '{a = ""}', "{a = {b = 1}}", "2026-01-01",
    '["claims/cure", "seo"]', f'"{"x" * 300}"',
)  # fmt: skip
_SETTINGS = (
    "select", "ignore", "extend", "exclude", "skip-drafts", "max-file-size", "fail-on", "rule-paths",
    "allow-local-code", "require-packs", "require-reason", "contact", "profile", "audience", "corpus",
    "overrides", "vocabulary", "rules", "corpus.include", "corpus.exclude", "corpus.shared-blocks",
    "vocabulary.accept", "vocabulary.reject", "vocabulary.keyphrase", "vocabulary.brands",
    "vocabulary.approved-claims", 'rules."seo/title"', 'rules."seo/title".severity',
    'rules."readability/long-sentence".limit', 'rules."acu/language".severity', "overrides.files",
)  # fmt: skip
TOML_LINES = tuple(f"{key} = {value}\n" for key in _SETTINGS for value in _VALUES)

_CARD_VALUES = (
    '""', '"!"', "~", "1", "-1", ".inf", "true", "[]", '[""]', '["!"]', "[1]", "[[]]", "{}", "{a: b}",
    "{a: [b]}", "{a: }", "{1: 2}", "2026-01-01", "tea", "[tea]", "{tea: coffee}", '"{nope}"', '"{match.x}"',
    '"{"', "{tea: {use: x}}", "{default: x}", '"(a"', '"[[:x:]]"', '""', "'\\b'",
)  # fmt: skip
_CARD_KEYS = (
    "id", "title", "severity", "message", "messages", "suggest", "why", "sources", "scope", "language",
    "corpus", "yields-to", "default", "bad", "good", "terms", "pattern", "occurrence", "metric", "require",
    "python",
)  # fmt: skip
CARD_LINES = tuple(f"{key}: {value}\n" for key in _CARD_KEYS for value in _CARD_VALUES)
